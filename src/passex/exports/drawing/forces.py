"""Forces between the nodes of a network, in time that grows little faster than their number.

Nodes push each other by 1/d, ties pull by their strength times d, and everything is drawn to the
middle, so that a network fills an ellipse evenly (A. Noack, "Energy models for graph clustering",
Journal of Graph Algorithms and Applications 11(2), 453-480, 2007, has what follows from other
exponents). Nodes in cells that touch push each other; from farther cells, a cell is pushed as a
whole by their centres. The grid shifts from round to round, so that its lines leave no trace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Final, TypeAlias

_SEED = 1571
#: So many nodes are in a cell on average: the fewer, the more cells push each other.
_PER_CELL = 6
#: How strongly all are drawn to the middle, to the right and down: the sum settles how dense the
#: ellipse is that they fill, the quotient how much wider than high.
_GRAVITY: Final = (0.08, 0.12)
#: The area that each node has then.
AREA: Final = 2 * math.pi / sum(_GRAVITY)

Point = tuple[float, float]
#: The weights of ties, or their lengths, by node and neighbour.
Links: TypeAlias = list[dict[int, float]]
#: Two nodes and how strongly they pull each other.
Pull: TypeAlias = tuple[int, int, float]


def refine(points: list[Point], pulls: Sequence[Pull], rounds: int) -> list[Point]:
    """Let the forces move the nodes from where they are, less from round to round.

    Example:
        >>> apart = refine([(0.0, 0.0), (0.1, 0.0)], [(0, 1, 0.2)], 50)
        >>> round(abs(apart[1][0] - apart[0][0]), 1)
        2.0
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    # Who is pulled by many or strongly takes shorter steps: else it would swing.
    total = [1.0] * len(points)
    for a, b, strength in pulls:
        total[a] += strength
        total[b] += strength
    steps = [min(0.5, 1 / all_of_it) for all_of_it in total]
    rng = Random(_SEED)
    reach = math.sqrt(len(points)) / 2 + 1
    for number in range(rounds):
        shift_x, shift_y = _pushes(xs, ys, rng)
        for a, b, strength in pulls:
            dx, dy = (xs[b] - xs[a]) * strength, (ys[b] - ys[a]) * strength
            shift_x[a] += dx
            shift_y[a] += dy
            shift_x[b] -= dx
            shift_y[b] -= dy
        limit = reach * (1 - number / rounds) + 0.01
        for node, step in enumerate(steps):
            dx = shift_x[node] - _GRAVITY[0] * xs[node]
            dy = shift_y[node] - _GRAVITY[1] * ys[node]
            far = math.sqrt(dx * dx + dy * dy)
            scale = min(step, limit / max(far, 1e-9))
            xs[node] += dx * scale
            ys[node] += dy * scale
    return list(zip(xs, ys, strict=True))


def spread(points: list[Point], apart: float, rounds: int = 40) -> list[Point]:
    """Push apart what is nearer than ``apart``, so that names have room, and leave the rest.

    Example:
        >>> one, other = spread([(0.0, 0.0), (0.5, 0.0)], 1)
        >>> round(other[0] - one[0], 2)
        1.0
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
            cells.setdefault((math.floor(x / apart), math.floor(y / apart)), []).append(node)
        moved = False
        for (column, row), cell in cells.items():
            near = [
                node
                for right, down in ((1, -1), (1, 0), (1, 1), (0, 1))
                for node in cells.get((column + right, row + down), ())
            ]
            for place, node in enumerate(cell):
                for other in (*cell[:place], *near):
                    dx, dy = xs[node] - xs[other], ys[node] - ys[other]
                    far = max(math.sqrt(dx * dx + dy * dy), 1e-6)
                    if far < apart:
                        push = (apart - far) / far / 3
                        xs[node] += dx * push
                        ys[node] += dy * push
                        xs[other] -= dx * push
                        ys[other] -= dy * push
                        moved = True
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _pushes(xs: list[float], ys: list[float], rng: Random) -> tuple[list[float], list[float]]:
    low_x, low_y = min(xs), min(ys)
    wide, high = max(xs) - low_x, max(ys) - low_y
    side = max(math.sqrt(max(wide * high, 1e-9) * _PER_CELL / len(xs)), (wide + high) / 200, 1e-6)
    low_x, low_y = low_x - rng.random() * side, low_y - rng.random() * side
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells.setdefault((int((x - low_x) / side), int((y - low_y) / side)), []).append(node)
    shift_x, shift_y = [0.0] * len(xs), [0.0] * len(ys)
    centres = [
        (column, row, sum(xs[n] for n in cell) / len(cell), sum(ys[n] for n in cell) / len(cell))
        for (column, row), cell in cells.items()
    ]
    sizes = [len(cell) for cell in cells.values()]
    whole_x, whole_y = [0.0] * len(cells), [0.0] * len(cells)
    for a, (column, row, x, y) in enumerate(centres):
        size = sizes[a]
        sum_x = sum_y = 0.0
        for b in range(a):
            other_column, other_row, other_x, other_y = centres[b]
            if not (-2 < other_column - column < 2 and -2 < other_row - row < 2):
                dx, dy = x - other_x, y - other_y
                push = 1 / (dx * dx + dy * dy)
                sum_x += dx * push * sizes[b]
                sum_y += dy * push * sizes[b]
                whole_x[b] -= dx * push * size
                whole_y[b] -= dy * push * size
        whole_x[a] += sum_x
        whole_y[a] += sum_y
    for number, ((column, row), cell) in enumerate(cells.items()):
        near = [
            node
            for right, down in ((1, -1), (1, 0), (1, 1), (0, 1))
            for node in cells.get((column + right, row + down), ())
        ]
        for place, node in enumerate(cell):
            x, y = xs[node], ys[node]
            sum_x, sum_y = whole_x[number], whole_y[number]
            for other in (*cell[:place], *near):
                dx, dy = x - xs[other], y - ys[other]
                push = 1 / max(dx * dx + dy * dy, 1e-4)
                sum_x += dx * push
                sum_y += dy * push
                shift_x[other] -= dx * push
                shift_y[other] -= dy * push
            shift_x[node] += sum_x
            shift_y[node] += sum_y
    return shift_x, shift_y
