"""The fast engine: every constraint is asked once for all focus nodes, and the store answers.

Python sees what is wrong, and what the store cannot decide. The results, each with its focus node,
are those of pySHACL; where one result counts twice there, because two routes lead to it, it does
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.terms import SH
from ..literals import Keeper, written
from ..results import Path, Result, Term
from . import asking, checks, conformance, singles, together
from .focus import Classes, Focus, of_targets
from .matching import Matcher
from .model import Constraint, Shape, Shapes
from .nesting import nested

#: Results by focus node, as it is stored.
Found: TypeAlias = dict[Term, list[Result]]
#: From so many focus nodes on it pays to look at how many triples there are, and to choose.
MANY: Final = 1000
#: How many triples a node has, more or less: so many times more are no more work.
_EACH: Final = 4


class Engine:
    """Validates a store against shapes that have nothing foreign about them.

    Args:
        store: Data and ontology, as `inputs.load` keeps them.
        shapes: The shapes.
    """

    def __init__(self, store: ox.Store, shapes: Shapes) -> None:
        self._store = store
        self._shapes = shapes.shapes
        self._counts: dict[str, int] = {}
        #: By pattern, how many solutions were counted, and at how many counting would have ended.
        self._counted: dict[str, tuple[int, int]] = {}
        self._predicates: list[str] = []
        self._sets = count()
        self._made: list[ox.NamedNode] = []
        self.classes = Classes(store)
        self.keeper = Keeper()
        self.matcher = Matcher()

    def focus(self, shape: Shape) -> Focus:
        """Give the focus nodes of a shape's own targets."""
        return of_targets(shape.targets, self.classes, self.keeper)

    def count(self, focus: Focus) -> int:
        """Count focus nodes."""
        return self._count(focus.text()) if focus.pattern else 0

    def many(self, focus: Focus) -> int:
        """Count focus nodes where there are many; give 0 for few, and for those beyond a path."""
        # The report needs the count anyway.
        number = 0 if focus.depth else self.count(focus)
        return number if number >= MANY else 0

    def few(self, number: int, pattern: str, prologue: str = "") -> bool:
        """Tell whether a pattern has a few solutions for each of some nodes, without counting all.

        Then it is quicker to ask for all of them than for those of each node.
        """
        most = _EACH * number
        key = prologue + pattern
        counted, limit = self._counted.get(key, (0, 0))
        # Fewer than were asked for are all there are.
        if counted == limit <= most:
            limit = most + 1
            counted = self._count(f"{{ SELECT * {{ {pattern} }} LIMIT {limit} }}", prologue)
            self._counted[key] = counted, limit
        return counted <= most

    def predicates(self) -> list[str]:
        """List the predicates of the store."""
        if not self._predicates:
            rows = self.answer("SELECT DISTINCT ?p { ?s ?p ?o }")
            self._predicates = sorted(str(row[0]) for row in rows)
        return self._predicates

    def _count(self, pattern: str, prologue: str = "") -> int:
        query = f"{prologue}SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        found = self._counts.get(query)
        if found is None:
            (row,) = self.answer(query)
            found = self._counts[query] = int(str(row["n"].value))
        return found

    def values(self, focus: Focus, path: Path | None) -> tuple[str, str]:
        """Give a pattern for ``?this`` and its values by a path, and one to put behind all others.

        Where the values of a predicate are few, they are not looked up for each focus node: all
        are asked for, and only then, whose they are.
        """
        number = self.many(focus)
        if isinstance(path, ox.NamedNode) and path not in focus.implied and number and focus.test:
            pattern = f"?this {path} ?value"
            if self.few(number, pattern):
                return f"{pattern} .", focus.of_these()
        return focus.values(path), ""

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets.

        Args:
            shape: The shape.

        Yields:
            The results.
        """
        for results in self.evaluate(shape, self.focus(shape)).values():
            yield from results

    def close(self) -> None:
        """Take out of the store what was put in, and end what was started."""
        self.matcher.close()
        for name in self._made:
            self._store.remove_graph(name)

    def select(self, query: str) -> ox.QuerySolutions:
        """Ask the store a SELECT query, with every `EXISTS` in it made quick."""
        return self.answer(nested(query))

    def answer(self, query: str) -> ox.QuerySolutions:
        """Ask the store a SELECT query as it is."""
        answer = self._store.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def evaluate_named(self, node: Term, focus: Focus) -> Found:
        """Validate focus nodes against the shape that a constraint names."""
        assert not isinstance(node, ox.Literal)
        return self.evaluate(self._shapes[node], focus)

    def evaluate(self, shape: Shape, focus: Focus) -> Found:
        """Validate focus nodes against a shape: its results by focus node."""
        found: Found = {}
        if shape.deactivated or not focus.pattern:
            return found
        by_name: dict[str, list[Constraint]] = {}
        for constraint in shape.constraints:
            by_name.setdefault(constraint.name, []).append(constraint)
        together.counts(self, shape, focus, by_name, found)
        singles.single_values(self, shape, focus, by_name, found)
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
                conformance.qualified(self, shape, focus, constraint, found)
            elif constraint.name == "property":
                conformance.properties(self, shape, focus, constraint, found)
        for query in shape.queries:
            asking.ask(self, shape, focus, query, found)
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
            component=SH[component],
            severity=shape.severity,
            messages=shape.messages,
            details=tuple(details),
        )
        found.setdefault(focus, []).append(result)

    def in_set(self, variable: str, terms: set[Term]) -> str:
        """Write an expression for membership; what is too much for a query goes into the store."""
        if len(terms) <= 16 and not any(isinstance(term, ox.BlankNode) for term in terms):
            return checks.same_as_one(variable, sorted(terms, key=str), self.keeper)
        return f"EXISTS {{ {_member(self._keep(terms), variable)} }}"

    def beyond(self, focus: Focus, path: Path | None) -> Focus:
        """Give the values by a path as focus nodes; few are kept, so that they are found but once.

        What is asked of them has their pattern in it each time, and so has what they lead to.
        """
        further = focus.beyond(path)
        if path is None or not focus.pattern:
            return further
        query = f"SELECT ?this {{ {further.text()} }} LIMIT {MANY + 1}"
        nodes: set[Term] = {row["this"] for row in self.select(query)}
        if len(nodes) > MANY:
            return further
        return further.listed(_member(self._keep(nodes), "?this") if nodes else "")

    def _keep(self, terms: set[Term]) -> ox.NamedNode:
        """Put terms into the store, as a set with a name."""
        name = ox.NamedNode(f"urn:passex:set:{next(self._sets)}")
        self._made.append(name)
        self._store.extend(ox.Quad(name, name, term, name) for term in terms)
        return name


def _member(name: ox.NamedNode, variable: str) -> str:
    """Write a pattern for the terms of a set in the store."""
    return f"GRAPH {name} {{ {name} {name} {variable} }}"
