"""The levels of a page: at each its ties, where its actors stand, their groups, and a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import LEVELS
from ...network import communities, projection, sample
from ...network.finding import say_finding
from ...network.model import Network
from ...network.policy import STATUSES, Policy
from ...network.record import Record, whole
from ..drawing import layout
from .claims import Numbers

Json: TypeAlias = dict[str, Any]
#: The articles behind ties in an event, and those of them that are needed, each pair with a number.
Pool: TypeAlias = dict[tuple[tuple[Named, ...], tuple[Named, ...]], int]


def levels_of(
    store: Store,
    first: Network,
    given: Record,
    told: sample.Told,
    actors: Numbers,
    numbers: Mapping[str, int],
    behind: Pool,
    tell: Callable[[str], None],
) -> Json:
    """Describe each level.

    Args:
        first: What is shown first; the finding at each level is about its policy.
        given: All exercises and plans, as they are at the level of that policy.
        told: What `passex.network.sample.articles` gives.
        actors: Numbers of actors, which are given here.
        numbers: Numbers of events.
        behind: Is filled with the articles behind the ties.
        tell: Is told of the progress.
    """
    found = {}
    for level in LEVELS:
        tell(f"the network at {level} level")
        same = level == first.policy.level
        record = given if same else whole(store, level, given.activities, given)
        network = _all_ties(record, level)
        own = _ties(network, _groups(record, level), actors, numbers, behind, tell)
        own["lost"] = {
            str(numbers[iri]): sorted(lost) for iri, lost in sorted(record.absent.items())
        }
        through = sample.through(store, network, *told)
        own["through"] = [
            [actors[actor], numbers[event], sorted(names)]
            for actor, by_event in sorted(through.items())
            for event, names in sorted(by_event.items())
        ]
        policy = replace(first.policy, level=level)
        shown = first if same else projection.project(record.admitting(policy), policy)
        own["finding"] = say_finding(shown)
        found[level] = own
    return found


def _ties(
    network: Network,
    groups: Iterable[Iterable[str]],
    actors: Numbers,
    numbers: Mapping[str, int],
    behind: Pool,
    tell: Callable[[str], None],
) -> Json:
    """Give the ties of a level, the places of their ends, and the groups of these."""
    ties: list[Any] = []
    weighed = []
    for tie in sorted(network.ties, key=lambda tie: (tie.source, tie.target)):
        on = [
            [
                *(numbers[o.activity.iri], o.parties, int(o.inferred)),
                behind.setdefault((o.sources, tuple(sorted(o.needed))), len(behind)),
            ]
            for o in tie.occasions
        ]
        ties.append([actors[tie.source.iri], actors[tie.target.iri], on])
        weighed.append((*ties[-1][:2], tie.weight + tie.planned_weight))
    members = sorted({end for tie in ties for end in tie[:2]})
    parts = [sorted(actors[iri] for iri in group) for group in groups]
    of = {member: number for number, part in enumerate(parts) for member in part}
    placed = layout.place(members, weighed, of, tell)
    return {
        "ties": ties,
        "layout": [[member, *point] for member, point in placed.items()],
        "groups": parts,
    }


def _all_ties(record: Record, level: str) -> Network:
    """Tie all pairs by all that they may count as having in common.

    That is also by what is to come in an exercise that they are in: it counts where the exercise
    doesn't, which the page's filters say.
    """
    apart = {iri: replace(activity, part_of=None) for iri, activity in record.counted.items()}
    return projection.project(replace(record, counted=apart), Policy(level, STATUSES, "all"))


def _groups(record: Record, level: str) -> list[list[str]]:
    """List the communities of a level, the largest first."""
    groups: dict[int, list[str]] = {}
    for iri, number in communities.of_record(record, level).items():
        groups.setdefault(number, []).append(iri)
    return [groups[number] for number in sorted(groups)]
