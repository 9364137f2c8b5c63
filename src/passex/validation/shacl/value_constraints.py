"""Constraints on single values, asked in one query for all focus nodes and their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..literals import written
from ..results import Result, Term
from .evaluation import Component, Evaluation, Violation
from .focus import Focus
from .model import Constraint, component, nullable, repeats
from .value_tests import TESTS, ValueTest

#: The components that say to which other shapes values conform.
CONFORMANCE: Final = tuple(component(name) for name in ("and", "or", "xone", "not", "node"))


class ValueConstraints(Component):
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
            if again:
                if pair in seen:
                    continue
                seen.add(pair)
            for i, (iri, test) in enumerate(tests):
                if row[f"c{i}"].value == "true":
                    continue
                if test.decide and test.decide(written(pair[1])):
                    continue
                yield self.result(pair[0], iri, pair[1], details=test.details.get(pair[1], ()))

    def _tests(self, focus: Focus, variable: str) -> Iterator[tuple[str, ValueTest]]:
        for constraint in self._shape.constraints:
            for iri in constraint.components:
                if iri in TESTS:
                    yield iri, TESTS[iri](self._evaluation, constraint, variable)
                elif iri in CONFORMANCE:
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
        tally: dict[Term, int] = {}
        for terms in failing:
            for term in terms:
                tally[term] = tally.get(term, 0) + 1
        good = {term for term, number in tally.items() if number == len(failing) - 1}
        return ValueTest(evaluation.in_set(variable, good))
    wrong = set.intersection(*failing) if constraint.name == "or" else set.union(*failing)
    details: dict[Term, list[Result]] = outcomes[0] if constraint.name == "node" else {}
    return ValueTest(outside(evaluation, variable, wrong), details=details)


def outside(evaluation: Evaluation, variable: str, terms: set[Term]) -> str:
    """Write an expression that is true if a variable holds none of some terms."""
    return f"(!{evaluation.in_set(variable, terms)})" if terms else "true"
