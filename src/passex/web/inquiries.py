"""Values by the parameters of an address: an answer, evidence, a network, a node, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..api.knowledge import KnowledgeGraph
from ..errors import QueryError, UnknownNameError
from ..graph import labelling, names
from ..graph.store import Store
from ..graph.terms import OWL, PREFIXES, SKOS, expand, shorten
from ..network import division
from ..network.division import Division
from ..network.policy import BASIS, EVERY, FIGURES, OPTIONS, WEIGHT, Option, Policy
from ..questions import catalogue

if TYPE_CHECKING:
    from ..api.exportable import SourcedNetwork
    from ..evidence.naming import NodeClaims
    from ..evidence.portraits import Portrait
    from ..evidence.why import Reasons
    from ..graph.rows import Table
    from ..network.communities import Communities
    from ..network.ranking import Ranking
    from ..network.series import Series
    from ..questions.answers import Answer

Parameters = Mapping[str, str]
#: The parameter of all pages that says which part of a long answer is shown.
PAGE: Final = "page"
#: So many names are offered to complete what was typed.
_NAMES: Final = 20
#: What a query can use, by its class.
_KINDS: Final = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    SKOS.Concept: "concept",
}
_QUERY: Final = f"""SELECT ?term ?kind (SAMPLE(?text) AS ?definition) {{
    VALUES ?kind {{ {" ".join(f"<{kind}>" for kind in _KINDS)} }}
    ?term a ?kind OPTIONAL {{ ?term skos:definition ?text }}
}} GROUP BY ?term ?kind"""


def only(given: Parameters, *known: str) -> None:
    """Refuse parameters that are not known; raises `QueryError`."""
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise QueryError(f"'{name}' is no parameter here", f"the parameters: {listed}")


def _needed(given: Parameters, name: str, what: str) -> str:
    if not given.get(name):
        raise QueryError(f"the parameter '{name}' is missing", f"give {what}")
    return given[name]


def ask(kg: KnowledgeGraph, given: Parameters, limit: int | None = None) -> Answer:
    """Answer a named question, with so many rows at the most."""
    question = catalogue.find(given["question"])
    named = {key: value for key, value in given.items() if key != "question"}
    only(named, *(parameter.name for parameter in question.parameters), BASIS.name)
    values = []
    for parameter in question.parameters:
        value = named.get(parameter.name) or parameter.default
        values.append(value or _needed(named, parameter.name, parameter.summary))
    basis = named.get(BASIS.name) or BASIS.default
    return kg.ask(question.name, *values, basis=basis, limit=limit)


def why(kg: KnowledgeGraph, given: Parameters) -> Reasons | NodeClaims:
    """Collect the evidence behind a tie, or the claims about a node."""
    only(given, "a", "b", *(option.name for option in WHY))
    a = _needed(given, "a", "the name of an actor, or without 'b' of any node")
    everything = given.get("all") or _ALL.default
    if everything not in _ALL.choices:
        raise QueryError(f"'{everything}' is neither true nor false", "use one of them")
    every = everything == "true"
    if not given.get("b"):
        return kg.why(a, everything=every)
    asked = {name: text for name, text in given.items() if text}
    policy = Policy.parse(asked) if any(option.name in asked for option in OPTIONS) else None
    return kg.why(a, given["b"], policy=policy, everything=every)


_ALL: Final = Option("all", "false", "Whether to give all of it.", ("true", "false"))
#: What can be said of the evidence behind a tie: the network that has or hasn't got it.
WHY: Final = (*OPTIONS, _ALL)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known about a node, and the graph that knows it."""

    portrait: Portrait
    store: Store

    def table(self) -> Table:
        """Give what is known as rows."""
        return self.portrait.table()

    def questions(self) -> list[tuple[catalogue.Question, str]]:
        """Find the named questions that can be asked about the node, each with the parameter."""
        node = ox.NamedNode(self.portrait.node.iri)
        within = "SELECT ?node ?class { ?node (a/rdfs:subClassOf*)|skos:inScheme ?class }"
        rows = self.store.query(within, {"node": node})
        assert isinstance(rows, ox.QuerySolutions)
        classes = {row["class"].value for row in rows}
        found = []
        for question in _questions().values():
            needed = [one for one in question.parameters if one.default is None]
            if len(needed) == 1 and classes.intersection(needed[0].classes):
                found.append((question, needed[0].name))
        return found


_questions = lru_cache(maxsize=1)(catalogue.questions)


