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
from ..inquiries import Subject
from .forms import question_form
from .frame import address, formats, link, name, page, several
from .markup import Html, el, join
from .tables import about, pairs, table_of

#: So many values of one property are named; `passex query` has all.
_VALUES = 200


def answer_page(answer: Answer, given: Mapping[str, str]) -> str:
    """Write the page of an answer, asked for with the parameters of an address."""
    question = answer.question
    parameters = {name: value for name, value in given.items() if name != "question"}
    values = several(
        join(name.replace("_", " "), ": ", _value(answer, term))
        for name, term in answer.values.items()
    )
    query = answers.sparql(question, answer.values)
    return page(
        question.summary,
        el("h1", question.summary),
        el("p", values, class_="asked") if values else "",
        table_of(answer.table()),
        el(
            "p",
            el("a", "Open it in the SPARQL editor", href=f"/#query={quote(query, safe='')}"),
            class_="formats",
        ),
        formats(f"/ask/{question.name}", parameters),
        el("h2", "Ask again") if question.parameters else "",
        question_form(question, parameters),
        here="/ask",
    )


def _value(answer: Answer, term: ox.NamedNode | ox.Literal) -> Html:
    if isinstance(term, ox.Literal):
        return join(term.value)
    return link(Named(answer.labels.get(term.value, term.value), term.value))


def node_page(subject: Subject, given: Mapping[str, str]) -> str:
    """Write the page of everything known about a node."""
    portrait = subject.portrait
    node = portrait.node
    short = shorten(node.iri)
    missing = several(el("span", one.label, title=_short(one)) for one in portrait.open)
    path, _, query = address(node.iri).partition("?")
    parameters = {"name": short} if query else {}
    return page(
        name(node),
        el("h1", el("bdi", name(node))),
        el("p", node.kind, " ", el("code", short), class_="kind"),
        _part("Facts", portrait.facts),
        join(el("h2", "Not stated"), el("p", missing, class_="open")) if portrait.open else "",
        _part("Mentioned as", portrait.mentions),
        el("h2", "Claims"),
        about(portrait.claims),
        _questions(subject, short),
        formats(path, parameters),
    )


def _questions(subject: Subject, short: str) -> Html:
    links = [
        el("li", el("a", question.summary, href=f"/ask/{question.name}?{urlencode({key: short})}"))
        for question, key in subject.questions()
    ]
    return join(el("h2", "Questions about it"), el("ul", *links)) if links else Html()


def _short(node: Named) -> str:
    return shorten(node.iri)


def _part(title: str, lines: Iterable[Line]) -> Html:
    facts = pairs((line.property.label, _values(line)) for line in lines)
    return join(el("h2", title), facts) if facts else Html()


def _values(line: Line) -> Html:
    shown = (
        el("bdi", value) if isinstance(value, str) else link(value)
        for value in line.values[:_VALUES]
    )
    more = len(line.values) - _VALUES
    return several([*shown, f"and {more} more"] if more > 0 else shown, "; ")
