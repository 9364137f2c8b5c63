"""Lines of N-Triples and N-Quads on an executor: parsed, batch by batch, and told apart by subject.

Formats: https://www.w3.org/TR/n-triples/ and https://www.w3.org/TR/n-quads/. Every line is a
statement of its own, so that any part of a file can be read alone. What is returned here runs on
executors, in their Python.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from ..graph.parsing import UnparsableError, reason_of
from ..graph.parsing import parse as parse_whole
from ..graph.sources import Source
from ..graph.terms import BLANK, DERIVED, NR
from ..text.places import Place

if TYPE_CHECKING:
    import pyarrow

    Batches = Iterator["pyarrow.RecordBatch"]

#: By what a statement says that somebody is in a contingent.
CONTINGENT: Final = NR.inContingent
#: What a row of `statements` is: a statement, one that is left out, or the first line of a batch
#: that doesn't parse.
STATEMENT: Final = "statement"
IGNORED: Final = "ignored"
BROKEN: Final = "broken"

_DERIVED: Final = frozenset(DERIVED)
_NAMED: Final = b"_:"


class Fault(NamedTuple):
    """A line that doesn't parse.

    Attributes:
        line: Its place in the lines that were given, from 0.
        column: Its character there, from 1.
        reason: What is wrong with it.
    """

    line: int
    column: int
    reason: str


def parse(file: int, values: Sequence[str]) -> Iterator[tuple[ox.Quad, str]] | Fault:
    """Parse lines of one file.

    Args:
        file: The number of the file: the blank nodes of two files are not the same.

    Returns:
        The statements, each with a line that says it alone, without a graph or a blank node (those
        have IRIs instead); or what is wrong with the first line that doesn't parse.
    """
    text = "\n".join(value.removeprefix("\ufeff") for value in values).encode(
        "utf-8", "surrogatepass"
    )
    try:
        quads = list(ox.parse(text, ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        return Fault(max((error.lineno or 1) - 1, 0), error.offset or 0, reason_of(error))
    # Where each line begins a statement, and there are no more, each line is one.
    alone = len(quads) == len(values) and all(value[:1] == "<" for value in values)
    if alone and _NAMED not in text:
        graphs = {quad.graph_name for quad in quads}
        if all(isinstance(graph, ox.DefaultGraph) for graph in graphs):
            return zip(quads, values, strict=True)
    return ((quad, f"{quad.triple} .") for quad in (_named(file, quad) for quad in quads))


def _named(file: int, quad: ox.Quad) -> ox.Quad:
    subject, name, value, _ = quad
    if isinstance(subject, ox.BlankNode):
        subject = ox.NamedNode(f"{BLANK}{file}-{subject.value}")
    if isinstance(value, ox.BlankNode):
        value = ox.NamedNode(f"{BLANK}{file}-{value.value}")
    return ox.Quad(subject, name, value)


def goes_by(quad: ox.Quad) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """Give what a statement goes by: its subject, and of who is in a contingent, the contingent."""
    return quad.object if quad.predicate.value == CONTINGENT else quad.subject


def statements(derived: bool = False) -> Callable[[Batches], Batches]:
    """Make what parses rows of (file, value) into rows of `STATEMENTS`, on an executor.

    A line that doesn't parse goes with the number of its file. A statement goes with its subject,
    but for who is in a contingent: that goes with the contingent, which is of one exercise, and not
    with the actor, who is in many.

    Args:
        derived: Whether those are statements too that only rules may make.
    """

    def work(batches: Batches) -> Batches:
        for batch in batches:
            yield split(batch, derived)

    return work


#: The columns of `statements`, as Spark writes them.
STATEMENTS: Final = "kind string, node string, line string"
#: The columns of `edges`.
EDGES: Final = "subject string, term string, object string"


def split(batch: pyarrow.RecordBatch, derived: bool = False) -> pyarrow.RecordBatch:
    """Do what `statements` says, with one batch."""
    import pyarrow

    kinds: list[str] = []
    nodes: list[str] = []
    texts: list[str] = []
    for file, values in _by_file(batch):
        found = parse(file, values)
        if isinstance(found, Fault):
            kinds.append(BROKEN)
            nodes.append(str(file))
            texts.append(values[found.line])
            continue
        for quad, line in found:
            term = quad.predicate.value
            ignored = term in _DERIVED and not derived
            kinds.append(IGNORED if ignored else STATEMENT)
            nodes.append("" if ignored else str(goes_by(quad)))
            texts.append("" if ignored else line)
    columns = [pyarrow.array(column, pyarrow.string()) for column in (kinds, nodes, texts)]
    return pyarrow.record_batch(columns, names=["kind", "node", "line"])


def edges(terms: Collection[str]) -> Callable[[Batches], Batches]:
    """Make what finds statements of some properties in rows of (file, value), on an executor.

    A batch with a line that doesn't parse has none: `statements` tells of it.
    """
    wanted = frozenset(terms)

    def work(batches: Batches) -> Batches:
        for batch in batches:
            yield pick(batch, wanted)

    return work


def pick(batch: pyarrow.RecordBatch, wanted: Collection[str]) -> pyarrow.RecordBatch:
    """Do what `edges` says, with one batch."""
    import pyarrow

    rows: list[tuple[str, str, str]] = []
    for file, values in _by_file(batch):
        found = parse(file, values)
        if not isinstance(found, Fault):
            rows += [
                (str(quad.subject), quad.predicate.value, str(quad.object))
                for quad, _ in found
                if quad.predicate.value in wanted
            ]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pyarrow.array(list(column), pyarrow.string()) for column in columns]
    return pyarrow.record_batch(arrays, names=["subject", "term", "object"])


def fault(name: str) -> Callable[[Batches], Batches]:
    """Make what finds the first line of a file that doesn't parse, on an executor.

    Args:
        name: Its name, whose endings say what it is. A row has its whole content, since no engine
            says in which order it hands out the parts of a file.
    """

    def work(batches: Batches) -> Batches:
        for batch in batches:
            yield find_fault(name, batch)

    return work


#: The columns of `fault`: the place of the line, from 1, and what is wrong there.
FAULT: Final = "line long, column int, reason string"


def find_fault(name: str, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """Do what `fault` says, with one batch."""
    import pyarrow

    rows: list[tuple[int, int, str]] = []
    for content in batch.column(0):
        try:
            for _ in parse_whole(Source(Path(name), content=content.as_py())):
                pass
        except UnparsableError as error:
            place = error.place or Place(name)
            rows.append((place.line, place.column, error.reason))
    kinds = (pyarrow.int64(), pyarrow.int32(), pyarrow.string())
    columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    arrays = [pyarrow.array(list(c), kind) for c, kind in zip(columns, kinds, strict=True)]
    return pyarrow.record_batch(arrays, names=["line", "column", "reason"])


def _by_file(batch: pyarrow.RecordBatch) -> Iterator[tuple[int, list[str]]]:
    """Part the rows of (file, value), of which neighbours are nearly always of one file."""
    files = batch.column(0).to_pylist()
    values = batch.column(1).to_pylist()
    start = 0
    for place in range(1, len(files) + 1):
        if place == len(files) or files[place] != files[start]:
            yield files[start], values[start:place]
            start = place
