"""Stress majorisation: places whose distances are those of the ways between the nodes.

E. R. Gansner, Y. Koren and S. North, "Graph drawing by stress majorization", Graph Drawing 2004,
LNCS 3383, 239-250.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from random import Random
from typing import Final, TypeAlias

_SEED: Final = 1571

Point: TypeAlias = tuple[float, float]
#: The lengths that a node's ties should have, by the other end.
Neighbours: TypeAlias = Sequence[Mapping[int, float]]


def place(neighbours: Neighbours) -> list[Point]:
    """Place connected nodes, by the lengths that their ties should have.

    Of several starts the best is taken: one alone may be caught with its ties crossed.

    Example:
        >>> place([{1: 1.0}, {0: 1.0}])
        [(0.0, 0.0), (1.0, 0.0)]
    """
    count = len(neighbours)
    if count < 3:
        return [(float(node), 0.0) for node in range(count)]
    distances = [_distances(neighbours, node) for node in range(count)]
    rng = Random(_SEED)
    best: tuple[float, list[Point]] = (math.inf, [])
    for _ in range(12 if count <= 40 else 4):
        side = math.sqrt(count)
        start = [(rng.random() * side, rng.random() * side) for _ in range(count)]
        points = _relax(start, distances, 30)
        best = min(best, (round(_stress(points, distances), 9), points))
    return _relax(best[1], distances, 600 if count <= 40 else 100)


def _distances(neighbours: Neighbours, start: int) -> list[float]:
    """Measure the shortest ways from a node to every other."""
    far = [math.inf] * len(neighbours)
    far[start] = 0.0
    waiting = [(0.0, start)]
    while waiting:
        away, node = heappop(waiting)
        if away == far[node]:
            for other, length in neighbours[node].items():
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
