"""The marks of one picture, and the key that says what they mean: the same for every format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from ...text.wording import say, words
from ..model import Edge, Picture, Vertex
from . import layout, marks, strongest

#: The programs that open files of more edges find communities faster than they are found here.
_QUICK: Final = 5000
#: They lay out more edges, too: of so many it takes them, and us, no time.
_LAID_OUT: Final = 2500
#: The golden angle, which spreads points of a spiral evenly, in radians.
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
#: What no weight of a tie in a layout is above.
_PULL: Final = 1e6
#: So many kinds that look alike are named in the key.
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a key.

    Attributes:
        words: What the mark means.
        mark: ``node``, ``line``, or empty where it is about sizes, widths or numbers.
        kind: Of a node, the kind whose shape it has; empty for a spot of colour.
        colour: Of a node, its colour; empty where the shape alone matters.
        status: Of a line, the status.
        hollow: Of a line, whether its middle is empty.
    """

    words: str
    mark: str = ""
    kind: str = ""
    colour: str = ""
    status: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The marks of a picture.

    Attributes:
        picture: What is drawn.
        communities: The number of each node's community; without one, its colour shows its kind.
    """

    picture: Picture
    communities: dict[str, int]

    def colour(self, node: Vertex) -> str:
        """Give the colour of a node."""
        return marks.colour(node.kind, self.communities.get(node.iri))

    def sizes(self, low: float, high: float) -> list[float]:
        """Give the sizes of nodes in their order; all are alike where nothing is ranked."""
        ranked = not self.picture.unranked
        return marks.radii((n.size if ranked else 0.0 for n in self.picture.nodes), low, high)

    def nodes(self, low: float, high: float) -> dict[str, tuple[str, float]]:
        """Give the colour and the size of each node, by IRI."""
        nodes = self.picture.nodes
        sizes = self.sizes(low, high)
        return {n.iri: (self.colour(n), size) for n, size in zip(nodes, sizes, strict=True)}

    def laid_out(self) -> dict[str, tuple[float, float]]:
        """Give where each node stands, by IRI, in units of `layout`, to the right and downwards."""
        ties = (
            (*ends, min(weight, _PULL))
            for ends, weight in strongest.pairs(self.picture).items()
            if ends[0] != ends[1] and weight > 0
        )
        iris = [node.iri for node in self.picture.nodes]
        return {iri: (x, y) for iri, (x, y) in layout.place(iris, ties, self.communities).items()}

    def places(self) -> dict[str, tuple[float, float]]:
        """Give where each node begins in a program that can lay it out anew; `laid_out` if few.

        Others stand on a spiral, evenly (H. Vogel, "A better way to construct the sunflower head",
        Mathematical Biosciences 44, 1979), so that none hides another.
        """
        if len(self.picture.edges) <= _LAID_OUT:
            return self.laid_out()
        return {
            node.iri: (
                round(layout.LENGTH * math.sqrt(at) * math.cos(at * _GOLDEN), 1),
                round(layout.LENGTH * math.sqrt(at) * math.sin(at * _GOLDEN), 1),
            )
            for at, node in enumerate(self.picture.nodes)
        }

    @property
    def sized(self) -> str:
        """What the sizes of nodes show, in a sentence."""
        unranked = self.picture.unranked
        return (
            f"All sizes are alike. {unranked}"
            if unranked
            else f"Sizes show {self.picture.measure}."
        )

    def widths(self, steps: tuple[float, ...] = marks.WIDTHS) -> list[float]:
        """Give the widths of edges in their order."""
        return marks.widths([edge.weight for edge in self.picture.edges], steps)

    def key(self, numbered: bool = True) -> tuple[Entry, ...]:
        """Give what is drawn, and nothing else, with what it means.

        Args:
            numbered: Whether numbers stand at the edges.
        """
        parts = (self._kinds(), self._groups(), self._lines(), self._rest(numbered))
        return tuple(chain.from_iterable(parts))

    def _kinds(self) -> Iterator[Entry]:
        alike: dict[marks.Look, list[str]] = {}
        for kind in self.picture.kinds:
            alike.setdefault(marks.look(kind), []).append(kind)
        # What has no look of its own comes last.
        for look, kinds in sorted(alike.items(), key=lambda item: item[0] == marks.OTHER):
            said = [words(kind) for kind in kinds]
            named = ", ".join(said if len(said) <= _NAMED + 1 else said[:_NAMED])
            if len(said) > _NAMED + 1:
                named += f" and {len(said) - _NAMED} other kinds"
            yield Entry(named, "node", kinds[0], "" if self.communities else look.colour)

    def _groups(self) -> Iterator[Entry]:
        groups: dict[int, list[Vertex]] = {}
        for node in self.picture.nodes:
            if node.iri in self.communities:
                groups.setdefault(self.communities[node.iri], []).append(node)
        shown = sorted(number for number in groups if number < len(marks.PALETTE))
        for number in shown:
            members = groups[number]
            first = min(members, key=lambda n: (-n.size, n.label, n.iri))
            rest = f" and {say(len(members) - 1, 'other')}" if len(members) > 1 else ""
            yield Entry(f"community of {first.label}{rest}", "node", "", marks.PALETTE[number])
        if smaller := len(groups) - len(shown):
            words_ = say(smaller, "smaller community").replace("ys", "ies")
            yield Entry(words_, "node", "", marks.REST)

    def _lines(self) -> Iterator[Entry]:
        drawn = {edge.status for edge in self.picture.edges}
        for status, stroke in marks.STROKES.items():
            if status in drawn:
                yield Entry(stroke.words, "line", status=status)
        hollow = next((edge for edge in self.picture.edges if edge.hollow), None)
        if hollow:
            yield Entry(marks.HOLLOW, "line", status=hollow.status, hollow=True)

    def _rest(self, numbered: bool) -> Iterator[Entry]:
        what, edges = self.picture.what, self.picture.edges
        if len(set(self.widths())) > 1:
            yield Entry("a wider line weighs more, by quarters of the ties")
        if numbered and what in ("network", "meetings") and any(map(number, edges)):
            things = "exercises, or plans where it says so" if what == "network" else "meetings"
            yield Entry(f"a number counts {things}")
        if what == "network" and self.picture.nodes:
            yield Entry(self.sized)


def of(picture: Picture) -> Grammar:
    """Find the marks of a picture for a file; communities only where it doesn't take long.

    Example:
        >>> from passex import load
        >>> [entry.words for entry in of(load().ties().picture()).key()][:3]
        ['formation', 'navy', 'held']
    """
    return Grammar(picture, communities(picture) if len(picture.edges) <= _QUICK else {})


def communities(picture: Picture) -> dict[str, int]:
    """Give the number of the community of each node that is drawn, as `Picture.groups` does."""
    groups = picture.groups()
    return {node.iri: groups[node.iri] for node in picture.nodes if node.iri in groups}


def number(edge: Edge) -> str:
    """Give the number that stands at an edge: that of its exercises, plans or meetings above one.

    Example:
        >>> number(Edge(source="urn:a", target="urn:b", label="met", kind="Meeting", iri="urn:m"))
        ''
    """
    count = len(edge.events)
    return "" if count < 2 else f"{count} planned" if edge.status == "planned" else f"{count}"


def caption(edges: Iterable[Edge]) -> str:
    """Say what stands at the strands of one tie together, which is never a sum.

    Example:
        >>> edge = Edge(source="urn:a", target="urn:b", label="", kind="", iri="urn:m")
        >>> from dataclasses import replace
        >>> held, plan = (replace(edge, status=s) for s in ("held", "planned"))
        >>> caption([replace(held, events=("urn:1", "urn:2")), replace(plan, events=("urn:3",))])
        '2 + 1 planned'
    """
    strands = [edge for edge in edges if edge.events]
    if len(strands) < 2 and not any(map(number, strands)):
        return ""
    status = {"planned": " planned", "under-way": " under way"}
    return " + ".join(f"{len(edge.events)}{status.get(edge.status, '')}" for edge in strands)
