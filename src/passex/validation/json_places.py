"""Triples of JSON-LD, each with the places of its node object, its key and its value.

rdflib reads it, from JSON whose parts know where they stand. Nothing is fetched: what names a
context that is elsewhere has no places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pyoxigraph as ox
from rdflib.plugins.parsers.jsonld import Parser
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.plugins.shared.jsonld.errors import JSONLDException

from ..text.json_parts import Object, Span, read, remote_context
from ..text.turtle import Term, Token, Triple
from .matching import NOWHERE, PlacedTriples

#: What rdflib raises where it and the engine differ: what came before has its place.
_TROUBLE: Final = (JSONLDException, ValueError, TypeError, AttributeError, LookupError)


def statements(text: str, base: str, named: Callable[[Term], Term]) -> Iterator[list[Triple]]:
    """Read a text that the engine takes.

    Args:
        text: The JSON-LD.
        base: The IRI against which its relative IRIs are resolved.
        named: Gives the engine's blank nodes their names.

    Yields:
        Triples in the order in which the engine gives them; what is not found again is at -1.
    """
    triples = PlacedTriples()
    try:
        document = read(text)
        if remote_context(document) is None:
            _Parser(triples).parse(document, Context(base=base), _Sink())
    except (*_TROUBLE, RecursionError):
        pass
    for quad in ox.parse(text.encode(), ox.RdfFormat.JSON_LD, base_iri=base):
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        node, key, place = triples.find(subject, predicate, value)
        yield [
            Triple(
                Token(named(subject), *node),
                Token(predicate, *key),
                Token(named(value), *place),
            )
        ]


class _Sink:
    """What rdflib takes for a graph; the triples go where their places are known."""

    context_aware = False
    add: Callable[[tuple[Any, Any, Any]], None]

    def bind(self, *_: object, **__: object) -> None:
        """Take no prefix."""


class _Parser(Parser):
    """rdflib's parser, which tells from where in the document a triple comes."""

    def __init__(self, triples: PlacedTriples) -> None:
        super().__init__()
        self._triples = triples
        #: The node object, the key, the subject, and the value that was read last.
        self._node = self._key = self._value = NOWHERE
        #: The place of all values of the key.
        self._values = NOWHERE
        self._subject: object = None

    def parse(self, data: Any, context: Context, dataset: Any) -> Any:
        dataset.add = self._add
        return super().parse(data, context, dataset)

    def _add_to_graph(
        self, dataset: Any, graph: Any, context: Context, node: Any, topcontext: bool = False
    ) -> Any:
        before, self._node = self._node, _span(node, self._value)
        try:
            return super()._add_to_graph(dataset, graph, context, node, topcontext)
        finally:
            self._node = before

    def _key_to_graph(
        self, dataset: Any, graph: Any, context: Context, subj: Any, key: str, *args: Any, **kw: Any
    ) -> None:
        before = self._key, self._value, self._subject, self._values
        self._key, self._subject = _span(key, self._key), subj
        self._value = self._values = getattr(key, "of_value", NOWHERE)
        try:
            super()._key_to_graph(dataset, graph, context, subj, key, *args, **kw)
        finally:
            self._key, self._value, self._subject, self._values = before

    def _to_object(
        self, dataset: Any, graph: Any, context: Context, term: Any, node: Any, inlist: bool = False
    ) -> Any:
        self._value = own = _span(node, self._values)
        found = super()._to_object(dataset, graph, context, term, node, inlist)
        self._value = own
        return found

    def _add(self, triple: tuple[Any, Any, Any]) -> None:
        subject, _, value = triple
        ends = self._node, self._value
        if subject != self._subject:
            # It leads back to the node, or is of a list.
            ends = self._value, self._node if value == self._subject else self._value
        self._triples.add(triple, (ends[0], self._key, ends[1]))


def _span(value: Any, otherwise: Span) -> Span:
    """Give the place of a part of the document, or of one that rdflib put together from such."""
    if isinstance(value, tuple):
        value = value[0]  # a text, and its language
    if isinstance(value, dict) and not isinstance(value, Object):
        # By its name: a key, of which it is the value.
        return getattr(value.get("@id"), "of_value", otherwise)
    return getattr(value, "span", otherwise)
