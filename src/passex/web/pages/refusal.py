"""The page that says what went wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from ...errors import PassexError
from ...questions import catalogue
from .forms import network_form, question_form, why_form
from .frame import page, several
from .markup import Html, el

_TITLES = {400: "That does not work", 404: "Not found", 406: "No such format"}


def refusal_page(
    status: int,
    message: str,
    advice: Html | str = "",
    resource: str = "",
    given: Mapping[str, str] | None = None,
) -> str:
    """Write what went wrong.

    Args:
        status: The HTTP status.
        message: What is wrong.
        advice: What to do about it: a paragraph, as `advice` makes it.
        resource: The resource that was asked for; its form is shown again.
        given: Its parameters.
    """
    given = given or {}
    form = Html()
    if resource == "ask":
        question = catalogue.questions().get(given.get("question", ""))
        form = question_form(question, given) if question else form
    elif resource == "why":
        form = why_form(given)
    elif resource == "network":
        form = network_form(given)
    return page(
        _TITLES.get(status, "No answer"),
        el("h1", _TITLES.get(status, "No answer")),
        el("p", _sentence(message), class_="wrong"),
        advice,
        form,
        here={"ask": "/ask", "why": "/why", "network": "/network"}.get(resource, ""),
    )


def advice(error: PassexError, resource: str, given: Mapping[str, str]) -> Html:
    """Say what to do about an error; names that come near are links to what they lead to."""
    wrong = (name for name, value in given.items() if value and error.name.endswith(value))
    key = next(wrong, None)
    if key is None or not error.near:
        return el("p", _sentence(error.hint)) if error.hint else Html()
    links = []
    for name in error.near:
        asked = {**given, key: name}
        path = {"ask": f"/ask/{asked.pop('question', '')}", "entity": "/show"}.get(
            resource, f"/{resource}"
        )
        links.append(el("a", name, href=f"{path}?{urlencode(asked)}" if asked else path))
    return el("p", "Did you mean ", several(links), "?")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".")) else ".")
