r"""Tables as rows of text: every cell as the file has it, and no type guessed.

Rows are numbered as RFC 7111 does: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..text.places import Place

#: What may part the cells of a row; the one with which the header has most of them does.
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: Its number; that of the header is 1.
        line: The line of the file on which it begins.
        cells: Its cells, as many as the header has.
    """

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a table.

    Attributes:
        path: The file.
        header: The names of the columns.
        delimiter: What parts the cells.
    """

    path: Path
    header: tuple[str, ...]
    delimiter: str

    def rows(self) -> Iterator[Row]:
        """Read the rows below the header, one at a time; empty lines are passed over.

        A row that ends early has empty cells for the rest.

        Raises:
            InputError: The file cannot be read, or a row has more cells than the header.
        """
        width = len(self.header)
        for number, line, cells in _records(self.path, self.delimiter):
            if number == 1:
                continue
            if len(cells) > width and any(cells[width:]):
                hint = "put the cell with the delimiter in it in quotation marks"
                message = f"row {number} has {len(cells)} cells, and the header has {width}"
                raise InputError(message, hint, Place(str(self.path), line))
            yield Row(number, line, (*cells[:width], *[""] * (width - len(cells))))


def open_table(path: Path, delimiter: str = "") -> Table:
    """Read the header of a CSV or TSV file (RFC 4180; UTF-8).

    Args:
        delimiter: What parts the cells; if it is empty, what the header shows.

    Raises:
        InputError: The file cannot be read, is empty, or two columns have one name.
    """
    if not delimiter:
        first = next(_lines(path), "")
        delimiter = max(
            _DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign)))
        )
    _, line, cells = next(_records(path, delimiter), (1, 1, []))
    header = tuple(cell.strip() for cell in cells)
    if not any(header):
        hint = "give a table with the names of its columns in the first row"
        raise InputError("no header", hint, Place(str(path), 1))
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        message = f"two columns are called '{min(twice)}'"
        raise InputError(message, "rename one of them", Place(str(path), line))
    return Table(path, header, delimiter)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            yield from text
    except UnicodeDecodeError as error:
        hint = "save the table as UTF-8"
        raise InputError(f"not UTF-8 ({error.reason})", hint, Place(str(path))) from error
    except OSError as error:
        hint = "check the path" if isinstance(error, FileNotFoundError) else "check its permissions"
        raise InputError(f"cannot be read ({error.strerror})", hint, Place(str(path))) from error


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the number, the first line and the cells of each row that isn't empty."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(_lines(path), delimiter=delimiter, strict=True)
    number, line = 0, 1
    try:
        for cells in reader:
            if cells:
                number += 1
                yield number, line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "look for a quotation mark that is never closed"
        raise InputError(f"not a table ({error})", hint, Place(str(path), line)) from error
