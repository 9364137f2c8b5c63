"""The measures of `measures` by NumPy and SciPy, for networks of tens of thousands of ties.

The figures are those of networkx, to 1e-9, and so are the conventions: what counts as a shortest
path is what networkx takes for one, to the last bit of its floating-point sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph, linalg

from .ties import Ties, TwoMode, dominant

#: Neither library says enough of its types to tell one array from another.
Array: TypeAlias = Any

#: So many sources are worked on at once: memory grows with it, time hardly falls any more.
_AT_ONCE: Final = 64
#: From so many actors up, a leading eigenvector is found by iteration and not by a dense solver.
_DENSE: Final = 400


def compute(ties: Ties, name: str) -> dict[str, float]:
    """Compute one of the `policy.MEASURES` of every node."""
    ends = np.asarray(ties.sources, dtype=np.int64), np.asarray(ties.targets, dtype=np.int64)
    strengths = np.asarray(ties.strengths, dtype=float)
    values = _MEASURES[name](len(ties.nodes), *ends, strengths)
    return dict(zip(ties.nodes, values.astype(float).tolist(), strict=True))


def project(two: TwoMode, newman: bool) -> Ties:
    """Project a two-mode network: its matrix of actors by exercises, times its transpose."""
    events = np.frombuffer(two.event_of, dtype=np.int64)
    members = np.frombuffer(two.member_of, dtype=np.int64)
    sizes = np.bincount(events, minlength=len(two.events))
    # Where members share a party, pairs are made one by one below.
    sizes[list(two.shared)] = 0
    alone = sizes[events] > 1
    events, members = events[alone], members[alone]
    shape = (len(two.members), len(two.events))
    incidence = sparse.csr_array((np.ones(len(events)), (members, events)), shape=shape)
    shares = (1 / (sizes[events] - 1)) if newman else np.ones(len(events))
    by_event = sparse.csr_array((shares, (events, members)), shape=shape[::-1])
    ties = sparse.triu(incidence @ by_event, k=1).tocsr()
    added = [
        (a, b, 1 / (parties - 1) if newman else 1.0)
        for event in two.shared
        for (a, b), parties in two.pairs(event, []).items()
    ]
    if added:
        a, b, values = zip(*added, strict=True)
        ties += sparse.csr_array((values, (a, b)), shape=ties.shape)
    ties.sort_indices()
    ends = ties.tocoo()
    return Ties(two.members, ends.coords[0], ends.coords[1], ends.data)


def _matrix(size: int, a: Array, b: Array, values: Array) -> Array:
    ends = np.concatenate((a, b)), np.concatenate((b, a))
    return sparse.csr_array((np.concatenate((values, values)), ends), shape=(size, size))


def _degree(size: int, a: Array, b: Array, strengths: Array) -> Array:
    return np.bincount(np.concatenate((a, b)), minlength=size)


def _strength(size: int, a: Array, b: Array, strengths: Array) -> Array:
    return np.bincount(np.concatenate((a, b)), np.concatenate((strengths, strengths)), size)


def _core(size: int, a: Array, b: Array, strengths: Array) -> Array:
    """Peel the network: k grows only when nobody with k ties or fewer is left."""
    matrix = _matrix(size, a, b, np.ones(len(a)))
    degrees = matrix.sum(axis=1)
    cores = np.zeros(size)
    left = np.ones(size, dtype=bool)
    k = 0.0
    while left.any():
        k = max(k, degrees[left].min())
        gone = left & (degrees <= k)
        cores[gone] = k
        left &= ~gone
        degrees = degrees - matrix @ gone
    return cores


def _constraint(size: int, a: Array, b: Array, strengths: Array) -> Array:
    matrix = _matrix(size, a, b, strengths)
    totals = matrix.sum(axis=1)
    shares = sparse.diags_array(1 / np.where(totals, totals, 1)).tocsr() @ matrix
    # 1 where there is a tie, whatever its strength.
    tied = _matrix(size, a, b, np.ones(len(a)))
    constraint = np.empty(size)
    for rows in _blocks(size):
        # A share of an actor's ties by way of a third, kept only where the two are tied.
        spent = shares[rows] + (shares[rows] @ shares) * tied[rows]
        constraint[rows] = (spent**2).sum(axis=1)
    constraint[totals == 0] = np.nan
    return constraint


def _pagerank(size: int, a: Array, b: Array, strengths: Array) -> Array:
    matrix = _matrix(size, a, b, strengths)
    totals = matrix.sum(axis=1)
    idle = totals == 0
    flow = matrix @ sparse.diags_array(1 / np.where(idle, 1, totals)).tocsr()
    ranks = np.full(size, 1 / size)
    while True:
        after = 0.85 * (flow @ ranks + ranks[idle].sum() / size) + 0.15 / size
        change = np.abs(after - ranks).sum()
        ranks = after
        # What is left to change is at most 0.85/0.15 of the last change.
        if change < 1e-12:
            return ranks


def _eigenvector(size: int, a: Array, b: Array, strengths: Array) -> Array:
    matrix = _matrix(size, a, b, strengths)
    count, label = csgraph.connected_components(matrix, directed=False)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1])
    bounds = matrix.sum(axis=1)

    def leading(part: Array) -> tuple[float, Array]:
        own = matrix[part][:, part]
        if len(part) < _DENSE:
            values, vectors = np.linalg.eigh(own.toarray())
            return float(values[-1]), np.abs(vectors[:, -1])
        values, vectors = linalg.eigsh(own, k=1, which="LA", v0=np.ones(len(part)), tol=0)
        return float(values[0]), np.abs(vectors[:, 0])

    whole = np.zeros(size)
    for part, vector in dominant(parts, lambda part: float(bounds[part].max()), leading):
        whole[part] = vector * vector.sum()
    return whole / np.linalg.norm(whole)


def _closeness(size: int, a: Array, b: Array, strengths: Array) -> Array:
    closeness = np.zeros(size)
    for rows, distances in _distances(size, *_shortest(size, a, b, 1 / strengths)):
        reached = np.isfinite(distances)
        others = reached.sum(axis=1) - 1
        total = np.where(reached, distances, 0).sum(axis=1)
        # Within its component, scaled by how much of the network that is (Wasserman and Faust).
        near = others / np.where(total, total, 1)
        closeness[rows] = near * others / max(size - 1, 1)
    return closeness


def _betweenness(size: int, a: Array, b: Array, strengths: Array) -> Array:
    """Brandes' algorithm (J. Math. Sociology 25(2), 163-177, 2001), many sources at once.

    The arcs of all shortest paths from one source have no cycle: counting paths along them, and
    summing dependencies against them, ends after as many steps as the longest path has.
    """
    through = np.zeros(size)
    a, b, lengths = _shortest(size, a, b, 1 / strengths)
    tails, heads = np.concatenate((a, b)), np.concatenate((b, a))
    lengths = np.concatenate((lengths, lengths))
    for rows, distances in _distances(size, a, b, lengths[: len(a)]):
        before = distances[:, tails]
        on_path = (before + lengths == distances[:, heads]) & np.isfinite(before)
        source, arc = np.nonzero(on_path)
        # Each source has nodes of its own, numbered one source after the other.
        tail, head = source * size + tails[arc], source * size + heads[arc]
        shape = (distances.size, distances.size)
        onwards = sparse.csr_array((np.ones(len(arc)), (head, tail)), shape=shape)
        start = np.zeros(distances.size)
        starts = np.arange(len(distances)) * size + np.arange(size)[rows]
        start[starts] = 1
        paths = _sum(onwards, start)
        share = sparse.csr_array((paths[tail] / paths[head], (tail, head)), shape=shape)
        passed = _sum(share, share @ np.ones(distances.size))
        passed[starts] = 0
        through += passed.reshape(distances.shape).sum(axis=0)
    return through / ((size - 1) * (size - 2)) if size > 2 else through


def _sum(step: Array, start: Array) -> Array:
    """Sum ``start``, ``step @ start``, ``step @ step @ start``, … until nothing is left."""
    total = start.copy()
    while start.any():
        start = step @ start
        total += start
    return total


def _shortest(size: int, a: Array, b: Array, lengths: Array) -> tuple[Array, Array, Array]:
    """Leave out ties that are on no shortest path, because some hub is a surer way.

    In a network with hubs these are most of the ties. Those within rounding error are kept.
    """
    keep = np.ones(len(a), dtype=bool)
    hubs = np.argsort(-_degree(size, a, b, lengths), kind="stable")[:_AT_ONCE]
    for reach in csgraph.dijkstra(_matrix(size, a, b, lengths), indices=hubs):
        keep &= lengths <= (reach[a] + reach[b]) * (1 + 1e-9)
    return a[keep], b[keep], lengths[keep]


def _distances(size: int, a: Array, b: Array, lengths: Array) -> Iterator[tuple[slice, Array]]:
    matrix = _matrix(size, a, b, lengths)
    for rows in _blocks(size):
        yield rows, csgraph.dijkstra(matrix, indices=np.arange(size)[rows])


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, start + _AT_ONCE) for start in range(0, size, _AT_ONCE))


_MEASURES: Final[dict[str, Callable[[int, Array, Array, Array], Array]]] = {
    "degree": _degree,
    "strength": _strength,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "constraint": _constraint,
    "core": _core,
}
