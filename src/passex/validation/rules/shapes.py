"""Find shapes that are no good: not SHACL, not SPARQL, or of terms that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import did_you_mean, short
from ...graph.standard_terms import TERMS, unknown
from ...graph.terms import RDF, SH, namespace
from ..problems import Severity
from .model import Check, Finding, Scope
from .ontologies import declared_class, iris

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
        for term, value in ((quad.predicate, None), (quad.object, quad.object)):
            if not isinstance(term, ox.NamedNode) or namespace(term.value) != SH.iri:
                continue
            if unknown(term.value):
                message = f"SHACL defines no {short(term.value)}, so engines pass over it."
                hint = did_you_mean(term.value, TERMS[SH.iri])
                finding = Finding.of(quad, "unknown-shacl-term", message, hint, "shapes")
                yield replace(finding, value=value)


def _undeclared_classes(scope: Scope) -> Iterator[Finding]:
    shapes = scope.inputs.shapes_graph
    for name in ("targetClass", "class"):
        for quad in sorted(shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None), key=str):
            value = quad.object
            if not isinstance(value, ox.NamedNode) or not undeclared(scope, value):
                continue
            iri, known = (
                value.value,
                scope.ontology.classes | set(iris(scope.inputs.graph, "?s a ?t")),
            )
            message = f"Neither ontology nor shapes nor data declare the class {short(iri)}."
            hint = did_you_mean(iri, known)
            # Shapes of a profile ask for classes of vocabularies that no data have to use.
            strange = name == "class" and not hint and not scope.ontology.owns(iri)
            severity = Severity.INFO if strange else None
            yield Finding.of(quad, "target-class-undeclared", message, hint, "shapes", severity)


def undeclared(scope: Scope, name: ox.NamedNode) -> bool:
    """Tell whether a class that a shape names is neither declared nor in use.

    Outside the namespaces of the ontology an instance in the data is as good as a declaration.
    """
    inputs = scope.inputs
    if declared_class(name.value, inputs.graph, inputs.shapes_graph):
        return False
    used = next(inputs.graph.quads_for_pattern(None, ox.NamedNode(RDF.type), name), None)
    return scope.ontology.owns(name.value) or used is None


CHECK: Final = Check("shapes", _run)
