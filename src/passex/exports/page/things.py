"""The things of the page's document: exercises and other events, articles, kinds and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from ...evidence.why import say_dates_of
from ...graph import names
from ...graph.store import Store
from ...graph.terms import DCTERMS, NR, shorten
from ...network import periods
from ...network.activities import Activity, bounds, say_dates
from ..places import coordinates, precision

Json: TypeAlias = dict[str, Any]
_EVENTS: Final = (NR.Event, NR.Plan)


def named(iri: str, label: str) -> Json:
    """Give what every thing has: its IRI, the short form of that, and its label."""
    return {"iri": iri, "name": shorten(iri), "label": label}


def by_date(item: tuple[str, Activity]) -> tuple[str, str, str]:
    """Give the key that puts exercises and plans in the order of time, what is undated last."""
    activity = item[1]
    return (activity.earliest or activity.latest or "9", activity.label, activity.iri)


def exercise(store: Store, activity: Activity) -> Json:
    """Describe an exercise or plan."""
    return {
        **named(activity.iri, activity.label),
        "status": activity.status,
        "domains": sorted(activity.domains),
        "kinds": sorted(store.objects(activity.iri, NR.hasKind)),
        "when": activity.when,
        "dates": say_dates_of(store, activity),
        "earliest": activity.earliest,
        "latest": activity.latest,
    }


def other_events(store: Store) -> dict[str, Json]:
    """Read meetings and other events: the map and the timeline show them beside the exercises."""
    dates = bounds(store)
    events = {iri: node for kind in _EVENTS for iri, node in names.nodes(store, kind).items()}
    exercises = names.nodes(store, NR.Exercise) | names.nodes(store, NR.ExercisePlan)
    others = {}
    for iri, node in sorted(events.items()):
        if iri in exercises:
            continue
        given = dates.get(iri, (None, None))
        day = (periods.day(given[0]), periods.day(given[1]))
        others[iri] = {
            **named(iri, node.label),
            "other": node.kind,
            "domains": [],
            "kinds": [],
            "when": say_dates(*given),
            "earliest": day[0],
            "latest": day[1],
        }
    return dict(sorted(others.items(), key=lambda item: _since(item[1])))


def _since(event: Json) -> tuple[str, str]:
    return (event["earliest"] or event["latest"] or "9", event["label"])


def described_articles(store: Store, iris: Sequence[str]) -> list[Json]:
    """Describe articles, in the order in which they are given."""
    called = names.labels(store, iris)
    dates = bounds(store)
    return [
        {
            **named(iri, called[iri]),
            "title": "; ".join(store.objects(iri, DCTERMS.title)),
            "when": say_dates(*dates.get(iri, (None, None))),
        }
        for iri in iris
    ]


def kinds_of(store: Store, events: Iterable[Json]) -> dict[str, str]:
    """Give the labels of the kinds that events have, by IRI."""
    used = sorted({kind for event in events for kind in event["kinds"]})
    called = names.labels(store, used)
    return {kind: called[kind] for kind in used}


def places_of(store: Store, events: dict[str, Json]) -> list[Json]:
    """Describe the places of events, with the numbers of these, by label."""
    at: dict[str, list[int]] = {}
    for number, iri in enumerate(events):
        for place in store.objects(iri, NR.hasPlace):
            at.setdefault(place, []).append(number)
    called = names.labels(store, at)
    places = []
    for iri in sorted(at, key=lambda iri: (called[iri], iri)):
        point = coordinates(store, iri)
        exact = precision(store, iri) if point else None
        shown = {"events": at[iri], "point": point, "precision": exact}
        places.append({**named(iri, called[iri]), **shown})
    return places
