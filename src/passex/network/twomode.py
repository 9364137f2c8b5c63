"""The two-mode network of exercises and actors as numbers, and its projection onto the actors."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from importlib.util import find_spec

import pyoxigraph as ox

from ..graph.store import Store, text
from ..graph.store import node as term_of
from ..graph.terms import LEVELS, WORKINGS
from .measures import MANY
from .ties import Ties, TwoMode


def read(store: Store, level: str, events: Collection[str] | None = None) -> TwoMode:
    """Read who took part in what at a level, and as which party; in all events, or in some."""
    term = ox.NamedNode(LEVELS[level])
    subjects = [None] if events is None else [term_of(iri) for iri in events]
    event_places: dict[str, int] = {}
    member_places: dict[str, int] = {}
    event_of, as_read = array("q"), array("q")
    for subject in subjects:
        # The engine's own look-up: half the time of a query.
        for quad in store.engine.quads_for_pattern(subject, term, None, ox.DefaultGraph()):
            event_of.append(event_places.setdefault(text(quad.subject), len(event_places)))
            as_read.append(member_places.setdefault(text(quad.object), len(member_places)))
    members = tuple(sorted(member_places))
    number = {name: place for place, name in enumerate(members)}
    sorted_place = [number[name] for name in member_places]
    member_of = array("q", map(sorted_place.__getitem__, as_read))
    two = TwoMode(tuple(event_places), members, event_of, member_of, {})
    _read_shared(store, term.value, two, event_places, number)
    return two


def _read_shared(
    store: Store, term: str, two: TwoMode, events: dict[str, int], members: dict[str, int]
) -> None:
    parties: dict[tuple[int, int], set[str]] = {}
    rows = store.rows(
        f"""# Where a party has several members at the level: as which parties they took part.
        SELECT ?event ?member ?party {{ GRAPH <{WORKINGS}> {{
            ?event w:doubles <{term}> ; w:party ?party . ?party <{term}> ?member
        }} }}"""
    )
    for event, member, party in rows:
        if event in events and member in members:
            parties.setdefault((events[event], members[member]), set()).add(str(party))
    doubled = {event for event, _ in parties}
    for pair in zip(two.event_of, two.member_of, strict=True):
        if pair[0] in doubled:
            own = parties.get(pair, {two.members[pair[1]]})
            two.shared.setdefault(pair[0], {})[pair[1]] = frozenset(own)


def memberships(
    store: Store, level: str, events: Collection[str] | None = None
) -> dict[str, dict[str, frozenset[str]]]:
    """Read by event, and by member there, the parties through which it takes part, as IRIs.

    Where every member is a party of its own, as nearly everywhere, its party is itself.
    """
    two = read(store, level, events)
    alone = [frozenset({member}) for member in two.members]
    return {
        two.events[event]: {
            two.members[m]: two.shared.get(event, {}).get(m, alone[m]) for m in group
        }
        for event, group in enumerate(two.groups())
    }


def project(two: TwoMode, newman: bool = True) -> Ties:
    """Project the network onto the actors, without the exercises behind each tie.

    `projection.build` tells what is behind a tie; this is for networks of which only the
    figures are wanted.

    With `newman`, an exercise of n parties adds 1/(n-1) to a tie, else 1. With many memberships
    SciPy computes the ties, if it is there.

    Example:
        >>> from passex import load
        >>> two = read(load().store, "state")
        >>> two.members[0], project(two, newman=False).strengths[0]
        ('https://w3id.org/passex/id/japan', 2.0)
    """
    if len(two.event_of) >= MANY and find_spec("scipy"):
        from . import compiled

        return compiled.project(two, newman)
    strength: dict[tuple[int, int], float] = {}
    for event, group in enumerate(two.groups()):
        tied, parties = two.pairs(event, group)
        share = 1 / (parties - 1) if newman and tied else 1.0
        for pair in tied:
            strength[pair] = strength.get(pair, 0.0) + share
    ends = sorted(strength)
    sources, targets = [a for a, _ in ends], [b for _, b in ends]
    return Ties(two.members, sources, targets, [strength[pair] for pair in ends])
