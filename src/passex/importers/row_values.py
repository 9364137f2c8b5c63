"""Dates, points and concepts of a row, of which one cell alone doesn't tell enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..graph.cells import Row
from .dates import Bounds, DateError, of_parts, of_text
from .mapping import Columns, Terms, When
from .row_cells import Ask, RowCells


def dates(
    cells: RowCells, row: Row, columns: Columns, orders: dict[str, str], ask: Ask
) -> tuple[Bounds | None, str, str]:
    """Read the bounds of what a row tells of.

    Args:
        orders: By column, how its dates are meant.

    Returns:
        The bounds, None where nothing is known; the words of the table for them; and why they say
        something else than the words, or nothing.
    """
    texts = list[str]()
    whens = columns.start, columns.end
    bounds = [_bounds(cells, row, when, columns.century, orders, texts, ask) for when in whens]
    start, end = bounds
    words = " to ".join(dict.fromkeys(filter(None, texts)))
    if start and end and "" != end.last < start.first:
        years = sorted(day[:4] for day in (start.first, end.last))
        said = f"ends ({texts[1]}) before it starts ({texts[0]})"
        ask("end-before-start", row.number, columns.end.columns()[0], texts[1], said, "")
        note = f"The table has an end ({texts[1]}) before the start ({texts[0]})."
        return Bounds(f"{years[0]}-01-01", f"{years[1]}-12-31"), words, note
    # An end alone doesn't tell when it began, nor a start when it ended, if that can't be read.
    first = start.first if start else ""
    last = end.last if end else start.last if start else ""
    # Where nothing stands there, it was most probably over on the day on which it began.
    empty = columns.end.columns() and not end and first and first == last
    note = "The table has no end: it is taken to have ended on its first day." if empty else ""
    return (Bounds(first, last) if first or last else None), words, note


def _bounds(
    cells: RowCells,
    row: Row,
    when: When,
    century: int | None,
    orders: dict[str, str],
    texts: list[str],
    ask: Ask,
) -> Bounds | None:
    """Read the bounds of one date; its words are added to `texts`.

    Returns:
        None where the cells are empty; bounds that aren't known where they can't be read, or say
        that nothing is known.
    """
    columns = when.columns()
    if not columns:
        return None
    text = cells.text(row, when.text)
    year, month, day = parts = [cells.text(row, name) for name in (when.year, when.month, when.day)]
    texts.append(text or "-".join(filter(None, parts)))
    try:
        told = of_parts(year, month, day, century) if when.year else None
        order = orders.get(when.text, "")
        if told:
            century = int(told.first[:4]) // 100 * 100
        read = of_text(text, order, century) if text else None
    except DateError as error:
        said = f"'{texts[-1]}' {error}"
        ask("no-date", row.number, when.text or columns[0], text or parts[0], said, error.hint)
        cells.drop(row, *(name for name in columns if cells.peek(row, name)))
        return Bounds("", "")
    if read and told and read != told:
        said = f"'{text}' differs from its parts, {'-'.join(parts)}"
        ask("text-and-parts", row.number, when.text, text, said, "")
        return Bounds(min(read.first, told.first), max(read.last, told.last))
    if not (read or told) and any(cells.is_unknown(row, name) for name in columns):
        return Bounds("", "")
    return told or read


def point(cells: RowCells, row: Row, columns: Columns, ask: Ask) -> tuple[str, str] | None:
    """Read latitude and longitude, as numbers that RDF reads; None where there is no point."""
    found = list[str]()
    if not (columns.latitude and columns.longitude):
        return None
    for name, most in ((columns.latitude, 90), (columns.longitude, 180)):
        cell = cells.text(row, name)
        if not cell:
            return None
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell) or abs(float(cell)) > most:
            hint = f"write degrees from -{most} to {most}, such as 35.28"
            ask("coordinates", row.number, name, cell, f"'{cell}' is none", hint)
            cells.drop(row, name)
            return None
        # Without zeros at its end, as stores have it: shapes read it quicker then.
        found.append(format(Decimal(cell).normalize(), "f"))
    return found[0], found[1]


def concepts(cells: RowCells, row: Row, terms: Terms, name: str, ask: Ask) -> Iterator[str]:
    """Yield the concepts of a property: by the word of its column, its marks, and the default.

    Args:
        name: The property, as the mapping calls it.
    """
    if terms.column and (cell := cells.text(row, terms.column)):
        if concept := terms.values.get(cell.casefold()):
            yield concept
            return
        hint = f"correct the cell, or add it in the mapping, to values of {name}"
        said = f"'{cell}' is no {'class' if name == 'what' else name} here"
        ask("no-concept", row.number, terms.column, cell, said, hint)
        cells.drop(row, terms.column)
    for column, concept in terms.flags.items():
        if cells.is_mark(row, column):
            yield concept
    if terms.always:
        yield terms.always
