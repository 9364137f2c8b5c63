"""The two-mode network of exercises and actors as numbers, and its projection onto the actors."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations
from typing import TypeVar

import pyoxigraph as ox

from . import vocabulary
from .measures import MANY, Ties
from .store import Store, text
from .store import node as term_of

#: How a member is named: by its IRI, or by its number.
Member = TypeVar("Member", str, int)


@dataclass(frozen=True, slots=True)
class TwoMode:
    """Who took part in what: one membership a position of ``event_of`` and ``member_of``.

    Attributes:
        events: The exercises and plans.
        members: The actors, sorted.
        event_of: The exercise of each membership, as its place in `events`.
        member_of: The actor of each membership, as its place in `members`.
        shared: By exercise, and by member there, the parties through which it takes part; only for
            exercises in which one party stands for two members. Elsewhere, which is nearly
            everywhere, each member is a party of its own.
    """

    events: tuple[str, ...]
    members: tuple[str, ...]
    event_of: array[int]
    member_of: array[int]
    shared: dict[int, dict[int, frozenset[str]]]

    def groups(self) -> list[list[int]]:
        """List the members of each exercise, sorted."""
        found: list[list[int]] = [[] for _ in self.events]
        for event, member in zip(self.event_of, self.member_of, strict=True):
            found[event].append(member)
        for group in found:
            group.sort()
        return found

    def pairs(self, event: int, group: list[int]) -> tuple[list[tuple[int, int]], int]:
        """Pair the members of one exercise as different parties.

        Args:
            event: The exercise.
            group: Its members, sorted.

        Returns:
            What `pairs` returns.
        """
        if event in self.shared:
            return pairs(self.shared[event])
        return list(combinations(group, 2)), len(group)


def pairs(members: Mapping[Member, frozenset[str]]) -> tuple[list[tuple[Member, Member]], int]:
    """Pair the members of one event as different parties.

    Two members are different parties if each takes part through a party through which the other
    does not: a ship and her squadron are not.

    Args:
        members: The parties through which each member takes part.

    Returns:
        The pairs, sorted, and the number of parties: of all that take part, but not more than there
        are members to be told apart by them.

    Example:
        >>> a, b = frozenset({"a"}), frozenset({"b"})
        >>> pairs({"squadron": a, "ship": a, "group": b})
        ([('group', 'ship'), ('group', 'squadron')], 2)
    """
    distinct = set(members.values())
    count = min(len(distinct), len(frozenset().union(*distinct)))
    tied = [
        (a, b)
        for a, b in combinations(sorted(members), 2)
        if members[a] - members[b] and members[b] - members[a]
    ]
    return tied, count


def read(store: Store, level: str, events: Collection[str] | None = None) -> TwoMode:
    """Read who took part in what at a level, and as which party.

    Args:
        store: A store with its derived triples.
        level: The level.
        events: IRIs of events that are enough to read; without them, all.

    Returns:
        The memberships.
    """
    term = ox.NamedNode(vocabulary.LEVELS[level])
    subjects = [None] if events is None else [term_of(iri) for iri in events]
    event_places: dict[str, int] = {}
    member_places: dict[str, int] = {}
    event_of, seen = array("q"), array("q")
    for subject in subjects:
        # The engine's own look-up: half the time of a query.
        for quad in store.engine.quads_for_pattern(subject, term, None, ox.DefaultGraph()):
            event_of.append(event_places.setdefault(text(quad.subject), len(event_places)))
            seen.append(member_places.setdefault(text(quad.object), len(member_places)))
    members = tuple(sorted(member_places))
    number = {name: place for place, name in enumerate(members)}
    sorted_place = [number[name] for name in member_places]
    member_of = array("q", map(sorted_place.__getitem__, seen))
    found = TwoMode(tuple(event_places), members, event_of, member_of, {})
    _read_shared(store, term.value, found, event_places, number)
    return found


def _read_shared(
    store: Store, term: str, found: TwoMode, events: dict[str, int], members: dict[str, int]
) -> None:
    shared: dict[tuple[int, int], set[str]] = {}
    rows = store.rows(
        f"""# Where a party has several members at the level: as which parties they took part.
        SELECT ?event ?member ?party {{ GRAPH <{vocabulary.WORKINGS}> {{
            ?event w:doubles <{term}> ; w:party ?party . ?party <{term}> ?member
        }} }}"""
    )
    for event, member, party in rows:
        if event in events and member in members:
            shared.setdefault((events[event], members[member]), set()).add(str(party))
    doubled = {event for event, _ in shared}
    for pair in zip(found.event_of, found.member_of, strict=True):
        if pair[0] in doubled:
            own = shared.get(pair, {found.members[pair[1]]})
            found.shared.setdefault(pair[0], {})[pair[1]] = frozenset(own)


def project(two: TwoMode, newman: bool = True) -> Ties:
    """Project the network onto the actors, without the exercises behind each tie.

    `passex.projection.build` tells what is behind a tie; this is for networks of which only the
    figures are wanted.

    Args:
        two: The memberships.
        newman: Whether an exercise of n parties adds 1/(n-1) to a tie, or 1.

    Returns:
        The ties, by their ends. With many memberships SciPy computes them, if it is there.

    Example:
        >>> from passex import load
        >>> two = read(load().store, "state")
        >>> two.members[0], project(two, newman=False).strengths[0]
        ('https://w3id.org/passex/id/japan', 2.0)
    """
    if len(two.event_of) >= MANY and find_spec("scipy"):
        from . import compiled

        return compiled.project(two, newman)
    found: dict[tuple[int, int], float] = {}
    for event, group in enumerate(two.groups()):
        tied, parties = two.pairs(event, group)
        share = 1 / (parties - 1) if newman and tied else 1.0
        for pair in tied:
            found[pair] = found.get(pair, 0.0) + share
    ends = sorted(found)
    return Ties(
        two.members, [a for a, _ in ends], [b for _, b in ends], [found[pair] for pair in ends]
    )
