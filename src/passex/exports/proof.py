"""What stands behind nodes: the claims about them and the articles that these are taken from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..graph.names import labels
from ..graph.store import Store
from .model import Spell


@dataclass(slots=True)
class Proof:
    """Claims and articles, by the node that the claims are about.

    Attributes:
        claims: The IRIs of the claims about a node, sorted.
        articles: The labels of the articles with evidence for these, sorted.
    """

    claims: dict[str, tuple[str, ...]] = field(default_factory=dict)
    articles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def all_claims(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Give the claims about any of several nodes, sorted."""
        return tuple(sorted({claim for node in nodes for claim in self.claims.get(node, ())}))

    def all_articles(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Give the articles with evidence for claims about any of several nodes, sorted."""
        return tuple(sorted({label for node in nodes for label in self.articles.get(node, ())}))


def read(store: Store) -> Proof:
    """Read what stands behind every node.

    Args:
        store: The graph.

    Returns:
        Claims and articles.
    """
    claims: dict[str, set[str]] = {}
    for claim, node in store.rows(
        "# What each claim is about.\nSELECT ?claim ?node { ?claim nr:about ?node }"
    ):
        claims.setdefault(str(node), set()).add(str(claim))
    articles: dict[str, set[str]] = {}
    rows = store.rows(
        """# In which articles the evidence of each claim stands.
        SELECT DISTINCT ?node ?article {
            ?claim nr:about ?node ; nr:hasEvidence ?evidence . ?evidence oa:hasSource ?article
        }"""
    )
    for node, article in rows:
        articles.setdefault(str(node), set()).add(str(article))
    called = labels(store, {iri for found in articles.values() for iri in found})
    return Proof(
        {node: tuple(sorted(found)) for node, found in claims.items()},
        {node: tuple(sorted(called[iri] for iri in found)) for node, found in articles.items()},
    )


def spells(dates: Iterable[Spell]) -> tuple[Spell, ...]:
    """Keep what is dated, each pair of days once, the earliest first.

    Args:
        dates: The first and the last possible day of events.

    Returns:
        Those with at least one of the two.

    Example:
        >>> spells([("2018-01-01", None), (None, None), ("2017-01-01", "2017-12-31")])
        (('2017-01-01', '2017-12-31'), ('2018-01-01', None))
    """
    return tuple(
        sorted({pair for pair in dates if pair != (None, None)}, key=lambda p: tuple(map(str, p)))
    )


def first(dates: Iterable[Spell]) -> str | None:
    """Give the first day of several spells; None where none has one."""
    return min((start for start, _ in dates if start), default=None)


def last(dates: Iterable[Spell]) -> str | None:
    """Give the last day of several spells; None where none has one."""
    return max((end for _, end in dates if end), default=None)
