"""Find terms that nothing declares: misspelt ones, most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

import pyoxigraph as ox

from ...graph.nearest_terms import did_you_mean, short
from ...graph.standard_terms import unknown
from ...graph.terms import RDF, RDFS, namespace
from ..problems import Severity
from ..results import Result
from . import mentions
from .model import Check, Finding, Scope
from .ontologies import CLASS_TYPES, PROPERTY_TYPES, iris, typed

#: Undeclared values of these are `undeclared-class` and `untyped-term`.
_ELSEWHERE: Final = frozenset(
    {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
)


def _run(scope: Scope) -> Iterator[Finding]:
    yield from _used(scope, "class", f"?s <{RDF.type}> ?t")
    yield from _used(scope, "property", "?s ?t ?o")
    ontology, graph = scope.ontology, scope.inputs.graph
    undeclared = _undeclared(scope)
    populated = _instance_namespaces(scope) if undeclared else set()
    for iri in undeclared:
        severity = Severity.WARNING if namespace(iri) in populated else None
        message, hint = f"Nothing declares {short(iri)}.", did_you_mean(iri, ontology.declared)
        quads = graph.quads_for_pattern(None, None, ox.NamedNode(iri))
        for quad in sorted(quads, key=str):
            if quad.predicate.value not in _ELSEWHERE:
                yield Finding.of(quad, "undeclared-term", message, hint, severity=severity)
    yield from mentions.find(scope)


def _instance_namespaces(scope: Scope) -> set[str]:
    """The ontology's namespaces in which the data have nodes of their own."""
    spaces = set()
    for space in scope.ontology.namespaces:
        pattern = f"?t a ?class FILTER(STRSTARTS(STR(?t), {ox.Literal(space)}))"
        if not scope.ontology.declared.issuperset(iris(scope.inputs.graph, pattern)):
            spaces.add(space)
    return spaces


def _used(scope: Scope, what: Literal["class", "property"], pattern: str) -> Iterator[Finding]:
    """Classes or properties that the data use and nothing declares."""
    graph, ontology = scope.inputs.graph, scope.ontology
    types, link, near = PROPERTY_TYPES, RDFS.subPropertyOf, ontology.properties
    if what == "class":
        types, link, near = CLASS_TYPES, RDFS.subClassOf, ontology.classes
    declared = typed(graph, *types) | typed(scope.inputs.shapes_graph, *types)
    above = ox.NamedNode(link)
    for iri in iris(graph, pattern):
        node = ox.NamedNode(iri)
        # What has no type, but stands below another term, is as good as declared.
        undeclared = (
            ontology.owns(iri)
            and iri not in declared
            and next(graph.quads_for_pattern(node, above, None), None) is None
        )
        if not undeclared and not unknown(iri):
            continue
        users = (None, ox.NamedNode(RDF.type), node) if what == "class" else (None, node, None)
        message = f"The ontology does not declare the {what} {short(iri)}."
        if iri in ontology.declared:
            message = f"{short(iri)} is declared, but not as a {what}."
        hint = did_you_mean(iri, near) if undeclared else ""
        for quad in sorted(graph.quads_for_pattern(*users), key=str):
            if undeclared:
                yield Finding.of(quad, f"undeclared-{what}", message, hint)
            else:
                yield mentions.no_standard(quad, iri)


def _undeclared(scope: Scope) -> list[str]:
    """Values in the ontology's namespaces of which no triple of data or ontology says anything."""
    spaces = sorted(scope.ontology.namespaces)
    if not spaces:
        return []
    begins = " || ".join(f"STRSTARTS(STR(?t), {ox.Literal(space)})" for space in spaces)
    pattern = (
        f"?s ?p ?t FILTER(isIRI(?t)) FILTER({begins}) FILTER NOT EXISTS {{ ?t ?q ?r }} "
        f"FILTER(?p != <{RDF.type}>)"
    )
    shapes = scope.inputs.shapes_graph
    return [
        iri
        for iri in iris(scope.inputs.graph, pattern)
        if scope.ontology.owns(iri)
        and next(shapes.quads_for_pattern(ox.NamedNode(iri), None, None), None) is None
    ]


def merge(
    findings: Iterable[Finding], results: Iterable[Result]
) -> tuple[list[Finding], dict[tuple[object, object, object], str]]:
    """Leave to the shapes what they say themselves, and give them the hints.

    A shape may look for undeclared terms and disjoint classes too, with words of its domain. Where
    a result of a shape is about the same triple as such a finding, the result stays and the finding
    goes; of two disjoint classes either may be the value.

    Args:
        findings: What the checks found.
        results: What the shapes found.

    Returns:
        The findings that no result covers; and the hints of the others, by focus node, path and
        value as the result has them.
    """
    results = list(results)
    covered = {(result.focus, result.path, result.value) for result in results}
    own = {rule.id for rule in CHECK.rules}
    typed_nodes: dict[object, list[Result]] = {}
    for result in results:
        if result.path == ox.NamedNode(RDF.type):
            typed_nodes.setdefault(result.focus, []).append(result)
    left: list[Finding] = []
    hints: dict[tuple[object, object, object], str] = {}
    for finding in findings:
        path = None if finding.predicate is None else ox.NamedNode(finding.predicate)
        key = (finding.subject, path, finding.value)
        if finding.rule in own and key in covered:
            hints[key] = finding.hint
        elif finding.rule == "disjoint-classes" and finding.subject in typed_nodes:
            for result in typed_nodes[finding.subject]:
                hints[result.focus, result.path, result.value] = finding.hint
        else:
            left.append(finding)
    return left, hints


CHECK: Final = Check("terms", _run)
