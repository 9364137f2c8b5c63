"""Places by stress: every two nodes as far apart as the shortest way between them is long.

By majorisation (E. R. Gansner, Y. Koren and S. North, "Graph drawing by stress majorization", Graph
Drawing 2004, LNCS 3383, 239-250). A strong tie is shorter than a weak one, by rank.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from heapq import heappop, heappush
from random import Random
from typing import Final

from .forces import Links, Point

_SEED: Final = 1571


def _lengths(links: Links) -> Links:
    """Give the lengths that ties should have: 1 where all are alike, less for the stronger."""
    ordered = sorted(weight for own in links for weight in own.values())

    def length(weight: float) -> float:
        rank = (bisect_left(ordered, weight) + bisect_right(ordered, weight)) / (2 * len(ordered))
        return 1.25 - rank / 2

    return [{other: length(weight) for other, weight in own.items()} for own in links]


def by_stress(links: Links) -> list[Point]:
    """Place the nodes of a connected network so that they are as far apart as their ties are long.

    The best of several starts is taken: one alone may be caught with its ties crossed.

    Args:
        links: The weights of ties, by node and neighbour.

    Returns:
        Places; 1 is the length of a usual tie.

    Example:
        >>> by_stress([{1: 2.0}, {0: 2.0}])
        [(0.0, 0.0), (1.0, 0.0)]
    """
    count, lengths = len(links), _lengths(links)
    if count < 3:
        return [(float(node), 0.0) for node in range(count)]
    distances = [_distances(lengths, node) for node in range(count)]
    rng = Random(_SEED)
    best: tuple[float, list[Point]] = (math.inf, [])
    for _ in range(12 if count <= 40 else 4):
        side = math.sqrt(count)
        start = [(rng.random() * side, rng.random() * side) for _ in range(count)]
        points = _relax(start, distances, 30)
        best = min(best, (round(_stress(points, distances), 9), points))
    return _relax(best[1], distances, 600 if count <= 40 else 100)


def _distances(lengths: Links, start: int) -> list[float]:
    """Measure the shortest ways from a node to every other (E. W. Dijkstra, 1959)."""
    far = [math.inf] * len(lengths)
    far[start] = 0.0
    waiting = [(0.0, start)]
    while waiting:
        away, node = heappop(waiting)
        if away == far[node]:
            for other, length in lengths[node].items():
                if away + length < far[other]:
                    far[other] = away + length
                    heappush(waiting, (far[other], other))
    return far


def _relax(points: list[Point], distances: list[list[float]], rounds: int) -> list[Point]:
    """Move each node in turn to where the others would have it, weighted by distance**-2."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(rounds):
        moved = 0.0
        for node, away in enumerate(distances):
            x, y = xs[node], ys[node]
            sum_x = sum_y = total = 0.0
            for other, distance in enumerate(away):
                if other != node:
                    dx, dy = x - xs[other], y - ys[other]
                    stretch = distance / max(math.sqrt(dx * dx + dy * dy), 1e-9)
                    weight = 1 / (distance * distance)
                    sum_x += weight * (xs[other] + dx * stretch)
                    sum_y += weight * (ys[other] + dy * stretch)
                    total += weight
            xs[node], ys[node] = sum_x / total, sum_y / total
            moved = max(moved, abs(xs[node] - x), abs(ys[node] - y))
        if moved < 1e-4:
            break
    return list(zip(xs, ys, strict=True))


def _stress(points: Sequence[Point], distances: list[list[float]]) -> float:
    total = 0.0
    for a, (x, y) in enumerate(points):
        for b in range(a):
            dx, dy = x - points[b][0], y - points[b][1]
            total += (math.sqrt(dx * dx + dy * dy) / distances[a][b] - 1) ** 2
    return total
