"""RDF: the triples of what is asked for, as lines of N-Triples.

They sort quickly as bytes, so that the same triples come out in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ..graph import lexical
from ..graph import store as stores
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, FILLED, NR, OA, OWL, PREFIXES, RDF, UNNAMED
from .model import Picture

#: The named graph of what the rules derived, in formats that have named graphs.
DERIVED_GRAPH: Final = "https://w3id.org/passex/derived"
#: The prefixes of documents: those that facts may use.
SHOWN_PREFIXES: Final = {name: iri for name, iri in PREFIXES.items() if name != "w"}
#: What belongs to a node, and is of no use without it.
_PARTS: Final = (NR.hasEvidence, NR.hasZone, OA.hasSource)
#: Marks what the rules filled in and the files leave out.
_FILLED: Final = ox.NamedNode(FILLED)
_LIST: Final = (RDF.first, RDF.rest)
#: A language tag at the end of a line.
_TAG: Final = re.compile(rb'(?<="@)[a-z0-9-]+(?=(?:--[a-z]+)? \.$)')


@dataclass(frozen=True, slots=True)
class Triples:
    """Triples as lines of N-Triples, sorted, each once.

    Attributes:
        title: What they are, in words.
        facts: What the files say.
        derived: What the rules derived from it, where that was asked for.
        graphs: Which of the facts are in a named graph of the files: its name, and them.
        twice: Which of the facts are in a named graph, and outside of any too.
        tags: Language tags as the files write them, by what the engine makes of them.
    """

    title: str
    facts: tuple[bytes, ...]
    derived: tuple[bytes, ...] = ()
    graphs: tuple[tuple[str, tuple[bytes, ...]], ...] = ()
    twice: tuple[bytes, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def united(self) -> tuple[bytes, ...]:
        """Facts and what was derived as one graph: what is in both is one triple."""
        return tuple(sorted({*self.facts, *self.derived})) if self.derived else self.facts

    @property
    def unnamed(self) -> tuple[bytes, ...]:
        """The facts that the files have outside of named graphs."""
        named = {line for _, lines in self.graphs for line in lines}.difference(self.twice)
        return tuple(line for line in self.facts if line not in named) if named else self.facts


def whole(store: Store, derived: bool = False) -> Triples:
    """Take all facts, with what the rules `derived` if that is asked for, without the ontology.

    What the rules filled in is left out: whoever reads the facts fills it in again.

    Anonymous classes of OWL are left out, wherever they come from.
    """
    as_in_files = _Written(store)
    if store.plain:
        facts = [triple for quad in _default(store) for triple in as_in_files(quad)]
        return as_in_files.gathered("What the files say", facts, [])
    own = stores.ontology().engine
    blank = (q for q in _default(store) if isinstance(q.subject, ox.BlankNode))
    owl = {quad.subject for quad in blank if _of_owl(quad)}
    facts, ruled = list[ox.Triple](), []
    for quad in _default(store):
        if quad.predicate.value in DERIVED:
            ruled.append(quad.triple)
        elif (
            quad.subject not in owl
            and quad.object not in owl
            and quad not in own
            and not _filled(store, quad)
        ):
            facts += as_in_files(quad)
    return as_in_files.gathered("The graph", facts, ruled if derived else [])


def about(store: Store, nodes: Iterable[str], title: str, derived: bool = False) -> Triples:
    """Take what the facts say of nodes, with the claims about them and their evidence.

    What the rules `derived`, if that is asked for, is taken where both ends are among the nodes.
    """
    wanted = set(nodes)
    claims = (claim for node in wanted for claim in store.subjects(NR.about, node))
    waiting = [*wanted, *claims]
    seen = set(waiting)
    facts, ruled, as_in_files = list[ox.Triple](), [], _Written(store)
    while waiting:
        subject = waiting.pop()
        for quad in _default(store, term_of(subject)):
            name, value = quad.predicate.value, quad.object
            if name in DERIVED:
                if isinstance(value, ox.NamedNode) and value.value in wanted:
                    ruled.append(quad.triple)
                continue
            if not _filled(store, quad):
                facts += as_in_files(quad)
            anonymous = isinstance(value, ox.BlankNode)
            if anonymous or (name in _PARTS and isinstance(value, ox.NamedNode)):
                part = str(value) if anonymous else value.value  # type: ignore[union-attr]
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)
    return as_in_files.gathered(title, facts, ruled if derived else [])


def of_picture(store: Store, picture: Picture, derived: bool = False) -> Triples:
    """Take what the facts say of the nodes and events of a picture, as `about` does."""
    return about(store, picture.iris, picture.title, derived)


def ontology() -> Triples:
    """Take the ontology and its concepts."""
    return Triples("The ontology", lines([quad.triple for quad in stores.ontology().engine]))


class _Written:
    """Triples as the files have them: literals as they are written, tags, and named graphs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._originals = lexical.restored(store.engine)

    def __call__(self, quad: ox.Quad) -> list[ox.Triple]:
        """Give the triple, or those that the files have in its place."""
        values = self._originals.get(quad.triple) if self._originals else None
        if values is None:
            return [quad.triple]
        return [ox.Triple(quad.subject, quad.predicate, value) for value in values]

    def gathered(
        self, title: str, facts: Sequence[ox.Triple], ruled: Sequence[ox.Triple]
    ) -> Triples:
        """Write triples as lines."""
        store = self._store
        # What has been numbered on its way in has names that last; others come from a server.
        numbered = store.plain or bool(store.graphs)
        made = self._tagged(lines(facts, numbered))
        graphs = [(str(graph), self._of_graph(graph, {*made})) for graph in store.graphs]
        graphs = [(name, part) for name, part in graphs if part]
        twice = self._of_graph(ox.NamedNode(UNNAMED), {*made})
        return Triples(title, made, lines(ruled), tuple(graphs), twice, store.tags)

    def _of_graph(self, graph: stores.Graph, shown: Collection[bytes]) -> tuple[bytes, ...]:
        quads = self._store.engine.quads_for_pattern(None, None, None, graph)
        part = self._tagged(lines([triple for quad in quads for triple in self(quad)], True))
        return tuple(line for line in part if line in shown)

    def _tagged(self, lines: tuple[bytes, ...]) -> tuple[bytes, ...]:
        tags = {small.encode(): tag.encode() for small, tag in self._store.tags.items()}
        if not tags:
            return lines
        return tuple(_TAG.sub(lambda found: tags.get(found[0], found[0]), line) for line in lines)


