"""The page of a node: everything that the graph says of it, from its side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias
from urllib.parse import urlencode

from ...evidence.portraits import Line, Portrait
from ...evidence.story import Step
from ...exports import neighbourhood
from ...exports.drawing import svg
from ...exports.model import Vertex
from ...graph import terms
from ...graph.inverses import inverse
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import NR, shorten
from ...text.wording import say_dates
from ..inquiries import PAGE, Subject
from .frame import FORMATS, RDF, Html, address, el, formats, join, link, name, page, several
from .network import evidence, figure
from .tables import Pages, about, pairs, thing

Days: TypeAlias = tuple[str | None, str | None]
_LASTING: Final = frozenset({NR.Actor, NR.Place})
#: What stands below the heading.
_DAYS: Final = frozenset({NR.earliest, NR.latest})
#: Ties that have evidence behind them.
_TIES: Final = ("trainedWith", "plansToTrainWith")


def node_page(subject: Subject, given: Mapping[str, str]) -> str:
    """Write the page of everything known about a node."""
    portrait = subject.portrait
    node = portrait.node
    short = shorten(node.iri)
    missing = several(el("span", one.label, title=shorten(one.iri)) for one in portrait.open)
    path, _, query = address(node.iri).partition("?")
    parameters = {"name": short} if query else {}
    pages = Pages(path, {**parameters, PAGE: given.get(PAGE, "")})
    days = _days(subject.store, Named(node.label, node.iri))
    when = f", {say_dates(*days)}" if any(days) else ""
    facts = [line for line in portrait.facts if not when or line.property.iri not in _DAYS]
    return page(
        name(node),
        el("p", f"{node.kind}{when} ", el("code", short), class_="kind"),
        _part("Facts", _told(subject.store, facts, pages)),
        join(el("h2", "Not stated"), el("p", missing, class_="open")) if portrait.open else "",
        _part("What it has a part in", _told(subject.store, _turned(portrait.mentions), pages)),
        _around(portrait, subject.store) if pages.number == 1 else "",
        join(el("h2", "Standing"), el("p", str(portrait.standing))) if portrait.standing else "",
        _story(portrait.story),
        el("h2", "Claims"),
        about(portrait.claims, pages),
        _questions(subject, short),
        formats(path, parameters, (*FORMATS, *RDF)),
        heading=el("bdi", name(node)),
    )


def _turned(lines: Iterable[Line]) -> Iterator[Line]:
    """Call properties by their names from the other side."""
    for line in lines:
        way = line.property
        yield replace(line, property=Named(inverse(way.iri, way.label), way.iri))


def _questions(subject: Subject, short: str) -> Html:
    links = [
        el("li", el("a", question.summary, href=f"/ask/{question.name}?{urlencode({key: short})}"))
        for question, key in subject.questions()
    ]
    return join(el("h2", "Questions about it"), el("ul", links)) if links else Html()


def _story(steps: Iterable[Step]) -> Html:
    told = []
    for step in steps:
        news = el("ul", (el("li", line) for line in step.lines()))
        told.append(el("li", f"{step.when}: ", link(step.article), news))
    return join(el("h2", "Story"), el("ol", told)) if told else Html()


def _part(title: str, lines: Iterable[tuple[Html, Html]]) -> Html:
    told = pairs(lines)
    return join(el("h2", title), told) if told else Html()


def _told(store: Store, lines: Iterable[Line], pages: Pages) -> Iterator[tuple[Html, Html]]:
    """Write properties with their values: what has a date with it, the newest first."""
    for line in lines:
        known = {value: _days(store, value) for value in line.values}
        when = {v: say_dates(*days) if any(days) else "" for v, days in known.items()}
        when |= {value: time for value, time in line.timed() if time}
        values = sorted(line.values, key=lambda value: known[value][1] or "", reverse=True)
        shown, count = pages.of(values, "value")
        written = several((_value(value, when[value]) for value in shown), "; ")
        title = el("span", line.property.label, title=shorten(line.property.iri))
        yield title, written if len(shown) == len(values) else join(written, count)


def _value(value: Named | str, when: str) -> Html:
    return join(thing(value), el("span", f" ({when})", class_="when") if when else "")


def _days(store: Store, value: Named | str) -> Days:
    """Give the first and the last day that a node may be of; None where it has none.

    Not for actors and places, whose days are those since when they are there.
    """
    if isinstance(value, str) or not _LASTING.isdisjoint(store.objects(value.iri, terms.RDF.type)):
        return None, None
    first, last = (store.objects(value.iri, way) for way in (NR.earliest, NR.latest))
    return min(first, default=None), max(last, default=None)


def _around(portrait: Portrait, store: Store) -> Html:
    """Draw what is around a node; each leads to its page, a tie of training to its evidence."""
    facts, mentions = map(_nodes, (portrait.facts, portrait.mentions))
    picture = neighbourhood.draw(store, portrait.node, facts, mentions)
    if picture is None:
        return Html()
    trained = {edge.target for edge in picture.edges if edge.kind in _TIES}
    trained |= {edge.source for edge in picture.edges if edge.kind in _TIES}

    def way(a: Vertex, b: Vertex) -> str:
        other = b if a.iri == portrait.node.iri else a
        return evidence(a.iri, b.iri) if other.iri in trained else address(other.iri)

    return figure(svg.draw(picture, dark=False, links=svg.Links(lambda one: address(one.iri), way)))


def _nodes(lines: Iterable[Line]) -> Iterator[tuple[Named, list[Named]]]:
    for line in lines:
        yield line.property, [value for value in line.values if isinstance(value, Named)]
