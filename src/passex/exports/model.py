"""Pictures: the nodes, edges, events and places that are written, whatever the format.

A format's module writes a `Picture` and asks nothing else of the graph. Everything here is in a
fixed order, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, TypeAlias, Union, get_type_hints

from .drawing import marks
from .geometry import Location

#: What an attribute may hold. A tuple is a list of texts; None is left out.
Value: TypeAlias = Union[str, int, float, bool, "tuple[str, ...]", None]
#: Two days, ``YYYY-MM-DD``, between which something lies; None where nothing limits that side.
Spell: TypeAlias = tuple[str | None, str | None]
#: In a record of attributes: one of these days.
Day: TypeAlias = Annotated[str | None, "date"]
#: In a record of attributes: a list of texts.
Texts: TypeAlias = tuple[str, ...]

#: Why sizes show nothing in pictures of anything but a network of actors.
UNRANKED: Final = "Only the actors of a network are ranked."
_TYPES: Final[dict[Any, str]] = {
    str: "text",
    str | None: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Texts: "list",
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


@cache
def fields(record: type[NamedTuple]) -> tuple[Field, ...]:
    """Read names, types and descriptions of the attributes of a record.

    Args:
        record: A NamedTuple, each of whose types is annotated with what it says. Its instances are
            attributes of nodes or edges as they are, so that formats can write them by column.

    Example:
        >>> class ShipAttributes(NamedTuple):
        ...     crew: Annotated[int, "how many people sail in it"]
        >>> fields(ShipAttributes)[0].type
        'integer'
    """
    made = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        *special, about = hint.__metadata__
        made.append(Field(name, special[0] if special else _TYPES[hint.__origin__], about))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node of a picture.

    Attributes:
        iri: Its IRI.
        label: Its label.
        kind: The local name of its class, such as ``Navy``.
        attributes: Its attributes, in the order of `Picture.node_fields`.
        size: What its size shows, 0 or more: the measure, or its number of ties.
        spells: The days of its dated events; none where nothing is dated.
    """

    iri: str
    label: str
    kind: str
    attributes: tuple[Value, ...]
    size: float = 0.0
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge of a picture.

    Attributes:
        source: The IRI of the node at which it begins, or of one of the two.
        target: The IRI of the other.
        label: What it says, in words.
        kind: The local name of the property, class or relation, such as ``trainedWith``.
        iri: The IRI of that.
        attributes: Its attributes, in the order of `Picture.edge_fields`.
        weight: How strong it is.
        status: ``held``, ``under-way`` or ``planned``; empty where that is not asked.
        hollow: Whether it is inferred.
        spells: The days of its dated events.
        events: The IRIs of its events and plans, which `Picture.events` describes.
    """

    source: str
    target: str
    label: str
    kind: str
    iri: str
    attributes: tuple[Value, ...] = ()
    weight: float = 1.0
    status: str = ""
    hollow: bool = False
    spells: tuple[Spell, ...] = ()
    events: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What its status makes of its line: ``solid``, ``dash-dot`` or ``dashed``."""
        return marks.stroke(self.status).name


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A place that can be put on a map.

    Attributes:
        iri: The place's IRI.
        label: Its label.
        location: Where it lies: a point, an area, or both.
        precision: How precise that is, in words.
        source: Where the coordinates come from, in words; empty if the graph does not say.
        events: The IRIs of what took place there, which `Picture.events` describes.
    """

    iri: str
    label: str
    location: Location
    precision: str
    source: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGap:
    """A place that cannot be put on a map, or that an event has no place.

    Attributes:
        place: The place's label; empty if there is none.
        iri: Its IRI; empty if there is none.
        reason: Why it is not on the map, in words.
        events: The IRIs of what took place there, or of the event without a place.
    """

    place: str
    iri: str
    reason: str
    events: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
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
        places: The places of these that can be put on a map.
        gaps: Their other places, and why these cannot.
        notes: What has to be said about it, in sentences.
        parallel: Whether two nodes may have several edges.
        unranked: Why the sizes of nodes show nothing, in a sentence; empty where they show the
            measure.
        groups: Gives the number of each node's community by IRI, 0 for the largest; nothing where
            colours show kinds. That takes time, which not every format has to spend.
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
    places: tuple[MapPlace, ...] = ()
    gaps: tuple[MapGap, ...] = ()
    notes: tuple[str, ...] = ()
    parallel: bool = True
    unranked: str = ""
    groups: Callable[[], Mapping[str, int]] = field(default=dict, repr=False, compare=False)

    @property
    def iris(self) -> set[str]:
        """The IRIs of its nodes and events."""
        return {node.iri for node in self.nodes} | {event.iri for event in self.events}

    @property
    def nowhere(self) -> tuple[tuple[Event, tuple[str, ...]], ...]:
        """Those of `events` that are not on the map, and why."""
        return self._lacking(False)

    @property
    def elsewhere(self) -> tuple[tuple[Event, tuple[str, ...]], ...]:
        """Those that are on the map at some of their places, and why not at the others."""
        return self._lacking(True)

    def _lacking(self, mapped: bool) -> tuple[tuple[Event, tuple[str, ...]], ...]:
        on = {iri for place in self.places for iri in place.events}
        why: dict[str, list[str]] = {}
        for gap in self.gaps:
            for iri in gap.events:
                why.setdefault(iri, []).append(str(gap))
        return tuple(
            (event, tuple(why.get(event.iri, ())))
            for event in self.events
            if (event.iri in on) == mapped and (event.iri in why or not mapped)
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its nodes, sorted: what a legend has to tell apart."""
        return tuple(sorted({node.kind for node in self.nodes}))

    def arranged(self) -> Picture:
        """Put nodes in the order of their labels, edges in that of their ends, events by date."""
        nodes = sorted(self.nodes, key=lambda node: (node.label, node.iri))
        rank = {node.iri: number for number, node in enumerate(nodes)}
        order = ["", *marks.STROKES].index

        def place(edge: Edge) -> tuple[int, int, int, str, str]:
            ends = rank[edge.source], rank[edge.target]
            return (*ends, order(edge.status), edge.label, edge.iri)

        edges = sorted(self.edges, key=place)
        events = sorted(self.events, key=lambda e: (e.earliest or e.latest or "9", e.label, e.iri))
        return replace(self, nodes=tuple(nodes), edges=tuple(edges), events=tuple(events))

    def node(self, vertex: Vertex) -> dict[str, Value]:
        """Give a node's attributes by name, without those that it does not have."""
        own: dict[str, Value] = {"label": vertex.label, "kind": vertex.kind}
        return own | _by_name(self.node_fields, vertex.attributes)

    def edge(self, edge: Edge) -> dict[str, Value]:
        """Give an edge's attributes by name, without those that it does not have."""
        own: dict[str, Value] = {"label": edge.label, "kind": edge.kind, "iri": edge.iri}
        return own | {"weight": edge.weight} | _by_name(self.edge_fields, edge.attributes)


def _by_name(fields: Iterable[Field], values: Iterable[Value]) -> dict[str, Value]:
    named = {field.name: value for field, value in zip(fields, values, strict=True)}
    return {name: value for name, value in named.items() if value is not None and value != ()}
