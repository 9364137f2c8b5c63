"""The claims about nodes, and the articles that these are taken from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..graph.names import Node, labels
from ..graph.store import Store
from .model import Event, Spell


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """Claims and articles, by the node that the claims are about.

    Attributes:
        claims: The IRIs of the claims about a node, sorted.
        articles: The labels of the articles with evidence for these, sorted.
    """

    claims: dict[str, tuple[str, ...]]
    articles: dict[str, tuple[str, ...]]

    def all_claims(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Give the claims about any of several nodes, sorted."""
        return tuple(sorted({claim for node in nodes for claim in self.claims.get(node, ())}))

    def all_articles(self, nodes: Iterable[str]) -> tuple[str, ...]:
        """Give the articles with evidence for claims about any of several nodes, sorted."""
        return tuple(sorted({label for node in nodes for label in self.articles.get(node, ())}))

    def event(
        self, node: Node, status: str, when: str, spell: Spell, participants: Iterable[str]
    ) -> Event:
        """Make an event or plan of a picture, with the evidence for it."""
        earliest, latest = spell
        return Event(
            iri=node.iri,
            label=node.label,
            kind=node.kind,
            status=status,
            when=when,
            earliest=earliest,
            latest=latest,
            participants=tuple(sorted(participants)),
            articles=self.articles.get(node.iri, ()),
            claims=self.claims.get(node.iri, ()),
        )


def read(store: Store) -> EvidenceIndex:
    """Read the claims about every node, and their articles."""
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
    called = labels(store, {iri for iris in articles.values() for iri in iris})
    return EvidenceIndex(
        {node: tuple(sorted(iris)) for node, iris in claims.items()},
        {node: tuple(sorted(called[iri] for iri in iris)) for node, iris in articles.items()},
    )


def spells(dates: Iterable[Spell]) -> tuple[Spell, ...]:
    """Keep what is dated, each pair of days once, the earliest first.

    Example:
        >>> spells([("2018-01-01", None), (None, None), ("2017-01-01", "2017-12-31")])
        (('2017-01-01', '2017-12-31'), ('2018-01-01', None))
    """
    return tuple(
        sorted({pair for pair in dates if pair != (None, None)}, key=lambda p: tuple(map(str, p)))
    )


def span(dates: Collection[Spell]) -> Spell:
    """Give the first and the last day of several spells; None where none has one."""
    starts, ends = (start for start, _ in dates if start), (end for _, end in dates if end)
    return min(starts, default=None), max(ends, default=None)
