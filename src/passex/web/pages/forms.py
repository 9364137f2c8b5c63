"""The forms for questions, networks and evidence: each asks for the parameters of an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ...network.policy import MEASURE, OPTIONS, WEIGHT
from ...questions import catalogue
from ...questions.catalogue import Parameter, Question
from ..inquiries import NETWORK
from .frame import name_input, page
from .markup import Html, el

Given = Mapping[str, str]

_INCLUDE: Final = {
    "held,under-way": "held and under way",
    "held": "held",
    "held,under-way,planned": "held, under way and planned",
    "planned": "planned",
}


def _field(identifier: str, name: str, control: Html, hint: str = "") -> Html:
    about = el("small", hint, id=f"{identifier}-hint") if hint else ""
    return el("div", el("label", name, for_=identifier), control, about, class_="field")


def _parameter(question: Question, parameter: Parameter, given: Given) -> Html:
    identifier = f"{question.name}-{parameter.name}"
    value = given.get(parameter.name) or parameter.default or ""
    kinds = {"xsd:integer": "number", "xsd:date": "date"}
    if parameter.type in kinds:
        kind = kinds[parameter.type]
        control = el(
            "input", id=identifier, name=parameter.name, type=kind, value=value, required=True
        )
    else:
        control = name_input(identifier, parameter.name, parameter.type, value)
    return _field(identifier, parameter.name.replace("_", " "), control, parameter.summary)


def question_form(question: Question, given: Given, button: str = "Ask") -> Html:
    """Ask for the parameters of a question, if it has any; `given` is what the fields hold."""
    if not question.parameters:
        return Html()
    fields = (_parameter(question, one, given) for one in question.parameters)
    return el("form", *fields, el("button", button), action=f"/ask/{question.name}", class_="ask")


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


def _select(name: str, chosen: str, options: Mapping[str, str]) -> Html:
    if chosen not in options:
        options = {**options, chosen: chosen}
    return el(
        "select",
        *(
            el("option", text, value=value, selected=value == chosen)
            for value, text in options.items()
        ),
        id=f"network-{name}",
        name=name,
    )


def network_form(given: Given) -> Html:
    """Ask for the policy of a network."""
    value = {**NETWORK, **{name: text for name, text in given.items() if text}}

    def same(names: Iterable[str]) -> dict[str, str]:
        return {name: name.replace("-", " ") for name in names}

    choices = {
        **{one.name: same(one.choices) for one in (*OPTIONS, MEASURE, WEIGHT) if one.choices},
        "include": _INCLUDE,
        "communities": {"false": "no", "true": "yes"},
    }
    fields = []
    for name in NETWORK:
        if name in choices:
            control = _select(name, value[name], choices[name])
        else:
            number = name == "min-events"
            control = el(
                "input",
                id=f"network-{name}",
                name=name,
                value=value[name],
                type="number" if number else "text",
                min=1 if number else None,
                placeholder="year or day" if name in ("since", "until") else None,
            )
        fields.append(_field(f"network-{name}", name.replace("-", " "), control))
    return el("form", *fields, el("button", "Draw"), action="/network", class_="ask policy")


def questions_page() -> str:
    """Write the page of all named questions, each with its form."""
    items = []
    for question in catalogue.questions().values():
        title = el("a", question.summary, href=f"/ask/{question.name}")
        items.append(
            el(
                "li",
                el("h2", title, id=question.name),
                el("p", el("code", question.name), class_="usage"),
                question_form(question, {}),
            )
        )
    intro = "Each question has an address, and gives its answer as a table, as JSON or as CSV."
    return page(
        "Questions",
        el("h1", "Questions"),
        el("p", intro),
        el("ul", *items, class_="questions"),
        here="/ask",
    )


def blank(name: str, given: Given) -> str | None:
    """Write the page of a resource that was not asked for anything yet.

    Returns:
        The page with its form; None where there is something to answer.
    """
    if name == "why" and not given:
        return page(
            "Evidence",
            el("h1", "Evidence"),
            el("p", "What proves that two actors trained together, or what is said of a node?"),
            why_form({}),
            here="/why",
        )
    if name == "ask" and list(given) == ["question"]:
        question = catalogue.questions().get(given["question"])
        if question and any(one.default is None for one in question.parameters):
            return page(
                question.summary,
                el("h1", question.summary),
                question_form(question, {}),
                here="/ask",
            )
    return None
