"""What is odd about a table: kept on the disk, since a table may be as large as it likes."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what is odd.

    Attributes:
        title: What is said of so many of them.
        hint: What to write instead; empty where nothing is wrong.
        kept_out: Whether something of the table isn't written because of it.
    """

    title: str
    hint: str = ""
    kept_out: bool = False


#: Kinds of what a report lists, in its order.
KINDS: Final = {
    "repeated-key": Kind(
        "Keys that stand on several rows: each row is one of its own",
        "give each its own key, or say in the mapping what several rows are (rows)",
    ),
    "unknown-name": Kind(
        "Names and codes that nobody is found for, kept out",
        "say in names.csv whom it stands for",
        kept_out=True,
    ),
    "outside-its-time": Kind("Parties outside of their time"),
    "cell-error": Kind(
        "Cells with the error of a formula, kept out",
        "correct the formula, or list the error under unknown in the mapping",
        kept_out=True,
    ),
    "no-date": Kind(
        "Dates that can't be read, kept out",
        "write 2005-05-31, or 2005-05 where the day isn't known",
        kept_out=True,
    ),
    "end-before-start": Kind(
        "An end before its start: only the years are kept", "correct one of the two"
    ),
    "text-and-parts": Kind(
        "Dates whose text and parts differ: only what holds both is kept", "make them one date"
    ),
    "no-concept": Kind(
        "Words that the mapping has no concept for, kept out",
        "correct the cell, or the mapping",
        kept_out=True,
    ),
    "coordinates": Kind(
        "Coordinates that are none, or differ for one place, kept out",
        "give each place one point",
        kept_out=True,
    ),
    "no-status": Kind(
        "Rows whose status, or what they are, isn't known, kept out",
        "fill the cell, or give the mapping what holds for all",
        kept_out=True,
    ),
    "part-of": Kind(
        "Parts of what they can't be part of: each is kept as one of its own",
        "write the key of one other row, or the name of the whole",
        kept_out=True,
    ),
    "rows-differ": Kind(
        "Rows of one exercise that differ: what its first row says is taken",
        "make them alike, or give them keys of their own",
        kept_out=True,
    ),
    "no-record": Kind(
        "Rows that are a total, a heading or a note, kept out",
        "take the row out, or fill in its other cells",
        kept_out=True,
    ),
    "no-key": Kind("Rows without a key, kept out", "give the row a key", kept_out=True),
    "pairs-missing": Kind(
        "Exercises not all of whose pairs are listed, and whose parties are all tied",
        "list the pairs that are missing, or make a row of each exercise",
    ),
    "same-day-and-parties": Kind(
        "Rows of the same days and the same parties", "look whether they are one"
    ),
    "near-repeat": Kind(
        "Rows of one name, the same parties, and days that overlap", "look whether they are one"
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something odd about a cell, a row, or the whole table.

    Attributes:
        row: The number of the row; 0 for the whole table.
        column: The column; empty for the whole row.
        said: What is odd.
        hint: What to write instead.
    """

    row: int
    column: str
    said: str
    hint: str


class Ledger:
    """Collects questions, and finds rows that may be one.

    Args:
        examples: So many of each kind are shown.
    """

    def __init__(self, examples: int = 3) -> None:
        self.counts = dict.fromkeys(KINDS, 0)
        self.examples: dict[str, list[Question]] = {kind: [] for kind in KINDS}
        self._most = examples
        # A data base without a name is a file that is gone when it is closed.
        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE seen (kind TEXT, key BLOB, row INT, a TEXT, b TEXT)")
        self._base.execute(
            "CREATE TABLE asked (kind TEXT, row INT, col TEXT, cell TEXT, say TEXT, hint TEXT)"
        )

    def close(self) -> None:
        """Forget all."""
        self._base.close()

    def ask(self, kind: str, row: int, column: str, cell: str, said: str, hint: str = "") -> None:
        """Note a question about a cell; without a hint of its own, that of its kind is given."""
        hint = hint or KINDS[kind].hint
        asked = kind, row, column, cell, said, hint
        self._base.execute("INSERT INTO asked VALUES (?,?,?,?,?,?)", asked)
        self.counts[kind] += 1
        if len(self.examples[kind]) < self._most:
            self.examples[kind].append(Question(row, column, said, hint))

    def see(self, kind: str, key: str, row: int, first: str = "", last: str = "") -> None:
        """Note by what a row may turn out to be another."""
        digest = blake2b(key.encode(), digest_size=16).digest()
        self._base.execute("INSERT INTO seen VALUES (?,?,?,?,?)", (kind, digest, row, first, last))

    def compare(self, key: str) -> None:
        """Ask about rows that repeat one another; `key` is the column of the keys."""
        for kind in ("repeated-key", "same-day-and-parties"):
            rows = self._base.execute(
                "SELECT group_concat(row), min(row) AS first FROM (SELECT * FROM seen ORDER BY row)"
                " WHERE kind = ? GROUP BY key HAVING count(*) > 1 ORDER BY first",
                (kind,),
            )
            for numbers, first in rows:
                column = key if kind == "repeated-key" else ""
                said = f"with row {', '.join(numbers.split(',')[1:])}"
                self.ask(kind, first, column, "", said)
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
        writer.writerow(("kind", "row", "column", "cell", "question", "what to do"))
        for question in self._base.execute("SELECT * FROM asked ORDER BY row, kind, col"):
            writer.writerow(question)
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        yield out.getvalue()
