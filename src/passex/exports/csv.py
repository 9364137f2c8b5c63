"""Tables: nodes and edges as CSV or TSV, for spreadsheets and pandas, and for Neo4j's import.

A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
Injection"). Lists become texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from .model import Field, Picture
from .text import Report

NODE: Final = tuple(Field(name, "text", "") for name in ("iri", "label", "kind"))
EDGE: Final = (
    *(Field(n, "text", "") for n in ("source", "target", "source_label", "target_label")),
    *(Field(n, "text", "") for n in ("label", "kind", "iri", "line")),
    Field("weight", "number", ""),
)
#: As ``neo4j-admin database import`` wants the header.
_NEO4J: Final = {"integer": ":int", "number": ":double", "boolean": ":boolean", "date": ":date"}
_KEYS: Final = {"iri": "iri:ID", "kind": ":LABEL"}
_ENDS: Final = {"source": ":START_ID", "target": ":END_ID", "kind": ":TYPE"}

Row = tuple[Any, ...]


def nodes(picture: Picture) -> Iterator[Row]:
    """Give the rows of the table of nodes.

    Args:
        picture: The picture.

    Yields:
        A row a node: `NODE`, then the picture's attributes of nodes.
    """
    for node in picture.nodes:
        yield (node.iri, node.label, node.kind, *node.values)


def edges(picture: Picture) -> Iterator[Row]:
    """Give the rows of the table of edges.

    Args:
        picture: The picture.

    Yields:
        A row an edge: `EDGE`, then the picture's attributes of edges.
    """
    called = {node.iri: node.label for node in picture.nodes}
    for edge in picture.edges:
        yield (
            *(edge.source, edge.target, called[edge.source], called[edge.target]),
            *(edge.label, edge.kind, edge.iri, edge.line, edge.weight, *edge.values),
        )


def write(picture: Picture, report: Report) -> tuple[Iterator[str], Iterator[str]]:
    """Write comma-separated values (RFC 4180).

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Returns:
        The table of nodes and the table of edges, piece by piece.
    """
    return _both(picture, report, ",", {}, {}, {})


def tabs(picture: Picture, report: Report) -> tuple[Iterator[str], Iterator[str]]:
    """Write tab-separated values, quoted where there are tabs or line breaks in them.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Returns:
        The table of nodes and the table of edges, piece by piece.
    """
    return _both(picture, report, "\t", {}, {}, {})


def neo4j(picture: Picture, report: Report) -> tuple[Iterator[str], Iterator[str]]:
    """Write comma-separated values with the headers that Neo4j imports.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Returns:
        The table of nodes and the table of edges, piece by piece.
    """
    return _both(picture, report, ",", _KEYS, _ENDS, _NEO4J)


def _both(
    picture: Picture,
    report: Report,
    delimiter: str,
    keys: dict[str, str],
    ends: dict[str, str],
    types: dict[str, str],
) -> tuple[Iterator[str], Iterator[str]]:
    def header(fields: Sequence[Field], special: dict[str, str]) -> list[str]:
        return [special.get(f.name, f.name + types.get(f.type, "")) for f in fields]

    of_nodes = (*NODE, *picture.node_fields)
    of_edges = (*EDGE, *picture.edge_fields)
    return (
        _table(header(of_nodes, keys), of_nodes, nodes(picture), report, delimiter),
        _table(header(of_edges, ends), of_edges, edges(picture), report, delimiter),
    )


def _table(
    header: list[str],
    fields: Sequence[Field],
    rows: Iterable[Row],
    report: Report,
    delimiter: str,
) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    flat, cell = report.flat, report.cell
    writers: dict[str, Callable[[Any], object]] = {
        "text": lambda value: "" if value is None else cell(value),
        "list": lambda value: cell(flat(value)) if value else "",
        "boolean": lambda value: "" if value is None else "true" if value else "false",
    }
    columns = [writers.get(field.type) for field in fields]
    for row in rows:
        writer.writerow(
            [
                value if write is None else write(value)
                for write, value in zip(columns, row, strict=True)
            ]
        )
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()
