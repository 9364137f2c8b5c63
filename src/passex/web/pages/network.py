"""The page of a network: who trains with whom, as a picture and as tables.

The nodes and ties of the picture are links; its colours are the style sheet's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from ...exports import drawing
from ...exports.drawing import layout
from ...graph.names import Node
from ...graph.rows import Cell, few
from ...graph.terms import shorten
from ...network.model import Network, Tie, say_chance
from ...text.wording import say
from ..inquiries import Ranked
from .forms import network_form
from .frame import Html, address, el, formats, join, link, name, page
from .tables import Pages, cell, grid, notes, table_of

#: Of a larger network, the actors with the most ties are drawn.
_DRAWN: Final = 60
_WIDTH: Final = 960
_SIDE: Final = 150
_TOP: Final = 60
#: So many letters of a name are in the picture; its title has all.
_LETTERS: Final = 40
#: What the style sheet calls the lines of `drawing.line`.
_CLASSES: Final = {"solid": "stated", "dashed": "inferred", "dotted": "planned"}

#: Where an actor is in the picture.
Point = tuple[int, int]


def network_page(found: Ranked, given: Mapping[str, str]) -> str:
    """Write the page of a network with its ranking."""
    network, ranking, groups = found.network, found.ranking, found.groups
    pages = Pages("/network", given)
    ranked = [el("h2", f"Ranking by {ranking.measure.replace('-', ' ')}")]
    # What has to be said before anyone relies on the places stands before them.
    ranked.append(notes(ranking.warnings, "notes warning"))
    if ranking.places:
        ranked.append(table_of(replace(ranking.table(), notes=()), pages, "actor"))
    figures = ranking.centralities
    rounded: tuple[tuple[Cell, ...], ...] = tuple(
        (node, *(round(n, 3) for n in numbers)) for node, numbers in figures.actors
    )
    return page(
        "Who trains with whom",
        el("p", str(network.policy), class_="policy-words"),
        draw(network) if pages.number == 1 else "",
        notes(network.notes),
        el("h2", "Ties"),
        _ties(network, pages),
        el("h2", "Centralities"),
        table_of(replace(figures.table(), rows=rounded), pages, "actor"),
        *ranked,
        join(el("h2", "Groups"), table_of(groups.table(), pages)) if groups is not None else "",
        el("h2", "Another network"),
        network_form(given),
        formats("/network", given),
        here="/network",
    )


def _ties(network: Network, pages: Pages) -> Html:
    if not network.ties:
        return el("p", network.table().empty, class_="empty")
    done = set(network.policy.include) != {"planned"}
    plans = "planned" in network.policy.include
    numbers = ["exercises", "weight"] if done else []
    numbers += ["plans", "plan weight"] if plans else []
    numbers += ["p"] if network.policy.backbone else []
    shown, count = pages.of(network.ties, "tie")
    rows = [_row(tie, done, plans) for tie in shown]
    columns = ("actor", "other actor", *numbers, "basis", "articles")
    table = grid(f"Ties: {network.policy}", columns, rows, numbers) if rows else ""
    return join(count, table)


def _row(tie: Tie, done: bool, plans: bool) -> list[Html]:
    numbers = [_count(tie, tie.count, "exercise"), join(f"{tie.weight:.2f}")] if done else []
    if plans:
        numbers += [_count(tie, tie.planned, "plan"), join(f"{tie.planned_weight:.2f}")]
    numbers += [] if tie.p is None else [join(say_chance(tie.p))]
    return [
        link(tie.source),
        link(tie.target),
        *numbers,
        el("span", tie.basis, class_=f"badge {tie.basis}"),
        cell(few(tie.sources)),
    ]


def _count(tie: Tie, number: int, word: str) -> Html:
    """Write a number of exercises or plans: a link to them, and to the claims behind them."""
    ends = f"{name(tie.source)} and {name(tie.target)}"
    label = f"evidence: {say(number, word)} of {ends}"
    return el("a", number, href=_evidence(tie), aria_label=label)


def _evidence(tie: Tie) -> str:
    a, b = shorten(tie.source.iri), shorten(tie.target.iri)
    return f"/why?{urlencode({'a': a, 'b': b})}"


def draw(network: Network) -> Html:
    """Draw a network: a figure with its caption, or nothing for a network without ties."""
    if not network.ties:
        return Html()
    degree = Counter(node for tie in network.ties for node in (tie.source, tie.target))
    best = sorted(network.nodes, key=lambda node: (-degree[node], node.label))
    left_out = len(best) - _DRAWN
    nodes = sorted(best[:_DRAWN], key=lambda node: node.iri)
    drawn = {node.iri for node in nodes}
    ties = [tie for tie in network.ties if {tie.source.iri, tie.target.iri} <= drawn]
    height = 320 if len(nodes) < 8 else 560 if len(nodes) < 25 else 760
    points = _points(nodes, ties, height)
    parts = [_tie(tie, points) for tie in sorted(ties, key=_ends)]
    beside: dict[str, list[Point]] = {iri: [] for iri in points}
    for a, b in map(_ends, ties):
        beside[a].append(points[b])
        beside[b].append(points[a])
    parts += (_node(node, points[node.iri], beside[node.iri]) for node in nodes)
    kinds = sorted({node.kind for node in nodes})
    caption = [
        "A wider line is more exercises; a dashed one is inferred, a dotted one only planned. ",
        f"The {_DRAWN} actors with the most ties are drawn; {left_out} more are in the tables. "
        if left_out > 0
        else "",
        "Each line leads to its evidence. ",
        *(el("span", kind, class_=f"key {kind.lower()}") for kind in kinds),
    ]
    about = {"role": "group", "aria_label": f"Network: {network.policy}", "class_": "network"}
    picture = el("svg", parts, viewBox=f"0 0 {_WIDTH} {height}", **about)
    return el("figure", picture, el("figcaption", *caption), class_="drawing")


def _ends(tie: Tie) -> tuple[str, str]:
    a, b = tie.source.iri, tie.target.iri
    return min(a, b), max(a, b)


def _tie(tie: Tie, points: dict[str, Point]) -> Html:
    a, b = _ends(tie)
    (x1, y1), (x2, y2) = points[a], points[b]
    labels = " and ".join(sorted(name(node) for node in (tie.source, tie.target)))
    words = f"{labels}: {tie.count} held or under way, {tie.planned} planned"
    line = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    kind = _CLASSES[drawing.line(tie.count, tie.basis)]
    width = min(1.5 + 1.5 * (tie.count + tie.planned), 9)
    return el(
        "a",
        el("title", words),
        el("line", **line, class_="touch"),
        el("line", **line, class_=f"tie {kind}", stroke_width=f"{width:g}"),
        href=_evidence(tie),
        aria_label=f"Evidence: {words}",
    )


def _node(node: Node, point: Point, beside: Sequence[Point]) -> Html:
    x, y = point
    # The name is on the side to which fewer ties go.
    below = 2 * sum(other < y for _, other in beside) > len(beside)
    return el(
        "a",
        el("title", f"{name(node)} ({node.kind})"),
        el("circle", cx=x, cy=y, r=12, fill=drawing.colour(node.kind), class_="node"),
        el("text", name(node, _LETTERS), x=x, y=y + 29 if below else y - 20, text_anchor="middle"),
        href=address(node.iri),
    )


def _points(nodes: Sequence[Node], ties: Sequence[Tie], height: int) -> dict[str, Point]:
    """Place the nodes, stretched to the frame; a line or a point keeps to its middle."""
    weighed = ((t.source.iri, t.target.iri, t.weight + t.planned_weight) for t in ties)
    placed = layout.place([n.iri for n in nodes], weighed)

    def stretched(values: list[int], border: int, size: int) -> list[int]:
        low, high = min(values), max(values)
        if low == high:
            return [size // 2] * len(values)
        return [round(border + (v - low) / (high - low) * (size - 2 * border)) for v in values]

    across = stretched([x for x, _ in placed.values()], _SIDE, _WIDTH)
    down = stretched([y for _, y in placed.values()], _TOP, height)
    return dict(zip(placed, zip(across, down, strict=True), strict=True))
