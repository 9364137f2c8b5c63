"""What is part of what in a table: of what another row is, or of what is only named.

Kept on the disk, since a table may be as large as it likes.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from ..graph.folding import fold, slug_of_its_own
from ..graph.terms import NRC
from .dates import Bounds
from .records import PLANNED, Record
from .row_cells import Ask

_KIND: Final = "part-of"
_TABLES: Final = """
CREATE TABLE nodes (row INTEGER PRIMARY KEY, key TEXT, what TEXT, planned INT, few INT);
CREATE TABLE parts (row INTEGER PRIMARY KEY, name TEXT, folded TEXT, what TEXT, status TEXT,
    planned INT, first TEXT, last TEXT, words TEXT, domains TEXT, whole INT);
"""
_INDICES: Final = """
CREATE INDEX by_key ON nodes (key);
CREATE INDEX by_name ON parts (folded);
UPDATE parts SET whole = (SELECT min(row) FROM nodes WHERE key = name);
CREATE INDEX by_whole ON parts (whole);
"""
#: What cannot be, the first reason that there is; each gives the row, the name, and a number.
_WRONG: Final = (
    (
        "'{}' is the key of {} rows",
        "SELECT row, name, (SELECT count(*) FROM nodes WHERE key = name) AS n FROM parts"
        " WHERE n > 1",
    ),
    ("'{}' is this row itself", "SELECT row, name, 0 FROM parts WHERE whole = row"),
    (
        "'{}', row {}, is of another kind, or is only planned",
        "SELECT parts.row, name, whole FROM parts JOIN nodes ON whole = nodes.row"
        " WHERE parts.what != nodes.what OR (nodes.planned AND NOT parts.planned)",
    ),
    (
        "'{}' has parts of another kind, the first in row {}",
        "SELECT row, name, first_row FROM parts JOIN (SELECT folded AS f, min(row) AS first_row,"
        " what AS w FROM parts WHERE whole IS NULL GROUP BY folded) ON folded = f AND what != w"
        " WHERE whole IS NULL",
    ),
    (
        "'{}', row {}, is part of this row",
        "WITH RECURSIVE above (start, at) AS (SELECT row, whole FROM parts WHERE whole NOT NULL"
        " UNION SELECT start, whole FROM above JOIN parts ON row = at WHERE whole NOT NULL)"
        " SELECT row, name, whole FROM above JOIN parts ON row = start WHERE start = at",
    ),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """That of which a row is a part.

    Attributes:
        end: The end of its IRI, behind that of the data set.
        record: What its parts say of it, where no row is it.
    """

    end: str
    record: Record | None = None


class Wholes:
    """Knows which rows are parts, and of what."""

    def __init__(self) -> None:
        # A data base without a name is a file that is gone when it is closed.
        self._base = sqlite3.connect("")
        self._base.executescript(_TABLES)
        self._any = False

    def see(self, record: Record) -> None:
        """Note a record, whether it is a part or not."""
        planned = record.status in PLANNED
        few = len(record.parties) < 2
        row = record.row, record.key, record.what, planned, few
        self._base.execute("INSERT INTO nodes VALUES (?,?,?,?,?)", row)
        if record.part_of:
            self._any = True
            first, last = (record.dates.first, record.dates.last) if record.dates else ("", "")
            self._base.execute(
                "INSERT INTO parts VALUES (?,?,?,?,?,?,?,?,?,?,NULL)",
                (
                    *(record.row, record.part_of, fold(record.part_of), record.what),
                    *(record.status, planned, first, last, record.words, " ".join(record.domains)),
                ),
            )

    def settle(self, column: str, ask: Ask) -> tuple[int, int, int]:
        """Find what each part is part of, when all records are seen; ask about what cannot be.

        Args:
            column: The column that says what a row is part of.

        Returns:
            How many parts there are, how many wholes without a row, and how many rows with fewer
            than two parties are wholes, whose parts may name them.
        """
        if not self._any:
            return 0, 0, 0
        self._base.executescript(_INDICES)
        for said, query in _WRONG:
            wrong = self._base.execute(f"{query} ORDER BY 1").fetchall()
            for row, name, number in wrong:
                ask(_KIND, row, column, name, said.format(name, number), "")
            self._base.executemany("DELETE FROM parts WHERE row = ?", [(w[0],) for w in wrong])
        counts = self._base.execute(
            "SELECT count(*), count(DISTINCT CASE WHEN whole IS NULL THEN folded END),"
            " (SELECT count(*) FROM nodes WHERE few AND row IN (SELECT whole FROM parts)"
            "  AND row NOT IN (SELECT row FROM parts)) FROM parts"
        ).fetchone()
        return counts[0], counts[1], counts[2]

    def of(self, row: int) -> Whole | None:
        """Give the whole of which a row is a part."""
        query = "SELECT whole, folded FROM parts WHERE row = ?"
        found = self._base.execute(query, (row,)).fetchone() if self._any else None
        if found is None:
            return None
        whole, folded = found
        return Whole(str(whole)) if whole else self._named(folded)

    def has_parts(self, row: int) -> bool:
        """Tell whether other rows are parts of one."""
        query = "SELECT 1 FROM parts WHERE whole = ? LIMIT 1"
        return self._any and self._base.execute(query, (row,)).fetchone() is not None

    def _named(self, folded: str) -> Whole:
        """Say of a whole without a row what its parts say."""
        rows = self._base.execute(
            "SELECT row, name, what, status, planned, first, last, words, domains FROM parts"
            " WHERE folded = ? AND whole IS NULL ORDER BY row",
            (folded,),
        ).fetchall()
        row, name, what, status = rows[0][:4]
        begun = [one[3] for one in rows if not one[4]]
        if begun:
            status = NRC["under-way"] if NRC["under-way"] in begun else NRC.held
        record = Record(row, name, {}, what=what, status=status, name=name, by_parts=True)
        record.domains = tuple(sorted({iri for one in rows for iri in one[8].split()}))
        if dated := [one for one in rows if one[5] or one[6]]:
            # What isn't known of a part isn't known of the whole.
            first = min(dated, key=lambda one: (one[5], one[0]))
            last = max(dated, key=lambda one: (not one[6], one[6], -one[0]))
            if first[5] or last[6]:
                record.dates = Bounds(first[5], last[6])
            record.words = "; ".join(dict.fromkeys((first[7], last[7])))
        return Whole(f"whole-{slug_of_its_own(name)}", record)
