"""Projection and measures on a synthetic network: 5000 actors, 100,000 exercises.

Few actors are in most exercises (Zipf's law), most exercises have two parties. The same network
each time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Final

from timing import Result, once, report, timed

if TYPE_CHECKING:
    from passex.network.ties import Ties, TwoMode

_ACTORS: Final = 5_000
_EVENTS: Final = 100_000
#: networkx walks from so many actors where walking from all would take half an hour.
_SOURCES: Final = 25


def synthetic() -> TwoMode:
    """Make the two-mode network.

    Returns:
        It, of the same exercises each time.
    """
    from passex.network.ties import TwoMode

    random = Random(1571)
    events, members = array("q"), array("q")
    for event in range(_EVENTS):
        wanted = 2
        while wanted < 12 and random.random() < 0.4:
            wanted += 1
        group: set[int] = set()
        while len(group) < wanted:
            group.add(min(_ACTORS - 1, int((_ACTORS + 1) ** random.random()) - 1))
        members.extend(sorted(group))
        events.extend([event] * wanted)
    names = tuple(f"actor-{n:04}" for n in range(_ACTORS))
    return TwoMode(tuple(f"event-{n}" for n in range(_EVENTS)), names, events, members, {})


def ours(two: TwoMode) -> Result:
    """Project by Passex.

    Args:
        two: The memberships.

    Returns:
        The time, and the number of ties.
    """
    from passex.network import twomode

    ties = len(twomode.project(two, newman=False))
    return {"ties": ties, "seconds": timed(lambda: twomode.project(two, newman=False))}


def networkx(two: TwoMode) -> Result:
    """Project by networkx; its two-mode graph is made before.

    Args:
        two: The memberships.

    Returns:
        The time, and the number of ties.
    """
    import networkx as nx
    from networkx.algorithms.bipartite import weighted_projected_graph

    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for event, member in zip(two.event_of, two.member_of, strict=True):
        graph.add_edge(("event", event), ("actor", member))
    actors = [node for node in graph if node[0] == "actor"]
    found: list[nx.Graph[tuple[str, int]]] = []
    seconds = once(lambda: found.append(weighted_projected_graph(graph, actors)))
    return {"ties": found[0].number_of_edges(), "seconds": seconds}


def scipy(two: TwoMode) -> Result:
    """Project by SciPy, B·Bᵀ; its matrix is made before.

    Args:
        two: The memberships.

    Returns:
        The time, and the number of ties.
    """
    # By name: a type checker need not have them.
    numpy, sparse = import_module("numpy"), import_module("scipy.sparse")
    incidence = sparse.csr_array(
        (numpy.ones(len(two.event_of), dtype=numpy.int64), (two.member_of, two.event_of)),
        shape=(len(two.members), len(two.events)),
    )
    ties = sparse.triu(incidence @ incidence.T, k=1).nnz
    seconds = timed(lambda: sparse.triu(incidence @ incidence.T, k=1))
    return {"ties": ties, "seconds": seconds}


def _ties() -> Ties:
    from passex.network import twomode

    # Those who are in no exercise are in no network.
    ties = twomode.project(synthetic())
    ends = sorted({*map(int, ties.sources), *map(int, ties.targets)})
    number = {end: place for place, end in enumerate(ends)}
    return type(ties)(
        [ties.nodes[end] for end in ends],
        array("q", [number[int(end)] for end in ties.sources]),
        array("q", [number[int(end)] for end in ties.targets]),
        array("d", [float(strength) for strength in ties.strengths]),
    )


def _measure(name: str, arguments: list[str]) -> Result:
    from passex.network import measures

    ties = _ties()
    measures.compute(ties, "degree")  # imports, which are not timed
    task = partial(measures.compute, ties, name)
    seconds = once(task) if name in ("betweenness", "closeness") else timed(task)
    return {"ties": len(ties), "seconds": seconds}


def _networkx_measure(name: str, arguments: list[str]) -> Result:
    """The same figures by networkx, from a graph that is made before."""
    import networkx as nx

    from passex.network import measures

    ties = _ties()
    graph = ties.graph()
    result = {"ties": float(len(ties))}
    if name == "betweenness":
        sample = partial(nx.betweenness_centrality, graph, k=_SOURCES, weight="distance", seed=1)
        result["seconds"] = once(sample) / _SOURCES * len(graph)
    elif name == "closeness":
        some = list(graph)[:: len(graph) // _SOURCES]

        def walk() -> None:
            for node in some:
                nx.closeness_centrality(graph, u=node, distance="distance")

        result["seconds"] = once(walk) / len(some) * len(graph)
    elif name == "pagerank-default":
        from networkx.algorithms.link_analysis import pagerank_alg

        plain = pagerank_alg._pagerank_python  # type: ignore[attr-defined]
        result["seconds"] = once(partial(plain, graph, weight="weight"))
    elif name == "pagerank-scipy":
        result["seconds"] = once(partial(nx.pagerank, graph, weight="weight"))
    else:
        result["seconds"] = once(partial(measures.by_networkx, graph, name))
    return result


_NAMES: Final = ("pagerank", "betweenness", "closeness", "constraint", "eigenvector", "core")

if __name__ == "__main__":
    tasks: dict[str, Callable[[list[str]], Result]] = {
        "ties": lambda arguments: ours(synthetic()),
        "networkx-ties": lambda arguments: networkx(synthetic()),
        "scipy-ties": lambda arguments: scipy(synthetic()),
    }
    tasks |= {name: partial(_measure, name) for name in _NAMES}
    for name in (*_NAMES, "pagerank-default", "pagerank-scipy"):
        tasks["networkx-" + name] = partial(_networkx_measure, name)
    report(tasks)
