"""Node-link JSON as networkx has it (`networkx.node_link_graph`), for networkx and D3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any, Final

from .model import Edge, Field, Picture, Value
from .text import Report

text: Final[Callable[[str], str]] = encode_basestring


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture.

    Args:
        picture: The picture. Where two nodes have several edges, it is a multigraph.
        report: Counts what could not be held as it is: nothing.

    Yields:
        The document, piece by piece.
    """
    keys = numbered(picture)
    multigraph = any(keys)
    yield (
        f'{{"directed": {boolean(picture.directed)}, "multigraph": {boolean(multigraph)}, '
        f'"graph": {{"title": {text(picture.title)}, "measure": {text(picture.measure)}, '
        f'"notes": {items(picture.notes)}}},\n"nodes": ['
    )
    values = row(picture.node_fields)
    comma = "\n"
    for node in picture.nodes:
        yield (
            f'{comma}{{"id": {text(node.iri)}, "label": {text(node.label)}, '
            f'"kind": {text(node.kind)}{values(node.values)}}}'
        )
        comma = ",\n"
    yield '\n],\n"edges": ['
    values = row(picture.edge_fields)
    comma = "\n"
    ids = {node.iri: text(node.iri) for node in picture.nodes}
    # Most edges of a network say the same.
    said: dict[tuple[str, str, str, str], str] = {}
    for edge, key in zip(picture.edges, keys, strict=True):
        mark = f'"key": {key}, ' if multigraph else ""
        same = (edge.label, edge.kind, edge.iri, edge.line)
        words = said.get(same)
        if words is None:
            words = said[same] = (
                f'"label": {text(edge.label)}, "kind": {text(edge.kind)}, '
                f'"iri": {text(edge.iri)}, "line": "{edge.line}"'
            )
        yield (
            f'{comma}{{"source": {ids[edge.source]}, "target": {ids[edge.target]}, {mark}'
            f'{words}, "weight": {edge.weight!r}{values(edge.values)}}}'
        )
        comma = ",\n"
    yield "\n]}\n"


def numbered(picture: Picture) -> list[int]:
    """Number the edges between the same two nodes.

    Args:
        picture: The picture.

    Returns:
        For each edge, how many before it have the same ends: 0 where it is the first.
    """
    seen: dict[tuple[str, str], int] = {}

    def number(edge: Edge) -> int:
        ends = (edge.source, edge.target)
        if not picture.directed and ends[0] > ends[1]:
            ends = (edge.target, edge.source)
        seen[ends] = seen.get(ends, -1) + 1
        return seen[ends]

    return [number(edge) for edge in picture.edges]


def boolean(value: object) -> str:
    """Write a truth value."""
    return "true" if value else "false"


def items(values: Sequence[str]) -> str:
    """Write a list of texts."""
    return f"[{', '.join(map(text, values))}]"


def row(fields: Sequence[Field]) -> Callable[[Sequence[Value]], str]:
    """Give a function that writes the attributes of a node or an edge.

    Args:
        fields: The attributes.

    Returns:
        The function: it writes those that are there, each with a comma before it.
    """
    writers: dict[str, Callable[[Any], str]] = {
        "text": text,
        "date": text,
        "integer": str,
        "number": repr,
        "boolean": boolean,
        "list": items,
    }
    columns = [(f', "{f.name}": ', writers[f.type]) for f in fields]

    def written(values: Sequence[Value]) -> str:
        return "".join(
            [
                f"{head}{write(value)}"
                for (head, write), value in zip(columns, values, strict=True)
                if value is not None and value != ()
            ]
        )

    return written
