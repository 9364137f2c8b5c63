"""What a query most likely does not mean, though it can be answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ..graph import suggest
from ..graph.standard_terms import TERMS, WELL_KNOWN, unknown
from ..graph.store import Store
from ..graph.terms import GRAPH, ID, NR, NRC, OWL, RDF, VANN, namespace
from .default_graph import sources
from .lexer import prefixes
from .outline import Outline, visible
from .places import Remark
from .prefixes import KNOWN
from .tokens import named

_VANN: Final = VANN.preferredNamespaceUri
_ONTOLOGY: Final = OWL.Ontology


def warnings(
    store: Store, query: Outline, bound: Collection[str] = (), nodes: bool = True
) -> list[Remark]:
    """Find what makes an answer empty, or emptier than it looks.

    Args:
        store: The graph.
        query: The query.
        bound: The variables that get a value from outside.
        nodes: Whether all nodes are known: if not, none is missed.

    Returns:
        The warnings, in the order of the query: names that nothing declares in the namespaces of
        the ontologies of the graph and in closed vocabularies (RDF, RDFS, OWL, XSD, SKOS, SHACL);
        nodes of ours that are not in the graph; and variables that are selected and never bound.
    """
    return sorted([*_terms(store, query, nodes), *_variables(query, bound)], key=lambda w: w.start)


def graphs(query: Outline) -> list[Remark]:
    """Find the graphs that a query names and that a graph from files does not have.

    Args:
        query: The query.

    Returns:
        The warnings: of FROM with another name than ours, of FROM NAMED and of GRAPH.
    """
    found = []
    for word, name in zip(query.words, query.words[1:], strict=False):
        keyword = word.text.upper() if word.kind == "word" else ""
        where = name if keyword == "FROM" and name.text.upper() != "NAMED" else word
        if keyword == "GRAPH" or (keyword == "FROM" and where is word):
            said = f"{keyword} looks at named graphs, and here are none"
        elif keyword == "FROM" and GRAPH not in (sources(query.text) or ()):
            said = f"{name.text} is no graph here"
        else:
            continue
        hint = f"leave it out: all facts are in one graph, which FROM can call <{GRAPH}>"
        found.append(Remark(where.start, where.end, said, hint))
    return found


def _variables(query: Outline, bound: Collection[str]) -> Iterator[Remark]:
    pattern, projected = query.pattern, query.query.projected
    if pattern is None or query.form not in ("SELECT", "DESCRIBE") or not projected:
        return
    found = visible(pattern) | query.query.binds | set(bound)
    for name, word in projected.items():
        if name not in found:
            import difflib

            near = difflib.get_close_matches(name, sorted(found), n=1)
            hint = f"did you mean ?{near[0]}?" if near else "it has no value in any row"
            yield Remark(
                word.start,
                word.end,
                f"?{name} is selected, and nothing in the pattern binds it",
                hint,
            )


def _terms(store: Store, query: Outline, nodes: bool) -> Iterator[Remark]:
    graph = _Graph(store)
    seen = set()
    for iri, start, end in named(query.text, KNOWN):
        if iri in seen or iri == namespace(iri):
            continue
        seen.add(iri)
        if unknown(iri):
            yield _unknown(
                query,
                start,
                end,
                iri,
                "is no term of that vocabulary",
                TERMS[namespace(iri)],
            )
        elif iri.startswith(ID.iri):
            if nodes and not graph.has(iri):
                yield _unknown(query, start, end, iri, "is not in this graph", graph.below(ID.iri))
        elif any(iri.startswith(space) for space in graph.spaces) and not graph.declares(iri):
            yield _unknown(query, start, end, iri, "is not in the ontology", graph.declared)


def _unknown(
    query: Outline, start: int, end: int, iri: str, what: str, known: Collection[str]
) -> Remark:
    hint = suggest.did_you_mean(iri, known)
    spaces = {**KNOWN, **prefixes(query.words)}
    said = f"{query.text[start:end]} {what}"
    return Remark(start, end, said, suggest.shortened(hint, spaces))


class _Graph:
    """What a graph declares, looked up when it is needed."""

    def __init__(self, store: Store) -> None:
        self.engine = store.engine

    def has(self, iri: str) -> bool:
        """Whether an IRI stands in the graph as subject or object."""
        node = ox.NamedNode(iri)
        patterns = ((node, None), (None, node))
        return any(
            next(self.engine.quads_for_pattern(s, None, o, ox.DefaultGraph()), None) is not None
            for s, o in patterns
        )

    def declares(self, iri: str) -> bool:
        """Whether an IRI has a type."""
        quads = self.engine.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(RDF.type), None)
        return next(quads, None) is not None

    @cached_property
    def spaces(self) -> tuple[str, ...]:
        """The namespaces of ontologies: ours, and those that the graph describes."""
        found = {NR.iri, NRC.iri}
        ontologies = self.engine.quads_for_pattern(
            None, ox.NamedNode(RDF.type), ox.NamedNode(_ONTOLOGY)
        )
        for quad in ontologies:
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in found:
                iri = quad.subject.value
                found |= {iri} if iri[-1] in "#/" else {iri + "#", iri + "/"}
        for quad in self.engine.quads_for_pattern(None, ox.NamedNode(_VANN), None):
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
