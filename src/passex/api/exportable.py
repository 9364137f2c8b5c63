"""Networks with the graph that they were built from, to be written in the formats of exports."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from ..errors import QueryError
from ..graph.store import Store
from ..network.model import Network
from ..network.policy import MEASURE, WEIGHT
from . import given
from .writing import BinaryFormat, TextFormat, Writers

if TYPE_CHECKING:
    from ..exports.annotations import Quotes
    from ..exports.briefing import Briefing
    from ..exports.model import Picture
    from ..exports.page import ReportPage
    from ..exports.triples import Triples


class Drawn(NamedTuple):
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


class Exportable(Writers):
    """Something that can be written in every format of ``passex export``.

    Example:
        >>> from passex import load
        >>> load().network(level="state").to_csv().splitlines()[0][:13]
        'source,target'
    """

    __slots__ = ()

    def drawn(self, whole: bool = False) -> Drawn:
        """Give what is drawn; a `whole` network is one of which nothing was taken away."""
        raise NotImplementedError

    def picture(self, measure: str = MEASURE.default, weight: str = WEIGHT.default) -> Picture:
        """Give it as nodes and edges with all that is said of them.

        Args:
            measure: The measure of `passex.network.measures` that sizes show.
            weight: ``newman`` or ``count``: what edges weigh.

        Raises:
            QueryError: The network is without its graph, or a measure or a weight does not exist.
        """
        return _picture(self.drawn(), measure, weight)

    @overload
    def export(
        self,
        format: TextFormat,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
        part: str = "edges",
    ) -> str: ...

    @overload
    def export(
        self,
        format: BinaryFormat,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
        part: str = "edges",
    ) -> bytes: ...

    @overload
    def export(
        self,
        format: str,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
        part: str = "edges",
    ) -> str | bytes: ...

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
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.

        Raises:
            PassexError: As in `export`; or the file cannot be written.
        """
        from .. import exports
        from ..exports.columns import Report

        file = given.path(path)
        asked = exports.find(format, file)
        source = self._source(asked.name, measure, weight)
        exports.save(asked, file, asked.pieces(source, Report(), path=file))

    def _source(
        self, form: str, measure: str, weight: str
    ) -> Picture | ReportPage | Briefing | Quotes | Triples:
        """What a format is made of, by `passex.exports.Format.of`."""
        from .. import exports

        of = exports.find(form).of
        drawn = self.drawn(whole=of in ("page", "briefing"))
        if of == "page":
            from ..exports.page import ReportPage

            return ReportPage(drawn.store, drawn.network.policy, measure, weight)
        picture = _picture(drawn, measure, weight)
        if of == "briefing":
            from ..exports.briefing import Briefing

            return Briefing(drawn.store, drawn.network, picture)
        if of == "triples":
            from ..exports import triples

            return triples.of_picture(drawn.store, picture)
        if of == "quotes":
            from ..exports.annotations import Quotes

            return Quotes(drawn.store, picture.iris)
        return picture


@dataclass(frozen=True, slots=True, repr=False)
class SourcedNetwork(Exportable, Network):
    """A network that can be exported.

    Attributes:
        store: The graph that it was built from, for the evidence in what is exported.
    """

    store: Store | None = field(default=None, compare=False)

    def drawn(self, whole: bool = False) -> Drawn:
        """Give itself with its graph."""
        return Drawn(self, sourced(self.store))

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the graph, as `graphs.TiesGraph`.
        return SourcedNetwork, (self.policy, self.ties, self.notes, self.alone)

    def __deepcopy__(self, memo: dict[int, Any]) -> SourcedNetwork:
        return self  # nothing in it can be changed


def sourced(store: Store | None) -> Store:
    """Give the graph of a network; refuse one that has lost it."""
    if store is None:
        raise QueryError("a network without its graph has no evidence", "build it by kg.ties")
    return store


def _picture(drawn: Drawn, measure: str, weight: str) -> Picture:
    from ..exports import added, build

    picture = build.network(drawn.store, drawn.network, measure, weight)
    return added.extend(picture, drawn.nodes, drawn.ties) if drawn.nodes or drawn.ties else picture
