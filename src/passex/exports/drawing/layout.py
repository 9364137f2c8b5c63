"""Places of the nodes of a network in a drawing: always the same for the same ties.

Parts of up to `SMALL` nodes are laid out by `stress`, which shows distances best. Larger ones are
coarsened, laid out small, and refined by the forces of Fruchterman and Reingold while they grow
again (Y. Hu, "Efficient, high-quality force-directed graph drawing", The Mathematica Journal 10(1),
37-71, 2005). Dense ones hang on their strongest ties (`skeleton`).

Only additions, products, quotients and roots are used, which every machine rounds alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from random import Random
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from . import skeleton, stress
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
#: The lengths that a node's ties should have, by the other end.
Neighbours: TypeAlias = list[dict[int, float]]


def place(
    nodes: Sequence[Node],
    ties: Iterable[tuple[Node, Node, float]],
    groups: Mapping[Node, int] = MappingProxyType({}),
    tell: Callable[[str], None] = lambda _: None,
) -> dict[Node, tuple[int, int]]:
    """Place nodes that have names: what `layout` gives, by node.

    Example:
        >>> place(["a", "b"], [("a", "b", 1.0)])
        {'a': (-50, 0), 'b': (50, 0)}
    """
    number = {node: at for at, node in enumerate(nodes)}
    numbered = ((number[a], number[b], weight) for a, b, weight in ties)
    of = [groups.get(node, 0) for node in nodes]
    return dict(zip(nodes, layout(len(nodes), numbered, of, tell), strict=True))


def layout(
    count: int,
    ties: Iterable[tuple[int, int, float]],
    groups: Sequence[int] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> list[tuple[int, int]]:
    """Place the nodes of a network, which are called by their numbers.

    Places are in hundredths of the length of a tie; the middle is (0, 0). Strong ties are shorter
    than weak ones, and those within a group than those between groups.

    Args:
        ties: Both ends and the weight of each; parallel ties add up.
        groups: The group of each node; without any, all are in one.
        tell: Is told of the progress of large parts.

    Example:
        >>> layout(2, [(0, 1, 1.0)])
        [(-50, 0), (50, 0)]
    """
    groups = groups or [0] * count
    weights: skeleton.Weights = {}
    for a, b, weight in sorted((min(a, b), max(a, b), weight) for a, b, weight in ties):
        if a != b:
            weights[a, b] = weights.get((a, b), 0.0) + weight
    neighbours = skeleton.lengths(count, skeleton.thin(count, weights), groups)
    placed: list[Point] = [(0.0, 0.0)] * count
    boxes = []
    for part in _parts(neighbours):
        number = {node: place for place, node in enumerate(part)}
        inner = [{number[o]: far for o, far in neighbours[node].items()} for node in part]
        points = _along(_place(inner, [groups[node] for node in part], tell))
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
            parts.append(sorted(_reached(neighbours, start)))
            seen.update(parts[-1])
    return parts


def _reached(neighbours: Neighbours, start: int) -> set[int]:
    seen, waiting = {start}, [start]
    for node in waiting:
        found = [other for other in neighbours[node] if other not in seen]
        seen.update(found)
        waiting += found
    return seen


def _place(
    neighbours: Neighbours, groups: Sequence[int], tell: Callable[[str], None]
) -> list[Point]:
    if len(neighbours) <= SMALL:
        return stress.place(neighbours)
    tell(f"laying out {len(neighbours)} actors")
    parent, coarse, above = _coarsen(neighbours, groups)
    # Where merging stops to pay, forces alone have to do.
    if len(coarse) > 0.9 * len(neighbours):
        rng, side = Random(_SEED), math.sqrt(len(neighbours))
        start = [(rng.random() * side, rng.random() * side) for _ in neighbours]
        return refine(start, neighbours, 100)
    wide = _place(coarse, above, tell)
    grown = math.sqrt(len(neighbours) / len(coarse))
    rng = Random(_SEED)
    start = [
        (wide[p][0] * grown + rng.random() - 0.5, wide[p][1] * grown + rng.random() - 0.5)
        for p in parent
    ]
    return refine(start, neighbours, 30)


def _coarsen(
    neighbours: Neighbours, groups: Sequence[int]
) -> tuple[list[int], Neighbours, list[int]]:
    """Merge neighbours, those with few ties first; who is left over joins a neighbour.

    Gives the new number of each node, and the lengths of ties and the groups of the new ones.
    """
    parent = [-1] * len(neighbours)
    merged: list[int] = []

    def first(node: int, others: Iterable[int]) -> int:
        return min(others, key=lambda o: (groups[o] != groups[node], len(neighbours[o]), o))

    order = sorted(range(len(neighbours)), key=lambda node: (len(neighbours[node]), node))
    for node in order:
        if parent[node] < 0:
            free = [other for other in neighbours[node] if parent[other] < 0]
            if free:
                parent[node] = parent[first(node, free)] = len(merged)
                merged.append(groups[node])
    for node in order:
        if parent[node] < 0:
            parent[node] = parent[first(node, neighbours[node])]
    beside: Neighbours = [{} for _ in merged]
    for node, others in enumerate(neighbours):
        one = parent[node]
        for other, length in others.items():
            if parent[other] != one:
                beside[one][parent[other]] = min(length, beside[one].get(parent[other], length))
    return parent, beside, merged


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
