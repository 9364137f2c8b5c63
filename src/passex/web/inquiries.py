"""Values by the parameters of an address: an answer, evidence, a network, a node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..api.knowledge import KnowledgeGraph
from ..errors import QueryError, UnknownNameError
from ..graph.store import Store
from ..network.policy import MEASURE, OPTIONS, WEIGHT, Policy

if TYPE_CHECKING:
    from ..evidence.portraits import Portrait
    from ..evidence.why import NodeClaims, Reasons
    from ..graph.rows import Table
    from ..network.communities import Communities
    from ..network.model import Network
    from ..network.ranking import Ranking
    from ..questions.answers import Answer
    from ..questions.catalogue import Question

Parameters = Mapping[str, str]
#: So many names are offered to complete what was typed.
_NAMES: Final = 20


def _only(given: Parameters, *known: str) -> None:
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise QueryError(f"'{name}' is no parameter here", f"the parameters: {listed}")


def _needed(given: Parameters, name: str, what: str) -> str:
    if not given.get(name):
        raise QueryError(f"the parameter '{name}' is missing", f"give {what}")
    return given[name]


def ask(kg: KnowledgeGraph, given: Parameters) -> Answer:
    """Answer a named question."""
    from ..questions import catalogue

    question = catalogue.find(given["question"])
    named = {key: value for key, value in given.items() if key != "question"}
    _only(named, *(parameter.name for parameter in question.parameters))
    values = []
    for parameter in question.parameters:
        value = named.get(parameter.name) or parameter.default
        values.append(value or _needed(named, parameter.name, parameter.summary))
    return kg.ask(question.name, *values)


def why(kg: KnowledgeGraph, given: Parameters) -> Reasons | NodeClaims:
    """Collect the evidence behind a tie, or the claims about a node."""
    _only(given, "a", "b")
    a = _needed(given, "a", "the name of an actor, or without 'b' of any node")
    return kg.why(a, given["b"]) if given.get("b") else kg.why(a)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known about a node, and the graph that knows it.

    Attributes:
        portrait: What the graph says of it.
        store: The graph.
    """

    portrait: Portrait
    store: Store

    def table(self) -> Table:
        """Give what is known as rows."""
        return self.portrait.table()

    def questions(self) -> list[tuple[Question, str]]:
        """Find the named questions that can be asked about the node, each with the parameter."""
        node = ox.NamedNode(self.portrait.node.iri)
        rows = self.store.query(
            "SELECT ?node ?class { ?node a/rdfs:subClassOf* ?class }", {"node": node}
        )
        assert isinstance(rows, ox.QuerySolutions)
        classes = {row["class"].value for row in rows}
        found = []
        for question in _questions():
            needed = [one for one in question.parameters if one.default is None]
            if len(needed) == 1 and classes.intersection(needed[0].classes):
                found.append((question, needed[0].name))
        return found


@lru_cache(maxsize=1)
def _questions() -> tuple[Question, ...]:
    from ..questions import catalogue

    return tuple(catalogue.questions().values())


def show(kg: KnowledgeGraph, given: Parameters) -> Subject:
    """Collect everything about a node, by any of its names."""
    from ..evidence import portraits
    from . import terms as ontology

    _only(given, "name")
    name = _needed(given, "name", "the name of a node")
    try:
        return Subject(kg.show(name), kg.store)
    except UnknownNameError:
        # Claims, evidence and terms of the ontology are nobody's answer to a name: by their IRIs
        # they have a page, too, so that every node in an answer leads somewhere.
        node = ontology.node(kg.store, name)
        if node is None:
            raise
        return Subject(portraits.portrait(kg.store, node), kg.store)


def entity(kg: KnowledgeGraph, given: Parameters) -> Subject:
    """Collect everything about a node, by its local or prefixed name."""
    name = given["name"]
    return show(kg, {**given, "name": name if ":" in name else f"id:{name}"})


def complete(kg: KnowledgeGraph, given: Parameters) -> list[dict[str, str]]:
    """Find the names that what was typed may be going to be."""
    from ..graph import names
    from ..graph.terms import shorten
    from ..questions.catalogue import Parameter

    _only(given, "q", "kinds")
    kinds = Parameter("", given.get("kinds") or "owl:Thing").classes
    found = names.complete(kg.store, given.get("q", ""), *kinds)[:_NAMES]
    return [
        {
            "name": name,
            "label": node.label,
            "kind": node.kind,
            "short": shorten(node.iri),
        }
        for name, node in found
    ]


def terms(kg: KnowledgeGraph, given: Parameters) -> object:
    """List the prefixes and the terms of the ontology."""
    from . import terms as ontology

    _only(given)
    return ontology.of(kg.store)


#: The parameters of a network with their defaults, as those of ``passex network``.
NETWORK: Final[dict[str, str]] = {
    **{option.name: option.default for option in (*OPTIONS, MEASURE, WEIGHT)},
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


def network(kg: KnowledgeGraph, given: Parameters) -> Ranked:
    """Build a network, with its ranking and its groups."""
    _only(given, *NETWORK)
    value = {**NETWORK, **{name: text for name, text in given.items() if text}}
    if value["communities"] not in ("true", "false"):
        raise QueryError(f"'{value['communities']}' is neither true nor false", "use one of them")
    found = kg.ties(Policy.parse({name: text for name, text in value.items() if text}))
    ranks = kg.rank(found, value["measure"], value["weight"])
    groups = kg.communities(found, value["weight"]) if value["communities"] == "true" else None
    return Ranked(found, ranks, value["weight"], groups)
