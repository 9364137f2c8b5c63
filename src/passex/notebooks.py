"""Rows in a notebook: an HTML table, and a data frame of pandas."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from .errors import PassexError
from .rows import Cell, Table, iri
from .tables import NUMBERS, spread


def html(table: Table) -> str:
    """Write an HTML table; the IRI of a node is its cell's title.

    Args:
        table: The rows.

    Returns:
        The element, with the notes under it; a paragraph that says so where there are no rows.
    """
    from html import escape

    caption = escape(table.caption)
    notes = [f"<p>{escape(note)}</p>" for note in table.notes]
    if not table.rows:
        caption += "." if caption and caption[-1] not in ".?!" else ""
        return "\n".join([f"<p>{f'{caption} {escape(table.empty)}'.strip()}</p>", *notes, ""])
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    lines = ["<table>", f"<caption>{caption}</caption>" if caption else ""]
    lines += [f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    for row in table.rows:
        cells = ""
        for cell in row:
            name = iri(cell)
            title = f' title="{escape(name)}"' if name else ""
            cells += f"<td{title}>{escape(table.label(cell))}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*filter(None, lines), "</tbody>", "</table>", *notes, ""])


def to_pandas(table: Table) -> Any:
    """Give the rows as a data frame.

    Args:
        table: The rows.

    Returns:
        A pandas.DataFrame with the columns of `csv`. Numbers and dates are Python's (int, float,
        bool, datetime.date), nodes their labels, several values a list, None what is unbound; no
        column is converted.

    Raises:
        PassexError: pandas is not installed.
    """
    import importlib

    try:
        pandas: Any = importlib.import_module("pandas")
    except ModuleNotFoundError:
        raise PassexError("no data frame without pandas", "pip install pandas") from None
    columns, rows = spread(table, lambda cell: _python_value(table, cell))
    return pandas.DataFrame(list(rows), columns=columns, dtype=object)


def _python_value(table: Table, cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [_python_value(table, part) for part in cell]
    if isinstance(cell, ox.Literal):
        import datetime

        kind = cell.datatype.value.rpartition("#")[2]
        try:
            if kind == "date":
                return datetime.date.fromisoformat(cell.value)
            if kind == "boolean":
                return cell.value in ("true", "1")
            if kind in NUMBERS:
                return int(cell.value) if kind == "integer" else float(cell.value)
        except ValueError:
            pass  # an ill-typed literal is given as it stands
    return cell if cell is None or isinstance(cell, int | float) else table.label(cell)
