"""Node-link JSON as networkx has it (`networkx.node_link_graph`), for networkx and D3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from . import encode
from .model import Picture
from .text import Report

NODE: Final = {"id": "iri", "label": "label", "kind": "kind"}
EDGE: Final = {
    name: name for name in ("source", "target", "label", "kind", "iri", "line", "weight")
}


def write(picture: Picture, report: Report) -> Iterator[bytes]:
    """Write a picture.

    Args:
        picture: The picture. Where two nodes have several edges, it is a multigraph.
        report: Counts what could not be held as it is: nothing.

    Yields:
        The document, piece by piece.
    """
    keys = numbered(picture)
    head = {
        "directed": picture.directed,
        "multigraph": bool(keys),
        "graph": {"title": picture.title, "measure": picture.measure, "notes": picture.notes},
    }
    yield encode.dumps(head)[:-1] + b',\n"nodes":[\n'
    yield from encode.rows(picture.nodes, NODE, picture.node_fields, {})
    yield b'\n],\n"edges":[\n'
    yield from encode.rows(picture.edges, EDGE, picture.edge_fields, {"key": keys} if keys else {})
    yield b"\n]}\n"


def numbered(picture: Picture) -> list[int]:
    """Number the edges between the same two nodes.

    Args:
        picture: The picture.

    Returns:
        For each edge, how many before it have the same ends: 0 where it is the first. Empty where
        no two nodes have several edges.
    """
    if not picture.parallel:
        return []
    ends = [(edge.source, edge.target) for edge in picture.edges]
    if not picture.directed:
        ends = [(a, b) if a < b else (b, a) for a, b in ends]
    if len(set(ends)) == len(ends):
        return []
    seen: Counter[tuple[str, str]] = Counter()
    numbers = []
    for pair in ends:
        numbers.append(seen[pair])
        seen[pair] += 1
    return numbers
