"""The page of all named questions, and that of a form that is not filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from ...questions import catalogue
from ...questions.catalogue import Question
from ..examples import Blank
from .forms import question_form, why_form
from .frame import Html, el, page, several

#: The groups in their order, with their titles; others come behind.
GROUPS: Final = {
    "training": "Training",
    "meetings": "Meetings, and what was said",
    "events": "Other events",
    "actors": "Actors and places",
    "evidence": "Evidence",
    "gaps": "Gaps",
    "": "More",
}


def questions_page(typed: str = "") -> str:
    """Write the page of all named questions in their groups, each with its form.

    Args:
        typed: Words; only questions with all of them are shown.
    """
    every = _questions()
    wanted = typed.casefold().split()
    shown = [one for one in every.values() if all(word in _words(one) for word in wanted)]
    present = {one.group if one.group in GROUPS else "" for one in shown}
    groups = {key: title for key, title in GROUPS.items() if key in present}
    parts = [_group(key, title, shown) for key, title in groups.items()]
    links = (el("a", title, href=f"#{_anchor(key)}") for key, title in groups.items())
    index = several(links, " \N{MIDDLE DOT} ")
    intro = "Each question has an address, and gives its answer as a table, as JSON or as CSV."
    none = el("p", f"No question has all of these words: {typed[:200]}. ", _all(every))
    count = el("p", f"{len(shown)} of {len(every)} questions. ", _all(every), class_="count")
    return page(
        "Questions",
        el("p", intro),
        _search(typed),
        (count if wanted else "") if shown else el("div", none, class_="empty"),
        el("p", index, class_="groups") if shown else "",
        *parts,
        here="/ask",
        script="questions.js",
    )


_questions = lru_cache(maxsize=1)(catalogue.questions)


def _all(every: Mapping[str, Question]) -> Html:
    return el("a", f"All {len(every)} questions", href="/ask")


def _words(question: Question) -> str:
    parameters = (f"{one.name} {one.summary}" for one in question.parameters)
    title = GROUPS.get(question.group, "")
    return " ".join([question.name, question.summary, title, *parameters]).casefold()


def _search(typed: str) -> Html:
    return el(
        "form",
        el("label", "Search the questions", for_="which"),
        el("input", id="which", name="q", type="search", value=typed, autocomplete="off"),
        el("button", "Search"),
        el("span", role="status", id="which-count", class_="count"),
        action="/ask",
        role="search",
        class_="bar which",
        aria_label="Questions",
    )


def _group(key: str, title: str, shown: Iterable[Question]) -> Html:
    def own(question: Question) -> bool:
        return (question.group if question.group in GROUPS else "") == key

    items = []
    for question in filter(own, shown):
        heading = el("a", question.summary, href=f"/ask/{question.name}")
        usage = el("p", el("code", question.name), class_="usage")
        heading = el("h3", heading, id=question.name)
        form = question_form(question, {})
        items.append(el("li", heading, usage, form, data_words=_words(question)))
    return el(
        "section",
        el("h2", title, id=_anchor(key)),
        el("ul", *items, class_="questions"),
        class_="group",
    )


def _anchor(group: str) -> str:
    """Name the place of a group; questions have places of their own on the page."""
    return f"group-{group or 'more'}"


def blank_page(found: Blank, given: Mapping[str, str]) -> str:
    """Write a form that is not filled in, with examples that have an answer."""
    question = found.question
    if question is None:
        title, path, form = "Evidence", "/why", why_form({})
        said = el("p", "What proves that two actors trained together, or what is said of a node?")
    else:
        title, path, form = question.summary, f"/ask/{question.name}", question_form(question, {})
        said = Html()
    links = (
        el("a", several((el("bdi", one) for one in names), " and "), href=f"{path}?{urlencode(to)}")
        for names, to in found.examples
    )
    examples = el("p", "For example: ", several(links), ".") if found.examples else ""
    return page(title, said, form, examples, here="/ask" if question else "/why")
