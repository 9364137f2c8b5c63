"""What is drawn and written, whatever the format: nodes, edges, events, and places on the map.

A format's module writes a `Picture` and asks nothing else of the graph. Everything here is in a
fixed order, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, Union

#: What an attribute may hold. A tuple is a list of texts; None is left out.
Value: TypeAlias = Union[str, int, float, bool, "tuple[str, ...]", None]
#: Two days, ``YYYY-MM-DD``, between which something lies; None where nothing limits that side.
Spell: TypeAlias = tuple[str | None, str | None]

#: How the lines of edges are drawn, and what that says.
LINES: Final[dict[str, str]] = {
    "solid": "held or under way, stated",
    "dashed": "held or under way, inferred",
    "dotted": "planned only",
}


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute that nodes or edges have.

    Attributes:
        name: Its name, in the files too: letters and underscores.
        type: ``text``, ``date``, ``integer``, ``number``, ``boolean`` or ``list`` (of texts).
        about: What it says, in a few words.
        added: Whether a person added it; the graph knows nothing of it.
    """

    name: str
    type: str
    about: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node of a picture.

    Attributes:
        iri: Its IRI.
        label: Its label.
        kind: The local name of its class, such as ``Navy``.
        values: Its attributes, in the order of `Picture.node_fields`.
        size: What its size shows, 0 or more: the measure, or its number of ties.
        spells: The days of its dated events; none where nothing is dated.
    """

    iri: str
    label: str
    kind: str
    values: tuple[Value, ...]
    size: float = 0.0
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of a picture.

    Attributes:
        source: The IRI of the node at which it begins, or of one of the two.
        target: The IRI of the other.
        label: What it says, in words.
        kind: The local name of the property, class or relation, such as ``trainedWith``.
        iri: The IRI of that.
        values: Its attributes, in the order of `Picture.edge_fields`.
        weight: How strong it is.
        line: ``solid``, ``dashed`` or ``dotted``, as `LINES` has it.
        spells: The days of its dated events.
        events: The IRIs of its events and plans, which `Picture.events` describes.
    """

    source: str
    target: str
    label: str
    kind: str
    iri: str
    values: tuple[Value, ...] = ()
    weight: float = 1.0
    line: str = "solid"
    spells: tuple[Spell, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event or a plan behind edges.

    Attributes:
        iri: Its IRI.
        label: Its label.
        kind: The local name of its class, such as ``Exercise``.
        status: ``held``, ``under-way`` or ``planned``; empty where that is not asked.
        when: Its dates in words, as precise as they are known.
        earliest: The first possible day; None if unknown.
        latest: The last possible day.
        participants: The IRIs of the nodes of the picture that take part.
        articles: The labels of the articles with evidence for it.
        claims: The IRIs of the claims about it.
    """

    iri: str
    label: str
    kind: str
    status: str
    when: str
    earliest: str | None
    latest: str | None
    participants: tuple[str, ...]
    articles: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be put on a map.

    Attributes:
        iri: The place's IRI.
        label: Its label.
        latitude: Degrees north of the equator (WGS 84).
        longitude: Degrees east of Greenwich.
        precision: How precise that is, in words.
        source: Where the coordinates come from, in words; empty if the graph does not say.
        events: The IRIs of what took place there, which `Picture.events` describes.
    """

    iri: str
    label: str
    latitude: float
    longitude: float
    precision: str
    source: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and edges, with all that is said of them.

    Attributes:
        what: ``network``, ``two-mode``, ``graph``, ``meetings`` or ``ontology``.
        title: What it shows, in words, with the policy.
        directed: Whether edges have a direction.
        measure: What the sizes of nodes show, such as ``strength``.
        node_fields: The attributes of nodes.
        edge_fields: The attributes of edges.
        nodes: The nodes, by label.
        edges: The edges.
        events: The events and plans behind the edges, by date.
        spots: The places of these, where the graph has coordinates.
        notes: What has to be said about it, in sentences.
        parallel: Whether two nodes may have several edges.
    """

    what: str
    title: str
    directed: bool
    measure: str
    node_fields: tuple[Field, ...]
    edge_fields: tuple[Field, ...]
    nodes: tuple[Vertex, ...]
    edges: tuple[Edge, ...]
    events: tuple[Event, ...] = ()
    spots: tuple[Spot, ...] = ()
    notes: tuple[str, ...] = ()
    parallel: bool = True

    @property
    def nowhere(self) -> tuple[Event, ...]:
        """Those of `events` that are not on the map."""
        mapped = {iri for spot in self.spots for iri in spot.events}
        return tuple(event for event in self.events if event.iri not in mapped)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its nodes, sorted: what a legend has to tell apart."""
        return tuple(sorted({node.kind for node in self.nodes}))

    def node(self, vertex: Vertex) -> dict[str, Value]:
        """Give a node's attributes by name, without those that it does not have."""
        found: dict[str, Value] = {"label": vertex.label, "kind": vertex.kind}
        return found | dict(_given(self.node_fields, vertex.values))

    def edge(self, edge: Edge) -> dict[str, Value]:
        """Give an edge's attributes by name, without those that it does not have."""
        found: dict[str, Value] = {"label": edge.label, "kind": edge.kind, "iri": edge.iri}
        return found | {"weight": edge.weight} | dict(_given(self.edge_fields, edge.values))


def _given(fields: tuple[Field, ...], values: tuple[Value, ...]) -> Iterator[tuple[str, Value]]:
    for field, value in zip(fields, values, strict=True):
        if value is not None and value != ():
            yield field.name, value
