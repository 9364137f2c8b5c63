"""What has an address besides SPARQL: questions, evidence, networks and nodes.

A resource computes a value from a store and parameters, and has a writer for each media type in
which it can be had. A further representation is one more writer in its table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .. import vocabulary
from ..errors import PassexError, QueryError, UnknownNameError
from ..store import Store
from .negotiation import choose

Parameters = Mapping[str, str]
Writer = Callable[[Any], str]
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of answer.

    Attributes:
        compute: Makes the value.
        writers: Writes the value, by media type; the first is the default.
    """

    compute: Callable[[Store, Parameters], Any]
    writers: Mapping[str, Writer]


def _only(given: Parameters, *known: str) -> None:
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise QueryError(f"'{name}' is no parameter here", f"the parameters: {listed}")


def _needed(given: Parameters, name: str, what: str) -> str:
    if not given.get(name):
        raise QueryError(f"the parameter '{name}' is missing", f"give {what}")
    return given[name]


def _ask(store: Store, given: Parameters) -> object:
    from .. import answers, catalogue

    try:
        question = catalogue.find(given["question"])
    except QueryError as error:
        raise UnknownNameError(error.message, error.hint) from None
    named = {key: value for key, value in given.items() if key != "question"}
    _only(named, *(parameter.name for parameter in question.parameters))
    values = []
    for parameter in question.parameters:
        value = named.get(parameter.name) or parameter.default
        values.append(value or _needed(named, parameter.name, parameter.summary))
    return answers.ask(store, question, values)


def _why(store: Store, given: Parameters) -> object:
    from .. import names, why

    _only(given, "a", "b")
    a, b = (names.resolve(store, _needed(given, one, "the name of an actor")) for one in "ab")
    return why.why(store, a, b)


def _show(store: Store, given: Parameters) -> object:
    from .. import names, portraits

    _only(given, "name")
    name = _needed(given, "name", "the name of a node")
    return portraits.portrait(store, names.resolve(store, name, *vocabulary.THINGS))


def _entity(store: Store, given: Parameters) -> object:
    name = given["name"]
    return _show(store, {**given, "name": name if ":" in name else f"id:{name}"})


#: The parameters of a network with their defaults, as those of ``passex network``.
NETWORK: Final[dict[str, str]] = {
    "level": "service",
    "include": "held,under-way",
    "domain": "naval",
    "since": "",
    "until": "",
    "min-events": "1",
    "measure": "strength",
    "weight": "newman",
    "communities": "false",
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A network with what is said about it.

    Attributes:
        network: The network.
        ranking: Its ranking.
        weight: ``newman`` or ``count``.
        groups: Its groups, if they were asked for.
    """

    network: Any
    ranking: Any
    weight: str
    groups: Any


def _network(store: Store, given: Parameters) -> Ranked:
    from .. import communities, measures, projection, ranking
    from ..network import Policy

    _only(given, *NETWORK)
    value = {**NETWORK, **{name: text for name, text in given.items() if text}}
    _one_of("measure", value["measure"], *measures.MEASURES)
    _one_of("weight", value["weight"], "newman", "count")
    _one_of("communities", value["communities"], "true", "false")
    if not value["min-events"].isdecimal():
        raise QueryError(f"'{value['min-events']}' is no number of exercises", "give 1 or more")
    policy = Policy(
        value["level"],
        tuple(dict.fromkeys(part.strip() for part in value["include"].split(",") if part.strip())),
        value["domain"],
        value["since"] or None,
        value["until"] or None,
        int(value["min-events"]),
    )
    found = projection.build(store, policy)
    attribute = "weight" if value["weight"] == "newman" else "count"
    groups = communities.divide(found, attribute) if value["communities"] == "true" else None
    ranks = ranking.rank(store, found, value["measure"], attribute)
    return Ranked(found, ranks, value["weight"], groups)


def _one_of(name: str, value: str, *known: str) -> None:
    if value not in known:
        raise QueryError(f"'{value}' is no {name}", f"use one of {', '.join(known)}")


def _document(found: Ranked) -> str:
    from .. import listings

    return listings.document(found.network, found.ranking, found.weight, found.groups)


def _rows(form: str) -> Writer:
    def write(found: Ranked) -> str:
        from .. import listings

        return listings.rows(found.network, form)

    return write


def _cells(form: str) -> Writer:
    def write(answer: Any) -> str:
        from .. import tables

        return tables.FORMATS[form](answer)

    return write


def _plain(value: object) -> str:
    from .. import tables

    return tables.plain(value)


_TEXT: Final = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "jsonl": "application/jsonl",
    "markdown": "text/markdown; charset=utf-8",
}

#: The resources by name.
RESOURCES: Final[dict[str, Resource]] = {
    "ask": Resource(_ask, {JSON: _cells("json"), **{_TEXT[form]: _cells(form) for form in _TEXT}}),
    "why": Resource(_why, {JSON: _plain}),
    "network": Resource(
        _network, {JSON: _document, **{_TEXT[form]: _rows(form) for form in _TEXT}}
    ),
    "entity": Resource(_entity, {JSON: _plain}),
    "show": Resource(_show, {JSON: _plain}),
}


def negotiated(name: str, accept: str | None) -> str | None:
    """Choose the media type of a resource.

    Args:
        name: The resource.
        accept: The Accept header.

    Returns:
        The media type; None where nothing is acceptable.
    """
    writers = RESOURCES[name].writers
    return choose(accept, {full: [full.partition(";")[0]] for full in writers})


def answer(store: Store, name: str, given: Parameters, media_type: str) -> tuple[int, bytes]:
    """Compute a resource and write it.

    Args:
        store: A store with its derived triples.
        name: The resource.
        given: Its parameters.
        media_type: One of its media types.

    Returns:
        The status and the body; an error is a JSON object with ``error`` and ``hint``.
    """
    resource = RESOURCES[name]
    try:
        return 200, resource.writers[media_type](resource.compute(store, given)).encode()
    except PassexError as error:
        body = {"error": error.message, "hint": error.hint}
        return 404 if isinstance(error, UnknownNameError) else 400, (
            json.dumps(body, ensure_ascii=False) + "\n"
        ).encode()
