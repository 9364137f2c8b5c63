"""Derivation of a part of a graph: of some nodes, from their facts and what rules see beside them.

What the rules derive of an exercise follows from that exercise, with its phases, its contingents
and the claims about it, and from what is shared: to what its participants belong, what words mean,
how things are called. So a part is cut out with all of that into a small store, where the rules are
applied as they are. What they derive of the nodes of the part is exact there; what they derive of
the rest is left. The parts may be cut anyhow, if only `together` stays together, and united.

The same serves a large graph, part by part, and a changed one, of which a part is derived again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import pyoxigraph as ox

from . import folding, rules
from .reach import DEFAULT, MEMBERSHIP, NAMED, TIES, WORK, Node, is_node, objects, subjects
from .store import Store
from .terms import (
    DCTERMS,
    DERIVED,
    FILLED,
    LABELLING,
    NAMES,
    NR,
    OA,
    ORG,
    RDF,
    RDFS,
    SKOS,
    W,
)

_FILLED: Final = ox.NamedNode(FILLED)
_NAMES: Final = ox.NamedNode(NAMES)
_DERIVED: Final = frozenset(DERIVED)
_OWNED: Final = tuple(ox.NamedNode(name) for name in sorted(_DERIVED - TIES))
_TIES: Final = tuple(ox.NamedNode(name) for name in sorted(TIES))
_IN: Final = ox.NamedNode(W["in"])
_ABOUT: Final = ox.NamedNode(NR.about)
#: What makes an event: nothing of this is to be derived for one that is of another part.
_NOT_BESIDE: Final = _DERIVED | {NR.hasParticipant}
#: Who or what is named here may stand for others.
_ACTORS: Final = frozenset({NR.hasParticipant, ORG.member, ORG.organization})
#: By what a claim or a membership names something whose label goes into its own.
_NAMING: Final = frozenset(NAMED)
#: No navy, and nothing that stands for one.
_NO_NAVY: Final = frozenset({NR.Ship, NR.Formation, NR.Person})
#: So many actors are kept in mind.
_KEPT: Final = 10_000
_DATES: Final = (NR.earliest, NR.latest)
_MEANING: Final = (SKOS.broader, SKOS.related)


class Shared:
    """What the parts of a graph share: which class is below which, and what belongs to what.

    Attributes:
        quads: What is said of classes.
        actors: What was found of actors, of which most are met again and again.
    """

    def __init__(self, engine: ox.Store) -> None:
        self.actors: dict[Node, _Actor] = {}
        below = ox.NamedNode(RDFS.subClassOf)
        self.quads = list(engine.quads_for_pattern(None, below, None, DEFAULT))
        self._direct: dict[str, list[str]] = {}
        for quad in self.quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._direct.setdefault(quad.subject.value, []).append(quad.object.value)

    def above(self, classes: Iterable[Node]) -> set[str]:
        """List classes with those above them."""
        todo = [str(kind)[1:-1] for kind in classes]
        found: set[str] = set()
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self._direct.get(name, ())
        return found

    def may_be_navy(self, engine: ox.Store, node: Node) -> bool:
        """Tell whether a state in a naval exercise may stand for a node."""
        kinds = self.above(objects(engine, node, RDF.type))
        return NR.Navy in kinds or not kinds & _NO_NAVY


@dataclass(frozen=True, slots=True)
class _Actor:
    """What rules have to see of an actor.

    Attributes:
        facts: What is said of it, of its affiliations, and in the claims about these, by node.
        kinds: Of which kinds it is.
        whole: To what it belongs, and what stands for it, if it is a state.
    """

    facts: dict[Node, list[ox.Quad]]
    kinds: list[Node]
    whole: list[Node]


class Cut:
    """The facts of some nodes, and of the rest what the rules have to see of it.

    Args:
        engine: The graph.
        nodes: The nodes of the part.
        shared: What its parts share.
        derived: Whether the rules were applied to the graph. What they filled in is left out of
            the part, and stays where it is beside it.
        attached: Whether the claims about the nodes are of the part too, with their evidence, and
            the zones of articles.

    Attributes:
        nodes: The nodes of the part.
    """

    def __init__(
        self,
        engine: ox.Store,
        nodes: Iterable[Node],
        shared: Shared,
        derived: bool = False,
        attached: bool = False,
    ) -> None:
        self.nodes = dict.fromkeys(nodes)
        self._engine = engine
        self._shared = shared
        self._derived = derived
        self._quads: list[ox.Quad] = []
        self._facts_of: dict[Node, list[ox.Quad]] = {}
        self._claims_on: dict[Node, list[Node]] = {}
        self._done: set[tuple[str, Node]] = set()
        if attached:
            self._attach()
        for node in self.nodes:
            self._own(node)

    def store(self) -> ox.Store:
        """Make a store of the facts."""
        engine = ox.Store()
        engine.extend(chain(self._shared.quads, self._quads, *self._facts_of.values()))
        return engine

    def _attach(self) -> None:
        todo, self.nodes = list(self.nodes), {}
        while todo:
            node = todo.pop()
            if not is_node(node):  # a claim about a literal, by mistake, has to be somewhere
                todo += [claim for claim in self._claims(node) if claim not in self.nodes]
            elif node not in self.nodes:
                self.nodes[node] = None
                todo += self._claims(node)
                for term in (NR.hasEvidence, NR.hasZone):
                    todo += self._values(node, term)

    def _facts(self, node: Node) -> list[ox.Quad]:
        """Add all that is said of a node."""
        facts = self._facts_of.get(node)
        if facts is None:
            quads = self._engine.quads_for_pattern(node, None, None, DEFAULT)
            if node not in self.nodes:
                facts = [q for q in quads if q.predicate.value not in _NOT_BESIDE]
            elif self._derived:
                facts = [
                    q
                    for q in quads
                    if q.predicate.value not in _DERIVED and not marked(self._engine, q)
                ]
            else:
                facts = list(quads)
            self._facts_of[node] = facts
        return facts

    def _values(self, node: Node, term: str) -> list[Node]:
        """List the nodes that are values of a property, and add what is said of the node."""
        return [
            quad.object
            for quad in self._facts(node)
            if quad.predicate.value == term and is_node(quad.object)
        ]

    def _some(self, node: Node, terms: Iterable[str]) -> list[Node]:
        """Add what is said of a node by some properties, and list the nodes among the values."""
        if node in self._facts_of:
            return [value for term in terms for value in self._values(node, term)]
        found = []
        for term in terms:
            for quad in self._engine.quads_for_pattern(node, ox.NamedNode(term), None, DEFAULT):
                self._quads.append(quad)
                if is_node(quad.object):
                    found.append(quad.object)
        return found

    def _claims(self, node: Node) -> list[Node]:
        """List the claims about a node."""
        found = self._claims_on.get(node)
        if found is None:
            found = self._claims_on[node] = list(subjects(self._engine, NR.about, node))
        return found

    def _first(self, what: str, node: Node) -> bool:
        """Tell whether this was not yet done for a node."""
        if (what, node) in self._done:
            return False
        self._done.add((what, node))
        return True

    def _own(self, node: Node) -> None:
        facts = self._facts(node)
        terms = {quad.predicate.value for quad in facts}
        for claim in self._claims(node):
            self._claim(claim)
        self._actor(node)
        for term in (NR.inContingent, NR.hasZone):
            name = ox.NamedNode(term)
            self._quads += self._engine.quads_for_pattern(None, name, node, DEFAULT)
        for quad in facts:
            term, value = quad.predicate.value, quad.object
            if NR.hasEvidence in terms:
                self._labels(quad.predicate)  # a claim is made of it
            if not is_node(value):
                continue
            if term in _NAMING or NR.hasEvidence in terms:
                self._labels(value)
            if term in _ACTORS:
                self._actor(value)
            elif term == NR.hasKind:
                self._kind(value)
            elif term == NR.hasEvidence:
                self._quote(value)
        if OA.exact in terms or OA.hasSource in terms:
            for source in self._sources(node):
                if self._first("zones", source):
                    for zone in self._some(source, (NR.hasZone,)):
                        self._facts(zone)

    def _labels(self, node: Node) -> None:
        """Add how a node is called, or what the rules call it by."""
        if not self._first("labels", node):
            return
        before = len(self._quads)
        self._some(node, LABELLING)
        if not any(q.predicate.value == RDFS.label for q in self._quads[before:]):
            for part in self._some(node, MEMBERSHIP):
                self._some(part, LABELLING)

    def _kind(self, node: Node) -> None:
        """Add what a kind means: of what it is, and of what that is."""
        if self._first("kind", node):
            for wider in self._some(node, _MEANING):
                self._kind(wider)

    def _claim(self, claim: Node) -> None:
        for quote in self._values(claim, NR.hasEvidence):
            self._quote(quote)

    def _quote(self, quote: Node) -> None:
        if self._first("quote", quote):
            for source in self._sources(quote):
                if self._first("dates", source):
                    self._some(source, _DATES)

    def _sources(self, quote: Node) -> list[Node]:
        """List what a quote is of, by what is said of it, or by its IRI."""
        found = self._values(quote, OA.hasSource)
        source, sharp, _ = str(quote)[1:-1].partition("#")
        if sharp and isinstance(quote, ox.NamedNode):
            found.append(ox.NamedNode(source))
        return found

    def _actor(self, node: Node) -> None:
        """Add a node with all that it belongs to, and the navies of the states among that."""
        todo = [node]
        while todo:
            one = todo.pop()
            if not self._first("actor", one):
                continue
            actor = self._shared.actors.get(one)
            if actor is None:
                actor = self._found(one)
                # Of a graph that is derived, what was filled in of the nodes is not to be seen.
                if not self._derived:
                    if len(self._shared.actors) >= _KEPT:
                        self._shared.actors.clear()
                    self._shared.actors[one] = actor
            for described, facts in actor.facts.items():
                if described in self.nodes:
                    self._facts(described)
                else:
                    self._facts_of.setdefault(described, facts)
            for kind in actor.kinds:
                self._kind(kind)
            todo += actor.whole

    def _found(self, node: Node) -> _Actor:
        links = list(subjects(self._engine, ORG.member, node))
        claims = [claim for link in links for claim in self._claims(link)]
        whole = [whole for link in links for whole in self._values(link, ORG.organization)]
        whole += self._values(node, ORG.subOrganizationOf)
        if NR.State in self._shared.above(self._values(node, RDF.type)):
            whole += self._navies(node)
        facts = {one: self._beside(one) for one in (node, *links, *claims)}
        return _Actor(facts, self._values(node, NR.hasKind), whole)

    def _beside(self, node: Node) -> list[ox.Quad]:
        return [q for q in self._facts(node) if q.predicate.value not in _NOT_BESIDE]

    def _navies(self, state: Node) -> Iterator[Node]:
        """List what stands for a state."""
        yield from subjects(self._engine, ORG.subOrganizationOf, state)
        for link in subjects(self._engine, ORG.organization, state):
            for member in objects(self._engine, link, ORG.member):
                if self._shared.may_be_navy(self._engine, member):
                    yield member


def marked(engine: ox.Store, quad: ox.Quad) -> bool:
    """Tell whether a triple was filled in."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) in engine


