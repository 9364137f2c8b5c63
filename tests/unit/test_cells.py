"""Cells of tables: workbooks, Parquet and text, and where a cell stands in them."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import InputError
from passex.graph import parquet, spreadsheets
from passex.graph.cell_text import cell_text
from passex.graph.cells import open_all, open_table
from passex.graph.delimited import spans

DRILLS = Path(__file__).resolve().parents[1] / "data" / "tables" / "drills.xls"


def rows_of(path: Path, sheet: str = "") -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in open_table(path, sheet=sheet).rows()]


def workbook(path: Path, *rows: list[Any]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "Data"
    book.save(path)
    return book


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (2005.0, "General", "2005"),
        (-0.5, "", "-0.5"),
        (1e15, "", "1000000000000000"),
        (0.1 + 0.2, "0.00", "0.3"),
        (7, "000", "007"),
        (7.5, "000", "7.5"),
        (Decimal("2.50"), "", "2.5"),
        (math.nan, "", ""),
        (None, "", ""),
        (False, "", "FALSE"),
        (datetime(2005, 5, 1), "d/m/yyyy", "2005-05-01"),
        (datetime(2005, 5, 1), "mmm\\-yy", "2005-05"),
        (datetime(2005, 5, 1), '[$-409]mmmm" de "yyyy;@', "2005-05"),
        (datetime(2005, 1, 1), "yyyy", "2005"),
        (datetime(2005, 5, 1), "h:mm", "2005-05-01"),
        (datetime(2005, 5, 1), "yyyy h:mm:ss", "2005"),
        (datetime(2005, 5, 1, 13, 30), "mmm yyyy", "2005-05-01T13:30:00"),
        (date(2005, 5, 1), "", "2005-05-01"),
        (time(3, 4), "h:mm", "03:04:00"),
        (["Japan", "India"], "", "Japan; India"),
        ({"a": "é"}, "", '{"a": "é"}'),
    ],
)
def test_values_are_the_text_that_people_see(value: object, form: str, text: str) -> None:
    assert cell_text(value, form) == text


def test_a_sheet_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = workbook(
        path,
        ["id", "day", "month", "code", "year", "text", "error", "flag"],
        ["a", date(2005, 5, 1), date(2005, 5, 1), 7, 2005, "007", "#REF!", True],
        [None, None, None, 2.5, 2006.0, "=x", None, False],
    )
    sheet = book.active
    sheet["C2"].number_format, sheet["D2"].number_format = "mmm yyyy", "000"
    sheet["G2"].data_type, sheet["F3"].data_type = "e", "s"
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    sheet["A9"].number_format = "yyyy"  # a row with nothing but a format
    book.save(path)
    assert rows_of(path) == [
        (2, ("a", "2005-05-01", "", "007", "2005", "007", "#REF!", "TRUE")),
        (3, ("a", "", "", "2.5", "2006", "=x", "", "FALSE")),
    ]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook(path, [], ["id", "P", None], [], ["a", "Japan"], [None, None], ["b", "India"])
    assert open_table(path).header == ("id", "P")
    assert rows_of(path) == [(4, ("a", "Japan")), (6, ("b", "India"))]


def test_the_size_that_a_sheet_gives_itself_is_not_believed(tmp_path: Path) -> None:
    path, changed = tmp_path / "t.xlsx", tmp_path / "changed.xlsx"
    workbook(path, ["id", "P"], ["a", "Japan"])
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"')
            new.writestr(name, text)
    assert rows_of(changed) == [(2, ("a", "Japan"))]


def test_the_value_of_a_formula_is_read_and_one_without_is_refused(tmp_path: Path) -> None:
    path, counted = tmp_path / "t.xlsx", tmp_path / "counted.xlsx"
    workbook(path, ["id", "P"], ["a", "=1+1"], ["b", '=""&""'])
    said = "cell B2 has a formula without its value; open the workbook in a spreadsheet program"
    with pytest.raises(InputError, match=said):
        rows_of(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(counted, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            text = text.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            text = text.replace(b'<c r="B3"><f>', b'<c r="B3" t="str"><f>')
            new.writestr(name, text)
    assert rows_of(counted) == [(2, ("a", "2")), (3, ("b", ""))]


def test_an_old_workbook_is_read_as_text() -> None:
    assert rows_of(DRILLS) == [
        (2, ("d1", "2005-05-01", "020", "Gull", "TRUE", "35.25")),
        (3, ("d1", "2005-05-01", "002", "Gull", "TRUE", "")),
        (4, ("d2", "2006-07", "740", "#REF!", "FALSE", "")),
        (5, ("d2", "2006-07", "732", "", "FALSE", "")),
    ]


def test_a_sheet_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = workbook(path, ["id"], ["a"])
    book.create_sheet("Read me").append(["words"])
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(path)
    assert rows_of(path, "Data") == [(2, ("a",))]
    assert [table.header for table in open_all(path)] == [("id",), ("words",)]
    for sheet, said in (
        ("", "there are 2 sheets, 'Data', 'Read me'; choose one with --sheet, or with sheet in"),
        ("Date", "no sheet 'Date'; did you mean Data?"),
        ("Old", "no sheet 'Old'; the sheets are 'Data', 'Read me'"),
    ):
        with pytest.raises(InputError, match=f"^{path}: {said}"):
            open_table(path, sheet=sheet)
    text = tmp_path / "t.csv"
    text.write_text("id\na\n")
    with pytest.raises(InputError, match="a sheet is of a workbook, and 'Data' is asked for"):
        open_table(text, sheet="Data")


def test_parquet_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    columns: dict[str, Any] = {
        "id": pa.array(["a", "b"]).dictionary_encode(),
        "code": pa.array([2, None], pa.int64()),
        "year": pa.array([2005.0, math.nan]),
        "day": pa.array([date(2005, 5, 1), None]),
        "at": pa.array([datetime(2005, 5, 1), datetime(2005, 5, 1, 12)], pa.timestamp("ns")),
        "with": pa.array([["Japan", "India"], []]),
        "bytes": pa.array([b"x", None]),
        "flag": pa.array([True, False]),
    }
    pq.write_table(pa.table(columns), path)
    assert open_table(path).header == tuple(columns)
    assert rows_of(path) == [
        (2, ("a", "2", "2005", "2005-05-01", "2005-05-01", "Japan; India", "x", "TRUE")),
        (3, ("b", "", "", "", "2005-05-01T12:00:00", "", "", "FALSE")),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.xlsx", b"PK\x03\x04 no zip", "no workbook that can be read (File is not a zip file)"),
        ("t.xls", b"\xd0\xcf\x11\xe0 none", "no workbook that can be read ("),
        ("t.csv", b"PAR1 none PAR1", "no Parquet that can be read ("),
        ("t.XLSX", b"Id,Name", "its name says a workbook, and it is none; save it as that again"),
        ("t.xls", b"", "its name says a workbook, and it is none; save it as that again"),
        ("t.parquet", b"Id,Name", "its name says Parquet, and it is none; save it as that again"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_table(path)
    assert str(caught.value).startswith(f"{path}: {said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04", "workbooks need openpyxl"),
        (b"\xd0\xcf\x11\xe0", "workbooks need xlrd"),
        (b"PAR1", "Parquet needs pyarrow"),
    ],
)
def test_what_is_not_installed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, what: str
) -> None:
    def gone(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(spreadsheets, "import_module", gone)
    monkeypatch.setattr(parquet, "import_module", gone)
    path = tmp_path / "t"
    path.write_bytes(content)
    said = rf"^{what}, which is not installed; pip install --editable '\.\[tables\]'"
    with pytest.raises(InputError, match=said):
        open_table(path)


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_cells_stand_where_they_are_read(cells: list[str], delimiter: str, quoting: Any) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerow(cells)
    source = out.getvalue()
    found = [source[start:end] for start, end in spans(source, delimiter)]
    bare = [text[1:-1].replace('""', '"') if text.startswith('"') else text for text in found]
    assert bare == next(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter))


def test_a_cell_is_shown_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('id,P,Q\n\na,"two\nlines",x\nb,Japan\n', encoding="utf-8")
    spots = open_table(path).spots({(2, "Q"), (2, "P"), (3, "Q"), (3, "")})
    assert {key: (spot.where, spot.place.source) for key, spot in spots.items()} == {
        (2, "P"): (f"{path}:3:3", 'a,"two'),
        (2, "Q"): (f"{path}:4:8", 'lines",x'),
        (3, "Q"): (f"{path}:5:8", "b,Japan"),
        (3, ""): (f"{path}:5", "b,Japan"),
    }
    place = open_table(DRILLS).spots({(4, "Name")})[4, "Name"]
    assert place.where == f"{DRILLS}: Drills, D4"
    assert place.place.source == "d2 | 2006-07 | 740 | #REF! | FALSE | "
    assert place.place.source[place.place.column - 1 : place.place.end_column - 1] == "#REF!"
