"""CSV and TSV files as rows of text (RFC 4180; UTF-8)."""

from __future__ import annotations

import csv
import io
import re
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
class Record:
    """A row as it stands in the file.

    Attributes:
        number: Its number among those that aren't empty, from 1.
        line: The line on which it begins.
        cells: Its cells.
        source: Its text, with line ends.
    """

    number: int
    line: int
    cells: list[str]
    source: str


def delimiter_of(path: Path) -> str:
    """Tell what parts the cells, by the first line.

    Raises:
        InputError: The file cannot be read.
    """
    first = next(_lines(path), "")
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def records(path: Path, delimiter: str) -> Iterator[Record]:
    """Read the rows that aren't empty.

    Raises:
        InputError: The file cannot be read, or is no table.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    read: list[str] = []

    def remembered() -> Iterator[str]:
        for text in _lines(path):
            read.append(text)
            yield text

    reader = csv.reader(remembered(), delimiter=delimiter, strict=True)
    number, line = 0, 1
    try:
        for cells in reader:
            if cells:
                number += 1
                yield Record(number, line, cells, "".join(read))
            line = reader.line_num + 1
            read.clear()
    except csv.Error as error:
        hint = "look for a quotation mark that is never closed"
        raise InputError(f"not a table ({error})", hint, Place(str(path), line)) from error


def spans(source: str, delimiter: str) -> list[tuple[int, int]]:
    r"""Find where the cells of a row stand in its text, with their quotation marks.

    Returns:
        The first code point of each, and that after its last.

    Example:
        >>> spans('a,"b,""c"",d",\r\n', ",")
        [(0, 1), (2, 13), (14, 14)]
    """
    text, sign = source.rstrip("\r\n"), re.escape(delimiter)
    cell = re.compile(rf'("[^"]*(?:""[^"]*)*"|[^{sign}]*)({sign}|\Z)')
    found, at = list[tuple[int, int]](), 0
    while match := cell.match(text, at):
        found.append(match.span(1))
        if not match[2]:
            break
        at = match.end()
    return found


def unreadable(path: Path, error: OSError) -> InputError:
    """Say of a table why it cannot be read."""
    hints = {FileNotFoundError: "check the path", IsADirectoryError: "give a file in it"}
    hint = hints.get(type(error), "check its permissions")
    return InputError(f"cannot be read ({error.strerror})", hint, Place(str(path)))


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            yield from text
    except UnicodeDecodeError as error:
        hint = "save the table as UTF-8"
        raise InputError(f"not UTF-8 ({error.reason})", hint, Place(str(path))) from error
    except OSError as error:
        raise unreadable(path, error) from error
