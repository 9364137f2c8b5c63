"""The merge of the graphs that a query names by several FROM.

The engine goes through one after the other, so that what two of them have would count twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ..graph.store import Graph

_SHARED: Final = """ASK {
    GRAPH ?one { ?s ?p ?o } GRAPH ?other { ?s ?p ?o } FILTER(STR(?one) < STR(?other))
}"""


def merged(
    engine: ox.Store, default: Sequence[Graph], named: Sequence[Graph]
) -> tuple[ox.Store, ox.DefaultGraph | list[Graph]]:
    """Give a store and what is the default graph there: the merge of some graphs.

    Args:
        default: The graphs to be merged.
        named: The named graphs that are looked at beside them.

    Returns:
        A copy where two of the graphs share a triple; else the store itself.

    Example:
        >>> one, other, node = (ox.NamedNode(f"urn:{name}") for name in "abn")
        >>> store = ox.Store()
        >>> store.extend(ox.Quad(node, node, node, graph) for graph in (one, other))
        >>> len(merged(store, [one, other], [one])[0])
        2
    """
    graphs = list(dict.fromkeys(default))
    own = [graph for graph in graphs if not isinstance(graph, ox.DefaultGraph)]
    if len(own) < 2 or not engine.query(_SHARED, named_graphs=own):
        return engine, graphs
    copy = ox.Store()
    for graph in graphs:
        found = engine.quads_for_pattern(None, None, None, graph)
        copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
    for graph in dict.fromkeys(named):
        copy.bulk_extend(engine.quads_for_pattern(None, None, None, graph))
    return copy, ox.DefaultGraph()
