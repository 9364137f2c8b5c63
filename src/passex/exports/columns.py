"""Nodes and edges written column by column, some at a time.

What is done for each attribute of each edge takes the time of an export, so that it is left to
loops that run in C; and what comes back, such as the label of a relation, is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, islice, repeat
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

from .model import Edge, Field, Value, Vertex
from .text import Report

Thing = TypeVar("Thing")
#: Gives columns of some nodes or edges: a text for each of these.
Columns: TypeAlias = Callable[[Sequence[Any]], Iterator[Iterable[str]]]
#: How many are written at a time.
SOME: Final = 500
#: How many texts are kept at most, since labels may be long.
_KEPT: Final = 1 << 16

attributes_of: Final = attrgetter("attributes")


class Remembered(dict[Any, str]):
    """What was written of values, so that it is not written again.

    Args:
        write: Writes a value.
        report: What changes when a value is written, as it must each time, is not kept.

    Example:
        >>> Remembered(str.upper, Report())["a"]
        'A'
    """

    __slots__ = ("_report", "_write")

    def __init__(self, write: Callable[[Any], str], report: Report) -> None:
        self._write = write
        self._report = report

    def __missing__(self, value: object) -> str:
        before = self._report.counts.total()
        written = self._write(value)
        if self._report.counts.total() == before:
            if len(self) >= _KEPT:
                self.clear()
            self[value] = written
        return written


def parts(things: Sequence[Thing]) -> Iterator[tuple[int, Sequence[Thing]]]:
    """Divide things into parts, each with the number of its first."""
    for start in range(0, len(things), SOME):
        yield start, things[start : start + SOME]


def write(things: Sequence[Vertex] | Sequence[Edge], *columns: Columns) -> Iterator[str]:
    """Write nodes or edges: all columns of the first, then all of the second, and so on."""
    for _, part in parts(things):
        rows = zip(*chain.from_iterable(given(part) for given in columns), strict=True)
        yield "".join(chain.from_iterable(rows))


def texts(report: Report, /, often: bool = True, **templates: str) -> Columns:
    r"""Give columns of texts that every node or edge has, escaped for XML.

    A template says what stands around a text, as ``%`` has it, by the name of the text. What comes
    back `often` is written once.

    Example:
        >>> node = Vertex("urn:a", "A & B", "State", ())
        >>> "".join(write([node], texts(Report(), iri='<node id="%s"', label=" name='%s'>")))
        '<node id="urn:a" name=\'A &amp; B\'>'
    """

    def column(name: str, template: str) -> Columns:
        return values(name, lambda value: template % report.xml(value), report if often else None)

    columns = [column(name, template) for name, template in templates.items()]
    return lambda things: chain.from_iterable(given(things) for given in columns)


def values(name: str, write: Callable[[Any], str], report: Report | None = None) -> Columns:
    """Give a column of something that every node or edge has, by its name.

    With a report, what was written is remembered: that pays where values come back.
    """
    take = attrgetter(name)
    once = Remembered(write, report).__getitem__ if report else write
    return lambda things: iter((map(once, map(take, things)),))


def constant(text: str) -> Columns:
    """Give a column of the same text."""
    return lambda things: iter((repeat(text, len(things)),))


def numbered(template: str) -> Columns:
    """Give a column of numbers, from 0 on."""
    numbers = count()
    return lambda things: iter((map(template.__mod__, islice(numbers, len(things))),))


def attributes(
    fields: Sequence[Field],
    around: Callable[[Field], tuple[str, str]],
    writers: Mapping[str, Callable[[Any], str]],
    report: Report,
) -> Columns:
    """Give a column a field, empty where a node or an edge does not have it.

    Args:
        fields: The attributes.
        around: Gives what stands before and after a value.
        writers: How values are written, by the type of a field.
        report: Counts what could not be held as it is.
    """

    def written(field: Field) -> Callable[[Any], str]:
        (head, tail), write = around(field), writers[field.type]

        def one(value: Value) -> str:
            return "" if value is None or value == () else f"{head}{write(value)}{tail}"

        # Lists and measures seldom come back.
        often = field.type not in ("list", "number")
        return Remembered(one, report).__getitem__ if often else one

    columns = [written(field) for field in fields]
    return lambda things: map(map, columns, zip(*map(attributes_of, things), strict=True))
