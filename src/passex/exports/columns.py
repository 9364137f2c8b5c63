"""Nodes and edges written column by column, and a report of what a format could not hold.

What is done for each attribute of each edge takes the time of an export, so that it is left to
loops that run in C; and what comes back, such as the label of a relation, is written once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, islice, repeat
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

from ..text.wording import barred, say
from .model import Edge, Field, Picture, Value, Vertex

Thing = TypeVar("Thing")
#: Gives columns of some nodes or edges: a text for each of these.
Columns: TypeAlias = Callable[[Sequence[Any]], Iterator[Iterable[str]]]
#: How many are written at a time.
SOME: Final = 500
#: How many texts are kept at most, since labels may be long.
_KEPT: Final = 1 << 16

attributes_of: Final = attrgetter("attributes")
#: XML 1.0 has no way to write these.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = {
    ord(mark): escape
    for mark, escape in (
        *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")),
        # Else a reader of XML makes spaces of them.
        *(("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;")),
    )
}
#: As OWASP lists them, with their full-width forms.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Report:
    """Counts what a format could not hold as it is, by what happened to what.

    Example:
        >>> report = Report()
        >>> report.flat(("a", "b"))
        'a | b'
        >>> report.line("GraphML")
        'GraphML: 1 list became text'
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def flat(self, items: tuple[str, ...]) -> str:
        """Make a text of a list: items with bars between them; bars and backslashes escaped."""
        self.counts["list", "became text"] += 1
        return barred(items)

    def spells(self, picture: Picture, kept: str) -> None:
        """Count the date ranges that a format has as text, or only together.

        What becomes of them is said as in `passex.exports.Format.dates`.
        """
        things: Iterable[Vertex | Edge] = chain(picture.nodes, picture.edges)
        numbers = map(len, map(attrgetter("spells"), things))
        if kept == "text":
            self.counts["date range", "became text"] += sum(numbers)
        elif kept == "days":
            several = sum(number for number in numbers if number > 1)
            self.counts["date range", "became a first and a last day of several"] += several

    def visible(self, text: str) -> str:
        """Put signs in the place of characters that XML 1.0 does not have.

        Control characters become the pictures that Unicode has for them, others U+FFFD.
        """
        if _NOT_XML.search(text) is None:
            return text
        text, count = _NOT_XML.subn(_sign, text)
        self.counts["control character", "became a sign"] += count
        return text

    def xml(self, text: str) -> str:
        """Escape a text for an attribute or an element of XML 1.0."""
        if _NOT_PLAIN.search(text) is None:
            return text
        return self.visible(text).translate(_ESCAPES)

    def cell(self, text: str) -> str:
        """Put an apostrophe before a text that a spreadsheet would take for a formula."""
        if not text.startswith(_FORMULA):
            return text
        self.counts["text that looks like a formula", "got an apostrophe"] += 1
        return "'" + text

    def line(self, title: str) -> str:
        """Say what happened in a format, in a line; an empty text where nothing did."""
        parts = []
        for (thing, verb), times in sorted((+self.counts).items()):
            things = say(times, thing)
            if thing.startswith("text "):
                things = f"{say(times, 'text')} that look{'s' if times == 1 else ''} like a formula"
            if verb == "became a sign" and times > 1:
                verb = "became signs"
            parts.append(f"{things} {verb}")
        return f"{title}: {'; '.join(parts)}" if parts else ""


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


class Remembered(dict[Any, str]):
    """What was written of values, so that it is not written again, unless the report counts it.

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


def each(written: Iterable[str]) -> Columns:
    """Give a column of what is written already, one for each; none of nothing."""
    rest = iter(written)
    return lambda things: iter((part,) if (part := [*islice(rest, len(things))]) else ())


def numbered(template: str) -> Columns:
    """Give a column of numbers, from 0 on."""
    numbers = count()
    return lambda things: iter((map(template.__mod__, islice(numbers, len(things))),))


def attributes(
    fields: Sequence[Field],
    template: str,
    writers: Mapping[str, Callable[[Any], str]],
    report: Report,
) -> Columns:
    """Give a column a field, empty where a node or an edge does not have it.

    The template has ``{}`` for the field's name, and then ``%s`` for a value, which the `writers`
    write, by the field's type.
    """

    def written(field: Field) -> Callable[[Any], str]:
        (head, tail), write = template.format(field.name).split("%s"), writers[field.type]

        def one(value: Value) -> str:
            return "" if value is None or value == () else f"{head}{write(value)}{tail}"

        # Lists and measures seldom come back.
        often = field.type not in ("list", "number")
        return Remembered(one, report).__getitem__ if often else one

    columns = [written(field) for field in fields]
    return lambda things: map(map, columns, zip(*map(attributes_of, things), strict=True))
