"""Small networks drawn as SVG by Passex itself, for notebooks; Graphviz draws `dot.svg`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Final

from ..model import LINES, Picture, Vertex
from ..text import Report
from . import layout, marks

#: Larger networks are no picture that a notebook could show between two cells.
NODES: Final = layout.SMALL
EDGES: Final = 200

_DASHES: Final = {"solid": "none", "dashed": "7 4", "dotted": "1.5 4"}
_SCALE: Final = 1.5  # pixels for a unit of the layout
_MARGIN: Final = 90
_ROW: Final = 20
_LETTER: Final = 6.2  # about as wide as a letter is
_CHARACTERS: Final = 24
_LABEL_LINES: Final = 3


def fits(picture: Picture) -> bool:
    """Tell whether a picture is small enough to be drawn, and has something to draw."""
    return 0 < len(picture.nodes) <= NODES and len(picture.edges) <= EDGES


def svg(picture: Picture) -> str:
    """Draw a small picture: nodes with their labels, edges, and a legend of what is shown.

    What has no room in a label is in its tooltip.
    """
    xml = Report().xml
    nodes = {node.iri: node for node in picture.nodes}
    placed = layout.place(list(nodes), ((edge.source, edge.target) for edge in picture.edges))
    points = {iri: (x * _SCALE, y * _SCALE) for iri, (x, y) in placed.items()}
    left, top = (min(point[axis] for point in points.values()) - _MARGIN for axis in (0, 1))
    right, low = (max(point[axis] for point in points.values()) + _MARGIN for axis in (0, 1))
    legend = _legend(picture)
    width = max(right - left, *(30 + _LETTER * len(words) for _, words in legend))
    height = low - top + _ROW * len(legend)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'width="{width:g}" style="max-width: 100%; height: auto; background: #ffffff" role="img" '
        f'aria-label="{xml(picture.title)}" font-family="sans-serif" font-size="12">',
        f"<title>{xml(picture.title)}</title>",
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="#ffffff"/>',
    ]
    for edge, wide in zip(picture.edges, marks.widths(picture, 1.5, 6), strict=True):
        (x1, y1), (x2, y2) = points[edge.source], points[edge.target]
        title = f"{nodes[edge.source].label} {edge.label} {nodes[edge.target].label}"
        parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{marks.GREY}" '
            f'stroke-width="{wide:g}" stroke-dasharray="{_DASHES[edge.line]}">'
            f"<title>{xml(f'{title}: {LINES[edge.line]}')}</title></line>"
        )
    radii = marks.scale(picture, 6, 18)
    for node in picture.nodes:
        parts += _node(node, points[node.iri], radii[node.iri], xml)
    for row, (mark, words) in enumerate(legend):
        y = low + _ROW * row
        parts.append(
            f'<g transform="translate({left + 8:g} {y:g})">{mark}'
            f'<text x="34" y="4" fill="#111111">{xml(words)}</text></g>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _node(
    node: Vertex, point: layout.Point, radius: float, xml: Callable[[str], str]
) -> tuple[str, str]:
    x, y = point
    lines = textwrap.wrap(node.label, _CHARACTERS, max_lines=_LABEL_LINES, placeholder=" \u2026")
    spans = (
        f'<tspan x="{x:g}" y="{y + radius + 13 + 13 * line:g}">{xml(text)}</tspan>'
        for line, text in enumerate(lines)
    )
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{marks.colour(node.kind)}" '
        f'stroke="#333333"><title>{xml(f"{node.label} ({marks.words(node.kind)})")}</title>'
        "</circle>",
        # A white rim, so that a line behind it does not cross out a label.
        '<text text-anchor="middle" fill="#111111" stroke="#ffffff" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke">{"".join(spans)}</text>',
    )


def _legend(picture: Picture) -> list[tuple[str, str]]:
    """Give what is shown, each with its mark and in words."""
    kinds = [
        (f'<circle cx="14" r="6" fill="{marks.colour(kind)}" stroke="#333333"/>', marks.words(kind))
        for kind in picture.kinds
    ]
    lines = [
        (
            f'<line x1="2" x2="26" stroke="{marks.GREY}" stroke-width="2" '
            f'stroke-dasharray="{_DASHES[line]}"/>',
            LINES[line],
        )
        for line in picture.lines
    ]
    return [*kinds, *lines]
