"""Namespaces that are nearly those of a standard, so that none of its terms is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.standard_terms import TERMS, meant
from ...graph.terms import RDF, namespace
from ..results import Severity
from .model import Finding, Kind, Scope

_TYPE: Final = ox.NamedNode(RDF.type)


def run(scope: Scope) -> Iterator[Finding]:
    """Say once of each such namespace of a class or a property which one was meant."""
    used = scope.used_properties | scope.used_classes
    yield from _of(scope.inputs.graph, used, "data")
    shapes = scope.inputs.shapes_graph
    spaces = {quad.predicate.value for quad in shapes} | {
        quad.object.value
        for quad in shapes.quads_for_pattern(None, _TYPE, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    yield from _of(shapes, spaces, "shapes")


def _of(graph: ox.Store, terms: Iterable[str], where: Kind) -> Iterator[Finding]:
    wrong: dict[str, list[str]] = {}
    for iri in sorted(terms):
        if meant(namespace(iri)):
            wrong.setdefault(namespace(iri), []).append(iri)
    for space, iris in wrong.items():
        node, right = ox.NamedNode(iris[0]), meant(space)
        quads = [*graph.quads_for_pattern(None, node, None)]
        quads = quads or [*graph.quads_for_pattern(None, _TYPE, node)]
        if quads:
            message = f"No standard has the namespace <{space}>, so that its terms mean nothing."
            # A vocabulary that is open may have a namesake that is somebody's.
            severity = None if right in TERMS else Severity.WARNING
            hint = f"write <{right}>"
            yield Finding.of(
                min(quads, key=str), "unknown-standard-term", message, hint, where, severity
            )
