"""Parquet, for pandas, Polars, DuckDB and Spark: lists stay lists, days stay days."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..errors import PassexError
from .csv import EDGE, NODE, Row, edges, nodes
from .model import Field, Picture
from .text import Report


def write(picture: Picture, report: Report) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Write a picture.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is: nothing.

    Returns:
        The table of nodes and the table of edges.

    Raises:
        PassexError: pyarrow is not installed.
    """
    try:
        arrow: Any = importlib.import_module("pyarrow")
        files: Any = importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise PassexError(
            "Parquet is written by pyarrow, which is not installed",
            "pip install 'passex[parquet]'",
        ) from None
    types = {
        "text": arrow.string(),
        "date": arrow.date32(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }

    def table(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
        columns = list(zip(*rows, strict=True)) or [()] * len(fields)
        arrays = [
            arrow.array(_values(field, column), types[field.type])
            for field, column in zip(fields, columns, strict=True)
        ]
        out = arrow.BufferOutputStream()
        named = arrow.table(arrays, names=[field.name for field in fields])
        files.write_table(named.replace_schema_metadata({"title": picture.title}), out)
        yield out.getvalue().to_pybytes()

    return (
        table((*NODE, *picture.node_fields), nodes(picture)),
        table((*EDGE, *picture.edge_fields), edges(picture)),
    )


def _values(field: Field, column: Sequence[Any]) -> Sequence[Any]:
    if field.type != "date":
        return column
    return [None if day is None else datetime.date.fromisoformat(day) for day in column]
