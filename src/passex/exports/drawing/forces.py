"""Forces between the nodes of a network, in time that grows little faster than their number.

Ties pull and nodes push (T. M. J. Fruchterman and E. M. Reingold, "Graph drawing by force-directed
placement", Software: Practice and Experience 21(11), 1129-1164, 1991). Nodes in cells that touch
push each other; from farther cells, a cell is pushed as a whole by their centres. The grid shifts
from round to round, so that its lines leave no trace.
"""

from __future__ import annotations

import math
from random import Random

_SEED = 1571
#: So many nodes are in a cell on average: the fewer, the more cells push each other.
_PER_CELL = 6

Point = tuple[float, float]


def refine(points: list[Point], neighbours: list[dict[int, float]], rounds: int) -> list[Point]:
    """Let the forces move the nodes from where they are, less from round to round.

    `neighbours` has, for each node, the length that the tie with each neighbour should have.

    Example:
        >>> apart = refine([(0.0, 0.0), (0.1, 0.0)], [{1: 1.0}, {0: 1.0}], 50)
        >>> round(abs(apart[1][0] - apart[0][0]), 1)
        1.0
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    # A hub's ties share its pull: else large networks fall in on their hubs.
    pulls = [1 / math.sqrt(max(len(others), 1)) for others in neighbours]
    ties = [
        (node, other, max(pulls[node], pulls[other]) / (length * length * length))
        for node, others in enumerate(neighbours)
        for other, length in others.items()
        if other > node
    ]
    rng = Random(_SEED)
    reach = 1.0
    for number in range(rounds):
        shift_x, shift_y = _pushes(xs, ys, rng)
        for node, other, strength in ties:
            dx, dy = xs[other] - xs[node], ys[other] - ys[node]
            pull = math.sqrt(dx * dx + dy * dy) * strength
            shift_x[node] += dx * pull
            shift_y[node] += dy * pull
            shift_x[other] -= dx * pull
            shift_y[other] -= dy * pull
        limit = reach * (1 - number / rounds) + 0.01
        for node, (dx, dy) in enumerate(zip(shift_x, shift_y, strict=True)):
            far = math.sqrt(dx * dx + dy * dy)
            scale = min(0.5, limit / max(far, 1e-9))
            xs[node] += dx * scale
            ys[node] += dy * scale
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