def show(kg: KnowledgeGraph, given: Parameters) -> Subject:
    """Collect everything about a node, by any of its names."""
    from ..evidence import portraits

    only(given, "name")
    name = _needed(given, "name", "the name of a node")
    try:
        return Subject(kg.show(name), kg.store)
    except UnknownNameError:
        # Claims, evidence and terms of the ontology are nobody's answer to a name: by their IRIs
        # they have a page, too, so that every node in an answer leads somewhere.
        node = _node(kg.store, name)
        if node is None:
            raise
        return Subject(portraits.portrait(kg.store, node), kg.store)


def entity(kg: KnowledgeGraph, given: Parameters) -> Subject:
    """Collect everything about a node, by its local or prefixed name."""
    name = given["name"]
    return show(kg, {**given, "name": name if ":" in name else f"id:{name}"})


def complete(kg: KnowledgeGraph, given: Parameters) -> list[dict[str, str]]:
    """Find the names that what was typed may be going to be."""
    only(given, "q", "kinds")
    kinds = catalogue.Parameter("", given.get("kinds") or "owl:Thing").classes
    found = names.complete(kg.store, given.get("q", ""), *kinds)[:_NAMES]
    return [
        {"name": name, "label": node.label, "kind": node.kind, "short": shorten(node.iri)}
        for name, node in found
    ]


def terms(kg: KnowledgeGraph, given: Parameters) -> object:
    """List the prefixes, and the terms of the ontology with what it says of them."""
    only(given)
    kinds = {
        str(iri): (_KINDS[str(kind)], text or "")
        for iri, kind, text in kg.store.rows(_QUERY)
        if not str(iri).startswith("_:")
    }
    labels = labelling.labels(kg.store, kinds)
    listed = [
        {"name": shorten(iri), "kind": kind, "label": labels[iri], "definition": definition}
        for iri, (kind, definition) in kinds.items()
    ]
    return {"prefixes": PREFIXES, "terms": sorted(listed, key=lambda term: term["name"])}


_COMMUNITIES: Final = Option(
    "communities",
    "false",
    "Whether to give groups, and by which method.",
    ("true", "false", *division.METHODS),
)
_BY: Final = Option(
    "by", "", "The measure of each actor year by year, in networks of one policy.", ("year",)
)
#: The parameters of a network, as those of ``passex network``.
NETWORK: Final = (*OPTIONS, FIGURES, WEIGHT, _COMMUNITIES, *division.OPTIONS[1:], _BY)


def filled(given: Parameters) -> dict[str, str]:
    """Give the parameters of a network with the defaults of those that are missing or empty."""
    return {option.name: given.get(option.name) or option.default for option in NETWORK}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A network with its ranking, and its groups if they were asked for."""

    network: SourcedNetwork
    ranking: Ranking
    weight: str
    groups: Communities | None

    def table(self) -> Table:
        """Give the ties."""
        return self.network.table()


def network(kg: KnowledgeGraph, given: Parameters) -> Ranked | Series:
    """Build a network, with its ranking and its groups; or measure its actors year by year."""
    only(given, *(option.name for option in NETWORK))
    value = filled(given)
    divided = value["communities"]
    if divided not in _COMMUNITIES.choices:
        raise QueryError(
            f"'{divided}' is no way to divide a network",
            f"use one of {', '.join(_COMMUNITIES.choices)}",
        )
    if divided in ("true", "false"):
        value["communities"] = division.DEFAULT.method
    by = Division.parse(value)
    policy = Policy.parse({name: text for name, text in value.items() if text})
    if value["by"]:
        _check_series(value["by"], divided, value["measure"])
        return kg.series(policy, value["measure"], value["weight"])
    found = kg.ties(policy, value["weight"])
    ranks = kg.rank(found, value["measure"], value["weight"])
    groups = None if divided == "false" else kg.communities(found, value["weight"], *astuple(by))
    return Ranked(found, ranks, value["weight"], groups)


def _check_series(by: str, divided: str, measure: str) -> None:
    if by not in _BY.choices:
        raise QueryError(f"'{by}' is nothing to go by", f"use {' or '.join(_BY.choices)}")
    if divided != "false" or measure == EVERY:
        what = "groups" if divided != "false" else "measures all together"
        raise QueryError(f"a series by year has no {what}", "ask for one measure, and no groups")


def _node(store: Store, name: str) -> labelling.Node | None:
    """Find a node of any class by its IRI or prefixed name; None where nothing is said of it."""
    iri = expand(name.strip())
    try:
        subject = ox.NamedNode(iri or "")
    except ValueError:
        return None
    default = ox.DefaultGraph()
    if next(store.engine.quads_for_pattern(subject, None, None, default), None) is None:
        return None
    label = labelling.labels(store, [subject.value])[subject.value]
    return labelling.Node(label, subject.value, labelling.kind_of(store, subject.value))
