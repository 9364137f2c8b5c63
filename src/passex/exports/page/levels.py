"""The levels of a page: at each its ties, where its actors stand, their groups, and a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import LEVELS
from ...network import activities, communities, projection, sample
from ...network.activities import Activity
from ...network.division import Division
from ...network.finding import say_finding
from ...network.model import Network
from ...network.policy import STATUSES, WEIGHTS, Policy
from ...network.record import Record, read
from ..drawing import layout
from .claims import Numbers

Json: TypeAlias = dict[str, Any]
#: The articles behind ties in an event, and those of them that are needed, each pair with a number.
Pool: TypeAlias = dict[tuple[tuple[Named, ...], tuple[Named, ...]], int]


def levels_of(
    store: Store,
    policy: Policy,
    actors: Numbers,
    numbers: Mapping[str, int],
    behind: Pool,
    networks: dict[Policy, Network],
    tell: Callable[[str], None],
) -> Json:
    """Describe each level.

    Args:
        policy: What is shown first; the finding at each level is about this.
        actors: Numbers of actors, which are given here.
        numbers: Numbers of events.
        behind: Is filled with the articles behind the ties.
        networks: Is filled with what is shown first at each level.
        tell: Is told of the progress.
    """
    every = activities.read(store)
    naming, total = sample.articles(store)
    found = {}
    for level in LEVELS:
        tell(f"the network at {level} level")
        network, groups, record = _all_ties(store, level)
        own = _ties(network, groups, actors, numbers, behind, tell)
        own["lost"] = {
            str(numbers[iri]): sorted(lost)
            for iri, lost in sorted(activities.absent(store, level, every).items())
        }
        through = sample.through(store, network, naming, total)
        own["through"] = [
            [actors[actor], numbers[event], sorted(names)]
            for actor, by_event in sorted(through.items())
            for event, names in sorted(by_event.items())
        ]
        shown = replace(policy, level=level)
        networks[shown] = projection.build(store, shown, wider=record)
        own["finding"] = say_finding(networks[shown])
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


def _all_ties(store: Store, level: str) -> tuple[Network, list[list[str]], Record]:
    """Tie all pairs by all that they may count as having in common, and divide them into groups.

    That is also by what is to come in an exercise that they are in: it counts where the exercise
    doesn't, which the page's filters say. The groups are those of the network without that.
    Third comes what was read for that.
    """
    policy = Policy(level, STATUSES, "all")
    record = read(store, policy)
    apart: dict[str, Activity] = {
        iri: replace(activity, part_of=None) for iri, activity in record.counted.items()
    }
    network = projection.project(replace(record, counted=apart), policy)
    divided = communities.divide(
        projection.project(record, policy), WEIGHTS["newman"], by=Division("louvain")
    )
    # A single group, or one for each, tells nobody from anybody.
    groups = [[node.iri for node in group] for group in divided.groups if len(group) > 1]
    return network, groups if len(groups) > 1 else [], record
