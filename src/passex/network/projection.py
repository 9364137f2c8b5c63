"""The two-mode network of exercises and actors, projected onto the actors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from operator import attrgetter

from ..graph import as_of
from ..graph.store import Store
from ..graph.terms import LEVELS
from . import backbone, behind, notes, twomode
from .model import Network, SharedActivity, Tie
from .policy import WEIGHT, WEIGHTS, Policy
from .record import Record, read
from .ties import TwoMode


def build(
    store: Store, policy: Policy, weight: str = WEIGHT.default, record: Record | None = None
) -> Network:
    """Build the network of a policy: all that it needs is read first, and then projected.

    Args:
        weight: ``newman`` or ``count``: what the disparity filter takes as the strength of a tie.
        record: What `passex.network.record.read` gives for the policy, where it was read already.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> build(load().store, Policy(level="state")).ties[0].count
        2
    """
    record = record or read(store, policy)
    network = project(record, policy, weight)
    if not network.ties and not _paired(record.members, record.counted):
        levels = [at for at in LEVELS if _paired(twomode.read(store, at), record.counted)]
        if levels:
            elsewhere = f"There are pairs at other levels: {', '.join(levels)}."
            network = replace(network, notes=(elsewhere, *network.notes))
    cut = as_of.read(store.engine)
    return network if cut is None else replace(network, notes=(cut.note, *network.notes))


def project(record: Record, policy: Policy, weight: str = WEIGHT.default) -> Network:
    """Tie the actors that took part in the same activities as different parties.

    Each exercise of n parties adds 1/(n-1) to the weight of each of its pairs (M. E. J. Newman,
    "Scientific collaboration networks. II", Phys. Rev. E 64, 016132, 2001), so that meeting in a
    crowd ties less than meeting alone.
    """
    members, counted = record.members, record.counted
    evidence = behind.Evidence(members, record.naming)
    groups = members.groups()
    shared: dict[tuple[int, int], list[SharedActivity]] = {}
    weak: dict[tuple[int, int], None] = {}
    paired, weighed = set(), set()
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
        unstated = members.unstated(number, groups[number], tied, record.inferred)
        known: dict[tuple[int, bool, behind.Behind], SharedActivity] = {}
        for pair, parties in tied.items():
            if policy.basis == "stated" and pair in unstated:
                weak[pair] = None
                continue
            weighed.add(iri)
            occasions = shared.setdefault(pair, [])
            if activity.part_of and any(o.activity.within(activity.part_of) for o in occasions):
                continue
            key = parties, pair in unstated, evidence.of(number, pair)
            if key not in known:
                known[key] = SharedActivity(activity, *key[:2], *key[2])
            occasions.append(known[key])
    ties = []
    for ends, occasions in shared.items():
        if len(occasions) >= policy.min_events:
            first, second = sorted(record.actors[members.members[end]] for end in ends)
            ties.append(Tie(first, second, tuple(occasions)))
    ties.sort(key=lambda tie: (-tie.count, -tie.planned, tie.source, tie.target))
    said = [
        *notes.unstated(policy, weak, shared),
        *notes.too_few(policy, len(shared) - len(ties)),
        *notes.of_ties(record, policy, paired, weighed),
    ]
    network = Network(policy, tuple(ties), tuple(said))
    if policy.backbone is None:
        return network
    return backbone.keep(network, _parts(record, policy), WEIGHTS[weight])


def _parts(record: Record, policy: Policy) -> list[list[str]]:
    """List who is in each exercise or plan that counts: only by what is stated, if so asked."""
    members, stated = record.members, policy.basis == "stated"
    return [
        [
            actor
            for actor in map(members.members.__getitem__, group)
            if not (stated and (iri, actor) in record.inferred)
        ]
        for iri, group in zip(members.events, members.groups(), strict=True)
        if iri in record.counted
    ]


def _paired(members: TwoMode, counted: Collection[str]) -> bool:
    """Tell whether any of the events that count has a pair."""
    groups = enumerate(members.groups())
    return any(members.events[n] in counted and members.pairs(n, group) for n, group in groups)
