"""A graph that is held for Python."""

from __future__ import annotations

from ..errors import VocabularyError
from ..graph.store import Store
from ..graph.terms import NR


def with_our_terms(store: Store) -> Store:
    """Give a graph, for what means nothing without our ontology and rules.

    Raises:
        VocabularyError: They are not mixed in.
    """
    if store.plain:
        raise VocabularyError(
            "this needs the Passex ontology and rules, which are not mixed in here",
            f"describe exercises and actors with classes of <{NR}>, or ask in SPARQL",
        )
    return store


class Held:
    """A graph, and what can be done with it.

    Args:
        store: A store to which the rules have been applied.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def store(self) -> Store:
        """The graph itself."""
        return self._store

    @property
    def _ours(self) -> Store:
        """The graph, if ontology and rules are mixed in, as `with_our_terms` gives it."""
        return with_our_terms(self.store)
