"""Tables and notes as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ...graph.names import Node
from ...graph.rows import Cell, Named, Table
from ...text.wording import say
from .frame import link, several
from .markup import Html, el, join

#: So many rows are on a page; a page of more is slow in a browser. The other formats have all.
ROWS: Final = 1000


def cell(table: Table, value: Cell) -> Html:
    """Write a cell of a table; nodes are links."""
    if isinstance(value, tuple):
        return several((cell(table, part) for part in value), "; ")
    if isinstance(value, ox.NamedNode):
        return link(Named(table.label(value), value.value))
    if isinstance(value, Named | Node):
        return link(value)
    if isinstance(value, float):
        return join(f"{value:.3f}".rstrip("0").rstrip("."))
    return join(table.label(value))


def grid(
    title: str, columns: Iterable[str], rows: Iterable[Iterable[Html]], numeric: Iterable[str] = ()
) -> Html:
    """Write a table.

    Args:
        title: What it shows; read to those who cannot see it.
        columns: The names of the columns.
        rows: The cells of each row.
        numeric: The columns that hold numbers.

    Returns:
        The markup; it scrolls sideways by itself where it is too wide.
    """
    names = list(columns)
    numbers = {place for place, name in enumerate(names) if name in set(numeric)}

    def line(cells: Iterable[Html]) -> Html:
        return el(
            "tr",
            *(
                el("td", text, class_="number" if place in numbers else None)
                for place, text in enumerate(cells)
            ),
        )

    head = (
        el("th", name.replace("_", " "), scope="col", class_="number" if n in numbers else None)
        for n, name in enumerate(names)
    )
    return el(
        "div",
        el(
            "table",
            el("caption", title, class_="hidden"),
            el("thead", el("tr", *head)),
            el("tbody", *map(line, rows)),
        ),
        class_="scroll",
        role="region",
        aria_label=title,
        tabindex="0",
    )


def table_of(table: Table, title: str = "") -> Html:
    """Write rows with what has to be said about them; no rows at all is said, too."""
    shown = table.rows[:ROWS]
    count = say(len(table.rows), "row")
    if len(shown) < len(table.rows):
        count = f"The first {len(shown)} of {count}; the other formats have all."
    if not shown:
        return join(el("p", table.empty, class_="empty"), notes(table.notes))
    numeric = [
        name
        for place, name in enumerate(table.columns)
        if all(isinstance(row[place], int | float | None) or _number(row[place]) for row in shown)
    ]
    rows = ((cell(table, value) for value in row) for row in shown)
    return join(
        el("p", count, class_="count"),
        grid(title or table.caption, table.columns, rows, numeric),
        notes(table.notes),
    )


def _number(value: Cell) -> bool:
    kinds = ("integer", "decimal", "double")
    return isinstance(value, ox.Literal) and value.datatype.value.endswith(kinds)


def notes(sentences: Iterable[str], kind: str = "notes") -> Html:
    """Write what has to be said about an answer."""
    items = [el("li", sentence) for sentence in sentences]
    return el("ul", *items, class_=kind) if items else Html()
