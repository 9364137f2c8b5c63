"""Nodes, edges and events of pictures of networks, with what is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from ..graph import names
from ..graph.store import Store
from ..graph.terms import NR
from ..network import measures
from ..network.activities import Activity
from ..network.policy import STATUSES
from . import places
from .drawing import marks
from .evidence_index import EvidenceIndex, span, spells
from .model import Day, Edge, Event, Field, Picture, Texts, Vertex, fields

if TYPE_CHECKING:
    import networkx


class ActorAttributes(NamedTuple):
    """Attributes of the nodes of a network."""

    degree: Annotated[int, "number of edges"]
    strength: Annotated[float, "sum of the weights of its edges"]
    first: Annotated[Day, "first day on which its dated events are possible"]
    last: Annotated[Day, "last such day"]
    events: Annotated[int, "number of events that were held or are under way"]
    plans: Annotated[int, "number of plans"]
    sources: Annotated[int, "number of articles with evidence for these"]
    articles: Annotated[Texts, "labels of these articles"]
    claims: Annotated[Texts, "IRIs of the claims about the node itself"]


class TieAttributes(NamedTuple):
    """Attributes of the edges of a network."""

    events: Annotated[int, "number of events that were held or are under way"]
    plans: Annotated[int, "number of plans"]
    basis: Annotated[str, "stated, or inferred: where every event ties them by inference alone"]
    status: Annotated[Texts, "held, under-way, planned"]
    first: Annotated[Day, "first day on which its dated events are possible"]
    last: Annotated[Day, "last such day"]
    sources: Annotated[int, "number of articles with evidence for these"]
    articles: Annotated[Texts, "labels of these articles"]
    event_iris: Annotated[Texts, "IRIs of the events and plans"]
    event_labels: Annotated[Texts, "labels of these, in the same order"]
    claims: Annotated[Texts, "IRIs of the claims about these"]


#: Another measure stands after the first two attributes of an actor.
_FIGURES: Final = ("degree", "strength")
#: What an edge says, by its kind.
_LABELS: Final = {
    "trainedWith": "trained with",
    "plansToTrainWith": "plans to train with",
    "takesPartIn": "takes part in",
    "Meeting": "met",
}


def kinds(store: Store) -> dict[str, str]:
    """Read the class of each exercise and plan, by IRI."""
    return {
        iri: node.kind
        for kind in (NR.Exercise, NR.ExercisePlan)
        for iri, node in names.nodes(store, kind).items()
    }


def event(
    index: EvidenceIndex, activity: Activity, kinds: Mapping[str, str], members: Iterable[str]
) -> Event:
    """Make an event of a picture, with its members and its evidence."""
    node = names.Node(activity.label, activity.iri, kinds.get(activity.iri, "Exercise"))
    spell = (activity.earliest, activity.latest)
    return index.event(node, activity.status, activity.when, spell, members)


def edge(
    index: EvidenceIndex,
    ends: tuple[str, str],
    kind: str,
    events: Sequence[Activity | Event],
    basis: str,
    weight: float,
) -> Edge:
    """Make an edge of a picture from the events behind it."""
    summary = _summary(index, events)
    iris = tuple(event.iri for event in events)
    statuses = {event.status for event in events}
    return Edge(
        source=ends[0],
        target=ends[1],
        label=_LABELS[kind],
        kind=kind,
        iri=NR["hasParticipant" if kind == "takesPartIn" else kind],
        attributes=TieAttributes(
            **summary,
            basis=basis,
            status=tuple(status for status in STATUSES if status in statuses),
            event_iris=iris,
            event_labels=tuple(event.label for event in events),
            claims=index.all_claims(iris),
        ),
        weight=weight,
        line=marks.line(summary["events"], basis),
        spells=spells((event.earliest, event.latest) for event in events),
        events=iris,
    )


def _summary(index: EvidenceIndex, events: Collection[Activity | Event]) -> dict[str, Any]:
    """Count and date events: days are those of plans only where there is nothing else."""
    held = [event for event in events if event.status != "planned"]
    first, last = span([(event.earliest, event.latest) for event in held or events])
    articles = index.all_articles(event.iri for event in events)
    return {
        "events": len(held),
        "plans": len(events) - len(held),
        "first": first,
        "last": last,
        "sources": len(articles),
        "articles": articles,
    }


def assemble(
    store: Store,
    index: EvidenceIndex,
    *,
    what: str,
    title: str,
    nodes: Iterable[names.Node],
    edges: Sequence[Edge],
    events: Sequence[Event],
    measure: str,
    notes: tuple[str, ...] = (),
) -> Picture:
    """Put the measures, dates and evidence of nodes together from their edges."""
    by_iri = {event.iri: event for event in events}
    scored, strength = scores(edges, measure), scores(edges, "strength")
    of: dict[str, list[Edge]] = {}
    for edge in edges:
        of.setdefault(edge.source, []).append(edge)
        of.setdefault(edge.target, []).append(edge)
    vertices = []
    for node in nodes:
        own = of.get(node.iri, [])
        mine = {iri: by_iri[iri] for edge in own for iri in edge.events}.values()
        score = scored.get(node.iri, 0.0)
        attributes = ActorAttributes(
            degree=len(own),
            strength=strength.get(node.iri, 0.0),
            **_summary(index, mine),
            claims=index.claims.get(node.iri, ()),
        )
        vertices.append(
            Vertex(
                iri=node.iri,
                label=node.label,
                kind=node.kind,
                attributes=attributes
                if measure in _FIGURES
                else (*attributes[:2], score, *attributes[2:]),
                size=max(score, 0.0),
                spells=spells((event.earliest, event.latest) for event in mine),
            )
        )
    node_fields = fields(ActorAttributes)
    if measure not in _FIGURES:
        extra = Field(measure, "number", f"its {measure}")
        node_fields = (*node_fields[:2], extra, *node_fields[2:])
    return Picture(
        what=what,
        title=title,
        directed=what == "two-mode",
        measure=measure,
        node_fields=node_fields,
        edge_fields=fields(TieAttributes),
        nodes=tuple(vertices),
        edges=tuple(edges),
        events=tuple(events),
        places=places.on_map(store, events),
        notes=notes,
        parallel=False,
    ).arranged()


def scores(edges: Sequence[Edge], measure: str) -> dict[str, float]:
    """Compute a measure of the nodes of a picture.

    Args:
        edges: Its edges; parallel ones weigh together.
        measure: A measure of `passex.network.measures`.

    Returns:
        The measure by the node's IRI.

    Raises:
        QueryError: A measure that does not exist.
    """
    if measure in _FIGURES:
        sums: dict[str, float] = {}
        for edge in edges:
            for end in (edge.source, edge.target):
                sums[end] = sums.get(end, 0.0) + (1 if measure == "degree" else edge.weight)
        return sums
    import networkx as nx

    graph: networkx.Graph[str] = nx.Graph()
    for edge in edges:
        if edge.source != edge.target:
            before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
            graph.add_edge(edge.source, edge.target, weight=before + edge.weight)
    measures.check(measure)
    return measures.measure(graph, measure)
