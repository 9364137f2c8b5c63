"""SVG of an ontology: boxes of classes with their properties, and what these lead to.

Classes stand in a column, each with those below it; in another stands what their properties lead
to. A property is a row of its class, so that lines run between the columns alone, over no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..columns import Report
from ..model import Edge, Picture, Vertex
from . import elements, labels, marks

_IS_A: Final = "subClassOf"
_WIDE: Final = 330  # of a box, in pixels
_INDENT: Final = 34  # of the classes below another
_HEAD: Final = 26
_ROW: Final = 18
_GAP: Final = 14  # between boxes
_BETWEEN: Final = 170  # between the columns
_TARGET: Final = 170
#: A property of more targets names so many of them, and has no lines.
_SHOWN: Final = 3
_SIZE: Final = 12
_OWN: Final = "#dcebf7"
_MARGIN: Final = 16


@dataclass(frozen=True, slots=True)
class _Row:
    """A property of a class: what stands in its row, and the classes that it leads to."""

    words: str
    targets: tuple[str, ...]
    said: str
    given: bool
    derived: bool


@dataclass(slots=True)
class _Drawing:
    """A drawing while it is made."""

    picture: Picture
    report: Report
    parts: list[str] = field(default_factory=list)
    #: Where rows end, with the classes that they lead to.
    ends: list[tuple[float, float, tuple[str, ...]]] = field(default_factory=list)

    def written(self, dark: bool) -> str:
        picture, xml = self.picture, self.report.xml
        nodes = {node.iri: node for node in picture.nodes}
        above: dict[str, str] = {}
        for edge in picture.edges:
            # What has several classes above it stands below one that is ours, or has rows.
            if edge.kind == _IS_A and (
                edge.source not in above or nodes[edge.target].kind == "Class"
            ):
                above[edge.source] = edge.target
        below: dict[str, list[str]] = {}
        for node in picture.nodes:
            if node.iri in above:
                below.setdefault(above[node.iri], []).append(node.iri)
        rows = {iri: self._rows(iri, nodes, above) for iri in nodes}
        y = 0.0
        for node in picture.nodes:
            if node.iri not in above and (rows[node.iri] or node.iri in below):
                y = self._tree(node.iri, 0, y, nodes, rows, below) + _GAP
        low = max(y, self._targets(nodes))
        wide = _WIDE + _BETWEEN + _TARGET + 2 * _MARGIN
        title = labels.fill(picture.title, 16, wide - 2 * _MARGIN)
        top = -22 * len(title) - _MARGIN
        below_, low = self._below(low + 18, wide - 2 * _MARGIN)
        box = f'x="{-_MARGIN}" y="{top}" width="{wide}" height="{low - top:.0f}"'
        heads = [
            elements.line_of_text(line, (0, top + 21 * n), 15, self.report, weight=600)
            for n, line in enumerate(title, 1)
        ]
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{low - top:.0f}" '
                f'viewBox="{-_MARGIN} {top} {wide} {low - top:.0f}" role="img" '
                f'font-family="{elements.FONT}" aria-label="{xml(picture.title)}">',
                f"<title>{xml(picture.title)}</title>{elements.themes() if dark else ''}",
                f'<rect {box} class="paper" fill="{marks.LIGHT.paper}"/>',
                *(*heads, *self.parts, *below_, "</svg>", ""),
            ]
        )

    def _rows(self, iri: str, nodes: dict[str, Vertex], above: dict[str, str]) -> list[_Row]:
        """Gather the properties of a class, each with all that it leads to."""
        gathered: dict[str, list[Edge]] = {}
        for edge in self.picture.edges:
            if edge.source == iri and (edge.kind != _IS_A or above[iri] != edge.target):
                gathered.setdefault(edge.iri, []).append(edge)
        rows = []
        for edges in gathered.values():
            targets = tuple(dict.fromkeys(edge.target for edge in edges))
            called = [nodes[target].label for target in targets]
            few = len(targets) <= _SHOWN
            said = (
                " or ".join(called)
                if few
                else f"{', '.join(called[:2])} and {len(called) - 2} more"
            )
            attributes = self.picture.edge(edges[0])
            derived, given = bool(attributes.get("derived")), bool(attributes.get("given", True))
            rows.append(_Row(edges[0].label, targets if few else (), said, given, derived))
        return rows

    def _tree(
        self,
        iri: str,
        depth: int,
        y: float,
        nodes: dict[str, Vertex],
        rows: dict[str, list[_Row]],
        below: dict[str, list[str]],
    ) -> float:
        """Draw a class with those below it, and give where that ends."""
        x = float(depth * _INDENT)
        bottom = self._box(nodes[iri], x, y, rows[iri])
        trunk, end = x + 16, bottom
        at = bottom + _GAP + (6 if iri in below else 0)
        for child in below.get(iri, ()):
            end = at + _HEAD / 2
            self.parts.append(_line((trunk, end), (x + _INDENT, end)))
            at = self._tree(child, depth + 1, at, nodes, rows, below) + _GAP / 2
        if iri in below:
            self.parts.append(_line((trunk, bottom + 10), (trunk, end)))
            corners = [(trunk, bottom), (trunk - 6, bottom + 10), (trunk + 6, bottom + 10)]
            paper, held = marks.LIGHT.paper, marks.LIGHT.held
            self.parts.append(
                f'<path d="{elements.path(corners)}" class="held bare" fill="{paper}" '
                f'stroke="{held}" stroke-width="1.5"/>'
            )
            return at - _GAP / 2
        return bottom

    def _box(self, node: Vertex, x: float, y: float, rows: Sequence[_Row]) -> float:
        wide = _WIDE - x
        texts = self.picture.node(node).get("properties", ())
        listed = labels.fill(", ".join(texts), 11, wide - 16) if isinstance(texts, tuple) else []
        high = _HEAD + _ROW * len(rows) + 15 * len(listed) + (6 if rows or listed else 0)
        fill = _OWN if node.kind == "Class" else marks.LIGHT.paper
        ink, xml = marks.LIGHT.ink, self.report.xml
        border = f'stroke="{ink}" stroke-width="1.25"'
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="4" '
            f'class="node bare" fill="{marks.LIGHT.paper}" {border}/>'
            f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{_HEAD}" rx="4" class="node" '
            f'fill="{fill}" {border}><title>{xml(node.iri)}</title></rect>'
            f'<text x="{x + 8:g}" y="{y + 17.5:g}" font-size="13" font-weight="600" '
            f'fill="{ink}">{xml(node.label)}</text>'
        )
        at = y + _HEAD + 3
        for row in rows:
            at += _ROW
            style = "" if row.given else ' font-style="italic"'
            words = f"{row.words} (derived)" if row.derived else row.words
            room = wide - 24 - labels.width(words, _SIZE)
            said = _cut(row.said, room)
            self.parts.append(
                f'<text x="{x + 8:g}" y="{at - 5:g}" font-size="{_SIZE}" class="ink" fill="{ink}"'
                f"{style}>{xml(words)}</text>"
                f'<text x="{x + wide - 8:g}" y="{at - 5:g}" font-size="{_SIZE}" class="quiet" '
                f'text-anchor="end" fill="{marks.LIGHT.quiet}"{style}>{xml(said)}</text>'
            )
            if row.targets:
                self.ends.append((x + wide, at - 9, row.targets))
        for line in listed:
            at += 15
            self.parts.append(
                elements.line_of_text(line, (x + 8, at - 3), 11, self.report, quiet=True)
            )
        return y + high

    def _targets(self, nodes: dict[str, Vertex]) -> float:
        """Draw what the rows lead to, near them, and the lines there; give where that ends."""
        reached: dict[str, list[float]] = {}
        for _, y, targets in self.ends:
            for target in targets:
                reached.setdefault(target, []).append(y)
        wanted = {iri: sum(ys) / len(ys) for iri, ys in reached.items()}
        x, at = float(_WIDE + _BETWEEN), 0.0
        places: dict[str, float] = {}
        for iri in sorted(wanted, key=lambda iri: (wanted[iri], iri)):
            at = max(at, wanted[iri] - _HEAD / 2)
            places[iri] = at + _HEAD / 2
            self._target(nodes[iri], x, at)
            at += _HEAD + _GAP
        for start, y, targets in self.ends:
            for target in targets:
                to, bend = places[target], _BETWEEN * 0.55
                self.parts.append(
                    f'<path d="M{start:g} {y:g}C{start + bend:g} {y:g} {x - bend:g} {to:g} '
                    f'{x - 7:g} {to:g}" class="held" fill="none" stroke="{marks.LIGHT.held}" '
                    'stroke-width="1" opacity="0.75"/>'
                )
        for iri in places:
            tip = [(x, places[iri]), (x - 8, places[iri] - 4), (x - 8, places[iri] + 4)]
            self.parts.append(
                f'<path d="{elements.path(tip)}" class="held filled" fill="{marks.LIGHT.held}"/>'
            )
        return at

    def _target(self, node: Vertex, x: float, y: float) -> None:
        fill = _OWN if node.kind == "Class" else marks.LIGHT.paper
        bare = "" if node.kind == "Class" else " bare"
        name = "" if node.kind == "Class" else ' class="ink"'
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{_TARGET}" height="{_HEAD}" rx="4" '
            f'class="node{bare}" fill="{fill}" stroke="{marks.LIGHT.ink}" stroke-width="1.25">'
            f"<title>{self.report.xml(node.iri)}</title></rect>"
            f'<text x="{x + 8:g}" y="{y + 17.5:g}" font-size="13"{name} fill="{marks.LIGHT.ink}">'
            f"{self.report.xml(_cut(node.label, _TARGET - 16))}</text>"
        )

    def _below(self, y: float, wide: float) -> tuple[list[str], float]:
        sentences = [
            "Blue: a class of ours; others are reused. A hollow triangle: is a.",
            "A row is a property, and what it leads to. In italics: the ontology leaves that open, "
            "and the shapes or the facts of the graph say it.",
            *self.picture.notes,
        ]
        parts = []
        for text in (line for s in sentences for line in labels.fill(s, _SIZE, wide)):
            parts.append(elements.line_of_text(text, (0, y), _SIZE, self.report, quiet=True))
            y += 17
        return parts, y


def draw(picture: Picture, dark: bool, report: Report) -> str:
    """Draw the picture of an ontology; `dark` and `report` are as in `svg.draw`."""
    return _Drawing(picture, report).written(dark)


def _line(a: tuple[float, float], b: tuple[float, float]) -> str:
    return elements.strand(a, b, 0, "", 1.5, hollow=False)


def _cut(text: str, wide: float) -> str:
    while len(text) > 1 and labels.width(text, _SIZE) > wide:
        text = text.rstrip("\u2026")[:-1] + "\u2026"
    return text
