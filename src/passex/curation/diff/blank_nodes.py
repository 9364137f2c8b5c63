"""Blank nodes of two graphs, matched by what is said of them.

Nodes get colours that say what stands around them, refined until no colour can be split (B. D.
McKay, "Practical graph isomorphism", Congressus Numerantium 30, 1981). A node is matched with one
of its own colour. Where several have it, two are picked and the rest is refined again; there is no
search for a better pick, so that the time is bounded. A match that isn't the best makes a
difference longer, never wrong.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, Final

from .patterns import Pattern

#: So many looks at the neighbours of a node there are at most, for each node and for all of them.
_LOOKS: Final = 200
_ALL_LOOKS: Final = 2_000_000
#: So often nodes are matched by what they have in common, and their neighbours by that.
_TIMES: Final = 4
#: What so many nodes have in common tells nothing about which of them is which.
_COMMON: Final = 30
_Feature = tuple[Any, ...]


def differences(
    old: Sequence[Pattern], new: Sequence[Pattern]
) -> tuple[frozenset[str], frozenset[str]]:
    """Find the triples with blank nodes that only one of two graphs has.

    Returns:
        The lines of the old graph alone, and of the new one alone. What is matched has one name in
        both; names are numbered in the order of the files.
    """
    ours, theirs = correspondence(old, new)
    before = {(p.pieces, tuple(map(ours.__getitem__, p.nodes))): p for p in old}
    after = {(p.pieces, tuple(map(theirs.__getitem__, p.nodes))): p for p in new}
    gone = [p for key, p in before.items() if key not in after]
    come = [p for key, p in after.items() if key not in before]
    numbers = [ours[n] for p in gone for n in p.nodes] + [theirs[n] for p in come for n in p.nodes]
    name = {number: f"_:b{place}" for place, number in enumerate(sorted({*numbers}), 1)}
    left, right = (
        {node: name[number] for node, number in side.items() if number in name}
        for side in (ours, theirs)
    )
    return frozenset(p.line(left) for p in gone), frozenset(p.line(right) for p in come)


def correspondence(
    old: Sequence[Pattern], new: Sequence[Pattern]
) -> tuple[dict[str, int], dict[str, int]]:
    """Number the blank nodes of two graphs: two that are matched have one number.

    Example:
        >>> import pyoxigraph as ox
        >>> parsed = ox.parse("_:x <urn:p> _:y . _:y <urn:q> 1 .", ox.RdfFormat.TURTLE)
        >>> old = [Pattern.of(quad) for quad in parsed]
        >>> new = [Pattern(p.pieces, tuple(f"other {n}" for n in p.nodes)) for p in old]
        >>> correspondence(old, new)
        ({'x': 0, 'y': 1}, {'other x': 0, 'other y': 1})
    """
    ours, theirs = (dict.fromkeys(n for p in side for n in p.nodes) for side in (old, new))
    pairs = _Matching((*old, *new), ours, theirs).pairs if ours and theirs else {}
    first = {node: number for number, node in enumerate(ours)}
    second = {node: first[pairs[node]] for node in theirs if node in pairs}
    alone = (node for node in theirs if node not in second)
    second |= {node: number for number, node in enumerate(alone, len(first))}
    return first, {node: second[node] for node in theirs}


class _Matching:
    """A match of the blank nodes of two graphs.

    Attributes:
        pairs: Nodes of the old graph, by those of the new one.
    """

    def __init__(
        self, patterns: Sequence[Pattern], old: Collection[str], new: Collection[str]
    ) -> None:
        self.pairs: dict[str, str] = {}
        self._order = {node: number for number, node in enumerate([*old, *new])}
        self._old = set(old)
        self._around: dict[str, list[tuple[Pattern, int]]] = defaultdict(list)
        for pattern in patterns:
            for place, node in enumerate(pattern.nodes):
                self._around[node].append((pattern, place))
        self._looks = min(_ALL_LOOKS, _LOOKS * len(self._order))
        self._colour: dict[str, int] = {}
        self._members: list[tuple[dict[str, None], dict[str, None]]] = []
        for _ in range(_TIMES):
            self._begin()
            self._pick()
            if not self._guess() and not self._follow():
                return
        self._follow()

    def _begin(self) -> None:
        """Give a colour to each pair, and one to all else; then refine it."""
        self._colour.clear()
        self._members.clear()
        for pair in self.pairs.items():
            self._new_colour(pair)
        left = [node for node in self._order if node not in self._colour]
        for pair in self.pairs.items():
            self._leave(pair)
        self._new_colour(left)
        self._refine(left)

    def _new_colour(self, nodes: Iterable[str]) -> None:
        members: tuple[dict[str, None], dict[str, None]] = ({}, {})
        for node in nodes:
            if node in self._colour:
                self._leave([node])
            self._colour[node] = len(self._members)
            members[node not in self._old][node] = None
        self._members.append(members)

    def _leave(self, nodes: Iterable[str]) -> None:
        """Take nodes out of what has their colour and no match yet."""
        for node in nodes:
            self._members[self._colour[node]][node not in self._old].pop(node, None)

    def _size(self, colour: int) -> int:
        return sum(map(len, self._members[colour]))

    def _feature(self, pattern: Pattern, place: int, colour: Mapping[str, int]) -> _Feature:
        """Say what a triple says of the node at a place, with colours for the others in it."""
        this = pattern.nodes[place]
        others = tuple(-1 if node == this else colour.get(node, -2) for node in pattern.nodes)
        return pattern.pieces, place, others

    def _near(self, nodes: Iterable[str]) -> set[str]:
        return {other for node in nodes for p, _ in self._around[node] for other in p.nodes}

    def _refine(self, changed: Iterable[str]) -> None:
        """Split colours until the neighbours of two nodes of one colour have the same colours."""
        waiting = set(changed)
        while waiting and self._looks > 0:
            groups: dict[int, dict[Any, list[str]]] = defaultdict(dict)
            for node in sorted(waiting, key=self._order.__getitem__):
                colour = self._colour[node]
                if node in self._members[colour][node not in self._old] and self._size(colour) > 1:
                    around = self._around[node]
                    seen = tuple(sorted(self._feature(*one, self._colour) for one in around))
                    groups[colour].setdefault(seen, []).append(node)
                    self._looks -= len(around)
            waiting = set()
            for colour in sorted(groups):
                parts = [groups[colour][signature] for signature in sorted(groups[colour])]
                # The largest part keeps the colour, so that the fewest are looked at again.
                rest = self._size(colour) - sum(map(len, parts))
                largest = max(parts, key=len)
                if len(largest) >= rest:
                    parts.remove(largest)
                    if rest:
                        known = {node for part in (*parts, largest) for node in part}
                        members = (node for side in self._members[colour] for node in side)
                        parts.append([node for node in members if node not in known])
                for part in parts:
                    self._new_colour(part)
                    waiting |= self._near(part)

    def _pick(self) -> None:
        """Match nodes of one colour; of several, the first two, and then look again."""
        waiting, several = deque(range(len(self._members))), deque[int]()
        while waiting or several:
            # What is matched need not be looked at again: first what is beyond doubt.
            colour = (waiting or several).popleft()
            ours, theirs = self._members[colour]
            if not ours or not theirs:
                continue
            if len(ours) > 1 or len(theirs) > 1:
                if waiting:
                    several.append(colour)
                    continue
                several.appendleft(colour)
            mine, other = next(iter(ours)), next(iter(theirs))
            self.pairs[other] = mine
            colours = len(self._members)
            if self._size(colour) > 2 and self._looks > 0:
                self._new_colour((mine, other))
                self._leave((mine, other))
                self._refine(self._near((mine, other)))
            else:
                self._leave((mine, other))
            waiting.extend(range(colours, len(self._members)))

    def _guess(self) -> bool:
        """Match what is left with what has most in common with it; tell whether anything is."""
        numbers: dict[str, int] = {}
        for other, mine in self.pairs.items():
            numbers[other] = numbers[mine] = self._order[mine]
        features: tuple[dict[_Feature, list[str]], ...] = (defaultdict(list), defaultdict(list))
        for node in self._order:
            if node not in numbers:
                index = features[node not in self._old]
                for feature in {self._feature(*one, numbers) for one in self._around[node]}:
                    index[feature].append(node)
        score: dict[tuple[str, str], float] = defaultdict(float)
        for feature, ours in features[0].items():
            theirs = features[1].get(feature, [])
            if len(ours) <= _COMMON and len(theirs) <= _COMMON:
                for pair in product(ours, theirs):
                    score[pair] += 1 / max(len(ours), len(theirs))
        taken = set[str]()
        for mine, other in sorted(
            score, key=lambda pair: (-score[pair], *map(self._order.__getitem__, pair))
        ):
            if taken.isdisjoint((mine, other)):
                taken |= {mine, other}
                self.pairs[other] = mine
        return bool(taken)

    def _follow(self) -> bool:
        """Match the one neighbour of a node with that of its match; tell whether any is.

        So the cells of two lists are matched from the first one on.
        """
        waiting = [(mine, other) for other, mine in self.pairs.items()]
        taken, before = {*self.pairs, *self.pairs.values()}, len(self.pairs)
        while waiting:
            ours, theirs = (self._neighbours(node, taken) for node in waiting.pop())
            for step, near in ours.items():
                if len(near) == len(theirs.get(step, ())) == 1:
                    pair = near[0], theirs[step][0]
                    if taken.isdisjoint(pair):
                        taken |= {*pair}
                        self.pairs[pair[1]] = pair[0]
                        waiting.append(pair)
        return len(self.pairs) > before

    def _neighbours(self, node: str, taken: Collection[str]) -> dict[_Feature, list[str]]:
        """List the nodes around one that have no match, by how they are reached."""
        found: dict[_Feature, list[str]] = {}
        for pattern, place in self._around[node]:
            for other_place, other in enumerate(pattern.nodes):
                if other not in taken:
                    found.setdefault((pattern.pieces, place, other_place), []).append(other)
        return found
