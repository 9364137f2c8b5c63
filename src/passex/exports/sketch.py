"""Pictures of networks without the evidence behind them: what pages and notebooks draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

from ..graph.store import Store
from ..graph.terms import NR
from ..network import ranking
from ..network.communities import of_level
from ..network.model import Network, Tie, newman
from .assembly import LABELS, scores
from .model import Edge, Picture, Vertex


def of(
    network: Network,
    store: Store | None,
    sizes: Mapping[str, float] = MappingProxyType({}),
    measure: str = "strength",
) -> Picture:
    """Draw a network; edges weigh by Newman.

    Args:
        store: The graph that it was built from, which divides its actors; without it, nothing does.
        sizes: A measure of the actors, by IRI; without any, it is their strength.
        measure: Its name.

    Example:
        >>> from passex import load
        >>> [edge.status for edge in of(load().ties(), None).edges][:2]
        ['held', 'under-way']
    """
    edges = [edge for tie in network.ties for edge in _edges(tie)]
    shown = sizes or scores(edges, measure)
    nodes = (
        Vertex(n.iri, n.label, n.kind, (), max(shown.get(n.iri, 0.0), 0.0)) for n in network.nodes
    )
    return Picture(
        what="network",
        title=f"Who trains with whom: {network.policy}",
        directed=False,
        measure=measure,
        node_fields=(),
        edge_fields=(),
        nodes=tuple(nodes),
        edges=tuple(edges),
        notes=network.notes,
        unranked=unranked(network),
        groups=dict if store is None else partial(of_level, store, network.policy.level),
    ).arranged()


def unranked(network: Network) -> str:
    """Say why a network bears no ranking; an empty text where it bears one."""
    events = {occasion.activity.iri for tie in network.ties for occasion in tie.occasions}
    if len(events) >= ranking.ENOUGH:
        return ""
    return ranking.too_few("No ranking", "rank", network, len(events), ranking.ENOUGH)


def _edges(tie: Tie) -> Iterator[Edge]:
    for status, occasions in tie.strands:
        kind = "plansToTrainWith" if status == "planned" else "trainedWith"
        yield Edge(
            source=tie.source.iri,
            target=tie.target.iri,
            label=LABELS[kind],
            kind=kind,
            iri=NR[kind],
            weight=newman(occasions),
            status=status,
            hollow=all(occasion.inferred for occasion in occasions),
            events=tuple(occasion.activity.iri for occasion in occasions),
        )
