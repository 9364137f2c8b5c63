"""Networks in brief: who trains with whom, how often and how closely, and nothing behind it.

The names, days and articles of exercises are not read, and no centralities are computed: that is
most of the time that `projection.build` and a ranking take of millions of triples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from ..graph import as_of, tables
from ..graph.names import Node
from ..graph.rows import Table, Tabular
from ..graph.store import Store
from . import accounts, chains, columns, notes
from .activities import Activity
from .policy import Policy
from .record import check_domain
from .ties import TwoMode

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


def build(store: Store, policy: Policy) -> BriefNetwork:
    """Build the network of a policy without what is behind its ties; it has no backbone.

    The figures are those of `projection.build`, weights up to the order of a sum.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import load
        >>> tie = build(load().store, Policy(level="state")).ties[0]
        >>> tie.source.label, tie.target.label, tie.count, tie.weight
        ('Japan', 'South Korea', 2, 1.5)
    """
    every = columns.read_activities(store, bool(policy.since or policy.until))
    check_domain(policy, every.values())
    counted = {iri: activity for iri, activity in every.items() if policy.admits(activity)}
    read = columns.read_members(store, policy.level)
    members, actors = read.two, read.actors
    stated = policy.basis == "stated"
    inferred = frozenset(chains.inferred(store, policy.level)) if stated else frozenset()
    sums, weak = _sums(members, counted, inferred)
    ties = _ties(sums, members, actors, policy.min_events)
    said = [
        *notes.unstated(policy, weak, sums),
        *notes.too_few(policy, len(sums) - len(ties)),
        *notes.alike(accounts.undecided(store, counted)),
        _LEFT_OUT,
    ]
    if (cut := as_of.read(store.engine)) is not None:
        said.insert(0, cut.note)
    return BriefNetwork(policy, tuple(ties), tuple(said))


def _ties(
    sums: Mapping[tuple[int, int], Sequence[float]],
    members: TwoMode,
    actors: Mapping[str, Node],
    least: int,
) -> list[BriefTie]:
    """Make the ties of so many exercises and plans, those with most of them first."""
    node = {m: actors[members.members[m]] for m in {m for pair in sums for m in pair}}
    # Numbers are compared in less time than names.
    place = {m: number for number, m in enumerate(sorted(node, key=node.__getitem__))}
    rows = []
    for pair, (count, weight, planned, plan_weight) in sums.items():
        if count + planned >= least:
            a, b = sorted(pair, key=place.__getitem__)
            rows.append((-count, -planned, place[a], place[b], a, b, weight, plan_weight))
    return [
        BriefTie(node[a], node[b], -int(count), weight, -int(planned), plan_weight)
        for count, planned, _, _, a, b, weight, plan_weight in sorted(rows)
    ]


def _sums(
    members: TwoMode, counted: Mapping[str, Activity], inferred: frozenset[tuple[str, str]]
) -> tuple[dict[tuple[int, int], list[float]], dict[tuple[int, int], None]]:
    """Add up exercises, their weights, plans and theirs for each pair; and list those left out."""
    sums: dict[tuple[int, int], list[float]] = {}
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
        place = 2 if activity.planned else 0
        guessed = {m for m in groups[event] if (iri, members.members[m]) in inferred}
        for pair, parties in members.pairs(event, groups[event]).items():
            if not guessed.isdisjoint(pair):
                weak[pair] = None
                continue
            if of in wholes:
                done = met.setdefault(pair, set())
                if activity.part_of and of in done:
                    sums.setdefault(pair, [0, 0.0, 0, 0.0])
                    continue
                done.add(of)
            held = sums.setdefault(pair, [0, 0.0, 0, 0.0])
            held[place] += 1
            held[place + 1] += 1 / (parties - 1)
    return sums, weak
