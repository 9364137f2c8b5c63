"""Rows of a table as exercises: cells are read, checked against each other, and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ..graph.cells import Row, Table
from ..graph.terms import NRC
from . import places
from .actors import Actor, Actors
from .dates import Bounds, DateError, of_parts, of_text
from .mapping import TableMapping, When, matching

#: Is told of a kind of question, the row, the column, the cell, and the question.
Ask = Callable[[str, int, str, str, str], None]
#: The statuses of what is only planned, or was.
PLANNED: Final = frozenset(
    NRC[name]
    for name in [
        "planned",
        "announced",
        "agreed",
        "drafted",
        "postponed",
        "cancelled",
        "carried-out",
    ]
)
#: What says no where a column is a mark.
_NO: Final = frozenset(("", "0", "no", "n", "false", "f"))
#: An anchor is a phrase of eight words and 80 characters at the most.
_PHRASE: Final = re.compile(r"\S+(?:\s+\S+){0,7}")


@dataclass(slots=True)
class Record:
    """An exercise.

    Attributes:
        row: The number of its first row.
        key: The cell that tells it from others.
        pairs: How many pairs of parties its rows have.
        quotes: By row, its key, as far as an anchor goes.
        dates: Its bounds; None where nothing is known.
        words: What the table has for them.
        note: Why the bounds are wider than the words.
        parties: Those who took part, each once, with the row that says so.
        open: Whether there were or may have been others.
        point: Latitude and longitude, as numbers that RDF reads.
        stated: Whether a column has the status.
    """

    row: int
    key: str
    quotes: dict[int, str]
    pairs: int = 0
    name: str = ""
    series: str = ""
    place: str = ""
    point: tuple[str, str] | None = None
    dates: Bounds | None = None
    words: str = ""
    note: str = ""
    parties: dict[Actor, int] = field(default_factory=dict)
    observers: dict[Actor, int] = field(default_factory=dict)
    host: tuple[Actor, ...] = ()
    open: bool = False
    status: str = ""
    stated: bool = False
    domains: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    source: str = ""


class Reader:
    """Reads the records of a table.

    Args:
        orders: By column, how its dates are meant.
        ask: Is told of what is odd.

    Attributes:
        read: By column, how many cells hold something.
        written: By column, how many of these are in a record.
        unknown: How many say that nothing is known, and
        no: how many say no, where a column is a mark.
    """

    def __init__(
        self,
        table: Table,
        mapping: TableMapping,
        actors: Actors,
        orders: dict[str, str],
        ask: Ask,
    ) -> None:
        self.read: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.no: Counter[str] = Counter()
        self._mapping, self._columns, self._actors = mapping, mapping.columns, actors
        self._orders, self._ask, self._header = orders, ask, table.header
        self._at = {name: number for number, name in enumerate(table.header)}
        self._parties = matching(self._columns.parties, table.header)
        self._observers = matching(self._columns.observers, table.header)
        apart = {mapping.key, *self._parties, *self._observers}
        self._alike = [n for n in matching(self._columns.all(), table.header) if n not in apart]
        self._unknown = {
            name: frozenset(mapping.unknown_in.get(name, mapping.unknown)) for name in table.header
        }

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        """Read all records; a row without a key is asked about, and left out."""
        for group in self._groups(rows):
            for row in group:
                for name, cell in zip(self._header, row.cells, strict=True):
                    if cell := cell.strip():
                        self.read[name] += 1
                        self.unknown[name] += cell in self._unknown[name]
            record = self._record(group)
            if record.status:
                yield record
            else:
                at = self._columns.status.column
                self._ask("no-status", group[0].number, at, "", f"'{record.key}' has no status")

    def _groups(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """Put the rows of one exercise together, which follow one another."""
        key = self._at[self._mapping.key]
        several = self._mapping.rows != "exercise"
        group: list[Row] = []
        for row in rows:
            if not row.cells[key].strip():
                self._ask("no-key", row.number, self._mapping.key, "", "no key")
                continue
            if group and not (several and row.cells[key] == group[0].cells[key]):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def _record(self, group: Sequence[Row]) -> Record:
        first, c = group[0], self._columns
        key = self._mapping.key
        keys = {row.number: self._cell(row, key) for row in group}
        quotes = {number: _phrase(text) for number, text in keys.items()}
        found = Record(first.number, keys[first.number], quotes)
        self._compare(group)
        found.name, found.series = self._cell(first, c.name), self._cell(first, c.series)
        found.place, found.source = self._cell(first, c.place), self._cell(first, c.source)
        self._dates(first, found)
        pairs = {frozenset(self._take_part(row, found)) for row in group}
        found.pairs = sum(len(pair) == 2 for pair in pairs)
        if c.host:
            found.host = tuple(self._named(first, c.host, found))
        known = places.find(found.place) if found.place else None
        if found.place and (known is None or known.takes_point):
            found.point = self._point(first)
        found.status = next(iter(self._terms(first, "status")), "")
        found.stated = bool(c.status.column)
        found.domains = tuple(self._terms(first, "domain"))
        found.kinds = tuple(self._terms(first, "kind"))
        found.descriptions = tuple(
            text for name in c.description if (text := self._cell(first, name))
        )
        return found

    def _cell(self, row: Row, name: str) -> str:
        """Give what a cell holds, on one line; an empty text where it is unknown."""
        if not name:
            return ""
        text = " ".join(row.cells[self._at[name]].split())
        if not text or text in self._unknown[name]:
            return ""
        self.written[name] += 1
        return text

    def _compare(self, group: Sequence[Row]) -> None:
        """Compare what the rows of one exercise say of it: what differs is asked about."""
        for row in group[1:]:
            for name in self._alike:
                cell, first = self._cell(row, name), self._cell(group[0], name)
                self.written[name] -= bool(first) + (cell != first and bool(cell))
                if cell and cell != first:
                    said = f"'{cell}', and '{first}' in row {group[0].number}"
                    self._ask("rows-differ", row.number, name, cell, said)

    def _holds(self, row: Row, name: str) -> bool:
        return bool(row.cells[self._at[name]].strip()) and not self._is_unknown(row, name)

    def _is_unknown(self, row: Row, name: str) -> bool:
        return row.cells[self._at[name]].strip() in self._unknown[name]

    def _take_part(self, row: Row, found: Record) -> set[Actor]:
        """Read who took part by one row."""
        own = set()
        for name in self._parties:
            if self._is_unknown(row, name):
                found.open = True
            for actor in self._named(row, name, found):
                found.parties.setdefault(actor, row.number)
                own.add(actor)
        for name in self._observers:
            for actor in self._named(row, name, found):
                found.observers.setdefault(actor, row.number)
        return own

    def _named(self, row: Row, name: str, found: Record) -> Iterator[Actor]:
        """Find the actors that a cell names. Whoever isn't found leaves the list open."""
        cell = self._cell(row, name)
        if not cell:
            return
        separator = self._columns.separator
        dates, nobody = found.dates or Bounds("", ""), False
        for part in cell.split(separator) if separator else (cell,):
            called = part.strip()
            if not called or called in self._unknown[name]:
                found.open |= bool(called)
                continue
            actors = self._actors.called(called, dates.first, dates.last, row.number)
            nobody |= not actors
            yield from actors
        if nobody:
            found.open = True
            self.written[name] -= 1

    def _dates(self, row: Row, found: Record) -> None:
        c, texts = self._columns, list[str]()
        bounds = [self._bounds(row, when, texts) for when in (c.start, c.end)]
        start, end = bounds
        found.words = " to ".join(dict.fromkeys(filter(None, texts)))
        if start and end and end.last < start.first:
            years = sorted(day[:4] for day in (start.first, end.last))
            found.dates = Bounds(f"{years[0]}-01-01", f"{years[1]}-12-31")
            found.note = f"The table has an end ({texts[1]}) before the start ({texts[0]})."
            said = f"ends ({texts[1]}) before it starts ({texts[0]})"
            self._ask("end-before-start", row.number, c.end.columns()[0], texts[1], said)
        elif start or end:
            known = [b for b in bounds if b]
            found.dates = Bounds(known[0].first, known[-1].last)

    def _bounds(self, row: Row, when: When, texts: list[str]) -> Bounds | None:
        """Read the bounds of one date; its words are added to `texts`."""
        columns = when.columns()
        if not columns:
            return None
        text = self._cell(row, when.text)
        parts = [self._cell(row, name) for name in (when.year, when.month, when.day)]
        texts.append(text or "-".join(filter(None, parts)))
        try:
            told = of_parts(*parts) if when.year else None
            order = self._orders.get(when.text, "")
            century = int(told.first[:4]) // 100 * 100 if told else self._columns.century
            read = of_text(text, order, century) if text else None
        except DateError as error:
            self._ask("no-date", row.number, columns[0], texts[-1], f"'{texts[-1]}' {error}")
            self.written.subtract(name for name in columns if self._holds(row, name))
            return None
        if read and told and read != told:
            said = f"'{text}' differs from its parts, {'-'.join(parts)}"
            self._ask("text-and-parts", row.number, when.text, text, said)
            return Bounds(min(read.first, told.first), max(read.last, told.last))
        return told or read

    def _point(self, row: Row) -> tuple[str, str] | None:
        c, point = self._columns, list[str]()
        if not (c.latitude and c.longitude):
            return None
        for name, most in ((c.latitude, 90), (c.longitude, 180)):
            cell = self._cell(row, name)
            if not cell:
                return None
            if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell) or abs(float(cell)) > most:
                self._ask("coordinates", row.number, name, cell, f"'{cell}' is none")
                self.written[name] -= 1
                return None
            # Without zeros at its end, as stores have it: shapes read it quicker then.
            point.append(format(Decimal(cell).normalize(), "f"))
        return point[0], point[1]

    def _terms(self, row: Row, name: str) -> Iterator[str]:
        terms = getattr(self._columns, name)
        if terms.column and (cell := self._cell(row, terms.column)):
            if concept := terms.values.get(cell.casefold()):
                yield concept
                return
            self._ask("no-concept", row.number, terms.column, cell, f"'{cell}' is no {name} here")
            self.written[terms.column] -= 1
        for column, concept in terms.flags.items():
            mark = self._cell(row, column)
            if mark.casefold() not in _NO:
                yield concept
            elif mark:
                self.no[column] += 1
                self.written[column] -= 1
        if terms.always:
            yield terms.always


def _phrase(key: str) -> str:
    """Cut a key to what an anchor may be."""
    match = _PHRASE.match(key[:80])
    return match[0] if match else key
