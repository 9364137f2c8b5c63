"""The claims about nodes, and the articles that these are taken from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..graph.labelling import Node
from ..graph.store import Store
from ..network import activities
from .model import Event, Spell


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """Claims and articles, by the node that the claims are about.

    Attributes:
        claims: The IRIs of the claims about a node, sorted.
        articles: The labels of the articles with evidence for these, or for a phase, sorted.
    """

    claims: dict[str, tuple[str, ...]]
    articles: dict[str, tuple[str, ...]]

    def event(
        self, node: Node, status: str, when: str, spell: Spell, participants: Iterable[str]
    ) -> Event:
        """Make an event or plan of a picture, with the evidence for it."""
        return Event(
            iri=node.iri,
            label=node.label,
            kind=node.kind,
            status=status,
            when=when,
            earliest=spell[0],
            latest=spell[1],
            participants=tuple(sorted(participants)),
            articles=self.articles.get(node.iri, ()),
            claims=self.claims.get(node.iri, ()),
        )


def united(lists: Mapping[str, tuple[str, ...]], nodes: Iterable[str]) -> tuple[str, ...]:
    """Unite the claims, or the articles, of several nodes, sorted."""
    return tuple(sorted({item for node in nodes for item in lists.get(node, ())}))


def read(store: Store) -> EvidenceIndex:
    """Read the claims about every node, and their articles."""
    claims: defaultdict[str, set[str]] = defaultdict(set)
    query = "# What each claim is about.\nSELECT ?node ?claim { ?claim nr:about ?node }"
    for node, claim in store.rows(query):
        claims[str(node)].add(str(claim))
    return EvidenceIndex(
        {node: tuple(sorted(iris)) for node, iris in claims.items()},
        {
            node: tuple(article.label for article in sorted(behind))
            for node, behind in activities.sources(store).items()
        },
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
