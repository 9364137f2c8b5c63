"""What is odd about a table: kept on the disk, since a table may be as large as it likes."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

#: Kinds of what a report lists, with what is said of so many of them.
KINDS: Final = {
    "repeated-key": "Keys that stand on several rows: each row is an exercise of its own",
    "unknown-name": "Names and codes that nobody is found for, kept out",
    "outside-its-time": "Parties outside of their time",
    "no-date": "Dates that can't be read, kept out",
    "end-before-start": "An end before its start: only the years are kept",
    "text-and-parts": "Dates whose text and parts differ: only what holds both is kept",
    "no-concept": "Words that the mapping has no concept for, kept out",
    "coordinates": "Coordinates that are none, or differ for one place, kept out",
    "no-status": "Exercises without a status, kept out",
    "rows-differ": "Rows of one exercise that differ: what its first row says is taken",
    "no-key": "Rows without a key, kept out",
    "pairs-missing": "Exercises not all of whose pairs are listed, and whose parties are all tied",
    "same-day-and-parties": "Rows of the same days and the same parties",
    "near-repeat": "Rows of one name, the same parties, and days that overlap",
}


class Ledger:
    """Collects questions, and finds rows that may be one.

    Args:
        examples: So many of each kind are shown.
    """

    def __init__(self, examples: int = 5) -> None:
        self.counts = dict.fromkeys(KINDS, 0)
        self.examples: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self._most = examples
        # A data base without a name is a file that is gone when it is closed.
        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE seen (kind TEXT, key BLOB, row INT, a TEXT, b TEXT)")
        self._base.execute("CREATE TABLE asked (kind TEXT, row INT, col TEXT, cell TEXT, say TEXT)")

    def close(self) -> None:
        """Forget all."""
        self._base.close()

    def ask(self, kind: str, row: int, column: str, cell: str, said: str) -> None:
        """Note a question about a cell."""
        self._base.execute("INSERT INTO asked VALUES (?,?,?,?,?)", (kind, row, column, cell, said))
        self.counts[kind] += 1
        if len(self.examples[kind]) < self._most:
            self.examples[kind].append(f"row {row}: {said}" if row else said)

    def see(self, kind: str, key: str, row: int, first: str = "", last: str = "") -> None:
        """Note by what a row may turn out to be another."""
        digest = blake2b(key.encode(), digest_size=16).digest()
        self._base.execute("INSERT INTO seen VALUES (?,?,?,?,?)", (kind, digest, row, first, last))

    def compare(self) -> None:
        """Ask about rows that repeat one another."""
        for kind in ("repeated-key", "same-day-and-parties"):
            rows = self._base.execute(
                "SELECT group_concat(row), min(row) AS first FROM (SELECT * FROM seen ORDER BY row)"
                " WHERE kind = ? GROUP BY key HAVING count(*) > 1 ORDER BY first",
                (kind,),
            )
            for numbers, first in rows:
                self.ask(kind, first, "", "", f"with row {', '.join(numbers.split(',')[1:])}")
        near = self._base.execute(
            "SELECT one.row, other.row FROM seen AS one JOIN seen AS other"
            " ON one.kind = other.kind AND one.key = other.key AND one.row < other.row"
            " WHERE one.kind = 'near-repeat' AND one.a <= other.b AND other.a <= one.b"
            " AND (one.a, one.b) != (other.a, other.b) ORDER BY one.row, other.row"
        )
        for row, other in near:
            self.ask("near-repeat", row, "", "", f"with row {other}")

    def index(self) -> None:
        """Make comparing quick; to be called when all rows are seen."""
        self._base.execute("CREATE INDEX by_key ON seen (kind, key)")

    def written(self) -> Iterator[str]:
        """Write all questions as CSV, by row."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("kind", "row", "column", "cell", "question"))
        for question in self._base.execute("SELECT * FROM asked ORDER BY row, kind, col"):
            writer.writerow(question)
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        yield out.getvalue()
