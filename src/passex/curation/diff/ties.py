"""Ties that are gained, lost, or not as strong as they were."""

from __future__ import annotations

from dataclasses import replace

from ...errors import QueryError
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import LEVELS
from ...network import activities, projection
from ...network.model import Tie
from ...network.notes import joined
from ...network.policy import DEFAULT, Policy
from ...network.record import check_domain
from .changes import Strength, TieChange
from .nodes import is_anonymous

_ORDER = ("gained", "lost")


def changes(old: Store, new: Store, policy: Policy) -> tuple[TieChange, ...]:
    """Compare the networks of two graphs.

    Raises:
        QueryError: A domain was asked for in which neither graph has anything.
    """
    if policy.domain != DEFAULT.domain:
        every = [*activities.read(old).values(), *activities.read(new).values()]
        check_domain(policy, activities.domains(every))
    before, after = _ties(old, policy), _ties(new, policy)
    found = []
    for ends in {**before, **after}:
        was, now = before.get(ends), after.get(ends)
        one = now or was
        assert one is not None
        source, target = (Named(node.label, node.iri) for node in (one.source, one.target))
        change = TieChange(source, target, _strength(was), _strength(now))
        if not _alike(change):
            found.append(change)
    return tuple(sorted(found, key=_place))


def elsewhere(old: Store, new: Store, policy: Policy) -> list[str]:
    """Say which exercises and plans change ties at other levels, and are in none at this one."""
    seen = {
        occasion.activity.iri
        for store in (old, new)
        for tie in _projected(store, policy)
        for occasion in tie.occasions
    }
    notes = []
    for level in LEVELS:
        changed: dict[str, str] = {}
        if level != policy.level:
            for change in changes(old, new, replace(policy, level=level)):
                before, after = (
                    {event.iri: event.label for event in side.events} if side else {}
                    for side in (change.old, change.new)
                )
                other = before.keys() ^ after.keys() or before.keys()
                changed |= {iri: (before | after)[iri] for iri in other if iri not in seen}
        if changed:
            seen |= changed.keys()
            by = joined(changed.values())
            notes.append(
                f"Ties at {level} level change by what is in no tie {policy.at}: {by} "
                f"(--level {level})."
            )
    return notes


def _ties(store: Store, policy: Policy) -> dict[frozenset[str], Tie]:
    ends = {frozenset((tie.source.iri, tie.target.iri)): tie for tie in _projected(store, policy)}
    return {pair: tie for pair, tie in ends.items() if not any(is_anonymous(end) for end in pair)}


def _projected(store: Store, policy: Policy) -> tuple[Tie, ...]:
    try:
        return projection.build(store, policy).ties
    except QueryError:
        return ()  # this graph has nothing in the domain, which is no mistake


def _strength(tie: Tie | None) -> Strength | None:
    if tie is None:
        return None
    events = tuple(Named(o.activity.label, o.activity.iri) for o in tie.occasions)
    return Strength(tie.count, tie.weight, tie.planned, tie.planned_weight, tie.basis, events)


def _alike(change: TieChange) -> bool:
    """Tell whether a tie is as it was: a new label, or another day, of an exercise is no change."""
    if change.old is None or change.new is None or change.changes != ("events",):
        return False
    old, new = ({event.iri for event in side.events} for side in (change.old, change.new))
    return old == new and change.old.exercises == change.new.exercises


def _place(change: TieChange) -> tuple[int, Named, Named]:
    [first, *_] = change.changes
    return _ORDER.index(first) if first in _ORDER else 2, change.source, change.target
