"""SVG of a picture: nodes with their names, ties as strands, and the key; light and dark.

Nothing else draws it. What has no room for its name has it in its tooltip.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ...text.wording import say, words
from ..columns import Report
from ..model import Edge, Picture, Vertex
from . import classes, elements, grammar, labels, layout, marks, strongest
from .elements import Point
from .grammar import Entry, Grammar
from .labels import Box, Taken

_NAME: Final = 13  # the size of the names, in pixels
_SMALL: Final = 11  # of numbers, and of names in a crowd
_CROWD: Final = 80  # so many nodes are one
_NUMBERED: Final = 60  # with more ties, none has a number
_GAP: Final = 2.5  # between strands
_SCALE: Final = 1.6  # pixels for a unit of the layout, at most
_ROOM: Final = 9500  # square pixels for a node and its name
_FEW: Final = 12  # a small picture has room for so many more
_LEAST: Final = 560  # a picture is at least as wide
_BORDER: Final = 16
_ROW: Final = 20  # of the key


class Links(NamedTuple):
    """Where the nodes and the ties of a drawing lead to."""

    node: Callable[[Vertex], str]
    tie: Callable[[Vertex, Vertex], str]


def draw(
    picture: Picture,
    dark: bool = True,
    links: Links | None = None,
    report: Report | None = None,
) -> str:
    """Draw a picture; one of nothing says so.

    Args:
        dark: Whether it turns dark where its reader has chosen that.
        links: Where a click leads to; without any, it is a picture alone.
        report: Counts what could not be drawn as it is.
    """
    if picture.what == "ontology":
        return classes.draw(picture, dark, report or Report())
    shown, said = strongest.of(picture)
    drawn = Grammar(shown, grammar.communities(shown))
    return _Drawing(drawn, said, links, report or Report()).written(dark)


@dataclass(slots=True)
class _Drawing:
    """A drawing while it is made: the places of nodes, and what is taken by these and names."""

    marks: Grammar
    said: str
    links: Links | None
    report: Report
    taken: Taken = field(default_factory=Taken)
    at: dict[str, Point] = field(default_factory=dict)
    unnamed: int = 0

    def written(self, dark: bool) -> str:
        picture, xml = self.marks.picture, self.report.xml
        radii = self.marks.sizes(*((6, 16) if self.crowded else (9, 22)))
        self._place(radii)
        body = [*self._ties(), *self._nodes(radii), *self._names(radii), *self._numbers()]
        frame = self.taken.frame() or Box(0, 0, _LEAST, 0)
        wide = max(frame.width + 2 * _BORDER, _LEAST)
        left = frame.x + (frame.width - wide) / 2
        title = labels.fill(picture.title, 16, wide - 24)
        top = frame.y - _BORDER - 21 * len(title)
        below, low = self._below(left + 12, frame.y + frame.height + 22, wide - 24)
        box = f"{left:.0f} {top:.0f} {wide:.0f} {low - top:.0f}"
        role = "group" if self.links else "img"
        lines = [
            elements.line_of_text(text, (left + 12, top + 21 * n), 15, self.report, weight=600)
            for n, text in enumerate(title, 1)
        ]
        paper = f'x="{left:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{low - top:.0f}"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{wide:.0f}" '
                f'height="{low - top:.0f}" font-family="{elements.FONT}" role="{role}" '
                f'aria-label="{xml(picture.title)}">',
                f"<title>{xml(picture.title)}</title>{elements.themes() if dark else ''}",
                f'<rect {paper} class="paper" fill="{marks.LIGHT.paper}"/>',
                *(*body, *lines, *below, "</svg>", ""),
            ]
        )

    @property
    def numbered(self) -> bool:
        """Whether there is room for numbers at the ties."""
        return len(self.marks.picture.edges) <= _NUMBERED

    @property
    def crowded(self) -> bool:
        return len(self.marks.picture.nodes) > _CROWD

    def _place(self, radii: Sequence[float]) -> None:
        iris = [node.iri for node in self.marks.picture.nodes]
        placed = self.marks.laid_out()
        scale = _scale([*placed.values()])
        points = [(placed[iri][0] * scale, placed[iri][1] * scale) for iri in iris]
        for iri, (x, y), radius in zip(iris, elements.apart(points, radii), radii, strict=True):
            self.at[iri] = (x, y)
            self.taken.add(Box(x - radius, y - radius, 2 * radius, 2 * radius))

    def _strands(self) -> Iterator[tuple[str, str, list[tuple[Edge, float]]]]:
        """Give the ends of each tie, and its strands with their widths."""
        widths = self.marks.widths((1.2, 2, 3.2, 5) if self.crowded else marks.WIDTHS)
        ties: dict[tuple[str, str], list[tuple[Edge, float]]] = {}
        for edge, width in zip(self.marks.picture.edges, widths, strict=True):
            strand = (edge, marks.strand(width, edge.hollow))
            ties.setdefault((edge.source, edge.target), []).append(strand)
        return ((a, b, strands) for (a, b), strands in ties.items())

    def _ties(self) -> Iterator[str]:
        nodes = {node.iri: node for node in self.marks.picture.nodes}
        for a, b, strands in self._strands():
            yield self._tie(nodes[a], nodes[b], strands)

    def _numbers(self) -> Iterator[str]:
        """Write what stands at the ties, where there is room for that."""
        if self.numbered:
            texts = [
                (text, (*self.at[a], *self.at[b]), sum(width + _GAP for _, width in strands))
                for a, b, strands in self._strands()
                if (text := self._number([edge for edge, _ in strands]))
            ]
            edges = self.marks.picture.edges
            lines = [(*self.at[edge.source], *self.at[edge.target]) for edge in edges]
            for label in labels.on_lines(texts, _SMALL, self.taken, lines):
                yield elements.name(label, _SMALL, self.report)

    def _tie(self, a: Vertex, b: Vertex, strands: Sequence[tuple[Edge, float]]) -> str:
        start, end = self.at[a.iri], self.at[b.iri]
        offset = -(sum(width for _, width in strands) + _GAP * (len(strands) - 1)) / 2
        drawn = ""
        for edge, width in strands:
            shift = offset + width / 2
            drawn += elements.strand(start, end, shift, edge.status, width, edge.hollow)
            offset += width + _GAP
        if self.marks.picture.directed:
            drawn += elements.arrow(start, end, strands[0][0].status)
        said = f"{a.label} {strands[0][0].label} {b.label}"
        each = "; ".join(filter(None, (_count(edge) for edge, _ in strands)))
        title = self.report.xml(f"{said}: {each}" if each else said)
        inner = f"<title>{title}</title>{drawn}"
        if self.links is None:
            faint = "" if self.numbered else ' opacity="0.6"'
            return f"<g{faint}>{inner}</g>"
        ends = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
        href = self.report.xml(self.links.tie(a, b))
        touch = f'<line {ends} class="touch"/>'
        return f'<a href="{href}" class="tie" aria-label="{title}">{inner}{touch}</a>'

    def _number(self, edges: Sequence[Edge]) -> str:
        what = self.marks.picture.what
        if what in ("network", "meetings"):
            return grammar.caption(edges)
        return "" if what == "two-mode" else ", ".join(edge.label for edge in edges)

    def _nodes(self, radii: Sequence[float]) -> Iterator[str]:
        xml = self.report.xml
        for node, radius in zip(self.marks.picture.nodes, radii, strict=True):
            drawn = elements.shape(node.kind, self.at[node.iri], radius, self.marks.colour(node))
            drawn = f"<title>{xml(f'{node.label} ({words(node.kind)})')}</title>{drawn}"
            href = self.links and xml(self.links.node(node))
            yield f'<a href="{href}">{drawn}</a>' if href else f"<g>{drawn}</g>"

    def _names(self, radii: Sequence[float]) -> Iterator[str]:
        """Write the names, those of the largest and the most tied first, while there is room."""
        picture = self.marks.picture
        around: dict[str, list[Point]] = {node.iri: [] for node in picture.nodes}
        for edge in picture.edges:
            around[edge.source].append(self.at[edge.target])
            around[edge.target].append(self.at[edge.source])
        size = _SMALL if self.crowded else _NAME
        lines = [(*self.at[edge.source], *self.at[edge.target]) for edge in picture.edges]
        named = zip(picture.nodes, radii, strict=True)
        for node, radius in sorted(named, key=lambda n: (-n[1], -len(around[n[0].iri]))):
            ends = around[node.iri] or [self.at[node.iri]]
            toward = (sum(x for x, _ in ends) / len(ends), sum(y for _, y in ends) / len(ends))
            place = (*self.at[node.iri], radius)
            label = labels.beside(node.label, place, toward, size, self.taken, lines)
            if label:
                yield elements.name(label, size, self.report)
            else:
                self.unnamed += 1

    def _below(self, left: float, top: float, wide: float) -> tuple[list[str], float]:
        """Write the key in rows, and below it what has to be said; give where it ends."""
        parts: list[str] = []
        x, y = left, top
        for entry in self.marks.key(self.numbered):
            indent = {"node": 25, "line": 44}.get(entry.mark, 0)
            for n, text in enumerate(labels.fill(entry.words, 12, wide - indent)):
                length = indent + labels.width(text, 12) + 18
                if x > left and (n or x + length > left + wide):
                    x, y = left, y + _ROW
                parts += [] if n else _sample(entry, x, y)
                parts.append(elements.line_of_text(text, (x + indent, y + 4), 12, self.report))
                x += length
        y += _ROW if parts else 0
        left_out = f"{self.unnamed} of {say(len(self.at), 'name')} found no room."
        said = [self.said, left_out if self.unnamed else "", *self.marks.picture.notes]
        if not self.marks.picture.nodes:
            said = ["Nothing is drawn: no node has an edge that counts.", *said]
        for sentence in filter(None, said):
            for text in labels.fill(sentence, 12, wide):
                parts.append(
                    elements.line_of_text(text, (left, y + 4), 12, self.report, quiet=True)
                )
                y += 17
        return parts, y + 8


def _scale(points: Sequence[Point]) -> float:
    """Find how many pixels a unit of the layout is, so that there is room for each name."""
    if not points:
        return _SCALE
    wide, high = (max(axis) - min(axis) for axis in zip(*points, strict=True))
    area = (wide + layout.LENGTH) * (high + layout.LENGTH)
    return min(_SCALE, math.sqrt(_ROOM * (len(points) + _FEW) / area))


def _count(edge: Edge) -> str:
    """Say how many exercises or plans are behind a strand, and whether by inference alone."""
    said = f"{len(edge.events)} {marks.stroke(edge.status).words}" if edge.status else ""
    return ", ".join(filter(None, (said, "inferred" if edge.hollow else "")))


def _sample(entry: Entry, x: float, y: float) -> list[str]:
    if entry.mark == "node":
        return [elements.shape(entry.kind or "State", (x + 12, y), 6.5, entry.colour)]
    if entry.mark == "line":
        ends = ((x + 2, y), (x + 38, y))
        return [elements.strand(*ends, 0, entry.status, 5 if entry.hollow else 3.5, entry.hollow)]
    return []