def together(engine: ox.Store, node: Node) -> Iterator[Node]:
    """List the nodes of which nothing can be derived without each other: an exercise, its phases.

    Args:
        engine: The graph.
        node: Any of them.

    Yields:
        Each of them, once.
    """
    todo, met = [node], set()
    while todo:
        one = todo.pop()
        if one not in met:
            met.add(one)
            yield one
            todo += objects(engine, one, DCTERMS.isPartOf)
            todo += subjects(engine, DCTERMS.isPartOf, one)


def derive(part: ox.Store) -> None:
    """Apply the rules to a part, and index its names.

    Args:
        part: The store of a `Cut`; it is changed.
    """
    rules.derive(Store(part))
    folding.index(part)


def owned(engine: ox.Store, nodes: Iterable[Node]) -> Iterator[ox.Quad]:
    """List what is derived of some nodes of a graph, but for ties."""
    for node in nodes:
        yield from _filled(engine, node)
        for name in _OWNED:
            yield from engine.quads_for_pattern(node, name, None, DEFAULT)
        for graph in (WORK, _NAMES):
            yield from engine.quads_for_pattern(node, None, None, graph)
        for quad in engine.quads_for_pattern(None, _IN, node, WORK):
            yield from engine.quads_for_pattern(quad.subject, None, None, WORK)
        # The claims that the rules make of a node's own evidence.
        for quad in engine.quads_for_pattern(None, _ABOUT, node, _FILLED):
            yield from _filled(engine, quad.subject)


