"""Methods that write a network in one format each: ``to_gexf``, ``to_html`` and so on."""

from __future__ import annotations

import os
from typing import Any, Final, Generic, Literal, Protocol, TypeAlias, TypeVar, overload

from ..errors import QueryError
from ..network.policy import MEASURE, WEIGHT

#: The formats that are texts, and those that are bytes.
TextFormat: TypeAlias = Literal[
    "gexf", "graphml", "cyjs", "cx2", "nodelink", "dot", "svg", "mermaid", "csv", "tsv", "gephi",
    "neo4j", "geojson", "kml", "html", "md", "jsonld", "annotations", "turtle", "trig", "nquads",
    "ntriples", "rdfxml", "yed",
]  # fmt: skip
BinaryFormat: TypeAlias = Literal["png", "pdf", "parquet", "docx", "rdfparquet"]

Written = TypeVar("Written", str, bytes)
#: What somebody may mean by the first argument, who thinks of `Exportable.export`.
_NO_PATHS: Final = (*MEASURE.choices, *WEIGHT.choices)


class _Exporting(Protocol):
    def export(self, format: str, measure: str, weight: str, part: str) -> Any: ...

    def save(
        self, path: str | os.PathLike[str], format: str, measure: str, weight: str
    ) -> None: ...


class Writer(Generic[Written]):
    """A method that writes its network in a format.

    Args:
        network: The network.
        form: The name of the format.
    """

    def __init__(self, network: _Exporting, form: str) -> None:
        self._network = network
        self._form = form

    def __repr__(self) -> str:
        return f"<method to_{self._form}>"

    def __call__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
        part: str = "edges",
    ) -> Written:
        """Write the network.

        Args:
            path: The file to write, whole or not at all; tables are two files, as with ``passex
                export -o``. Without one, nothing is written.
            measure: The measure that sizes show.
            weight: ``newman`` or ``count``.
            part: Of tables, which are two, ``edges`` or ``nodes``: which is returned.

        Returns:
            The text; bytes where the format is binary.

        Raises:
            PassexError: There is no such measure or weight, the format cannot hold the network, or
                the file cannot be written.
        """
        if path in _NO_PATHS:
            raise QueryError(f"'{path}' is no file", "give measure=… or weight=… by its name")
        written: Written = self._network.export(self._form, measure, weight, part)
        if path is not None:
            self._network.save(path, self._form, measure, weight)
        return written


class As(Generic[Written]):
    """A `Writer` as a method of a class."""

    def __init__(self, form: str) -> None:
        self._form = form

    @overload
    def __get__(self, network: None, owner: type) -> As[Written]: ...

    @overload
    def __get__(self, network: _Exporting, owner: type) -> Writer[Written]: ...

    def __get__(self, network: _Exporting | None, owner: type) -> As[Written] | Writer[Written]:
        return self if network is None else Writer(network, self._form)


class Writers:
    """A method for each format; `Writer` says how it is called."""

    __slots__ = ()

    to_gexf = As[str]("gexf")
    to_graphml = As[str]("graphml")
    to_yed = As[str]("yed")
    to_cyjs = As[str]("cyjs")
    to_cx2 = As[str]("cx2")
    to_nodelink = As[str]("nodelink")
    to_dot = As[str]("dot")
    to_svg = As[str]("svg")
    to_png = As[bytes]("png")
    to_pdf = As[bytes]("pdf")
    to_mermaid = As[str]("mermaid")
    to_csv = As[str]("csv")
    to_tsv = As[str]("tsv")
    to_gephi = As[str]("gephi")
    to_neo4j = As[str]("neo4j")
    to_parquet = As[bytes]("parquet")
    to_geojson = As[str]("geojson")
    to_kml = As[str]("kml")
    to_html = As[str]("html")
    to_md = As[str]("md")
    to_docx = As[bytes]("docx")
    to_jsonld = As[str]("jsonld")
    to_annotations = As[str]("annotations")
    to_turtle = As[str]("turtle")
    to_trig = As[str]("trig")
    to_nquads = As[str]("nquads")
    to_ntriples = As[str]("ntriples")
    to_rdfxml = As[str]("rdfxml")
    to_rdfparquet = As[bytes]("rdfparquet")
