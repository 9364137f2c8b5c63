"""Warnings of what a query most likely doesn't mean, though it can be answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ..graph import nearest_terms
from ..graph.standard_terms import TERMS, WELL_KNOWN, unknown
from ..graph.store import Store, ontology
from ..graph.terms import GRAPH, ID, NR, NRC, OWL, RDF, VANN, WORKINGS, namespace
from ..text.nearest import did_you_mean, nearest
from .errors import Remark
from .lexer import Token, prefixes
from .prefixes import KNOWN, iri_of, named, short, sources
from .scope import computed, projected, visible
from .tree import Tree, variables

#: So many of the files' graphs are named in a hint.
_LISTED: Final = 3
#: So alike are namespaces of which one is a slip for the other.
_NEAR: Final = 0.8


def warnings(
    store: Store, query: Tree, bound: Collection[str] = (), nodes: bool = True
) -> list[Remark]:
    """Find what makes an answer empty, or emptier than it looks, in the order of the query.

    That are names that nothing declares in the namespaces of the ontologies of the graph and in
    closed vocabularies (RDF, RDFS, OWL, XSD, SKOS, SHACL); nodes of ours that are not in the graph,
    if all are known; well-known prefixes with namespaces that are nearly theirs; and variables that
    are selected and never bound, not even from outside.
    """
    found = [*_terms(store, query, nodes), *_prefixes(store, query), *_variables(query, bound)]
    return sorted(found, key=lambda remark: remark.start)


def graphs(store: Store, query: Tree) -> list[Remark]:
    """Warn of graphs that the files lack: of FROM, FROM NAMED and GRAPH."""
    remarks = []
    here = {graph.value for graph in store.graphs}
    listed = ", ".join(f"<{name}>" for name in sorted(here)[:_LISTED])
    spaces = {**KNOWN, **prefixes(query.words)}
    ours = GRAPH in (sources(query.text) or ((),))[0]
    hint = f"leave it out: all facts are in one graph, which FROM can call <{GRAPH}>"
    if here:
        more = ", …" if len(here) > _LISTED else ""
        hint = f"the files have {listed}{more}, and <{GRAPH}> is all of them together"
    for clause in query.root.walk("Dataset", "Graph"):
        keyword, name = clause.children[0], clause.children[-1]
        if clause.rule == "Graph":
            name = clause.children[1]
        iri = iri_of(name, spaces) if isinstance(name, Token) else None
        if iri in here or (here and iri is None) or (clause.rule == "Graph" and iri == WORKINGS):
            continue
        if not here and (clause.rule == "Graph" or clause.keyword("NAMED")):
            said = f"{query.source(keyword).upper()} looks at named graphs, and here are none"
            remarks.append(Remark(keyword.start, keyword.end, said, hint))
        elif not ours or clause.rule == "Graph":
            said = f"{query.source(name)} is no graph here"
            remarks.append(Remark(name.start, name.end, said, hint))
    return remarks


def _variables(query: Tree, bound: Collection[str]) -> Iterator[Remark]:
    form, pattern = query.query, query.pattern
    if form is None or pattern is None or form.rule not in ("Select", "Describe"):
        return
    found = visible(pattern) | set(bound)
    for part in (*form.nodes("SelectClause", "Grouping"), *query.root.nodes("Values")):
        found |= {word.text[1:] for word in computed(part)}
        found |= variables(part) if part.rule == "Values" else set()
    for name, word in (projected(form) or {}).items():
        if name not in found:
            near = did_you_mean(f"?{other}" for other in nearest(name, found, most=1))
            yield Remark(
                *(word.start, word.end),
                f"?{name} is selected, and nothing in the pattern binds it",
                near or "it has no value in any row",
            )


def _prefixes(store: Store, query: Tree) -> Iterator[Remark]:
    """Well-known prefixes that are declared as nearly what they are, if nothing is of that."""
    words = query.words
    for before, name, iri in zip(words, words[1:], words[2:], strict=False):
        prefix, space = name.text.partition(":")[0], iri.text[1:-1]
        if not before.says("PREFIX") or name.kind != "name" or KNOWN.get(prefix, space) == space:
            continue
        used = {term for term, _, _ in named(query.text, {}) if term.startswith(space)}
        if nearest(space, [KNOWN[prefix]], cutoff=_NEAR) and not any(map(_Graph(store).uses, used)):
            said = f"{name.text} is {iri.text} here, and nothing in the graph is of that"
            yield Remark(iri.start, iri.end, said, f"did you mean <{KNOWN[prefix]}>?")


def _terms(store: Store, query: Tree, nodes: bool) -> Iterator[Remark]:
    graph = _Graph(store)
    seen = set()
    for iri, start, end in named(query.text, KNOWN):
        if iri in seen or iri == namespace(iri):
            continue
        seen.add(iri)
        if unknown(iri):
            # A term of one vocabulary is often written with the prefix of another.
            local = nearest_terms.local_part(iri)
            others = (space + local for space in TERMS)
            known = {*TERMS[namespace(iri)], *(term for term in others if not unknown(term))}
            yield _unknown(query, start, end, iri, "is no term of that vocabulary", known)
        elif iri.startswith(ID.iri):
            if nodes and not graph.has(iri):
                yield _unknown(query, start, end, iri, "is not in this graph", graph.below(ID.iri))
        elif any(iri.startswith(space) for space in graph.spaces) and not graph.declares(iri):
            yield _unknown(query, start, end, iri, "is not in the ontology", graph.declared)


def _unknown(
    query: Tree, start: int, end: int, iri: str, what: str, known: Collection[str]
) -> Remark:
    # By the prefixes as the query has them: it may have declared one as another namespace.
    spaces = {**KNOWN, **prefixes(query.words)}
    hint = did_you_mean(short(near, spaces) for near in nearest_terms.suggest(iri, known))
    return Remark(start, end, f"{query.text[start:end]} {what}", hint)


class _Graph:
    """What a graph declares, looked up when it is needed."""

    def __init__(self, store: Store) -> None:
        self.engine = store.engine
        # Where the ontology is not mixed in, its names are known all the same.
        self._beside = ontology().engine if store.plain else None

    def has(self, iri: str) -> bool:
        """Whether an IRI stands in the graph as subject or object."""
        node = ox.NamedNode(iri)
        patterns = ((node, None), (None, node))
        return any(
            next(self.engine.quads_for_pattern(s, None, o, ox.DefaultGraph()), None) is not None
            for s, o in patterns
        )

    def uses(self, iri: str) -> bool:
        """Whether an IRI stands anywhere in the graph."""
        if self.has(iri):
            return True
        quads = self.engine.quads_for_pattern(None, ox.NamedNode(iri), None, ox.DefaultGraph())
        return next(quads, None) is not None

    def declares(self, iri: str) -> bool:
        """Whether an IRI has a type."""
        engines = (self.engine,) if self._beside is None else (self.engine, self._beside)
        pattern = ox.NamedNode(iri), ox.NamedNode(RDF.type), None
        return any(next(one.quads_for_pattern(*pattern), None) is not None for one in engines)

    @cached_property
    def spaces(self) -> tuple[str, ...]:
        """The namespaces of ontologies: ours, and those that the graph describes."""
        found = {NR.iri, NRC.iri}
        kind, ontology = ox.NamedNode(RDF.type), ox.NamedNode(OWL.Ontology)
        for quad in self.engine.quads_for_pattern(None, kind, ontology):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in found:
                iri = quad.subject.value
                found |= {iri} if iri[-1] in "#/" else {iri + "#", iri + "/"}
        for quad in self.engine.quads_for_pattern(
            None, ox.NamedNode(VANN.preferredNamespaceUri), None
        ):
            if isinstance(quad.object, ox.Literal) and quad.object.value:
                found.add(quad.object.value)
        return tuple(sorted(found - WELL_KNOWN))

    @cached_property
    def declared(self) -> frozenset[str]:
        """Everything that has a type, in these namespaces."""
        return frozenset(iri for space in self.spaces for iri in self.below(space))

    def below(self, space: str) -> frozenset[str]:
        """Everything that has a type, in one namespace."""
        quads = self.engine.quads_for_pattern(None, ox.NamedNode(RDF.type), None)
        return frozenset(
            quad.subject.value
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(space)
        )
