"""CX2, the format of today's Cytoscape: nodes with places, edges, and the style that draws them.

The format is that of https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/
and of the CX2 Visual Styles beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from . import columns
from .columns import Report
from .drawing import grammar, marks
from .drawing.grammar import Grammar
from .json_graphs import dumps
from .model import Edge, Field, Picture, Value, Vertex

_TYPES: Final = {
    **{"text": "string", "date": "string", "list": "list_of_string"},
    **{"integer": "integer", "number": "double", "boolean": "boolean"},
}
#: What nodes and edges have beside the attributes of a picture.
_NODE: Final = {
    **dict.fromkeys(("name", "iri", "kind", "color"), "text"),
    **dict.fromkeys(("size",), "number"),
}
_EDGE: Final = {
    **dict.fromkeys(("name", "interaction", "iri", "line"), "text"),
    **{"hollow": "boolean", "weight": "number", "width": "number"},
}
#: Shapes by sides and turn; what Cytoscape has none for is an octagon, as what is of no kind.
_SHAPES: Final = {
    **{(0, 0): "ellipse", (4, 45): "rectangle", (4, 0): "diamond", (3, -90): "triangle"},
    **{(3, 90): "vee", (6, 0): "hexagon", (6, 30): "hexagon"},
}
_OTHER: Final = "octagon"
#: It has no dashes with dots that every one of its programs draws; dots stand for them.
_LINES: Final = {"solid": "solid", "dash-dot": "dotted", "dashed": "dashed"}
#: The smallest and the largest node, and how many pixels a unit of the layout is.
_SIZES: Final = (20, 60)
_SCALE: Final = 2
#: A number that orjson writes in its own way: Python writes them all then, to the same bytes.
_BY_PYTHON: Final = (1e-7,)


def write(picture: Picture, report: Report) -> Iterator[bytes]:
    """Write a picture as CX2, piece by piece."""
    drawn = grammar.of(picture)
    number = {node.iri: at for at, node in enumerate(picture.nodes)}
    counts = {"nodes": len(picture.nodes), "edges": len(picture.edges)}
    counts |= {"attributeDeclarations": 1, "networkAttributes": 1, "visualProperties": 1}
    told = {"name": picture.title, "description": " ".join((drawn.sized, *picture.notes))}
    declared = {
        "networkAttributes": {name: {"d": "string"} for name in told},
        "nodes": _declared(_NODE, picture.node_fields),
        "edges": _declared(_EDGE, picture.edge_fields),
    }
    head = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": n} for name, n in counts.items()]},
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [told]},
    ]
    yield dumps(head)[:-1] + b',\n{"nodes":[\n'
    yield from _rows(_nodes(drawn, picture))
    yield b'\n]},\n{"edges":[\n'
    yield from _rows(_edges(drawn, picture, number))
    style = _style(picture)
    yield b"\n]},\n" + dumps([{"visualProperties": [style]}, {"status": [{"success": True}]}])[1:]
    yield b"\n"


def _declared(always: dict[str, str], fields: Sequence[Field]) -> dict[str, dict[str, str]]:
    types = always | {field.name: field.type for field in fields}
    return {name: {"d": _TYPES[kind]} for name, kind in types.items()}


def _nodes(drawn: Grammar, picture: Picture) -> Iterator[dict[str, Any]]:
    looks, places = drawn.nodes(*_SIZES), drawn.places()
    for at, node in enumerate(picture.nodes):
        colour, size = looks[node.iri]
        x, y = places[node.iri]
        own = {"name": node.label, "iri": node.iri, "kind": node.kind, "color": colour}
        values = own | {"size": float(size)} | _values(picture.node_fields, node)
        yield {"id": at, "x": x * _SCALE, "y": y * _SCALE, "v": values}


def _edges(drawn: Grammar, picture: Picture, number: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for at, (edge, width) in enumerate(zip(picture.edges, drawn.widths(), strict=True)):
        values = {
            **{"name": edge.label, "interaction": edge.kind, "iri": edge.iri, "line": edge.line},
            **{"hollow": edge.hollow, "weight": edge.weight, "width": float(width)},
        }
        ends = {"s": number[edge.source], "t": number[edge.target]}
        yield {"id": at, **ends, "v": values | _values(picture.edge_fields, edge)}


def _values(fields: Iterable[Field], thing: Vertex | Edge) -> dict[str, Value]:
    named = zip(fields, thing.attributes, strict=True)
    return {field.name: value for field, value in named if value is not None and value != ()}


def _rows(things: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for at, part in columns.parts([*things]):
        yield b"," * bool(at) + dumps([*part], _BY_PYTHON)[1:-1]


def _style(picture: Picture) -> dict[str, Any]:
    """Give the marks: what is passed through, and what is told apart by kind, status or basis."""

    def passed(attribute: str, kind: str) -> dict[str, Any]:
        return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": kind}}

    def told(attribute: str, kind: str, values: Mapping[Any, object]) -> dict[str, Any]:
        pairs = [{"v": value, "vp": mark} for value, mark in values.items()]
        return {
            "type": "DISCRETE",
            "definition": {"attribute": attribute, "type": kind, "map": pairs},
        }

    looks = {kind: marks.look(kind) for kind in picture.kinds}
    shapes = {kind: _SHAPES.get((one.sides, one.turn), _OTHER) for kind, one in looks.items()}
    colours = {
        stroke.name: getattr(marks.LIGHT, marks.COLOUR[status])
        for status, stroke in marks.STROKES.items()
    }
    arrow = "triangle" if picture.directed else "none"
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": marks.LIGHT.paper},
            "node": {
                **{"NODE_BORDER_COLOR": marks.LIGHT.ink, "NODE_BORDER_WIDTH": 1},
                **{"NODE_LABEL_COLOR": marks.LIGHT.ink, "NODE_LABEL_FONT_SIZE": 10},
            },
            "edge": {"EDGE_TARGET_ARROW_SHAPE": arrow, "EDGE_LINE_COLOR": marks.LIGHT.held},
        },
        "nodeMapping": {
            "NODE_LABEL": passed("name", "string"),
            "NODE_BACKGROUND_COLOR": passed("color", "string"),
            "NODE_WIDTH": passed("size", "double"),
            "NODE_HEIGHT": passed("size", "double"),
            "NODE_SHAPE": told("kind", "string", shapes),
        },
        "edgeMapping": {
            "EDGE_WIDTH": passed("width", "double"),
            "EDGE_LINE_STYLE": told("line", "string", _LINES),
            "EDGE_LINE_COLOR": told("line", "string", colours),
            # Inferred: no empty middle here, but fainter.
            "EDGE_OPACITY": told("hollow", "boolean", {True: 0.5, False: 1}),
        },
    }
