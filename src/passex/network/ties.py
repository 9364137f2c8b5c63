"""Networks as numbers: actors and their ties, exercises and who was in them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[str]

Part = TypeVar("Part")
Vector = TypeVar("Vector")
#: How a member is named: by its IRI, or by its number.
Member = TypeVar("Member", str, int)


@dataclass(frozen=True, slots=True)
class Ties:
    """A network as numbers: nodes by their position, one tie a position of the other three.

    Where these are arrays, of Python or of NumPy, SciPy takes them as they are.

    Attributes:
        nodes: The nodes.
        sources: One end of each tie.
        targets: The other end.
        strengths: How strong each tie is.
    """

    nodes: Sequence[str]
    sources: Sequence[int]
    targets: Sequence[int]
    strengths: Sequence[float]

    def __len__(self) -> int:
        return len(self.sources)

    def graph(self) -> Graph:
        """Give the network to networkx, with ``weight`` and ``distance`` on each tie."""
        import networkx

        made: Graph = networkx.Graph()
        made.add_nodes_from(self.nodes)
        for a, b, strength in zip(self.sources, self.targets, self.strengths, strict=True):
            # A tie of no strength is no way at all.
            distance = 1 / strength if strength else float("inf")
            made.add_edge(self.nodes[a], self.nodes[b], weight=strength, distance=distance)
        return made


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
        groups: list[list[int]] = [[] for _ in self.events]
        for event, member in zip(self.event_of, self.member_of, strict=True):
            groups[event].append(member)
        for group in groups:
            group.sort()
        return groups

    def pairs(self, event: int, group: list[int]) -> tuple[list[tuple[int, int]], int]:
        """Pair the members of one exercise, given sorted, as `pairs` does."""
        if event in self.shared:
            return pairs(self.shared[event])
        return list(combinations(group, 2)), len(group)


def pairs(members: Mapping[Member, frozenset[str]]) -> tuple[list[tuple[Member, Member]], int]:
    """Pair the members of one event as different parties.

    Two members are different parties if each takes part through a party through which the other
    does not: a ship and her squadron are not.

    What is returned is the pairs, sorted, and the number of parties: of all that take part, but not
    more than there are members to be told apart by them.

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


def dominant(
    parts: Iterable[Part],
    bound: Callable[[Part], float],
    leading: Callable[[Part], tuple[float, Vector]],
) -> list[tuple[Part, Vector]]:
    """Find the components with the greatest eigenvalue: elsewhere the eigenvector is zero.

    Args:
        bound: What the eigenvalue of a component cannot exceed: its greatest strength.
        leading: Gives the greatest eigenvalue of a component, and its eigenvector of length 1.
    """
    best = 0.0
    vectors: list[tuple[float, Part, Vector]] = []
    for part in sorted(parts, key=bound, reverse=True):
        if bound(part) < best * (1 - 1e-12):
            break
        value, vector = leading(part)
        best = max(best, value)
        vectors.append((value, part, vector))
    return [(part, vector) for value, part, vector in vectors if value >= best * (1 - 1e-12)]
