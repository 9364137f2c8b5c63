"""Cytoscape JSON, for Cytoscape and Cytoscape.js: elements, and a style for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from . import style
from .model import Picture
from .nodelink import items, row, text
from .text import Report

_NODE: Final = {
    "label": "data(label)",
    "text-wrap": "wrap",
    "text-max-width": "120px",
    "text-valign": "bottom",
    "font-size": "10px",
    "width": "data(size)",
    "height": "data(size)",
    "background-color": style.OTHER,
}


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture.

    Args:
        picture: The picture.
        report: Counts what could not be held as it is: nothing.

    Yields:
        The document, piece by piece.
    """
    yield (
        '{"format_version": "1.0", "generated_by": "Passex", '
        f'"target_cytoscapejs_version": "~3", "data": {{"name": {text(picture.title)}, '
        f'"measure": {text(picture.measure)}, "notes": {items(picture.notes)}}},\n'
        '"elements": {"nodes": ['
    )
    sizes = style.scale(picture, 20, 80)
    values = row(picture.node_fields)
    comma = "\n"
    for node in picture.nodes:
        yield (
            f'{comma}{{"data": {{"id": {text(node.iri)}, "name": {text(node.label)}, '
            f'"label": {text(node.label)}, "kind": {text(node.kind)}, '
            f'"size": {sizes[node.iri]}{values(node.values)}}}}}'
        )
        comma = ",\n"
    yield '\n], "edges": ['
    values = row(picture.edge_fields)
    comma = "\n"
    for number, edge in enumerate(picture.edges):
        yield (
            f'{comma}{{"data": {{"id": "e{number}", "source": {text(edge.source)}, '
            f'"target": {text(edge.target)}, "label": {text(edge.label)}, '
            f'"interaction": {text(edge.kind)}, "iri": {text(edge.iri)}, '
            f'"line": "{edge.line}", "weight": {edge.weight!r}{values(edge.values)}}}}}'
        )
        comma = ",\n"
    yield f'\n]}},\n"style": {json.dumps(_style(picture), ensure_ascii=False)}}}\n'


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
        {"selector": "node", "style": _NODE},
        *kinds,
        {"selector": "edge", "style": {**edge, **widths}},
        *lines,
    ]
