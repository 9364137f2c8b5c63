"""RDF as Parquet: a row a triple, a column a term, each as N-Triples write it.

There is no standard for it; this is what engines that read columns need to tell terms apart
(https://www.w3.org/TR/n-triples/), and what `--engine spark` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from .tables import pyarrow
from .triples import DERIVED_GRAPH, Triples

#: The columns; the graph is null where a triple is in none.
COLUMNS: Final = ("subject", "predicate", "object", "graph")
#: So many rows are a group of the file, which is read, or passed over, as one.
_ROWS: Final = 100_000


def rdfparquet(triples: Triples) -> Iterator[bytes]:
    """Write RDF as Parquet; a PassexError where pyarrow is not installed.

    What the rules derived is in a graph of its own, as in N-Quads.
    """
    arrow, files = pyarrow()
    schema: Any = arrow.schema([(name, arrow.string()) for name in COLUMNS])
    out = arrow.BufferOutputStream()
    with files.ParquetWriter(out, schema) as writer:
        waiting = _rows(triples)
        while rows := list(islice(waiting, _ROWS)):
            columns = [list(column) for column in zip(*rows, strict=True)]
            writer.write_table(arrow.table(columns, schema=schema))
    yield out.getvalue().to_pybytes()


def _rows(triples: Triples) -> Iterator[tuple[str, str, str, str | None]]:
    yield from _of_graph(triples.unnamed, None)
    for name, part in triples.graphs:
        yield from _of_graph(part, name)
    yield from _of_graph(triples.derived, f"<{DERIVED_GRAPH}>")


def _of_graph(
    lines: Iterable[bytes], graph: str | None
) -> Iterator[tuple[str, str, str, str | None]]:
    for line in lines:
        # No IRI and no name of a blank node has a space in it; what is behind the object is " .".
        subject, predicate, rest = line.decode().split(" ", 2)
        yield subject, predicate, rest[:-2], graph
