"""The attributes of many nodes or edges, written column by column, some at a time.

What is done for each attribute of each edge takes the time of an export, so that it is left to
loops that run in C; and what comes back, such as the label of a relation, is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

from .model import Edge, Field, Value, Vertex
from .text import Report

T = TypeVar("T")
#: Gives the columns of the attributes of nodes or edges.
Attributes: TypeAlias = Callable[[Sequence[Vertex | Edge]], Iterator[Iterable[str]]]
#: How many are written at a time.
SOME: Final = 500
#: How many texts are kept at most, since labels may be long.
_KEPT: Final = 1 << 16

_values: Final = attrgetter("values")


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


def parts(things: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    """Divide things into parts, each with the number of its first."""
    for start in range(0, len(things), SOME):
        yield start, things[start : start + SOME]


def joined(*columns: Iterable[str]) -> str:
    """Put columns together row by row; the shortest says how many rows there are.

    Example:
        >>> joined(["a", "b"], ["1", "2"])
        'a1b2'
    """
    return "".join(chain.from_iterable(zip(*columns, strict=False)))


def text(
    name: str, template: str, write: Callable[[str], str], report: Report
) -> Callable[[Sequence[Vertex | Edge]], Iterator[str]]:
    """Give a function that writes a text that every node or edge has.

    Args:
        name: Its name.
        template: What stands around it, as ``%`` has it.
        write: Writes it.
        report: Counts what could not be held as it is.

    Returns:
        The function: it gives a column.
    """
    written = Remembered(lambda value: template % write(value), report).__getitem__
    taken = attrgetter(name)
    return lambda things: map(written, map(taken, things))


def attributes(
    fields: Sequence[Field],
    around: Callable[[Field], tuple[str, str]],
    writers: dict[str, Callable[[Any], str]],
    report: Report,
) -> Attributes:
    """Give a function that writes the attributes of nodes or edges.

    Args:
        fields: The attributes.
        around: What stands before and after a value.
        writers: How values are written, by the type of a field.
        report: Counts what could not be held as it is.

    Returns:
        The function: it gives a column a field, empty where a node or an edge does not have it.
    """

    def written(field: Field) -> Callable[[Any], str]:
        (head, tail), write = around(field), writers[field.type]

        def one(value: Value) -> str:
            return "" if value is None or value == () else f"{head}{write(value)}{tail}"

        # Lists and measures seldom come back.
        often = field.type not in ("list", "number")
        return Remembered(one, report).__getitem__ if often else one

    columns = [written(field) for field in fields]

    return lambda things: map(map, columns, zip(*map(_values, things), strict=True))


def xml(report: Report, items: Callable[[tuple[str, ...]], str]) -> dict[str, Callable[[Any], str]]:
    """Give the functions that write values in XML, by the type of a field.

    Args:
        report: Counts what XML 1.0 cannot hold.
        items: Writes a list.
    """
    return {
        "text": report.xml,
        "date": str,
        "integer": str,
        "number": repr,
        "boolean": lambda value: "true" if value else "false",
        "list": items,
    }