def derived(part: ox.Store, nodes: Collection[Node]) -> Iterator[ox.Quad]:
    """List what was derived of the nodes of a part: what `owned` lists, in a walk through it."""
    claims = part.quads_for_pattern(None, _ABOUT, None, _FILLED)
    also = {quad.subject for quad in claims if quad.object in nodes}
    within = part.quads_for_pattern(None, _IN, None, WORK)
    also.update(quad.subject for quad in within if quad.object in nodes)
    for quad in part.quads_for_pattern(None, None, None, _FILLED):
        if quad.subject in nodes or quad.subject in also:
            yield quad
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    for graph in (WORK, _NAMES):
        for quad in part.quads_for_pattern(None, None, None, graph):
            if quad.subject in nodes or quad.subject in also:
                yield quad
    for name in _OWNED:
        for quad in part.quads_for_pattern(None, name, None, DEFAULT):
            if quad.subject in nodes:
                yield quad


def _filled(engine: ox.Store, node: Node) -> Iterator[ox.Quad]:
    for quad in engine.quads_for_pattern(node, None, None, _FILLED):
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def ties(engine: ox.Store) -> Iterator[ox.Quad]:
    """List the ties of a graph, or of a part of it."""
    for name in _TIES:
        yield from engine.quads_for_pattern(None, name, None, DEFAULT)
