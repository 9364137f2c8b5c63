"""Proofs of the rows of a query: the chains behind derived triples, else claims about nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from ..graph.store import Store, Term
from ..graph.terms import DERIVED, local_name
from ..query.request import Request
from ..query.tree import triples
from ..query.variants import Value
from .derived import Chain, chains

Row: TypeAlias = Sequence[Term | None]


@dataclass(frozen=True)
class Proofs:
    """What proves the rows of a SELECT.

    Attributes:
        request: The query.
        bound: The values that its variables were given.
        server: The URL of the server that answers, if one does: by which steps something is
            derived, it doesn't know.
        cache: Whether what is derived of its graph may be taken from the cache.
        warn: Is told, in a line, what is no reason to stop.
    """

    request: Request
    bound: Mapping[str, Value]
    server: str | None
    cache: bool
    warn: Callable[[str], None]

    def chains(self, columns: Sequence[str], rows: Sequence[Row]) -> list[list[Chain]]:
        """Find the chains behind each row, of many exercises the latest."""
        return [[chain for _, chain in own] for own in self._chains(columns, rows, False)]

    def query(self) -> str:
        """Write the query with the claims behind its rows, to be run anywhere.

        Raises:
            QueryError: It cannot have them, as `variants.with_claims` says.
        """
        verbs = (triple.verb for triple in triples(self.request.query.root))
        source = self.request.query.source
        if self.request.query.form != "SELECT" or not (
            self._names_derived() or any(source(verb)[0] in "?$" for verb in verbs)
        ):
            return self.request.with_claims()
        columns, rows = self.request.solutions()
        chosen = []
        for row, behind in zip(rows, self._chains(columns, rows, True), strict=True):
            values = dict(zip(columns, row, strict=True))
            for used, chain in behind:
                own = {name: t for name in used if isinstance(t := values[name], ox.NamedNode)}
                chosen += [(own, claim.iri) for claim in chain.claims]
        return self.request.with_claims(chosen)

    def _chains(
        self, columns: Sequence[str], rows: Sequence[Row], everything: bool
    ) -> list[list[tuple[frozenset[str], Chain]]]:
        cells = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
        # A server's graph is not loaded for a query that asks for nothing derived.
        if not self._names_derived() and cells.isdisjoint(DERIVED):
            return [[] for _ in rows]
        query = self.request.query
        return list(chains(self._derived(), query, columns, rows, self.bound, everything))

    def _derived(self) -> Store:
        """Give the graph with what the rules derive, and their intermediate results."""
        if self.server is None:
            return self.request.target.described(())  # the graph itself
        from ..query.remote import opening

        return opening.open_store(self.server, self.cache, self.warn)

    def _names_derived(self) -> bool:
        return any(local_name(term) in self.request.query.text for term in DERIVED)
