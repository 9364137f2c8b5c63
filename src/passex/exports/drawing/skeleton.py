"""The ties that a layout hangs on, and how long they should be."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, TypeAlias

from ...network.backbone import disparity
from ...network.ties import Ties

_DENSE: Final = 3  # with more ties for a node than this, some decide for all
_KEPT: Final = 3  # so many of each node's ties decide
_BETWEEN: Final = 1.8  # a tie between groups is so much longer than one within a group

#: The weights of ties by both ends, the lesser first.
Weights: TypeAlias = dict[tuple[int, int], float]


def thin(count: int, weights: Weights) -> Weights:
    """Keep of a dense network what it hangs on: the rest would pull all into one ball.

    These are the ties of each node that chance explains least, and a tree of such.

    Example:
        >>> thin(2, {(0, 1): 2.0})
        {(0, 1): 2.0}
    """
    if len(weights) <= _DENSE * count:
        return weights
    sources, targets = (array("q", ends) for ends in zip(*weights, strict=True))
    chances = disparity(Ties([""] * count, sources, targets, array("d", weights.values())))
    order = sorted(zip(chances, weights, strict=True), key=lambda c: (c[0], -weights[c[1]], c[1]))
    left = [_KEPT] * count
    tree = list(range(count))

    def root(node: int) -> int:
        while tree[node] != node:
            tree[node] = node = tree[tree[node]]
        return node

    kept = {}
    for _, (a, b) in order:
        one, other = root(a), root(b)
        if left[a] > 0 or left[b] > 0 or one != other:
            kept[a, b] = weights[a, b]
            left[a] -= 1
            left[b] -= 1
            tree[one] = other
    return dict(sorted(kept.items()))


def lengths(count: int, weights: Weights, groups: Sequence[int]) -> list[dict[int, float]]:
    """Give the length that each tie should have, by the two ends: 1, where all ties are alike.

    Example:
        >>> lengths(3, {(0, 1): 2.0, (1, 2): 2.0}, [0, 0, 1])
        [{1: 1.0}, {0: 1.0, 2: 1.8}, {1: 1.8}]
    """
    neighbours: list[dict[int, float]] = [{} for _ in range(count)]
    ordered = sorted(weights.values())
    for (a, b), weight in weights.items():
        rank = (bisect_left(ordered, weight) + bisect_right(ordered, weight)) / (2 * len(ordered))
        length = (1.25 - rank / 2) * (1.0 if groups[a] == groups[b] else _BETWEEN)
        neighbours[a][b] = neighbours[b][a] = length
    return neighbours
