"""Mappings: what the columns of a table mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

#: What a row may be.
ROWS: Final = ("exercise", "participation", "pair")
#: What a table may be of.
EXERCISE: Final = "exercise"
MEETING: Final = "meeting"
TRAINING: Final = "training"
WHAT: Final = (EXERCISE, MEETING, TRAINING)
#: Of which list the kinds of each are.
KINDS_OF: Final = {
    EXERCISE: "exercise-kind",
    MEETING: "meeting-kind",
    TRAINING: "event-kind",
}
#: Schemes of codes in the gazetteer.
CODES: Final = (
    "iso3166-1-alpha-2",
    "iso3166-1-alpha-3",
    "cow-abbreviation",
    "cow-number",
    "gleditsch-ward-number",
)
#: Classes that an actor of a mapping or of a list of names may have.
CLASSES: Final = (
    "State",
    "Territory",
    "Organisation",
    "Navy",
    "Service",
    "Formation",
    "Ship",
)
#: Further classes of those who meet, or go to a course.
OTHER_CLASSES: Final = ("Institution", "Person")


@dataclass(frozen=True, slots=True)
class Source:
    """The data set: what becomes of it is a dcat:Dataset.

    Attributes:
        iri: Its IRI; the rows are its fragments.
        label: What answers call it.
    """

    iri: str
    label: str
    title: str = ""
    creator: str = ""
    publisher: str = ""
    identifier: str = ""
    issued: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The columns of a date: its text, its parts, or both, which then have to agree."""

    text: str = ""
    year: str = ""
    month: str = ""
    day: str = ""

    def columns(self) -> list[str]:
        """List its columns."""
        return [name for name in (self.text, self.year, self.month, self.day) if name]


@dataclass(frozen=True, slots=True)
class Terms:
    """Where the concepts of a property come from.

    Attributes:
        always: A concept of every row.
        flags: By column, the concept of the rows that have a mark there.
        column: A column of words.
        values: By word, its concept.
    """

    always: str = ""
    flags: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> list[str]:
        """List its columns."""
        return [*self.flags, *([self.column] if self.column else [])]

    def possible(self) -> list[str]:
        """List the concepts that rows may have."""
        named = (self.always, *self.flags.values(), *self.values.values())
        return sorted(set(filter(None, named)))


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that the gazetteer doesn't have.

    Attributes:
        kind: The local name of its class.
        iri: Its IRI.
        label: Its name in answers.
    """

    kind: str
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read of an exercise, a meeting or a training; empty, if no column has it.

    Attributes:
        what: Which of `WHAT` it is.
        part_of: The column of the key, or the name, of that of which a row is a part.
        point: What the coordinates stand for, in words.
        separator: What parts several names in one cell: signs, and the words ``and`` and ``&``.
        codes: The scheme of the gazetteer whose codes the parties are; names, if empty.
        date_order: How 3/4/05 is meant, if no row shows it.
        century: The first of the hundred years that two digits may mean.
        source: The column in which a row cites its own source.
    """

    parties: tuple[str, ...]
    what: Terms = Terms(always=EXERCISE)
    name: str = ""
    part_of: str = ""
    series: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    point: str = "The table doesn't say what the point stands for."
    host: str = ""
    observers: tuple[str, ...] = ()
    separator: tuple[str, ...] = ()
    codes: str = ""
    start: When = When()
    end: When = When()
    date_order: str = ""
    century: int | None = None
    status: Terms = Terms()
    domain: Terms = Terms()
    kind: Terms = Terms()
    description: tuple[str, ...] = ()
    source: str = ""

    def all(self) -> list[str]:
        """List the columns that are read, with their patterns."""
        single = (self.name, self.part_of, self.series, self.place, self.latitude, self.longitude)
        named = [name for name in (*single, self.host, self.source) if name]
        for part in (self.start, self.end, self.what, self.status, self.domain, self.kind):
            named += part.columns()
        return [*named, *self.parties, *self.observers, *self.description]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping.

    Attributes:
        rows: One of `ROWS`; an exercise stands for whatever the table is of.
        key: The column whose cell is the quote of a row, and tells the exercise where it has
            several rows.
        unknown: What a cell holds where nothing is known, beside nothing.
        unknown_in: The same, by column, for those that have their own.
        delimiter: What parts the cells; empty, if the header shows it.
        sheet: The sheet of a workbook; empty, if it has one alone.
        known: Actors beside those of the gazetteer, by their names in the table.
    """

    source: Source
    rows: str
    key: str
    columns: Columns
    unknown: tuple[str, ...] = ()
    unknown_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    delimiter: str = ""
    sheet: str = ""
    known: Mapping[str, Party] = field(default_factory=dict)


def matching(patterns: Sequence[str], header: Sequence[str]) -> list[str]:
    """Find the columns that some names or patterns mean, in their order.

    Example:
        >>> matching(["State*"], ["Id", "StateA", "StateB"])
        ['StateA', 'StateB']
    """
    found = [name for p in patterns for name in header if p == name or fnmatchcase(name, p)]
    return list(dict.fromkeys(found))
