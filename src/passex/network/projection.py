"""The two-mode network of exercises and actors, projected onto the actors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ..errors import QueryError
from ..graph.names import Node, nodes
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NR
from . import activities, notes, twomode
from .activities import Activity
from .model import Network, SharedActivity, Tie
from .policy import Policy
from .ties import TwoMode


def build(store: Store, policy: Policy) -> Network:
    """Build the network of a policy: all that it needs is read first, and then projected.

    Args:
        store: A store with its derived triples.
        policy: What counts.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> build(load().store, Policy(level="state")).ties[0].count
        2
    """
    record = read(store, policy)
    network = project(record, policy)
    if network.ties or _paired(record.members, record.counted):
        return network
    others = [
        level
        for level in LEVELS
        if level != policy.level and _paired(twomode.read(store, level), record.counted)
    ]
    if not others:
        return network
    elsewhere = f"There are pairs at other levels: {', '.join(others)}."
    return replace(network, notes=(elsewhere, *network.notes))


@dataclass(frozen=True, slots=True)
class Record:
    """What a graph says of exercises and plans, as far as a network needs it.

    Attributes:
        activities: All exercises and plans, by IRI.
        counted: Those that the policy admits.
        members: Who took part in what, at the level of the policy.
        inferred: Events with the members that are in them by inference alone.
        sources: The articles with evidence for each event.
        actors: All actors, by IRI.
        absent: The parties of each event that counts which do not appear at the level.
    """

    activities: Mapping[str, Activity]
    counted: Mapping[str, Activity]
    members: TwoMode
    inferred: Collection[tuple[str, str]]
    sources: Mapping[str, Collection[Named]]
    actors: Mapping[str, Node]
    absent: Mapping[str, list[str]]


def read(store: Store, policy: Policy) -> Record:
    """Read what the network of a policy is built from; raises as `build` does."""
    every = activities.read(store)
    check_domain(policy, every.values())
    counted = {iri: activity for iri, activity in every.items() if policy.admits(activity)}
    return Record(
        activities=every,
        counted=counted,
        members=twomode.read(store, policy.level),
        inferred=activities.inferences(store, policy.level),
        sources=activities.sources(store),
        actors=nodes(store, NR.Actor),
        absent=activities.absent(store, policy.level, counted),
    )


def project(record: Record, policy: Policy) -> Network:
    """Tie the actors that took part in the same activities as different parties.

    Each exercise of n parties adds 1/(n-1) to the weight of each of its pairs (M. E. J. Newman,
    "Scientific collaboration networks. II", Phys. Rev. E 64, 016132, 2001), so that meeting in a
    crowd ties less than meeting alone.
    """
    members, counted = record.members, record.counted
    groups = members.groups()
    shared: dict[tuple[int, int], list[SharedActivity]] = {}
    paired = set()
    # The earliest first: so are the occasions of each tie then.
    order = [event for event, iri in enumerate(members.events) if iri in counted]
    order.sort(key=lambda event: _by_date(counted[members.events[event]]))
    for number in order:
        iri = members.events[number]
        tied, parties = members.pairs(number, groups[number])
        if tied:
            paired.add(iri)
        guessed = {m for m in groups[number] if (iri, members.members[m]) in record.inferred}
        sources = tuple(sorted(record.sources.get(iri, ())))
        stated = SharedActivity(counted[iri], parties, False, sources)
        inferred = replace(stated, inferred=True)
        for pair in tied:
            shared.setdefault(pair, []).append(stated if guessed.isdisjoint(pair) else inferred)
    ties = []
    for ends, occasions in shared.items():
        if len(occasions) >= policy.min_events:
            first, second = sorted(record.actors[members.members[end]] for end in ends)
            ties.append(Tie(first, second, tuple(occasions)))
    ties.sort(key=lambda tie: (-tie.count, -tie.planned, tie.source, tie.target))
    every = record.activities.values()
    sentences = notes.write(policy, counted, paired, every, record.absent)
    if weak := len(shared) - len(ties):
        are = "tie is" if weak == 1 else "ties are"
        fewer = f"fewer than {policy.min_events} {policy.things}"
        sentences = (f"{weak} {are} left out, of {fewer}.", *sentences)
    return Network(policy, tuple(ties), sentences)


def _paired(members: TwoMode, counted: Collection[str]) -> bool:
    """Tell whether any of the events that count has a pair."""
    groups = zip(members.events, members.groups(), strict=True)
    return any(
        iri in counted and members.pairs(number, group)[0]
        for number, (iri, group) in enumerate(groups)
    )


def _by_date(activity: Activity) -> tuple[str, str, str]:
    return activity.when, activity.label, activity.iri


def check_domain(policy: Policy, every: Iterable[Activity]) -> None:
    """Refuse a domain in which the graph has nothing, where it has something in others.

    Args:
        policy: What counts.
        every: All exercises and plans.

    Raises:
        QueryError: There are exercises or plans in other domains only.
    """
    domains = sorted({domain for activity in every for domain in activity.domains})
    if domains and policy.domain not in ("all", *domains):
        raise QueryError(
            f"no exercise or plan of this graph is in the domain '{policy.domain}'",
            f"use one of {', '.join([*domains, 'all'])}",
        )
