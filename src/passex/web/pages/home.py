"""The start page: what the graph is, how large, how fresh, its network, questions, the editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final
from urllib.parse import urlencode

from ...graph.terms import shorten
from ...questions import catalogue
from ...text.wording import say
from ..welcome import Welcome
from .frame import Html, el, join, link, name, page, several

#: Where the number of something leads to.
_WAYS: Final = {
    "article": "/ask/articles",
    "exercise": "/ask/exercises",
    "open plan": "/ask/plans",
    "actor": "/ask/actors",
    "meeting": "/ask/meetings",
}
#: What a newcomer may want to know, beside whom somebody trains with; and what there has to be.
_ASKED: Final = {
    "exercises": "exercise",
    "plans": "open plan",
    "meetings": "meeting",
    "single-source-ties": "article",
    "open-triads": "exercise",
    "states-not-training": "actor",
    "actors": "actor",
}
#: So many questions stand on the page.
_FIVE: Final = 5


def home_page(found: Welcome, given: Mapping[str, str]) -> str:
    """Write the start page. Without JavaScript, the editor is a form for ``/sparql``."""
    title = "A knowledge graph of naval relations" if found.ours else "A graph of RDF"
    return page(
        title,
        el("p", several(_sizes(found)), ".", class_="sizes"),
        _fresh(found),
        _picture(found) if found.counts else "",
        *_questions(found),
        _editor(),
        here="/",
        script="main.js",
    )


def _sizes(found: Welcome) -> Iterator[Html]:
    for word, number in found.counts.items():
        said = say(number, word, ",")
        yield el("a", said, href=_WAYS[word]) if word in _WAYS else join(said)
    yield join(say(found.triples, "triple", ","))


def _fresh(found: Welcome) -> Html:
    said = []
    if found.newest is not None:
        article, day = found.newest
        said.append(join("The newest article, ", day, ": ", link(article), ". "))
    if found.sources:
        said.append(join("Sources: ", several(map(link, found.sources)), ". "))
    if found.span:
        said.append(join(f"The days that are given for events: {found.span}."))
    return el("p", *said, class_="count") if said else Html()


def _picture(found: Welcome) -> Html:
    alt = "Who trains with whom: the network as a picture; the page of the network has its tables"
    drawn = el("img", src="/network?format=svg", alt=alt, class_="sketch")
    ways = el(
        "figcaption",
        el("a", "Explore it in the interactive briefing", href="/briefing"),
        el("a", "The network with its ranking and tables", href="/network"),
    )
    return el("figure", el("a", drawn, href="/briefing"), ways, class_="drawing")


def _questions(found: Welcome) -> Iterable[Html]:
    if not found.counts:
        return
    asked = catalogue.questions()
    links = []
    if found.actor is not None:
        way = f"/ask/partners?{urlencode({'actor': shorten(found.actor.iri)})}"
        actor = el("bdi", name(found.actor))
        links.append(el("a", actor, ": with whom has it trained, and in what?", href=way))
    links += [
        el("a", asked[one].summary, href=f"/ask/{one}")
        for one, needed in _ASKED.items()
        if one in asked and needed in found.counts
    ]
    yield el("h2", "Questions to begin with")
    yield el("ul", (el("li", one) for one in links[:_FIVE]), class_="begin")
    yield el("p", el("a", f"All {len(asked)} questions", href="/ask"))


@lru_cache(maxsize=1)
def _editor() -> Html:
    text = (files(__package__) / "editor.html").read_text(encoding="utf-8")
    # The line breaks of the query are its own; those before elements are there to be read.
    return Html(re.sub(r"\n *(?=<|$)", "", text))
