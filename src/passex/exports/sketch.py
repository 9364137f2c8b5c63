"""A small network drawn as SVG by Passex itself, for notebooks; Graphviz draws `dot.svg`."""

from __future__ import annotations

import textwrap
from typing import Final

from . import layout, style
from .model import LINES, Edge, Picture, Vertex
from .text import Report

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
    """Draw a small picture.

    Args:
        picture: The picture.

    Returns:
        The SVG: nodes with their labels, edges, and a legend of what is shown. What has no room in
        a label is in its tooltip.
    """
    xml = Report().xml
    number = {node.iri: place for place, node in enumerate(picture.nodes)}
    ends = [(number[edge.source], number[edge.target]) for edge in picture.edges]
    points = [(x * _SCALE, y * _SCALE) for x, y in layout.layout(len(number), ends)]
    left, top = (min(point[axis] for point in points) - _MARGIN for axis in (0, 1))
    right, low = (max(point[axis] for point in points) + _MARGIN for axis in (0, 1))
    legend = _legend(picture)
    width = max(right - left, *(30 + _LETTER * len(words) for _, words in legend))
    height = low - top + _ROW * len(legend)
    radii = style.scale(picture, 6, 18)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'width="{width:g}" style="max-width: 100%; height: auto; background: #ffffff" role="img" '
        f'aria-label="{xml(picture.title)}" font-family="sans-serif" font-size="12">',
        f"<title>{xml(picture.title)}</title>",
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="#ffffff"/>',
    ]
    widths = style.widths(picture, 1.5, 6)
    for (a, b), edge, wide in zip(ends, picture.edges, widths, strict=True):
        (x1, y1), (x2, y2) = points[a], points[b]
        said = _tie(picture.nodes[a], edge, picture.nodes[b])
        parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="#767676" '
            f'stroke-width="{wide:g}" stroke-dasharray="{_DASHES[edge.line]}">'
            f"<title>{xml(said)}</title></line>"
        )
    for (x, y), node in zip(points, picture.nodes, strict=True):
        radius = radii[node.iri]
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{style.colour(node.kind)}" '
            f'stroke="#333333"><title>{xml(f"{node.label} ({style.words(node.kind)})")}</title>'
            "</circle>"
        )
        lines = textwrap.wrap(
            node.label, _CHARACTERS, max_lines=_LABEL_LINES, placeholder=" \u2026"
        )
        spans = (
            f'<tspan x="{x:g}" y="{y + radius + 13 + 13 * line:g}">{xml(text)}</tspan>'
            for line, text in enumerate(lines)
        )
        # A white rim, so that a line behind it does not cross out a label.
        parts.append(
            '<text text-anchor="middle" fill="#111111" stroke="#ffffff" stroke-width="3" '
            f'stroke-linejoin="round" paint-order="stroke">{"".join(spans)}</text>'
        )
    for row, (mark, words) in enumerate(legend):
        y = low + _ROW * row
        parts.append(
            f'<g transform="translate({left + 8:g} {y:g})">{mark}'
            f'<text x="34" y="4" fill="#111111">{xml(words)}</text></g>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _tie(source: Vertex, edge: Edge, target: Vertex) -> str:
    return f"{source.label} {edge.label} {target.label}: {LINES[edge.line]}"


def _legend(picture: Picture) -> list[tuple[str, str]]:
    """What is shown, each with its mark and in words."""
    kinds = [
        (f'<circle cx="14" r="6" fill="{style.colour(kind)}" stroke="#333333"/>', style.words(kind))
        for kind in picture.kinds
    ]
    shown = {edge.line for edge in picture.edges}
    lines = [
        (
            f'<line x1="2" x2="26" stroke="#767676" stroke-width="2" stroke-dasharray="{dashes}"/>',
            LINES[line],
        )
        for line, dashes in _DASHES.items()
        if line in shown
    ]
    return [*kinds, *lines]
