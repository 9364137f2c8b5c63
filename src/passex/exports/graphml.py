"""GraphML, for yEd, igraph, networkx and Gephi (http://graphml.graphdrawing.org).

Attributes have types; GraphML has none for lists and dates, which become texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from . import columns
from .drawing import marks
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
#: What the graph, every node and every edge have, beside the attributes of a picture.
_GRAPH: Final = {"title": "text", "notes": "text"}
_NODE: Final = {"label": "text", "kind": "text", "colour": "text", "size": "number"}
_EDGE: Final = {**dict.fromkeys(("label", "kind", "iri", "line"), "text"), "weight": "number"}


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    yield from _keys("graph", _GRAPH, ())
    yield from _keys("node", _NODE, picture.node_fields)
    yield from _keys("edge", _EDGE, picture.edge_fields)
    direction = "directed" if picture.directed else "undirected"
    yield (
        f'<graph edgedefault="{direction}">\n'
        f'<data key="g-title">{report.xml(picture.title)}</data>\n'
        f'<data key="g-notes">{report.xml(" ".join(picture.notes))}</data>\n'
    )
    sizes = marks.scale(picture, 10, 60)
    yield from columns.write(
        picture.nodes,
        columns.texts(
            report,
            iri='<node id="%s">',
            label='<data key="n-label">%s</data>',
            kind='<data key="n-kind">%s</data><data key="n-colour">',
        ),
        columns.values("kind", marks.colour),
        columns.values("iri", lambda iri: f'</data><data key="n-size">{sizes[iri]}</data>'),
        _attributes("n", picture.node_fields, report),
        columns.constant("</node>\n"),
    )
    yield from columns.write(
        picture.edges,
        columns.numbered('<edge id="e%d"'),
        columns.texts(
            report,
            source=' source="%s"',
            target=' target="%s">',
            label='<data key="e-label">%s</data>',
            kind='<data key="e-kind">%s</data>',
            iri='<data key="e-iri">%s</data>',
            line='<data key="e-line">%s</data><data key="e-weight">',
        ),
        columns.values("weight", repr),
        columns.constant("</data>"),
        _attributes("e", picture.edge_fields, report),
        columns.constant("</edge>\n"),
    )
    yield "</graph>\n</graphml>\n"


def _keys(of: str, always: dict[str, str], fields: Sequence[Field]) -> Iterator[str]:
    for name, kind in (*always.items(), *((field.name, field.type) for field in fields)):
        yield (
            f'<key id="{of[0]}-{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'
        )


def _attributes(mark: str, fields: Sequence[Field], report: Report) -> columns.Columns:
    def around(field: Field) -> tuple[str, str]:
        return f'<data key="{mark}-{field.name}">', "</data>"

    writers = columns.xml(report, lambda items: report.xml(report.flat(items)))
    return columns.attributes(fields, around, writers, report)
