"""Derivation of a part of a graph, in the place of what was derived of it before.

The part is cut out with all that the rules have to see of the rest, into a small store, where they
are applied as they are. What they derive of the nodes of the part is exact there, and takes the
place of what the graph had of these nodes; what they derive of the rest is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

import pyoxigraph as ox

from . import dataset, folding, gazetteer, rules
from .reach import DEFAULT, TIES, WORK, Node, Reach, may_be_navy, objects, subjects
from .store import Store
from .terms import DERIVED, FILLED, LABELLING, LEVELS, NAMES, NR, OA, ORG, RDF, RDFS, W

_FILLED: Final = ox.NamedNode(FILLED)
_NAMES: Final = ox.NamedNode(NAMES)
_DERIVED: Final = frozenset(DERIVED)
_TYPE: Final = ox.NamedNode(RDF.type)
_PLANNED: Final = ox.NamedNode(NR.plansToTrainWith)


class _Cut:
    """The facts of some nodes, and of the rest what the rules have to see of it.

    Attributes:
        store: Facts of the nodes; of other nodes also what was filled in, so that nothing is filled
            in there.
    """

    def __init__(self, engine: ox.Store, nodes: set[Node]) -> None:
        self.store = ox.Store()
        self._engine = engine
        self._nodes = nodes
        self._quads: set[ox.Quad] = set()
        self._met: set[Node] = set()
        self._add(None, RDFS.subClassOf, None)
        for node in nodes:
            self._member(node)
        self.store.extend(self._quads)

    def _add(self, subject: Node | None, term: str | None, value: Node | None) -> None:
        name = None if term is None else ox.NamedNode(term)
        for quad in self._engine.quads_for_pattern(subject, name, value, DEFAULT):
            if quad.predicate.value in _DERIVED:
                continue
            if quad.subject in self._nodes and _marked(self._engine, quad):
                continue
            self._quads.add(quad)

    def _member(self, node: Node) -> None:
        self._above(node)
        self._add(None, NR.inContingent, node)
        # Claims say of how many exercises a plan is, what is inferred, and which article or table
        # says so.
        for claim in subjects(self._engine, NR.about, node):
            self._add(claim, None, None)
            for quote in objects(self._engine, claim, NR.hasEvidence):
                self._add(quote, OA.hasSource, None)
                for source in objects(self._engine, quote, OA.hasSource):
                    self._source(source)
        for quad in self._quads_of(node):
            value = quad.object
            if isinstance(value, ox.Literal):
                continue
            for term in (*LABELLING, OA.hasSource):
                self._add(value, term, None)
            if quad.predicate.value in (NR.hasParticipant, ORG.member, ORG.organization):
                self._above(value)
        article, fragment, _ = str(node)[1:-1].partition("#")
        if fragment:
            # The zones in which a quote may stand; where it stood in none yet, its source too.
            self._source(ox.NamedNode(article))
            self._add(ox.NamedNode(article), NR.hasZone, None)
            for zone in objects(self._engine, ox.NamedNode(article), NR.hasZone):
                self._add(zone, None, None)

    def _source(self, source: Node) -> None:
        """Add of when an article or a table is, and which of the two."""
        for term in (NR.earliest, NR.latest, RDF.type):
            self._add(source, term, None)

    def _quads_of(self, node: Node) -> Iterator[ox.Quad]:
        for quad in self._engine.quads_for_pattern(node, None, None, DEFAULT):
            if quad.predicate.value not in _DERIVED:
                yield quad

    def _above(self, node: Node) -> None:
        """Add a node with all that it belongs to, and the navies of the states among that."""
        todo = [node]
        while todo:
            one = todo.pop()
            if one in self._met:
                continue
            self._met.add(one)
            self._add(one, None, None)
            for link in subjects(self._engine, ORG.member, one):
                self._add(link, None, None)
                todo += objects(self._engine, link, ORG.organization)
            todo += objects(self._engine, one, ORG.subOrganizationOf)
            if ox.NamedNode(NR.State) in objects(self._engine, one, RDF.type):
                todo += subjects(self._engine, ORG.subOrganizationOf, one)
                for link in subjects(self._engine, ORG.organization, one):
                    todo += (
                        member
                        for member in objects(self._engine, link, ORG.member)
                        if may_be_navy(self._engine, member)
                    )


def renew(engine: ox.Store, reach: Reach) -> None:
    """Derive again what changes reach, and put it in the place of what was derived before.

    Args:
        engine: The graph, with its facts changed; it is changed as a whole or not at all.
        reach: What the changes reach. Where it comes to be everything, nothing is done.
    """
    small = _Cut(engine, reach.nodes).store
    if any(gazetteer.missing(small)):
        background = list(gazetteer.missing(engine))
        engine.extend(background)
        reach.follow(engine, background)
        if reach.everything:
            return
        small = _Cut(engine, reach.nodes).store
    rules.derive(Store(small))
    folding.index(small)
    before, now = set(_owned(engine, reach.nodes)), set(_owned(small, reach.nodes))
    ties = set(_ties(small))
    old = {tie for tie in _pairs(engine, reach.nodes) if tie in engine} | reach.ties
    kept = _kept(engine, old - ties, reach.nodes)
    gone = (before - now) | (old - ties - kept)
    new = [quad for quad in now | ties | kept if quad not in engine]
    gone = {quad for quad in gone if quad in engine}
    engine.update(f"DELETE DATA {{ {_written(gone)} }} ; INSERT DATA {{ {_written(new)} }}")


def _marked(engine: ox.Store, quad: ox.Quad) -> bool:
    return ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) in engine


def _written(quads: Iterable[ox.Quad]) -> str:
    def triple(quad: ox.Quad) -> str:
        return f"{quad.subject} {quad.predicate} {quad.object} ."

    return " ".join(
        triple(quad)
        if quad.graph_name == DEFAULT
        else f"GRAPH {quad.graph_name} {{ {triple(quad)} }}"
        for quad in quads
    )


def _owned(engine: ox.Store, nodes: set[Node]) -> Iterator[ox.Quad]:
    """List what is derived of some nodes, but for ties."""
    for node in nodes:
        for quad in engine.quads_for_pattern(node, None, None, _FILLED):
            yield quad
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
        for name in _DERIVED - TIES:
            yield from engine.quads_for_pattern(node, ox.NamedNode(name), None, DEFAULT)
        for graph in (WORK, _NAMES):
            yield from engine.quads_for_pattern(node, None, None, graph)
        for participation in subjects(engine, W["in"], node, WORK):
            yield from engine.quads_for_pattern(participation, None, None, WORK)


def _ties(engine: ox.Store) -> Iterator[ox.Quad]:
    for name in TIES:
        yield from engine.quads_for_pattern(None, ox.NamedNode(name), None, DEFAULT)


def _pairs(engine: ox.Store, nodes: set[Node]) -> Iterator[ox.Quad]:
    """List the ties that exercises may have given, by what was derived of these before."""
    for node in nodes:
        participations = list(subjects(engine, W["in"], node, WORK))
        # What it was: its classes may have been changed, but not the marks of those above them.
        event, plan = (
            any(ox.Quad(node, _TYPE, kind, graph) in engine for graph in (_FILLED, DEFAULT))
            for kind in (ox.NamedNode(NR.Event), ox.NamedNode(NR.Plan))
        )
        names = [NR.trainedWith] * (event or not plan) + [NR.plansToTrainWith] * (plan or not event)
        for level in LEVELS.values():
            members = {
                member
                for participation in participations
                for member in objects(engine, participation, level, WORK)
            }
            for one, other in product(members, members):
                if one != other:
                    for name in names:
                        yield ox.Quad(one, ox.NamedNode(name), other)


def _kept(engine: ox.Store, ties: set[ox.Quad], nodes: set[Node]) -> set[ox.Quad]:
    """Find the ties that another exercise gives too, by what was derived of it before.

    Args:
        nodes: What is derived again, and gives none of them.
    """
    events: dict[tuple[str, Node], set[Node]] = {}

    def events_of(level: str, actor: Node) -> set[Node]:
        if (level, actor) not in events:
            events[level, actor] = {*subjects(engine, level, actor)} - nodes
        return events[level, actor]

    plans = {*subjects(engine, RDF.type, ox.NamedNode(NR.ExercisePlan))}
    found: dict[ox.Quad, list[Node]] = {}
    for tie in ties:
        one, other = tie.subject, tie.object
        if not isinstance(other, ox.Literal):
            both: set[Node] = set()
            for name in LEVELS.values():
                both |= events_of(name, one) & events_of(name, other)
            # An exercise gives none of these.
            found[tie] = list(both & plans if tie.predicate == _PLANNED else both)
    own = [rule for rule in map(rules.read, dataset.rule_files()) if rule.ties]
    kept: set[ox.Quad] = set()
    number = 1
    while found:
        # Nearly always the first does. Where it doesn't, more and more are tried at a time.
        tried: set[Node] = set()
        for left in found.values():
            if tried.isdisjoint(left):
                tried.update(left[:number])
        small = Store(ox.Store())
        small.engine.extend(quad for event in tried for quad in _derived(engine, event))
        for rule in own:
            rules.apply(small, rule)
        kept.update(ties.intersection(_ties(small.engine)))
        rest = {tie: left for tie, left in found.items() if tie not in kept}
        rest = {tie: [event for event in left if event not in tried] for tie, left in rest.items()}
        found = {tie: left for tie, left in rest.items() if left}
        number *= 4
    return kept


def _derived(engine: ox.Store, event: Node) -> Iterator[ox.Quad]:
    """List what ties follow from in an exercise or a plan, phases among it."""
    nodes = [event, *subjects(engine, W.phaseOf, event, WORK)]
    for node in nodes:
        yield from engine.quads_for_pattern(node, None, None, WORK)
        for name in (RDF.type, *LEVELS.values()):
            yield from engine.quads_for_pattern(node, ox.NamedNode(name), None, DEFAULT)
    for participation in subjects(engine, W["in"], event, WORK):
        yield from engine.quads_for_pattern(participation, None, None, WORK)
