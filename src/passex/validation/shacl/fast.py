"""The fast engine: every constraint is asked once for all focus nodes, and the store answers.

Python sees what is wrong, and what the store cannot decide. The results, each with its focus node,
are those of pySHACL; where one result counts twice there, because two routes lead to it, it does
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import TypeAlias

import pyoxigraph as ox

from ..literals import Keeper, written
from ..results import Path, Result, Term
from . import checks, paths, templates, together
from .checks import Check
from .focus import Classes, Focus, of_targets
from .matching import Matcher
from .model import Constraint, Node, Query, Shape, Shapes
from .nesting import for_all, nested
from .terms import SH

#: Results by focus node, as it is stored.
Found: TypeAlias = dict[Term, list[Result]]
_GROUPS = ("and", "or", "xone", "not", "node")


class Engine:
    """Validates a store against shapes that have nothing foreign about them.

    Args:
        store: Data and ontology, as `inputs.load` keeps them.
        shapes: The shapes.
    """

    def __init__(self, store: ox.Store, shapes: Shapes) -> None:
        self._store = store
        self._shapes = shapes.shapes
        self._classes = Classes(store)
        self.keeper = Keeper()
        self._matcher = Matcher()
        self._sets = count()
        self._made: list[ox.NamedNode] = []

    def focus(self, shape: Shape) -> Focus:
        """Give the focus nodes of a shape's own targets."""
        return of_targets(shape.targets, self._classes, self.keeper)

    def count(self, focus: Focus) -> int:
        """Count focus nodes."""
        if not focus.pattern:
            return 0
        (row,) = self.select(f"SELECT (COUNT(*) AS ?n) {{ {focus.text()} }}")
        return int(str(row["n"].value))

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets.

        Args:
            shape: The shape.

        Yields:
            The results.
        """
        for results in self._evaluate(shape, self.focus(shape)).values():
            yield from results

    def close(self) -> None:
        """Take out of the store what was put in, and end what was started."""
        self._matcher.close()
        for name in self._made:
            self._store.remove_graph(name)

    def select(self, query: str) -> ox.QuerySolutions:
        """Ask the store a SELECT query."""
        return self._answer(nested(query))

    def _answer(self, query: str) -> ox.QuerySolutions:
        answer = self._store.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def _evaluate(self, shape: Shape, focus: Focus) -> Found:
        found: Found = {}
        if shape.deactivated or not focus.pattern:
            return found
        by_name: dict[str, list[Constraint]] = {}
        for constraint in shape.constraints:
            by_name.setdefault(constraint.name, []).append(constraint)
        together.counts(self, shape, focus, by_name, found)
        self._single_values(shape, focus, by_name, found)
        for constraint in shape.constraints:
            if constraint.name in ("equals", "disjoint"):
                together.equals(self, shape, focus, constraint, found)
            elif constraint.name in ("lessThan", "lessThanOrEquals"):
                together.less_than(self, shape, focus, constraint, found)
            elif constraint.name == "uniqueLang":
                together.unique_language(self, shape, focus, constraint, found)
            elif constraint.name == "hasValue":
                together.has_value(self, shape, focus, constraint, found)
            elif constraint.name == "closed":
                together.closed(self, shape, focus, constraint, found)
            elif constraint.name == "qualifiedValueShape":
                self._qualified(shape, focus, constraint, found)
            elif constraint.name == "property":
                self._property(shape, focus, constraint, found)
        for query in shape.queries:
            self._query(shape, focus, query, found)
        return found

    def add(
        self,
        found: Found,
        shape: Shape,
        focus: Term,
        component: str,
        value: Term | None = None,
        path: Path | None = None,
        details: Iterable[Result] = (),
    ) -> None:
        """Add a result of a shape to what was found."""
        result = Result(
            focus=written(focus),
            path=path or shape.path,
            value=None if value is None else written(value),
            shape=shape.node,
            component=SH + component,
            severity=shape.severity,
            messages=shape.messages,
            details=tuple(details),
        )
        found.setdefault(focus, []).append(result)

    # ------------------------------------------------------------------------------ single values

    def _single_values(
        self, shape: Shape, focus: Focus, by_name: Mapping[str, list[Constraint]], found: Found
    ) -> None:
        """Ask for all constraints on single values in one query."""
        variable = "?value" if shape.path else "?this"
        asked: list[Check] = []
        details: dict[int, Found] = {}
        for name in checks.COMPONENTS:
            asked += [
                checks.check(constraint, variable, self.keeper, self._instances, self._matcher)
                for constraint in by_name.get(name, ())
            ]
        for name in _GROUPS:
            for constraint in by_name.get(name, ()):
                check, beneath = self._nested(shape, focus, constraint, variable)
                if check.passes != "true":
                    details[len(asked)] = beneath
                    asked.append(check)
        asked_for = [(i, check) for i, check in enumerate(asked) if check.passes != "true"]
        if not asked_for:
            return
        binds = " ".join(
            f"BIND(COALESCE({check.passes}, false) AS ?c{i})" for i, check in asked_for
        )
        failing = " || ".join(f"!?c{i}" for i, _ in asked_for)
        names = " ".join(f"?c{i}" for i, _ in asked_for)
        value = "?value" if shape.path else ""
        seen = set()
        repeats = shape.path is not None and (
            paths.repeats(shape.path) or paths.nullable(shape.path)
        )
        for row in self.select(
            f"SELECT ?this {value} {names} {{ {{ {focus.values(shape.path)} }} "
            f"{binds} FILTER({failing}) }}"
        ):
            pair = (row["this"], row[variable[1:]])
            if repeats:
                if pair in seen:
                    continue
                seen.add(pair)
            for i, check in asked_for:
                if row[f"c{i}"].value == "true":
                    continue
                if check.decide and check.decide(written(pair[1])):
                    continue
                nested = details[i].get(pair[1], ()) if i in details else ()
                self.add(found, shape, pair[0], check.component, pair[1], details=nested)

    def _instances(self, top: Term, variable: str) -> str:
        pattern = self._classes.instances([top], variable)
        return f"EXISTS {{ {pattern} }}" if pattern else "false"

    def _nested(
        self, shape: Shape, focus: Focus, constraint: Constraint, variable: str
    ) -> tuple[Check, Found]:
        """Turn a constraint on the conformance of values into a check."""
        name = constraint.name
        component = f"{name[0].upper()}{name[1:]}ConstraintComponent"
        beyond = focus.beyond(shape.path)
        members = constraint.members or (constraint.value,)
        if name in ("and", "or"):
            members = tuple(dict.fromkeys(members))
        outcomes = [self._evaluate(self._shapes[_node(member)], beyond) for member in members]
        bad = [set(outcome) for outcome in outcomes]
        if name == "not":
            return Check(component, self._in_set(variable, bad[0])), {}
        if name == "xone":
            tally: dict[Term, int] = {}
            for terms in bad:
                for term in terms:
                    tally[term] = tally.get(term, 0) + 1
            if len(bad) == 1:
                return Check(component, self._not_in_set(variable, bad[0])), {}
            good = {term for term, number in tally.items() if number == len(bad) - 1}
            return Check(component, self._in_set(variable, good)), {}
        wrong = set.intersection(*bad) if name == "or" else set.union(*bad)
        beneath = outcomes[0] if name == "node" else {}
        return Check(component, self._not_in_set(variable, wrong)), beneath

    def _not_in_set(self, variable: str, terms: set[Term]) -> str:
        return f"(!{self._in_set(variable, terms)})" if terms else "true"

    def _in_set(self, variable: str, terms: set[Term]) -> str:
        """Write an expression for membership; what is too much for a query goes into the store."""
        if len(terms) <= 16 and not any(isinstance(term, ox.BlankNode) for term in terms):
            return checks.same_as_one(variable, sorted(terms, key=str), self.keeper)
        name = ox.NamedNode(f"urn:passex:set:{next(self._sets)}")
        self._made.append(name)
        self._store.bulk_extend(ox.Quad(name, name, term, name) for term in terms)
        return f"EXISTS {{ GRAPH {name} {{ {name} {name} {variable} }} }}"

    def _property(self, shape: Shape, focus: Focus, constraint: Constraint, found: Found) -> None:
        inner = self._evaluate(self._shapes[_node(constraint.value)], focus.beyond(shape.path))
        if shape.path is None:
            for term, results in inner.items():
                found.setdefault(term, []).extend(results)
        elif inner:
            rows = self.select(
                f"SELECT DISTINCT ?this ?value {{ {{ {focus.values(shape.path)} }} "
                f"FILTER({self._in_set('?value', set(inner))}) }}"
            )
            for row in rows:
                found.setdefault(row["this"], []).extend(inner[row["value"]])

    def _qualified(self, shape: Shape, focus: Focus, constraint: Constraint, found: Found) -> None:
        assert shape.path is not None
        beyond = focus.beyond(shape.path)
        bad = set(self._evaluate(self._shapes[_node(constraint.value)], beyond))
        conditions = [self._not_in_set("?value", bad)]
        for sibling in constraint.siblings:
            apart = set(self._evaluate(self._shapes[sibling], beyond))
            conditions.append(self._in_set("?value", apart))
        counted = " && ".join(conditions)
        for row in self.select(
            f"SELECT ?this (COUNT(DISTINCT ?counted) AS ?n) {{ {focus.text()} "
            f"OPTIONAL {{ {{ SELECT ?this (?value AS ?counted) {{ {{ {focus.values(shape.path)} }} "
            f"FILTER({counted}) }} }} }} }} GROUP BY ?this"
        ):
            number = int(row["n"].value)
            if constraint.most is not None and number > constraint.most:
                self.add(found, shape, row["this"], "QualifiedMaxCountConstraintComponent")
            if constraint.least is not None and number < constraint.least:
                self.add(found, shape, row["this"], "QualifiedMinCountConstraintComponent")

    # ------------------------------------------------------------------------------------- SPARQL

    def _query(self, shape: Shape, focus: Focus, query: Query, found: Found) -> None:
        asked = for_all(query.text, focus.text())
        assert asked is not None, "delegation takes what cannot be asked at once"
        answer = self._answer(asked)
        names = [variable.value for variable in answer.variables]
        seen = set()
        for row in answer:
            bound = {name: row[name] for name in names if row[name] is not None}
            node = bound["this"]
            key = tuple(row[name] for name in names)
            if key in seen:
                continue
            seen.add(key)
            bound = {name: written(term) for name, term in bound.items()}
            value = bound.get("value") or (None if shape.path else written(node))
            path = bound.get("path") or shape.path
            messages = templates.fill(query.messages, shape.messages, bound, value)
            result = Result(
                focus=written(node),
                path=path,
                value=value,
                shape=shape.node,
                component=SH + "SPARQLConstraintComponent",
                severity=shape.severity,
                messages=messages,
                constraint=query.node,
            )
            found.setdefault(node, []).append(result)


def _node(term: Term) -> Node:
    assert not isinstance(term, ox.Literal)
    return term
