"""The two-mode network of exercises and actors, projected onto the actors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from ..errors import QueryError
from ..graph import as_of
from ..graph.names import Node, nodes
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NR
from ..text.wording import say
from . import activities, chains, twomode
from .activities import Activity
from .model import Network, SharedActivity, Tie
from .policy import Policy
from .ties import TwoMode

#: So many names are given before the rest is only counted.
_FEW: Final = 6


def build(store: Store, policy: Policy) -> Network:
    """Build the network of a policy: all that it needs is read first, and then projected.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> build(load().store, Policy(level="state")).ties[0].count
        2
    """
    record = read(store, policy)
    network = project(record, policy)
    if not network.ties and not _paired(record.members, record.counted):
        levels = [at for at in LEVELS if _paired(twomode.read(store, at), record.counted)]
        if levels:
            elsewhere = f"There are pairs at other levels: {', '.join(levels)}."
            network = replace(network, notes=(elsewhere, *network.notes))
    cut = as_of.read(store.engine)
    return network if cut is None else replace(network, notes=(cut.note, *network.notes))


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
        inferred=chains.inferred(store, policy.level),
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
    order.sort(key=lambda event: attrgetter("when", "label", "iri")(counted[members.events[event]]))
    # Last, what is to come in an exercise: it adds nothing to the pairs that train there already.
    order.sort(key=lambda event: counted[members.events[event]].part_of is not None)
    for number in order:
        iri = members.events[number]
        activity, tied = counted[iri], members.pairs(number, groups[number])
        if tied:
            paired.add(iri)
        guessed = {m for m in groups[number] if (iri, members.members[m]) in record.inferred}
        sources = tuple(sorted(record.sources.get(iri, ())))
        known: dict[tuple[int, bool], SharedActivity] = {}
        for pair, parties in tied.items():
            occasions = shared.setdefault(pair, [])
            if activity.part_of and any(o.activity.within(activity.part_of) for o in occasions):
                continue
            key = parties, not guessed.isdisjoint(pair)
            if key not in known:
                known[key] = SharedActivity(activity, *key, sources)
            occasions.append(known[key])
    ties = []
    for ends, occasions in shared.items():
        if len(occasions) >= policy.min_events:
            first, second = sorted(record.actors[members.members[end]] for end in ends)
            ties.append(Tie(first, second, tuple(occasions)))
    ties.sort(key=lambda tie: (-tie.count, -tie.planned, tie.source, tie.target))
    notes = _notes(record, policy, paired)
    if weak := len(shared) - len(ties):
        are = "tie is" if weak == 1 else "ties are"
        fewer = f"fewer than {policy.min_events} {policy.things}"
        notes = [f"{weak} {are} left out, of {fewer}.", *notes]
    return Network(policy, tuple(ties), tuple(notes))


def _notes(record: Record, policy: Policy, paired: Collection[str]) -> list[str]:
    """Say what was counted and yet shows in no tie, in sentences with the names behind it."""
    # What is to come in an exercise is no plan that could be missed.
    every = [h for h in record.activities.values() if h.part_of is None]
    counted = [h for h in every if h.iri in record.counted]
    absent, level = record.absent, policy.level

    def with_lost(activity: Activity) -> str:
        lost = absent.get(activity.iri)
        return activity.label + (f" (without {_joined(lost, ', ')})" if lost else "")

    notes = []
    for planned, word in ((False, "exercise"), (True, "plan")):
        of = [h for h in counted if h.planned is planned]
        if bare := [h for h in of if h.iri not in paired]:
            have = f"{say(len(of), word)} {'has' if len(bare) == 1 else 'have'}"
            names = _joined(map(with_lost, bare))
            notes.append(f"{len(bare)} of {have} no pair at {level} level: {names}.")
        if part := [h for h in of if h.iri in paired and h.iri in absent]:
            have = f"{say(len(part), word)} with pairs {'has' if len(part) == 1 else 'have'}"
            names = _joined(map(with_lost, part))
            notes.append(f"{have} participants that do not appear at {level} level: {names}.")
        notes += _uncertain(of, policy, paired, word)
    others = [h for h in every if h.iri not in record.counted]
    timeless = replace(policy, since=None, until=None)
    undated = [h for h in others if not h.dated and timeless.admits(h)]
    # What is outside the period would not count with a domain either.
    vague = [
        h
        for h in every
        if policy.domain != "all" and not h.domains
        if not h.dated or policy.period.may_hold(h.earliest, h.latest)
    ]
    notes += _not_counted("without dates", undated)
    with_plans = replace(policy, include=("planned",))
    if plans := sum(map(with_plans.admits, others)):
        are = "is" if plans == 1 else "are"
        notes.append(f"{say(plans, 'plan')} {are} not counted, since planned is not included.")
    return notes + _not_counted("without a domain", vague)


def _uncertain(
    of: Collection[Activity], policy: Policy, paired: Collection[str], word: str
) -> list[str]:
    """Say which may lie outside the period, and which may have had more parties than are known."""
    notes = []
    if vague := [h for h in of if not policy.period.must_hold(h.earliest, h.latest)]:
        names = _joined(h.label for h in vague)
        may = "may take" if word == "plan" else "may have taken"
        notes.append(f"{len(vague)} of {say(len(of), word)} only {may} place then: {names}.")
    tied = [h for h in of if h.iri in paired]
    if unlisted := [h.label for h in tied if h.open]:
        leave = "leaves its list" if len(unlisted) == 1 else "leave their lists"
        bound = "its weight is an upper bound"
        bound = bound if len(unlisted) == 1 else "their weights are upper bounds"
        have = f"{len(unlisted)} of {say(len(tied), word)} with pairs {leave} of parties open"
        notes.append(f"{have}, so that {bound}: {_joined(unlisted)}.")
    return notes


def _not_counted(what: str, activities: Collection[Activity]) -> list[str]:
    if not activities:
        return []
    are, names = "is" if len(activities) == 1 else "are", _joined(h.label for h in activities)
    return [f"{len(activities)} {what} {are} not counted: {names}."]


def _joined(names: Iterable[str], separator: str = "; ") -> str:
    ordered = sorted(names)
    more = len(ordered) - _FEW
    return separator.join(ordered[:_FEW]) + (f"{separator}and {more} more" if more > 0 else "")


def _paired(members: TwoMode, counted: Collection[str]) -> bool:
    """Tell whether any of the events that count has a pair."""
    groups = enumerate(members.groups())
    return any(members.events[n] in counted and members.pairs(n, group) for n, group in groups)


def check_domain(policy: Policy, every: Iterable[Activity]) -> None:
    """Refuse a domain in which the graph has nothing, where it has something in others.

    Raises:
        QueryError: There are exercises or plans in other domains only.
    """
    domains = sorted({domain for activity in every for domain in activity.domains})
    if domains and policy.domain not in ("all", *domains):
        raise QueryError(
            f"no exercise or plan of this graph is in the domain '{policy.domain}'",
            f"use one of {', '.join([*domains, 'all'])}",
        )
