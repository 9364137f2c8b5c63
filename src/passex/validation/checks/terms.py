"""Terms that nobody declares: misspelt ones, most often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...vocabulary import PREFIXES, RDF_TYPE
from ..problems import Rule, Severity
from ..results import Result
from .model import Check, Finding, Scope
from .ontologies import CLASS_TYPES, PROPERTY_TYPES, SUB_CLASS, SUB_PROPERTY, typed
from .standard import SH, TERMS, namespace, unknown
from .suggest import did_you_mean, short
from .tokens import named, place

RULES: Final = (
    Rule(
        "undeclared-class",
        "undeclared class",
        "A class in a namespace of the ontology is declared, by the ontology, the shapes or the "
        "data.",
        "A misspelt class is silently a class of its own, which no shape and no question knows.",
        Severity.VIOLATION,
    ),
    Rule(
        "undeclared-property",
        "undeclared property",
        "A property in a namespace of the ontology is declared, by the ontology, the shapes or the "
        "data.",
        "A misspelt property is silently a property of its own: the fact is written and never "
        "found.",
        Severity.VIOLATION,
    ),
    Rule(
        "undeclared-term",
        "undeclared term",
        "A concept or other term in a namespace of the ontology that a value, a shape, a rule or a "
        "question names is described somewhere. In a namespace in which the data have nodes of "
        "their own this is a warning: a node that others describe is no misspelling.",
        "A misspelt concept is never asked for, and a misspelt term in a shape or a question "
        "matches nothing.",
        Severity.VIOLATION,
    ),
    Rule(
        "unknown-standard-term",
        "unknown term of a standard",
        "A class or property in the namespace of RDF, RDFS, OWL, XSD or SKOS is one that the "
        "standard defines.",
        "These vocabularies are closed: another name in them is a misspelling, and nothing "
        "reads it.",
        Severity.VIOLATION,
    ),
)
#: In shapes, an undeclared class after these is `target-class-undeclared`.
_CLASSES: Final = frozenset({SH + "targetClass", SH + "class"})
_QUERIES: Final = tuple(SH + name for name in ("select", "ask", "construct"))


def _run(scope: Scope) -> Iterator[Finding]:
    yield from _data(scope)
    yield from _shapes(scope)
    known = _known(scope)
    for path in scope.rules + scope.questions:
        yield from _query(scope, path, known)


def _known(scope: Scope) -> set[str]:
    """What is declared or described in any of the graphs, as far as the ontology's names go."""
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    found = set(scope.ontology.declared)
    for graph in graphs:
        found |= typed(graph, CLASS_TYPES | PROPERTY_TYPES)
    return found


