"""Triples with blank nodes, taken apart so that the nodes can be named anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

_DEFAULT: Final = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple with blank nodes.

    Attributes:
        pieces: The line of N-Triples around them.
        nodes: What stands between the pieces, by the parser's names, which mean nothing else.
    """

    pieces: tuple[str, ...]
    nodes: tuple[str, ...]

    @classmethod
    def of(cls, quad: ox.Quad) -> Pattern:
        """Take a triple apart.

        Example:
            >>> blank, one = ox.BlankNode("x"), ox.NamedNode("urn:p")
            >>> Pattern.of(ox.Quad(blank, one, blank)).pieces
            ('', ' <urn:p> ', ' .')
        """
        pieces, nodes = [""], []
        parts = [*quad.triple, *([] if quad.graph_name == _DEFAULT else [quad.graph_name])]
        for part in _flat([*parts, "."]):
            if isinstance(part, ox.BlankNode):
                nodes.append(part.value)
                pieces.append("")
            else:
                pieces[-1] += str(part)
        return cls(tuple(pieces), tuple(nodes))

    def line(self, names: Mapping[str, str]) -> str:
        """Write it with names for its blank nodes."""
        return self.pieces[0] + "".join(
            names[node] + piece for node, piece in zip(self.nodes, self.pieces[1:], strict=True)
        )


def has_blank_nodes(quad: ox.Quad) -> bool:
    """Tell whether a blank node is in a triple, in the name of its graph, or in a triple in it."""
    return any(
        isinstance(term, ox.BlankNode) or (isinstance(term, ox.Triple) and "_:" in str(term))
        for term in (quad.subject, quad.object, quad.graph_name)
    )


def _flat(parts: Iterable[Any]) -> Iterator[Any]:
    """Yield terms and the spaces between them; the terms of a triple that is a term one by one."""
    for number, part in enumerate(parts):
        if number:
            yield " "
        if isinstance(part, ox.Triple):
            yield "<<( "
            yield from _flat(part)
            yield " )>>"
        else:
            yield part
