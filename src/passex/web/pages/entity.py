"""The page of a node: everything that the graph says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from ...evidence.portraits import Line
from ...graph.rows import Named
from ...graph.terms import shorten
from ...text.wording import say
from ..inquiries import Known
from .claims import listed, pairs
from .frame import address, formats, link, name, page, several
from .markup import Html, el, join

#: So many values of one property are named; `passex query` has all.
_VALUES = 200


def entity_page(known: Known, given: Mapping[str, str]) -> str:
    """Write everything about a node.

    Args:
        known: What is known about it.
        given: The parameters of the address.

    Returns:
        The page.
    """
    found = known.portrait
    node = found.node
    short = shorten(node.iri)
    opened = several(el("span", one.label, title=_short(one)) for one in found.open)
    claims = say(len(found.claims), "claim") if found.claims else "No claim is about it."
    path, _, query = address(node.iri).partition("?")
    own = {"name": short} if query else {}
    return page(
        name(node),
        el("h1", el("bdi", name(node))),
        el("p", node.kind, " ", el("code", short), class_="kind"),
        _part("Facts", found.facts),
        join(el("h2", "Not stated"), el("p", opened, class_="open")) if found.open else "",
        _part("Mentioned as", found.mentions),
        el("h2", "Claims"),
        el("p", claims, class_="count"),
        listed(found.claims),
        _questions(known, short),
        formats(path, own),
    )


def _questions(known: Known, short: str) -> Html:
    links = [
        el("li", el("a", question.summary, href=f"/ask/{question.name}?{urlencode({key: short})}"))
        for question, key in known.questions()
    ]
    return join(el("h2", "Questions about it"), el("ul", *links)) if links else Html()


def _short(node: Named) -> str:
    return shorten(node.iri)


def _part(title: str, lines: Iterable[Line]) -> Html:
    said = pairs((line.property.label, _values(line)) for line in lines)
    return join(el("h2", title), said) if said else Html()


def _values(line: Line) -> Html:
    shown = (
        el("bdi", value) if isinstance(value, str) else link(value)
        for value in line.values[:_VALUES]
    )
    more = len(line.values) - _VALUES
    return several([*shown, f"and {more} more"] if more > 0 else shown, "; ")
