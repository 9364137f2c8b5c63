"""Which terms of an ontology are used, and which should not be. Sources: see `hygiene`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.suggest import short
from ...graph.terms import DCTERMS, OWL, PREFIXES, SH
from ...query.prefixes import named
from ..problems import Rule, Severity
from .hygiene import found
from .model import Check, Finding, Kind, Scope
from .ontologies import DOMAIN, RANGE, SUB_CLASS, SUB_PROPERTY, Ontology

_DEPRECATED: Final = OWL.deprecated

RULES: Final = (
    Rule(
        "deprecated-term",
        "deprecated term in use",
        "Neither data nor shapes use a term that is owl:deprecated. After ROBOT's "
        "deprecated_class_reference and deprecated_property_reference.",
        "It will go; what uses it will break, or silently find nothing.",
        Severity.WARNING,
    ),
    Rule(
        "unused-term",
        "term that nothing uses",
        "Data, shapes, rules or questions use each class, property and concept of the ontology, or "
        "a term below it; so do other terms. Checked only where there are data. After the practice "
        "of FIBO that every term answers a question.",
        "What nobody uses, nobody has tried, and everybody has to read.",
        Severity.INFO,
    ),
)


def _run(scope: Scope) -> Iterator[Finding]:
    yield from _deprecated(scope)
    if scope.inputs.triples:
        yield from _unused(scope)


def _deprecated(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    for quad in ontology.graph.quads_for_pattern(None, ox.NamedNode(_DEPRECATED), None):
        term = quad.subject
        if not isinstance(term, ox.NamedNode) or quad.object.value not in ("true", "1"):  # type: ignore[union-attr]
            continue
        graphs: tuple[tuple[ox.Store, Kind], ...]
        graphs = ((scope.inputs.graph, "data"), (scope.inputs.shapes_graph, "shapes"))
        for graph, where in graphs:
            for pattern in ((None, term, None), (None, None, term)):
                for use in sorted(graph.quads_for_pattern(*pattern), key=str):
                    assert not isinstance(use.subject, ox.Triple)
                    own = isinstance(use.subject, ox.NamedNode) and ontology.owns(use.subject.value)
                    if not own or use.subject.value not in ontology.declared:
                        yield Finding(
                            "deprecated-term", f"{short(term.value)} is deprecated.",
                            _instead(ontology, term.value), subject=use.subject,
                            predicate=use.predicate.value, value=use.object, where=where,
                        )  # fmt: skip


def _instead(ontology: Ontology, iri: str) -> str:
    """The term that takes its place: IAO:0100001 and dcterms:isReplacedBy say so."""
    names = (DCTERMS.isReplacedBy, "http://purl.obolibrary.org/obo/IAO_0100001")
    found = [value.value for name in names for value in ontology.values(iri, name)]
    return f"use {short(found[0])}" if found else "see its definition for what takes its place"


def _unused(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    used = {iri for text in scope.queries.values() for iri, _, _ in named(text, PREFIXES)}
    queries = [
        quad.object.value
        for name in ("select", "ask", "construct")
        for quad in scope.inputs.shapes_graph.quads_for_pattern(None, ox.NamedNode(SH[name]), None)
        if isinstance(quad.object, ox.Literal)
    ]
    used |= {iri for text in queries for iri, _, _ in named(text, PREFIXES)}
    direct = {iri for iri in ontology.own if iri in used or _occurs(scope, iri)}
    below = [*ontology.pairs(SUB_CLASS), *ontology.pairs(SUB_PROPERTY)]
    grew = True
    while grew:  # what stands above a used term is used through it
        more = {high for low, high in below if low in direct} - direct
        direct |= more
        grew = bool(more)
    for iri in sorted(ontology.own - direct):
        message = f"Nothing uses {short(iri)}."
        yield found("unused-term", message, "use it, or take it out", iri)


def _occurs(scope: Scope, iri: str) -> bool:
    node = ox.NamedNode(iri)
    for pattern in ((None, node, None), (None, None, node)):
        if next(scope.inputs.shapes_graph.quads_for_pattern(*pattern), None) is not None:
            return True
        # More often than in the ontology, which is part of the graph.
        inside = sum(1 for _ in scope.ontology.graph.quads_for_pattern(*pattern))
        for number, _ in enumerate(scope.inputs.graph.quads_for_pattern(*pattern)):
            if number >= inside:
                return True
    ends = (RANGE, DOMAIN)
    return any(
        quad.predicate.value in ends
        for quad in scope.ontology.graph.quads_for_pattern(None, None, node)
    )


CHECK: Final = Check("usage", RULES, _run, of_ontology=True)
