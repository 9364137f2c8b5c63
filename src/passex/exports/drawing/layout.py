"""Places of the nodes of a network in a drawing: always the same for the same ties.

Parts of up to `SMALL` nodes are laid out by stress majorisation (E. R. Gansner, Y. Koren and
S. North, "Graph drawing by stress majorization", Graph Drawing 2004, LNCS 3383, 239-250), which
shows distances best. Larger ones are coarsened, laid out small, and refined by the forces of
Fruchterman and Reingold while they grow again (Y. Hu, "Efficient, high-quality force-directed graph
drawing", The Mathematica Journal 10(1), 37-71, 2005).

Only additions, products, quotients and roots are used, which every machine rounds alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from random import Random
from typing import Final, TypeAlias, TypeVar

from .forces import refine

#: Parts of so many nodes are laid out by stress.
SMALL: Final = 60
#: The length of a tie in the layout, in the units of the result.
LENGTH: Final = 100
_SEED: Final = 1571
_WIDE: Final = 1.5  # a part is packed into a rectangle so much wider than high
_GAP: Final = 1.3  # what is left free between parts, in lengths of a tie

Node = TypeVar("Node", bound=Hashable)
Point: TypeAlias = tuple[float, float]
Neighbours: TypeAlias = list[list[int]]


def place(
    nodes: Sequence[Node],
    ties: Iterable[tuple[Node, Node]],
    tell: Callable[[str], None] = lambda _: None,
) -> dict[Node, tuple[int, int]]:
    """Place nodes that have names: what `layout` gives, by node.

    Example:
        >>> place(["a", "b"], [("a", "b")])
        {'a': (-50, 0), 'b': (50, 0)}
    """
    number = {node: at for at, node in enumerate(nodes)}
    points = layout(len(nodes), ((number[a], number[b]) for a, b in ties), tell)
    return dict(zip(nodes, points, strict=True))


def layout(
    count: int, ties: Iterable[tuple[int, int]], tell: Callable[[str], None] = lambda _: None
) -> list[tuple[int, int]]:
    """Place the nodes of a network, which are called by their numbers.

    Places are in hundredths of the length of a tie; the middle is (0, 0). `tell` is told of the
    progress of large parts.

    Example:
        >>> layout(2, [(0, 1)])
        [(-50, 0), (50, 0)]
    """
    neighbours: Neighbours = [[] for _ in range(count)]
    for a, b in sorted({(min(tie), max(tie)) for tie in ties}):
        if a != b:
            neighbours[a].append(b)
            neighbours[b].append(a)
    placed: list[Point] = [(0.0, 0.0)] * count
    boxes = []
    for part in _parts(neighbours):
        number = {node: place for place, node in enumerate(part)}
        inner = [[number[other] for other in neighbours[node]] for node in part]
        points = _along(_place(inner, tell))
        left, top = (min(p[axis] for p in points) for axis in (0, 1))
        width, height = (max(p[axis] for p in points) - (left, top)[axis] for axis in (0, 1))
        boxes.append((part, [(x - left, y - top) for x, y in points], width, height))
    boxes.sort(key=lambda box: (-len(box[0]), box[0]))
    corners = _pack([(width, height) for _, _, width, height in boxes])
    for (part, points, _, _), (left, top) in zip(boxes, corners, strict=True):
        for node, (x, y) in zip(part, points, strict=True):
            placed[node] = (left + x, top + y)
    if not placed:
        return []
    middle = [(min(p[a] for p in placed) + max(p[a] for p in placed)) / 2 for a in (0, 1)]
    return [(round((x - middle[0]) * LENGTH), round((y - middle[1]) * LENGTH)) for x, y in placed]


def _parts(neighbours: Neighbours) -> list[list[int]]:
    """Give the connected parts, each sorted."""
    parts: list[list[int]] = []
    seen: set[int] = set()
    for start in range(len(neighbours)):
        if start not in seen:
            parts.append(sorted(_distances(neighbours, start)))
            seen.update(parts[-1])
    return parts


def _place(neighbours: Neighbours, tell: Callable[[str], None]) -> list[Point]:
    if len(neighbours) <= SMALL:
        return _by_stress(neighbours)
    tell(f"laying out {len(neighbours)} actors")
    parent, coarse = _coarsen(neighbours)
    # Where merging stops to pay, forces alone have to do.
    if len(coarse) > 0.9 * len(neighbours):
        rng, side = Random(_SEED), math.sqrt(len(neighbours))
        start = [(rng.random() * side, rng.random() * side) for _ in neighbours]
        return refine(start, neighbours, 100)
    wide = _place(coarse, tell)
    grown = math.sqrt(len(neighbours) / len(coarse))
    rng = Random(_SEED)
    start = [
        (wide[p][0] * grown + rng.random() - 0.5, wide[p][1] * grown + rng.random() - 0.5)
        for p in parent
    ]
    return refine(start, neighbours, 30)


def _coarsen(neighbours: Neighbours) -> tuple[list[int], Neighbours]:
    """Merge neighbours, those with few ties first; who is left over joins a neighbour."""
    parent = [-1] * len(neighbours)
    merged = 0
    order = sorted(range(len(neighbours)), key=lambda node: (len(neighbours[node]), node))
    for node in order:
        if parent[node] < 0:
            free = [other for other in neighbours[node] if parent[other] < 0]
            if free:
                mate = min(free, key=lambda other: (len(neighbours[other]), other))
                parent[node] = parent[mate] = merged
                merged += 1
    for node in order:
        if parent[node] < 0:
            parent[node] = parent[min(neighbours[node], key=lambda n: (len(neighbours[n]), n))]
    beside: list[set[int]] = [set() for _ in range(merged)]
    for node, others in enumerate(neighbours):
        beside[parent[node]].update(parent[other] for other in others)
    return parent, [sorted(others - {node}) for node, others in enumerate(beside)]


def _by_stress(neighbours: Neighbours) -> list[Point]:
    """Take the best of several starts: one alone may be caught with its ties crossed."""
    count = len(neighbours)
    if count < 3:
        return [(float(node), 0.0) for node in range(count)]
    steps = [_distances(neighbours, node) for node in range(count)]
    distances = [[away[other] for other in range(count)] for away in steps]
    rng = Random(_SEED)
    best: tuple[float, list[Point]] = (math.inf, [])
    for _ in range(12 if count <= 40 else 4):
        side = math.sqrt(count)
        start = [(rng.random() * side, rng.random() * side) for _ in range(count)]
        points = _relax(start, distances, 30)
        best = min(best, (round(_stress(points, distances), 9), points))
    return _relax(best[1], distances, 600 if count <= 40 else 100)


def _distances(neighbours: Neighbours, start: int) -> dict[int, int]:
    """Count the steps from a node to each that can be reached from it."""
    steps, queue = {start: 0}, [start]
    for node in queue:
        found = [other for other in neighbours[node] if other not in steps]
        steps.update(dict.fromkeys(found, steps[node] + 1))
        queue += found
    return steps


def _relax(points: list[Point], distances: list[list[int]], rounds: int) -> list[Point]:
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


def _stress(points: Sequence[Point], distances: list[list[int]]) -> float:
    total = 0.0
    for a, (x, y) in enumerate(points):
        for b in range(a):
            dx, dy = x - points[b][0], y - points[b][1]
            total += (math.sqrt(dx * dx + dy * dy) / distances[a][b] - 1) ** 2
    return total


def _along(points: list[Point]) -> list[Point]:
    """Turn a part so that it is widest from left to right."""
    count = len(points)
    middle_x = sum(x for x, _ in points) / count
    middle_y = sum(y for _, y in points) / count
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    xx, yy = sum(x * x for x, _ in centred), sum(y * y for _, y in centred)
    xy = sum(x * y for x, y in centred)
    # The main axis of the covariance matrix, by half-angle formulas.
    spread = math.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    if spread < 1e-9:
        return centred
    cosine = math.sqrt((1 + (xx - yy) / spread) / 2)
    sine = math.copysign(math.sqrt(max(0.0, (1 - (xx - yy) / spread) / 2)), xy)
    return [(x * cosine + y * sine, y * cosine - x * sine) for x, y in centred]


def _pack(sizes: Sequence[tuple[float, float]]) -> list[Point]:
    """Put rectangles in rows, the first the widest, and give their upper left corners."""
    area = sum((width + _GAP) * (height + _GAP) for width, height in sizes)
    limit = max([math.sqrt(area * _WIDE), *(width for width, _ in sizes[:1])])
    rows: list[list[int]] = []
    filled = math.inf
    for number, (width, _) in enumerate(sizes):
        if filled + width > limit:
            rows.append([])
            filled = 0.0
        rows[-1].append(number)
        filled += width + _GAP
    corners: list[Point] = [(0.0, 0.0)] * len(sizes)
    top = 0.0
    for row in rows:
        high = max(sizes[number][1] for number in row)
        left = -(sum(sizes[number][0] + _GAP for number in row) - _GAP) / 2
        for number in row:
            corners[number] = (left, top + (high - sizes[number][1]) / 2)
            left += sizes[number][0] + _GAP
        top += high + _GAP
    return corners
