"""Networks together with the graph that they were built from: to be drawn, and to be exported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx

from ..errors import QueryError
from ..graph.store import Store
from ..network.model import Network, attributes, filled
from ..network.policy import MEASURE, WEIGHT

if TYPE_CHECKING:
    from ..exports.html import Briefing
    from ..exports.model import Picture
    from ..exports.triples import Triples

    _Graph = networkx.Graph[str]
else:
    _Graph = networkx.Graph


class _Drawn(NamedTuple):
    """What is drawn: a network, its graph, and what was added to its nodes and ties.

    Attributes:
        network: The network.
        store: The graph that it was built from.
        nodes: Added attributes by the IRI of a node.
        ties: Added attributes by the sorted IRIs of both ends of a tie.
    """

    network: Network
    store: Store
    nodes: Mapping[str, Mapping[str, object]] = {}
    ties: Mapping[tuple[str, str], Mapping[str, object]] = {}


class Exportable:
    """Something that can be written in every format of ``passex export``."""

    __slots__ = ()

    def _drawn(self, whole: bool = False) -> _Drawn:
        """What is drawn; a `whole` network is one of which nothing was taken away."""
        raise NotImplementedError

    def picture(self, measure: str = MEASURE.default, weight: str = WEIGHT.default) -> Picture:
        """Give it as nodes and edges with all that is said of them.

        Args:
            measure: The measure of `passex.network.measures` that sizes show.
            weight: ``newman`` or ``count``: what edges weigh.

        Returns:
            The picture.

        Raises:
            QueryError: The network is without its graph, or a measure or a weight does not exist.
        """
        return _picture(self._drawn(), measure, weight)

    def export(
        self,
        format: str,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
        part: str = "edges",
    ) -> str | bytes:
        """Write it as a file of another program.

        Args:
            format: A format, such as ``gexf``; ``passex export --help`` lists them.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.
            part: Of tables, which are two, ``edges`` or ``nodes``.

        Returns:
            A text; bytes where the format is binary.

        Raises:
            PassexError: There is no such format, measure or weight, the format cannot hold this, or
                it needs what is not installed.

        Example:
            >>> from passex import load
            >>> load().network(level="state").export("csv").splitlines()[0][:37]
            'source,target,source_label,target_lab'
        """
        from .. import exports

        return exports.export(self._source(format, measure, weight), format, part)

    def save(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
    ) -> None:
        """Write it into a file, whole or not at all.

        Args:
            path: The file; its ending tells the format where none is named. Tables are two files,
                as with ``passex export -o``.
            format: A format.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.

        Raises:
            PassexError: As in `export`; or the file cannot be written.
        """
        from pathlib import Path

        from .. import exports
        from ..exports.text import Report

        asked = exports.find(format, Path(path))
        source = self._source(asked.name, measure, weight)
        exports.save(asked, Path(path), asked.pieces(source, Report()))

    def _source(self, form: str, measure: str, weight: str) -> Picture | Briefing | Triples:
        """What a format is made of, by `passex.exports.Format.of`."""
        from .. import exports

        of = exports.find(form).of
        drawn = self._drawn(whole=of == "page")
        if of == "page":
            from ..exports.html import Briefing

            return Briefing(drawn.store, drawn.network.policy, measure, weight)
        picture = _picture(drawn, measure, weight)
        if of == "triples":
            from ..exports import triples

            return triples.behind(drawn.store, picture)
        return picture


@dataclass(frozen=True, slots=True, repr=False)
class SourcedNetwork(Exportable, Network):
    """A network that can be exported.

    Attributes:
        store: The graph that it was built from, for the evidence in what is exported.
    """

    store: Store | None = field(default=None, compare=False)

    def _drawn(self, whole: bool = False) -> _Drawn:
        return _Drawn(self, _sourced(self.store))

    def to_networkx(self) -> TiesGraph:
        """Give the network to networkx as `Network.to_networkx` does, to be exported there."""
        graph = filled(TiesGraph(), self)
        graph.network, graph.store = self, self.store
        return graph


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

    def _drawn(self, whole: bool = False) -> _Drawn:
        left = self._left()
        if whole and left is not self.network:
            raise QueryError(
                "the page shows whole networks, and some of this one was taken away",
                "export another format, or give kg.network what the page is to begin with",
            )
        nodes = {node.iri: _changed(self.nodes[node.iri], attributes(node)) for node in left.nodes}
        ties = {}
        for tie in left.ties:
            ends = (tie.source.iri, tie.target.iri)
            ties[min(ends), max(ends)] = _changed(self.edges[ends], attributes(tie))
        return _Drawn(
            left,
            _sourced(self.store),
            {iri: more for iri, more in nodes.items() if more},
            {ends: more for ends, more in ties.items() if more},
        )

    def _left(self) -> Network:
        """The network of the ties that are still in the graph."""
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
        network = self.network
        if isinstance(network, SourcedNetwork):
            network = replace(network, store=None)
        return {**self.__dict__, "network": network, "store": None}

    def _repr_svg_(self) -> str | None:
        # What a notebook shows of a small network. A graph that is not ours is shown as text.
        from ..exports import sketch

        try:
            picture = self.picture()
        except QueryError:
            return None
        return sketch.svg(picture) if sketch.fits(picture) else None

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


def _picture(drawn: _Drawn, measure: str, weight: str) -> Picture:
    from ..exports import added, build

    picture = build.network(drawn.store, drawn.network, measure, weight)
    return added.extend(picture, drawn.nodes, drawn.ties) if drawn.nodes or drawn.ties else picture


def _sourced(store: Store | None) -> Store:
    if store is None:
        raise QueryError("a network without its graph has no evidence", "build it by kg.ties")
    return store


def _changed(held: Mapping[str, object], made: Mapping[str, object]) -> dict[str, object]:
    """Find the attributes that a person added, or gave another value than they had."""
    return {
        name: value
        for name, value in held.items()
        if name not in made or not (value is made[name] or value == made[name])
    }