def _default(store: Store, subject: ox.NamedNode | ox.BlankNode | None = None) -> Iterator[ox.Quad]:
    return store.engine.quads_for_pattern(subject, None, None, ox.DefaultGraph())


def _filled(store: Store, quad: ox.Quad) -> bool:
    """Tell whether a rule filled a triple in, so that no file has it."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) in store.engine


def _of_owl(quad: ox.Quad) -> bool:
    name, value = quad.predicate.value, quad.object
    of_type = isinstance(value, ox.NamedNode) and value.value.startswith(OWL.iri)
    return name.startswith(OWL.iri) or name in _LIST or (name == RDF.type and of_type)


def lines(triples: Iterable[ox.Triple], numbered: bool = False) -> tuple[bytes, ...]:
    """Write triples as lines, sorted.

    Blank nodes have names that depend on what is said of them, or are `numbered` already.
    """
    named, anonymous = list[ox.Triple](), list[ox.Triple]()
    for triple in triples:
        blank = isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        (anonymous if blank else named).append(triple)
    if numbered:
        named += anonymous
    elif anonymous:
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in anonymous)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        named += [quad.triple for quad in graph]
    text = ox.serialize(named, format=ox.RdfFormat.N_TRIPLES)
    return tuple(sorted(set(text.splitlines()))) if text else ()
