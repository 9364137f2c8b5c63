"""The shapes graph as a table, with lists and paths read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import written
from ...graph.terms import RDF, SH, XSD
from ..inputs import Document, declared_prefixes
from ..results import Compound, Path, Term
from .model import Node

_UNARY: Final = {
    SH.inversePath: "inverse",
    SH.zeroOrMorePath: "zeroOrMore",
    SH.oneOrMorePath: "oneOrMore",
    SH.zeroOrOnePath: "zeroOrOne",
}
#: So deep paths lie within each other, at most.
_DEEPEST: Final = 60


class Triples:
    """The triples of a store by subject and predicate, with literals as they were written."""

    def __init__(self, store: ox.Store, documents: Iterable[Document] = ()) -> None:
        self._documents = tuple(documents)
        self._table: dict[Node, dict[str, list[Term]]] = {}
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue  # what is said of statements is no part of a shape
            row = self._table.setdefault(subject, {})
            row.setdefault(quad.predicate.value, []).append(written(value))

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The namespaces by prefix that the files of shapes declare for themselves.

        A prefix that means two things in two files is not among them.
        """
        found: dict[str, set[str]] = {}
        for prefix, namespace in declared_prefixes(self._documents):
            found.setdefault(prefix, set()).add(namespace)
        return {prefix: spaces.pop() for prefix, spaces in found.items() if len(spaces) == 1}

    def subjects(self) -> Iterator[Node]:
        """Go through all subjects."""
        return iter(self._table)

    @cached_property
    def _subjects(self) -> dict[str, list[Node]]:
        """The subjects of each property."""
        found: dict[str, list[Node]] = {}
        for node, row in self._table.items():
            for iri in row:
                found.setdefault(iri, []).append(node)
        return found

    def having(self, *predicates: str) -> list[Node]:
        """List what has any of some properties, in a stable order."""
        return sorted({n for p in predicates for n in self._subjects.get(p, ())}, key=str)

    def of_type(self, *classes: str) -> list[Node]:
        """List what is of any of some classes, in a stable order."""
        return [node for node in self.having(RDF.type) if not self.types(node).isdisjoint(classes)]

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


def read_path(triples: Triples, node: Term, depth: int = 0) -> Path:
    """Read the path that a node stands for; a ValueError says how it is ill-formed."""
    if isinstance(node, ox.NamedNode) and not triples.of(node).keys() & _UNARY.keys():
        return node
    if isinstance(node, ox.Literal):
        raise ValueError(f"{node} is no property path")
    if depth > _DEEPEST:
        raise ValueError("a property path within itself, or very deep")
    said = triples.of(node)
    kinds = [key for key in (*_UNARY, SH.alternativePath) if key in said]
    # What is a list is taken for one, whatever else is said of it: the W3C's tests have it so.
    listed = RDF.first in said
    if not listed and len(kinds) != 1:
        raise ValueError("a property path must be an IRI, a list or one kind of path")
    if listed or kinds[0] not in _UNARY:
        heads = [node] if listed else triples.values(node, kinds[0])
        members = triples.items(heads[0]) if len(heads) == 1 else None
        if members is None or len(members) < 2:
            raise ValueError("a path of several parts needs one well-formed list of two or more")
        parts = tuple(read_path(triples, member, depth + 1) for member in members)
        return Compound("sequence" if listed else "alternative", parts)
    values = triples.values(node, kinds[0])
    if len(values) != 1:
        raise ValueError(f"a path has more than one sh:{kinds[0].removeprefix(SH.iri)}")
    return Compound(_UNARY[kinds[0]], (read_path(triples, values[0], depth + 1),))


def is_text(term: Term, *datatypes: str) -> bool:
    """Tell whether a term is a literal of some datatypes: a text, with or without a language."""
    wanted = datatypes or (XSD.string, RDF.langString)
    return isinstance(term, ox.Literal) and term.datatype.value in wanted
