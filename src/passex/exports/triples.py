"""Triples of what is asked for, in a fixed order.

Lines of N-Triples sort quickly as bytes, and whatever they are sorted by, the same triples come out
in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..graph import store as stores
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, NR, OA, OWL, PREFIXES, RDF
from .model import Picture

#: The named graph of what the rules derived, in formats that have named graphs.
DERIVED_GRAPH: Final = "https://w3id.org/passex/derived"
#: The prefixes of documents: those that facts may use.
SHOWN_PREFIXES: Final = {name: iri for name, iri in PREFIXES.items() if name != "w"}
#: What belongs to a node, and is of no use without it.
_PARTS: Final = (NR.hasEvidence, OA.hasSelector, NR.hasZone, OA.hasSource)
_LIST: Final = (RDF.first, RDF.rest)


@dataclass(frozen=True, slots=True)
class Triples:
    """Triples as lines of N-Triples, sorted, each once.

    Attributes:
        title: What they are, in words.
        facts: What the files say.
        derived: What the rules derived from it, where that was asked for.
    """

    title: str
    facts: tuple[bytes, ...]
    derived: tuple[bytes, ...] = ()

    @property
    def united(self) -> tuple[bytes, ...]:
        """Facts and what was derived as one graph: what is in both is one triple."""
        return tuple(sorted({*self.facts, *self.derived})) if self.derived else self.facts


def whole(store: Store, derived: bool = False) -> Triples:
    """Take all facts, with what the rules `derived` if that is asked for, without the ontology.

    Anonymous classes of OWL are left out, wherever they come from.
    """
    own = stores.ontology().engine
    owl = {
        quad.subject
        for quad in _default(store)
        if isinstance(quad.subject, ox.BlankNode) and _of_owl(quad)
    }
    facts, ruled = [], []
    for quad in _default(store):
        if quad.predicate.value in DERIVED:
            ruled.append(quad.triple)
        elif quad.subject not in owl and quad.object not in owl and quad not in own:
            facts.append(quad.triple)
    return Triples("The graph", _sorted(facts), _sorted(ruled) if derived else ())


def about(store: Store, nodes: Iterable[str], title: str, derived: bool = False) -> Triples:
    """Take what the facts say of nodes, with the claims about them and their evidence.

    What the rules `derived`, if that is asked for, is taken where both ends are among the nodes.
    """
    wanted = set(nodes)
    claims = (claim for node in wanted for claim in store.subjects(NR.about, node))
    waiting = [*wanted, *claims]
    seen = set(waiting)
    facts, ruled = [], []
    while waiting:
        subject = waiting.pop()
        quads = store.engine.quads_for_pattern(term_of(subject), None, None, ox.DefaultGraph())
        for quad in quads:
            name, value = quad.predicate.value, quad.object
            if name in DERIVED:
                if isinstance(value, ox.NamedNode) and value.value in wanted:
                    ruled.append(quad.triple)
                continue
            facts.append(quad.triple)
            anonymous = isinstance(value, ox.BlankNode)
            if anonymous or (name in _PARTS and isinstance(value, ox.NamedNode)):
                part = str(value) if anonymous else value.value  # type: ignore[union-attr]
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)
    return Triples(title, _sorted(facts), _sorted(ruled) if derived else ())


def of_picture(store: Store, picture: Picture, derived: bool = False) -> Triples:
    """Take what the facts say of the nodes and events of a picture, as `about` does."""
    nodes = {node.iri for node in picture.nodes} | {event.iri for event in picture.events}
    return about(store, nodes, picture.title, derived)


def ontology() -> Triples:
    """Take the ontology and its concepts."""
    return Triples("The ontology", _sorted([quad.triple for quad in stores.ontology().engine]))


def _default(store: Store) -> Iterator[ox.Quad]:
    return store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())


def _of_owl(quad: ox.Quad) -> bool:
    name, value = quad.predicate.value, quad.object
    of_type = isinstance(value, ox.NamedNode) and value.value.startswith(OWL.iri)
    return name.startswith(OWL.iri) or name in _LIST or (name == RDF.type and of_type)


def _sorted(triples: Iterable[ox.Triple]) -> tuple[bytes, ...]:
    """Write triples as lines, sorted; blank nodes by names that depend on what is said of them."""
    named: list[ox.Triple] = []
    anonymous: list[ox.Triple] = []
    for triple in triples:
        blank = isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        (anonymous if blank else named).append(triple)
    if anonymous:
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in anonymous)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        named += [quad.triple for quad in graph]
    text = ox.serialize(named, format=ox.RdfFormat.N_TRIPLES)
    return tuple(sorted(set(text.splitlines()))) if text else ()
