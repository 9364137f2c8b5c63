"""Reach of a change of facts: the nodes of which something else may now be derived.

What the rules derive of an exercise follows from that exercise, with its phases, its accounts, its
contingents and the claims about it, and from what its participants belong to. So a change reaches
an exercise by these ways alone, which are followed here against their direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

import pyoxigraph as ox

from ..text.wording import say
from .neighbours import DEFAULT, JOINING, WORK, Node, is_node, objects, subjects, together
from .terms import (
    DCAT,
    FILLED,
    INTERNAL,
    LABELLING,
    NR,
    OA,
    ORG,
    OWL,
    RDF,
    RDFS,
    SKOS,
    W,
)

#: What relates actors, and is no exercise's own.
TIES: Final = frozenset({NR.trainedWith, NR.plansToTrainWith})
#: More nodes than this are derived sooner with everything else; of a large graph, more than a node
#: for so many triples.
LIMIT: Final = 500
_SHARE: Final = 400
#: Where participants alone belong to something else, so many exercises take the time of a node.
_LESS: Final = 4
_TYPE: Final = RDF.type
#: The gazetteer says what belongs to what by this alone.
_PART: Final = ORG.subOrganizationOf
#: By what a claim or a membership names something whose label goes into its own.
NAMED: Final = (
    NR.about,
    NR.onProperty,
    NR.hasQuantifier,
    NR.hasValue,
    NR.quantityOf,
    NR.inPost,
    ORG.member,
    ORG.organization,
)
#: By what a membership gets its label.
MEMBERSHIP: Final = (ORG.member, ORG.organization, NR.inPost)
#: What is said of kinds.
_MEANING: Final = frozenset({SKOS.broader, SKOS.related})
_ABOUT: Final = ox.NamedNode(NR.about)
_FILLED: Final = ox.NamedNode(FILLED)
#: No navy, and nothing that stands for one.
_NO_NAVY: Final = frozenset({NR.Ship, NR.Formation, NR.Person})
#: What says to whom somebody belongs, when, and as what.
_BELONGING: Final = frozenset(
    (ORG.organization, ORG.member, _PART, _TYPE, RDFS.isDefinedBy, NR.earliest, NR.latest)
)
#: What says which of two articles is the newer one.
_DATING: Final = (NR.earliest, NR.latest)
_TABLE: Final = ox.NamedNode(DCAT.Dataset)
#: What changes the vocabulary, or an article's zones, in which any quote may stand.
_WIDE: Final = frozenset({RDFS.subClassOf, NR.hasZone})


def limit(triples: int) -> int:
    """Tell of how many nodes something is derived sooner by itself than with everything else.

    Args:
        triples: How many facts the graph has, about.

    Example:
        >>> limit(100_000), limit(1_000_000)
        (500, 2500)
    """
    return max(LIMIT, triples // _SHARE)


def may_be_navy(kinds: Set[str]) -> bool:
    """Tell whether a state in a naval exercise may stand for what is of some classes."""
    return NR.Navy in kinds or not kinds & _NO_NAVY


def _nameless(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _kinds(engine: ox.Store, node: Node) -> set[str]:
    return {str(kind)[1:-1] for kind in objects(engine, node, _TYPE)}


class Reach:
    """Reach of the changes since the last derivation.

    Attributes:
        nodes: The nodes of which something else may now be derived.
        exercises: Exercises, plans and phases of which nothing may have changed but what their
            participants are, and to what these belong (see `belonging`).
        wholes: States, among others, whose navies may be others.
        ties: Ties that were written to by hand.
        everything: Why all has to be derived again; empty where the nodes will do.
        most: How many nodes it may be. Exercises that are none of them count for less.
    """

    def __init__(self, everything: str = "", most: int = LIMIT) -> None:
        self.most = most
        self.nodes: set[Node] = set()
        self.exercises: set[Node] = set()
        self.wholes: set[Node] = set()
        self.ties: set[ox.Quad] = set()
        self.everything = everything
        # What was followed in the graph as it is now.
        self._units: set[Node] = set()
        self._actors: set[Node] = set()
        self._wholes: set[Node] = set()

    def __bool__(self) -> bool:
        """Whether there is something to derive, but not everything."""
        return not self.everything and bool(self.nodes or self.exercises or self.ties)

    def follow(self, engine: ox.Store, changed: Iterable[ox.Quad]) -> None:
        """Add what a change reaches.

        What is removed reaches something as long as it is there, and what is added once it is.

        Args:
            engine: The graph. To be called before the change is made, and once more after it.
            changed: What is removed, and what is added.
        """
        for followed in (self._units, self._actors, self._wholes):
            followed.clear()
        for quad in changed:
            if self.everything:
                return
            if quad.graph_name == DEFAULT:
                # A node without a name of its own is there under another than is known here.
                if quad in engine or _nameless(quad):
                    self._follow(engine, quad)
            elif getattr(quad.graph_name, "value", "") in INTERNAL:
                self.everything = "what the rules keep for themselves was changed"
            if self._too_many():
                self.everything = self._reason()

    def _follow(self, engine: ox.Store, quad: ox.Quad) -> None:
        node, term = quad.subject, quad.predicate.value
        kinds = [kind for kind in objects(engine, node, _TYPE) if OWL.iri in str(kind)]
        if kinds or term in _WIDE or any(subjects(engine, NR.hasZone, node)):
            self.everything = "the vocabulary or the zones of an article changed"
            return
        if _nameless(quad):
            self.everything = "a node without a name of its own was changed"
            return
        if term in TIES:
            self.ties.add(quad)
            return
        self._unit(engine, node)
        if term in (*JOINING, NR.inContingent) and not isinstance(quad.object, ox.Literal):
            self._unit(engine, quad.object)
        if term in _MEANING:
            self.everything = "what a kind means was changed"
            return
        if term in LABELLING:
            self._named(engine, node)
        # Its label says whose it is, and until when.
        dated = term in (NR.earliest, NR.latest) and any(objects(engine, node, ORG.organization))
        if dated or term in MEMBERSHIP:
            self._named(engine, node)
        # A claim, its evidence, or the article in which that stands: rules look at all of these
        # where they ask in which articles something is named or reported.
        # Which of two accounts of an exercise comes first, they ask of what is a table.
        wide = term in _DATING or quad.object == _TABLE
        quotes = {node, *(subjects(engine, OA.hasSource, node) if wide else ())}
        claims = {node, *(c for quote in quotes for c in subjects(engine, NR.hasEvidence, quote))}
        self.nodes.update(claims)
        abouts = {about for claim in claims for about in objects(engine, claim, NR.about)}
        if term == NR.about and is_node(quad.object):
            abouts.add(quad.object)
        for about in abouts:
            self._unit(engine, about)
        # An affiliation, one that a claim is about or that has evidence, or an actor itself.
        links = {node, *claims, *abouts}
        members = {member for link in links for member in objects(engine, link, ORG.member)}
        if term == ORG.member and not isinstance(quad.object, ox.Literal):
            members.add(quad.object)
        members = members or {node}
        for member in members:
            self._actor(engine, member)
        # Which navies a state has, all exercises of the state have to know.
        if term in _BELONGING:
            navies = [member for member in members if may_be_navy(_kinds(engine, member))]
            links = {link for navy in navies for link in subjects(engine, ORG.member, navy)}
            wholes: set[Node] = set()
            for link in links | {node} if navies else ():
                wholes.update(objects(engine, link, ORG.organization))
            for navy in navies:
                wholes.update(objects(engine, navy, _PART))
            if navies and term in (ORG.organization, _PART):
                wholes.update([] if isinstance(quad.object, ox.Literal) else [quad.object])
            for whole in wholes:
                self._carried(engine, whole)

    def _named(self, engine: ox.Store, node: Node) -> None:
        """Add what may say in its own label how a node is called."""
        for naming in NAMED:
            for one in subjects(engine, naming, node):
                self.nodes.add(one)
                # The label of a membership may go into that of a claim.
                if naming in MEMBERSHIP:
                    for again in NAMED:
                        self.nodes.update(subjects(engine, again, one))

    def complete(self, engine: ox.Store) -> None:
        """Add what the nodes are derived together with.

        These are claims that were made of a node's own evidence, the node of such a claim, and of
        an exercise its phases and its accounts.
        """
        self._units.clear()
        for node in list(self.nodes):
            for quad in engine.quads_for_pattern(node, _ABOUT, None, _FILLED):
                if is_node(quad.object):
                    self._unit(engine, quad.object)
        met: set[Node] = set()
        for exercise in list(self.exercises):
            if exercise not in met:
                unit = set(together(engine, exercise))
                met |= unit
                (self.exercises if self.nodes.isdisjoint(unit) else self.nodes).update(unit)
        self.exercises -= self.nodes
        for node in list(self.nodes):
            for quad in engine.quads_for_pattern(None, _ABOUT, node, _FILLED):
                self.nodes.add(quad.subject)
        if self._too_many():
            self.everything = self._reason()

    def _reason(self) -> str:
        return f"the change reaches more than {say(self.most, 'node')}"

    def _unit(self, engine: ox.Store, node: Node) -> None:
        """Add a node with what it is part of, what is part of it, and what it is said to be."""
        if node not in self._units:
            for one in together(engine, node):
                self._units.add(one)
                self.nodes.add(one)
                if self._too_many():
                    return

    def _actor(self, engine: ox.Store, actor: Node) -> None:
        """Add all that belongs to an actor, and the exercises in which it takes part."""
        todo = [actor]
        while todo and not self._too_many():
            one = todo.pop()
            if one in self._actors:
                continue
            self._actors.add(one)
            self.nodes.add(one)
            self.nodes.update(subjects(engine, ORG.member, one))
            self.exercises.update(subjects(engine, NR.hasParticipant, one))
            for link in subjects(engine, ORG.organization, one):
                todo += objects(engine, link, ORG.member)
            todo += subjects(engine, _PART, one)

    def _too_many(self) -> bool:
        return len(self.nodes) + len(self.exercises) // _LESS > self.most

    def _carried(self, engine: ox.Store, whole: Node) -> None:
        """Add the exercises in which a state takes part, by itself or through others."""
        if whole in self._wholes:
            return
        self._wholes.add(whole)
        self.wholes.add(whole)
        for participation in subjects(engine, W.carries, whole, WORK):
            self.exercises.update(objects(engine, participation, W["in"], WORK))
            if self._too_many():
                return
