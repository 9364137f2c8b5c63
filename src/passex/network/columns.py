"""Columns that networks in brief are made of, kept beside a large graph in its cache.

To read millions of triples takes most of the time of a network in brief. What it needs of them are
the exercises and plans with status, domains and days, who was in them at a level, and who by
inference alone: columns that are read in a second. They are kept by the content of the graph, and
so are never out of date.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from ..graph import cache_keys, result_cache
from ..graph.labelling import Node, nodes
from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, NR
from . import activities, chains, twomode
from .activities import Activity
from .ties import Phase, TwoMode

_ENDING: Final = ".columns"
#: By what they are told apart.
_ACTIVITIES: Final = "activities"
_MEMBERS: Final = "members"
_INFERRED: Final = "inferred"
#: Those of as many graphs as the cache keeps: six that `keep` writes, and two of who is named.
_KEPT: Final = 128


@dataclass(frozen=True, slots=True)
class Members:
    """Who took part in what at a level.

    Attributes:
        two: The two-mode network.
        actors: The actors of it, by IRI.
    """

    two: TwoMode
    actors: Mapping[str, Node]


def keep(store: Store) -> None:
    """Keep the columns of a graph, if it is a large one of the cache, and they aren't kept."""
    if store.key:
        actors = cache(partial(nodes, store, NR.Actor))
        _text(store, _ACTIVITIES, partial(_activities, store))
        for level in LEVELS:
            _text(store, f"{_MEMBERS} {level}", partial(_members, store, level, actors))
        _text(store, _INFERRED, partial(_inferred, store, "state"))


def read_activities(store: Store, dated: bool) -> dict[str, Activity]:
    """Read what `activities.without_names` does.

    Args:
        dated: Whether the first and the last day are needed, too.

    Example:
        >>> from passex import load
        >>> sorted({found.status for found in read_activities(load().store, False).values()})
        ['held', 'planned', 'under-way']
    """
    if not store.key:
        return activities.without_names(store, dated)
    kept = _kept(store, _ACTIVITIES, partial(_activities, store))
    return {
        iri: Activity(iri, "", status, frozenset(domains), "", first, last, part_of)
        for iri, status, domains, first, last, part_of in kept
    }


def read_members(store: Store, level: str) -> Members:
    """Read who took part in what at a level, and who they are.

    Example:
        >>> from passex import load
        >>> members = read_members(load().store, "state")
        >>> members.actors[members.two.members[0]].label
        'Japan'
    """
    if not store.key:
        return Members(twomode.read(store, level), nodes(store, NR.Actor))
    actors = partial(nodes, store, NR.Actor)
    found = _kept(store, f"{_MEMBERS} {level}", partial(_members, store, level, actors))
    two = TwoMode(
        tuple(found["events"]),
        tuple(found["members"]),
        array("q", found["event_of"]),
        array("q", found["member_of"]),
        {event: tuple(map(_phase, phases)) for event, phases in found["shared"]},
    )
    return Members(two, {iri: Node(label, iri, kind) for iri, label, kind in found["actors"]})


def read_inferred(store: Store, level: str) -> set[tuple[str, str]]:
    """Read what `chains.inferred` does.

    Example:
        >>> from passex import load
        >>> store = load().store
        >>> read_inferred(store, "state") == chains.inferred(store, "state")
        True
    """
    if not store.key:
        return chains.inferred(store, level)
    # By event, which has several: one list is for all levels, and one for who is named.
    what = f"{_INFERRED} {NAMED}" if level == NAMED else _INFERRED
    kept = _kept(store, what, partial(_inferred, store, level))
    return {(event, actor) for event, actors in kept.items() for actor in actors}


def _activities(store: Store) -> object:
    return [
        (a.iri, a.status, sorted(a.domains), a.earliest, a.latest, a.part_of)
        for a in activities.without_names(store, True).values()
    ]


def _inferred(store: Store, level: str) -> object:
    found: dict[str, list[str]] = {}
    for event, actor in sorted(chains.inferred(store, level)):
        found.setdefault(event, []).append(actor)
    return found


def _members(store: Store, level: str, find: Callable[[], Mapping[str, Node]]) -> object:
    two, actors = twomode.read(store, level), find()
    return {
        "events": two.events,
        "members": two.members,
        "event_of": two.event_of.tolist(),
        "member_of": two.member_of.tolist(),
        "shared": [(e, [_columns(phase) for phase in own]) for e, own in two.shared.items()],
        "actors": [(i, actors[i].label, actors[i].kind) for i in two.members if i in actors],
    }


def _columns(phase: Phase) -> object:
    parties, contingents = phase.members.items(), phase.contingents.items()
    return (
        [(member, sorted(own)) for member, own in parties],
        [(party, sorted(own)) for party, own in contingents],
        phase.iri,
    )


def _phase(columns: Any) -> Phase:
    members, contingents, iri = columns
    return Phase(
        {member: frozenset(own) for member, own in members},
        {party: frozenset(own) for party, own in contingents},
        iri,
    )


def _kept(store: Store, what: str, write: Callable[[], object]) -> Any:
    """Get columns from the cache, or make them and keep them there."""
    return json.loads(_text(store, what, write))


def _text(store: Store, what: str, write: Callable[[], object]) -> str:
    """Do what `_kept` does, as text."""
    place = result_cache.folder()
    cause = "\n".join([cache_keys.code(), store.key, what])
    text = result_cache.get(place, cause, _ENDING)
    if text is None:
        text = json.dumps(write(), ensure_ascii=True, separators=(",", ":"))
        result_cache.put(place, cause, _ENDING, text, _KEPT)
    return text
