"""Tables of nodes and of edges: CSV and TSV for spreadsheets, Neo4j's import, and Parquet.

In texts, a cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP,
"CSV Injection"), and lists become texts. In Parquet, for pandas, Polars, DuckDB and Spark, lists
stay lists and days stay days.
"""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, TypeAlias

from ..errors import EXTRA, PassexError
from .columns import Report
from .model import Field, Picture

#: What every node and every edge has, beside the attributes of a picture.
_NODE: Final = tuple(Field(name, "text", "") for name in ("iri", "label", "kind"))
_EDGE: Final = (
    *(Field(n, "text", "") for n in ("source", "target", "source_label", "target_label")),
    *(Field(n, "text", "") for n in ("label", "kind", "iri", "line")),
    Field("weight", "number", ""),
)
#: As ``neo4j-admin database import`` wants the header.
_NEO4J: Final = {"integer": ":int", "number": ":double", "boolean": ":boolean", "date": ":date"}
_NEO4J_NODE: Final = {"iri": "iri:ID", "kind": ":LABEL"}
_NEO4J_EDGE: Final = {"source": ":START_ID", "target": ":END_ID", "kind": ":TYPE"}

#: The fields of a table, and its rows.
Table: TypeAlias = tuple[tuple[Field, ...], Iterator[tuple[Any, ...]]]


def _tables(picture: Picture) -> tuple[Table, Table]:
    """Make the tables of nodes and of edges."""
    called = {node.iri: node.label for node in picture.nodes}
    nodes = ((node.iri, node.label, node.kind, *node.attributes) for node in picture.nodes)
    edges = (
        (
            *(edge.source, edge.target, called[edge.source], called[edge.target]),
            *(edge.label, edge.kind, edge.iri, edge.line, edge.weight, *edge.attributes),
        )
        for edge in picture.edges
    )
    return ((*_NODE, *picture.node_fields), nodes), ((*_EDGE, *picture.edge_fields), edges)


def _separated(
    picture: Picture, report: Report, *, delimiter: str, neo4j: bool = False
) -> tuple[Iterator[str], Iterator[str]]:
    """Write the tables of a picture as separated values (RFC 4180), piece by piece."""

    def table(given: Table, special: Mapping[str, str]) -> Iterator[str]:
        names = [field.name for field in given[0]]
        if neo4j:
            names = [special.get(f.name, f.name + _NEO4J.get(f.type, "")) for f in given[0]]
        return _written(given, names, report, delimiter)

    nodes, edges = _tables(picture)
    return table(nodes, _NEO4J_NODE), table(edges, _NEO4J_EDGE)


commas: Final = partial(_separated, delimiter=",")
tabs: Final = partial(_separated, delimiter="\t")
neo4j: Final = partial(_separated, delimiter=",", neo4j=True)


def _written(table: Table, header: list[str], report: Report, delimiter: str) -> Iterator[str]:
    fields, rows = table
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
        pairs = zip(columns, row, strict=True)
        writer.writerow([value if write is None else write(value) for write, value in pairs])
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def parquet(picture: Picture, report: Report) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Write the tables of a picture as Parquet; a PassexError where pyarrow is not installed."""
    try:
        arrow: Any = importlib.import_module("pyarrow")
        files: Any = importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise PassexError(
            "Parquet is written by pyarrow, which is not installed",
            EXTRA.format("parquet"),
        ) from None
    types = {
        "text": arrow.string(),
        "date": arrow.date32(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }

    def day(text: str | None) -> date | None:
        return None if text is None else date.fromisoformat(text)

    def table(given: Table) -> Iterator[bytes]:
        fields, rows = given
        columns = list(zip(*rows, strict=True)) or [()] * len(fields)
        arrays = [
            arrow.array(map(day, column) if field.type == "date" else column, types[field.type])
            for field, column in zip(fields, columns, strict=True)
        ]
        out = arrow.BufferOutputStream()
        named = arrow.table(arrays, names=[field.name for field in fields])
        files.write_table(named.replace_schema_metadata({"title": picture.title}), out)
        yield out.getvalue().to_pybytes()

    nodes, edges = map(table, _tables(picture))
    return nodes, edges
