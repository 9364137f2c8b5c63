"""Places of the nodes of a network in a drawing: always the same for the same ties.

Sparse parts of up to `SMALL` nodes are laid out by `stress`, which shows distances best; others by
forces, `multilevel`, which show groups. Parts stand beside each other.

Only additions, products, quotients and roots are used, which every machine rounds alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeVar

from ...text.wording import say
from .forces import AREA, Links, Point, spread
from .multilevel import by_forces
from .stress import by_stress

#: Sparse parts of so many nodes are laid out by stress, with at most so many ties a node.
SMALL: Final = 60
_SPARSE: Final = 3
#: The length of a tie in the layout, in the units of the result.
LENGTH: Final = 100
_WIDE: Final = 1.5  # a part is packed into a rectangle so much wider than high
_GAP: Final = 1.3  # what is left free between parts, in lengths of a tie
_APART: Final = 0.75  # nodes are at least so far from each other, as a share of an even spread
_UNIT: Final = 0.35  # what the forces' unit of length is in lengths of a tie

Node = TypeVar("Node", bound=Hashable)


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
    # Who is in no group is one of its own.
    of = [groups.get(node, -1 - at) for at, node in enumerate(nodes)] if groups else []
    return dict(zip(nodes, layout(len(nodes), numbered, of, tell), strict=True))


def layout(
    count: int,
    ties: Iterable[tuple[int, int, float]],
    groups: Sequence[int] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> list[tuple[int, int]]:
    """Place the nodes of a network, which are called by their numbers.

    Args:
        count: How many nodes there are.
        ties: Both ends of each tie, and its weight; parallel ties add up. Their order, and
            which end comes first, makes no difference.
        groups: The group of each node; without any, all are in one.
        tell: Is told of the progress of large parts.

    Returns:
        Places in hundredths of the length of a usual tie; the middle is (0, 0).

    Example:
        >>> layout(2, [(0, 1, 1.0)])
        [(-50, 0), (50, 0)]
    """
    groups = groups or [0] * count
    weights: dict[tuple[int, int], float] = {}
    for a, b, weight in sorted((min(a, b), max(a, b), weight) for a, b, weight in ties):
        if a != b:
            weights[a, b] = weights.get((a, b), 0.0) + weight
    links: Links = [{} for _ in range(count)]
    # What has no weight is a tie all the same, and no stronger than any other.
    least = min((weight for weight in weights.values() if weight > 0), default=1.0)
    for (a, b), weight in weights.items():
        links[a][b] = links[b][a] = max(weight, least)
    placed: list[Point] = [(0.0, 0.0)] * count
    boxes = []
    for part in _parts(links):
        number = {node: place for place, node in enumerate(part)}
        inner = [{number[other]: w for other, w in links[node].items()} for node in part]
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


def _parts(links: Links) -> list[list[int]]:
    """Give the connected parts, each sorted."""
    parts: list[list[int]] = []
    seen: set[int] = set()
    for start in range(len(links)):
        if start not in seen:
            seen.add(start)
            part = [start]
            for node in part:
                new = [other for other in links[node] if other not in seen]
                seen.update(new)
                part += new
            parts.append(sorted(part))
    return parts


def _place(links: Links, groups: list[int], tell: Callable[[str], None]) -> list[Point]:
    """Lay out a connected part."""
    if len(links) <= SMALL and sum(map(len, links)) <= 2 * _SPARSE * len(links):
        return by_stress(links)
    tell(f"laying out {say(len(links), 'actor')}")
    points = spread(by_forces(links, groups), _APART * math.sqrt(AREA))
    return [(x * _UNIT, y * _UNIT) for x, y in points]


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
