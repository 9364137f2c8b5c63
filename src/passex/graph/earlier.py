"""What was known as of a day: the facts without what later articles tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from . import claimed
from .claimed import Claim, Fact, Node
from .newest import Change
from .terms import NR, ORG, PREFIXES, RDF, SKOS, THINGS

_DEFAULT: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(RDF.type)
#: What is only there because an article tells of it; that something leads there proves nothing.
_TOLD: Final = (*(NR[name] for name in ("Event", "Plan", "Agreement", "Relation", "Tension")),
    ORG.Membership)  # fmt: skip


def cut(
    engine: ox.Store,
    articles: Mapping[str, str],
    kept: Collection[str],
    ontology: Collection[object],
) -> None:
    """Take from facts what only later articles tell, and put back what they have changed.

    Args:
        engine: The facts with the ontology, to which no rule was applied; it is changed.
        articles: The last day of each article, by its IRI.
        kept: The articles that are not later.
        ontology: The nodes of the ontology, which no article tells of.
    """
    claims = claimed.read(engine, articles)
    later = [claim for claim in claims if not claim.articles.issubset(kept)]
    known = [claim for claim in claims if claim.articles.issubset(kept)]
    changes = _changes(engine, known, later, articles)
    off = {fact for change in changes.values() for fact in change.off}
    on = {fact for change in changes.values() for fact in change.on}
    out = articles.keys() - set(kept)
    gone = _Untold(engine, known, later, off, ontology, kept).nodes()
    gone |= {ox.NamedNode(article) for article in out}
    gone |= {claim.node for claim in later}
    gone |= {claim.node for claim in known if claim.about in gone}
    parts = {
        quad.subject
        for quad in engine
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.partition("#")[0] in out
    }
    for node in gone | parts:
        for a, b in ((node, None), (None, node)):
            for quad in engine.quads_for_pattern(a, None, b, None):
                engine.remove(quad)
    for node, name, value in off:
        engine.remove(ox.Quad(node, ox.NamedNode(name), value))
    for node in changes.keys() - gone:
        # A curator's remark may be on what came later.
        for quad in engine.quads_for_pattern(node, ox.NamedNode(SKOS.scopeNote), None, _DEFAULT):
            engine.remove(quad)
    for node, name, value in on:
        if node not in gone and value not in gone:
            engine.add(ox.Quad(node, ox.NamedNode(name), value))


def _changes(
    engine: ox.Store,
    known: Iterable[Claim],
    later: Iterable[Claim],
    articles: Mapping[str, str],
) -> dict[Node, Change]:
    """Find what is to be changed on the nodes that later claims are about."""

    def when(claim: Claim) -> str:
        return max((articles[article] for article in claim.articles), default="")

    after: dict[Node, list[Claim]] = {}
    for claim in later:
        after.setdefault(claim.about, []).append(claim)
    before: dict[Node, list[Claim]] = {node: [] for node in after}
    for claim in known:
        if claim.about in before:
            before[claim.about].append(claim)
    return {node: Change(engine, node, before[node], after[node], when) for node in after}


class _Untold:
    """The nodes of which nothing was known by a day.

    What a claim of then, or of a data set, names was known, and what it leads to by a fact that no
    claim proves, such as the state that a post is in. What only later claims name was not. What no
    such claim names at all, such as a background affiliation, was known if something known leads
    there or it leads to something known; or if it has to do with nothing that came later.
    """

    def __init__(
        self,
        engine: ox.Store,
        known: Iterable[Claim],
        later: Iterable[Claim],
        off: Collection[Fact],
        ontology: Collection[object],
        kept: Iterable[str],
    ) -> None:
        self._engine, self._off, self._ontology = engine, off, ontology
        self._claims: set[object] = {claim.node for claims in (known, later) for claim in claims}
        telling = (claim for claim in known if claim.articles or claim.listed)
        told = {node for claim in telling for node in claim.named}
        self._told: set[object] = told | {ox.NamedNode(article) for article in kept}
        self._later = {
            node
            for claim in later
            for node in claim.named
            if isinstance(node, ox.NamedNode | ox.BlankNode)
            if node not in self._told and node not in ontology
        }
        things = self._of(THINGS)
        self._neutral = things - self._told - self._later - {*ontology}
        self._events = self._later & self._of(_TOLD)

    def nodes(self) -> set[Node]:
        """Find them."""
        if not self._later:
            return set()
        unsure = self._later | self._neutral
        found = {node for node in unsure if self._leads_to_known(node, self._told)}
        waiting = [*found]
        while waiting:
            for other in self._around(waiting.pop()):
                if other in unsure and other not in found and self._leads_to_known(other, found):
                    found.add(other)
                    waiting.append(other)
        gone = self._later - found
        waiting = [*gone]
        while waiting:
            for other in self._around(waiting.pop()):
                if other in self._neutral and other not in found and other not in gone:
                    gone.add(other)
                    waiting.append(other)
        return gone

    def _of(self, kinds: Iterable[str]) -> set[Node]:
        """Find the nodes of some classes, and of those below."""
        values = " ".join(f"<{kind}>" for kind in kinds)
        below = f"{{ VALUES ?kind {{ {values} }} ?class rdfs:subClassOf* ?kind }}"
        classes = self._engine.query(f"SELECT DISTINCT ?class {below}", prefixes=PREFIXES)
        assert isinstance(classes, ox.QuerySolutions)
        found: set[Node] = set()
        for (kind,) in classes:
            for quad in self._engine.quads_for_pattern(None, _TYPE, kind, _DEFAULT):
                if not isinstance(quad.subject, ox.Triple):
                    found.add(quad.subject)
        return found

    def _leads_to_known(self, node: Node, known: Collection[object]) -> bool:
        if node in self._events:
            return False
        if any(other in known for other in self._linked(node, here=False)):
            return True
        return node in self._neutral and any(
            other in known for other in self._linked(node, here=True)
        )

    def _around(self, node: Node) -> Iterator[Node]:
        yield from self._linked(node, here=True)
        yield from self._linked(node, here=False)

    def _linked(self, node: Node, here: bool) -> Iterator[Node]:
        """Yield the nodes that a node leads to, or that lead ``here``, by facts of then."""
        a, b = (node, None) if here else (None, node)
        for quad in self._engine.quads_for_pattern(a, None, b, _DEFAULT):
            other = quad.object if here else quad.subject
            if not isinstance(other, ox.NamedNode | ox.BlankNode) or other in self._claims:
                continue
            if quad.predicate == _TYPE or other in self._ontology:
                continue
            if (quad.subject, quad.predicate.value, quad.object) not in self._off:
                yield other
