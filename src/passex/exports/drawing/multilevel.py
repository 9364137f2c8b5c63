"""Places by forces: coarsened, laid out small, and refined by forces while it grows again.

Y. Hu, "Efficient, high-quality force-directed graph drawing", The Mathematica Journal 10(1), 37-71,
2005. A tie pulls by its association strength, its weight over the root of the product of what its
ends have in all, so that the ties of the great do not pull everything into one heap (N. J. van Eck
and L. Waltman, "How to normalize cooccurrence data?", JASIST 60(8), 1635-1651, 2009, call it the
cosine); and one between two groups pulls less than one within.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from .forces import AREA, Links, Point, Pull, refine

_SEED: Final = 1571
#: From so few nodes on they are laid out at once.
_FEW: Final = 60
_PULL: Final = 0.15  # how strongly a tie within a group pulls on average
_ACROSS: Final = 0.15  # the share of that with which a tie between two groups pulls


def by_forces(links: Links, groups: Sequence[int]) -> list[Point]:
    """Place the nodes of a connected network; each has the room of `forces.AREA`.

    Args:
        links: The weights of ties, by node and neighbour.
        groups: The group of each node.

    Example:
        >>> by_forces([{1: 1.0}, {0: 1.0}], [0, 0]) == by_forces([{1: 5.0}, {0: 5.0}], [0, 0])
        True
    """
    rng, side = Random(_SEED), math.sqrt(len(links) * AREA)
    parent, coarse, wider = _coarsen(links, groups)
    # Where merging stops to pay, forces alone have to do.
    if len(links) <= _FEW or len(coarse) > 0.9 * len(links):
        start = [(rng.random() * side - side / 2, rng.random() * side - side / 2) for _ in links]
        return refine(start, _pulls(links, groups), 300 if len(links) <= _FEW else 100)
    wide = by_forces(coarse, wider)
    grown = math.sqrt(len(links) / len(coarse))
    start = [
        (wide[p][0] * grown + rng.random() - 0.5, wide[p][1] * grown + rng.random() - 0.5)
        for p in parent
    ]
    return refine(start, _pulls(links, groups), 60 if len(links) <= 1000 else 30)


def _pulls(links: Links, groups: Sequence[int]) -> list[Pull]:
    """Say how strongly each tie pulls."""
    total = [sum(own.values()) for own in links]
    pulls = [
        (a, b, weight / math.sqrt(total[a] * total[b]))
        for a, own in enumerate(links)
        for b, weight in own.items()
        if a < b
    ]
    usual = _PULL * len(pulls) / sum(strength for *_, strength in pulls)
    return [
        (a, b, strength * usual * (1 if groups[a] == groups[b] else _ACROSS))
        for a, b, strength in pulls
    ]


def _coarsen(links: Links, groups: Sequence[int]) -> tuple[list[int], Links, list[int]]:
    """Merge neighbours, those with few ties first; who is left over joins a neighbour.

    Each merges with one of its own group, if it can, by its strongest tie.
    """

    def best(node: int, others: Iterable[int]) -> int:
        return min(
            others,
            key=lambda other: (
                groups[other] != groups[node],
                -links[node][other] / math.sqrt(len(links[other])),
                other,
            ),
        )

    parent = [-1] * len(links)
    merged = 0
    order = sorted(range(len(links)), key=lambda node: (len(links[node]), node))
    for node in order:
        if parent[node] < 0:
            free = [other for other in links[node] if parent[other] < 0]
            if free:
                parent[node] = parent[best(node, free)] = merged
                merged += 1
    for node in order:
        if parent[node] < 0:
            parent[node] = parent[best(node, links[node])]
    beside: Links = [{} for _ in range(merged)]
    wider = [0] * merged
    for node, own in enumerate(links):
        at = parent[node]
        wider[at] = groups[node]
        for other, weight in own.items():
            if parent[other] != at:
                beside[at][parent[other]] = beside[at].get(parent[other], 0.0) + weight
    return parent, beside, wider
