"""Shapes that are no good: what isn't SHACL, isn't SPARQL, or is of terms that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import did_you_mean, is_slip, short, suggest
from ...graph.standard_terms import TERMS, form, unknown
from ...graph.terms import RDF, SH, namespace
from ...text import nearest
from ..results import Severity
from ..shacl.model import Defect
from ..shacl.vocabulary import NOT_APPLIED, OF_DASH
from .kinds import meant
from .model import Finding, Scope
from .ontologies import declared_class

_TYPE: Final = ox.NamedNode(RDF.type)
#: After these a term of SHACL is used; elsewhere shapes may speak about it.
_USES: Final = (RDF.type, SH.severity, SH.closed, SH.nodeKind)
_DASH_HINT: Final = "give DASH's own file with --shapes too, which declares it in SPARQL"
#: What terms of SHACL's drafts, which published shapes still have, are called since.
OF_DRAFTS: Final = {
    SH["shape"]: "sh:node",
    SH["valueShape"]: "sh:node",
    SH["scopeClass"]: "sh:targetClass",
    SH["scopeNode"]: "sh:targetNode",
    SH["inverseProperty"]: "sh:property, and in it sh:path [ sh:inversePath … ]",
}
#: What to do about a defect, by its rule.
_HINTS: Final = {
    "shacl-ill-formed": "correct it: neither this shape nor what rests on it was applied",
    "shacl-sparql-syntax": "correct the query: neither its shape nor what rests on it was applied",
    "shacl-unsupported": "write it in another way: until then it checks nothing",
    "shacl-without-effect": "add the one that is missing, or take this one out",
    "prefix-undeclared": "",
    "shacl-recursion": "say it without the loop; here pySHACL decides, which may stop too early",
}


def run(scope: Scope) -> Iterator[Finding]:
    """Find what isn't SHACL, isn't SPARQL, or is of terms that nothing declares."""
    yield from map(of_defect, scope.shapes.defects)
    yield from _unknown_terms(scope.inputs.shapes_graph)
    yield from _undeclared_classes(scope)
    yield from _mistaken_kinds(scope)


def of_defect(defect: Defect) -> Finding:
    """Make a finding of something in the shapes that is wrong, or that no engine applies."""
    return Finding(
        defect.rule,
        defect.message,
        defect.hint or _HINTS[defect.rule],
        defect.severity,
        subject=defect.node,
        predicate=defect.term or None,
        value=defect.value,
        where="shapes",
    )


def _unknown_terms(shapes: ox.Store) -> Iterator[Finding]:

    def declared(parameter: ox.NamedNode) -> bool:
        path = ox.NamedNode(SH.path)
        return next(shapes.quads_for_pattern(None, path, parameter), None) is not None

    def of_quad(quad: ox.Quad) -> Iterator[Finding]:
        if isinstance(quad.object, ox.Triple) and _annotates(shapes, quad.subject):
            message = (
                "The shapes annotate a statement: that is of SHACL 1.2, and has no effect here."
            )
            hint = _HINTS["shacl-unsupported"]
            yield replace(
                Finding.of(quad, "shacl-unsupported", message, hint, "shapes"), value=None
            )
        if quad.predicate.value in OF_DASH and not declared(quad.predicate):
            message = (
                f"{short(quad.predicate.value)} is of DASH, which these shapes do not include."
            )
            yield replace(
                Finding.of(quad, "shacl-unsupported", message, _DASH_HINT, "shapes"), value=None
            )
        for term, value in ((quad.predicate, None), (quad.object, quad.object)):
            if not isinstance(term, ox.NamedNode) or namespace(term.value) != SH.iri:
                continue
            severity = None
            if term.value in NOT_APPLIED and (value is None or quad.predicate.value in _USES):
                said, severity = NOT_APPLIED[term.value]
                rule, message = "shacl-unsupported", f"{short(term.value)} {said}."
                grave = severity is Severity.VIOLATION
                hint = _HINTS["shacl-unsupported"] if grave else ""
            elif unknown(term.value):
                rule, hint = "unknown-shacl-term", did_you_mean(term.value, TERMS[SH.iri])
                message = f"SHACL defines no {short(term.value)}, so engines pass over it."
            else:
                continue
            if term.value in OF_DRAFTS:
                hint = f"write {OF_DRAFTS[term.value]}: in drafts of SHACL it was called so"
            finding = Finding.of(quad, rule, message, hint, "shapes", severity)
            yield replace(finding, value=value)

    found = {quad: findings for quad in shapes if (findings := list(of_quad(quad)))}
    for quad in sorted(found, key=str):
        yield from found[quad]


def _annotates(shapes: ox.Store, reifier: ox.NamedNode | ox.BlankNode | ox.Triple) -> bool:
    """Tell whether what stands for a statement has properties of SHACL."""
    quads = shapes.quads_for_pattern(reifier, None, None)
    return any(namespace(quad.predicate.value) == SH.iri for quad in quads)


def _undeclared_classes(scope: Scope) -> Iterator[Finding]:
    shapes = scope.inputs.shapes_graph
    for name in ("targetClass", "class"):
        for quad in sorted(shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None), key=str):
            value = quad.object
            if not isinstance(value, ox.NamedNode) or not undeclared(scope, value):
                continue
            hint = near(scope, SH.targetClass, value.value)
            # Shapes of a profile ask for classes of vocabularies that no data have to use.
            if hint or is_mistake(scope, value.value):
                what = short(value.value)
                message = f"Neither ontology nor shapes nor data declare the class {what}."
                yield Finding.of(quad, "target-class-undeclared", message, hint, "shapes")


def _mistaken_kinds(scope: Scope) -> Iterator[Finding]:
    shapes = scope.inputs.shapes_graph
    for name in ("datatype", "class"):
        for quad in sorted(shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None), key=str):
            if not isinstance(quad.object, ox.NamedNode):
                continue
            if found := meant(SH[name], quad.object, scope.inputs.graph, shapes):
                message, hint = found
                yield Finding.of(
                    quad, "shacl-ill-formed", message, hint, "shapes", Severity.WARNING
                )


def undeclared(scope: Scope, name: ox.NamedNode) -> bool:
    """Tell whether a class that a shape names is neither declared nor in use.

    Outside the namespaces of the ontology an instance in the data is as good as a declaration.
    """
    inputs = scope.inputs
    if declared_class(name.value, inputs.graph, inputs.shapes_graph):
        return False
    used = next(inputs.graph.quads_for_pattern(None, _TYPE, name), None)
    return scope.ontology.owns(name.value) or used is None


def near(scope: Scope, target: str, iri: str) -> str:
    """Ask whether a term in use was meant by one that a shape names, if that comes near it.

    Profiles name many terms that are alike: what the shapes name too was meant only where a
    single letter makes the difference.
    """
    if target == SH.targetClass:
        used = scope.ontology.classes | scope.used_classes
    else:
        used = scope.ontology.properties | scope.used_properties
    named = scope.named_by_shapes
    if not scope.complete or is_mistake(scope, iri):
        return did_you_mean(iri, used)
    space = form(namespace(iri))
    found = [name for name in suggest(iri, used - named) if form(namespace(name)) == space]
    found += sorted(name for name in used & named if is_slip(iri, name))
    return nearest.did_you_mean(map(short, found[:3]))


def is_mistake(scope: Scope, iri: str) -> bool:
    """Tell whether who has the say of a namespace does not know an undeclared class of it."""
    say = scope.reviewed or not scope.complete
    return (say and scope.ontology.owns(iri)) or unknown(iri)
