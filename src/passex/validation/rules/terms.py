"""Terms that nobody declares: misspelt ones, most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ...graph.standard_terms import unknown
from ...graph.suggest import did_you_mean, short
from ...graph.terms import RDF, namespace
from ..problems import Severity
from ..results import Result
from . import mentions
from .model import Check, Finding, Scope
from .ontologies import CLASS_TYPES, DOMAIN, PROPERTY_TYPES, RANGE, SUB_CLASS, SUB_PROPERTY, typed

#: Undeclared values of these are `undeclared-class` and `untyped-term`.
_ELSEWHERE: Final = frozenset({RDF.type, SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE})


def _run(scope: Scope) -> Iterator[Finding]:
    yield from _data(scope)
    yield from mentions.find(scope)


def _data(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    yield from _used(
        scope, "class", f"?s <{RDF.type}> ?t", CLASS_TYPES, ontology.classes, (RDF.type, True)
    )
    yield from _used(
        scope, "property", "?s ?t ?o", PROPERTY_TYPES, ontology.properties, ("", False)
    )
    undeclared = _undeclared(scope)
    populated = _instance_namespaces(scope) if undeclared else set()
    for iri in undeclared:
        severity = Severity.WARNING if namespace(iri) in populated else None
        hint = did_you_mean(iri, ontology.declared)
        for quad in _sorted(scope.inputs.graph, None, iri):
            if quad.predicate.value not in _ELSEWHERE:
                finding = mentions.found(
                    "undeclared-term", f"Nothing declares {short(iri)}.", hint, quad
                )
                yield replace(finding, severity=severity)


def _instance_namespaces(scope: Scope) -> set[str]:
    """The ontology's namespaces in which the data have nodes of their own."""
    spaces = set()
    for space in scope.ontology.namespaces:
        rows = scope.inputs.graph.query(
            f"SELECT DISTINCT ?s {{ ?s <{RDF.type}> ?t "
            f"FILTER(STRSTARTS(STR(?s), {ox.Literal(space)})) }}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        if any(_iri(row["s"]) not in scope.ontology.declared for row in rows):
            spaces.add(space)
    return spaces


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _used(
    scope: Scope,
    what: str,
    pattern: str,
    types: frozenset[str],
    near: frozenset[str],
    where: tuple[str, bool],
) -> Iterator[Finding]:
    """Classes or properties that the data use and nothing declares."""
    graph, ontology = scope.inputs.graph, scope.ontology
    declared = typed(graph, types) | typed(scope.inputs.shapes_graph, types)
    for iri in _distinct(graph, pattern):
        if ontology.owns(iri) and iri not in declared and not _placed(graph, iri, what):
            rule, hint = f"undeclared-{what}", did_you_mean(iri, near)
            message = f"The ontology does not declare the {what} {short(iri)}."
            if iri in ontology.declared:
                message = f"{short(iri)} is declared, but not as a {what}."
        elif unknown(iri):
            rule, message, hint = (
                "unknown-standard-term",
                mentions.no_standard(iri),
                mentions.standard_terms(iri),
            )
        else:
            continue
        predicate, as_value = where
        quads = _sorted(graph, predicate, iri) if as_value else _sorted(graph, iri, None)
        for quad in quads:
            yield mentions.found(rule, message, hint, quad)


def _placed(graph: ox.Store, iri: str, what: str) -> bool:
    """Whether a term without a type stands below another, which says as much."""
    below = ox.NamedNode(SUB_CLASS if what == "class" else SUB_PROPERTY)
    return next(graph.quads_for_pattern(ox.NamedNode(iri), below, None), None) is not None


def _sorted(graph: ox.Store, predicate: str | None, value: str | None) -> list[ox.Quad]:
    quads = graph.quads_for_pattern(
        None,
        None if predicate is None else ox.NamedNode(predicate),
        None if value is None else ox.NamedNode(value),
    )
    return sorted(quads, key=str)


def _distinct(graph: ox.Store, pattern: str) -> list[str]:
    rows = graph.query(f"SELECT DISTINCT ?t {{ {pattern} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(row["t"].value for row in rows if isinstance(row["t"], ox.NamedNode))


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
        for iri in _distinct(scope.inputs.graph, pattern)
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
