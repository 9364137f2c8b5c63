"""GraphML with what yEd draws: shapes with their places, names, colours and lines.

yEd (https://www.yworks.com/products/yed) shows no attribute by itself; it reads the elements of
http://www.yworks.com/xml/graphml, which other readers of GraphML leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .columns import Report
from .drawing import grammar, marks
from .drawing.grammar import Grammar
from .model import Picture
from .xml_graphs import Graphics, graphml

_KEYS: Final = (
    '<key id="y-node" for="node" yfiles.type="nodegraphics"/>\n'
    '<key id="y-edge" for="edge" yfiles.type="edgegraphics"/>\n'
)
_NAMESPACE: Final = ' xmlns:y="http://www.yworks.com/xml/graphml"'
#: Shapes by sides and turn; what yEd has none for is an octagon, as what is of no kind.
_SHAPES: Final = {
    **{(0, 0): "ellipse", (4, 45): "rectangle", (4, 0): "diamond", (3, -90): "triangle"},
    **{(3, 90): "triangle2", (6, 0): "hexagon", (6, 30): "hexagon"},
}
_OTHER: Final = "octagon"
_LINES: Final = {"solid": "line", "dash-dot": "dashed_dotted", "dashed": "dashed"}
#: The smallest and the largest node, and how many pixels a unit of the layout is.
_SIZES: Final = (20, 60)
_SCALE: Final = 2


def write(picture: Picture, report: Report) -> Iterator[str]:
    """Write a picture as GraphML for yEd, with all that GraphML has anyway."""
    drawn = grammar.of(picture)
    graphics = Graphics(_NAMESPACE, _KEYS, _nodes(drawn, report), _edges(drawn, report))
    yield from graphml(picture, report, graphics)


def _nodes(drawn: Grammar, report: Report) -> Iterator[str]:
    looks, places = drawn.nodes(*_SIZES), drawn.places()
    for node in drawn.picture.nodes:
        colour, size = looks[node.iri]
        x, y = (place * _SCALE - size / 2 for place in places[node.iri])
        look = marks.look(node.kind)
        shape = _SHAPES.get((look.sides, look.turn), _OTHER)
        yield (
            '<data key="y-node"><y:ShapeNode>'
            f'<y:Geometry x="{x:.1f}" y="{y:.1f}" width="{size}" height="{size}"/>'
            f'<y:Fill color="{colour}" transparent="false"/>'
            f'<y:BorderStyle type="line" width="1.0" color="{marks.LIGHT.ink}"/>'
            f'<y:NodeLabel modelName="sides" modelPosition="s">{report.xml(node.label)}'
            f'</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode></data>'
        )


def _edges(drawn: Grammar, report: Report) -> Iterator[str]:
    arrow = "standard" if drawn.picture.directed else "none"
    for edge, width in zip(drawn.picture.edges, drawn.widths(), strict=True):
        colour = getattr(marks.LIGHT, marks.COLOUR.get(edge.status, "held"))
        yield (
            '<data key="y-edge"><y:PolyLineEdge>'
            f'<y:LineStyle type="{_LINES[edge.line]}" width="{width}" color="{colour}"/>'
            f'<y:Arrows source="none" target="{arrow}"/></y:PolyLineEdge></data>'
        )
