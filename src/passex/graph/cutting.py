"""Cutting of a part out of a graph: facts of some nodes, and what rules have to see beside them.

What the rules derive of an exercise follows from that exercise, with its phases, its accounts, its
contingents and the claims about it, and from what is shared: to what its participants belong, what
words mean, how things are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from .neighbours import DEFAULT, Node, is_node, objects, subjects
from .reach import MEMBERSHIP, NAMED, may_be_navy
from .shared import Actor, Facts, Shared
from .terms import DERIVED, FILLED, LABELLING, NR, OA, ORG, RDF, RDFS, SKOS

_FILLED: Final = ox.NamedNode(FILLED)
_DERIVED: Final = frozenset(DERIVED)
#: What makes an event: nothing of this is to be derived for one that is of another part.
_NOT_BESIDE: Final = _DERIVED | {NR.hasParticipant}
#: Who or what is named here may stand for others.
_ACTORS: Final = frozenset({NR.hasParticipant, ORG.member, ORG.organization})
#: What rules have to see of an actor that is of another part. (A great navy has thousands of ties.)
_OF_ACTORS: Final = (
    RDF.type,
    RDFS.isDefinedBy,
    NR.hasKind,
    ORG.subOrganizationOf,
    NR.earliest,
    NR.latest,
)
#: By what a claim or a membership names something whose label goes into its own.
_NAMING: Final = frozenset(NAMED)
#: Of when an article or a table is, and which of the two.
_SOURCE: Final = (NR.earliest, NR.latest, RDF.type)
_MEANING: Final = (SKOS.broader, SKOS.related)
#: Of these properties, whether a node has them and which nodes they lead to are kept at hand.
_LEADING: Final = frozenset(
    {
        *(*NAMED, *LABELLING, *MEMBERSHIP, *_SOURCE, *_MEANING, NR.hasParticipant),
        *(NR.hasKind, NR.hasEvidence, NR.hasZone, OA.exact, OA.hasSource, ORG.subOrganizationOf),
    }
)


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
        self._facts_of: dict[Node, Facts] = {}
        self._claims_on: dict[Node, list[Node]] = {}
        self._done: dict[str, set[Node]] = {}
        if attached:
            self._attach()
        for node in self.nodes:
            self._own(node)

    def store(self) -> ox.Store:
        """Make a store of the facts."""
        engine = ox.Store()
        facts = (facts.quads for facts in self._facts_of.values())
        engine.extend(chain(self._shared.quads, self._quads, *facts))
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

    def _facts(self, node: Node) -> Facts:
        """Add all that is said of a node."""
        facts = self._facts_of.get(node)
        if facts is None:
            own = node in self.nodes
            hidden = _DERIVED if own else _NOT_BESIDE
            facts = self._facts_of[node] = Facts([], {})
            for quad in self._engine.quads_for_pattern(node, None, None, DEFAULT):
                term = quad.predicate.value
                if term not in hidden and not (self._derived and self._filled(quad, own)):
                    facts.add(quad, term if term in _LEADING else "")
        return facts

    def _filled(self, quad: ox.Quad, own: bool) -> bool:
        """Tell whether a triple was filled in, and is to be so again.

        Beside the nodes, that goes for what rules give and don't see themselves, or not all of
        them: labels, and the ends of affiliations, which come after the labels.
        """
        if own or quad.predicate.value == RDFS.label:
            return marked(self._engine, quad)
        if quad.predicate.value != NR.latest or not marked(self._engine, quad):
            return False
        return any(objects(self._engine, quad.subject, ORG.organization))

    def _values(self, node: Node, term: str) -> list[Node]:
        """List the nodes that are values of a property, and add what is said of the node."""
        return self._facts(node).values.get(term, [])

    def _some(self, node: Node, terms: Iterable[str]) -> list[Node]:
        """Add what is said of a node by some properties, and list the nodes among the values."""
        if node in self._facts_of:
            return [value for term in terms for value in self._values(node, term)]
        found = []
        for term in terms:
            for quad in self._shared.saying(self._engine, node, term):
                if self._derived and self._filled(quad, False):
                    continue
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
        done = self._done.setdefault(what, set())
        if node in done:
            return False
        done.add(node)
        return True

    def _own(self, node: Node) -> None:
        facts = self._facts(node)
        values = facts.values
        for claim in self._claims(node):
            self._claim(claim)
        self._actor(node)
        for term in (NR.inContingent, NR.hasZone):
            self._quads += self._shared.naming(self._engine, term, node)
        if NR.hasEvidence in values and NR.about not in values:
            for quad in facts.quads:  # claims are made of them
                self._labels(quad.predicate)
                if is_node(quad.object):
                    self._labels(quad.object)
        for term, found in values.items():
            for value in found:
                if term in _NAMING:
                    self._labels(value)
                if term in _ACTORS:
                    self._actor(value)
                elif term == NR.hasKind:
                    self._kind(value)
                elif term == NR.hasEvidence:
                    self._quote(value)
        if OA.exact in values or OA.hasSource in values:
            for source in self._sources(node):
                if self._first("zones", source):
                    for zone in self._some(source, (NR.hasZone,)):
                        self._facts(zone)

    def _labels(self, node: Node) -> None:
        """Add how a node is called, or what the rules call it by."""
        if not self._first("labels", node):
            return
        if not self._called(node):
            named = self._some(node, MEMBERSHIP)
            for part in named:
                if self._first("called", part):
                    self._called(part)
            if named:
                self._some(node, (NR.earliest, NR.latest))

    def _called(self, node: Node) -> bool:
        """Add how a node is called, and tell whether it has a label."""
        before = len(self._quads)
        self._some(node, LABELLING)
        facts = self._facts_of.get(node)
        if facts is not None:
            return RDFS.label in facts.values
        return any(quad.predicate.value == RDFS.label for quad in self._quads[before:])

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
                if self._first("source", source):
                    self._some(source, _SOURCE)

    def _sources(self, quote: Node) -> list[Node]:
        """List what a quote is of, by what is said of it, or by its IRI."""
        found = [*self._values(quote, OA.hasSource)]
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
            actor = self._shared.actor(one)
            if actor is None:
                actor = self._found(one)
                # Of a graph that is derived, what was filled in of the nodes is not to be seen. And
                # most nodes of a part, claims and quotes among them, no other part asks for.
                if not self._derived and one not in self.nodes:
                    self._shared.keep(one, actor)
            for described, facts in actor.facts.items():
                if described in self.nodes:
                    self._facts(described)
                elif described == one:
                    self._quads += facts.quads
                else:
                    self._facts_of.setdefault(described, facts)
            for kind in actor.kinds:
                self._kind(kind)
            todo += actor.whole

    def _found(self, node: Node) -> Actor:
        links = [quad.subject for quad in self._shared.naming(self._engine, ORG.member, node)]
        claims = [claim for link in links for claim in self._claims(link)]
        whole = [whole for link in links for whole in self._values(link, ORG.organization)]
        own = self._of_actor(node)
        whole += own.values.get(ORG.subOrganizationOf, ())
        if NR.State in self._shared.above(own.values.get(RDF.type, ())):
            whole += self._navies(node)
        facts = {node: own, **{one: self._beside(one) for one in (*links, *claims)}}
        return Actor(facts, own.values.get(NR.hasKind, []), whole)

    def _of_actor(self, node: Node) -> Facts:
        if node in self.nodes:  # what is said of it was read
            return self._facts(node)
        facts = Facts([], {})
        for term in _OF_ACTORS:
            for quad in self._shared.saying(self._engine, node, term):
                facts.add(quad, term)
        return facts

    def _beside(self, node: Node) -> Facts:
        facts = self._facts(node)
        if node not in self.nodes:
            return facts
        beside = Facts([], facts.values)
        for quad in facts.quads:
            if quad.predicate.value not in _NOT_BESIDE:
                beside.add(quad)
        return beside

    def _navies(self, state: Node) -> Iterator[Node]:
        """List what stands for a state."""
        yield from subjects(self._engine, ORG.subOrganizationOf, state)
        for link in subjects(self._engine, ORG.organization, state):
            for member in objects(self._engine, link, ORG.member):
                if may_be_navy(self._shared.above(objects(self._engine, member, RDF.type))):
                    yield member


def marked(engine: ox.Store, quad: ox.Quad) -> bool:
    """Tell whether a triple was filled in."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) in engine
