"""A ranking of the actors, and how much it can bear.

A handful of articles is no sample of the world. So a ranking comes with the places that each actor
takes when one article at a time is left out, and with the share of the articles that name the
actor; and below a number of exercises there is none.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..graph.labelling import Node
from ..graph.rows import Named, Table, Tabular
from ..graph.store import Store
from ..text.wording import say
from . import centralities, measures, sample
from .centralities import Centralities
from .model import Network, Tie
from .policy import EVERY, MEASURE
from .ties import Ties

#: Fewer exercises than this are shown, and not ranked: with so few, one more changes every place.
ENOUGH: Final = 10
#: Articles are left out one at a time until so many steps of a measure are done, if need be.
_STEPS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """An actor's place in a ranking.

    Attributes:
        node: The actor.
        place: 1 for the first; actors with the same score share the best place.
        score: The measure.
        best: The best place when one article is left out.
        worst: The worst; None where the actor has no ties without some article.
        articles: How many articles name the actor.
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
        left_out: What is left out, one at a time: ``article``, or ``source`` where tables of
            exercises tell of ties, too.
        warnings: What has to be said before anyone relies on it, in sentences.
        centralities: How central the actors are in this network, ranked or not.
        computed_by: The library that computed it; None where nothing was.
    """

    measure: str
    places: tuple[Place, ...]
    events: int
    articles: int
    warnings: tuple[str, ...]
    centralities: Centralities
    computed_by: str | None = None
    left_out: str = "article"

    def __repr__(self) -> str:
        return f"<Ranking: {self.measure} of {say(len(self.places), 'actor')}>"

    def table(self) -> Table:
        """Give a row an actor, with the fields of its `Place`."""
        return Table(
            ("place", "actor", "score", "best", "worst", "articles"),
            tuple((p.place, p.node, p.score, p.best, p.worst, p.articles) for p in self.places),
            nodes=frozenset({"actor"}),
            caption=f"Actors by {self.measure}",
            notes=self.warnings,
            empty="Nobody is ranked.",
        )


def rank(
    store: Store,
    network: Network,
    name: str,
    weight: str,
    enough: int = ENOUGH,
    warn: Callable[[str], None] = warnings.warn,
    told: sample.Told | None = None,
) -> Ranking:
    """Rank the actors of a network by one of `policy.MEASURES`; by strength for ``all`` of them.

    ``weight`` is ``weight`` (Newman's) or ``count``. With fewer exercises than ``enough`` nobody is
    ranked. ``warn`` is told of a computation that will take minutes, before it begins. What
    `sample.articles` gives can be given as ``told``.
    """
    articles = sample.read(store, network, told)
    events: dict[str, set[Named]] = {}
    for tie in network.ties:
        for occasion in tie.occasions:
            events.setdefault(occasion.activity.iri, set()).update(occasion.sources)
    ties = combined(network, weight)
    by = measures.engine(ties) if len(events) >= enough else None
    figures = centralities.compute(network, ties, name, weight, warn, by)
    name = MEASURE.default if name == EVERY else name
    if by is None:
        few = too_few("No ranking", "rank", network, len(events), enough)
        said = (few, *articles.warnings)
        return Ranking(name, (), len(events), articles.total, said, figures)
    notes, word = [*articles.warnings], articles.word
    if bare := sum(not sources for sources in events.values()):
        notes.append(
            f"{bare} of {len(events)} {network.policy.things} have no {word} behind them: places "
            f"without one {word} say nothing of what these rest on."
        )
    # Those behind most first: without them most changes.
    behind = _behind(network)
    if behind and network.policy.backbone:
        notes.append(
            f"The backbone is that of all {word}s: places without one {word} are among its ties."
        )
    ordered = sorted(behind, key=lambda article: (-len(behind[article]), article))
    tried = ordered[: max(1, _STEPS // measures.steps(ties, name))]
    if len(tried) < len(ordered):
        notes.append(
            f"Of {len(ordered)} {word}s only the {len(tried)} that most ties rest on were left "
            "out, one at a time."
        )
    # SciPy walks paths faster; it is sums that it only takes longer to begin.
    plain = measures.PLAIN.get(name) if by == "networkx" or name != "betweenness" else None
    left_out = []
    for article in tried:
        fewer = _without(network, ties, weight, article, behind)
        left_out.append(_places(plain(fewer) if plain else measures.compute(fewer, name, by), name))
    scores = figures.scores(name)
    places = _places(scores, name)
    ranked = []
    for node in network.nodes:
        others = [without.get(node.iri) for without in left_out]
        taken = [place for place in others if place is not None] or [places[node.iri]]
        worst = None if None in others else max(taken)
        named = len(articles.naming.get(node.iri, ()))
        place, score = places[node.iri], scores[node.iri]
        ranked.append(Place(node, place, score, min(taken), worst, named))
    ranked.sort(key=lambda p: (p.place, p.node))
    notes.append(f"Computed by {by}.")
    return Ranking(
        name, tuple(ranked), len(events), articles.total, tuple(notes), figures, by, word
    )


def too_few(what: str, verb: str, network: Network, events: int, enough: int) -> str:
    """Say that a network rests on too few exercises for a ranking or groups."""
    return (
        f"{what}: {events} of the {enough} {network.policy.things} that it would take to {verb} "
        f"{len(network.nodes)} actors."
    )


def combined(network: Network, weight: str) -> Ties:
    """Give a network in which plans weigh what exercises do.

    What the policy includes counts, plans too: who ranks plans asks for them. The ends of ties are
    places in ``network.nodes``; ``weight`` is ``weight`` (Newman's) or ``count``.
    """
    actors = [node.iri for node in network.nodes]
    places = {iri: place for place, iri in enumerate(actors)}
    return Ties(
        actors,
        array("q", [places[tie.source.iri] for tie in network.ties]),
        array("q", [places[tie.target.iri] for tie in network.ties]),
        array("d", [_strength(tie, weight) for tie in network.ties]),
    )


def _strength(tie: Tie, weight: str) -> float:
    if weight == "count":
        return float(len(tie.occasions))
    return tie.weight + tie.planned_weight


def _places(scores: Mapping[str, float], name: str) -> dict[str, int]:
    keys = {node: measures.key(name, score) for node, score in scores.items()}
    first: dict[float, int] = {}
    for place, key in enumerate(sorted(keys.values()), 1):
        first.setdefault(key, place)
    return {node: first[key] for node, key in keys.items()}


def _behind(network: Network) -> dict[Named, list[int]]:
    """List the ties that would lose an exercise without an article, by article."""
    behind: dict[Named, dict[int, None]] = {}
    for place, tie in enumerate(network.ties):
        for occasion in tie.occasions:
            for source in occasion.sources:
                own = behind.setdefault(source, {})
                if source in occasion.needed:
                    own[place] = None
    return {article: list(places) for article, places in behind.items()}


def _without(
    network: Network, ties: Ties, weight: str, article: Named, behind: Mapping[Named, list[int]]
) -> Ties:
    strengths = list(ties.strengths)
    for place in behind[article]:
        tie = network.ties[place]
        kept = tuple(o for o in tie.occasions if article not in o.needed)
        enough = len(kept) >= network.policy.min_events
        strengths[place] = _strength(replace(tie, occasions=kept), weight) if enough else 0.0
    left = [place for place, strength in enumerate(strengths) if strength]
    # Who has no ties left is no actor of that network.
    ends = sorted({end for place in left for end in (ties.sources[place], ties.targets[place])})
    number = {end: place for place, end in enumerate(ends)}
    return Ties(
        [ties.nodes[end] for end in ends],
        [number[ties.sources[place]] for place in left],
        [number[ties.targets[place]] for place in left],
        [strengths[place] for place in left],
    )
