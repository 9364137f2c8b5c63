"""How central an actor is: the measures of networkx, by the names of the field.

Weights say how strong a tie is. Measures that walk along shortest paths take 1/weight as a distance
(T. Opsahl, F. Agneessens and J. Skvoretz, "Node centrality in weighted networks", Social Networks
32(3), 245-251, 2010, with alpha = 1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[str]

#: The edge attribute in which `measure` keeps distances.
_DISTANCE: Final = "distance"


def _degree(graph: Graph, weight: str) -> dict[str, float]:
    return {node: float(degree) for node, degree in graph.degree()}


def _strength(graph: Graph, weight: str) -> dict[str, float]:
    return {node: float(strength) for node, strength in graph.degree(weight=weight)}


def _betweenness(graph: Graph, weight: str) -> dict[str, float]:
    import networkx

    return dict(networkx.betweenness_centrality(graph, weight=_DISTANCE))


def _closeness(graph: Graph, weight: str) -> dict[str, float]:
    import networkx

    return dict(networkx.closeness_centrality(graph, distance=_DISTANCE))


def _eigenvector(graph: Graph, weight: str) -> dict[str, float]:
    import networkx

    return dict(networkx.eigenvector_centrality(graph, max_iter=10_000, weight=weight))


def _pagerank(graph: Graph, weight: str) -> dict[str, float]:
    # networkx.pagerank needs SciPy; this is the same computation in plain Python.
    from networkx.algorithms.link_analysis import pagerank_alg

    pagerank = pagerank_alg._pagerank_python  # type: ignore[attr-defined]
    return dict(pagerank(graph, weight=weight, tol=1e-12, max_iter=1000))


def _constraint(graph: Graph, weight: str) -> dict[str, float]:
    import networkx

    return dict(networkx.constraint(graph, weight=weight))


def _core(graph: Graph, weight: str) -> dict[str, float]:
    import networkx

    return {node: float(core) for node, core in networkx.core_number(graph).items()}


#: Measure by name. All rank the highest first but constraint: little constraint is much brokerage.
MEASURES: Final[dict[str, Callable[[Graph, str], dict[str, float]]]] = {
    "degree": _degree,
    "strength": _strength,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "constraint": _constraint,
    "core": _core,
}


def measure(graph: Graph, name: str, weight: str = "weight") -> dict[str, float]:
    """Compute a measure of every node.

    Args:
        graph: A network, as `passex.network.Network.to_networkx` gives it. It is not changed.
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
    if not graph:
        return {}
    own = graph.copy()
    for _, _, tie in own.edges(data=True):
        tie[_DISTANCE] = 1 / tie[weight]
    return MEASURES[name](own, weight)
