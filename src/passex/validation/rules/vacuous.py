"""Find passes that mean nothing: no data, no shapes, or shapes that look at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.hierarchy import subclasses
from ...graph.nearest_terms import short
from ...graph.standard_terms import TERMS
from ...graph.terms import RDF, SH, XSD, namespace
from ...text.places import Place
from ..problems import Severity
from .model import Check, Finding, Scope
from .ontologies import CLASS_TYPES, declared_class
from .shapes import undeclared

Node: TypeAlias = ox.NamedNode | ox.BlankNode

_TYPE: Final = ox.NamedNode(RDF.type)
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))
_TARGETS: Final = tuple(
    SH[name]
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)


def _run(scope: Scope) -> Iterator[Finding]:
    inputs, shapes = scope.inputs, scope.inputs.shapes_graph
    targets = _targets(shapes)
    # A file that could not be read has its own problem.
    if not scope.failures and not inputs.triples:
        yield Finding(
            "no-data",
            "The data hold no triples, so nothing was checked.",
            "give files that hold facts",
            where=Place(inputs.data[0].name) if inputs.data else "data",
        )
    if not scope.failures and not targets:
        yield Finding(
            "no-shapes",
            "The shapes hold no shape with a target, so nothing was checked.",
            "give a file of shapes, each with sh:targetClass or another target",
            where=Place(inputs.shapes[0].name) if inputs.shapes else "shapes",
        )
    for shape, pairs in targets.items():
        # One mistake, one problem: an undeclared class is why its target matches nothing.
        if not any(name == SH.targetClass and undeclared(scope, kind) for name, kind in pairs):
            yield from _matches_nothing(scope, shape, pairs)
    yield from _never_applied(shapes, targets)


def _targets(shapes: ox.Store) -> dict[Node, list[tuple[str, ox.NamedNode]]]:
    """The active shapes that have targets, each with its targets that are IRIs."""
    found: dict[Node, list[tuple[str, ox.NamedNode]]] = {}
    for name in _TARGETS:
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(name), None):
            pairs = found.setdefault(_node(quad), [])
            if isinstance(quad.object, ox.NamedNode):
                pairs.append((name, quad.object))
    for kind in ("NodeShape", "PropertyShape"):
        for quad in shapes.quads_for_pattern(None, _TYPE, ox.NamedNode(SH[kind])):
            shape = quad.subject
            if isinstance(shape, ox.NamedNode) and any(
                ox.Quad(shape, _TYPE, ox.NamedNode(name)) in shapes for name in CLASS_TYPES
            ):
                found.setdefault(shape, []).append((SH.targetClass, shape))
    off = ox.NamedNode(SH.deactivated)
    return {
        shape: sorted(found[shape], key=str)
        for shape in sorted(found, key=str)
        if ox.Quad(shape, off, _TRUE) not in shapes
    }


def _node(quad: ox.Quad) -> Node:
    assert not isinstance(quad.subject, ox.Triple)
    return quad.subject


def _matches_nothing(
    scope: Scope, shape: Node, pairs: list[tuple[str, ox.NamedNode]]
) -> Iterator[Finding]:
    # What a sh:target selects only the engine knows; a sh:targetNode is always looked at.
    known = [pair for pair in pairs if pair[0] not in (SH.target, SH.targetNode)]
    if not known or len(known) < len(pairs):
        return
    if any(_matches(scope, name, value) for name, value in known):
        return
    declared = all(_declared(scope, name, value) for name, value in known)
    if declared and not scope.complete and not scope.reviewed:
        return
    severity = Severity.INFO if declared and not scope.complete else None
    what = ", ".join(f"{short(name)} {short(value.value)}" for name, value in known[:3])
    more = f" and {len(known) - 3} more" if len(known) > 3 else ""
    yield Finding(
        "target-matches-nothing",
        f"No node is a target of this shape ({what}{more}), so it was never applied.",
        "check its target for a misspelling, or take the shape out",
        severity=severity,
        subject=shape,
        predicate=known[0][0],
        value=known[0][1],
        where="shapes",
    )


def _declared(scope: Scope, target: str, value: ox.NamedNode) -> bool:
    if target == SH.targetClass:
        return declared_class(value.value, scope.inputs.graph, scope.inputs.shapes_graph)
    known = scope.ontology.properties | TERMS.get(namespace(value.value), frozenset())
    return value.value in known


def _matches(scope: Scope, target: str, value: ox.NamedNode) -> bool:
    graph = scope.inputs.graph
    if target != SH.targetClass:
        return next(graph.quads_for_pattern(None, value, None), None) is not None
    return any(
        next(graph.quads_for_pattern(None, _TYPE, ox.NamedNode(kind)), None) is not None
        for kind in subclasses(graph, value.value)
    )


def _never_applied(
    shapes: ox.Store, targets: dict[Node, list[tuple[str, ox.NamedNode]]]
) -> Iterator[Finding]:
    found = {
        _node(quad)
        for kind in ("NodeShape", "PropertyShape")
        for quad in shapes.quads_for_pattern(None, _TYPE, ox.NamedNode(SH[kind]))
    }
    for shape in sorted(found - targets.keys(), key=str):
        off = ox.Quad(shape, ox.NamedNode(SH.deactivated), _TRUE)
        if off not in shapes and not next(shapes.quads_for_pattern(None, None, shape), None):
            yield Finding(
                "shape-without-target",
                "This shape has no target and no other shape refers to it, so it is never applied.",
                "give it sh:targetClass or another target",
                subject=shape,
                where="shapes",
            )


CHECK: Final = Check("vacuous", _run)
