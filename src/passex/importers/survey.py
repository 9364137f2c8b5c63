"""What a table holds, and what is odd about it: counted and asked before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..graph.cells import Row, Table
from ..graph.folding import fold
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from ..text.wording import say
from .dates import ORDERS, only_order
from .ledger import Ledger
from .mapping import TableMapping, matching
from .records import Record

#: So many columns are listed at the most.
_LISTED: Final = 12


@dataclass(slots=True)
class Survey:
    """What a table holds, and what is odd about it.

    Attributes:
        rows: How many rows are below the header.
        numbers: How many exercises, meetings and trainings they are.
        open: How many of these name parties and leave others open.
        few: How many have fewer than two, whose parts don't name them either.
        undated: How many have no date.
        homeless: How many of the exercises have no domain.
        parts: How many of all are parts of others.
        wholes: How many of these others have no row.
        read: By column, how many cells hold something.
        written: By column, how many of these are written.
        unknown: How many of these say that nothing is known, and
        no: how many say no, where a column is a mark.
        orders: By column, how its dates are meant.
    """

    digest: str
    rows: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    open: int = 0
    few: int = 0
    undated: int = 0
    homeless: int = 0
    parts: int = 0
    wholes: int = 0
    read: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    no: Counter[str] = field(default_factory=Counter)
    orders: dict[str, str] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)


def see(ledger: Ledger, record: Record, rows: str) -> None:
    """Note by what a record may turn out to be another, and which of its pairs are missing."""
    ledger.see("repeated-key", record.key, record.row)
    n = len(record.parties)
    if rows == "pair" and record.pairs < n * (n - 1) // 2:
        said = f"{say(record.pairs, 'pair')} of {n} parties"
        ledger.ask("pairs-missing", record.row, "", record.key, said)
    if record.dates and record.parties:
        parties = " ".join((record.what, *sorted(actor.iri for actor in record.parties)))
        first, last = record.dates.first, record.dates.last
        ledger.see("same-day-and-parties", f"{first} {last} {parties}", record.row)
        if name := fold(record.name or record.place):
            ledger.see("near-repeat", f"{name} {parties}", record.row, first, last)


def digest(path: Path) -> str:
    """Give the SHA-256 of a file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            hashed = hashlib.sha256()
            while piece := file.read(1 << 20):
                hashed.update(piece)
            return hashed.hexdigest()
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise InputError(message, "check the path", Place(str(path))) from error


def check(table: Table, mapping: TableMapping) -> None:
    """Refuse columns that the table hasn't.

    Raises:
        InputError: It hasn't one.
    """
    wanted = [mapping.key, *mapping.columns.all(), *mapping.unknown_in]
    for name in wanted:
        if not matching([name], table.header):
            alike = [own for own in table.header if fold(own) == fold(name)]
            hint = did_you_mean(f"'{near}'" for near in alike or nearest(name, table.header))
            columns = f"its columns are {', '.join(filter(None, table.header[:_LISTED]))}"
            message = f"no column '{name}', which the mapping names"
            raise InputError(message, hint or columns, Place(str(table.path), 1))


def orders_of(table: Table, mapping: TableMapping) -> dict[str, str]:
    """Decide for each column of dates, once, in which order day and month stand in it.

    Raises:
        InputError: The column has dates that can only be read in the one way, and others that can
            only be read in the other.
    """
    texts = [when.text for when in (mapping.columns.start, mapping.columns.end) if when.text]
    found = {}
    for name in dict.fromkeys(texts):
        at = table.header.index(name)
        given = mapping.columns.date_order
        shown = dict[str, tuple[Row, str]]()
        for row in table.rows():
            text = " ".join(row.cells[at].split())
            if order := only_order(text):
                shown.setdefault(order, (row, text))
        wrong = [order for order in shown if order != given] if given else [*shown][1:]
        if wrong:
            row, text = shown[wrong[0]]
            message = f"column '{name}' has '{text}', which {given} cannot read"
            if not given:
                other, otherwise = shown[min({*ORDERS} - {*wrong})]
                message = (
                    f"column '{name}' has dates in both orders, of days and months: "
                    f"'{otherwise}' in row {other.number}, '{text}' in row {row.number}"
                )
            raise InputError(message, "make them alike", Place(str(table.path), row.line))
        found[name] = given or next(iter(shown), "")
    return found
