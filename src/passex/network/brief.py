"""Networks in brief: who trains with whom, how often and how closely, and nothing behind it.

The names, days and articles of exercises are not read, and no centralities are computed: that is
most of the time that `projection.build` and a ranking take of millions of triples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias

from ..graph import as_of, tables
from ..graph.labelling import Node
from ..graph.rows import Table, Tabular
from ..graph.store import Store
from . import accounts, activities, columns, notes
from .activities import Activity
from .policy import Policy
from .record import check_domain
from .ties import TwoMode, weigh

#: The IRIs of two actors, sorted.
Ends: TypeAlias = tuple[str, str]

_LEFT_OUT: Final = (
    "In brief: without the exercises behind each tie, their articles, the centralities, and the "
    "notes on what shows in no tie."
)


@dataclass(frozen=True, slots=True)
class BriefTie:
    """Two actors that trained with each other, or plan to, in figures.

    Attributes:
        source: The actor whose label comes first.
        target: The other actor.
        count: How many exercises, held or under way, tie them.
        weight: The sum of Newman's weights over the exercises.
        planned: How many plans tie them.
        planned_weight: The sum of Newman's weights over the plans.
    """

    source: Node
    target: Node
    count: int
    weight: float
    planned: int
    planned_weight: float


@dataclass(frozen=True, slots=True)
class BriefNetwork(Tabular):
    """Ties in figures.

    Attributes:
        policy: What counts.
        ties: Those with most exercises first, then those with most plans, then by label.
        notes: What the ties do not show, in sentences.
    """

    policy: Policy
    ties: tuple[BriefTie, ...]
    notes: tuple[str, ...]

    def table(self) -> Table:
        """Give a row a tie."""
        names = ("source", "target", "exercises", "weight", "plans", "plan_weight")
        return Table(
            names,
            tuple(
                (t.source, t.target, t.count, t.weight, t.planned, t.planned_weight)
                for t in self.ties
            ),
            nodes=frozenset({"source", "target"}),
            caption=f"Who trains with whom: {self.policy}",
            notes=self.notes,
            empty="No exercise or plan that counts has such a pair at this level.",
        )

    def document(self) -> str:
        """Write it as a JSON object: ``policy`` (in words, and its fields), ``notes``, ``ties``."""
        policy: dict[str, object] = {"words": str(self.policy), **asdict(self.policy)}
        return tables.dump(
            {
                "policy": policy,
                "notes": self.notes,
                "ties": list(tables.objects(self.table())),
            }
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a network in brief is made of: a graph's, or that of some of its exercises.

    Attributes:
        pairs: By the IRIs of two actors, sorted, how many exercises or plans have so many parties:
            whether it is a plan, and the parties, with that number.
        weak: The pairs that an exercise ties by inference alone, where these are left out.
        domains: The domains that exercises and plans are in.
    """

    pairs: Mapping[Ends, Mapping[tuple[bool, int], int]]
    weak: Collection[Ends]
    domains: Collection[str]


def build(store: Store, policy: Policy) -> BriefNetwork:
    """Build the network of a policy without what is behind its ties; it has no backbone.

    The figures are those of `projection.build`.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> tie = build(load().store, Policy(level="state")).ties[0]
        >>> tie.source.label, tie.target.label, tie.count, tie.weight
        ('Japan', 'South Korea', 2, 1.5)
    """
    every, counted = activities_of(store, policy)
    read = columns.read_members(store, policy.level)
    counts = _counts(store, policy, every, counted, read.two)
    alike = notes.alike(accounts.undecided(store, counted))
    return network(store, policy, read.actors, counts, alike)


def count(store: Store, policy: Policy) -> Counts:
    """Count what ties each pair in a graph, or in a part of it with exercises that lie in it whole.

    Args:
        store: A store to which the rules have been applied.
    """
    members = columns.read_members(store, policy.level).two
    return _counts(store, policy, *activities_of(store, policy), members)


def activities_of(
    store: Store, policy: Policy
) -> tuple[Mapping[str, Activity], Mapping[str, Activity]]:
    """Read all exercises and plans, and tell which of them count."""
    every = columns.read_activities(store, bool(policy.since or policy.until))
    return every, {iri: activity for iri, activity in every.items() if policy.admits(activity)}


