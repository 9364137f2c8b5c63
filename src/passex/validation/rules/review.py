"""Review an ontology: the queries of ``ontology/checks/``, and what no query can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.hierarchy import superclasses
from ...graph.nearest_terms import short
from ...graph.terms import DCTERMS, OWL, PREFIXES, RDFS, SH, SKOS
from ...query.prefixes import named
from . import queries
from .model import Check, Finding, Kind, Scope
from .ontologies import Ontology


def _run(scope: Scope) -> Iterator[Finding]:
    if not scope.inputs.ontology:
        return
    store = queries.looked_at(scope)
    for rule in CHECK.rules:
        in_python = _IN_PYTHON.get(rule.id)
        yield from in_python(scope) if in_python else queries.run(rule.id, scope, store)


def _cycles(scope: Scope) -> Iterator[Finding]:
    """Find terms above themselves; SPARQL tells that there is a way around, and not which."""
    ontology = scope.ontology
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        above: dict[str, list[str]] = {}
        for low, high in sorted(ontology.pairs(predicate)):
            above.setdefault(low, []).append(high)
        for iri in sorted(above.keys() & ontology.own):
            below: dict[str, str] = {}
            todo = [(high, iri) for high in above[iri]]
            while todo and iri not in below:
                node, low = todo.pop()
                if node not in below:
                    below[node] = low
                    todo += [(high, node) for high in above.get(node, ())]
            if iri not in below:
                continue
            loop = [iri, below[iri]]
            while loop[-1] != iri:
                loop.append(below[loop[-1]])
            # Said once a cycle: of the term that comes first in it.
            if iri == min(loop):
                loop.reverse()
                yield Finding(
                    "hierarchy-cycle",
                    f"{short(iri)} is above itself: {' < '.join(map(short, loop))}.",
                    "take one link out",
                    subject=ox.NamedNode(iri),
                    predicate=predicate,
                    value=ox.NamedNode(loop[1]),
                    where="ontology",
                )


def _deprecated(scope: Scope) -> Iterator[Finding]:
    """Find deprecated terms in data and shapes, where they are: data are too many to be copied."""
    ontology = scope.ontology
    graphs: tuple[tuple[ox.Store, Kind], ...]
    graphs = ((scope.inputs.graph, "data"), (scope.inputs.shapes_graph, "shapes"))
    for quad in ontology.graph.quads_for_pattern(None, ox.NamedNode(OWL.deprecated), None):
        term, flag = quad.subject, quad.object
        if not isinstance(term, ox.NamedNode) or not isinstance(flag, ox.Literal):
            continue
        if flag.value not in ("true", "1"):
            continue
        for graph, where in graphs:
            for pattern in ((None, term, None), (None, None, term)):
                for use in sorted(graph.quads_for_pattern(*pattern), key=str):
                    user = use.subject
                    assert not isinstance(user, ox.Triple)
                    own = isinstance(user, ox.NamedNode) and ontology.owns(user.value)
                    if not own or user.value not in ontology.declared:
                        message = f"{short(term.value)} is deprecated."
                        hint = _instead(ontology, term.value)
                        yield Finding.of(use, "deprecated-term", message, hint, where)


def _instead(ontology: Ontology, iri: str) -> str:
    """The term that takes its place: IAO:0100001 and dcterms:isReplacedBy say so."""
    names = (DCTERMS.isReplacedBy, "http://purl.obolibrary.org/obo/IAO_0100001")
    successors = [value.value for name in names for value in ontology.values(iri, name)]
    if not successors:
        return "see its definition for what takes its place"
    return f"use {short(successors[0])}"


def _unused(scope: Scope) -> Iterator[Finding]:
    """Find terms that are nowhere in use: also queries count, which only a lexer can read."""
    if not scope.inputs.triples:
        return
    ontology, shapes = scope.ontology, scope.inputs.shapes_graph
    texts = [
        *scope.queries.values(),
        *(
            quad.object.value
            for name in ("select", "ask", "construct")
            for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None)
            if isinstance(quad.object, ox.Literal)
        ),
    ]
    in_queries = {iri for text in texts for iri, _, _ in named(text, PREFIXES)}
    used = [iri for iri in ontology.own if iri in in_queries or _occurs(scope, iri)]
    # What is above a used term is used through it.
    through = {
        iri
        for by in (RDFS.subClassOf, RDFS.subPropertyOf)
        for iri in superclasses(ontology.graph, *used, by=by)
    }
    # A list is there to choose from: what it offers needs no use of its own. Nor do datatypes of
    # codes, and what the ontology says of its own terms.
    within = {iri for iri in ontology.own if ontology.values(iri, SKOS.inScheme)}
    within |= {quad.predicate.value for quad in ontology.graph}
    within |= {q.object.datatype.value for q in ontology.graph if isinstance(q.object, ox.Literal)}
    for iri in sorted(ontology.own - through - within):
        yield Finding(
            "unused-term", f"Nothing uses {short(iri)}.", "use it, or take it out",
            subject=ox.NamedNode(iri), where="ontology",
        )  # fmt: skip


def _occurs(scope: Scope, iri: str) -> bool:
    node, own = ox.NamedNode(iri), scope.ontology.graph
    for pattern in ((None, node, None), (None, None, node)):
        if next(scope.inputs.shapes_graph.quads_for_pattern(*pattern), None) is not None:
            return True
        # More often than in the ontology, which is part of the graph.
        inside = sum(1 for _ in own.quads_for_pattern(*pattern))
        for number, _ in enumerate(scope.inputs.graph.quads_for_pattern(*pattern)):
            if number >= inside:
                return True
    ends = (RDFS.range, RDFS.domain)
    return any(quad.predicate.value in ends for quad in own.quads_for_pattern(None, None, node))


_IN_PYTHON: Final = {
    "hierarchy-cycle": _cycles,
    "deprecated-term": _deprecated,
    "unused-term": _unused,
}
CHECK: Final = Check("ontology", _run, of_ontology=True)
