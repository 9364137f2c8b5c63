"""Cytoscape JSON, for Cytoscape and Cytoscape.js: elements, and a style for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from . import encode, style
from .model import Picture
from .text import Report

_DRAWN: Final = {
    "label": "data(label)",
    "text-wrap": "wrap",
    "text-max-width": "120px",
    "text-valign": "bottom",
    "font-size": "10px",
    "width": "data(size)",
    "height": "data(size)",
    "background-color": style.OTHER,
}


_NODE: Final = {"id": "iri", "name": "label", "label": "label", "kind": "kind"}
_EDGE: Final = {
    **{name: name for name in ("source", "target", "label", "iri", "line", "weight")},
    "interaction": "kind",
}


def write(picture: Picture, report: Report) -> Iterator[bytes]:
    """Write a picture.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is: nothing.

    Yields:
        The document, piece by piece.
    """
    head = {
        "format_version": "1.0",
        "generated_by": "Passex",
        "target_cytoscapejs_version": "~3",
        "data": {"name": picture.title, "measure": picture.measure, "notes": picture.notes},
    }
    yield encode.dumps(head)[:-1] + b',\n"elements":{"nodes":[\n'
    sizes = list(style.scale(picture, 20, 80).values())
    yield from encode.rows(picture.nodes, _NODE, picture.node_fields, {"size": sizes}, "data")
    yield b'\n],"edges":[\n'
    ids = [f"e{number}" for number in range(len(picture.edges))]
    yield from encode.rows(picture.edges, _EDGE, picture.edge_fields, {"id": ids}, "data")
    yield b'\n]},\n"style":' + encode.dumps(_style(picture)) + b"}\n"


def _style(picture: Picture) -> list[dict[str, object]]:
    arrow = "triangle" if picture.directed else "none"
    edge = {"curve-style": "bezier", "target-arrow-shape": arrow, "line-color": "#767676"}
    widths = {"width": "2px"}
    top = max((edge.weight for edge in picture.edges), default=0.0)
    low = min((edge.weight for edge in picture.edges), default=0.0)
    if low < top:
        widths = {"width": f"mapData(weight, {low!r}, {top!r}, 1, 8)"}
    # Texts of JSON are texts of selectors too.
    kinds: list[dict[str, object]] = [
        {
            "selector": f"node[kind = {json.dumps(kind)}]",
            "style": {"background-color": style.colour(kind)},
        }
        for kind in picture.kinds
    ]
    lines: list[dict[str, object]] = [
        {"selector": f'edge[line = "{line}"]', "style": {"line-style": line}}
        for line in ("dashed", "dotted")
    ]
    return [
        {"selector": "node", "style": _DRAWN},
        *kinds,
        {"selector": "edge", "style": {**edge, **widths}},
        *lines,
    ]
