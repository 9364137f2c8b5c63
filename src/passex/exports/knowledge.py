"""The knowledge graph itself as a picture: nodes around given ones, or all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from ..graph import names
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, NR, SKOS, local_name
from ..network import activities, periods
from . import places, proof
from .around import links, reach, shown
from .assembly import scores
from .model import Edge, Event, Field, Picture, Spell, Value, Vertex

NODE_FIELDS: Final = (
    Field("degree", "integer", "number of edges"),
    Field("first", "date", "first day on which it is possible"),
    Field("last", "date", "last such day"),
    Field("events", "integer", "number of events in the picture that it has an edge with"),
    Field("plans", "integer", "number of such plans"),
    Field("sources", "integer", "number of articles with evidence for the claims about it"),
    Field("articles", "list", "labels of these articles"),
    Field("names", "list", "further names"),
    Field("claims", "list", "IRIs of the claims about it"),
)
EDGE_FIELDS: Final = (
    Field("derived", "boolean", "whether the rules derived it, and no file says it"),
    Field("first", "date", "first day on which the event at one of its ends is possible"),
    Field("last", "date", "last such day"),
    Field("events", "integer", "number of events and plans at its ends"),
    Field("sources", "integer", "number of articles with evidence for what it starts from"),
    Field("claims", "list", "IRIs of the claims that support it"),
)
_ALT_LABEL: Final = SKOS.altLabel


def graph(
    store: Store,
    around: Iterable[names.Node] = (),
    hops: int = 1,
    measure: str = "degree",
    derived: bool = False,
) -> Picture:
    """Draw the knowledge graph.

    Args:
        store: A store with its derived triples.
        around: The nodes around which; without any, everything.
        hops: How many edges away a node may be.
        measure: The measure that sizes show.
        derived: Whether edges that the rules derived are shown too.

    Returns:
        The picture, with an edge a statement; claims and their evidence are attributes.
    """
    start = sorted(around)
    known = shown(store)
    chosen = (
        reach(store, [node.iri for node in start], hops, known, derived) if start else set(known)
    )
    behind = proof.read(store)
    dates = {
        iri: (periods.day(first), periods.day(last))
        for iri, (first, last) in activities.bounds(store).items()
    }
    dated = {iri: names.nodes(store, NR[iri]) for iri in ("Event", "Plan")}
    happened = {**dated["Event"], **dated["Plan"]}
    edges = _edges(store, chosen, derived, behind, dates, happened)
    if not start:
        linked = {end for edge in edges for end in (edge.source, edge.target)}
        chosen = {iri for iri in chosen if iri in linked or known[iri].kind != "Concept"}
    size = scores(edges, measure)
    beside: dict[str, set[str]] = {iri: set() for iri in chosen}
    degree = dict.fromkeys(chosen, 0)
    for edge in edges:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            beside[end].add(other)
            degree[end] += 1
    vertices = []
    for node in sorted(known[iri] for iri in chosen):
        spell = dates.get(node.iri, (None, None))
        articles = behind.articles.get(node.iri, ())
        values: tuple[Value, ...] = (
            degree[node.iri],
            *spell,
            len(beside[node.iri] & dated["Event"].keys()),
            len(beside[node.iri] & dated["Plan"].keys()),
            len(articles),
            articles,
            tuple(store.objects(node.iri, _ALT_LABEL)),
            behind.claims.get(node.iri, ()),
        )
        vertices.append(
            Vertex(
                *(node.iri, node.label, node.kind, values),
                size=max(size.get(node.iri, 0.0), 0.0),
                spells=proof.spells([spell]),
            )
        )
    events = [
        _event(node, dates.get(iri, (None, None)), iri in dated["Plan"], beside[iri], behind)
        for iri, node in happened.items()
        if iri in chosen
    ]
    events.sort(key=lambda e: (e.earliest or e.latest or "9", e.label, e.iri))
    rank = {vertex.iri: number for number, vertex in enumerate(vertices)}
    edges.sort(key=lambda e: (rank[e.source], rank[e.target], e.label, e.iri))
    title = "The knowledge graph"
    if start:
        steps = "1 step" if hops == 1 else f"{hops} steps"
        title += f" around {', '.join(node.label for node in start)}: {steps}"
    return Picture(
        *("graph", title, True, measure, NODE_FIELDS, EDGE_FIELDS),
        nodes=tuple(vertices),
        edges=tuple(edges),
        events=tuple(events),
        spots=places.spots(store, events),
    )


def _edges(
    store: Store,
    chosen: set[str],
    derived: bool,
    behind: proof.Proof,
    dates: Mapping[str, Spell],
    happened: Mapping[str, names.Node],
) -> list[Edge]:
    found = []
    for iri in chosen:
        for quad in links(store, iri, derived):
            to = quad.object
            if isinstance(to, ox.NamedNode) and to.value in chosen and quad.subject == term_of(iri):
                found.append((iri, quad.predicate.value, to.value))
    called = names.labels(store, {name for _, name, _ in found})
    support = _support(store)
    edges = []
    # Symmetric relations are derived in both directions.
    for source, name, target in sorted(set(found)):
        ends = tuple(end for end in (source, target) if end in happened)
        spells = proof.spells(dates.get(end, (None, None)) for end in ends)
        planned = any(happened[end].kind.endswith("Plan") for end in ends)
        claims = support.get((source, name), {})
        values: tuple[Value, ...] = (
            name in DERIVED,
            proof.first(spells),
            proof.last(spells),
            len(ends),
            len(behind.articles.get(source, ())),
            tuple(sorted({*claims.get("", ()), *claims.get(target, ())})),
        )
        line = "dotted" if planned else "dashed" if name in DERIVED else "solid"
        edges.append(
            Edge(
                *(source, target, called[name], local_name(name), name, values),
                line=line,
                spells=spells,
                events=ends,
            )
        )
    return edges


def _support(store: Store) -> dict[tuple[str, str], dict[str, list[str]]]:
    """The claims on a property of a node, by the value that they are about, if by any."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    rows = store.rows(
        """# What each claim supports.
        SELECT ?node ?property ?value ?claim {
            ?claim nr:about ?node ; nr:onProperty ?property OPTIONAL { ?claim nr:hasValue ?value }
        }"""
    )
    for node, name, value, claim in rows:
        claims = found.setdefault((str(node), str(name)), {})
        claims.setdefault(value or "", []).append(str(claim))
    return found


def _event(
    node: names.Node, spell: Spell, plan: bool, beside: set[str], behind: proof.Proof
) -> Event:
    return Event(
        node.iri,
        node.label,
        node.kind,
        "planned" if plan else "held",
        activities.say_dates(*spell),
        *spell,
        tuple(sorted(beside)),
        behind.articles.get(node.iri, ()),
        behind.claims.get(node.iri, ()),
    )
