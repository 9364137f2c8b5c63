"""A network as a picture: Scalable Vector Graphics, drawn with the standard library alone.

The layout is force-directed (Fruchterman and Reingold 1991, Software: Practice and Experience
21(11), 1129-1164), started from a circle and without chance, so that the same network gives the
same bytes. It compares all pairs of nodes: for networks of up to some hundreds of them.
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import networkx as nx

WIDTH, HEIGHT = 960, 560
# Room for labels, which are centred on their nodes.
SIDE, TOP = 170, 90
LEGEND = "Line width: number of exercises. Dashed: inferred from states named in the text."
STEPS = 400
# Okabe and Ito's palette, told apart by colour-blind readers too.
COLOURS = {
    "Ship": "#56b4e9",
    "Formation": "#e69f00",
    "Navy": "#0072b2",
    "Service": "#0072b2",
    "State": "#009e73",
    "Organisation": "#cc79a7",
}
OTHER = "#767676"


def layout(graph: nx.Graph[str]) -> dict[str, complex]:
    """Place the nodes of a network in the plane.

    Args:
        graph: A network.

    Returns:
        For each node its place, with both coordinates from 0 to 1.

    Example:
        >>> import networkx as nx
        >>> sorted(layout(nx.path_graph(["a", "b", "c"])))
        ['a', 'b', 'c']
    """
    nodes = sorted(graph)
    count = len(nodes)
    places = {
        node: cmath.rect(1, math.tau * index / max(count, 1)) for index, node in enumerate(nodes)
    }
    ideal = 1 / math.sqrt(max(count, 1))
    for step in range(STEPS):
        shift = dict.fromkeys(nodes, 0j)
        for index, a in enumerate(nodes):
            for b in nodes[index + 1 :]:
                apart = places[a] - places[b]
                push = ideal**2 / max(abs(apart), 1e-6) ** 2 * apart
                shift[a] += push
                shift[b] -= push
        for a, b in graph.edges:
            apart = places[a] - places[b]
            pull = abs(apart) / ideal * apart
            shift[a] -= pull
            shift[b] += pull
        reach = 0.1 * (1 - step / STEPS)
        for node, move in shift.items():
            places[node] += move * min(1, reach / max(abs(move), 1e-9))
    return _fitted(places)


def _fitted(places: dict[str, complex]) -> dict[str, complex]:
    """Stretch places to the unit square; a line or a point keeps to its middle."""

    def scaled(values: dict[str, float]) -> dict[str, float]:
        low, high = min(values.values(), default=0), max(values.values(), default=0)
        if high - low < 1e-6:
            return dict.fromkeys(values, 0.5)
        return {node: (value - low) / (high - low) for node, value in values.items()}

    x = scaled({node: place.real for node, place in places.items()})
    y = scaled({node: place.imag for node, place in places.items()})
    return {node: complex(x[node], y[node]) for node in places}


def draw(graph: nx.Graph[str], title: str) -> str:
    """Draw a network.

    Args:
        graph: A network as `passex.KnowledgeGraph.network` returns it: nodes with ``label`` and
            ``kind``, ties with ``count`` and ``basis``.
        title: What the picture shows; it is also its accessible name.

    Returns:
        The SVG document, ending in a line break.

    Example:
        >>> import networkx as nx
        >>> graph = nx.Graph()
        >>> graph.add_node("a", label="Azure Navy", kind="Navy")
        >>> draw(graph, "Alone").splitlines()[-1]
        '</svg>'
    """
    spots = {
        node: (
            round(SIDE + place.real * (WIDTH - 2 * SIDE)),
            round(TOP + place.imag * (HEIGHT - 2 * TOP)),
        )
        for node, place in layout(graph).items()
    }
    name = escape(title)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title, {chr(34): "&quot;"})}" '
        'font-family="system-ui, sans-serif" font-size="15">',
        f"<title>{name}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="24" y="34" font-size="18" font-weight="600">{name}</text>',
        f'<text x="24" y="{HEIGHT - 18}" font-size="13" fill="#444444">{LEGEND}</text>',
    ]
    kinds = sorted({graph.nodes[node]["kind"] for node in graph})
    for index, kind in enumerate(kinds):
        x = WIDTH - 130 * (len(kinds) - index)
        lines += [
            f'<circle cx="{x}" cy="{HEIGHT - 23}" r="7" fill="{COLOURS.get(kind, OTHER)}"/>',
            f'<text x="{x + 14}" y="{HEIGHT - 18}" font-size="13">{escape(kind)}</text>',
        ]
    for a, b in sorted(tuple(sorted(edge)) for edge in graph.edges):
        tie = graph.edges[a, b]
        dash = ' stroke-dasharray="9 6"' if tie["basis"] == "inferred" else ""
        (x1, y1), (x2, y2) = spots[a], spots[b]
        lines.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{OTHER}" '
            f'stroke-width="{1 + 2 * tie["count"]}"{dash}/>'
        )
    for node, (x, y) in sorted(spots.items()):
        data = graph.nodes[node]
        colour = COLOURS.get(data["kind"], OTHER)
        lines += [
            f'<circle cx="{x}" cy="{y}" r="13" fill="{colour}" stroke="#ffffff" stroke-width="2"/>',
            f'<text x="{x}" y="{y - 21}" text-anchor="middle" stroke="#ffffff" stroke-width="4" '
            f'paint-order="stroke">{escape(data["label"])}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
