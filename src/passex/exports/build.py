"""Pictures of networks: who trains with whom, in what, and who met whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from .. import happenings, names, periods, projection, vocabulary
from ..errors import QueryError
from ..network import STATUSES, Network, Policy
from ..store import Store
from ..vocabulary import NR
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


def network(
    store: Store, found: Network, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw who trains with whom.

    Args:
        store: The graph from which the network was built.
        found: The network.
        measure: The measure of `passex.measures` that sizes show.
        weight: ``newman`` or ``count``: what edges weigh. Plans weigh what exercises do, where the
            policy includes them.

    Returns:
        The picture.
    """
    behind = proof.read(store)
    edges = []
    happened: dict[str, happenings.Happening] = {}
    for tie in found.ties:
        events = [o.happening for o in tie.occasions]
        happened.update((event.iri, event) for event in events)
        planned = tie.count == 0
        strength = tie.weight + tie.planned_weight if weight == "newman" else len(events)
        edges.append(
            _edge(
                (tie.source.iri, tie.target.iri),
                "plansToTrainWith" if planned else "trainedWith",
                [_event(event, "", (), behind) for event in events],
                tie.basis,
                float(strength),
                behind,
            )
        )
    members: dict[str, set[str]] = {}
    for edge in edges:
        for iri in edge.events:
            members.setdefault(iri, set()).update((edge.source, edge.target))
    kinds = _kinds(store)
    shown = [
        _event(event, kinds.get(iri, "Exercise"), members[iri], behind)
        for iri, event in happened.items()
    ]
    return _picture(
        store,
        "network",
        f"Who trains with whom: {found.policy}",
        {node.iri: node for node in found.nodes},
        edges,
        shown,
        behind,
        measure,
        found.notes,
    )


def two_mode(
    store: Store, policy: Policy, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw actors and the exercises and plans that they are in.

    Args:
        store: A store with its derived triples.
        policy: What counts.
        measure: The measure that sizes show.
        weight: ``newman``: an actor's part in an exercise of n parties weighs 1/(n-1), and 1 where
            it is alone; ``count``: it weighs 1.

    Returns:
        The picture, with edges from actors to what they are in.

    Raises:
        QueryError: Ties of several exercises are asked for, or a domain that is not in the graph.
    """
    if policy.min_events > 1:
        raise QueryError(
            "the two-mode network has no ties of several exercises",
            "leave --min-events out, or use --what network",
        )
    known = happenings.happenings(store)
    projection.check_domain(policy, known.values())
    counted = {iri: event for iri, event in known.items() if policy.admits(event)}
    members = projection.memberships(store, policy.level)
    guessed = projection.inferences(store, policy.level)
    actors = names.nodes(store, vocabulary.ACTOR)
    kinds = _kinds(store)
    behind = proof.read(store)
    shown: dict[str, names.Node] = {}
    edges, events = [], []
    for iri in sorted(counted):
        parts = members.get(iri, {})
        if not parts:
            continue
        _, parties = projection.pairs(parts)
        event = _event(counted[iri], kinds.get(iri, "Exercise"), parts, behind)
        events.append(event)
        shown[iri] = names.Node(event.label, iri, event.kind)
        strength = 1 / max(parties - 1, 1) if weight == "newman" else 1.0
        for actor in sorted(parts):
            shown[actor] = actors[actor]
            basis = "inferred" if (iri, actor) in guessed else "stated"
            edges.append(_edge((actor, iri), "takesPartIn", [event], basis, strength, behind))
    return _picture(
        store,
        "two-mode",
        f"Who takes part in what: {policy}",
        shown,
        edges,
        events,
        behind,
        measure,
        (),
    )


def meetings(
    store: Store,
    since: str | int | None = None,
    until: str | int | None = None,
    measure: str = "strength",
) -> Picture:
    """Draw who met whom.

    Args:
        store: The graph.
        since: As in a policy.
        until: As in a policy.
        measure: The measure that sizes show.

    Returns:
        The picture. Its nodes are what the articles say met: persons, states, others.

    Raises:
        QueryError: No year or day, or a period that ends before it begins.
    """
    asked = periods.period(since, until)
    met = names.nodes(store, NR + "Meeting")
    actors = names.nodes(store, vocabulary.ACTOR)
    dates = happenings.bounds(store)
    behind = proof.read(store)
    together: dict[tuple[str, str], list[Event]] = {}
    events = []
    for iri in sorted(met):
        bounds = dates.get(iri, (None, None))
        earliest, latest = (periods.day(bound) for bound in bounds)
        if not asked.may_hold(earliest, latest):
            continue
        present = sorted(set(store.objects(iri, NR + "hasParticipant")) & actors.keys())
        events.append(
            Event(
                iri,
                met[iri].label,
                met[iri].kind,
                "held",
                happenings.say_dates(*bounds),
                earliest,
                latest,
                tuple(present),
                behind.articles.get(iri, ()),
                behind.claims.get(iri, ()),
            )
        )
        for pair in combinations(present, 2):
            together.setdefault(pair, []).append(events[-1])
    edges = [
        _edge(pair, "Meeting", found, "stated", float(len(found)), behind)
        for pair, found in together.items()
    ]
    words = str(Policy(since=since, until=until)).split("; ")[3:]
    title = "Who met whom" + (f": {words[0]}" if words else "")
    shown = {iri: actors[iri] for pair in together for iri in pair}
    return _picture(store, "meetings", title, shown, edges, events, behind, measure, ())


#: What an edge says, by its kind.
_LABELS: Final = {
    "trainedWith": "trained with",
    "plansToTrainWith": "plans to train with",
    "takesPartIn": "takes part in",
    "Meeting": "met",
}


def _kinds(store: Store) -> dict[str, str]:
    return {
        iri: node.kind
        for kind in (vocabulary.EXERCISE, vocabulary.EXERCISE_PLAN)
        for iri, node in names.nodes(store, kind).items()
    }


def _event(
    event: happenings.Happening, kind: str, members: Iterable[str], behind: proof.Proof
) -> Event:
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


def _edge(
    ends: tuple[str, str],
    kind: str,
    events: Sequence[Event],
    basis: str,
    weight: float,
    behind: proof.Proof,
) -> Edge:
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
    iri = NR + ("hasParticipant" if kind == "takesPartIn" else kind)
    spells = proof.spells((event.earliest, event.latest) for event in events)
    return Edge(*ends, _LABELS[kind], kind, iri, values, weight, line, spells, iris)


def _picture(
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
    )


def scores(edges: Sequence[Edge], measure: str) -> dict[str, float]:
    """Compute a measure of the nodes of a picture.

    Args:
        edges: Its edges; parallel ones weigh together.
        measure: A measure of `passex.measures`.

    Returns:
        The measure by the node's IRI.
    """
    if measure in ("degree", "strength"):
        found: dict[str, float] = {}
        for edge in edges:
            for end in (edge.source, edge.target):
                found[end] = found.get(end, 0.0) + (1 if measure == "degree" else edge.weight)
        return found
    import networkx as nx

    from .. import measures

    graph: networkx.Graph[str] = nx.Graph()
    for edge in edges:
        if edge.source != edge.target:
            before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
            graph.add_edge(edge.source, edge.target, weight=before + edge.weight)
    return measures.measure(graph, measure)
