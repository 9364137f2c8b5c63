"""The knowledge graph itself as a picture: nodes around given ones, or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, NamedTuple

import pyoxigraph as ox

from ..graph import labelling
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, NR, RDF, SKOS, THINGS, local_name
from ..network import activities
from ..text.wording import day, say, say_dates, span
from . import evidence_index, geo
from .assembly import scores
from .evidence_index import EvidenceIndex, spells
from .model import UNRANKED, Day, Edge, Picture, Spell, Texts, Vertex, fields

#: Between nodes of the classes that are shown, and yet no relations of theirs.
_NOT_EDGES: Final = frozenset({RDF.type, NR.leavesOpen, SKOS.inScheme})
#: What a graph has of these may be about itself.
_NAMED_ONLY: Final = frozenset(("Concept", "Dataset"))
_UNDATED: Final[Spell] = (None, None)


class NodeAttributes(NamedTuple):
    """Attributes of the nodes of the knowledge graph."""

    degree: Annotated[int, "number of edges"]
    first: Annotated[Day, "first day on which it is possible"]
    last: Annotated[Day, "last such day"]
    events: Annotated[int, "number of events in the picture that it has an edge with"]
    plans: Annotated[int, "number of such plans"]
    sources: Annotated[int, "number of articles with evidence for the claims about it"]
    articles: Annotated[Texts, "labels of these articles"]
    names: Annotated[Texts, "further names"]
    claims: Annotated[Texts, "IRIs of the claims about it"]


class StatementAttributes(NamedTuple):
    """Attributes of the edges of the knowledge graph."""

    derived: Annotated[bool, "whether the rules derived it, and no file says it"]
    first: Annotated[Day, "first day on which the event at one of its ends is possible"]
    last: Annotated[Day, "last such day"]
    events: Annotated[int, "number of events and plans at its ends"]
    sources: Annotated[int, "number of articles with evidence for what it starts from"]
    claims: Annotated[Texts, "IRIs of the claims that support it"]


def graph(
    store: Store,
    around: Iterable[labelling.Node] = (),
    hops: int = 1,
    measure: str = "degree",
    derived: bool = False,
) -> Picture:
    """Draw the knowledge graph: an edge a statement; claims and their evidence are attributes.

    Nodes are those up to some `hops` away from those `around` which, or all without any. Edges that
    the rules `derived` are shown if that is asked for.
    """
    start = sorted(around)
    nodes = (
        labelling.everything(store)
        if store.plain
        else {
            iri: node
            for kind in THINGS
            for iri, node in labelling.nodes(store, kind).items()
            if not iri.startswith("_:")
        }
    )
    chosen = _reach(store, [n.iri for n in start], hops, nodes, derived) if start else set(nodes)
    index = evidence_index.read(store)
    dates = {
        iri: (day(first), day(last)) for iri, (first, last) in activities.bounds(store).items()
    }
    held, plans = labelling.nodes(store, NR.Event), labelling.nodes(store, NR.Plan)
    events = held | plans
    edges = list(_edges(store, chosen, derived, index, dates, events))
    if not start and not store.plain:  # of concepts and data sets, what the facts name
        named = {edge.target for edge in edges if nodes[edge.source].kind not in _NAMED_ONLY}
        chosen = {iri for iri in chosen if iri in named or nodes[iri].kind not in _NAMED_ONLY}
        edges = [edge for edge in edges if {edge.source, edge.target} <= chosen]
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    size = scores(edges, measure)
    beside: dict[str, set[str]] = {iri: set() for iri in chosen}
    for edge in edges:
        beside[edge.source].add(edge.target)
        beside[edge.target].add(edge.source)

    def vertex(node: labelling.Node) -> Vertex:
        spell = dates.get(node.iri, _UNDATED)
        articles = index.articles.get(node.iri, ())
        attributes = NodeAttributes(
            degree=degree[node.iri],
            first=spell[0],
            last=spell[1],
            events=len(beside[node.iri] & held.keys()),
            plans=len(beside[node.iri] & plans.keys()),
            sources=len(articles),
            articles=articles,
            names=tuple(store.objects(node.iri, SKOS.altLabel)),
            claims=index.claims.get(node.iri, ()),
        )
        size_shown = max(size.get(node.iri, 0.0), 0.0)
        return Vertex(node.iri, node.label, node.kind, attributes, size_shown, spells([spell]))

    shown = []
    for iri in chosen & events.keys():
        spell, status = dates.get(iri, _UNDATED), "planned" if iri in plans else "held"
        when = say_dates(*spell)
        shown.append(index.event(events[iri], status, when, spell, beside[iri]))
    title = "The knowledge graph"
    if start:
        steps = say(hops, "step")
        title += f" around {', '.join(node.label for node in start)}: {steps}"
    return Picture(
        what="graph",
        title=title,
        directed=True,
        measure=measure,
        node_fields=fields(NodeAttributes),
        edge_fields=fields(StatementAttributes),
        nodes=tuple(vertex(nodes[iri]) for iri in chosen),
        edges=tuple(edges),
        events=tuple(shown),
        **geo.on_map(store, shown)._asdict(),
        unranked=UNRANKED,
    ).arranged()


def _reach(
    store: Store,
    start: Iterable[str],
    hops: int,
    nodes: Mapping[str, labelling.Node],
    derived: bool,
) -> set[str]:
    """Find the nodes that are a few edges away, in any direction.

    A concept is shown, but not gone through: everything naval is not therefore near to everything
    else that is.
    """
    first = set(start)
    reached, edge = set(first), set(first)
    for _ in range(hops):
        edge = {
            term.value
            for iri in edge
            if iri in first or nodes[iri].kind != "Concept"
            for quad in _statements(store, iri, derived)
            for term in (quad.subject, quad.object)
            if isinstance(term, ox.NamedNode) and term.value in nodes
        } - reached
        reached |= edge
    return reached


def _statements(store: Store, iri: str, derived: bool) -> Iterator[ox.Quad]:
    """Find the statements that are edges of a node, in both directions."""
    term, default = term_of(iri), ox.DefaultGraph()
    for quad in (
        *store.engine.quads_for_pattern(term, None, None, default),
        *store.engine.quads_for_pattern(None, None, term, default),
    ):
        name = quad.predicate.value
        if name not in _NOT_EDGES and (derived or name not in DERIVED):
            yield quad


def _edges(
    store: Store,
    chosen: set[str],
    derived: bool,
    index: EvidenceIndex,
    dates: Mapping[str, Spell],
    events: Mapping[str, labelling.Node],
) -> Iterator[Edge]:
    statements = {
        (iri, quad.predicate.value, to.value)
        for iri in chosen
        for quad in _statements(store, iri, derived)
        if isinstance(to := quad.object, ox.NamedNode)
        and to.value in chosen
        and quad.subject == term_of(iri)
    }
    called = labelling.labels(store, {name for _, name, _ in statements})
    support = _support(store)
    # Symmetric relations are derived in both directions.
    for source, name, target in sorted(statements):
        ends = tuple(end for end in (source, target) if end in events)
        dated = spells(dates.get(end, _UNDATED) for end in ends)
        first, last = span(dated)
        planned = any(events[end].kind.endswith("Plan") for end in ends)
        attributes = StatementAttributes(
            derived=name in DERIVED,
            first=first,
            last=last,
            events=len(ends),
            sources=len(index.articles.get(source, ())),
            claims=tuple(sorted(set(support.get((source, name, target), ())))),
        )
        yield Edge(
            source=source,
            target=target,
            label=called[name],
            kind=local_name(name),
            iri=name,
            attributes=attributes,
            status="planned" if planned else "",
            hollow=name in DERIVED,
            spells=dated,
            events=ends,
        )


def _support(store: Store) -> dict[tuple[str, str, str], list[str]]:
    """Read the claims by node, property and value."""
    support: dict[tuple[str, str, str], list[str]] = {}
    rows = store.rows(
        """# What each claim supports.
        SELECT ?node ?property ?value ?claim {
            ?claim nr:about ?node ; nr:onProperty ?property ; nr:hasValue ?value
        }"""
    )
    for node, name, value, claim in rows:
        support.setdefault((str(node), str(name), str(value)), []).append(str(claim))
    return support
