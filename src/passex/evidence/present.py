"""What a node has now: the status and the dates that the newest article gives it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from ..graph.claimed import BOUNDS, Claim, in_body, last_day, read, values_of
from ..graph.terms import NR, OA, RDF, SCHEMA


class Present(NamedTuple):
    """A value that a node has now.

    Attributes:
        value: The value.
        claim: The claim that gives it.
        words: The date words of the node, where these are none of the claim's quotes.
    """

    value: ox.NamedNode | ox.Literal
    claim: ox.NamedNode | ox.BlankNode
    words: ox.Literal | None


class PresentValues:
    """The values that nodes have now, by the claims of a graph.

    Args:
        engine: The facts, to which no rule was applied.
    """

    def __init__(self, engine: ox.Store) -> None:
        self._engine = engine

    def of(self, node: object, name: str) -> Present | None:
        """Give the value of a property that the newest article states for certain, in its body.

        Args:
            node: The node.
            name: The IRI of its status, or of a bound of its dates.

        Returns:
            The value; None where no article does, or the newest ones give several values.
        """
        giving = [
            (day, claim, value)
            for day, claim in self._claims.get(node, ())
            for _, given, value in claim.facts()
            if given == name
        ]
        last = max((day for day, _, _ in giving), default="")
        newest = [(claim, value) for day, claim, value in giving if day == last]
        if not last or len({value for _, value in newest}) != 1:
            return None
        claim, value = newest[0]
        if not isinstance(value, ox.NamedNode | ox.Literal):
            return None
        return Present(value, claim.node, self._other_words(node, name, newest))

    @cached_property
    def _claims(self) -> dict[object, list[tuple[str, Claim]]]:
        """The claims that are certain, stated and in a body, with their days, by their nodes."""
        engine = self._engine
        kind, article = ox.NamedNode(RDF.type), ox.NamedNode(SCHEMA.NewsArticle)
        articles = {
            quad.subject.value: last_day(engine, quad.subject.value)
            for quad in engine.quads_for_pattern(None, kind, article)
            if isinstance(quad.subject, ox.NamedNode)
        }
        found: dict[object, list[tuple[str, Claim]]] = {}
        for claim in sorted(read(engine, articles), key=lambda claim: str(claim.node)):
            if claim.plain and in_body(engine, claim):
                day = max((articles[iri] for iri in claim.articles), default="")
                found.setdefault(claim.about, []).append((day, claim))
        return found

    def _other_words(
        self, node: object, name: str, newest: Iterable[tuple[Claim, object]]
    ) -> ox.Literal | None:
        """Give the date words of a node that are in no quote of its newest claims."""
        quotes = [
            words.value
            for claim, _ in newest
            for quote in claim.quotes
            for words in values_of(self._engine, ox.NamedNode(quote), OA.exact)
            if isinstance(words, ox.Literal)
        ]
        for words in values_of(self._engine, node, NR.dateWords) if name in BOUNDS else ():
            if isinstance(words, ox.Literal) and not any(words.value in text for text in quotes):
                return words
        return None
