"""Shapes that are no good: not SHACL, not SPARQL, or of terms and classes that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.standard_terms import TERMS, unknown
from ...graph.suggest import did_you_mean, short
from ...graph.terms import RDF, SH, namespace
from ..problems import Severity
from .model import Check, Finding, Scope
from .ontologies import declared_class

#: What to do about a defect, by its rule.
_HINTS: Final = {
    "shacl-ill-formed": "correct it: neither this shape nor what rests on it was applied",
    "shacl-sparql-syntax": "correct the query: neither its shape nor what rests on it was applied",
    "shacl-recursion": "say it without the loop; here pySHACL decides, which may stop too early",
}


def _run(scope: Scope) -> Iterator[Finding]:
    for defect in scope.shapes.defects:
        yield Finding(
            defect.rule,
            defect.message,
            defect.hint or _HINTS[defect.rule],
            subject=defect.node,
            predicate=defect.term or None,
            value=defect.value,
            where="shapes",
        )
    yield from _unknown_terms(scope.inputs.shapes_graph)
    yield from _undeclared_classes(scope)


def _unknown_terms(shapes: ox.Store) -> Iterator[Finding]:
    for quad in sorted(shapes, key=str):
        for named, term in enumerate((quad.predicate, quad.object)):
            if (
                isinstance(term, ox.NamedNode)
                and namespace(term.value) == SH.iri
                and unknown(term.value)
            ):
                yield _found(
                    quad,
                    "unknown-shacl-term",
                    f"SHACL defines no {short(term.value)}, so engines pass over it.",
                    did_you_mean(term.value, TERMS[SH.iri]),
                    bool(named),
                )


def _undeclared_classes(scope: Scope) -> Iterator[Finding]:
    for name in ("targetClass", "class"):
        for quad in sorted(
            scope.inputs.shapes_graph.quads_for_pattern(None, ox.NamedNode(SH[name]), None),
            key=str,
        ):
            value = quad.object
            if not isinstance(value, ox.NamedNode) or not undeclared(scope, value):
                continue
            known = scope.ontology.classes | _classes_of(scope.inputs.graph)
            hint = did_you_mean(value.value, known)
            # Shapes of a profile ask for classes of vocabularies that no data have to use.
            strange = name == "class" and not hint and not scope.ontology.owns(value.value)
            yield _found(
                quad,
                "target-class-undeclared",
                f"Neither ontology nor shapes nor data declare the class {short(value.value)}.",
                hint,
                severity=Severity.INFO if strange else None,
            )


def undeclared(scope: Scope, name: ox.NamedNode) -> bool:
    """Tell whether a class that a shape names is neither declared nor in use.

    Outside the namespaces of the ontology an instance in the data is as good as a declaration.
    """
    inputs = scope.inputs
    if declared_class(name.value, inputs.graph, inputs.shapes_graph):
        return False
    used = next(inputs.graph.quads_for_pattern(None, ox.NamedNode(RDF.type), name), None)
    return scope.ontology.owns(name.value) or used is None


def _classes_of(graph: ox.Store) -> set[str]:
    rows = graph.query(f"SELECT DISTINCT ?c {{ ?s <{RDF.type}> ?c FILTER(isIRI(?c)) }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {row["c"].value for row in rows}


def _found(
    quad: ox.Quad,
    rule: str,
    message: str,
    hint: str,
    named: bool = True,
    severity: Severity | None = None,
) -> Finding:
    """Make a finding of a triple: of its object where that is what is named, or its predicate."""
    assert not isinstance(quad.subject, ox.Triple)
    return Finding(
        rule,
        message,
        hint,
        severity=severity,
        subject=quad.subject,
        predicate=quad.predicate.value,
        value=quad.object if named else None,
        where="shapes",
    )


CHECK: Final = Check("shapes", _run)
