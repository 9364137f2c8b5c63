"""Pages that ask: forms, and what went wrong with what was asked before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from ...errors import PassexError
from ...graph.rows import Named
from ...network.division import METHODS, RANDOM
from ...network.policy import BACKBONES, BASIS
from ...query import formats
from ...questions import catalogue
from ...questions.catalogue import Parameter, Question
from ...text.nearest import nearest
from ..inquiries import NETWORK, filled
from ..negotiation import bare
from .frame import NAVIGATION, Html, el, join, link, name_input, page, several

Given = Mapping[str, str]

#: What can be chosen and how it is called, where it isn't the choices of an option as they are.
_CHOICES: Final[dict[str, dict[str, str]]] = {
    "include": {
        "held,under-way": "held and under way",
        "held": "held",
        "held,under-way,planned": "held, under way and planned",
        "planned": "planned",
    },
    "communities": {
        "false": "no",
        "true": "yes",
        **{name: f"by {title}" for name, title in METHODS.items() if name in RANDOM},
    },
    "basis": {"any": "any", "stated": "stated only"},
    "by": {"": "the whole period", "year": "year by year"},
    "backbone": {"": "no", **{name: f"by {title}" for name, title in BACKBONES.items()}},
}

#: More of what was typed is nobody's name.
_TYPED: Final = 200
_TITLES = {400: "That does not work", 404: "Not found", 406: "No such format"}


def _field(identifier: str, name: str, control: Html, hint: str = "") -> Html:
    about = el("small", hint, id=f"{identifier}-hint") if hint else ""
    return el("div", el("label", name, for_=identifier), control, about, class_="field")


def _parameter(question: Question, parameter: Parameter, given: Given) -> Html:
    identifier = f"{question.name}-{parameter.name}"
    value = given.get(parameter.name) or parameter.default or ""
    key = parameter.name
    if parameter.type == "xsd:integer":
        control = el("input", id=identifier, name=key, type="number", value=value, required=True)
    elif parameter.type == "xsd:date":
        # A browser's own field would be in the order of its country, and this is not.
        control = el(
            "input",
            id=identifier,
            name=key,
            value=value,
            placeholder="2026-01-31",
            pattern=r"\d{4}-\d{2}-\d{2}",
            title="year-month-day, as 2026-01-31",
            required=True,
        )
    else:
        control = name_input(identifier, parameter.name, parameter.type, value)
    return _field(identifier, parameter.name.replace("_", " "), control, parameter.summary)


def question_form(question: Question, given: Given) -> Html:
    """Ask for the parameters of a question, if it has any; `given` is what the fields hold."""
    if not question.parameters:
        return Html()
    fields = [_parameter(question, one, given) for one in question.parameters]
    if question.basis:
        chosen = given.get(BASIS.name) or BASIS.default
        identifier = f"{question.name}-{BASIS.name}"
        control = _select(identifier, BASIS.name, chosen, _CHOICES[BASIS.name])
        fields.append(_field(identifier, BASIS.name, control))
    return el("form", *fields, el("button", "Ask"), action=f"/ask/{question.name}", class_="ask")


def why_form(given: Given) -> Html:
    """Ask for one node, or for two actors."""
    second = name_input("why-b", "b", "nr:Actor", given.get("b", ""), required=False)
    return el(
        "form",
        _field("why-a", "a", name_input("why-a", "a", "owl:Thing", given.get("a", ""))),
        _field("why-b", "b", second, "leave it empty for the claims about one node"),
        el("button", "Show the evidence"),
        action="/why",
        class_="ask",
    )


def _select(identifier: str, name: str, chosen: str, options: Mapping[str, str]) -> Html:
    if chosen not in options:
        options = {**options, chosen: chosen}
    items = (
        el("option", text, value=value, selected=value == chosen) for value, text in options.items()
    )
    return el("select", items, id=identifier, name=name)


def network_form(given: Given) -> Html:
    """Ask for the policy of a network."""
    fields = []
    for option in NETWORK:
        name, value = option.name, filled(given)[option.name]
        choices = _CHOICES.get(name) or {one: one.replace("-", " ") for one in option.choices}
        if choices:
            control = _select(f"network-{name}", name, value, choices)
        else:
            number = option.form == "N"
            control = el(
                "input",
                id=f"network-{name}",
                name=name,
                value=value,
                type="number" if number else "text",
                min=1 if number else None,
                placeholder="year, month or day" if option.form == "DATE" else None,
            )
        fields.append(_field(f"network-{name}", name.replace("-", " "), control))
    return el("form", *fields, el("button", "Draw"), action="/network", class_="ask policy")


def is_blank(name: str, given: Given) -> bool:
    """Tell whether a resource was not asked for anything yet, and a form is due."""
    if name == "ask" and list(given) == ["question"]:
        question = catalogue.questions().get(given["question"])
        return question is not None and any(one.default is None for one in question.parameters)
    return name == "why" and not given


@lru_cache(maxsize=1)
def setup() -> bytes:
    """Write what the editor has to know, as JSON: named questions as examples, and formats."""
    examples = [
        {"name": one.name, "summary": one.summary, "query": one.query}
        for one in catalogue.questions().values()
    ]
    forms = {
        kind: [
            {"name": form.name, "type": bare(form.media_type), "extension": form.extension}
            for form in table.values()
        ]
        for kind, table in (("solutions", formats.SOLUTIONS), ("graphs", formats.GRAPHS))
    }
    return json.dumps({"examples": examples, "formats": forms}, ensure_ascii=False).encode()


def refusal_page(
    status: int,
    message: str,
    advice: Html | str = "",
    resource: str = "",
    given: Mapping[str, str] = {},
    path: str = "",
) -> str:
    """Write what went wrong, with `advice`, and the form of the resource that was asked for.

    Where nothing is, with a way on; the `path` is what was asked for.
    """
    forms = {"ask": _ask_form, "why": why_form, "network": network_form}
    return page(
        _TITLES.get(status, "No answer"),
        el("p", _sentence(message), class_="wrong"),
        advice,
        forms[resource](given) if resource in forms else "",
        way_on(given.get("name") or path.rpartition("/")[2], bool(path)) if status == 404 else "",
        here=f"/{resource}" if resource in forms else "",
    )


def way_on(typed: str, address: bool) -> Html:
    """Lead on from where nothing is: a search for what was typed, and all pages.

    Args:
        typed: What leads nowhere.
        address: Whether that is the end of an address, and no name; then with what comes near.
    """
    typed = typed[:_TYPED]
    asked, pages = catalogue.questions(), {path[1:]: name for path, name in NAVIGATION}
    names = nearest(typed, [*asked, *filter(None, pages)]) if address else []
    near = [
        el("a", pages[one], href=f"/{one}")
        if one in pages
        else el("a", asked[one].summary, href=f"/ask/{one}")
        for one in names
    ]
    search = el(
        "form",
        _field("seek", "Find a node", name_input("seek", "name", "owl:Thing", typed)),
        el("button", "Find"),
        action="/show",
        class_="ask",
        aria_label="Find what is meant",
    )
    return join(
        el("p", "Near to that: ", several(near)) if near else "",
        search,
        el("p", "Or go to ", several(el("a", name, href=path) for path, name in NAVIGATION), "."),
    )


def mentioned(nodes: Iterable[Named]) -> Html:
    """Say what a graph tells most of, where a name leads nowhere."""
    links = [*map(link, nodes)]
    return el("p", "The graph tells most of ", several(links), ".") if links else Html()


def _ask_form(given: Given) -> Html:
    question = catalogue.questions().get(given.get("question", ""))
    return question_form(question, given) if question else Html()


def advice(error: PassexError, resource: str, given: Mapping[str, str]) -> Html:
    """Say what to do about an error; names that come near are links to what they lead to."""
    wrong = (name for name, value in given.items() if value and error.name.endswith(value))
    key = next(wrong, None)
    if key is None or not error.near:
        return el("p", _sentence(error.hint)) if error.hint else Html()
    links = []
    for name in error.near:
        asked = {**given, key: name}
        paths = {"ask": f"/ask/{asked.pop('question', '')}", "entity": "/show"}
        path = paths.get(resource, f"/{resource}")
        links.append(el("a", name, href=f"{path}?{urlencode(asked)}" if asked else path))
    return el("p", "Did you mean ", several(links), "?")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".")) else ".")
