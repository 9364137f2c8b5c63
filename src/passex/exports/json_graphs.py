"""Graphs as JSON: node-link for networkx and D3, and elements with a style for Cytoscape.

orjson writes it where it is installed, Python's own module where not, to the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any, Final

from . import columns
from .columns import Report
from .drawing import grammar, marks
from .model import Edge, Field, Picture, Vertex

_HALVES: Final = re.compile("[\ud800-\udfff]")
#: What Cytoscape calls shapes, by their sides and their turn; a circle is what it draws anyway.
_SHAPES: Final = {
    **{(4, 45): "rectangle", (4, 0): "diamond", (3, -90): "triangle", (3, 90): "vee"},
    **{(6, 0): "hexagon", (6, 30): "hexagon", (5, -90): "pentagon", (8, 22): "octagon"},
}
#: The smallest and the largest node, and how many pixels a unit of the layout is.
_SIZES: Final = (20, 60)
_SCALE: Final = 2
_DRAWN: Final = {
    "label": "data(label)",
    "text-wrap": "wrap",
    "text-max-width": "120px",
    "text-valign": "bottom",
    "font-size": "10px",
    "width": "data(size)",
    "height": "data(size)",
    "background-color": "data(color)",
    "border-width": 1,
    "border-color": marks.LIGHT.ink,
}


def nodelink(picture: Picture, report: Report) -> Iterator[bytes]:
    """Write a picture as `networkx.node_link_data` does; with parallel edges, a multigraph."""
    keys = numbered(picture)
    head = {
        "directed": picture.directed,
        "multigraph": bool(keys),
        "graph": {"title": picture.title, "measure": picture.measure, "notes": picture.notes},
    }

    def node(vertex: Vertex) -> dict[str, Any]:
        return {"id": vertex.iri, "label": vertex.label, "kind": vertex.kind}

    def edge(edge: Edge) -> dict[str, Any]:
        return {
            "source": edge.source,
            "target": edge.target,
            "label": edge.label,
            "kind": edge.kind,
            "iri": edge.iri,
            "line": edge.line,
            "weight": edge.weight,
        }

    yield dumps(head)[:-1] + b',\n"nodes":[\n'
    yield from _rows(picture.nodes, node, {}, picture.node_fields)
    yield b'\n],\n"edges":[\n'
    yield from _rows(picture.edges, edge, {"key": keys} if keys else {}, picture.edge_fields)
    yield b"\n]}\n"


def numbered(picture: Picture) -> list[int]:
    """Count, for each edge, how many before it have the same ends.

    Empty where no two nodes have several edges.
    """
    if not picture.parallel:
        return []
    ends = [(edge.source, edge.target) for edge in picture.edges]
    if not picture.directed:
        ends = [(a, b) if a < b else (b, a) for a, b in ends]
    if len(set(ends)) == len(ends):
        return []
    seen: defaultdict[tuple[str, str], Iterator[int]] = defaultdict(count)
    return [next(seen[pair]) for pair in ends]


def cytoscape(picture: Picture, report: Report) -> Iterator[bytes]:
    """Write a picture for Cytoscape and Cytoscape.js; `networkx.cytoscape_graph` reads it, too."""
    keys = numbered(picture)
    head = {
        "directed": picture.directed,
        "multigraph": bool(keys),
        "format_version": "1.0",
        "generated_by": "Passex",
        "target_cytoscapejs_version": "~3",
        "data": {"name": picture.title, "measure": picture.measure, "notes": picture.notes},
    }

    def node(node: Vertex) -> dict[str, Any]:
        return {
            **{"id": node.iri, "value": node.iri},
            **{"name": node.label, "label": node.label, "kind": node.kind},
        }

    def edge(edge: Edge) -> dict[str, Any]:
        return {
            "source": edge.source,
            "target": edge.target,
            "label": edge.label,
            "iri": edge.iri,
            "line": edge.line,
            "hollow": edge.hollow,
            "weight": edge.weight,
            "interaction": edge.kind,
        }

    yield dumps(head)[:-1] + b',\n"elements":{"nodes":[\n'
    drawn = grammar.of(picture)
    looks = drawn.nodes(*_SIZES).values()
    more: dict[str, Sequence[str | float]]
    more = {"color": [colour for colour, _ in looks], "size": [size for _, size in looks]}
    at = [{"x": x * _SCALE, "y": y * _SCALE} for x, y in drawn.places().values()]
    yield from _rows(picture.nodes, node, more, picture.node_fields, "data", at)
    yield b'\n],"edges":[\n'
    ids = [f"e{number}" for number in range(len(picture.edges))]
    own: dict[str, Sequence[str | float]] = {"id": ids, "key": keys} if keys else {"id": ids}
    yield from _rows(picture.edges, edge, own, picture.edge_fields, "data")
    yield b'\n]},\n"style":' + dumps(_style(picture)) + b"}\n"


def _style(picture: Picture) -> list[dict[str, object]]:
    arrow = "triangle" if picture.directed else "none"
    paper, held = marks.LIGHT.paper, marks.LIGHT.held
    edge = {"curve-style": "bezier", "target-arrow-shape": arrow, "line-color": held}
    edge["target-arrow-color"] = held

    def rule(selector: str, **style: object) -> dict[str, object]:
        return {"selector": selector, "style": {k.replace("_", "-"): v for k, v in style.items()}}

    weights = {edge.weight for edge in picture.edges}
    width = "2px"
    if len(weights) > 1:
        width = f"mapData(weight, {min(weights)!r}, {max(weights)!r}, 1, 8)"
    statuses = {edge.status for edge in picture.edges}
    return [
        {"selector": "node", "style": _DRAWN},
        # Texts of JSON are texts of selectors too.
        *(
            rule(f"node[kind = {json.dumps(kind)}]", shape=shape)
            for kind in picture.kinds
            if (shape := _SHAPES.get((marks.look(kind).sides, marks.look(kind).turn)))
        ),
        {"selector": "edge", "style": {**edge, "width": width}},
        *(
            rule(
                f'edge[line = "{stroke.name}"]',
                line_color=getattr(marks.LIGHT, marks.COLOUR[status]),
                line_style="dashed",
                line_dash_pattern=list(stroke.dash),
            )
            for status, stroke in marks.STROKES.items()
            if stroke.dash and status in statuses
        ),
        # Hollow: a line of paper with an outline.
        *(
            [rule("edge[?hollow]", line_color=paper, line_outline_color=held, line_outline_width=2)]
            if any(edge.hollow for edge in picture.edges)
            else []
        ),
    ]


def dumps(value: object, numbers: Sequence[float] = ()) -> bytes:
    r"""Write a value as JSON without spaces.

    `numbers` are the floating-point numbers that are in it. Half of a surrogate pair, which UTF-8
    cannot hold, is escaped.

    Example:
        >>> dumps({"label": "é\ud800", "weight": 1e-7}, [1e-7])
        b'{"label":"\xc3\xa9\\ud800","weight":1e-07}'
    """
    orjson = _orjson()
    # Outside these, one writes 1e-07 where the other writes 1e-7.
    if orjson is not None and _alike(numbers):
        try:
            return bytes(orjson.dumps(value))
        except TypeError:
            pass
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()


def _alike(numbers: Sequence[float]) -> bool:
    # Two loops in C for what is nearly always so, before one in Python.
    if not numbers or (min(numbers) >= 1e-4 and max(numbers) < 1e16):
        return True
    return all(not number or 1e-4 <= number < 1e16 for number in numbers)


@cache
def _orjson() -> Any:
    try:
        import orjson
    except ModuleNotFoundError:
        return None
    return orjson


def _rows(
    things: Sequence[Any],
    make: Callable[[Any], dict[str, Any]],
    more: Mapping[str, Sequence[str | float]],
    fields: Sequence[Field],
    inside: str = "",
    at: Sequence[dict[str, float]] = (),
) -> Iterator[bytes]:
    """Write nodes or edges as objects with commas between them, some at a time.

    Args:
        make: Gives what each has anyway, by its name in JSON.
        more: What else each has, by its name: one for each thing.
        fields: The attributes of the picture; those that a node or an edge lacks are left out.
        inside: The name of an object in each object, which has all that; empty for none.
        at: The place of each, beside that object.
    """
    for start, part in columns.parts(things):
        objects = list(map(make, part))
        numbers = [held["weight"] for held in objects] if "weight" in objects[0] else []
        for name, column in more.items():
            given = column[start : start + len(part)]
            numbers += (value for value in given if isinstance(value, float))
            for held, value in zip(objects, given, strict=True):
                held[name] = value
        by_field = zip(*map(columns.attributes_of, part), strict=True)
        for field, values in zip(fields, by_field, strict=True):
            name = field.name
            # Whether any is missing: by tests that run in C.
            if not all(values) if field.type == "list" else None in set(values):
                for held, value in zip(objects, values, strict=True):
                    if value is not None and value != ():
                        held[name] = value
            else:
                for held, value in zip(objects, values, strict=True):
                    held[name] = value
            if field.type == "number":
                numbers += (value for value in values if value is not None)
        whole = [{inside: held} for held in objects] if inside else objects
        for held, place in zip(whole, at[start : start + len(part)], strict=False):
            held["position"] = place
        yield b"," * bool(start) + dumps(whole, numbers)[1:-1]
