"""Graph of networkx of who trains with whom, to be drawn and exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx

from ..errors import QueryError
from ..graph.store import Store
from ..network.model import Network, attributes, filled
from ..text.wording import barred
from .exportable import Drawn, Exportable, sourced

if TYPE_CHECKING:
    from ..exports.model import Picture, Value

    _Graph = networkx.Graph[str]
else:
    _Graph = networkx.Graph


class TiesGraph(Exportable, _Graph):
    """A networkx.Graph of actors by IRI that can be exported.

    What networkx makes of it, such as ``subgraph``, ``copy`` or a component, is written as it then
    is, with the events and claims behind the ties that are left, and with the attributes that were
    added to nodes and ties. Nodes and ties of one's own are refused: there is no evidence for them.

    Attributes:
        network: The network that it was made of; None for a graph that was made otherwise.
        store: The graph that the network was built from; None in what was pickled.

    Example:
        >>> from passex import load
        >>> graph = load().network(level="state")
        >>> japan = "https://w3id.org/passex/id/japan"
        >>> graph.nodes[japan]["group"] = 1
        >>> graph.subgraph([japan]).export("csv", part="nodes").splitlines()[0][-12:]
        'claims,group'
    """

    network: Network | None = None
    store: Store | None = None

    def drawn(self, whole: bool = False) -> Drawn:
        """What is left of the network, with what was added to it."""
        left = self.left()
        if whole and left is not self.network:
            raise QueryError(
                "pages and briefings show whole networks, and some of this one was taken away",
                "export another format, or give kg.network what it is to begin with",
            )
        nodes, ties = {}, {}
        for node in left.nodes:
            if more := _changed(self.nodes[node.iri], attributes(node)):
                nodes[node.iri] = more
        for tie in left.ties:
            ends = (tie.source.iri, tie.target.iri)
            if more := _changed(self.edges[ends], attributes(tie)):
                ties[min(ends), max(ends)] = more
        return Drawn(left, sourced(self.store), nodes, ties)

    def left(self) -> Network:
        """Give the network of the ties that are still in the graph.

        Raises:
            QueryError: The graph was not made by Passex, or a node or a tie was added to it.
        """
        made = self.network
        if made is None:
            raise QueryError("this graph was not made by Passex", "build it by kg.network")
        nodes = {node.iri: node for node in made.nodes}
        ties = tuple(tie for tie in made.ties if self.has_edge(tie.source.iri, tie.target.iri))
        tied = {node.iri for tie in ties for node in (tie.source, tie.target)}
        alone = tuple(node for iri, node in nodes.items() if iri in self and iri not in tied)
        strange = [node for node in self if node not in nodes]
        if strange or self.number_of_edges() > len(ties):
            what = f"the node {strange[0]}" if strange else "a tie"
            raise QueryError(
                f"{what} was added to the network, and there is no evidence for it",
                "write it with networkx, or take it out",
            )
        unchanged = len(ties) == len(made.ties) and alone == made.alone
        return made if unchanged else replace(made, ties=ties, alone=alone)

    def copy(self, as_view: bool = False) -> TiesGraph:
        """Copy it as networkx does, with what its ties are made of."""
        return self._of(super().copy(as_view))

    def subgraph(self, nodes: str | Iterable[str] | None) -> TiesGraph:
        """Give a view of some nodes as networkx does, with what its ties are made of."""
        return self._of(super().subgraph(nodes))

    def edge_subgraph(self, edges: Iterable[Any]) -> TiesGraph:
        """Give a view of some ties as networkx does, with what they are made of."""
        return self._of(super().edge_subgraph(edges))

    def _of(self, made: Any) -> TiesGraph:
        made.network, made.store = self.network, self.store
        return made  # type: ignore[no-any-return]

    def __getstate__(self) -> dict[str, Any]:
        # A store is on this machine, and not in a file. What is unpickled is networkx's all the
        # same, and says what it lacks when it is written.
        return {**self.__dict__, "store": None}

    def __deepcopy__(self, memo: dict[int, Any]) -> TiesGraph:
        # As a pickle, but with the graph that it was built from, which is not written to.
        from copy import deepcopy

        made = type(self).__new__(type(self))
        memo[id(self)] = made
        made.__dict__.update(deepcopy({**self.__dict__, "store": None}, memo))
        made.store = self.store
        return made

    def _repr_html_(self) -> str | None:
        # What a notebook shows. A graph that is not ours is shown as text.
        from ..exports import sketch
        from . import notebook

        try:
            left = self.left()
        except QueryError:
            return None
        return notebook.network(left, sketch.of(left, self.store))


def of(store: Store, network: Network) -> TiesGraph:
    """Make the graph of a network, as `passex.network.model.Network.to_networkx` describes it."""
    graph = filled(TiesGraph(), network)
    graph.network, graph.store = network, store
    return graph


def of_picture(picture: Picture) -> networkx.Graph[str]:
    """Make the graph of a picture of actors, or of actors and what they take part in.

    Nodes of the latter have ``bipartite``: 0 for actors, 1 for exercises and plans.
    """
    graph: networkx.Graph[str] = networkx.Graph(title=picture.title, notes="\n".join(picture.notes))
    events = {event.iri for event in picture.events} if picture.what == "two-mode" else None
    for vertex in picture.nodes:
        side = {} if events is None else {"bipartite": int(vertex.iri in events)}
        graph.add_node(vertex.iri, **_flat(picture.node(vertex)), iri=vertex.iri, **side)
    for edge in picture.edges:
        graph.add_edge(edge.source, edge.target, **_flat(picture.edge(edge)))
    return graph


def _flat(attributes: Mapping[str, Value]) -> dict[str, Value]:
    """Make a text of each list: networkx's writers have none."""
    return {
        name: barred(value) if isinstance(value, tuple) else value
        for name, value in attributes.items()
    }


def _changed(held: Mapping[str, object], made: Mapping[str, object]) -> dict[str, object]:
    """Find the attributes that a person added, or gave another value than they had."""
    return {
        name: value
        for name, value in held.items()
        if name not in made or not (value is made[name] or value == made[name])
    }
