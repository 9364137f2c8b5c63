"""Find terms that nothing declares: misspelt ones, most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, Literal

import pyoxigraph as ox

from ...graph.nearest_terms import did_you_mean, short
from ...graph.standard_terms import TERMS, unknown
from ...graph.terms import OWL, PREFIXES, RDF, RDFS, SH, namespace
from ...query.prefixes import named
from ...text.places import place
from ..results import Result, Severity
from . import namespaces
from .model import Finding, Kind, Scope, examples
from .ontologies import CLASS_TYPES, PROPERTY_TYPES, iris, typed

#: Undeclared values of these are `undeclared-class` and `untyped-term`.
_ELSEWHERE: Final = frozenset(
    {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
)
#: What these lead to is an ontology and no term of one.
_TO_ONTOLOGIES: Final = frozenset(
    OWL[name]
    for name in (
        "imports",
        "versionIRI",
        "priorVersion",
        "backwardCompatibleWith",
        "incompatibleWith",
    )
)
#: In shapes, an undeclared class after these is `target-class-undeclared`.
_CLASSES: Final = frozenset({SH.targetClass, SH["class"]})
_QUERIES: Final = tuple(SH[name] for name in ("select", "ask", "construct"))


def run(scope: Scope) -> Iterator[Finding]:
    """Look for undeclared terms in data, shapes, rules and questions."""
    yield from _used(scope, "class", scope.used_classes)
    yield from _used(scope, "property", scope.used_properties)
    ontology, graph = scope.ontology, scope.inputs.graph
    undeclared = _undeclared(scope)
    populated = _instance_namespaces(scope) if undeclared else set()
    for iri in undeclared:
        severity = Severity.WARNING if namespace(iri) in populated else None
        message, hint = f"Nothing declares {short(iri)}.", did_you_mean(iri, ontology.declared)
        quads = graph.quads_for_pattern(None, None, ox.NamedNode(iri))
        for quad in sorted(quads, key=str):
            if quad.predicate.value not in _ELSEWHERE | _TO_ONTOLOGIES:
                yield Finding.of(quad, "undeclared-term", message, hint, severity=severity)
    yield from _mentioned(scope)
    yield from namespaces.run(scope)


def _instance_namespaces(scope: Scope) -> set[str]:
    """The ontology's namespaces in which the data have nodes of their own."""
    graph, declared = scope.inputs.graph, scope.ontology.declared
    pattern = "?t a ?class FILTER(STRSTARTS(STR(?t), {}))"
    spaces = scope.ontology.namespaces
    return {s for s in spaces if set(iris(graph, pattern.format(ox.Literal(s)))) - declared}


def _used(
    scope: Scope, what: Literal["class", "property"], used: Iterable[str]
) -> Iterator[Finding]:
    """Classes or properties that the data use and nothing declares."""
    graph, ontology = scope.inputs.graph, scope.ontology
    types, link, near = PROPERTY_TYPES, RDFS.subPropertyOf, ontology.properties
    if what == "class":
        types, link, near = CLASS_TYPES, RDFS.subClassOf, ontology.classes
    declared = typed(graph, *types) | typed(scope.inputs.shapes_graph, *types)
    above = ox.NamedNode(link)
    for iri in sorted(used):
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
                yield _no_standard(quad, iri)


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

    Returns:
        The findings that no result covers; and the hints of the others, by focus node, path and
        value as the result has them.
    """
    results = list(results)
    covered = {(result.focus, result.path, result.value) for result in results}
    own = examples("terms") if covered else {}
    typed_nodes: dict[object, list[Result]] = {}
    for result in results:
        if result.path == ox.NamedNode(RDF.type):
            typed_nodes.setdefault(result.focus, []).append(result)
    left: list[Finding] = []
    hints: dict[tuple[object, object, object], str] = {}
    for finding in findings:
        key = (finding.subject, finding.path, finding.value)
        if finding.rule in own and key in covered:
            hints[key] = finding.hint
        elif finding.rule == "disjoint-classes" and finding.subject in typed_nodes:
            for result in typed_nodes[finding.subject]:
                hints[result.focus, result.path, result.value] = finding.hint
        else:
            left.append(finding)
    return left, hints


def _mentioned(scope: Scope) -> Iterator[Finding]:
    """Find the terms that shapes, rules and questions name and nothing declares."""
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    known = scope.ontology.declared.union(
        *(typed(graph, *CLASS_TYPES, *PROPERTY_TYPES) for graph in graphs)
    )
    yield from _shapes(scope, known)
    for path, text in scope.queries.items():
        for iri, start, end in named(text, PREFIXES):
            if _unknown(scope, iri, known, scope.inputs.graph):
                yield Finding(
                    "undeclared-term",
                    f"Nothing declares {short(iri)}, which this query names.",
                    did_you_mean(iri, known),
                    where=place(path.as_posix(), text, start, end),
                )


def _shapes(scope: Scope, known: frozenset[str]) -> Iterator[Finding]:
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    spaces = declared_prefixes(scope.inputs.shapes_graph)
    undeclared = cache(lambda iri: _unknown(scope, iri, known, *graphs))
    of_queries = _QUERIES if scope.ontology.namespaces else ()

    def of_quad(quad: ox.Quad) -> Iterator[Finding]:
        predicate = quad.predicate.value
        for term in () if predicate in _TO_ONTOLOGIES else (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode):
                continue
            iri = term.value
            if predicate not in _CLASSES and undeclared(iri):
                message = f"Nothing declares {short(iri)}."
                hint = did_you_mean(iri, known)
                yield Finding.of(quad, "undeclared-term", message, hint, "shapes")
            elif namespace(iri) != SH.iri and unknown(iri):
                yield _no_standard(quad, iri, "shapes")
        if predicate in of_queries and isinstance(quad.object, ox.Literal):
            text = quad.object.value
            for iri in dict.fromkeys(iri for iri, _, _ in named(text, spaces)):
                if undeclared(iri):
                    message = f"Nothing declares {short(iri)}, which this query names."
                    hint = did_you_mean(iri, known)
                    yield Finding.of(quad, "undeclared-term", message, hint, "shapes")

    found = {quad: findings for quad in graphs[1] if (findings := list(of_quad(quad)))}
    for quad in sorted(found, key=str):
        yield from found[quad]


def _unknown(scope: Scope, iri: str, known: frozenset[str], *graphs: ox.Store) -> bool:
    """Whether a term of the ontology's namespaces is neither declared nor described in graphs."""
    if iri in known or not scope.ontology.owns(iri):
        return False
    node = ox.NamedNode(iri)
    return not any(next(graph.quads_for_pattern(node, None, None), None) for graph in graphs)


def declared_prefixes(shapes: ox.Store) -> dict[str, str]:
    """Read the namespaces by prefix that shapes declare for their queries."""
    rows = shapes.query(f"SELECT ?p ?n {{ ?d <{SH}prefix> ?p ; <{SH}namespace> ?n }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {prefix.value: space.value for prefix, space in rows}


def _no_standard(quad: ox.Quad, iri: str, where: Kind = "data") -> Finding:
    """Say that a closed vocabulary does not have a term, and which it has."""
    message, hint = (
        f"The standard defines no {short(iri)}.",
        did_you_mean(iri, TERMS[namespace(iri)]),
    )
    return Finding.of(quad, "unknown-standard-term", message, hint, where)
