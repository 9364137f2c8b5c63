"""Tables, notes and claims as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from ...evidence.claims import Anchor, Claim
from ...graph.names import Node
from ...graph.rows import Cell, Named, Table
from ...text.wording import say
from .frame import Child, Html, el, join, link, several

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
    title: str, columns: Sequence[str], rows: Iterable[Iterable[Html]], numeric: Sequence[str] = ()
) -> Html:
    """Write a table, which scrolls sideways by itself where it is too wide.

    Args:
        title: What it shows; read to those who cannot see it.
        rows: The cells of each row.
        numeric: The columns that hold numbers.
    """
    kinds = ["number" if name in numeric else None for name in columns]
    named = zip(columns, kinds, strict=True)
    head = (el("th", name.replace("_", " "), scope="col", class_=kind) for name, kind in named)
    cells = (zip(row, kinds, strict=True) for row in rows)
    body = (el("tr", (el("td", text, class_=kind) for text, kind in row)) for row in cells)
    caption = el("caption", title, class_="hidden")
    table = el("table", caption, el("thead", el("tr", head)), el("tbody", body))
    return el("div", table, class_="scroll", role="region", aria_label=title, tabindex="0")


def table_of(table: Table) -> Html:
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
        if all(_number(row[place]) for row in shown)
    ]
    rows = ((cell(table, value) for value in row) for row in shown)
    return join(
        el("p", count, class_="count"),
        grid(table.caption, table.columns, rows, numeric),
        notes(table.notes),
    )


def _number(value: Cell) -> bool:
    if isinstance(value, ox.Literal):
        return value.datatype.value.endswith(("integer", "decimal", "double"))
    return isinstance(value, int | float | None)


def notes(sentences: Iterable[str], kind: str = "notes") -> Html:
    """Write what has to be said about an answer."""
    items = [el("li", sentence) for sentence in sentences]
    return el("ul", *items, class_=kind) if items else Html()


def listed(claims: Iterable[Claim]) -> Html:
    """Write claims."""
    return el("ul", *(el("li", _claim(claim)) for claim in claims), class_="claims")


def about(claims: Sequence[Claim]) -> Html:
    """Write the claims about a node, and how many they are."""
    count = say(len(claims), "claim") if claims else "No claim is about it."
    return join(el("p", count, class_="count"), listed(claims))


def pairs(lines: Iterable[tuple[Child, Child]]) -> Html:
    """Write names with their values; a name without a value is left out."""
    parts = [join(el("dt", name), el("dd", value)) for name, value in lines if value]
    return el("dl", *parts) if parts else Html()


def thing(value: Named | str) -> Html:
    """Write a node as a link, or a text."""
    return el("bdi", value) if isinstance(value, str) else link(value)


def _claim(claim: Claim) -> Html:
    who = several(map(link, claim.attributed_to)) or "nobody named"
    badges = [word for word in (claim.certainty, claim.basis) if word]
    details = pairs(
        (
            ("said by", who),
            ("via", several(map(link, claim.reported_via))),
            ("on", several(el("code", name) for name in claim.on_properties)),
            ("value", claim.quantity or several(map(thing, claim.values))),
            ("source", claim.source),
        )
    )
    shown = ((" ", el("span", word, class_=f"badge {word}")) for word in badges)
    title = el("p", link(Named(claim.label, claim.iri)), shown)
    return join(title, details, *map(_anchor, claim.evidence))


def _anchor(anchor: Anchor) -> Html:
    article = link(Named(anchor.label, anchor.article)) if anchor.article else "no article"
    place = f", {anchor.zone or 'no zone'}"
    if anchor.zone == "row":
        place += f" {anchor.start}"
    else:
        place += f", characters {anchor.start} to {anchor.end}"
    quote = el("blockquote", el("q", anchor.exact))
    return el("figure", quote, el("figcaption", article, place), class_="anchor")
