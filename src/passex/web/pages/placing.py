"""Where the nodes of a network stand in a picture.

The layout is force-directed (Fruchterman and Reingold 1991, Software: Practice and Experience
21(11), 1129-1164), started from a circle and without chance, so that the same network gives the
same bytes. It compares all pairs of nodes: for networks of up to some hundreds of them.
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

STEPS = 400


def layout(graph: nx.Graph[str]) -> dict[str, complex]:
    """Place the nodes of a network in the plane.

    Args:
        graph: A network.

    Returns:
        For each node its place, with both coordinates from 0 to 1.

    Example:
        >>> import networkx as nx
        >>> sorted(layout(nx.path_graph(["a", "b", "c"])))
        ['a', 'b', 'c']
    """
    nodes = sorted(graph)
    count = len(nodes)
    places = {
        node: cmath.rect(1, math.tau * index / max(count, 1)) for index, node in enumerate(nodes)
    }
    ideal = 1 / math.sqrt(max(count, 1))
    for step in range(STEPS):
        shift = dict.fromkeys(nodes, 0j)
        for index, a in enumerate(nodes):
            for b in nodes[index + 1 :]:
                apart = places[a] - places[b]
                push = ideal**2 / max(abs(apart), 1e-6) ** 2 * apart
                shift[a] += push
                shift[b] -= push
        for a, b in graph.edges:
            apart = places[a] - places[b]
            pull = abs(apart) / ideal * apart
            shift[a] -= pull
            shift[b] += pull
        reach = 0.1 * (1 - step / STEPS)
        for node, move in shift.items():
            places[node] += move * min(1, reach / max(abs(move), 1e-9))
    return _fitted(places)


def _fitted(places: dict[str, complex]) -> dict[str, complex]:
    """Stretch places to the unit square; a line or a point keeps to its middle."""

    def scaled(values: dict[str, float]) -> dict[str, float]:
        low, high = min(values.values(), default=0), max(values.values(), default=0)
        if high - low < 1e-6:
            return dict.fromkeys(values, 0.5)
        return {node: (value - low) / (high - low) for node, value in values.items()}

    x = scaled({node: place.real for node, place in places.items()})
    y = scaled({node: place.imag for node, place in places.items()})
    return {node: complex(x[node], y[node]) for node in places}
