"""GraphML, for yEd, igraph, networkx and Gephi (http://graphml.graphdrawing.org).

Attributes have types; GraphML has none for lists and dates, which become texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Final

from . import columns, style
from .model import Field, Picture
from .text import Report

_TYPES: Final = {
    "text": "string",
    "date": "string",
    "integer": "int",
    "number": "double",
    "boolean": "boolean",
    "list": "string",
}
_NODE: Final = (("label", "string"), ("kind", "string"), ("colour", "string"), ("size", "double"))
_EDGE: Final = (*((name, "string") for name in ("label", "kind", "iri", "line")),)


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is.

    Yields:
        The document, piece by piece.
    """
    xml = report.xml
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    yield _key("graph", "g", "title", "string") + _key("graph", "g", "notes", "string")
    for name, form in _NODE:
        yield _key("node", "n", name, form)
    yield from (_key("node", "n", f.name, _TYPES[f.type]) for f in picture.node_fields)
    for name, form in (*_EDGE, ("weight", "double")):
        yield _key("edge", "e", name, form)
    yield from (_key("edge", "e", f.name, _TYPES[f.type]) for f in picture.edge_fields)
    direction = "directed" if picture.directed else "undirected"
    yield (
        f'<graph edgedefault="{direction}">\n<data key="g-title">{xml(picture.title)}</data>\n'
        f'<data key="g-notes">{xml(" ".join(picture.notes))}</data>\n'
    )
    sizes = style.scale(picture, 10, 60)
    values = _values("n", picture.node_fields, report)
    for _, nodes in columns.parts(picture.nodes):
        yield columns.joined(
            (f'<node id="{xml(node.iri)}">' for node in nodes),
            (f'<data key="n-label">{xml(node.label)}</data>' for node in nodes),
            (f'<data key="n-kind">{xml(node.kind)}</data>' for node in nodes),
            (f'<data key="n-colour">{style.colour(node.kind)}</data>' for node in nodes),
            (f'<data key="n-size">{sizes[node.iri]}</data>' for node in nodes),
            *values(nodes),
            repeat("</node>\n"),
        )
    values = _values("e", picture.edge_fields, report)
    source, target, label, kind, iri, line = (
        columns.text(name, template, xml, report)
        for name, template in (
            ("source", ' source="%s"'),
            ("target", ' target="%s">'),
            ("label", '<data key="e-label">%s</data>'),
            ("kind", '<data key="e-kind">%s</data>'),
            ("iri", '<data key="e-iri">%s</data>'),
            ("line", '<data key="e-line">%s</data><data key="e-weight">'),
        )
    )
    for start, edges in columns.parts(picture.edges):
        yield columns.joined(
            map('<edge id="e%d"'.__mod__, range(start, start + len(edges))),
            *(write(edges) for write in (source, target, label, kind, iri, line)),
            map(repr, map(attrgetter("weight"), edges)),
            repeat("</data>"),
            *values(edges),
            repeat("</edge>\n"),
        )
    yield "</graph>\n</graphml>\n"


def _key(of: str, mark: str, name: str, form: str) -> str:
    return f'<key id="{mark}-{name}" for="{of}" attr.name="{name}" attr.type="{form}"/>\n'


def _values(mark: str, fields: Sequence[Field], report: Report) -> columns.Attributes:
    def around(field: Field) -> tuple[str, str]:
        return f'<data key="{mark}-{field.name}">', "</data>"

    writers = columns.xml(report, lambda items: report.xml(report.flat(items)))
    return columns.attributes(fields, around, writers, report)