def _counts(
    store: Store,
    policy: Policy,
    every: Mapping[str, Activity],
    counted: Mapping[str, Activity],
    members: TwoMode,
) -> Counts:
    stated = policy.basis == "stated"
    inferred = frozenset(columns.read_inferred(store, policy.level)) if stated else frozenset()
    pairs, weak = _pairs(members, counted, inferred)
    names = members.members

    def ends(pair: tuple[int, int]) -> Ends:
        return names[pair[0]], names[pair[1]]

    found = {ends(pair): numbers for pair, numbers in pairs.items()}
    return Counts(found, set(map(ends, weak)), activities.domains(every.values()))


def network(
    store: Store, policy: Policy, actors: Mapping[str, Node], counts: Counts, alike: Sequence[str]
) -> BriefNetwork:
    """Build the network of a policy from its counts.

    Args:
        store: A store with what is no exercise.
        actors: The actors, by IRI.
        counts: What ties them.
        alike: What is said of exercises of different sources that may be one.

    Raises:
        QueryError: There are exercises or plans in other domains only.
    """
    check_domain(policy, counts.domains)
    ties = _ties(counts.pairs, actors, policy.min_events)
    said = [
        *notes.unstated(policy, counts.weak, counts.pairs),
        *notes.too_few(policy, len(counts.pairs) - len(ties)),
        *alike,
        _LEFT_OUT,
    ]
    if (cut := as_of.read(store.engine)) is not None:
        said.insert(0, cut.note)
    return BriefNetwork(policy, tuple(ties), tuple(said))


def _ties(
    pairs: Mapping[Ends, Mapping[tuple[bool, int], int]], actors: Mapping[str, Node], least: int
) -> list[BriefTie]:
    """Make the ties of so many exercises and plans, those with most of them first."""
    node = {iri: actors[iri] for iri in {iri for pair in pairs for iri in pair}}
    # Numbers are compared in less time than names.
    place = {iri: number for number, iri in enumerate(sorted(node, key=node.__getitem__))}
    rows = []
    for pair, numbers in pairs.items():
        if sum(numbers.values()) >= least:
            a, b = sorted(pair, key=place.__getitem__)
            held, planned = (
                {parties: n for (is_plan, parties), n in numbers.items() if is_plan is of}
                for of in (False, True)
            )
            count, plans = sum(held.values()), sum(planned.values())
            rows.append((-count, -plans, place[a], place[b], a, b, weigh(held), weigh(planned)))
    return [
        BriefTie(node[a], node[b], -count, weight, -plans, plan_weight)
        for count, plans, _, _, a, b, weight, plan_weight in sorted(rows)
    ]


def _pairs(
    members: TwoMode, counted: Mapping[str, Activity], inferred: frozenset[tuple[str, str]]
) -> tuple[dict[tuple[int, int], Counter[tuple[bool, int]]], dict[tuple[int, int], None]]:
    """Count exercises and plans by their parties for each pair; and list those left out."""
    counts: dict[tuple[int, int], Counter[tuple[bool, int]]] = {}
    weak: dict[tuple[int, int], None] = {}
    met: dict[tuple[int, int], set[str]] = {}
    wholes = {activity.part_of for activity in counted.values() if activity.part_of}
    groups = members.groups()
    # What is to come in an exercise adds nothing to the pairs that train there already.
    order = sorted(
        (event for event, iri in enumerate(members.events) if iri in counted),
        key=lambda event: counted[members.events[event]].part_of is not None,
    )
    for event in order:
        iri = members.events[event]
        activity = counted[iri]
        of = activity.part_of or iri
        tied = members.pairs(event, groups[event])
        unstated = members.unstated(event, groups[event], tied, inferred)
        for pair, parties in tied.items():
            if pair in unstated:
                weak[pair] = None
                continue
            if of in wholes:
                done = met.setdefault(pair, set())
                if activity.part_of and of in done:
                    continue
                done.add(of)
            counts.setdefault(pair, Counter())[activity.planned, parties] += 1
    return counts, weak
