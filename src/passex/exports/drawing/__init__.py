"""Drawings of networks: the marks that all have in common, and small ones for notebooks.

Those are drawn as SVG here; of pictures of any size, Graphviz draws the SVG of `diagrams`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Final

from ...text.wording import words
from ..columns import Report
from ..model import LINES, Edge, Picture, Vertex
from . import layout, marks

#: Edges, and the borders of nodes.
GREY: Final = "#767676"
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


def colour(kind: str) -> str:
    """Give the colour of a kind of nodes."""
    return marks.colour(kind)


def ink(kind: str) -> str:
    """Give a colour that can be read on the colour of a kind."""
    return marks.ink(colour(kind))


def line(held: int, basis: str) -> str:
    """Choose one of `passex.exports.model.LINES` for a tie by its exercises and its basis."""
    return "dotted" if not held else "dashed" if basis == "inferred" else "solid"


def caption(picture: Picture, edge: Edge) -> str:
    """Say what tells an edge from the others.

    In a network all edges say the same, and differ by how many events are behind them; in a
    two-mode network they don't differ.
    """
    if picture.what in ("network", "meetings"):
        return str(len(edge.events)) if len(edge.events) > 1 else ""
    return "" if picture.what == "two-mode" else edge.label


def scale(picture: Picture, low: float, high: float) -> dict[str, float]:
    """Give the sizes of nodes by IRI, from that of nothing to that of the largest.

    The areas above ``low`` grow as the measure does.
    """
    top = max((node.size for node in picture.nodes), default=0.0)

    def drawn(node: Vertex) -> float:
        return round(low + (high - low) * (node.size / top) ** 0.5, 2) if top else low

    return {node.iri: drawn(node) for node in picture.nodes}


def widths(picture: Picture, low: float, high: float) -> list[float]:
    """Give the widths of edges in their order, from that of the weakest to that of the strongest.

    Where all are as strong as each other, they have the first.
    """
    weights = [edge.weight for edge in picture.edges]
    least, most = min(weights, default=0.0), max(weights, default=0.0)
    span = (high - low) / (most - least) if least < most else 0.0
    return [round(low + span * (weight - least), 2) for weight in weights]


def fits(picture: Picture) -> bool:
    """Tell whether a picture is small enough to be drawn, and has something to draw."""
    return 0 < len(picture.nodes) <= NODES and len(picture.edges) <= EDGES


def svg(picture: Picture) -> str:
    """Draw a small picture: nodes with their labels, edges, and a legend of what is shown.

    What has no room in a label is in its tooltip.
    """
    xml = Report().xml
    nodes = {node.iri: node for node in picture.nodes}
    ties = ((edge.source, edge.target, edge.weight) for edge in picture.edges)
    placed = layout.place(list(nodes), ties)
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
    for edge, wide in zip(picture.edges, widths(picture, 1.5, 6), strict=True):
        (x1, y1), (x2, y2) = points[edge.source], points[edge.target]
        title = f"{nodes[edge.source].label} {edge.label} {nodes[edge.target].label}"
        parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{GREY}" '
            f'stroke-width="{wide:g}" stroke-dasharray="{_DASHES[edge.line]}">'
            f"<title>{xml(f'{title}: {LINES[edge.line]}')}</title></line>"
        )
    radii = scale(picture, 6, 18)
    for node in picture.nodes:
        parts += _node(node, points[node.iri], radii[node.iri], xml)
    for row, (mark, said) in enumerate(legend):
        y = low + _ROW * row
        parts.append(
            f'<g transform="translate({left + 8:g} {y:g})">{mark}'
            f'<text x="34" y="4" fill="#111111">{xml(said)}</text></g>'
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
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour(node.kind)}" '
        f'stroke="#333333"><title>{xml(f"{node.label} ({words(node.kind)})")}</title>'
        "</circle>",
        # A white rim, so that a line behind it does not cross out a label.
        '<text text-anchor="middle" fill="#111111" stroke="#ffffff" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke">{"".join(spans)}</text>',
    )


def _legend(picture: Picture) -> list[tuple[str, str]]:
    """Give what is shown, each with its mark and in words."""
    kinds = [
        (f'<circle cx="14" r="6" fill="{colour(kind)}" stroke="#333333"/>', words(kind))
        for kind in picture.kinds
    ]
    lines = [
        (
            f'<line x1="2" x2="26" stroke="{GREY}" stroke-width="2" '
            f'stroke-dasharray="{_DASHES[line]}"/>',
            LINES[line],
        )
        for line in picture.lines
    ]
    return [*kinds, *lines]
