"""GraphML, for yEd, igraph, networkx and Gephi (http://graphml.graphdrawing.org).

Attributes have types; GraphML has none for lists and dates, which become texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from . import style
from .model import Field, Picture, Value
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
    for node in picture.nodes:
        yield (
            f'<node id="{xml(node.iri)}"><data key="n-label">{xml(node.label)}</data>'
            f'<data key="n-kind">{xml(node.kind)}</data>'
            f'<data key="n-colour">{style.colour(node.kind)}</data>'
            f'<data key="n-size">{sizes[node.iri]}</data>{values(node.values)}</node>\n'
        )
    values = _values("e", picture.edge_fields, report)
    for number, edge in enumerate(picture.edges):
        yield (
            f'<edge id="e{number}" source="{xml(edge.source)}" target="{xml(edge.target)}">'
            f'<data key="e-label">{xml(edge.label)}</data>'
            f'<data key="e-kind">{xml(edge.kind)}</data><data key="e-iri">{xml(edge.iri)}</data>'
            f'<data key="e-line">{edge.line}</data>'
            f'<data key="e-weight">{edge.weight!r}</data>{values(edge.values)}</edge>\n'
        )
    yield "</graph>\n</graphml>\n"


def _key(of: str, mark: str, name: str, form: str) -> str:
    return f'<key id="{mark}-{name}" for="{of}" attr.name="{name}" attr.type="{form}"/>\n'


def _values(mark: str, fields: Sequence[Field], report: Report) -> Callable[[Sequence[Value]], str]:
    xml, flat = report.xml, report.flat
    writers: dict[str, Callable[[Any], str]] = {
        "text": xml,
        "date": str,
        "integer": str,
        "number": repr,
        "boolean": lambda value: "true" if value else "false",
        "list": lambda items: xml(flat(items)),
    }
    columns = [(f'<data key="{mark}-{f.name}">', writers[f.type]) for f in fields]

    def row(values: Sequence[Value]) -> str:
        return "".join(
            [
                f"{head}{write(value)}</data>"
                for (head, write), value in zip(columns, values, strict=True)
                if value is not None and value != ()
            ]
        )

    return row
