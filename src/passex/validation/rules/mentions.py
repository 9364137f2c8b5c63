"""Terms that shapes, rules and questions name: part of the check of `terms`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...graph.standard_terms import TERMS, unknown
from ...graph.suggest import did_you_mean, short
from ...graph.terms import PREFIXES, SH, namespace
from ...query.prefixes import named
from ...text.places import place
from .model import Finding, Scope
from .ontologies import CLASS_TYPES, PROPERTY_TYPES, typed

#: In shapes, an undeclared class after these is `target-class-undeclared`.
_CLASSES: Final = frozenset({SH.targetClass, SH["class"]})
_QUERIES: Final = tuple(SH[name] for name in ("select", "ask", "construct"))


def find(scope: Scope) -> Iterator[Finding]:
    """Find the terms that shapes, rules and questions name and nothing declares.

    Args:
        scope: What to look at.

    Yields:
        The findings.
    """
    known = _known(scope)
    yield from _shapes(scope, known)
    for path, text in scope.queries.items():
        yield from _query(scope, path, text, known)


def _known(scope: Scope) -> frozenset[str]:
    """What is declared or described in any of the graphs, as far as the ontology's names go."""
    graphs = (scope.inputs.graph, scope.inputs.shapes_graph)
    declared = set(scope.ontology.declared)
    for graph in graphs:
        declared |= typed(graph, CLASS_TYPES | PROPERTY_TYPES)
    return frozenset(declared)


def _shapes(scope: Scope, known: frozenset[str]) -> Iterator[Finding]:
    graph, shapes, ontology = scope.inputs.graph, scope.inputs.shapes_graph, scope.ontology
    space = {
        _value(shapes, quad.object, "prefix"): _value(shapes, quad.object, "namespace")
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH.declare), None)
    }
    for quad in sorted(shapes, key=str):
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode):
                continue
            iri = term.value
            wrong = iri not in known and ontology.owns(iri) and quad.predicate.value not in _CLASSES
            if wrong and not _described(iri, graph, shapes):
                yield replace(
                    found("undeclared-term", f"Nothing declares {short(iri)}.",
                           did_you_mean(iri, known), quad),
                    where="shapes",
                )  # fmt: skip
            elif namespace(iri) != SH.iri and unknown(iri):
                yield replace(
                    found("unknown-standard-term", no_standard(iri), standard_terms(iri), quad),
                    where="shapes",
                )
        if quad.predicate.value in _QUERIES and isinstance(quad.object, ox.Literal):
            text = quad.object.value
            for iri in dict.fromkeys(iri for iri, _, _ in named(text, space)):
                if ontology.owns(iri) and iri not in known and not _described(iri, graph, shapes):
                    yield replace(
                        found("undeclared-term", f"Nothing declares {short(iri)}, which this "
                               "query names.", did_you_mean(iri, known), quad),
                        where="shapes",
                    )  # fmt: skip


def _value(graph: ox.Store, node: object, name: str) -> str:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return ""
    quad = next(graph.quads_for_pattern(node, ox.NamedNode(SH[name]), None), None)
    return quad.object.value if quad and isinstance(quad.object, ox.Literal) else ""


def _described(iri: str, *graphs: ox.Store) -> bool:
    node = ox.NamedNode(iri)
    return any(next(graph.quads_for_pattern(node, None, None), None) for graph in graphs)


def _query(scope: Scope, path: Path, text: str, known: frozenset[str]) -> Iterator[Finding]:
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


def found(rule: str, message: str, hint: str, quad: ox.Quad) -> Finding:
    """Make a finding about a triple.

    Args:
        rule: The rule.
        message: What is wrong.
        hint: What to write instead.
        quad: The triple.

    Returns:
        The finding.
    """
    assert not isinstance(quad.subject, ox.Triple)
    return Finding(
        rule, message, hint, subject=quad.subject, predicate=quad.predicate.value,
        value=quad.object,
    )  # fmt: skip


def no_standard(iri: str) -> str:
    """Say that a closed vocabulary does not have a term.

    Args:
        iri: The term.

    Returns:
        The message.
    """
    return f"The standard defines no {short(iri)}."


def standard_terms(iri: str) -> str:
    """Suggest terms of the closed vocabulary in whose namespace a term is.

    Args:
        iri: The term.

    Returns:
        The hint.
    """
    return did_you_mean(iri, TERMS[namespace(iri)])
