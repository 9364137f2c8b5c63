"""Who trains with whom as a graph of networkx that can be drawn and written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx

from ..errors import QueryError
from .drawable import Drawable
from .model import Network
from .policy import STATUSES

if TYPE_CHECKING:
    _Graph = networkx.Graph[str]
else:
    _Graph = networkx.Graph


class TiesGraph(Drawable, _Graph):
    """A networkx.Graph of actors by IRI, and a `Drawable`.

    What networkx makes of it, such as ``subgraph``, ``copy`` or a component, is written as it then
    is, with the events and claims behind the ties that are left. Attributes of one's own are not
    written, and ties of one's own are refused: there is no evidence for them.

    Attributes:
        network: The network that it was made of; None for a graph that was made otherwise.

    Example:
        >>> from passex import load
        >>> graph = load().network(level="state")
        >>> graph.subgraph(["https://w3id.org/passex/id/japan"]).to_csv(part="nodes").count("Japan")
        1
    """

    network: Network | None = None

    def _drawn(self, whole: bool = False) -> Network:
        left = self._left()
        if whole and left is not self.network:
            raise QueryError(
                "the page shows whole networks, and some of this one was taken away",
                "export another format, or give kg.network what the page is to begin with",
            )
        return left

    def _left(self) -> Network:
        """The network of the ties that are still in the graph."""
        made = self.network
        if made is None:
            raise QueryError("this graph was not made by Passex", "build it by kg.network")
        known = {node.iri: node for node in made.nodes}
        ties = tuple(tie for tie in made.ties if self.has_edge(tie.source.iri, tie.target.iri))
        tied = {node.iri for tie in ties for node in (tie.source, tie.target)}
        alone = tuple(node for iri, node in known.items() if iri in self and iri not in tied)
        strange = [node for node in self if node not in known]
        if strange or self.number_of_edges() > len(ties):
            what = f"the node {strange[0]}" if strange else "a tie"
            raise QueryError(
                f"{what} was added to the network, and there is no evidence for it",
                "write it with networkx, or take it out",
            )
        return (
            made
            if len(ties) == len(made.ties) and not alone
            else replace(made, ties=ties, alone=alone)
        )

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
        made.network = self.network
        return made  # type: ignore[no-any-return]

    def __getstate__(self) -> dict[str, Any]:
        # A store is on this machine, and not in a file. What is unpickled is networkx's all the
        # same, and says what it lacks when it is written.
        state = self.__dict__.copy()
        if self.network is not None:
            state["network"] = replace(self.network, store=None)
        return state

    def _repr_svg_(self) -> str | None:
        # What a notebook shows of a small network. A graph that is not ours is shown as text.
        try:
            return self._sketch()
        except QueryError:
            return None

    def _repr_html_(self) -> str | None:
        from html import escape

        drawn = self._repr_svg_()
        if drawn is None:
            try:
                return self._left()._repr_html_()
            except QueryError:
                return None
        notes = "".join(f"<p>{escape(note)}</p>\n" for note in self.graph["notes"])
        said = f"<figcaption>{escape(self.graph['policy'])}</figcaption>"
        return f"<figure>\n{drawn}{said}\n</figure>\n{notes}"


def of(network: Network) -> TiesGraph:
    """Make the graph of a network, as `passex.network.model.Network.to_networkx` describes it."""
    graph = TiesGraph(policy=str(network.policy), notes=network.notes)
    graph.network = network
    for node in network.nodes:
        graph.add_node(node.iri, label=node.label, kind=node.kind, iri=node.iri)
    for tie in network.ties:
        happened = [o.happening for o in tie.occasions]
        graph.add_edge(
            tie.source.iri,
            tie.target.iri,
            events=tuple(h.iri for h in happened if not h.planned),
            plans=tuple(h.iri for h in happened if h.planned),
            count=tie.count,
            planned=tie.planned,
            weight=tie.weight,
            planned_weight=tie.planned_weight,
            basis=tie.basis,
            status=tuple(s for s in STATUSES if s in {h.status for h in happened}),
            sources=tuple(source.label for source in tie.sources),
        )
    return graph
