"""Record of the exercises and plans of a graph: all that a network is built from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ..errors import QueryError
from ..graph.labelling import Node, nodes
from ..graph.store import Store
from ..graph.terms import NR
from . import absent, accounts, activities, behind, chains, twomode
from .activities import Activity
from .policy import Policy
from .ties import TwoMode


@dataclass(frozen=True, slots=True)
class Record:
    """What a graph says of exercises and plans, as far as a network needs it.

    Attributes:
        activities: All exercises and plans, by IRI.
        counted: Those that the policy admits.
        members: Who took part in what, at the level of the policy.
        inferred: Events with the members that are in them by inference alone.
        naming: The articles that name the members in each event.
        actors: All actors, by IRI.
        absent: The parties of each event that counts which do not appear at the level.
        undecided: Pairs of events, of different sources, that may be one exercise.
    """

    activities: Mapping[str, Activity]
    counted: Mapping[str, Activity]
    members: TwoMode
    inferred: Collection[tuple[str, str]]
    naming: behind.Naming
    actors: Mapping[str, Node]
    absent: Mapping[str, list[str]]
    undecided: frozenset[tuple[str, str]] = frozenset()

    @property
    def alike(self) -> int:
        """How many pairs of those that count, of different sources, may be one exercise."""
        return sum(a in self.counted and b in self.counted for a, b in self.undecided)

    def admitting(self, policy: Policy) -> Record:
        """Give what counts by a policy at the same level, without reading it again."""
        every = self.activities
        counted = {iri: activity for iri, activity in every.items() if policy.admits(activity)}
        lost = {iri: parties for iri, parties in self.absent.items() if iri in counted}
        return replace(self, counted=counted, absent=lost)


def read(store: Store, policy: Policy) -> Record:
    """Read what the network of a policy is built from.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.
    """
    return every(store, policy).admitting(policy)


def every(store: Store, policy: Policy) -> Record:
    """Read what all networks at the level of a policy are built from; raises as `read` does."""
    found = activities.read(store)
    check_domain(policy, activities.domains(found.values()))
    return whole(store, policy.level, found)


def whole(
    store: Store, level: str, every: Mapping[str, Activity], other: Record | None = None
) -> Record:
    """Read what all networks at a level are built from, given all activities, which all count.

    What is of no level comes from another record of the same graph, where there is one.
    """
    return Record(
        activities=every,
        counted=every,
        members=twomode.read(store, level),
        inferred=chains.inferred(store, level),
        naming=behind.read(store, level),
        actors=other.actors if other else nodes(store, NR.Actor),
        absent=absent.read(store, level, every),
        undecided=other.undecided if other else accounts.undecided_pairs(store),
    )


def check_domain(policy: Policy, domains: Iterable[str]) -> None:
    """Refuse a domain in which the graph has nothing, where it has something in others.

    Args:
        domains: Those that exercises and plans of the graph are in.

    Raises:
        QueryError: There are exercises or plans in other domains only.
    """
    known = sorted(set(domains))
    if known and policy.domain not in ("all", *known):
        raise QueryError(
            f"no exercise or plan of this graph is in the domain '{policy.domain}'",
            f"use one of {', '.join([*known, 'all'])}",
        )
