"""Rows of a table as exercises, meetings or trainings: one row each, or several that are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..graph.cells import Row, Table
from ..graph.terms import NRC, local_name
from . import places
from .actors import Actor, Actors
from .dates import Bounds
from .mapping import EXERCISE, KINDS_OF, OTHER_CLASSES, TRAINING, TableMapping, matching
from .party_names import is_others, parted, watches
from .row_cells import Ask, RowCells, no_record
from .row_values import concepts, dates, point
from .schemes import concepts as listed

_PLANNED: Final = "planned announced agreed drafted postponed cancelled carried-out"
#: The statuses of what is only planned, or was.
PLANNED: Final = frozenset(NRC[name] for name in _PLANNED.split())
#: What a training is that isn't said to be anything else.
_COURSE: Final = NRC["training-course"]
#: An anchor is a phrase of eight words and 80 characters at the most.
_PHRASE: Final = re.compile(r"\S+(?:\s+\S+){0,7}")


@dataclass(slots=True)
class Record:
    """An exercise, a meeting or a training.

    Attributes:
        row: The number of its first row.
        key: The cell that tells it from others.
        quotes: By row, its key, as far as an anchor goes.
        what: One of `mapping.WHAT`.
        pairs: How many pairs of parties its rows have.
        part_of: The key or the name of that of which it is a part.
        dates: Its bounds; None where nothing is known.
        words: What the table has for them.
        note: Why the bounds say something else than the words.
        parties: Those who took part, each once, with the row that says so.
        open: Whether there were or may have been others who took part, and
        observed: others who watched.
        point: Latitude and longitude, as numbers that RDF reads.
        stated: Whether a column has the status.
        kind_by_class: Whether its kind follows from what it is, and no column has it.
        by_parts: Whether no row is it, and its parts say what is known of it.
    """

    row: int
    key: str
    quotes: dict[int, str]
    what: str = EXERCISE
    pairs: int = 0
    name: str = ""
    part_of: str = ""
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
    observed: bool = False
    status: str = ""
    stated: bool = False
    domains: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    kind_by_class: bool = False
    descriptions: tuple[str, ...] = ()
    source: str = ""
    by_parts: bool = False


class Reader:
    """Reads the records of a table.

    Args:
        orders: By column, how its dates are meant.
        ask: Is told of what is odd.

    Attributes:
        cells: What is counted.
        rows: How many rows with something in them were read.
    """

    def __init__(
        self,
        table: Table,
        mapping: TableMapping,
        actors: Actors,
        orders: dict[str, str],
        ask: Ask,
    ) -> None:
        self.cells = RowCells(table, mapping, ask)
        self.rows = 0
        self._mapping, self._columns, self._actors = mapping, mapping.columns, actors
        self._orders, self._ask = orders, ask
        self._parties = matching(self._columns.parties, table.header)
        self._observers = matching(self._columns.observers, table.header)
        apart = {mapping.key, *self._parties, *self._observers}
        self._alike = [n for n in matching(self._columns.all(), table.header) if n not in apart]

    def records(self, rows: Iterable[Row]) -> Iterator[Record]:
        """Read all records; a row without a key is asked about, and left out."""
        for group in self._groups(rows):
            self.cells.count(group)
            record = self._record(group)
            if record.what and record.status:
                yield record
                continue
            missing = "status" if record.what else "what"
            column = getattr(self._columns, missing).column
            said = f"'{record.key}' has no {'status' if record.what else 'class'}"
            self._ask("no-status", group[0].number, column, "", said, "")

    def _groups(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """Put the rows of one exercise together, which follow one another."""
        key = self._mapping.key
        several = self._mapping.rows != EXERCISE
        group: list[Row] = []
        last = ""
        for row in rows:
            if not any(cell.strip() for cell in row.cells):
                continue  # as programs leave them behind below a table
            self.rows += 1
            own = self.cells.peek(row, key)
            if not own:
                self._ask("no-key", row.number, key, "", "no key", "")
                continue
            goes_on = several and own == last
            if not goes_on and (said := no_record(row, own)):
                self._ask("no-record", row.number, key, own, said, "")
                continue
            if group and not goes_on:
                yield group
                group = []
            group.append(row)
            last = own
        if group:
            yield group

    def _record(self, group: Sequence[Row]) -> Record:
        first, c, cells = group[0], self._columns, self.cells
        keys = {row.number: cells.text(row, self._mapping.key) for row in group}
        quotes = {number: _phrase(text) for number, text in keys.items()}
        found = Record(first.number, keys[first.number], quotes)
        self._compare(group)
        found.what = self._first(first, "what")
        for name in ("name", "part_of", "place", "source"):
            setattr(found, name, cells.text(first, getattr(c, name)))
        found.dates, found.words, found.note = dates(cells, first, c, self._orders, self._ask)
        pairs = {frozenset(self._take_part(row, found)) for row in group}
        found.pairs = sum(len(pair) == 2 for pair in pairs)
        if c.host:
            found.host = tuple(self._named(first, c.host, found)[0])
        known = places.find(found.place) if found.place else None
        if found.place and (known is None or known.takes_point):
            found.point = point(cells, first, c, self._ask)
        found.status = self._first(first, "status")
        found.stated = bool(c.status.column)
        if found.what == EXERCISE:  # what else came about has neither
            found.series = cells.text(first, c.series)
            found.domains = tuple(concepts(cells, first, c.domain, "domain", self._ask))
        self._kinds(first, found)
        found.descriptions = tuple(
            text for name in c.description if (text := cells.text(first, name))
        )
        return found

    def _first(self, row: Row, name: str) -> str:
        terms = getattr(self._columns, name)
        return next(concepts(self.cells, row, terms, name, self._ask), "")

    def _kinds(self, row: Row, found: Record) -> None:
        """Read the kinds of a record: exercises, meetings and trainings each have their own."""
        terms = self._columns.kind
        kinds = dict.fromkeys(concepts(self.cells, row, terms, "kind", self._ask))
        own = listed(KINDS_OF[found.what]) if found.what and kinds else ()
        for kind in [kind for kind in kinds if found.what and local_name(kind) not in own]:
            del kinds[kind]
            word = self.cells.peek(row, terms.column)
            marks = [name for name, concept in terms.flags.items() if concept == kind]
            for column in [terms.column] if terms.values.get(word.casefold()) == kind else marks:
                self.cells.drop(row, column)
                cell, said = self.cells.peek(row, column), f"a {found.what} has no such kind"
                self._ask("no-concept", row.number, column, cell, f"'{cell}': {said}", "")
        found.kinds = tuple(kinds)
        if found.what == TRAINING and not kinds:
            found.kinds, found.kind_by_class = (_COURSE,), True

    def _compare(self, group: Sequence[Row]) -> None:
        """Compare what the rows of one exercise say of it: what differs is asked about."""
        for row in group[1:]:
            for name in self._alike:
                cell, first = self.cells.peek(row, name), self.cells.peek(group[0], name)
                if cell and cell == first:
                    self.cells.take(row, name)
                elif cell:
                    said = f"'{cell}', and '{first}' in row {group[0].number}"
                    self._ask("rows-differ", row.number, name, cell, said, "")

    def _take_part(self, row: Row, found: Record) -> set[Actor]:
        """Read who took part by one row."""
        own = set()
        for name in self._parties:
            if self.cells.is_unknown(row, name):
                found.open = True
            actors, more = self._named(row, name, found)
            found.open |= more
            for actor in actors:
                found.parties.setdefault(actor, row.number)
                own.add(actor)
        for name in self._observers:
            actors, more = self._named(row, name, found)
            found.observed |= more
            for actor in actors:
                found.observers.setdefault(actor, row.number)
        return own

    def _named(self, row: Row, name: str, found: Record) -> tuple[list[Actor], bool]:
        """Find the actors that a cell names, and tell whether it names, or may name, others.

        Whoever is said in brackets to watch is an observer of the record, in whatever column.
        """
        named, nobody, others = list[Actor](), False, False
        if not self.cells.text(row, name):
            return named, False
        separators = self._columns.separator
        for called in parted(self.cells.raw(row, name), separators, self._actors.has):
            if not called or is_others(called) or self.cells.says_unknown(called, name):
                others |= bool(called)
                continue
            watcher = "" if self._actors.is_given(called) else watches(called)
            actors = self._called(row, name, watcher or called, found)
            nobody |= not actors
            if watcher:
                found.observed |= not actors
                found.observers |= dict.fromkeys(actors, row.number)
            else:
                others |= not actors
                named += actors
        if nobody:
            self.cells.drop(row, name)
        return named, others

    def _called(self, row: Row, name: str, called: str, found: Record) -> list[Actor]:
        """Find who is called so, and may take part."""
        bounds = found.dates or Bounds("", "")
        first, last = bounds.first or bounds.last, bounds.last or bounds.first
        actors = self._actors.called(called, first, last, row.number, name)
        if found.what != EXERCISE:
            return [*actors]
        for actor in actors:
            if actor.kind in OTHER_CLASSES:
                said = f"'{called}' ({actor.kind.lower()}) can't take part in an exercise"
                hint = "name a state, an organisation, a service, a formation or a ship"
                self._ask("unknown-name", row.number, name, called, said, hint)
        return [actor for actor in actors if actor.kind not in OTHER_CLASSES]


def _phrase(key: str) -> str:
    """Cut a key to what an anchor may be."""
    match = _PHRASE.match(key[:80])
    return match[0] if match else key
