"""Namespaces that are nearly a standard's or the ontology's, so that none of its terms is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.standard_terms import TERMS, form, meant
from ...graph.terms import RDF, namespace
from ..results import Severity
from .model import Finding, Kind, Scope

_TYPE: Final = ox.NamedNode(RDF.type)


def run(scope: Scope) -> Iterator[Finding]:
    """Say once of each such namespace of a class or a property which one was meant."""
    used = scope.used_properties | scope.used_classes
    yield from _of(scope, scope.inputs.graph, used, "data")
    shapes = scope.inputs.shapes_graph
    spaces = {quad.predicate.value for quad in shapes} | {
        quad.object.value
        for quad in shapes.quads_for_pattern(None, _TYPE, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    yield from _of(scope, shapes, spaces, "shapes")


def _nearly_of(space: str, others: Iterable[str]) -> str:
    """Give the namespace of some that one misspells, as `meant` does; empty for none.

    Example:
        >>> _nearly_of("http://w3id.org/passex/ontology#", ["https://w3id.org/passex/ontology#"])
        'https://w3id.org/passex/ontology#'
    """
    found = sorted(one for one in others if form(one) == form(space))
    return "" if space in found or not found else found[0]


def _of(scope: Scope, graph: ox.Store, terms: Iterable[str], where: Kind) -> Iterator[Finding]:
    own, declared = scope.ontology.namespaces, scope.ontology.declared
    wrong: dict[str, list[str]] = {}
    for iri in sorted(terms):
        if meant(namespace(iri)) or _nearly_of(namespace(iri), own):
            wrong.setdefault(namespace(iri), []).append(iri)
    for space, iris in wrong.items():
        node, right = ox.NamedNode(iris[0]), meant(space) or _nearly_of(space, own)
        quads = [*graph.quads_for_pattern(None, node, None)]
        quads = quads or [*graph.quads_for_pattern(None, _TYPE, node)]
        if not quads:
            continue
        rule, whose = "unknown-standard-term", "No standard has"
        # A vocabulary that is open may have a namesake that is somebody's.
        severity = None if right in TERMS else Severity.WARNING
        if not meant(space):
            rule, whose = "undeclared-term", "The ontology doesn't have"
            same = any(right + iri.removeprefix(space) in declared for iri in iris)
            severity = None if same else Severity.WARNING
        message = f"{whose} the namespace <{space}>, so that its terms mean nothing."
        yield Finding.of(min(quads, key=str), rule, message, f"write <{right}>", where, severity)
