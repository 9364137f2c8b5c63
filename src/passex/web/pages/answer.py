"""The pages of a named question with its answer, and of a node with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from ...evidence.portraits import Line
from ...graph.rows import Named
from ...graph.terms import shorten
from ...questions import answers
from ...questions.answers import Answer
from ..inquiries import Known
from .forms import question_form
from .frame import address, formats, link, name, page, several
from .markup import Html, el, join
from .tables import about, pairs, table_of

#: So many values of one property are named; `passex query` has all.
_VALUES = 200


def answer_page(found: Answer, given: Mapping[str, str]) -> str:
    """Write the page of an answer, asked for with the parameters of an address."""
    question = found.question
    asked = {name: value for name, value in given.items() if name != "question"}
    values = several(
        join(name.replace("_", " "), ": ", _value(found, term))
        for name, term in found.values.items()
    )
    query = answers.sparql(question, found.values)
    return page(
        question.summary,
        el("h1", question.summary),
        el("p", values, class_="asked") if values else "",
        table_of(found.table()),
        el(
            "p",
            el("a", "Open it in the SPARQL editor", href=f"/#query={quote(query, safe='')}"),
            class_="formats",
        ),
        formats(f"/ask/{question.name}", asked),
        el("h2", "Ask again") if question.parameters else "",
        question_form(question, asked),
        here="/ask",
    )


def _value(found: Answer, term: ox.NamedNode | ox.Literal) -> Html:
    if isinstance(term, ox.Literal):
        return join(term.value)
    return link(Named(found.labels.get(term.value, term.value), term.value))


def node_page(known: Known, given: Mapping[str, str]) -> str:
    """Write the page of everything known about a node."""
    found = known.portrait
    node = found.node
    short = shorten(node.iri)
    opened = several(el("span", one.label, title=_short(one)) for one in found.open)
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
        about(found.claims),
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
