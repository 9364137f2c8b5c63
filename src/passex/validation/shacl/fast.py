"""The fast engine: every constraint is asked once for all focus nodes, and the store answers.

Python sees what is wrong, and what the store cannot decide. The results, each with its focus node,
are those of pySHACL; where one result counts twice there, because two routes lead to it, it does
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import written
from ..results import Result, Term
from . import node_constraints as checks
from .evaluation import Component, Evaluation, Violation
from .focus import Focus, of_targets
from .model import Constraint, Shape, Shapes, component, nullable, repeats
from .sparql_constraint import SparqlConstraints
from .value_tests import TESTS, ValueTest

#: The components that say to which other shapes values conform.
_CONFORMANCE: Final = tuple(component(name) for name in ("and", "or", "xone", "not", "node"))


class _Values(Component):
    """All constraints of a shape on single values: one query says which values fail which."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Ask one query, and decide what it leaves open."""
        path = self._shape.path
        variable = "?value" if path else "?this"
        tests = [(iri, test) for iri, test in self._tests(focus, variable) if test.passes != "true"]
        if not tests:
            return
        seen = set()
        again = path is not None and (repeats(path) or nullable(path))
        for row in self._evaluation.select(self._query(focus, [test for _, test in tests])):
            pair: tuple[Term, Term] = (row["this"], row[variable[1:]])
            if again and pair in seen:
                continue
            seen.add(pair)
            for i, (iri, test) in enumerate(tests):
                passes = row[f"c{i}"].value == "true"
                if not passes and not (test.decide and test.decide(written(pair[1]))):
                    yield self.result(pair[0], iri, pair[1], details=test.details.get(pair[1], ()))

    def _tests(self, focus: Focus, variable: str) -> Iterator[tuple[str, ValueTest]]:
        for constraint in self._shape.constraints:
            for iri in constraint.components:
                if iri in TESTS:
                    yield iri, TESTS[iri](self._evaluation, constraint, variable)
                elif iri in _CONFORMANCE:
                    values = self._evaluation.beyond(focus, self._shape.path)
                    yield iri, _conformance(self._evaluation, constraint, variable, values)

    def _query(self, focus: Focus, tests: list[ValueTest]) -> str:
        body, membership = self._evaluation.values(focus, self._shape.path)
        number = self._evaluation.many(focus)
        pattern = tests[0].pattern
        if len(tests) == 1 and pattern and number and self._evaluation.few(number, pattern):
            # To put all values apart at once is quicker than to look each up.
            failing = f"MINUS {{ {pattern} }} BIND(false AS ?c0)"
        else:
            # What an expression cannot be evaluated for has not passed.
            binds = (f"BIND(COALESCE({t.passes}, false) AS ?c{i})" for i, t in enumerate(tests))
            some_fails = " || ".join(f"!?c{i}" for i in range(len(tests)))
            failing = f"{' '.join(binds)} FILTER({some_fails})"
        names = ["?this", *(["?value"] if self._shape.path else [])]
        names += (f"?c{i}" for i in range(len(tests)))
        return f"SELECT {' '.join(names)} {{ {{ {{ {body} }} {failing} }} {membership} }}"


def _conformance(
    evaluation: Evaluation, constraint: Constraint, variable: str, values: Focus
) -> ValueTest:
    """Test whether values conform to other shapes, which are evaluated first."""
    members = constraint.members or (constraint.value,)
    if constraint.name != "xone":  # there a shape that is listed twice counts twice
        members = tuple(dict.fromkeys(members))
    outcomes = [evaluation.conformance(member, values) for member in members]
    failing = [set(outcome) for outcome in outcomes]
    if constraint.name == "not":
        return ValueTest(evaluation.in_set(variable, failing[0]))
    if constraint.name == "xone" and len(failing) > 1:
        # Those that fail all shapes but one.
        tally = Counter(chain.from_iterable(failing))
        good = {term for term, number in tally.items() if number == len(failing) - 1}
        return ValueTest(evaluation.in_set(variable, good))
    wrong = set.intersection(*failing) if constraint.name == "or" else set.union(*failing)
    details: dict[Term, list[Result]] = outcomes[0] if constraint.name == "node" else {}
    return ValueTest(evaluation.outside(variable, wrong), details=details)


#: What checks the constraints of each component, by its IRI; those of one class go together.
COMPONENTS: Final[dict[str, type[Component]]] = {
    component("minCount"): checks.Counts,
    component("maxCount"): checks.Counts,
    **dict.fromkeys((*TESTS, *_CONFORMANCE), _Values),
    component("equals"): checks.Equality,
    component("disjoint"): checks.Equality,
    component("lessThan"): checks.LessThan,
    component("lessThanOrEquals"): checks.LessThan,
    component("uniqueLang"): checks.UniqueLanguage,
    component("hasValue"): checks.HasValue,
    component("closed"): checks.Closed,
    component("qualifiedMinCount"): checks.QualifiedCounts,
    component("qualifiedMaxCount"): checks.QualifiedCounts,
    component("property"): checks.PropertyShapes,
    component("SPARQL"): SparqlConstraints,
}


class Engine(Evaluation):
    """Validates a store against shapes that have nothing foreign about them."""

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
