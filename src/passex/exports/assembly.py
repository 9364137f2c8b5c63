"""Pictures of networks put together: nodes, edges and events, with what is counted of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from ..graph import labelling
from ..graph.store import Store
from ..graph.terms import NR
from ..network import measures
from ..network.activities import Activity
from ..network.chains import Chains
from ..network.steps import known
from ..text.wording import span
from . import evidence_index, geo
from .evidence_index import spells, united
from .model import Day, Edge, Event, Field, Picture, Texts, Vertex, fields

if TYPE_CHECKING:
    import networkx


class ActorAttributes(NamedTuple):
    """Attributes of the nodes of a network."""

    degree: Annotated[int, "number of nodes that it has edges with"]
    strength: Annotated[float, "sum of the weights of its edges"]
    first: Annotated[Day, "first day on which its dated events are possible"]
    last: Annotated[Day, "last such day"]
    events: Annotated[int, "number of events that were held or are under way"]
    plans: Annotated[int, "number of plans"]
    sources: Annotated[int, "number of articles behind its edges"]
    articles: Annotated[Texts, "labels of these articles"]
    claims: Annotated[Texts, "IRIs of the claims about the node itself"]


class TieAttributes(NamedTuple):
    """Attributes of the edges of a network."""

    events: Annotated[int, "number of events that were held or are under way"]
    plans: Annotated[int, "number of plans"]
    basis: Annotated[str, "stated, or inferred: where every event ties them by inference alone"]
    status: Annotated[str, "held, under-way or planned: each has an edge of its own"]
    first: Annotated[Day, "first day on which its dated events are possible"]
    last: Annotated[Day, "last such day"]
    sources: Annotated[int, "number of articles that name both ends in these"]
    articles: Annotated[Texts, "labels of these articles"]
    event_iris: Annotated[Texts, "IRIs of the events and plans"]
    event_labels: Annotated[Texts, "labels of these, in the same order"]
    claims: Annotated[Texts, "IRIs of the claims by which the two are in these, as why gives them"]


#: Another measure stands after the first two attributes of an actor.
_FIGURES: Final = ("degree", "strength")
#: What an edge says, by its kind.
LABELS: Final = {
    "trainedWith": "trained with",
    "plansToTrainWith": "plans to train with",
    "takesPartIn": "takes part in",
    "Meeting": "met",
}


class Assembly:
    """The edges and events of a picture of a network, put together with the evidence for them.

    Raises:
        QueryError: A measure or a weight that does not exist.
    """

    def __init__(self, store: Store, measure: str, weight: str = "newman") -> None:
        measures.check(measure, weight)
        self.store, self.measure = store, measure
        self.index = evidence_index.read(store)
        self.events: list[Event] = []
        self.edges: list[Edge] = []
        self._known = known(store)
        self._behind: dict[str, set[str]] = {}
        self._kinds = {
            iri: node.kind
            for kind in (NR.Exercise, NR.ExercisePlan)
            for iri, node in labelling.nodes(store, kind).items()
        }

    def behind(
        self, level: str, event: str, members: Iterable[str]
    ) -> Callable[[str, str], Iterable[str]]:
        """Give what gives the claims on the steps by which two members are tied in an event."""
        ways = Chains(self.store, event, self._known)
        if ways.tells_apart(level):
            return lambda one, other: [
                claim
                for way in ways.between(one, other, level)
                for step in way
                for claim in step.claims
            ]
        steps = _steps(ways, level, members)
        return lambda one, other: chain(steps[one], steps[other])

    def steps(self, level: str, event: str, members: Iterable[str]) -> dict[str, list[str]]:
        """Give the claims on the steps by which each member is in an event at a level."""
        return _steps(Chains(self.store, event, self._known), level, members)

    def add_event(self, activity: Activity, members: Iterable[str]) -> Event:
        """Add an exercise or plan with its members."""
        kind = self._kinds.get(activity.iri, "Exercise")
        node = labelling.Node(activity.label, activity.iri, kind)
        spell = activity.earliest, activity.latest
        event = self.index.event(node, activity.status, activity.when, spell, members)
        self.events.append(event)
        return event

    def add_edge(
        self,
        ends: tuple[str, str],
        kind: str,
        events: Sequence[Activity | Event],
        basis: str,
        weight: float,
        claims: Iterable[str],
        articles: Iterable[str] | None = None,
    ) -> None:
        """Add an edge with the events behind it, and the claims by which its ends are in these.

        Its articles are those given, else those on the events, which have one status.
        """
        summary = self._summary(events, articles)
        for end in ends:
            self._behind.setdefault(end, set()).update(summary["articles"])
        iris = tuple(event.iri for event in events)
        (status,) = {event.status for event in events}
        self.edges.append(
            Edge(
                source=ends[0],
                target=ends[1],
                label=LABELS[kind],
                kind=kind,
                iri=NR["hasParticipant" if kind == "takesPartIn" else kind],
                attributes=TieAttributes(
                    **summary,
                    basis=basis,
                    status=status,
                    event_iris=iris,
                    event_labels=tuple(event.label for event in events),
                    claims=tuple(sorted(set(claims))),
                ),
                weight=weight,
                status=status,
                hollow=basis == "inferred",
                spells=spells((event.earliest, event.latest) for event in events),
                events=iris,
            )
        )

    def picture(
        self,
        what: str,
        title: str,
        nodes: Iterable[labelling.Node],
        notes: tuple[str, ...] = (),
        unranked: str = "",
        groups: Callable[[], Mapping[str, int]] = dict,
    ) -> Picture:
        """Give the picture of some nodes, with the edges and events that were added."""
        node_fields = fields(ActorAttributes)
        if self.measure not in _FIGURES:
            extra = Field(self.measure, "number", f"its {self.measure}")
            node_fields = (*node_fields[:2], extra, *node_fields[2:])
        return Picture(
            what=what,
            title=title,
            directed=what == "two-mode",
            measure=self.measure,
            node_fields=node_fields,
            edge_fields=fields(TieAttributes),
            nodes=tuple(self._vertices(nodes)),
            edges=tuple(self.edges),
            events=tuple(self.events),
            **geo.on_map(self.store, self.events)._asdict(),
            notes=notes,
            parallel=what == "network",
            unranked=unranked,
            groups=groups,
        ).arranged()

    def _vertices(self, nodes: Iterable[labelling.Node]) -> Iterator[Vertex]:
        events = {event.iri: event for event in self.events}
        scored, strength = scores(self.edges, self.measure), scores(self.edges, "strength")
        beside: dict[str, list[Edge]] = {}
        for edge in self.edges:
            beside.setdefault(edge.source, []).append(edge)
            beside.setdefault(edge.target, []).append(edge)
        for node in nodes:
            edges = beside.get(node.iri, [])
            own = {iri: events[iri] for edge in edges for iri in edge.events}.values()
            score = scored.get(node.iri, 0.0)
            attributes = ActorAttributes(
                degree=len({*(edge.source for edge in edges), *(edge.target for edge in edges)})
                - bool(edges),
                strength=strength.get(node.iri, 0.0),
                **self._summary(own, None if node.iri in events else self._behind.get(node.iri)),
                claims=self.index.claims.get(node.iri, ()),
            )
            another = () if self.measure in _FIGURES else (score,)
            yield Vertex(
                *(node.iri, node.label, node.kind),
                attributes=(*attributes[:2], *another, *attributes[2:]),
                size=max(score, 0.0),
                spells=spells((event.earliest, event.latest) for event in own),
            )

    def _summary(
        self, events: Collection[Activity | Event], behind: Iterable[str] | None = None
    ) -> dict[str, Any]:
        """Count and date events: days are those of plans only where there is nothing else."""
        held = [event for event in events if event.status != "planned"]
        first, last = span([(event.earliest, event.latest) for event in held or events])
        if behind is None:
            behind = united(self.index.articles, (event.iri for event in events))
        articles = tuple(sorted(set(behind)))
        return {
            "events": len(held),
            "plans": len(events) - len(held),
            "first": first,
            "last": last,
            "sources": len(articles),
            "articles": articles,
        }


def _steps(ways: Chains, level: str, members: Iterable[str]) -> dict[str, list[str]]:
    return {
        member: [claim for step in ways.to(member, level) for claim in step.claims]
        for member in members
    }


def scores(edges: Sequence[Edge], measure: str) -> dict[str, float]:
    """Compute a measure of `passex.network.measures` of nodes, by IRI.

    The weights of parallel edges add up; for the degree, they are one.

    Raises:
        QueryError: A measure that does not exist.
    """
    if measure in _FIGURES:
        sums: dict[str, float] = {}
        counted: set[tuple[str, str]] = set()
        for edge in edges:
            ends = (edge.source, edge.target)
            if measure == "degree":
                if {ends, ends[::-1]} & counted:
                    continue
                counted.add(ends)
            for end in ends:
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
