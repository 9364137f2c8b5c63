"""Facts in Parquet, as `passex export rdfparquet` writes them: a term a column.

What is in a column is as N-Triples write it; a row is a statement, and rows have no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..text.places import Place
from . import lines
from .installed import checked

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    Batches = Iterator["pyarrow.RecordBatch"]

ENDING: Final = re.compile(r"\.parquet$", re.IGNORECASE)
#: The columns; there may be others, such as that of a graph, which no network reads.
COLUMNS: Final = ("subject", "predicate", "object")
_LENGTH: Final = 120
#: The columns of `wrong`.
WRONG: Final = "value string, reason string"


def has_facts(session: SparkSession, url: str) -> bool:
    """Tell by its columns whether a file has facts, and isn't some table."""
    return set(COLUMNS) <= set(session.read.parquet(url).columns)


def read(session: SparkSession, url: str) -> DataFrame:
    """Give the statements of a file, as rows of (value), each a line of N-Triples."""
    from pyspark.sql import functions

    frame = session.read.parquet(url)
    # A term that isn't there must not make a shorter line.
    terms = [functions.coalesce(functions.col(name), functions.lit("null")) for name in COLUMNS]
    return frame.select(functions.concat_ws(" ", *terms, functions.lit(".")).alias("value"))


def wrong(batches: Batches) -> Batches:
    """Find the statements that don't parse, on an executor: rows of `WRONG`."""
    import pyarrow

    for batch in batches:
        values = batch.column(0).to_pylist()
        faults = [(value, lines.parse(0, [value])) for value in values]
        found = [(value, f.reason) for value, f in faults if isinstance(f, lines.Fault)]
        columns = zip(*found, strict=True) if found else ((), ())
        arrays = [pyarrow.array(list(column), pyarrow.string()) for column in columns]
        yield pyarrow.record_batch(arrays, names=["value", "reason"])


def broken(session: SparkSession, url: str) -> InputError:
    """Say which statement of a file isn't N-Triples: the first by the alphabet, if there are more.

    Rows have no order, and no numbers.
    """
    from pyspark.sql import functions

    found = read(session, url).mapInArrow(checked(wrong), WRONG)
    first = found.agg(functions.min(functions.struct("value", "reason")).alias("first"))
    row = first.toArrow().to_pylist()[0]["first"]
    if row is None:
        return InputError("changed while it was read", "try again", Place(url))
    value = row["value"] if len(row["value"]) <= _LENGTH else row["value"][:_LENGTH] + "…"
    message = f"a row isn't terms as N-Triples write them: {value} ({row['reason']})"
    return InputError(message, "write each as passex export rdfparquet does", Place(url))
