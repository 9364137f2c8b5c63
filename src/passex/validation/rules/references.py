"""References of shapes to what isn't there for them: other shapes, and subclasses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.hierarchy import subclasses
from ...graph.nearest_terms import did_you_mean, short
from ...graph.terms import RDF, RDFS, SH
from ..results import Term
from ..shacl import Outcome
from ..shacl.shapes_graph import Triples, nodes
from ..shacl.vocabulary import NOT_APPLIED, OF_DASH
from .model import Finding, Scope
from .ontologies import CLASS_TYPES
from .shapes import of_defect

_TYPE: Final = ox.NamedNode(RDF.type)
_TO_A_SHAPE: Final = tuple(
    SH[name] for name in ("node", "not", "qualifiedValueShape", "filterShape")
)
_TO_SHAPES: Final = tuple(SH[name] for name in ("and", "or", "xone", "condition"))
_SHOWN: Final = 3


def run(scope: Scope) -> Iterator[Finding]:
    """Find references to shapes that nothing describes, and subclasses that the data lack."""
    named = ox.NamedNode(SH.shapesGraph)
    for quad in sorted(scope.inputs.graph.quads_for_pattern(None, named, None), key=str):
        said, severity = NOT_APPLIED[SH.shapesGraph]
        yield Finding.of(quad, "shacl-unsupported", f"sh:shapesGraph {said}.", "", "data", severity)
    yield from _undescribed(scope.triples)
    yield from _hidden(scope, scope.triples)


def _undescribed(triples: Triples) -> Iterator[Finding]:
    described: set[str] | None = None
    for node in triples.having(*_TO_A_SHAPE, *_TO_SHAPES):
        # A function, a rule or an expression may have sh:node and its like in another meaning.
        for name in (*_TO_A_SHAPE, *_TO_SHAPES):
            for value in triples.values(node, name):
                members = triples.items(value) if name in _TO_SHAPES else None
                for shape in nodes((value,) if members is None else members):
                    if not _says_something(triples, shape):
                        described = described or _described(triples)
                        message, hint = _nothing(triples, shape, described)
                        yield Finding(
                            "shape-not-described",
                            message,
                            hint,
                            # A member of a list is found where it is first named.
                            subject=node if members is None else shape,
                            predicate=name if members is None else None,
                            value=value if members is None else None,
                            where="shapes",
                        )


def _nothing(
    triples: Triples, shape: ox.NamedNode | ox.BlankNode, described: set[str]
) -> tuple[str, str]:
    """Say of what stands in the place of a shape that it is none, and what to write."""
    if isinstance(shape, ox.NamedNode) and shape.value != RDF.nil:
        message = (
            f"The shapes say nothing of {short(shape.value)}, so that all nodes conform to it."
        )
        hint = "give the file that describes it with --shapes too"
        return message, did_you_mean(shape.value, described) or hint
    if isinstance(shape, ox.NamedNode) or RDF.first in triples.of(shape):
        message = "A list is no shape: all nodes conform to it, whatever its members ask for."
        return message, "name each of them with a property of its own, or in sh:and or sh:or"
    message = "This shape has nothing of SHACL, so that all nodes conform to it."
    return message, "check the prefix of what it asks for, or take it out"


def _described(triples: Triples) -> set[str]:
    return {
        node.value
        for node in triples.subjects()
        if isinstance(node, ox.NamedNode) and _says_something(triples, node)
    }


def _says_something(triples: Triples, node: ox.NamedNode | ox.BlankNode) -> bool:
    """Tell whether a node is described as a shape, whatever it asks for."""
    shape = {SH.NodeShape, SH.PropertyShape, SH.ShapeClass}
    return bool(triples.types(node) & shape) or any(
        iri.startswith(SH.iri) or iri in OF_DASH or _is_parameter(triples, iri)
        for iri in triples.of(node)
    )


def _is_parameter(triples: Triples, iri: str) -> bool:
    """Tell whether a component that the shapes declare takes a property as its parameter."""
    return any(
        ox.NamedNode(iri) in triples.values(parameter, SH.path)
        for component in triples.having(SH.parameter)
        for parameter in triples.values(component, SH.parameter)
    )


def _hidden(scope: Scope, triples: Triples) -> Iterator[Finding]:
    """Find target classes with subclasses that only the shapes know, and the data have."""
    graph, shapes = scope.inputs.graph, scope.inputs.shapes_graph
    if next(shapes.quads_for_pattern(None, ox.NamedNode(RDFS.subClassOf), None), None) is None:
        return
    for node in triples.having(SH.targetClass, RDF.type):
        shape = scope.shapes.shapes.get(node)
        if shape and not (shape.constraints or shape.queries or shape.foreign):
            continue  # it asks for nothing, so that nobody misses it
        targets: list[tuple[str | None, Term]] = [
            (SH.targetClass, value) for value in triples.values(node, SH.targetClass)
        ]
        if triples.types(node) & {SH.NodeShape, SH.PropertyShape} and (
            triples.types(node) & set(CLASS_TYPES)
        ):
            targets.append((None, node))
        for predicate, top in targets:
            if not isinstance(top, ox.NamedNode):
                continue
            below = subclasses(shapes, top.value)
            if len(below) < 2:
                continue
            lost = sorted(
                kind
                for kind in set(subclasses(graph, *below)) - set(subclasses(graph, top.value))
                if next(graph.quads_for_pattern(None, _TYPE, ox.NamedNode(kind)), None) is not None
            )
            if lost:
                named = ", ".join(map(short, lost[:_SHOWN]))
                more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
                yield Finding(
                    "subclass-in-shapes-only",
                    f"The data have instances of {named}{more}, which only the shapes call "
                    f"a subclass of {short(top.value)}: they are not looked at.",
                    "give the file that says so with --ontology too",
                    subject=node,
                    predicate=predicate,
                    value=top if predicate else None,
                    where="shapes",
                )


def of_outcome(outcome: Outcome) -> Iterator[Finding]:
    """Find what came out when the shapes were applied: where pySHACL gave up."""
    return map(of_defect, outcome.failed)
