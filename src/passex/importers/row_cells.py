"""Cells of rows as text: what they say, and how many of them say something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from ..graph.cells import Row, Table
from .mapping import TableMapping

#: Is told of a kind of question, the row, the column, the cell, what is odd, and what to write
#: instead where more can be said than of all of its kind.
Ask = Callable[[str, int, str, str, str, str], None]
#: What says yes where a column is a mark, and what says no.
_YES: Final = frozenset(("1", "1.0", "yes", "y", "true", "t", "x", "+", "✓", "✔"))
_NO: Final = frozenset(("0", "0.0", "no", "n", "false", "f", "-"))
#: What the last row of a table may be.
_TOTAL: Final = re.compile(
    r"(?:(?:grand|sub|overall|sum)[ -]?)?totals?(?: (?:number|count)?(?: ?of)? ?"
    r"(?:exercises|events|drills|meetings|trainings|rows|participants|countries))?\W*|"
    r"sum|average|mean|median",
    re.IGNORECASE,
)
#: What spreadsheets show in a cell whose formula went wrong.
_ERRORS: Final = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)


class RowCells:
    """Reads the cells of a table's rows, and counts them.

    Args:
        ask: Is told of what is odd.

    Attributes:
        read: By column, how many cells hold something.
        written: By column, how many of these are in a record.
        unknown: How many say that nothing is known, and
        no: how many say no, where a column is a mark.
    """

    def __init__(self, table: Table, mapping: TableMapping, ask: Ask) -> None:
        self.read: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.no: Counter[str] = Counter()
        self._ask, self._header = ask, table.header
        self._uses = Counter[tuple[int, str]]()  # of the cells of the rows that are being read
        self._at = {name: number for number, name in enumerate(table.header)}
        self._unknown = {
            name: frozenset(mapping.unknown_in.get(name, mapping.unknown)) for name in table.header
        }

    def count(self, rows: Iterable[Row]) -> None:
        """Count the cells of the next rows that hold something."""
        self._uses.clear()
        for row in rows:
            for name, cell in zip(self._header, row.cells, strict=True):
                if cell := cell.strip():
                    self.read[name] += 1
                    self.unknown[name] += cell in self._unknown[name]

    def peek(self, row: Row, name: str) -> str:
        """Give what a cell says, on one line; an empty text where it says nothing.

        Args:
            name: The column; empty for none.
        """
        if not name:
            return ""
        text = " ".join(row.cells[self._at[name]].split())
        return "" if text in self._unknown[name] or text in _ERRORS else text

    def text(self, row: Row, name: str) -> str:
        """Give what a cell says, and count it as written; `drop` takes that back."""
        text = self.peek(row, name)
        if text:
            self.take(row, name)
        elif name:
            error = row.cells[self._at[name]].strip()
            if error in _ERRORS and error not in self._unknown[name]:
                self._ask("cell-error", row.number, name, error, f"'{error}' is an error", "")
        return text

    def raw(self, row: Row, name: str) -> str:
        """Give what stands in a cell, with its lines."""
        return row.cells[self._at[name]]

    def take(self, row: Row, name: str) -> None:
        """Count a cell as written, once, for however many things it is used."""
        self._uses[row.number, name] += 1
        self.written[name] += self._uses[row.number, name] == 1

    def drop(self, row: Row, *names: str) -> None:
        """Take back that a cell of some columns is used."""
        for name in names:
            self._uses[row.number, name] -= 1
            self.written[name] -= self._uses[row.number, name] == 0

    def is_mark(self, row: Row, name: str) -> bool:
        """Tell whether a cell says yes; what says neither yes nor no is asked about."""
        mark = self.text(row, name)
        if not mark or mark.casefold() in _YES:
            return bool(mark)
        self.drop(row, name)
        if mark.casefold() in _NO:
            self.no[name] += 1
        else:
            said = f"'{mark}' says neither yes nor no"
            self._ask("no-concept", row.number, name, mark, said, "write 1 or 0")
        return False

    def is_unknown(self, row: Row, name: str) -> bool:
        """Tell whether a cell says that something isn't known."""
        return self.says_unknown(row.cells[self._at[name]].strip(), name)

    def says_unknown(self, text: str, name: str) -> bool:
        """Tell whether a text says in a column that something isn't known; errors do."""
        return text in self._unknown[name] or text in _ERRORS


def no_record(row: Row, key: str) -> str:
    """Say why a row is a total, a heading or a note; nothing where it is none."""
    if _TOTAL.fullmatch(key):
        return f"'{key}' is a total"
    alone = len(row.cells) > 2 and sum(bool(cell.strip()) for cell in row.cells) == 1
    return f"'{key}' stands alone in its row" if alone else ""
