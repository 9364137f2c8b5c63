"""Derivation of exercises of which nothing has changed but to what their participants belong.

Most of what is derived of such an exercise stays: what is filled in of claims, who took part, and
by what that is proved. So only those rules whose head says ``belonging`` are applied again, and to
what these look at alone, not to a part with all claims, quotes and labels (see `renewing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import permutations
from typing import Final

import pyoxigraph as ox

from . import dataset, parts, rules
from .neighbours import DEFAULT, JOINING, WORK, Node, is_node, subjects
from .reach import may_be_navy
from .store import Store
from .terms import DERIVED, FILLED, LEVELS, NR, ORG, RDF, RDFS, SKOS, W

_FILLED: Final = ox.NamedNode(FILLED)
_IN_CONTINGENT: Final = ox.NamedNode(NR.inContingent)
_DOMAIN: Final = ox.NamedNode(NR.hasDomain)
_TYPE: Final = ox.NamedNode(RDF.type)
_STATE: Final = ox.NamedNode(NR.State)
_MEMBER: Final = ox.NamedNode(ORG.member)
_ON_PROPERTY: Final = ox.NamedNode(NR.onProperty)
_TAKING_PART: Final = ox.NamedNode(NR.hasParticipant)
_DERIVED: Final = frozenset(DERIVED)
_LEVELS: Final = frozenset(LEVELS.values())
#: What other rules derive of exercises and participations, and these look at.
_GIVEN: Final = frozenset(
    (W.phaseOf, W.accountOf, W.toldWith, W.comesIn, W.participation, W["in"], W.phase, W.told, W.of)
)
#: What other rules derive of them, and these don't look at.
_ELSE: Final = frozenset((W.namedIn, W.lastReportedIn))
#: What they look at of what facts say: of exercises, of affiliations, of claims.
_OF_EXERCISES: Final = frozenset(
    (
        *(RDF.type, *JOINING, NR.earliest, NR.latest, NR.leavesOpen),
        *(NR.hasParticipant, NR.hasKind, NR.hasDomain, NR.hasStatus, NR.hasPlace),
    )
)
_OF_LINKS: Final = (NR.earliest, NR.latest)
_OF_CLAIMS: Final = (NR.about, NR.onProperty, NR.hasValue, NR.hasBasis)
#: What was derived of a participation.
_WORKED: Final = f"GRAPH {WORK} {{ ?s ?p ?o }}"
_MEANING: Final = (SKOS.broader, SKOS.related)
#: By what ties are called that come of an event, or of a plan.
_TIES: Final = ((NR.Event, NR.trainedWith), (NR.Plan, NR.plansToTrainWith))


class Part:
    """What is derived of some exercises, now and before.

    Args:
        engine: The graph, in which all is derived but what may be otherwise for these exercises.
        exercises: The exercises, each with its phases and its accounts.

    Attributes:
        before: What was derived of them by these rules, but for ties.
        now: What is derived of them by these rules, but for ties.
        ties: The ties that they give.
        old: Ties of the graph that they may have given before, and don't give now.
        nameless: Whether there are blank nodes among them, so that all of this is wrong.
    """

    def __init__(self, engine: ox.Store, exercises: Collection[Node]) -> None:
        self._engine = engine
        self._seen: list[ox.Quad] = []
        self._given: set[ox.Quad] = set()
        self._own: set[Node] = set(exercises)
        self._met: set[Node] = set()
        self._actors: list[Node] = []
        self._kinds: list[Node] = []
        self._participations: list[ox.NamedNode] = []
        self._pairs: set[tuple[Node, str, Node]] = set()
        self._undecided = self.nameless = False
        self.before: set[ox.Quad] = set()
        for exercise in exercises:
            self._exercise(exercise)
        self._look_at_participations()
        while self._actors:
            self._actor(self._actors.pop())
        while self._kinds:
            self._kind(self._kinds.pop())
        part = ox.Store()
        part.extend(self._seen)
        part.extend(self._given)
        small = Store(part)
        for rule in map(rules.read, dataset.rule_files()):
            if rule.belonging:
                rules.apply(small, rule)
        self.now = set(self._derived(part))
        self.ties = set(parts.ties(part))
        there = {(tie.subject, tie.predicate.value, tie.object) for tie in self.ties}
        old = (ox.Quad(a, ox.NamedNode(name), b) for a, name, b in self._pairs - there)
        self.old = {tie for tie in old if tie in engine}

    def _first(self, node: Node) -> bool:
        if node in self._met:
            return False
        self._met.add(node)
        return True

    def _see(self, node: Node, *terms: str) -> list[Node]:
        """Add what is said of a node by some properties; list the nodes among the values."""
        found = []
        for term in terms:
            for quad in self._engine.quads_for_pattern(node, ox.NamedNode(term), None, DEFAULT):
                self._seen.append(quad)
                if is_node(quad.object):
                    found.append(quad.object)
        return found

    def _exercise(self, node: Node) -> None:
        kinds: set[str] = set()
        levels: dict[str, list[Node]] = {}
        domain = part = False
        for quad in self._engine.quads_for_pattern(node, None, None, DEFAULT):
            term, value = quad.predicate.value, quad.object
            if term in _DERIVED:
                self.before.add(quad)
                if term in _LEVELS and is_node(value):
                    levels.setdefault(term, []).append(value)
                continue
            if term not in _OF_EXERCISES:
                continue
            if term == NR.hasDomain:
                filled = ox.Quad(node, quad.predicate, value, _FILLED)
                if filled in self._engine:
                    self.before |= {quad, filled}
                    continue
                domain = True
            self._seen.append(quad)
            if term == RDF.type:
                kinds.add(str(value)[1:-1])
            elif not is_node(value):
                continue
            elif term == NR.hasParticipant:
                self._actors.append(value)
            elif term == NR.hasKind:
                self._kinds.append(value)
            part = part or term in JOINING
        self._undecided = self._undecided or not domain
        if part:  # a contingent is, too
            for quad in self._engine.quads_for_pattern(None, _IN_CONTINGENT, node, DEFAULT):
                self._seen.append(quad)
        names = [name for kind, name in _TIES if kind in kinds]
        for members in levels.values():
            pairs = permutations(members, 2)
            self._pairs.update((a, name, b) for a, b in pairs for name in names)
        for quad in self._engine.quads_for_pattern(node, None, None, WORK):
            if quad.predicate.value in _GIVEN:
                self._given.add(quad)
                if quad.predicate.value == W.participation:
                    if isinstance(quad.object, ox.NamedNode):
                        self._participations.append(quad.object)
                    else:  # it, or who took part, is a blank node
                        self.nameless = True
            elif quad.predicate.value not in _ELSE:
                self.before.add(quad)

    def _look_at_participations(self) -> None:
        """Add what was derived of participations: in one query, which decodes each of them once."""
        self._own.update(self._participations)
        listed = enumerate(self._participations)
        values = " ".join(f"({node} {number})" for number, node in listed)
        rows = self._engine.query(f"SELECT ?i ?p ?o {{ VALUES (?s ?i) {{ {values} }} {_WORKED} }}")
        assert isinstance(rows, ox.QuerySolutions)
        found: dict[int, list[ox.Quad]] = {}
        for number, term, value in rows:
            place = int(number.value)
            quad = ox.Quad(self._participations[place], term, value, WORK)
            found.setdefault(place, []).append(quad)
        for quads in found.values():
            self._participation(quads)

    def _participation(self, quads: list[ox.Quad]) -> None:
        actors = {quad.object for quad in quads if quad.predicate.value == W.of}
        told: list[Node] = []
        doubted = False
        for quad in quads:
            term, value = quad.predicate.value, quad.object
            if term in _GIVEN or (term == W.carries and value in actors):
                self._given.add(quad)
                if term in (W.phase, W.told) and is_node(value):
                    told.append(value)
            elif term not in _ELSE:
                self.before.add(quad)
                doubted = doubted or (term == W.doubtfulBy and value in actors)
        self._actors += filter(is_node, actors)
        for phase in told if doubted else ():
            self._claims(phase)

    def _claims(self, node: Node) -> None:
        """Add what claims say of who took part, where it was not stated of somebody before."""
        for claim in subjects(self._engine, NR.about, node):
            if ox.Quad(claim, _ON_PROPERTY, _TAKING_PART) in self._engine and self._first(claim):
                self._see(claim, *_OF_CLAIMS)

    def _actor(self, node: Node) -> None:
        """Add what an actor is and belongs to, and the navies of a state."""
        if not self._first(node):
            return
        types = self._see(node, RDF.type)
        self._kinds += self._see(node, NR.hasKind)
        self._see(node, RDFS.isDefinedBy, ORG.subOrganizationOf)
        for quad in self._engine.quads_for_pattern(node, None, None, WORK):
            term = quad.predicate.value
            if term in (W.by, RDF.type):
                self._given.add(quad)
            if term == W.by and is_node(quad.object):
                self._link(quad.object)
        if self._undecided:
            for link in subjects(self._engine, ORG.member, node):
                self._seen.append(ox.Quad(link, _MEMBER, node))
                self._actors += self._see(link, ORG.organization)
        if _STATE in types:
            for link in subjects(self._engine, W.to, node, WORK):
                for member in subjects(self._engine, W.by, link, WORK):
                    kinds = self._engine.quads_for_pattern(member, _TYPE, None, DEFAULT)
                    if may_be_navy({str(kind.object)[1:-1] for kind in kinds}):
                        self._actors.append(member)

    def _link(self, node: Node) -> None:
        for term in (W.to, RDF.type):
            for quad in self._engine.quads_for_pattern(node, ox.NamedNode(term), None, WORK):
                self._given.add(quad)
                if term == W.to and is_node(quad.object):
                    self._actors.append(quad.object)
        self._see(node, *_OF_LINKS)

    def _kind(self, node: Node) -> None:
        if self._first(node):
            self._kinds += self._see(node, *_MEANING)

    def _derived(self, part: ox.Store) -> Iterator[ox.Quad]:
        for quad in part.quads_for_pattern(None, None, None, WORK):
            if quad.subject in self._own and quad not in self._given:
                yield quad
        for quad in part.quads_for_pattern(None, _DOMAIN, None, _FILLED):
            yield quad
            yield ox.Quad(*quad.triple)
        for name in parts.OWNED:
            yield from part.quads_for_pattern(None, name, None, DEFAULT)
