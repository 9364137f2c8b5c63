"""What pictures of networks have in common: events, edges, and what is counted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ..graph import names
from ..graph.store import Store
from ..graph.terms import NR
from ..network import happenings
from ..network.policy import STATUSES
from . import places, proof
from .model import Edge, Event, Field, Picture, Spell, Value, Vertex

if TYPE_CHECKING:
    import networkx

NODE_FIELDS: Final = (
    Field("degree", "integer", "number of edges"),
    Field("strength", "number", "sum of the weights of its edges"),
    Field("first", "date", "first day on which its dated events are possible"),
    Field("last", "date", "last such day"),
    Field("events", "integer", "number of events that were held or are under way"),
    Field("plans", "integer", "number of plans"),
    Field("sources", "integer", "number of articles with evidence for these"),
    Field("articles", "list", "labels of these articles"),
    Field("claims", "list", "IRIs of the claims about the node itself"),
)
EDGE_FIELDS: Final = (
    Field("events", "integer", "number of events that were held or are under way"),
    Field("plans", "integer", "number of plans"),
    Field("basis", "text", "stated, or inferred: where every event ties them by inference alone"),
    Field("status", "list", "held, under-way, planned"),
    Field("first", "date", "first day on which its dated events are possible"),
    Field("last", "date", "last such day"),
    Field("sources", "integer", "number of articles with evidence for these"),
    Field("articles", "list", "labels of these articles"),
    Field("event_iris", "list", "IRIs of the events and plans"),
    Field("event_labels", "list", "labels of these, in the same order"),
    Field("claims", "list", "IRIs of the claims about these"),
)
#: What an edge says, by its kind.
_LABELS: Final = {
    "trainedWith": "trained with",
    "plansToTrainWith": "plans to train with",
    "takesPartIn": "takes part in",
    "Meeting": "met",
}


def kinds_of(store: Store) -> dict[str, str]:
    """Give the class of each exercise and plan, by IRI."""
    return {
        iri: node.kind
        for kind in (NR.Exercise, NR.ExercisePlan)
        for iri, node in names.nodes(store, kind).items()
    }


def event_of(
    event: happenings.Happening, kind: str, members: Iterable[str], behind: proof.Proof
) -> Event:
    """Make an event of a picture, with its members and its evidence."""
    return Event(
        event.iri,
        event.label,
        kind,
        event.status,
        event.when,
        event.earliest,
        event.latest,
        tuple(sorted(members)),
        behind.articles.get(event.iri, ()),
        behind.claims.get(event.iri, ()),
    )


def edge_of(
    ends: tuple[str, str],
    kind: str,
    events: Sequence[Event],
    basis: str,
    weight: float,
    behind: proof.Proof,
) -> Edge:
    """Make an edge of a picture from the events behind it."""
    iris = tuple(event.iri for event in events)
    held = [event for event in events if event.status != "planned"]
    dates = [(event.earliest, event.latest) for event in held or events]
    articles = behind.all_articles(iris)
    said = {event.status for event in events}
    values: tuple[Value, ...] = (
        len(held),
        len(events) - len(held),
        basis,
        tuple(status for status in STATUSES if status in said),
        proof.first(dates),
        proof.last(dates),
        len(articles),
        articles,
        iris,
        tuple(event.label for event in events),
        behind.all_claims(iris),
    )
    line = "dotted" if not held else "dashed" if basis == "inferred" else "solid"
    iri = NR["hasParticipant" if kind == "takesPartIn" else kind]
    spells = proof.spells((event.earliest, event.latest) for event in events)
    return Edge(*ends, _LABELS[kind], kind, iri, values, weight, line, spells, iris)


def assemble(
    store: Store,
    what: str,
    title: str,
    shown: Mapping[str, names.Node],
    edges: Sequence[Edge],
    events: Sequence[Event],
    behind: proof.Proof,
    measure: str,
    notes: tuple[str, ...],
) -> Picture:
    """Put the measures, dates and proofs of nodes together from their edges."""
    of: dict[str, list[Edge]] = {iri: [] for iri in shown}
    for edge in edges:
        of[edge.source].append(edge)
        of[edge.target].append(edge)
    by_iri = {event.iri: event for event in events}
    measured, strength = scores(edges, measure), scores(edges, "strength")
    fields: tuple[Field, ...] = NODE_FIELDS
    if measure not in ("degree", "strength"):
        fields = (*NODE_FIELDS[:2], Field(measure, "number", f"its {measure}"), *NODE_FIELDS[2:])
    vertices = []
    for node in sorted(shown.values()):
        mine = {iri: by_iri[iri] for edge in of[node.iri] for iri in edge.events}
        held = [event for event in mine.values() if event.status != "planned"]
        dates: list[Spell] = [(event.earliest, event.latest) for event in held or mine.values()]
        articles = behind.all_articles(mine)
        score = measured.get(node.iri, 0.0)
        extra = () if fields is NODE_FIELDS else (score,)
        values: tuple[Value, ...] = (
            len(of[node.iri]),
            strength.get(node.iri, 0.0),
            *extra,
            proof.first(dates),
            proof.last(dates),
            len(held),
            len(mine) - len(held),
            len(articles),
            articles,
            behind.claims.get(node.iri, ()),
        )
        spells = proof.spells((event.earliest, event.latest) for event in mine.values())
        vertices.append(Vertex(node.iri, node.label, node.kind, values, max(score, 0.0), spells))
    ordered = sorted(events, key=lambda e: (e.earliest or e.latest or "9", e.label, e.iri))
    rank = {vertex.iri: number for number, vertex in enumerate(vertices)}
    return Picture(
        what,
        title,
        what == "two-mode",
        measure,
        fields,
        EDGE_FIELDS,
        tuple(vertices),
        tuple(sorted(edges, key=lambda e: (rank[e.source], rank[e.target], e.kind))),
        tuple(ordered),
        places.spots(store, ordered),
        notes,
        parallel=False,
    )


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
    if measure in ("degree", "strength"):
        found: dict[str, float] = {}
        for edge in edges:
            for end in (edge.source, edge.target):
                found[end] = found.get(end, 0.0) + (1 if measure == "degree" else edge.weight)
        return found
    import networkx as nx

    from ..network import measures

    graph: networkx.Graph[str] = nx.Graph()
    for edge in edges:
        if edge.source != edge.target:
            before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
            graph.add_edge(edge.source, edge.target, weight=before + edge.weight)
    measures.check(measure)
    return measures.measure(graph, measure)
