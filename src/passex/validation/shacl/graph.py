"""The shapes graph as a table of subjects, predicates and values, and lists read from it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..literals import written
from ..results import Term
from .model import Node
from .terms import FIRST, NIL, REST


class Triples:
    """The triples of a graph by subject and predicate.

    Args:
        store: The store; literals are given as they were written.
    """

    def __init__(self, store: ox.Store) -> None:
        self._table: dict[Node, dict[str, list[Term]]] = {}
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            subject, value = quad.subject, quad.object
            assert not isinstance(subject, ox.Triple)
            assert not isinstance(value, ox.Triple)
            row = self._table.setdefault(subject, {})
            row.setdefault(quad.predicate.value, []).append(written(value))

    def subjects(self) -> Iterator[Node]:
        """Go through all subjects."""
        return iter(self._table)

    def of(self, subject: Term) -> dict[str, list[Term]]:
        """Give what is said of a node: values by predicate."""
        return {} if isinstance(subject, ox.Literal) else self._table.get(subject, {})

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """Give the values of one property of a node, in a stable order."""
        return sorted(self.of(subject).get(predicate, ()), key=str)

    def items(self, head: Term) -> list[Term] | None:
        """Read a list.

        Args:
            head: The node that it begins with.

        Returns:
            Its members; None if it is no well-formed list.
        """
        members: list[Term] = []
        seen = set()
        while not (isinstance(head, ox.NamedNode) and head.value == NIL):
            first, rest = self.values(head, FIRST), self.values(head, REST)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            members += first
            head = rest[0]
        return members
