"""The document of a page: what it shows, as JSON; `docs/page.md` says what its fields mean.

It holds everything that the page's filters can ask for, at every level; the policy only says what
is shown first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, NamedTuple, TypeAlias

from ...evidence import routes
from ...evidence.why import say_dates_of
from ...graph import as_of, labelling
from ...graph.store import Store
from ...graph.terms import DCTERMS, NR, SKOS, shorten
from ...network import activities, measures, ranking, record, sample, steps
from ...network.activities import Activity
from ...network.chains import Chains
from ...network.model import Network
from ...network.policy import Policy
from ...network.record import Record
from ...text.wording import day, say, say_dates
from ..geometry import Ring, locate, precision
from . import quoted
from .claims import Numbers, Stock, routes_of
from .levels import Pool, levels_of

Json: TypeAlias = dict[str, Any]
#: Tables of exercises are sources too, and no articles.
_ARTICLES = "# Which sources are articles.\nSELECT ?article { ?article a schema:NewsArticle }"


class Read(NamedTuple):
    """What more than one part of a page needs: all exercises and plans, and who names whom."""

    record: Record
    told: sample.Told


def read(store: Store, policy: Policy) -> Read:
    """Read it, at the level of the policy of what is shown first.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.
    """
    return Read(record.every(store, policy), sample.articles(store))


def document(
    store: Store,
    network: Network,
    measure: str = "strength",
    weight: str = "newman",
    tell: Callable[[str], None] = lambda _: None,
    given: Read | None = None,
) -> Json:
    """Collect what the page shows.

    Args:
        network: What it shows first, of the policy of `passex.exports.page.ReportPage`, of which
            the other arguments are.
        given: What `read` gives, where that was read already.

    Raises:
        QueryError: There is no such measure or weight.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> [actor["label"] for actor in document(kg.store, kg.ties())["actors"]][:2]
        ['HMCS Ville de Québec', 'JMSDF Training Squadron']
    """
    measures.check(measure, weight)
    whole, told = given or read(store, network.policy)
    every = whole.activities
    actors, articles, linked = Numbers(), Numbers(), Numbers()
    events = _by_date(_exercise(store, activity) for activity in every.values())
    events |= _by_date(_other_events(store))
    numbers = {iri: number for number, iri in enumerate(events)}
    behind: Pool = {}
    levels = levels_of(store, network, whole, told, actors, numbers, behind, tell)
    cut = as_of.read(store.engine)
    tell("claims and their evidence")
    stock = Stock(store, articles)
    iris, known = list(actors), steps.known(store)
    quotes = quoted.Choice(levels, iris, stock)
    for number, (iri, members) in enumerate(_members(events, levels).items()):
        tied = {iris[actor]: actor for actor in sorted(members)}
        events[iri]["routes"] = []
        if tied:
            chains = Chains(store, iri, known)
            events[iri]["routes"] += routes_of(chains, tied, quotes.ties(number), linked, stock)
            quotes.choose(number, chains)
    best = quotes.numbered()
    described = _described_actors(store, actors)
    called = routes.link_labels(store, linked)
    affiliations = [_named(iri, called[iri]) for iri in linked]
    places = _places_of(store, events)
    things = [*events.values(), *described, *places]
    for done, thing in enumerate(things):
        if done and done % 2000 == 0:
            tell(f"claims about {done} of {say(len(things), 'thing')}")
        thing["claims"] = stock.about(thing["iri"])
    sources = activities.sources(store)
    for iri, event in events.items():
        event["articles"] = sorted(articles[source.iri] for source in sources.get(iri, ()))
    rested = [[[articles[one.iri] for one in part] for part in parts] for parts in behind]
    kinds = {kind for event in events.values() for kind in event["kinds"]}
    naming, total = told
    for iri, actor in zip(actors, described, strict=True):
        actor["articles"] = sorted(articles[article] for article in naming.get(iri, ()))
    return {
        "title": "Who trains with whom" + ("" if cut is None else f", {cut.words}"),
        "view": {**asdict(network.policy), "measure": measure, "weight": weight},
        "enough": ranking.ENOUGH,
        "total": total,
        "articles": _described_articles(store, articles),
        "kinds": dict(sorted(labelling.labels(store, kinds).items())),
        "actors": described,
        "affiliations": affiliations,
        "events": list(events.values()),
        "levels": levels,
        "behind": rested,
        "quotes": best,
        "claims": stock.claims,
        "places": places,
    }


def _named(iri: str, label: str) -> Json:
    """Give what every thing has: its IRI, the short form of that, and its label."""
    return {"iri": iri, "name": shorten(iri), "label": label}


def _by_date(events: Iterable[Json]) -> dict[str, Json]:
    """Put events in the order of time, what is undated last."""

    def since(event: Json) -> tuple[str, str, str]:
        return (event["earliest"] or event["latest"] or "9", event["label"], event["iri"])

    return {event["iri"]: event for event in sorted(events, key=since)}


def _exercise(store: Store, activity: Activity) -> Json:
    """Describe an exercise or plan."""
    return {
        **_named(activity.iri, activity.label),
        "status": activity.status,
        "standing": activity.standing,
        "domains": sorted(activity.domains),
        "kinds": sorted(store.objects(activity.iri, NR.hasKind)),
        "when": activity.when,
        "dates": say_dates_of(store, activity),
        "earliest": activity.earliest,
        "latest": activity.latest,
        "within": activity.part_of,
        "open": activity.open,
        "bare": activity.bare,
        "doubt": activity.doubt,
    }


def _members(events: Iterable[str], levels: Json) -> dict[str, set[int]]:
    """Say which actors events tie at some level; other events none."""
    members: dict[str, set[int]] = {iri: set() for iri in events}
    order = list(members.values())
    for level in levels.values():
        for a, b, on in level["ties"]:
            for event, *_ in on:
                order[event].update((a, b))
    return members


def _other_events(store: Store) -> Iterator[Json]:
    """Read meetings and other events: the map and the timeline show them beside the exercises."""
    dates = activities.bounds(store)
    events = labelling.nodes(store, NR.Event) | labelling.nodes(store, NR.Plan)
    exercises = labelling.nodes(store, NR.Exercise) | labelling.nodes(store, NR.ExercisePlan)
    for iri in events.keys() - exercises.keys():
        given = dates.get(iri, (None, None))
        yield {
            **_named(iri, events[iri].label),
            "other": events[iri].kind,
            "domains": [],
            "kinds": [],
            "when": say_dates(*given),
            "earliest": day(given[0]),
            "latest": day(given[1]),
        }


def _described_actors(store: Store, actors: Numbers) -> list[Json]:
    """Describe actors, in the order of their numbers, each with those that it is directly part of.

    Their articles are filled in when all claims are read.
    """
    nodes = labelling.nodes(store, NR.Actor)
    return [
        {
            **_named(iri, nodes[iri].label),
            "kind": nodes[iri].kind,
            "names": sorted(store.objects(iri, SKOS.altLabel)),
            "within": sorted(
                actors[whole] for whole in store.objects(iri, NR.belongsTo) if whole in actors
            ),
            "articles": [],
        }
        for iri in actors
    ]


def _described_articles(store: Store, iris: Iterable[str]) -> list[Json]:
    """Describe articles, in the order in which they are given."""
    called = labelling.labels(store, iris)
    dates = activities.bounds(store)
    articles = {str(row[0]) for row in store.rows(_ARTICLES)}
    return [
        {
            **_named(iri, called[iri]),
            "article": iri in articles,
            "title": "; ".join(store.objects(iri, DCTERMS.title)),
            "when": say_dates(*dates.get(iri, (None, None))),
        }
        for iri in iris
    ]


def _places_of(store: Store, events: dict[str, Json]) -> list[Json]:
    """Describe the places of events, with the numbers of these, by label."""
    at: dict[str, list[int]] = {}
    for number, iri in enumerate(events):
        for place in store.objects(iri, NR.hasPlace):
            at.setdefault(place, []).append(number)
    called = labelling.labels(store, at)
    places = []
    for iri in sorted(at, key=lambda iri: (called[iri], iri)):
        found = locate(store, iri)
        shown = {
            "events": at[iri],
            "point": found.point,
            "area": [_flat(ring) for polygon in found.area for ring in polygon],
            "precision": None if found.reason else precision(store, iri),
            "why": found.reason,
        }
        places.append({**_named(iri, called[iri]), **shown})
    return places


def _flat(ring: Ring) -> list[float]:
    """Give longitudes and latitudes by turns, as the outline of the world has them."""
    return [degrees for latitude, longitude in ring for degrees in (longitude, latitude)]
