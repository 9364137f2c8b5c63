"""Triples that rdflib reads in a text, with their places, matched with those of the engine.

Blank nodes are matched by what is said of them, in the order of the text.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from ..text.json_parts import Span
from ..text.turtle import Term

#: The place of what is not found again.
NOWHERE: Final[Span] = (-1, -1)
#: The places of a subject, a predicate and a value.
Spans: TypeAlias = tuple[Span, Span, Span]
_Key: TypeAlias = tuple[str, str, object]


class PlacedTriples:
    """The triples that rdflib reads, each with the places of its three terms."""

    def __init__(self) -> None:
        self._waiting: dict[_Key, list[_Entry]] = {}
        self._same: dict[Term, Any] = {}

    def add(self, triple: tuple[Any, Any, Any], spans: Spans) -> None:
        """Take in a triple."""
        subject, predicate, value = triple
        entry = _Entry(subject, value, spans)
        start, iri = _iri(subject), str(predicate)
        self._waiting.setdefault((start, iri, _iri(value)), []).append(entry)
        if isinstance(value, Literal):
            exact = (start, iri, (str(value), value.language or ""))
            self._waiting.setdefault(exact, []).append(entry)

    def find(self, subject: Term, predicate: ox.NamedNode, value: Term) -> Spans:
        """Find a triple of the engine's again, each once."""
        start, end = (t.value if isinstance(t, ox.NamedNode) else "" for t in (subject, value))
        keys: list[_Key] = [(start, predicate.value, end)]
        if isinstance(value, ox.Literal):
            # Numbers may be written in another way: then the order of the text decides.
            said = value.value, value.language or ""
            keys.insert(0, (start, predicate.value, said))
        for key in keys:
            waiting = self._waiting.get(key, [])
            for number, entry in enumerate(waiting):
                pairs = [(subject, entry.subject), (value, entry.value)]
                blank = [pair for pair in pairs if isinstance(pair[0], ox.BlankNode)]
                if not entry.found and all(
                    self._same.get(own, theirs) == theirs for own, theirs in blank
                ):
                    self._same.update(blank)
                    entry.found = True
                    del waiting[number]
                    return entry.spans
        return NOWHERE, NOWHERE, NOWHERE


class _Entry:
    __slots__ = ("found", "spans", "subject", "value")

    def __init__(self, subject: object, value: object, spans: Spans) -> None:
        self.subject = subject
        self.value = value
        self.spans = spans
        self.found = False


def _iri(term: object) -> str:
    """Give the IRI of a term; of blank nodes and literals, nothing."""
    return str(term) if isinstance(term, URIRef) and not isinstance(term, BNode) else ""
