"""Coverage: what the shapes looked at, and what no shape looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..graph.hierarchy import superclasses
from ..graph.terms import SH
from .inputs import Inputs, load
from .rules.terms import declared_prefixes
from .wording import Wording


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the shapes looked at.

    Attributes:
        shapes: For each rule that is a shape, how many nodes it looked at.
        classes: For each class with nodes that no shape looked at, how many of them.
        predicates: For each predicate that no shape names, how many triples have it.
    """

    shapes: Mapping[str, int]
    classes: Mapping[str, int]
    predicates: Mapping[str, int]


def coverage(inputs: Inputs, counts: Mapping[ox.NamedNode | ox.BlankNode, int]) -> Coverage:
    """Find out what the shapes looked at, from the number of focus nodes that each had.

    A predicate counts as looked at where a shape names it: in a path, in a target, or in a query.
    All figures are sorted by name; names are short.
    """
    wording = Wording(inputs)
    by_rule: dict[str, int] = {}
    for shape, number in counts.items():
        rule = wording.identify(shape)
        by_rule[rule] = max(number, by_rule.get(rule, 0))

    def short(iri: str) -> str:
        return wording.short(f"<{iri}>") if ":" in iri else iri

    named = _named(inputs.shapes_graph)
    # A shape that is a class looks at its instances.
    named.update(shape.value for shape in counts if isinstance(shape, ox.NamedNode))
    # Without the ontology, which the shapes were not asked to look at.
    facts, _ = load([document.source for document in inputs.data], ())
    return Coverage(
        {short(rule): by_rule[rule] for rule in sorted(by_rule)},
        _counted(facts, inputs, "?s a ?name", named, short),
        _counted(facts, inputs, "?s ?name ?o", named, short),
    )


def _named(shapes: ox.Store) -> set[str]:
    """Every IRI in the shapes, and in the text of their queries as far as it stands there."""
    found = set()
    spaces = declared_prefixes(shapes)
    for quad in shapes:
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
        if isinstance(quad.object, ox.Literal) and quad.predicate.value.startswith(SH.iri):
            for prefix, local in re.findall(r"\b([\w-]+):([\w-]+)", quad.object.value):
                found.add(spaces.get(prefix, "") + local)
            found.update(re.findall(r"<([^<>\s]+)>", quad.object.value))
    return found


def _counted(
    facts: Inputs, inputs: Inputs, pattern: str, named: set[str], short: Callable[[str], str]
) -> dict[str, int]:
    rows = facts.graph.query(
        f"SELECT ?name (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?name ORDER BY ?name"
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = {}
    for name, number in rows:
        if not isinstance(name, ox.NamedNode):
            continue
        if named.isdisjoint(superclasses(inputs.graph, name.value)):
            found[short(name.value)] = int(number.value)
    return found
