"""What the page shows, as one JSON document: `docs/page.md` says what its fields mean.

It holds everything that the page's filters can ask for, at every level; the policy only says what
is shown first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from typing import Any

from ..evidence import claims, routes
from ..graph import names
from ..graph.store import Store
from ..graph.terms import LEVELS, NR, shorten
from ..network import measures, notes, projection, ranking, sample
from ..network.happenings import happenings
from ..network.model import Network
from ..network.policy import STATUSES, Policy
from .layout import layout
from .page_things import (
    Json,
    by_date,
    described_articles,
    exercise,
    kinds_of,
    named,
    other_events,
    places_of,
)


class Numbers:
    """Things in the order in which they were first asked for, called by their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __getitem__(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers))

    def new(self, done: int) -> list[str]:
        """Give what was asked for after the first so many."""
        return list(islice(self._numbers, done, None))


def document(
    store: Store,
    policy: Policy,
    measure: str = "strength",
    weight: str = "newman",
    tell: Callable[[str], None] = lambda _: None,
) -> Json:
    """Collect what the page shows.

    Args:
        store: A store with its derived triples.
        policy: What is shown first.
        measure: The measure that actors are ranked by first.
        weight: How ties are weighed first: ``newman`` or ``count``.
        tell: Is told of the progress.

    Returns:
        The document.

    Raises:
        QueryError: The graph has exercises or plans in other domains only, or there is no such
            measure or weight.

    Example:
        >>> from passex import Policy, load
        >>> [actor["label"] for actor in document(load().store, Policy())["actors"]][:2]
        ['HMCS Ville de Québec', 'JMSDF Training Squadron']
    """
    measures.check(measure, weight)
    known = happenings(store)
    # A domain that is nowhere in the graph is refused here as by every other command.
    projection.build(store, policy)
    actors, articles, linked = Numbers(), Numbers(), Numbers()
    events: dict[str, Json] = {
        iri: exercise(store, happening) for iri, happening in sorted(known.items(), key=by_date)
    }
    events.update(other_events(store))
    numbers = {iri: number for number, iri in enumerate(events)}
    levels: Json = {}
    for level in LEVELS:
        tell(f"the network at {level} level")
        everything = Policy(level, STATUSES, "all")
        found = projection.build(store, everything)
        levels[level] = _level(found, actors, numbers, tell)
        levels[level]["lost"] = {
            str(numbers[iri]): sorted(lost)
            for iri, lost in sorted(notes.lost(store, level, known).items())
        }
    _add_routes(store, events, actors, linked, levels)
    tell("claims and their evidence")
    naming, total = sample.articles(store)
    nodes = names.nodes(store, NR.Actor)
    described = [
        {**named(iri, nodes[iri].label), "kind": nodes[iri].kind, "articles": []}
        for iri in actors.new(0)
    ]
    called = names.labels(store, linked.new(0))
    affiliations = [named(iri, called[iri]) for iri in linked.new(0)]
    stock: list[Json] = []
    things: list[tuple[str, Json]] = [*events.items()]
    things += zip(actors.new(0), described, strict=True)
    things += zip(linked.new(0), affiliations, strict=True)
    places = places_of(store, events)
    things += ((place["iri"], place) for place in places)
    for done, (iri, thing) in enumerate(things):
        if done and done % 2000 == 0:
            tell(f"claims about {done} of {len(things)} things")
        thing["claims"] = list(range(len(stock), len(stock) + _read(store, iri, stock, articles)))
    for event in events.values():
        sources = {place[0] for claim in event["claims"] for place in stock[claim]["evidence"]}
        event["articles"] = sorted(sources)
    for iri, actor in zip(actors.new(0), described, strict=True):
        actor["articles"] = sorted(articles[article] for article in naming.get(iri, ()))
    return {
        "title": "Who trains with whom",
        "view": {**asdict(policy), "measure": measure, "weight": weight},
        "enough": ranking.ENOUGH,
        "total": total,
        "articles": described_articles(store, articles.new(0)),
        "kinds": kinds_of(store, events.values()),
        "actors": described,
        "affiliations": affiliations,
        "events": list(events.values()),
        "levels": levels,
        "claims": stock,
        "places": places,
    }


def _level(
    found: Network, actors: Numbers, numbers: dict[str, int], tell: Callable[[str], None]
) -> Json:
    ties: list[Any] = []
    for tie in sorted(found.ties, key=lambda tie: (tie.source, tie.target)):
        on = [[numbers[o.happening.iri], o.parties, int(o.inferred)] for o in tie.occasions]
        ties.append([actors[tie.source.iri], actors[tie.target.iri], on])
    members = sorted({end for tie in ties for end in tie[:2]})
    place = {member: number for number, member in enumerate(members)}
    drawn = layout(len(members), ((place[tie[0]], place[tie[1]]) for tie in ties), tell)
    return {
        "ties": ties,
        "layout": [[member, *drawn[place[member]]] for member in members],
    }


def _add_routes(
    store: Store, events: dict[str, Json], actors: Numbers, linked: Numbers, levels: Json
) -> None:
    """Say of each event by what its actors come to be in it, where it is not by name alone."""
    members: dict[int, set[int]] = {}
    for level in levels.values():
        for a, b, on in level["ties"]:
            for event, *_ in on:
                members.setdefault(event, set()).update((a, b))
    iris = actors.new(0)
    every = routes.all_routes(store)
    for number, (iri, event) in enumerate(events.items()):
        event["routes"] = [
            [actor, participant, [linked[link] for link in links], int(inferred)]
            for actor in sorted(members.get(number, ()))
            for participant, links, inferred in every.get((iri, iris[actor]), ())
        ]


def _read(store: Store, iri: str, stock: list[Json], articles: Numbers) -> int:
    """Add the claims about a node to the stock, and count them."""
    found = claims.claims_about(store, iri)
    for claim in found:
        stock.append(
            {
                "name": shorten(claim.iri),
                "label": claim.label,
                "properties": list(claim.on_properties),
                "value": claim.value,
                "quantity": claim.quantity,
                "by": [speaker.label for speaker in claim.attributed_to],
                "via": [outlet.label for outlet in claim.reported_via],
                "certainty": claim.certainty,
                "basis": claim.basis,
                "source": claim.source,
                "evidence": [
                    [articles[place.article], place.zone, place.start, place.end, place.exact]
                    for place in claim.evidence
                ],
            }
        )
    return len(found)
