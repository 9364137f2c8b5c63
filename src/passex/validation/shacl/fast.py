"""The fast engine: every constraint is asked once for all focus nodes, and the store answers.

Python sees what is wrong, and what the store cannot decide. The results, each with its focus node,
are those of pySHACL; where one result counts twice there, because two routes lead to it, it does
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ..results import Result, Term
from .evaluation import Component, Evaluation
from .focus import Focus, of_targets
from .model import Shape, Shapes, component
from .node_constraints import (
    Closed,
    Counts,
    Equality,
    HasValue,
    LessThan,
    PropertyShapes,
    QualifiedCounts,
    UniqueLanguage,
)
from .sparql_constraint import SparqlConstraints
from .value_constraints import CONFORMANCE, ValueConstraints
from .value_tests import TESTS

#: What checks the constraints of each component, by its IRI; those of one class go together.
COMPONENTS: Final[dict[str, type[Component]]] = {
    component("minCount"): Counts,
    component("maxCount"): Counts,
    **dict.fromkeys((*TESTS, *CONFORMANCE), ValueConstraints),
    component("equals"): Equality,
    component("disjoint"): Equality,
    component("lessThan"): LessThan,
    component("lessThanOrEquals"): LessThan,
    component("uniqueLang"): UniqueLanguage,
    component("hasValue"): HasValue,
    component("closed"): Closed,
    component("qualifiedMinCount"): QualifiedCounts,
    component("qualifiedMaxCount"): QualifiedCounts,
    component("property"): PropertyShapes,
    component("SPARQL"): SparqlConstraints,
}


class Engine(Evaluation):
    """Validates a store against shapes that have nothing foreign about them.

    Args:
        store: Data and ontology, as `inputs.load` keeps them.
        shapes: The shapes.
    """

    def __init__(self, store: ox.Store, shapes: Shapes) -> None:
        super().__init__(store)
        self._shapes = shapes.shapes

    def focus(self, shape: Shape) -> Focus:
        """Give the focus nodes of a shape's own targets."""
        return of_targets(shape.targets, self.classes, self.keeper)

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets."""
        for results in self._evaluate(shape, self.focus(shape)).values():
            yield from results

    def conformance(self, shape: Term, focus: Focus) -> dict[Term, list[Result]]:
        """Validate focus nodes against the shape that a constraint names: results by focus node."""
        assert not isinstance(shape, ox.Literal)
        return self._evaluate(self._shapes[shape], focus)

    def _evaluate(self, shape: Shape, focus: Focus) -> dict[Term, list[Result]]:
        found: dict[Term, list[Result]] = {}
        if shape.deactivated or not focus.pattern:
            return found
        for kind in dict.fromkeys(COMPONENTS[iri] for iri in shape.components()):
            for node, result in kind(self, shape).violations(focus):
                found.setdefault(node, []).append(result)
        return found
