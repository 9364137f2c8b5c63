"""An evaluation of shapes: the store that it asks, and the base of all constraint components."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...errors import PassexError
from ...graph.lexical import Keeper, written
from ..results import Path, Result, Term
from .focus import Classes, Focus
from .limits import Matcher
from .model import Constraint, Shape
from .rewriting import nested

#: A focus node, as it is stored, and a result about it.
Violation: TypeAlias = tuple[Term, Result]
#: From so many focus nodes on it pays to look at how many triples there are, and to choose.
MANY: Final = 500
#: How many triples a node has, more or less: asking for so many times more is no more work.
_TRIPLES_OF_A_NODE: Final = 4
#: The sign of a sequence path after a step, which no IRI holds.
_SEQUENCE: Final = re.compile("[>)*+?]/")
#: Sets of so many terms are written into a query; larger ones are put into the store.
_LISTED: Final = 16
#: So many literals are compared one by one: the store reads each comparison within the one before,
#: and some thousands of them are more than it can hold.
_COMPARED: Final = 256


class EngineError(PassexError):
    """Shapes that an engine cannot work with."""


class Evaluation(ABC):
    """Asks a store about focus nodes, all of a set in one query, and remembers what it counted."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._counts: dict[str, int] = {}
        #: By pattern, how many solutions were counted, and at how many counting would have ended.
        self._counted: dict[str, tuple[int, int]] = {}
        self._sets = count()
        self._made: list[ox.NamedNode] = []
        self.classes = Classes(store)
        self.keeper = Keeper()
        self.matcher = Matcher()

    @abstractmethod
    def conformance(self, shape: Term, focus: Focus) -> dict[Term, list[Result]]:
        """Validate focus nodes against the shape that a constraint names: results by focus node."""

    def close(self) -> None:
        """Take out of the store what was put in, and end what was started."""
        self.matcher.close()
        for name in self._made:
            self._store.remove_graph(name)

    def select(self, query: str) -> ox.QuerySolutions:
        """Ask the store a SELECT query of ours, with every `EXISTS` in it made quick."""
        # Only a sequence path makes one that is not quick: no other query need be parsed.
        slow = "EXISTS" in query and _SEQUENCE.search(query)
        return self.answer(nested(query) if slow else query)

    def answer(self, query: str) -> ox.QuerySolutions:
        """Ask the store a SELECT query as it is."""
        answer = self._store.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

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
        most = _TRIPLES_OF_A_NODE * number
        key = prologue + pattern
        counted, limit = self._counted.get(key, (0, 0))
        # Fewer than were asked for are all there are.
        if counted == limit <= most:
            limit = most + 1
            counted = self._count(f"{{ SELECT * {{ {pattern} }} LIMIT {limit} }}", prologue)
            self._counted[key] = counted, limit
        return counted <= most

    def _count(self, pattern: str, prologue: str = "") -> int:
        query = f"{prologue}SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        if query not in self._counts:
            (row,) = self.answer(query)
            self._counts[query] = int(str(row["n"].value))
        return self._counts[query]

    @cached_property
    def predicates(self) -> list[str]:
        """The predicates of the store, as SPARQL writes them."""
        return sorted(str(row[0]) for row in self.answer("SELECT DISTINCT ?p { ?s ?p ?o }"))

    def values(self, focus: Focus, path: Path | None) -> tuple[str, str]:
        """Give a pattern for ``?this`` and its values by a path, and one to put after all others.

        Where the values of a predicate are few, they are not looked up for each focus node: all
        are asked for, and only then, whose they are.
        """
        number = self.many(focus)
        if isinstance(path, ox.NamedNode) and path not in focus.implied and number and focus.test:
            pattern = f"?this {path} ?value"
            if self.few(number, pattern):
                return f"{pattern} .", focus.membership()
        return focus.values(path), ""

    def same_as_one(self, variable: str, terms: Collection[Term]) -> str:
        """Write an expression that is true if a variable holds one of some terms, none blank."""
        iris = ", ".join(str(term) for term in terms if isinstance(term, ox.NamedNode))
        parts = [f"({variable} IN ({iris}))"] if iris else []
        literals = [self.keeper.stored(term) for term in terms if isinstance(term, ox.Literal)]
        if len(literals) > _COMPARED:
            parts.append(f"EXISTS {{ {_member(self._keep(set(literals)), variable)} }}")
        else:
            parts += (f"sameTerm({variable}, {literal})" for literal in literals)
        return f"({' || '.join(parts) or 'false'})"

    def in_set(self, variable: str, terms: set[Term]) -> str:
        """Write an expression for membership; what is too much for a query goes into the store."""
        if len(terms) <= _LISTED and not any(isinstance(term, ox.BlankNode) for term in terms):
            return self.same_as_one(variable, sorted(terms, key=str))
        return f"EXISTS {{ {_member(self._keep(terms), variable)} }}"

    def outside(self, variable: str, terms: set[Term]) -> str:
        """Write an expression that is true if a variable holds none of some terms."""
        return f"(!{self.in_set(variable, terms)})" if terms else "true"

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

    def _keep(self, terms: Collection[Term]) -> ox.NamedNode:
        """Put terms into the store, as a set with a name."""
        name = ox.NamedNode(f"urn:passex:set:{next(self._sets)}")
        self._made.append(name)
        self._store.extend(ox.Quad(name, name, term, name) for term in terms)
        return name


def _member(name: ox.NamedNode, variable: str) -> str:
    """Write a pattern for the terms of a set in the store."""
    return f"GRAPH {name} {{ {name} {name} {variable} }}"


class Component(ABC):
    """The constraints of one or several components that a shape has, checked together."""

    def __init__(self, evaluation: Evaluation, shape: Shape) -> None:
        self._evaluation = evaluation
        self._shape = shape

    @abstractmethod
    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Check focus nodes in as few queries as may be: those that fail, as stored, and why."""

    def constraints(self, *names: str) -> list[Constraint]:
        """List the constraints that some parameters make, by the local names of these."""
        return [constraint for constraint in self._shape.constraints if constraint.name in names]

    def result(
        self,
        focus: Term,
        component: str,
        value: Term | None = None,
        path: Path | None = None,
        details: Iterable[Result] = (),
    ) -> Violation:
        """Give a violation of a component, by its IRI; focus node and value as they are stored."""
        return focus, Result(
            focus=written(focus),
            path=path or self._shape.path,
            value=None if value is None else written(value),
            shape=self._shape.node,
            component=component,
            severity=self._shape.severity,
            messages=self._shape.messages,
            details=tuple(details),
        )
