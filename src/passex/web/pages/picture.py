"""A network as a picture whose nodes and ties are links; its colours are the style sheet's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from ...exports.layout import layout
from ...graph.rows import Named
from ...graph.terms import shorten
from ...network.model import Network
from .frame import address, name
from .markup import Html, el

if TYPE_CHECKING:
    import networkx

#: Of a larger network, the actors with the most ties are drawn.
_DRAWN: Final = 60
_WIDTH: Final = 960
_SIDE: Final = 150
_TOP: Final = 60
#: So many letters of a name are in the picture; its title has all.
_LETTERS: Final = 40


def draw(network: Network) -> Html:
    """Draw a network.

    Args:
        network: The network.

    Returns:
        A figure with its caption; nothing for a network without ties.
    """
    graph = network.to_networkx()
    if not graph.number_of_edges():
        return Html()
    best = sorted(graph, key=lambda node: (-len(graph[node]), graph.nodes[node]["label"]))
    left_out = len(best) - _DRAWN
    graph = graph.subgraph(best[:_DRAWN])
    height = 320 if len(graph) < 8 else 560 if len(graph) < 25 else 760
    spots = _spots(graph, height)
    called = {node: name(Named(data["label"], node)) for node, data in graph.nodes(data=True)}
    parts = []
    for a, b in sorted(tuple(sorted(edge)) for edge in graph.edges):
        tie = graph.edges[a, b]
        (x1, y1), (x2, y2) = spots[a], spots[b]
        labels = " and ".join(sorted(called[node] for node in (a, b)))
        said = f"{labels}: {tie['count']} held or under way, {tie['planned']} planned"
        kind = "planned" if not tie["count"] else tie["basis"]
        pair = {"a": shorten(a), "b": shorten(b)}
        line = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        width = min(1.5 + 1.5 * (tie["count"] + tie["planned"]), 9)
        parts.append(
            el(
                "a",
                el("title", said),
                el("line", **line, class_="touch"),
                el("line", **line, class_=f"tie {kind}", stroke_width=f"{width:g}"),
                href=f"/why?{urlencode(pair)}",
                aria_label=f"Evidence: {said}",
            )
        )
    for node, (x, y) in sorted(spots.items()):
        data = graph.nodes[node]
        # The name is on the side to which fewer ties go.
        ties_above = sum(spots[other][1] < y for other in graph[node])
        below = 2 * ties_above > len(graph[node])
        parts.append(
            el(
                "a",
                el("title", f"{called[node]} ({data['kind']})"),
                el("circle", cx=x, cy=y, r=12, class_=f"node {data['kind'].lower()}"),
                el(
                    "text",
                    name(Named(data["label"], node), _LETTERS),
                    x=x,
                    y=y + 29 if below else y - 20,
                    text_anchor="middle",
                ),
                href=address(node),
            )
        )
    kinds = sorted({data["kind"] for _, data in graph.nodes(data=True)})
    legend = [el("span", kind, class_=f"key {kind.lower()}") for kind in kinds]
    caption = [
        "A wider line is more exercises; a dashed one is inferred, a dotted one only planned. ",
        f"The {_DRAWN} actors with the most ties are drawn; {left_out} more are in the tables. "
        if left_out > 0
        else "",
        "Each line leads to its evidence. ",
        *legend,
    ]
    picture = el(
        "svg",
        *parts,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="group",
        aria_label=f"Network: {network.policy}",
        class_="network",
    )
    return el("figure", picture, el("figcaption", *caption), class_="drawing")


def _spots(graph: networkx.Graph[str], height: int) -> dict[str, tuple[int, int]]:
    """Place the nodes, stretched to the frame; a line or a point keeps to its middle."""
    nodes = sorted(graph)
    number = {node: place for place, node in enumerate(nodes)}
    points = layout(len(nodes), ((number[a], number[b]) for a, b in graph.edges))

    def stretched(values: list[int], border: int, size: int) -> list[int]:
        low, high = min(values), max(values)
        if low == high:
            return [size // 2] * len(values)
        return [round(border + (v - low) / (high - low) * (size - 2 * border)) for v in values]

    across = stretched([x for x, _ in points], _SIDE, _WIDTH)
    down = stretched([y for _, y in points], _TOP, height)
    return dict(zip(nodes, zip(across, down, strict=True), strict=True))
