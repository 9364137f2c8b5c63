"""Files that other programs open: a function a format, and the registry of them.

What writes a format of pictures takes a `model.Picture`, and a `columns.Report` that counts what
the format could not hold as it is; what writes RDF takes `triples.Triples`. Both give the file
piece by piece; for a pair of tables, they give two such files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import OutputError, QueryError

if TYPE_CHECKING:
    from .annotations import Quotes
    from .briefing import Briefing
    from .columns import Report
    from .model import Picture
    from .page import ReportPage
    from .triples import Triples


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: Its name on the command line.
        title: Its name among people.
        endings: The endings of its files, the usual one first; an ending alone tells the first
            format that has it.
        writer: The function that writes it, as ``module.function`` in this package.
        of: ``picture``, ``map``, ``page``, ``briefing``, ``quotes`` or ``triples``: what it is made
            of.
        binary: Whether it is bytes that no terminal should get.
        pair: Whether it is two files: nodes, and edges.
        beside: The function that writes it with a picture in a second file, ``module.function``;
            on standard output it has none. Empty for most.
        dates: What becomes of the date ranges of nodes and edges: ``kept``, ``text``, ``days``
            (the first and the last of all), or ``none`` where they are not shown.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    writer: str
    of: str = "picture"
    binary: bool = False
    pair: bool = False
    beside: str = ""
    dates: str = "none"

    def files(self, path: Path) -> list[Path]:
        """List the files that it is, by the name of the one that is asked for.

        Example:
            >>> [file.name for file in FORMATS["csv"].files(Path("ties.csv"))]
            ['ties-nodes.csv', 'ties-edges.csv']
        """
        ending = path.suffix if path.suffix.lower() in self.endings else ""
        stem = path.name[: len(path.name) - len(ending)]
        if self.pair:
            return [path.with_name(f"{stem}-{part}{ending or self.endings[0]}") for part in PARTS]
        return [path, path.with_name(f"{stem}.svg")] if self.beside else [path]

    def pieces(
        self, source: Any, report: Report, scale: float | None = None, path: Path | None = None
    ) -> Any:
        """Write a picture, triples or a page in the format: piece by piece.

        Args:
            scale: Of PNG, how many pixels a pixel of the drawing becomes.
            path: The file that it goes into; None where it is to be one text.

        Returns:
            The pieces; of each of its `files`, where these are two.

        Raises:
            PassexError: The format cannot hold it, or needs what is not installed.
        """
        from importlib import import_module

        beside = path is not None and self.beside
        module, _, name = (beside or self.writer).rpartition(".")
        function = getattr(import_module(f".{module}", __name__), name)
        if self.of in ("page", "quotes", "triples"):
            return function(source)
        if self.of == "briefing":
            shown = [self.files(path)[1].name] if path is not None and self.beside else []
            return function(source, report, *shown)
        report.spells(source, self.dates)
        if scale is not None and self.name == "png":
            return function(source, report, scale)
        return function(source, report)


_ALL: Final = (
    Format("gexf", "GEXF", (".gexf",), "xml_graphs.gexf", dates="kept"),
    Format("graphml", "GraphML", (".graphml",), "xml_graphs.graphml", dates="text"),
    Format("yed", "yEd GraphML", (".graphml",), "yed.write", dates="text"),
    Format("cyjs", "Cytoscape JSON", (".cyjs",), "json_graphs.cytoscape", dates="text"),
    Format("cx2", "CX2", (".cx2",), "cx2.write", dates="text"),
    Format("nodelink", "Node-link JSON", (".json",), "json_graphs.nodelink", dates="text"),
    Format("dot", "DOT", (".dot", ".gv"), "diagrams.dot", dates="text"),
    Format("svg", "SVG", (".svg",), "pictures.svg"),
    Format("png", "PNG", (".png",), "pictures.png", binary=True),
    Format("pdf", "PDF", (".pdf",), "pictures.pdf", binary=True),
    Format("mermaid", "Mermaid", (".mmd", ".mermaid"), "diagrams.mermaid"),
    Format("csv", "CSV", (".csv",), "tables.commas", pair=True, dates="text"),
    Format("tsv", "TSV", (".tsv",), "tables.tabs", pair=True, dates="text"),
    Format("gephi", "Gephi CSV", (".csv",), "tables.gephi", pair=True, dates="text"),
    Format("neo4j", "Neo4j CSV", (".csv",), "tables.neo4j", pair=True, dates="days"),
    Format(
        *("parquet", "Parquet", (".parquet",), "tables.parquet"),
        binary=True,
        pair=True,
        dates="days",
    ),
    Format("geojson", "GeoJSON", (".geojson",), "geo.geojson", "map"),
    Format("kml", "KML", (".kml",), "geo.kml", "map"),
    Format("html", "HTML", (".html", ".htm"), "page.write", "page"),
    Format(
        *("md", "Markdown", (".md",), "briefing.markdown.write", "briefing"),
        beside="briefing.markdown.beside",
    ),
    Format("docx", "DOCX", (".docx",), "briefing.word.write", "briefing", binary=True),
    Format("jsonld", "JSON-LD", (".jsonld",), "jsonld.write", "triples"),
    Format("annotations", "Web Annotation", (".jsonld",), "annotations.write", "quotes"),
    Format("turtle", "Turtle", (".ttl",), "rdf.turtle", "triples"),
    Format("trig", "TriG", (".trig",), "rdf.trig", "triples"),
    Format("nquads", "N-Quads", (".nq",), "rdf.nquads", "triples"),
    Format("ntriples", "N-Triples", (".nt",), "rdf.ntriples", "triples"),
    Format("rdfxml", "RDF/XML", (".rdf", ".owl"), "rdf.rdfxml", "triples"),
    Format(
        "rdfparquet",
        "RDF as Parquet",
        (".parquet",),
        "rdf_parquet.rdfparquet",
        "triples",
        binary=True,
    ),
)
#: The two tables of a pair.
PARTS: Final = ("nodes", "edges")
#: Every format by its name.
FORMATS: Final = {form.name: form for form in _ALL}


def find(name: str | None, path: Path | None = None) -> Format:
    """Find a format by its name, or by the ending of a file where that is None.

    Raises:
        QueryError: There is no such format, or neither tells.

    Example:
        >>> find(None, Path("ties.gexf")).title
        'GEXF'
    """
    if name is not None:
        if not isinstance(name, str) or name not in FORMATS:
            raise QueryError(f"'{name}' is no format", f"use one of {', '.join(FORMATS)}")
        return FORMATS[name]
    if path is None:
        raise QueryError("no format", f"name one of {', '.join(FORMATS)}")
    for form in FORMATS.values():
        if path.suffix.lower() in form.endings:
            return form
    listed = ", ".join(FORMATS)
    raise QueryError(f"the ending of {path.name} tells no format", f"name one of {listed}")


def export(
    source: Picture | ReportPage | Briefing | Quotes | Triples, name: str, part: str = "edges"
) -> str | bytes:
    """Write a picture or triples as a text, or as bytes in a binary format.

    The source is triples for RDF, what a page, a briefing or annotations are made of for these,
    else a picture. The `part` is, of a pair of tables, ``edges`` or ``nodes``.

    Raises:
        PassexError: No such format or part, or it cannot hold this.
    """
    from .columns import Report

    form = find(name)
    if part not in PARTS:
        raise QueryError(f"'{part}' is no part of tables", f"use {' or '.join(PARTS)}")
    if form.of == "page":
        from .page import ReportPage

        if not isinstance(source, ReportPage):
            raise QueryError(
                "a page is made of a whole graph, not of a picture", "use kg.ties().export('html')"
            )
    if form.of == "briefing":
        from .briefing import Briefing

        if not isinstance(source, Briefing):
            raise QueryError(
                "a briefing is made of a network with its graph, not of a picture",
                f"use kg.ties().export('{name}')",
            )
    pieces = form.pieces(source, Report())
    chosen = pieces[PARTS.index(part)] if form.pair else pieces
    whole = b"".join(p.encode() if isinstance(p, str) else p for p in chosen)
    return whole if form.binary else whole.decode()


def save(form: Format, path: Path, pieces: Any) -> None:
    """Write what `Format.pieces` gives into a file, whole or not at all.

    For a pair of tables, ``ties.csv`` stands for ``ties-nodes.csv`` and ``ties-edges.csv``; a
    briefing in Markdown, ``ties.md``, shows the picture ``ties.svg``. The pieces are to have been
    made for the path.

    Raises:
        OutputError: It cannot be written.
    """
    from ..graph.files import write_together

    if not path.name:
        raise OutputError(f"{path}: no file", "give a file that can be written")
    paths = form.files(path)
    write_together(zip(paths, pieces if len(paths) > 1 else [pieces], strict=True))
