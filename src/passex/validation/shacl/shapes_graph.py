"""The shapes graph as a table of subjects, predicates and values, and lists read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ...graph.terms import RDF
from ..literals import written
from ..results import Term
from .model import Node


class Triples:
    """The triples of a store by subject and predicate, with literals as they were written."""

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
        values = self.of(subject).get(predicate, ())
        return sorted(values, key=str) if len(values) > 1 else list(values)

    def types(self, subject: Term) -> set[str]:
        """Give the IRIs of the classes that a node is said to be of."""
        values = self.of(subject).get(RDF.type, ())
        return {value.value for value in values if isinstance(value, ox.NamedNode)}

    def items(self, head: Term) -> list[Term] | None:
        """Read the members of the list that begins with a node; None if it isn't well-formed."""
        members: list[Term] = []
        seen = set()
        while not (isinstance(head, ox.NamedNode) and head.value == RDF.nil):
            first, rest = self.values(head, RDF.first), self.values(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            members += first
            head = rest[0]
        return members


def nodes(terms: Iterable[Term]) -> Iterator[Node]:
    """Leave out literals."""
    return (term for term in terms if not isinstance(term, ox.Literal))


def is_true(term: Term) -> bool:
    """Tell whether a parameter is switched on: by ``true``; ``1`` does not, say the W3C's tests."""
    return term.value.lower() == "true"
