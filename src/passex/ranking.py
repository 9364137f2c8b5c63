"""A ranking of the actors, and how much it can bear.

A handful of articles is no sample of the world. So a ranking comes with the places that each actor
takes when one article at a time is left out, and with the share of the articles in which the actor
occurs at all; and below a number of exercises there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .measures import measure
from .names import Node
from .network import Network
from .rows import Table, Tabular
from .store import Store
from .wording import say

if TYPE_CHECKING:
    from .measures import Graph

#: Fewer exercises than this are shown, and not ranked: with so few, one more changes every place.
ENOUGH: Final = 10


@dataclass(frozen=True, slots=True)
class Place:
    """An actor's place in a ranking.

    Attributes:
        node: The actor.
        place: 1 for the first; actors with the same score share the best place.
        score: The measure.
        best: The best place when one article is left out.
        worst: The worst; None where the actor has no ties without some article.
        articles: In how many articles the actor occurs.
    """

    node: Node
    place: int
    score: float
    best: int
    worst: int | None
    articles: int


@dataclass(frozen=True, slots=True)
class Ranking(Tabular):
    """Actors by a measure.

    Attributes:
        measure: The name of the measure.
        places: The actors, the first first; empty if there is too little to rank.
        events: On how many exercises and plans it rests.
        articles: How many articles the graph has.
        warnings: What has to be said before anyone relies on it, in sentences.
    """

    measure: str
    places: tuple[Place, ...]
    events: int
    articles: int
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        """Say the measure and the number of actors, in a line."""
        return f"<Ranking: {self.measure} of {say(len(self.places), 'actor')}>"

    def table(self) -> Table:
        """Give a row an actor."""
        from . import listings

        return listings.ranking(self)


def rank(store: Store, network: Network, name: str, weight: str, enough: int = ENOUGH) -> Ranking:
    """Rank the actors of a network.

    Args:
        store: The store that the network was built from.
        network: The network.
        name: A measure of `passex.measures`.
        weight: ``weight`` (Newman's) or ``count``.
        enough: The number of exercises below which nobody is ranked.

    Returns:
        The ranking with its warnings.
    """
    shares, total = articles(store)
    events = {o.happening.iri for tie in network.ties for o in tie.occasions}
    warnings = _made_by_the_sample(network, shares, total)
    if len(events) < enough:
        few = (
            f"No ranking: {len(events)} of the {enough} exercises that it would take to rank "
            f"{len(network.nodes)} actors."
        )
        return Ranking(name, (), len(events), total, (few, *warnings))
    scores = measure(combined(network), name, weight)
    places = _places(scores, name)
    left_out = [
        _places(measure(combined(_without(network, article)), name, weight), name)
        for article in sorted({source for tie in network.ties for source in tie.sources})
    ]
    ranked = []
    for node in network.nodes:
        others = [found.get(node.iri) for found in left_out]
        seen = [place for place in others if place is not None] or [places[node.iri]]
        ranked.append(
            Place(
                node,
                places[node.iri],
                scores[node.iri],
                min(seen),
                None if None in others else max(seen),
                shares.get(node.iri, 0),
            )
        )
    ranked.sort(key=lambda p: (p.place, p.node))
    return Ranking(name, tuple(ranked), len(events), total, warnings)


def combined(network: Network) -> Graph:
    """Give a network in which plans weigh what exercises do.

    What the policy includes counts, plans too: who ranks plans asks for them.

    Args:
        network: A network.

    Returns:
        Its graph, with plans added to ``count`` and ``weight``.
    """
    graph = network.to_networkx()
    for _, _, tie in graph.edges(data=True):
        tie["count"] += tie["planned"]
        tie["weight"] += tie["planned_weight"]
    return graph


def _places(scores: Mapping[str, float], name: str) -> dict[str, int]:
    # Scores that differ by rounding alone are the same score.
    sign = 1 if name == "constraint" else -1
    keys = {node: round(sign * score, 9) for node, score in scores.items()}
    ordered = sorted(keys.values())
    return {node: ordered.index(key) + 1 for node, key in keys.items()}


def _without(network: Network, article: str) -> Network:
    ties = []
    for tie in network.ties:
        kept = tuple(o for o in tie.occasions if set(o.sources) - {article})
        if len(kept) >= network.policy.min_events:
            ties.append(replace(tie, occasions=kept))
    return replace(network, ties=tuple(ties))


def _made_by_the_sample(network: Network, shares: Mapping[str, int], total: int) -> tuple[str, ...]:
    everywhere = [node.label for node in network.nodes if shares.get(node.iri) == total > 1]
    if not everywhere or len(everywhere) == len(network.nodes):
        return ()
    verb, it = ("is", "it") if len(everywhere) == 1 else ("are", "them")
    return (
        f"{' and '.join(everywhere)} {verb} in {total} of {total} articles: "
        f"the choice of articles alone puts {it} in the middle.",
    )


def articles(store: Store) -> tuple[dict[str, int], int]:
    """Say in how many articles each actor occurs, and how many articles there are."""
    rows = store.rows(
        """# In how many articles each actor occurs.
        SELECT ?actor (COUNT(DISTINCT ?article) AS ?n) {
            ?claim nr:about ?node ; nr:hasEvidence ?evidence . ?evidence oa:hasSource ?article .
            { ?node ?property ?actor } UNION { ?node nr:infersService ?actor }
            ?actor a ?class . ?class rdfs:subClassOf* nr:Actor
        } GROUP BY ?actor"""
    )
    shares = {str(actor): int(str(n)) for actor, n in rows}
    (row,) = store.rows(
        "# How many articles there are.\nSELECT (COUNT(?a) AS ?n) { ?a a schema:NewsArticle }"
    )
    return shares, int(str(row[0]))
