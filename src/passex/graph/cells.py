r"""Tables as rows of text: every cell as the file has it, and no type guessed.

Rows are numbered as RFC 7111 does, and as spreadsheets show them: the first is row 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..text.excerpts import visible
from ..text.places import Place
from ..text.wording import say
from . import delimited, parquet, spreadsheets

#: What reads a file: text, or one of the libraries of `spreadsheets`, or this.
_PARQUET: Final = "parquet"
#: What a name says that text cannot be.
_NAMED: Final = {".xlsx": "a workbook", ".xls": "a workbook", ".parquet": "Parquet"}
_BETWEEN: Final = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: Its number; that of the first is 1.
        line: The line of the file on which it begins; in files without lines, its number.
        cells: Its cells, as many as the header has.
    """

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell or a row stands.

    Attributes:
        where: The place, as people find it: a line and a column, or a cell of a sheet.
        place: The row as text, and the cell in it.
    """

    where: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a table.

    Attributes:
        path: The file.
        header: The names of the columns.
        delimiter: What parts the cells; empty in a file that isn't text.
        sheet: The sheet of a workbook.
        form: What reads it; empty for text.
    """

    path: Path
    header: tuple[str, ...]
    delimiter: str
    sheet: str = ""
    form: str = ""

    def rows(self) -> Iterator[Row]:
        """Read the rows below the header, one at a time; empty lines are passed over.

        A row that ends early has empty cells for the rest.

        Raises:
            InputError: The file cannot be read, or a row has more cells than the header.
        """
        for record in _below(_records(self.path, self.form, self.delimiter, self.sheet)):
            yield self._row(record)

    def without_rows(self) -> InputError:
        """Say that it has a header and nothing below, where rows are needed."""
        hint = "give a table with rows below the names of its columns"
        place = Place(str(self.path), 0 if self.form else 1)
        return InputError("no row below the header", hint, place)

    def spots(self, wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], Spot]:
        """Find where cells stand.

        Args:
            wanted: The number of a row, and a column, or nothing for the whole row.

        Raises:
            InputError: The file cannot be read.
        """
        columns: dict[int, list[str]] = {}
        for number, column in wanted:
            columns.setdefault(number, []).append(column)
        found: dict[tuple[int, str], Spot] = {}
        if not columns:
            return found
        for record in _below(_records(self.path, self.form, self.delimiter, self.sheet)):
            for column in columns.pop(record.number, ()):
                found[record.number, column] = self._spot(record, column)
            if not columns:
                break
        return found

    def _row(self, record: delimited.Record) -> Row:
        width, cells = len(self.header), record.cells
        if len(cells) > width and any(cells[width:]):
            hint = "put the cell with the delimiter in it in quotation marks"
            if self.form:
                hint = "give its columns names in the first row, or empty the cells"
            message = (
                f"row {record.number} has {say(len(cells), 'cell')}, and the header has {width}"
            )
            raise InputError(message, hint, Place(str(self.path), record.line))
        padded = (*cells[:width], *[""] * (width - len(cells)))
        return Row(record.number, record.line, padded)

    def _spot(self, record: delimited.Record, column: str) -> Spot:
        at = self.header.index(column) if column else 0
        if self.form:
            shown = [visible(" ".join(cell.split())) for cell in self._row(record).cells]
            source, start = _BETWEEN.join(shown), len(_BETWEEN.join([*shown[:at], ""]))
            place = Place(str(self.path), 1, start + 1, 1, start + 1 + len(shown[at]), source)
            return Spot(self._where(record.number, column, at), place)
        ends = delimited.spans(record.source, self.delimiter)
        start, end = ends[at] if at < len(ends) else (len(record.source.rstrip()),) * 2
        before = record.source[:start]
        line = record.line + before.count("\n")
        begin = before.rfind("\n") + 1
        source = record.source[begin:].partition("\n")[0].rstrip("\r")
        first = start - begin
        place = Place(str(self.path), line, first + 1, line, end - begin + 1, source)
        return Spot(str(place) if column else f"{self.path}:{line}", place)

    def _where(self, number: int, column: str, at: int) -> str:
        if self.sheet:
            cell = f"{_letters(at)}{number}" if column else f"row {number}"
            return f"{self.path}: {self.sheet}, {cell}"
        return f"{self.path}: row {number}" + (f", {column}" if column else "")


def open_table(path: Path, delimiter: str = "", sheet: str = "") -> Table:
    """Read the header of a table: CSV or TSV, a sheet of an Excel workbook, or Parquet.

    What a file is, is told by its first bytes, whatever its name; text that is called a workbook
    or Parquet is refused.

    Args:
        delimiter: What parts the cells of text; if it is empty, what the header shows.
        sheet: The sheet of a workbook; it may be empty if there is one alone.

    Raises:
        InputError: The file cannot be read, is empty, or two columns have one name; or there is no
            such sheet, or several.
    """
    form = _form(path)
    if form in spreadsheets.SIGNATURES.values():
        sheet = spreadsheets.choose(path, form, sheet)
    elif sheet:
        message = f"a sheet is of a workbook, and '{sheet}' is asked for"
        raise InputError(message, "leave sheet out", Place(str(path)))
    if form:
        delimiter = ""
    elif not delimiter:
        delimiter = delimited.delimiter_of(path)
    first = next(_records(path, form, delimiter, sheet), delimited.Record(1, 1, [], ""))
    header = tuple(" ".join(cell.split()) for cell in first.cells)
    if form:
        while header and not header[-1]:
            header = header[:-1]
    if not any(header):
        hint = "give a table with the names of its columns in the first row"
        raise InputError("no header", hint, Place(str(path), 1))
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        message = f"two columns are called '{min(twice)}'"
        raise InputError(message, "rename one of them", Place(str(path), first.line))
    return Table(path, header, delimiter, sheet, form)


def open_all(path: Path) -> list[Table]:
    """Open all tables of a file: of a workbook each sheet that has one.

    Raises:
        InputError: It cannot be read.
    """
    form = _form(path)
    if form not in spreadsheets.SIGNATURES.values():
        return [open_table(path)]
    found = []
    for sheet in spreadsheets.sheets(path, form):
        if next(spreadsheets.rows(path, form, sheet), None):
            found.append(open_table(path, sheet=sheet))
    return found


def _form(path: Path) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise delimited.unreadable(path, error) from error
    if start == parquet.SIGNATURE:
        return _PARQUET
    form = spreadsheets.SIGNATURES.get(start, "")
    named = _NAMED.get(path.suffix.lower())
    if named and not form:
        # As text it would be a table of one odd column.
        hint = "save it as that again, or name it .csv if it is text"
        raise InputError(f"its name says {named}, and it is none", hint, Place(str(path)))
    return form


def _records(path: Path, form: str, delimiter: str, sheet: str) -> Iterator[delimited.Record]:
    if not form:
        yield from delimited.records(path, delimiter)
        return
    found = parquet.rows(path) if form == _PARQUET else spreadsheets.rows(path, form, sheet)
    for number, cells in found:
        yield delimited.Record(number, number, cells, "")


def _below(records: Iterator[delimited.Record]) -> Iterator[delimited.Record]:
    """Pass over the header, which is the first row that isn't empty."""
    next(records, None)
    yield from records


def _letters(at: int) -> str:
    """Name a column as spreadsheets do.

    Example:
        >>> _letters(0), _letters(27)
        ('A', 'AB')
    """
    letters, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
