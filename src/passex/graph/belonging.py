"""Derivation of exercises of which nothing has changed but to what their participants belong.

Most of what is derived of such an exercise stays: what is filled in of claims, who took part, and
by what that is proved. So only those rules whose head says ``belonging`` are applied again, and to
what these look at alone, not to a part with all claims, quotes and labels (see `renewing`). Of who
belongs to what it did, what a participation carries stays, too: to what such a participant belongs
is not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from itertools import permutations
from typing import Final

import pyoxigraph as ox

from . import dataset, parts, rules
from .neighbours import DEFAULT, JOINING, WORK, Node, is_node, objects, quads_of, subjects
from .reach import may_be_navy
from .store import Store
from .terms import DERIVED, FILLED, LEVELS, NR, ORG, RDF, RDFS, SKOS, W

_FILLED: Final = ox.NamedNode(FILLED)
_IN_CONTINGENT: Final = ox.NamedNode(NR.inContingent)
_DOMAIN: Final = ox.NamedNode(NR.hasDomain)
_STATE: Final = ox.NamedNode(NR.State)
_MEMBER: Final = ox.NamedNode(ORG.member)
_ON_PROPERTY: Final = ox.NamedNode(NR.onProperty)
_TAKING_PART: Final = ox.NamedNode(NR.hasParticipant)
_DERIVED: Final = frozenset(DERIVED)
_LEVELS: Final = frozenset(LEVELS.values())
#: What other rules derive of exercises, and of participations, and these look at.
_GIVEN_OF_EXERCISES: Final = frozenset(
    (W.phaseOf, W.accountOf, W.toldWith, W.comesIn, W.participation)
)
_GIVEN: Final = frozenset((W["in"], W.phase, W.told, W.of))
#: What these derive of a participation whatever others there are in the exercise; and by which
#: affiliations, which nothing looks at where it stays.
_CARRIED: Final = frozenset((W.carries, W.sailsFor, W.doubtfulBy, W.firmly))
_THROUGH: Final = frozenset((W.through,))
#: What else these derive of a participation, and of an exercise.
_STANDING: Final = frozenset(
    (W.countsWith, W.contingent, W.navyBy, NR.infersService, W.infers, *_LEVELS)
)
_OF_PARTIES: Final = frozenset((W.party, W.doubles, W.infers))
#: What they look at of what facts say: of exercises, of affiliations, of claims.
_OF_EXERCISES: Final = frozenset(
    (
        *(RDF.type, *JOINING, NR.earliest, NR.latest, NR.leavesOpen),
        *(NR.hasParticipant, NR.hasKind, NR.hasDomain, NR.hasStatus, NR.hasPlace),
    )
)
_OF_LINKS: Final = (NR.earliest, NR.latest)
_OF_CLAIMS: Final = (NR.about, NR.onProperty, NR.hasValue, NR.hasBasis)
_MEANING: Final = (SKOS.broader, SKOS.related)
#: By what ties are called that come of an event, or of a plan.
_TIES: Final = ((NR.Event, NR.trainedWith), (NR.Plan, NR.plansToTrainWith))


class Part:
    """What is derived of some exercises, now and before.

    Args:
        engine: The graph, in which all is derived but what may be otherwise for these exercises.
        exercises: The exercises, each with its phases and its accounts.
        moved: Who may be something else or belong to something else than before, among others.

    Attributes:
        before: What was derived of them by these rules, but for ties.
        now: What is derived of them by these rules, but for ties.
        ties: The ties that they give.
        old: Ties of the graph that they may have given before, and don't give now.
        nameless: Whether there are blank nodes among them, so that all of this is wrong.
    """

    def __init__(self, engine: ox.Store, exercises: Collection[Node], moved: Set[Node]) -> None:
        self._engine = engine
        self._moved = moved
        self._seen: list[ox.Quad] = []
        self._given: set[ox.Quad] = set()
        self._own: set[Node] = set(exercises)
        self._settled: set[Node] = set()
        self._met: set[Node] = set()
        self._kinds: list[Node] = []
        self._pairs: set[tuple[Node, str, Node]] = set()
        self.nameless = False
        self.before: set[ox.Quad] = set()
        self._look_at_parties(self._look_at_exercises(exercises))
        self._look_at_actors(*self._look_at_participations(self._participations(exercises)))
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

    def _look_at_exercises(self, exercises: Collection[Node]) -> set[Node]:
        """Add what exercises are; list the participants of those whose domain these decide."""
        quads = quads_of(self._engine, exercises, _OF_EXERCISES | _DERIVED)
        parties: set[Node] = set()
        for node, own in _by_subject(quads).items():
            parties.update(self._exercise(node, own))
        return parties

    def _exercise(self, node: Node, quads: Iterable[ox.Quad]) -> list[Node]:
        kinds: set[str] = set()
        levels: dict[str, list[Node]] = {}
        actors: list[Node] = []
        domain = part = False
        for quad in quads:
            term, value = quad.predicate.value, quad.object
            if term in _DERIVED:
                self.before.add(quad)
                if term in _LEVELS and is_node(value):
                    levels.setdefault(term, []).append(value)
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
                actors.append(value)
            elif term == NR.hasKind:
                self._kinds.append(value)
            part = part or term in JOINING
        if part:  # a contingent is, too
            for quad in self._engine.quads_for_pattern(None, _IN_CONTINGENT, node, DEFAULT):
                self._seen.append(quad)
        names = [name for kind, name in _TIES if kind in kinds]
        for members in levels.values():
            pairs = permutations(members, 2)
            self._pairs.update((a, name, b) for a, b in pairs for name in names)
        return [] if domain else actors

    def _look_at_parties(self, actors: Iterable[Node]) -> None:
        """Add what decides about the domain of an exercise: facts of all that belong to a navy."""
        todo = list(actors)
        while todo:
            if not self._first(one := todo.pop()):
                continue
            self._see(one, RDF.type)
            self._kinds += self._see(one, NR.hasKind)
            for link in subjects(self._engine, ORG.member, one):
                self._seen.append(ox.Quad(link, _MEMBER, one))
                todo += self._see(link, ORG.organization)

    def _participations(self, exercises: Collection[Node]) -> list[Node]:
        """Add what was derived of exercises, and list their participations."""
        found: list[Node] = []
        for quad in quads_of(self._engine, exercises, _GIVEN_OF_EXERCISES | _OF_PARTIES, WORK):
            term, value = quad.predicate.value, quad.object
            if term in _OF_PARTIES:
                self.before.add(quad)
                continue
            self._given.add(quad)
            if term == W.participation:
                if isinstance(value, ox.NamedNode):
                    found.append(value)
                else:  # it, or who took part, is a blank node
                    self.nameless = True
        return found

    def _look_at_participations(self, nodes: Collection[Node]) -> tuple[set[Node], set[Node]]:
        """Add what was derived of participations.

        Returns:
            Of whom those are that are derived again, and what the others carry.
        """
        self._own.update(nodes)
        changed: list[Node] = []
        moved: set[Node] = set()
        carried: set[Node] = set()
        quads = quads_of(self._engine, nodes, _GIVEN | _CARRIED | _STANDING, WORK)
        for node, own in _by_subject(quads).items():
            actors = {quad.object for quad in own if quad.predicate.value == W.of}
            if self._moved.isdisjoint(actors):
                self._settled.add(node)
                carried.update(self._standing(own))
            else:
                changed.append(node)
                self._participation(own, actors)
                moved.update(filter(is_node, actors))
        self.before.update(quads_of(self._engine, changed, _THROUGH, WORK))
        return moved, carried

    def _standing(self, quads: Iterable[ox.Quad]) -> Iterator[Node]:
        """Add what was derived of a participation of who belongs to what it did.

        Yields:
            What it carries.
        """
        for quad in quads:
            term, value = quad.predicate.value, quad.object
            if term in _STANDING:
                self.before.add(quad)
            else:
                self._given.add(quad)
                if term == W.carries and is_node(value):
                    yield value

    def _participation(self, quads: Iterable[ox.Quad], actors: Set[object]) -> None:
        told: list[Node] = []
        doubted = False
        for quad in quads:
            term, value = quad.predicate.value, quad.object
            if term in _GIVEN or (term == W.carries and value in actors):
                self._given.add(quad)
                if term in (W.phase, W.told) and is_node(value):
                    told.append(value)
            else:
                self.before.add(quad)
                doubted = doubted or (term == W.doubtfulBy and value in actors)
        for phase in told if doubted else ():
            self._claims(phase)

    def _claims(self, node: Node) -> None:
        """Add what claims say of who took part, where it was not stated of somebody before."""
        for claim in subjects(self._engine, NR.about, node):
            if ox.Quad(claim, _ON_PROPERTY, _TAKING_PART) in self._engine and self._first(claim):
                self._see(claim, *_OF_CLAIMS)

    def _look_at_actors(self, actors: Iterable[Node], others: Iterable[Node]) -> None:
        """Add what actors are and belong to; what others are; and the navies of all states."""
        met: set[Node] = set()
        todo = list(actors)
        for other in others:
            if _STATE in self._look_at_types(other):
                todo += self._navies(other)
        while todo:
            if (one := todo.pop()) in met:
                continue
            met.add(one)
            self._see(one, RDFS.isDefinedBy, ORG.subOrganizationOf)
            for link in self._look_at(one, W.by):
                todo += self._look_at(link, W.to)
                self._look_at(link, RDF.type)
                self._see(link, *_OF_LINKS)
            if _STATE in self._look_at_types(one):
                todo += self._navies(one)

    def _look_at_types(self, node: Node) -> list[Node]:
        self._look_at(node, RDF.type)
        return self._see(node, RDF.type)

    def _look_at(self, node: Node, term: str) -> list[Node]:
        """Add what was derived of a node by a property, and list the nodes among the values."""
        found = list(self._engine.quads_for_pattern(node, ox.NamedNode(term), None, WORK))
        self._given.update(found)
        return [quad.object for quad in found if is_node(quad.object)]

    def _navies(self, state: Node) -> Iterator[Node]:
        for link in subjects(self._engine, W.to, state, WORK):
            for member in subjects(self._engine, W.by, link, WORK):
                if may_be_navy(
                    {str(kind)[1:-1] for kind in objects(self._engine, member, RDF.type)}
                ):
                    yield member

    def _kind(self, node: Node) -> None:
        if self._first(node):
            self._kinds += self._see(node, *_MEANING)

    def _derived(self, part: ox.Store) -> Iterator[ox.Quad]:
        stays = _CARRIED | _THROUGH
        for quad in part.quads_for_pattern(None, None, None, WORK):
            node = quad.subject
            if node not in self._own or quad in self._given:
                continue
            # Again, of some whose affiliations are here for the sake of others.
            if node not in self._settled or quad.predicate.value not in stays:
                yield quad
        for quad in part.quads_for_pattern(None, _DOMAIN, None, _FILLED):
            yield quad
            yield ox.Quad(*quad.triple)
        for name in parts.OWNED:
            yield from part.quads_for_pattern(None, name, None, DEFAULT)


def _by_subject(quads: Iterable[ox.Quad]) -> dict[Node, list[ox.Quad]]:
    found: dict[Node, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(quad.subject, []).append(quad)
    return found
