"""Tables of nodes and of edges: CSV and TSV for spreadsheets, Gephi's, Neo4j's import, and Parquet.

For spreadsheets, a cell that they would take for a formula gets an apostrophe before it (OWASP,
"CSV Injection"), and lists become texts; Gephi and Neo4j compute nothing, and get cells as they
are. In Parquet, for pandas, Polars, DuckDB and Spark, lists stay lists and days stay days.
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
_NEO4J: Final = {
    **{"integer": ":int", "number": ":double", "boolean": ":boolean", "date": ":date"},
    **{"list": ":string[]"},
}
_NEO4J_NODE: Final = {"iri": "iri:ID(node)", "kind": ":LABEL"}
_NEO4J_EDGE: Final = {"source": ":START_ID(node)", "target": ":END_ID(node)", "kind": ":TYPE"}
#: What ends an item of an array of Neo4j, which has no way to escape it (neo4j/neo4j#13445).
UNIT: Final = "\x1f"
#: What Gephi calls the columns that it knows, whatever their capitals (`Import Spreadsheet`).
_GEPHI_NODE: Final = {"iri": "Id", "label": "Label"}
_GEPHI_EDGE: Final = {
    **{"source": "Source", "target": "Target", "type": "Type"},
    **{"label": "Label", "weight": "Weight"},
}
_GEPHI_KNOWS: Final = ("id", "label", "source", "target", "type", "weight", "kind", "timeset")

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
    picture: Picture, report: Report, *, delimiter: str
) -> tuple[Iterator[str], Iterator[str]]:
    """Write the tables of a picture as separated values (RFC 4180), piece by piece."""

    def table(given: Table) -> Iterator[str]:
        names = [field.name for field in given[0]]
        return _written(given, names, report, delimiter, report.cell, report.flat)

    nodes, edges = map(table, _tables(picture))
    return nodes, edges


commas: Final = partial(_separated, delimiter=",")
tabs: Final = partial(_separated, delimiter="\t")


def neo4j(picture: Picture, report: Report) -> tuple[Iterator[str], Iterator[str]]:
    """Write the tables of a picture as ``neo4j-admin database import`` takes them.

    Arrays are divided by `UNIT`, to be given as ``--array-delimiter=U+001F``.
    """

    def table(given: Table, special: Mapping[str, str]) -> Iterator[str]:
        names = [special.get(f.name, f.name + _NEO4J.get(f.type, "")) for f in given[0]]
        return _written(given, names, report, ",", str, lambda items: _array(items, report))

    nodes, edges = _tables(picture)
    return table(nodes, _NEO4J_NODE), table(edges, _NEO4J_EDGE)


def _array(items: tuple[str, ...], report: Report) -> str:
    return UNIT.join(report.visible(item) if UNIT in item else item for item in items)


def gephi(picture: Picture, report: Report) -> tuple[Iterator[str], Iterator[str]]:
    """Write the tables of a picture as Gephi imports spreadsheets: it knows nodes by ``Id``."""

    def table(given: Table, special: Mapping[str, str]) -> Iterator[str]:
        names = [
            f"added_{field.name}" if _clashes(field) else special.get(field.name, field.name)
            for field in given[0]
        ]
        return _written(given, names, report, ",", str, report.flat)

    nodes, (fields, rows) = _tables(picture)
    # The labels of both ends are those of the nodes.
    ends, rest = fields[:2], fields[4:]
    order = sorted(rest, key=lambda field: field.name not in ("label", "weight"))
    places = [rest.index(field) + 4 for field in order]
    kind = "Directed" if picture.directed else "Undirected"
    edges = ((*row[:2], kind, *(row[place] for place in places)) for row in rows)
    return (
        table(nodes, _GEPHI_NODE),
        table(((*ends, Field("type", "text", ""), *order), edges), _GEPHI_EDGE),
    )


def _clashes(field: Field) -> bool:
    """Tell whether Gephi would take somebody's own attribute for one that it knows."""
    return field.added and field.name.lower() in _GEPHI_KNOWS


def _written(
    table: Table,
    header: list[str],
    report: Report,
    delimiter: str,
    cell: Callable[[str], str],
    flat: Callable[[tuple[str, ...]], str],
) -> Iterator[str]:
    """Write a table: `cell` makes cells of texts, and `flat` texts of lists."""
    fields, rows = table
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
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


def pyarrow() -> tuple[Any, Any]:
    """Find the library that writes Parquet, and its part that does.

    Raises:
        PassexError: It isn't installed.
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise PassexError(
            "Parquet is written by pyarrow, which is not installed",
            EXTRA.format("parquet"),
        ) from None


def parquet(picture: Picture, report: Report) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Write the tables of a picture as Parquet; a PassexError where pyarrow is not installed."""
    arrow, files = pyarrow()
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
