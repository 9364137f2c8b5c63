"""Tables, notes and claims as HTML, fifty to a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox

from ...errors import QueryError
from ...evidence.claims import Anchor, Claim
from ...graph.labelling import Node
from ...graph.rows import Cell, Named, Table
from ...text.wording import say
from ..inquiries import PAGE
from .frame import Child, Html, el, join, link, several

Thing = TypeVar("Thing")
#: So many rows are on a page; the other formats have all.
ROWS: Final = 50
_NO_TABLE: Final = Table((), ())


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of long answers at an address: what of them is shown, and the way to the rest.

    Attributes:
        path: The path of the address.
        given: Its parameters, one of which may say which page.
    """

    path: str
    given: Mapping[str, str]

    @property
    def number(self) -> int:
        """Which page was asked for, from 1 on.

        Raises:
            QueryError: There is no such page.
        """
        asked = self.given.get(PAGE) or "1"
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and int(asked)):
            raise QueryError(f"'{asked[:100]}' is no page", "give its number: 1, 2 and so on")
        return int(asked)

    @property
    def end(self) -> int:
        """How many rows there are up to the end of the page."""
        return self.number * ROWS

    def of(self, things: Sequence[Thing], word: str, left: int = 0) -> tuple[Sequence[Thing], Html]:
        """Give what is on the page, and a line that says which that is of how many.

        Args:
            things: All up to the end of the page, at least.
            word: What they are, in the singular.
            left: How many more there are.
        """
        begin, number = self.end - ROWS, len(things) + left
        shown = things[begin : self.end]
        if len(shown) == number:
            return shown, el("p", say(number, word), class_="count")
        last = -(-number // ROWS)
        if shown:
            span = f"{begin + 1:,} to {begin + len(shown):,}"
            said = f"{word.capitalize()}s {span} of {number:,}"
        else:
            pages = "page 1" if last == 1 else f"pages 1 to {last}"
            one = number == 1
            said = f"There {'is' if one else 'are'} {say(number, word, ',')}"
            said += f", on {pages}"
        here = min(self.number, last + 1)
        links = [self._link(here - 1, "previous page")] if here > 1 else []
        links += [self._link(here + 1, "next page")] if here < last else []
        return shown, el("p", f"{said}: ", several(links), ".", class_="count")

    def _link(self, number: int, text: str) -> Html:
        asked = urlencode({**self.given, PAGE: number})
        return el("a", text, href=f"{self.path}?{asked}", rel=text.partition(" ")[0][:4])


def cell(value: Cell, table: Table = _NO_TABLE) -> Html:
    """Write a cell, of a table that labels its nodes; they are links."""
    if isinstance(value, tuple):
        return several((cell(part, table) for part in value), "; ")
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


def table_of(table: Table, pages: Pages, word: str = "row") -> Html:
    """Write rows, each a `word`, with what has to be said about them, even if there are none."""
    if not table.rows:
        return join(el("p", table.empty, class_="empty"), notes(table.notes))
    shown, count = pages.of(table.rows, word, table.left)
    numeric = [
        name
        for place, name in enumerate(table.columns)
        if all(_number(row[place]) for row in shown)
    ]
    rows = ((cell(value, table) for value in row) for row in shown)
    made = grid(table.caption, table.columns, rows, numeric) if shown else ""
    return join(count, made, notes(table.notes))


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


def about(claims: Sequence[Claim], pages: Pages) -> Html:
    """Write the claims about a node, and how many they are."""
    if not claims:
        return el("p", "No claim is about it.", class_="count")
    shown, count = pages.of(claims, "claim")
    return join(count, listed(shown))


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
    if anchor.is_row:
        key = [", key ", el("code", anchor.exact)] if anchor.exact else []
        caption = el("figcaption", f"row {anchor.start} of ", article, *key)
        return el("figure", caption, class_="anchor")
    place = f", {anchor.zone or 'no zone'}, characters {anchor.start} to {anchor.end}"
    quote = el("blockquote", el("q", anchor.exact))
    return el("figure", quote, el("figcaption", article, place), class_="anchor")
