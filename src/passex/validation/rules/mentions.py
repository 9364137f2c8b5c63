"""Find undeclared terms that shapes, rules and questions name: part of the check of `terms`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import did_you_mean, short
from ...graph.standard_terms import TERMS, unknown
from ...graph.terms import PREFIXES, SH, namespace
from ...query.prefixes import named
from ...text.places import place
from .model import Finding, Kind, Scope
from .ontologies import CLASS_TYPES, PROPERTY_TYPES, typed

#: In shapes, an undeclared class after these is `target-class-undeclared`.
_CLASSES: Final = frozenset({SH.targetClass, SH["class"]})
_QUERIES: Final = tuple(SH[name] for name in ("select", "ask", "construct"))


def find(scope: Scope) -> Iterator[Finding]:
    """Find the terms that shapes, rules and questions name and nothing declares."""
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    known = scope.ontology.declared.union(
        *(typed(graph, *CLASS_TYPES, *PROPERTY_TYPES) for graph in graphs)
    )
    yield from _shapes(scope, known)
    for path, text in scope.queries.items():
        for iri, start, end in named(text, PREFIXES):
            if _unknown(scope, iri, known, scope.inputs.graph):
                yield Finding(
                    "undeclared-term",
                    f"Nothing declares {short(iri)}, which this query names.",
                    did_you_mean(iri, known),
                    where=place(path.as_posix(), text, start, end),
                )


def _shapes(scope: Scope, known: frozenset[str]) -> Iterator[Finding]:
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    spaces = declared_prefixes(scope.inputs.shapes_graph)
    for quad in sorted(scope.inputs.shapes_graph, key=str):
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode):
                continue
            iri = term.value
            if quad.predicate.value not in _CLASSES and _unknown(scope, iri, known, *graphs):
                message = f"Nothing declares {short(iri)}."
                hint = did_you_mean(iri, known)
                yield Finding.of(quad, "undeclared-term", message, hint, "shapes")
            elif namespace(iri) != SH.iri and unknown(iri):
                yield no_standard(quad, iri, "shapes")
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            text = quad.object.value
            for iri in dict.fromkeys(iri for iri, _, _ in named(text, spaces)):
                if _unknown(scope, iri, known, *graphs):
                    message = f"Nothing declares {short(iri)}, which this query names."
                    hint = did_you_mean(iri, known)
                    yield Finding.of(quad, "undeclared-term", message, hint, "shapes")


def _unknown(scope: Scope, iri: str, known: frozenset[str], *graphs: ox.Store) -> bool:
    """Whether a term of the ontology's namespaces is neither declared nor described in graphs."""
    if iri in known or not scope.ontology.owns(iri):
        return False
    node = ox.NamedNode(iri)
    return not any(next(graph.quads_for_pattern(node, None, None), None) for graph in graphs)


def declared_prefixes(shapes: ox.Store) -> dict[str, str]:
    """Read the namespaces by prefix that shapes declare for their queries."""
    rows = shapes.query(f"SELECT ?p ?n {{ ?d <{SH}prefix> ?p ; <{SH}namespace> ?n }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {prefix.value: space.value for prefix, space in rows}


def no_standard(quad: ox.Quad, iri: str, where: Kind = "data") -> Finding:
    """Say that a closed vocabulary does not have a term, and which it has."""
    message, hint = (
        f"The standard defines no {short(iri)}.",
        did_you_mean(iri, TERMS[namespace(iri)]),
    )
    return Finding.of(quad, "unknown-standard-term", message, hint, where)
