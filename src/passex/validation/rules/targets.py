"""The targets of shapes: what a shape looks at by itself, and whether it asks for anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.terms import RDF, SH, XSD
from ..shacl.model import Node
from .model import Scope
from .ontologies import is_class

#: A target of a shape: the property that gives it, and the value; with sh:target perhaps blank.
Target: TypeAlias = tuple[str, Node]
Targets: TypeAlias = dict[Node, list[Target]]

_TYPE: Final = ox.NamedNode(RDF.type)
_DEACTIVATED: Final = ox.NamedNode(SH.deactivated)
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))
_TARGETS: Final = tuple(
    SH[name]
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)


def switched_off(graph: ox.Store, shape: Node) -> bool:
    """Tell whether a shape is sh:deactivated."""
    return ox.Quad(shape, _DEACTIVATED, _TRUE) in graph


def targets_of(shapes: ox.Store, off: bool = False) -> Targets:
    """Give the shapes that have targets, active or not, each with those that can be named."""
    found: Targets = {}
    for name in _TARGETS:
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(name), None):
            assert not isinstance(quad.subject, ox.Triple)
            pairs = found.setdefault(quad.subject, [])
            if isinstance(quad.object, ox.NamedNode) or (
                name == SH.target and isinstance(quad.object, ox.BlankNode)
            ):
                pairs.append((name, quad.object))
    for shape in typed_shapes(shapes):
        if isinstance(shape, ox.NamedNode) and is_class(shape, shapes):
            found.setdefault(shape, []).append((SH.targetClass, shape))
    return {
        shape: sorted(found[shape], key=str)
        for shape in sorted(found, key=str)
        if switched_off(shapes, shape) == off
    }


def typed_shapes(graph: ox.Store) -> Iterator[Node]:
    """Go through what is said to be a shape."""
    for kind in ("NodeShape", "PropertyShape"):
        for quad in graph.quads_for_pattern(None, _TYPE, ox.NamedNode(SH[kind])):
            assert not isinstance(quad.subject, ox.Triple)
            yield quad.subject


def asks(scope: Scope, node: Node, seen: set[Node]) -> bool:
    """Tell whether a shape has a constraint, itself or in the shapes of its properties."""
    shape = scope.shapes.shapes.get(node)
    if shape is None or shape.foreign or shape.queries:
        return True  # what is ill-formed has a problem of its own
    seen.add(node)
    return any(
        constraint.name != "property" or isinstance(value := constraint.value, ox.Literal)
        or (value not in seen and asks(scope, value, seen))
        for constraint in shape.constraints
    )  # fmt: skip
