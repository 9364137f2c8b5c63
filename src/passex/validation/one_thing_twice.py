"""The command that makes one node of two."""

from __future__ import annotations

import pyoxigraph as ox

from ..graph import gazetteer
from ..graph.terms import shorten


def merge_command(graph: ox.Store, one: str, other: str) -> str:
    """Write the command that makes one node of two.

    What stays is an entry of the gazetteer, or else what is named more often.

    Args:
        graph: The graph that has both.

    Returns:
        The command, the same whichever node comes first.

    Example:
        >>> merge_command(ox.Store(), "https://example.org/b", "https://w3id.org/passex/id/a")
        'passex merge "https://example.org/b" id:a'
    """

    def rank(iri: str) -> tuple[bool, int, str]:
        mentions = sum(1 for _ in graph.quads_for_pattern(None, None, ox.NamedNode(iri)))
        return iri not in gazetteer.entries(), -mentions, iri

    return f"passex merge {' '.join(map(_word, sorted((one, other), key=rank)))}"


def _word(iri: str) -> str:
    """Write a node so that the command knows it, whatever prefixes a file has."""
    short = shorten(iri)
    return f'"{iri}"' if short.startswith("<") else short
