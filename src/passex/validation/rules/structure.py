"""How the terms of an ontology hang together, and with what uses them. Sources: see `hygiene`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import short
from ...graph.standard_terms import TERMS
from ...graph.terms import OWL, RDF, namespace
from ..problems import Rule, Severity
from .hygiene import found
from .model import Check, Finding, Scope
from .ontologies import DOMAIN, RANGE, SUB_CLASS, SUB_PROPERTY, Ontology

_DEPRECATED: Final = OWL.deprecated
#: Properties whose subjects or objects are classes, or properties.
_OF_CLASSES: Final = ((SUB_CLASS, True, True), (DOMAIN, False, True))
_OF_PROPERTIES: Final = ((SUB_PROPERTY, True, True), (DOMAIN, True, False), (RANGE, True, False))

RULES: Final = (
    Rule(
        "orphan-class",
        "class without any tie",
        "A class has a class above or below it, or a property, a class expression or a shape "
        "refers to it. After OOPS! P04 and ROBOT's missing_superclass.",
        "A class that nothing refers to says nothing about its instances.",
        Severity.WARNING,
    ),
    Rule(
        "hierarchy-cycle",
        "cycle in the hierarchy",
        "No class is above itself, and no property. After OOPS! P06.",
        "All terms of a cycle are the same term to a reasoner. Where that is meant, say it with "
        "owl:equivalentClass.",
        Severity.VIOLATION,
    ),
    Rule(
        "property-without-ends",
        "property without domain and range",
        "A property has a domain or a range, itself or from a property above it; or a shape looks "
        "at it. After OOPS! P11.",
        "Nothing says what it relates.",
        Severity.INFO,
    ),
    Rule(
        "multiple-domains",
        "several domains or ranges",
        "A property has at most one domain and one range. After OOPS! P19.",
        "Several mean all of them at once, where most writers mean any of them: that is "
        "owl:unionOf.",
        Severity.WARNING,
    ),
    Rule(
        "untyped-term",
        "term without a type",
        "What stands where a class or a property has to stand is declared as one. After OOPS! P34 "
        "and P35.",
        "OWL tools take an undeclared term for an annotation, and drop the axiom.",
        Severity.VIOLATION,
    ),
    Rule(
        "class-and-property",
        "class that is a property",
        "No IRI is both a class and a property. OWL 2 allows it; FOOPS! and OOPS! P07 speak of "
        "terms with two meanings.",
        "To a reasoner they are two things, to a reader one.",
        Severity.WARNING,
    ),
    Rule(
        "namespace-hijacking",
        "term in somebody else's namespace",
        "An ontology defines terms in its own namespaces only; a term that it reuses says whose it "
        "is with rdfs:isDefinedBy. After OOPS! P40.",
        "Who looks the term up at its owner finds another definition, or none.",
        Severity.WARNING,
    ),
)


def _run(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    yield from _cycles(ontology)
    yield from _orphans(scope)
    yield from _ends(scope)
    yield from _untyped(ontology)
    for iri in sorted(ontology.own & ontology.classes & ontology.properties):
        message = f"{short(iri)} is both a class and a property."
        yield found("class-and-property", message, "give each its own IRI", iri)
    yield from _hijacked(ontology)


def _cycles(ontology: Ontology) -> Iterator[Finding]:
    for predicate in (SUB_CLASS, SUB_PROPERTY):
        above: dict[str, list[str]] = {}
        for low, high in sorted(ontology.pairs(predicate)):
            above.setdefault(low, []).append(high)
        for iri in sorted(above.keys() & ontology.own):
            reached: dict[str, str] = {}
            todo = [(high, iri) for high in above[iri]]
            while todo and iri not in reached:
                node, below = todo.pop()
                if node not in reached:
                    reached[node] = below
                    todo += [(high, node) for high in above.get(node, ())]
            # Said once a cycle: of the term that comes first in it.
            if iri in reached and iri == min(_loop(iri, reached)):
                way = [*_loop(iri, reached), iri]
                message = f"{short(iri)} is above itself: {' < '.join(map(short, way))}."
                value = ox.NamedNode(way[1])
                yield found("hierarchy-cycle", message, "take one link out", iri, predicate, value)


def _loop(start: str, reached: dict[str, str]) -> list[str]:
    way, node = [start], reached[start]
    while node != start:
        way.append(node)
        node = reached[node]
    return [way[0], *reversed(way[1:])]


def _orphans(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    for iri in sorted(ontology.own & ontology.classes):
        node = ox.NamedNode(iri)
        graphs = (ontology.graph, scope.inputs.shapes_graph)
        tied = any(next(g.quads_for_pattern(None, None, node), None) for g in graphs)
        above = [v for v in ontology.values(iri, SUB_CLASS) if v.value != OWL.Thing]
        same = ontology.values(iri, OWL.equivalentClass)
        disjoint = ontology.values(iri, OWL.disjointWith)
        if not (tied or above or same or disjoint):
            message = f"Nothing ties the class {short(iri)} to another term."
            yield found("orphan-class", message, "give it a superclass, or take it out", iri)


def _ends(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    annotations = {
        quad.subject.value
        for quad in ontology.graph.quads_for_pattern(
            None, ox.NamedNode(RDF.type), ox.NamedNode(OWL.AnnotationProperty)
        )
        if isinstance(quad.subject, ox.NamedNode)
    }
    for iri in sorted(ontology.own & ontology.properties):
        for predicate in (DOMAIN, RANGE):
            values = ontology.values(iri, predicate)
            if len(values) > 1:
                what = predicate.rpartition("#")[2]
                message = f"{short(iri)} has {len(values)} {what}s, which all hold at once."
                hint = "join them with owl:unionOf, or keep one"
                yield found("multiple-domains", message, hint, iri, predicate, values[1])
        if iri in annotations or any(_has_end(ontology, high) for high in _above(ontology, iri)):
            continue
        shapes = scope.inputs.shapes_graph
        if next(shapes.quads_for_pattern(None, None, ox.NamedNode(iri)), None) is None:
            message = f"Neither a domain or range nor a shape says what {short(iri)} relates."
            yield found("property-without-ends", message, "give it rdfs:domain or rdfs:range", iri)


def _above(ontology: Ontology, iri: str) -> set[str]:
    seen, todo = {iri}, [iri]
    while todo:
        for value in ontology.values(todo.pop(), SUB_PROPERTY):
            if value.value not in seen:
                seen.add(value.value)
                todo.append(value.value)
    return seen


def _has_end(ontology: Ontology, iri: str) -> bool:
    return bool(ontology.values(iri, DOMAIN) or ontology.values(iri, RANGE))


def _untyped(ontology: Ontology) -> Iterator[Finding]:
    for what, declared, predicates in (
        ("class", ontology.classes, _OF_CLASSES),
        ("property", ontology.properties, _OF_PROPERTIES),
    ):
        for predicate, subject, value in predicates:
            for low, high in sorted(ontology.pairs(predicate)):
                for iri in ((low,) if subject else ()) + ((high,) if value else ()):
                    if iri in declared or iri in TERMS.get(namespace(iri), ()):
                        continue
                    message = f"{short(iri)} is used as a {what}, and not declared as one."
                    kind = "owl:Class" if what == "class" else "owl:ObjectProperty"
                    hint = f"add '{short(iri)} a {kind} .'"
                    yield found("untyped-term", message, hint, low, predicate, ox.NamedNode(high))


def _hijacked(ontology: Ontology) -> Iterator[Finding]:
    from .ontologies import DEFINITIONS

    for iri in sorted(ontology.declared - ontology.own):
        if ontology.owns(iri) or ontology.reused(iri):
            continue
        for predicate in DEFINITIONS:
            values = ontology.values(iri, predicate)
            if values:
                message = f"The ontology defines {short(iri)}, which is not in its namespace."
                hint = "say whose it is with rdfs:isDefinedBy, or mint a term of your own"
                yield found("namespace-hijacking", message, hint, iri, predicate, values[0])
                break


CHECK: Final = Check("structure", RULES, _run, of_ontology=True)
