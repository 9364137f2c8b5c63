"""Networks as numbers: actors and their ties, exercises and who was in them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[str]

Part = TypeVar("Part")
Vector = TypeVar("Vector")


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


_NONE: Final = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Phase:
    """Who took part in an exercise as a whole, or in one of its phases.

    Attributes:
        members: By member, the parties through which it takes part.
        contingents: By party, the contingents that it is in; who is in none may be left out.
        iri: The exercise, or the phase.
    """

    members: Mapping[int, frozenset[str]]
    contingents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    iri: str = ""

    def count(self) -> int:
        """Count the parties: all, but not more than there are members to be told apart by them."""
        distinct = set(self.members.values())
        return min(len(distinct), len(frozenset().union(*distinct)))

    def pairs(self, through: Mapping[int, Set[str]] | None = None) -> list[tuple[int, int]]:
        """List the pairs of members that are different parties, sorted.

        Two members are if each takes part through a party through which the other does not, and
        that is in no contingent with it: a ship and her squadron are not.

        Args:
            through: By member, the parties that count, if not all do.
        """
        return [
            (a, b)
            for a, b in combinations(sorted(self.members), 2)
            if any(self.facing(a, b, through))
        ]

    def facing(
        self, a: int, b: int, through: Mapping[int, Set[str]] | None = None
    ) -> Iterator[tuple[str, str]]:
        """List by which parties two members face each other, as `pairs` says."""
        left, right = (
            (through or self.members).get(one, _NONE) - self.members.get(other, _NONE)
            for one, other in ((a, b), (b, a))
        )
        within = self.contingents
        for one, other in product(left, right):
            if not within or within.get(one, _NONE).isdisjoint(within.get(other, _NONE)):
                yield one, other


@dataclass(frozen=True, slots=True)
class TwoMode:
    """Who took part in what: one membership a position of ``event_of`` and ``member_of``.

    Attributes:
        events: The exercises and plans.
        members: The actors, sorted.
        event_of: The exercise of each membership, as its place in `events`.
        member_of: The actor of each membership, as its place in `members`.
        shared: By exercise, its phases, of which the first is the whole; only for exercises that
            have phases or contingents, or in which one party stands for two members. Elsewhere,
            which is nearly everywhere, each member is a party of its own.
    """

    events: tuple[str, ...]
    members: tuple[str, ...]
    event_of: array[int]
    member_of: array[int]
    shared: dict[int, tuple[Phase, ...]]

    def groups(self) -> list[list[int]]:
        """List the members of each exercise, sorted."""
        groups: list[list[int]] = [[] for _ in self.events]
        for event, member in zip(self.event_of, self.member_of, strict=True):
            groups[event].append(member)
        for group in groups:
            group.sort()
        return groups

    def pairs(self, event: int, group: list[int]) -> dict[tuple[int, int], int]:
        """Pair the members of one exercise, given sorted, as `pairs` does."""
        if event in self.shared:
            return pairs(self.shared[event])
        return dict.fromkeys(combinations(group, 2), len(group))

    def unstated(
        self,
        event: int,
        group: list[int],
        tied: Collection[tuple[int, int]],
        inferred: Collection[tuple[str, str]],
    ) -> Set[tuple[int, int]]:
        """Find the pairs of one exercise that are tied by inference alone.

        Args:
            group: Its members.
            tied: What `pairs` gives.
            inferred: What `chains.inferred` does.
        """
        iri = self.events[event]
        if inferred and event in self.shared:
            firm: set[tuple[int, int]] = set()
            for phase in self.shared[event]:
                through = {
                    member: {
                        party
                        for party in parties
                        # Who is a member through no party is one of its own.
                        if (party if party != name else iri, name) not in inferred
                    }
                    for member, parties in phase.members.items()
                    for name in [self.members[member]]
                }
                firm.update(phase.pairs(through))
            return {pair for pair in tied if pair not in firm}
        weak = {member for member in group if (iri, self.members[member]) in inferred}
        return {pair for pair in tied if not weak.isdisjoint(pair)} if weak else set()

    def parties(self, event: int, group: list[int]) -> dict[int, int]:
        """Count the parties of one exercise for each of its members, given sorted.

        Those of the whole count for who is named there, else those of the smallest phase.
        """
        if event not in self.shared:
            return dict.fromkeys(group, len(group))
        first, *others = self.shared[event]
        found: dict[int, int] = {}
        for phase in (first, *sorted(others, key=Phase.count)):
            for member in phase.members:
                found.setdefault(member, phase.count())
        return found


def pairs(phases: Iterable[Phase]) -> dict[tuple[int, int], int]:
    """Pair the members of one exercise as different parties, phase by phase.

    Args:
        phases: Its phases, of which the first is the whole.

    Returns:
        The pairs, each with the number of parties where both took part: of the whole if they are a
        pair there, else of the smallest phase in which they are.

    Example:
        >>> a, b = frozenset({"a"}), frozenset({"b"})
        >>> squadron, ship, group = 1, 2, 3
        >>> pairs([Phase({squadron: a, ship: a, group: b})])
        {(1, 3): 2, (2, 3): 2}
    """
    first, *others = phases
    found: dict[tuple[int, int], int] = {}
    for phase in (first, *sorted(others, key=Phase.count)):
        for pair in phase.pairs():
            found.setdefault(pair, phase.count())
    return found


def weigh(exercises: Mapping[int, int]) -> float:
    """Add up Newman's weights: 1/(n-1) for each exercise of n parties.

    The sum is of counts, and goes from few parties to many: so it is the same number, to the last
    bit, in whatever order and on however many machines the exercises were counted.

    Args:
        exercises: How many exercises have so many parties, by the number of parties.

    Example:
        >>> weigh({11: 3, 2: 1})
        1.3
    """
    return sum((exercises[parties] / (parties - 1) for parties in sorted(exercises)), 0.0)


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
