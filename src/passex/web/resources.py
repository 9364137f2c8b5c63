"""What has an address besides SPARQL: questions, evidence, networks and nodes.

A resource computes a value from a store and parameters, and has a writer for each media type in
which it can be had. A further representation is one more writer in its table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..errors import PassexError, QueryError, UnknownNameError
from ..graph import KnowledgeGraph
from ..store import Store
from .negotiation import choose

if TYPE_CHECKING:
    from ..answers import Answer
    from ..communities import Communities
    from ..network import Network
    from ..ranking import Ranking
    from ..rows import Table, Tabular

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

    compute: Callable[[KnowledgeGraph, Parameters], Any]
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


def _ask(kg: KnowledgeGraph, given: Parameters) -> Answer:
    from .. import catalogue

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
    return kg.ask(question.name, *values)


def _why(kg: KnowledgeGraph, given: Parameters) -> Tabular:
    _only(given, "a", "b")
    a = _needed(given, "a", "the name of an actor, or without 'b' of any node")
    return kg.why(a, given["b"]) if given.get("b") else kg.why(a)


def _show(kg: KnowledgeGraph, given: Parameters) -> Tabular:
    _only(given, "name")
    return kg.show(_needed(given, "name", "the name of a node"))


def _entity(kg: KnowledgeGraph, given: Parameters) -> Tabular:
    name = given["name"]
    return _show(kg, {**given, "name": name if ":" in name else f"id:{name}"})


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

    network: Network
    ranking: Ranking
    weight: str
    groups: Communities | None

    def table(self) -> Table:
        """Give the ties."""
        return self.network.table()


def _network(kg: KnowledgeGraph, given: Parameters) -> Ranked:
    from ..network import Policy

    _only(given, *NETWORK)
    value = {**NETWORK, **{name: text for name, text in given.items() if text}}
    if value["communities"] not in ("true", "false"):
        raise QueryError(f"'{value['communities']}' is neither true nor false", "use one of them")
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
    found = kg.ties(policy)
    ranks = kg.rank(found, value["measure"], value["weight"])
    groups = kg.communities(found, value["weight"]) if value["communities"] == "true" else None
    return Ranked(found, ranks, value["weight"], groups)


def _document(found: Ranked) -> str:
    from .. import listings

    return listings.document(found.network, found.ranking, found.weight, found.groups)


def _plain(value: object) -> str:
    from .. import tables

    return tables.plain(value)


def _rows(form: str) -> Writer:
    def write(found: Any) -> str:
        from .. import tables

        return tables.FORMATS[form](found.table())

    return write


def _writers(document: Writer) -> dict[str, Writer]:
    return {
        JSON: document,
        "text/csv; charset=utf-8": _rows("csv"),
        "text/tab-separated-values; charset=utf-8": _rows("tsv"),
        "application/jsonl": _rows("jsonl"),
        "text/markdown; charset=utf-8": _rows("markdown"),
    }


#: The resources by name.
RESOURCES: Final[dict[str, Resource]] = {
    "ask": Resource(_ask, _writers(_rows("json"))),
    "why": Resource(_why, _writers(_plain)),
    "network": Resource(_network, _writers(_document)),
    "entity": Resource(_entity, _writers(_plain)),
    "show": Resource(_show, _writers(_plain)),
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
        return 200, resource.writers[media_type](
            resource.compute(KnowledgeGraph(store), given)
        ).encode()
    except PassexError as error:
        body = {"error": error.message, "hint": error.hint}
        return 404 if isinstance(error, UnknownNameError) else 400, (
            json.dumps(body, ensure_ascii=False) + "\n"
        ).encode()