def _data(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    yield from _used(
        scope, "class", f"?s <{RDF_TYPE}> ?t", CLASS_TYPES, ontology.classes, (RDF_TYPE, True)
    )
    yield from _used(
        scope, "property", "?s ?t ?o", PROPERTY_TYPES, ontology.properties, ("", False)
    )
    undescribed = _undescribed(scope)
    peopled = _peopled(scope) if undescribed else set()
    for iri in undescribed:
        severity = Severity.WARNING if namespace(iri) in peopled else None
        hint = did_you_mean(iri, ontology.declared)
        for quad in _sorted(scope.inputs.graph, None, iri):
            if quad.predicate.value != RDF_TYPE:
                finding = _found("undeclared-term", f"Nothing declares {short(iri)}.", hint, quad)
                yield replace(finding, severity=severity)


def _peopled(scope: Scope) -> set[str]:
    """The ontology's namespaces in which the data have nodes of their own."""
    spaces = set()
    for space in scope.ontology.namespaces:
        rows = scope.inputs.graph.query(
            f"SELECT DISTINCT ?s {{ ?s <{RDF_TYPE}> ?t "
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
            rule, message, hint = "unknown-standard-term", _no_standard(iri), _standard(iri)
        else:
            continue
        predicate, as_value = where
        quads = _sorted(graph, predicate, iri) if as_value else _sorted(graph, iri, None)
        for quad in quads:
            yield _found(rule, message, hint, quad)


def _placed(graph: ox.Store, iri: str, what: str) -> bool:
    """Whether a term without a type stands below another, which says as much."""
    below = ox.NamedNode(SUB_CLASS if what == "class" else SUB_PROPERTY)
    return next(graph.quads_for_pattern(ox.NamedNode(iri), below, None), None) is not None


def _found(rule: str, message: str, hint: str, quad: ox.Quad) -> Finding:
    assert not isinstance(quad.subject, ox.Triple)
    return Finding(
        rule, message, hint, subject=quad.subject, predicate=quad.predicate.value,
        value=quad.object,
    )  # fmt: skip


def _no_standard(iri: str) -> str:
    return f"The standard defines no {short(iri)}."


def _standard(iri: str) -> str:
    return did_you_mean(iri, TERMS[namespace(iri)])


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


def _undescribed(scope: Scope) -> list[str]:
    """Values in the ontology's namespaces of which no triple of data or ontology says anything."""
    spaces = sorted(scope.ontology.namespaces)
    if not spaces:
        return []
    begins = " || ".join(f"STRSTARTS(STR(?t), {ox.Literal(space)})" for space in spaces)
    pattern = (
        f"?s ?p ?t FILTER(isIRI(?t)) FILTER({begins}) FILTER NOT EXISTS {{ ?t ?q ?r }} "
        f"FILTER(?p != <{RDF_TYPE}>)"
    )
    shapes = scope.inputs.shapes_graph
    return [
        iri
        for iri in _distinct(scope.inputs.graph, pattern)
        if scope.ontology.owns(iri)
        and next(shapes.quads_for_pattern(ox.NamedNode(iri), None, None), None) is None
    ]


def _shapes(scope: Scope) -> Iterator[Finding]:
    graph, shapes, ontology = scope.inputs.graph, scope.inputs.shapes_graph, scope.ontology
    known = _known(scope)
    space = {
        _value(shapes, quad.object, "prefix"): _value(shapes, quad.object, "namespace")
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH + "declare"), None)
    }
    for quad in sorted(shapes, key=str):
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode):
                continue
            iri = term.value
            wrong = iri not in known and ontology.owns(iri) and quad.predicate.value not in _CLASSES
            if wrong and not _described(iri, graph, shapes):
                yield replace(
                    _found("undeclared-term", f"Nothing declares {short(iri)}.",
                           did_you_mean(iri, known), quad),
                    where="shapes",
                )  # fmt: skip
            elif namespace(iri) != SH and unknown(iri):
                yield replace(
                    _found("unknown-standard-term", _no_standard(iri), _standard(iri), quad),
                    where="shapes",
                )
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            text = quad.object.value
            for iri in dict.fromkeys(iri for iri, _, _ in named(text, space)):
                if ontology.owns(iri) and iri not in known and not _described(iri, graph, shapes):
                    yield replace(
                        _found("undeclared-term", f"Nothing declares {short(iri)}, which this "
                               "query names.", did_you_mean(iri, known), quad),
                        where="shapes",
                    )  # fmt: skip


def _value(graph: ox.Store, node: object, name: str) -> str:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return ""
    quad = next(graph.quads_for_pattern(node, ox.NamedNode(SH + name), None), None)
    return quad.object.value if quad and isinstance(quad.object, ox.Literal) else ""


def _described(iri: str, *graphs: ox.Store) -> bool:
    node = ox.NamedNode(iri)
    return any(next(graph.quads_for_pattern(node, None, None), None) for graph in graphs)


def _query(scope: Scope, path: Path, known: set[str]) -> Iterator[Finding]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for iri, start, end in named(text, PREFIXES):
        if (
            scope.ontology.owns(iri)
            and iri not in known
            and not _described(iri, scope.inputs.graph)
        ):
            yield Finding(
                "undeclared-term",
                f"Nothing declares {short(iri)}, which this query names.",
                did_you_mean(iri, known),
                where=place(path.as_posix(), text, start, end),
            )


def merge(
    findings: Iterable[Finding], results: Iterable[Result]
) -> tuple[list[Finding], dict[tuple[object, object, object], str]]:
    """Leave to the shapes what they say themselves, and give them the hints.

    A shape may look for undeclared terms too, with words of its domain. Where a result of a shape
    is about the same triple as a finding of this module, the result stays and the finding goes.

    Args:
        findings: What the checks found.
        results: What the shapes found.

    Returns:
        The findings that no result covers; and the hints of the others, by focus node, path and
        value as the result has them.
    """
    covered = {(result.focus, result.path, result.value) for result in results}
    own = {rule.id for rule in RULES}
    left: list[Finding] = []
    hints: dict[tuple[object, object, object], str] = {}
    for finding in findings:
        path = None if finding.predicate is None else ox.NamedNode(finding.predicate)
        key = (finding.subject, path, finding.value)
        if finding.rule in own and key in covered:
            hints[key] = finding.hint
        else:
            left.append(finding)
    return left, hints


CHECK: Final = Check("terms", RULES, _run)
