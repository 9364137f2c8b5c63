"""Measures of how central an actor is: those of networkx, by the names of the field.

networkx is the reference and always works. Networks of `MANY` ties and more are handed to SciPy
where it is installed (the extra ``fast``): `compiled` gives the same figures to 1e-9.

Weights say how strong a tie is. Measures that walk along shortest paths take 1/weight as a distance
(T. Opsahl, F. Agneessens and J. Skvoretz, "Node centrality in weighted networks", Social Networks
32(3), 245-251, 2010, with alpha = 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from importlib.util import find_spec
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from ..errors import QueryError
from .policy import MEASURE, WEIGHT
from .ties import Ties, dominant

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[str]

#: From this many ties on SciPy computes, if it is there: below it, importing it takes longer than
#: it saves on most measures.
MANY: Final = 10_000

#: What is a number of actors, or a core's.
WHOLE: Final = ("degree", "core")


def _eigenvector(graph: Graph) -> dict[str, float]:
    """Compute a component at a time: one alone has its leading eigenvector to itself."""
    import networkx

    def leading(part: set[str]) -> tuple[float, dict[str, float]]:
        own = graph.subgraph(part)
        # Nearly to the last digit: networkx stops at 1e-6 a node.
        x = networkx.eigenvector_centrality(own, max_iter=1_000_000, tol=1e-14, weight="weight")
        value = sum(2 * x[a] * x[b] * tie["weight"] for a, b, tie in own.edges(data=True))
        return value / sum(part * part for part in x.values()), dict(x)

    strengths = dict(graph.degree(weight="weight"))
    parts = list(networkx.connected_components(graph))
    whole = dict.fromkeys(graph, 0.0)
    for _, vector in dominant(parts, lambda part: max(strengths[n] for n in part), leading):
        share = sum(vector.values())
        whole.update((node, x * share) for node, x in vector.items())
    length = sum(x * x for x in whole.values()) ** 0.5
    return {node: x / length for node, x in whole.items()}


def by_networkx(graph: Graph, name: str) -> dict[str, float]:
    """Compute one of the `policy.MEASURES` of a graph that has ``weight`` and ``distance``."""
    import networkx

    # networkx.pagerank needs SciPy; this is the same computation in plain Python.
    from networkx.algorithms.link_analysis import pagerank_alg

    pagerank = pagerank_alg._pagerank_python  # type: ignore[attr-defined]
    measures: dict[str, Callable[[], Any]] = {
        "degree": lambda: graph.degree,
        "strength": lambda: graph.degree(weight="weight"),
        "betweenness": lambda: networkx.betweenness_centrality(graph, weight="distance"),
        "closeness": lambda: networkx.closeness_centrality(graph, distance="distance"),
        "eigenvector": lambda: _eigenvector(graph),
        "pagerank": lambda: pagerank(graph, weight="weight", tol=1e-15, max_iter=1000),
        "constraint": lambda: networkx.constraint(graph, weight="weight"),
        "core": lambda: networkx.core_number(graph),
    }
    return {node: float(value) for node, value in dict(measures[name]()).items()}


def _sums(ties: Ties, shares: Iterable[float]) -> dict[str, float]:
    sums = [0.0] * len(ties.nodes)
    # The shortest says how many there are: the ones that count ties have no end.
    for a, b, share in zip(ties.sources, ties.targets, shares, strict=False):
        sums[a] += share
        sums[b] += share
    return dict(zip(ties.nodes, sums, strict=True))


def _betweenness(ties: Ties) -> dict[str, float]:
    """Compute what networkx does, step by step (U. Brandes, J. Math. Sociology 25(2), 2001)."""
    size = len(ties.nodes)
    near: list[list[tuple[int, float]]] = [[] for _ in ties.nodes]
    for a, b, strength in zip(ties.sources, ties.targets, ties.strengths, strict=True):
        distance = 1 / strength if strength else float("inf")
        near[a].append((b, distance))
        near[b].append((a, distance))
    between = [0.0] * size
    for source in range(size):
        paths, before = [0.0] * size, [list[int]() for _ in ties.nodes]
        paths[source] = 1.0
        seen, done = {source: 0.0}, dict[int, None]()
        queue = [(0.0, source)]
        while queue:
            far, at = heappop(queue)
            if at in done:
                continue
            done[at] = None
            for to, distance in near[at]:
                there = far + distance
                if to not in done and there < seen.get(to, float("inf")):
                    seen[to], paths[to], before[to] = there, 0.0, []
                    heappush(queue, (there, to))
                if to not in done and there == seen.get(to):
                    paths[to] += paths[at]
                    before[to].append(at)
        shares = [0.0] * size
        for at in reversed(done):
            for back in before[at]:
                shares[back] += paths[back] / paths[at] * (1 + shares[at])
            between[at] += shares[at] if at != source else 0.0
    scale = (size - 1) * (size - 2) or 1
    return {node: total / scale for node, total in zip(ties.nodes, between, strict=True)}


#: What takes no graph of networkx. Making one, and networkx itself, takes longer than these do:
#: for the figures of a small network, and for many networks one after the other.
PLAIN: Final[dict[str, Callable[[Ties], dict[str, float]]]] = {
    "degree": lambda ties: _sums(ties, repeat(1.0)),
    "strength": lambda ties: _sums(ties, ties.strengths),
    "betweenness": _betweenness,
}


def check(measure: str = MEASURE.default, weight: str = WEIGHT.default) -> None:
    """Refuse a measure or a weight that does not exist, before anything is counted by it.

    Raises:
        QueryError: There is none of that name.
    """
    for option, name in ((MEASURE, measure), (WEIGHT, weight)):
        if name not in option.choices:
            choices = ", ".join(option.choices)
            raise QueryError(f"'{name}' is no {option.name}", f"use one of {choices}")


def measure(graph: Graph, name: str, weight: str = "weight") -> dict[str, float]:
    """Compute a measure of every node.

    Args:
        graph: A network, as `passex.network.model.Network.to_networkx` gives it. It is not changed.
        name: ``degree``, ``strength``, ``betweenness``, ``closeness``, ``eigenvector``,
            ``pagerank``, ``constraint`` (R. S. Burt, Structural Holes, 1992) or ``core``.
        weight: The edge attribute that says how strong a tie is: ``weight`` (Newman's) or
            ``count``. Degree and core do not look at it.

    Returns:
        The measure by node; empty for an empty network.

    Example:
        >>> from passex import load
        >>> graph = load().network(level="state")
        >>> measure(graph, "strength")["https://w3id.org/passex/id/japan"]
        2.0
    """
    places = {node: place for place, node in enumerate(graph)}
    ends = [(places[a], places[b], tie[weight]) for a, b, tie in graph.edges(data=True)]
    sources, targets, strengths = zip(*ends, strict=True) if ends else ((), (), ())
    return compute(Ties(tuple(places), sources, targets, strengths), name)


def compute(ties: Ties, name: str, by: str | None = None) -> dict[str, float]:
    """Compute a measure of every node of a network of numbers.

    ``by`` is ``networkx`` or ``scipy``; without it, what `engine` says, and for what is `PLAIN`
    and not SciPy's neither.

    Example:
        >>> compute(Ties(["a", "b", "c"], [0, 1], [1, 2], [4.0, 1.0]), "betweenness")
        {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    if not ties.nodes:
        return {}
    if (by or engine(ties)) == "scipy":
        from . import compiled

        return compiled.compute(ties, name)
    if by is None and name in PLAIN:
        return PLAIN[name](ties)
    return by_networkx(ties.graph(), name)


def engine(ties: Ties) -> str:
    """Say what computes: ``scipy`` for `MANY` ties where it is installed, else ``networkx``."""
    return "scipy" if len(ties) >= MANY and find_spec("scipy") else "networkx"


def key(name: str, score: float) -> float:
    """Give what sorts the most central first; scores that differ by rounding alone are the same."""
    return round(score if name == "constraint" else -score, 9)


def steps(ties: Ties, name: str) -> int:
    """Tell about how many steps a measure takes: a number that grows as the time does."""
    each = len(ties.nodes) if name in ("betweenness", "closeness", "constraint") else 1
    return each * len(ties)
