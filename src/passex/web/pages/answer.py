"""The page of a named question with its answer."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import pyoxigraph as ox

from ...graph.rows import Named
from ...questions import answers
from ...questions.answers import Answer
from .forms import question_form
from .frame import formats, link, page, several
from .markup import Html, el, join
from .tables import table_of


def answer_page(found: Answer, given: Mapping[str, str]) -> str:
    """Write an answer.

    Args:
        found: The answer.
        given: The parameters of the address.

    Returns:
        The page.
    """
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
