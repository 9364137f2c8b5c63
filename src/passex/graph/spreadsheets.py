"""Sheets of Excel workbooks as rows of text: the values of formulas, never the formulas.

Sources: ISO/IEC 29500-1:2016 (SpreadsheetML) for ``.xlsx``, which openpyxl reads; [MS-XLS] for
``.xls``, which xlrd reads.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from ..errors import EXTRA, InputError
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from .cell_text import cell_text

#: The number of a row, as spreadsheets show it, and its cells.
Numbered: TypeAlias = tuple[int, list[str]]
#: First and last row, and first column, of merged cells that take more than one row.
_Merged: TypeAlias = tuple[int, int, int]

#: By the first bytes of a file: the library that reads it.
SIGNATURES: Final = {b"PK\x03\x04": "openpyxl", b"\xd0\xcf\x11\xe0": "xlrd"}
_PIECE: Final = 1 << 20
#: No formula is longer.
_OVERLAP: Final = 1 << 16
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
#: A formula without its value; an empty text (t="str") is a value.
_BARE: Final = re.compile(
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE: Final = re.compile(rb'\br="([A-Z]+\d+)"')


def sheets(path: Path, library: str) -> list[str]:
    """List the sheets of a workbook that aren't hidden.

    Raises:
        InputError: It cannot be read, or what reads it isn't installed.
    """
    with _guarded(path):
        if library == "xlrd":
            book = _xls(path)
            return [sheet.name for sheet in book.sheets() if not sheet.visibility]
        with _xlsx(path) as book:
            return [one.title for one in book.worksheets if one.sheet_state == "visible"]


def choose(path: Path, library: str, wanted: str) -> str:
    """Choose a sheet: the one that is wanted, or the only one.

    Raises:
        InputError: There is none of that name, or there are several and none is wanted.
    """
    there = sheets(path, library)
    listed = ", ".join(f"'{name}'" for name in there)
    if wanted:
        if wanted in there:
            return wanted
        hint = did_you_mean(nearest(wanted, there)) or f"the sheets are {listed}"
        raise InputError(f"no sheet '{wanted}'", hint, Place(str(path)))
    if len(there) != 1:
        hint = "choose one with --sheet, or with sheet in [table] of the mapping"
        raise InputError(f"there are {len(there)} sheets, {listed}", hint, Place(str(path)))
    return there[0]


def rows(path: Path, library: str, sheet: str) -> Iterator[Numbered]:
    """Read the rows of a sheet that aren't empty.

    Of cells that are merged downwards, each row has the value.

    Raises:
        InputError: It cannot be read, or a formula has no value.
    """
    read = _xls_rows if library == "xlrd" else _xlsx_rows
    found = read(path, sheet)
    while True:
        # The libraries complain of what is odd in a file while they read it.
        with _guarded(path):
            piece = list(islice(found, 1000))
        if not piece:
            return
        yield from piece


def _xlsx_rows(path: Path, sheet: str) -> Iterator[Numbered]:
    with _xlsx(path) as book:
        found = book[sheet]
        merged = _look(path, found._worksheet_path)
        # What a file says of its size may be wrong, and rows would be missing.
        found.reset_dimensions()
        texts = (
            (number, [_xlsx_text(cell) for cell in cells])
            for number, cells in enumerate(found.iter_rows(), 1)
        )
        yield from _filled(texts, merged)


def _xlsx_text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    return cell_text(value, cell.number_format)


def _look(path: Path, part: str) -> list[_Merged]:
    """Find merged cells, and refuse formulas whose values a program didn't write."""
    merged: list[_Merged] = []
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as file:
        rest = b""
        while piece := file.read(_PIECE):
            text = rest + piece
            _refuse_bare(path, text)
            for column, first, last in _MERGE.findall(text):
                if first != last:
                    merged.append((int(first), int(last), _number(column)))
            rest = text[-_OVERLAP:]
    return sorted(set(merged))


def _refuse_bare(path: Path, text: bytes) -> None:
    for match in _BARE.finditer(text):
        if b't="str"' not in match[1]:
            cell = _REFERENCE.search(match[1])
            where = f"cell {cell[1].decode()}" if cell else "a cell"
            hint = "open the workbook in a spreadsheet program and save it, or write the value"
            raise InputError(f"{where} has a formula without its value", hint, Place(str(path)))


def _number(letters: bytes) -> int:
    """Number a column from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _xls_rows(path: Path, sheet: str) -> Iterator[Numbered]:
    book = _xls(path)
    found = book.sheet_by_name(sheet)
    merged = sorted(
        (first + 1, end, column) for first, end, column, _ in found.merged_cells if end > first + 1
    )
    texts = (
        (row + 1, [_xls_text(book, cell) for cell in found.row(row)]) for row in range(found.nrows)
    )
    yield from _filled(texts, merged)


def _xls_text(book: Any, cell: Any) -> str:
    xlrd = _library("xlrd")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return str(cell.value)
    form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        when = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        return cell_text(when.time() if cell.value < 1 else when, form)
    return cell_text(cell.value, form)


def _filled(texts: Iterable[Numbered], merged: list[_Merged]) -> Iterator[Numbered]:
    """Give what is merged downwards to each of its rows, and leave out rows that are empty."""
    waiting, under = merged[::-1], list[tuple[int, int, str]]()
    for number, cells in texts:
        under = [one for one in under if one[0] >= number]
        if not any(cell.strip() for cell in cells):
            continue
        for _, column, value in under:
            if column < len(cells) and not cells[column]:
                cells[column] = value
        while waiting and waiting[-1][0] <= number:
            first, last, column = waiting.pop()
            if first == number and column < len(cells):
                under.append((last, column, cells[column]))
        yield number, cells


@contextmanager
def _xlsx(path: Path) -> Iterator[Any]:
    # Of a file it doesn't look at the name, which needn't end in .xlsx.
    with path.open("rb") as file:
        book = _library("openpyxl").load_workbook(file, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


def _xls(path: Path) -> Any:
    log = io.StringIO()  # what it says of odd files isn't for those who import them
    return _library("xlrd").open_workbook(str(path), formatting_info=True, logfile=log)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        message = f"workbooks need {name}, which is not installed"
        raise InputError(message, EXTRA.format("tables")) from error


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Make one error of whatever the libraries stumble over in a broken file; hide warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except OSError as error:
        message = f"cannot be read ({error.strerror or error})"
        raise InputError(message, "check its permissions", Place(str(path))) from error
    except Exception as error:  # they raise of every class: of zip, XML, struct, and their own
        said = " ".join(str(error).split())[:80] or type(error).__name__
        hint = "open it in a spreadsheet program, take off a password, and save it as .xlsx or CSV"
        raise InputError(
            f"no workbook that can be read ({said})", hint, Place(str(path))
        ) from error
