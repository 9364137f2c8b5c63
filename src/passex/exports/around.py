"""Which nodes of the knowledge graph are near to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from ..graph import names
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, NR, RDF, SKOS, THINGS

#: Between nodes of the classes that are shown, and yet no relations of theirs.
_NOT_EDGES: Final = frozenset({RDF.type, NR.leavesOpen, SKOS.inScheme})


def shown(store: Store) -> dict[str, names.Node]:
    """Read every node that a person would name, by IRI."""
    return {
        iri: node
        for kind in THINGS
        for iri, node in names.nodes(store, kind).items()
        if not iri.startswith("_:")
    }


def reach(
    store: Store,
    start: Iterable[str],
    hops: int,
    known: Mapping[str, names.Node],
    derived: bool = False,
) -> set[str]:
    """Find the nodes around given ones.

    Args:
        store: The graph.
        start: The IRIs of the nodes to start from.
        hops: How many edges away a node may be, in any direction. A concept is shown, but not gone
            through: everything naval is not therefore near to everything else that is.
        known: The nodes to choose from.
        derived: Whether what the rules derived counts as an edge.

    Returns:
        Their IRIs, with those given.
    """
    first = set(start)
    found, edge = set(first), set(first)
    for _ in range(hops):
        beside: set[str] = set()
        for iri in edge:
            if iri not in first and known[iri].kind == "Concept":
                continue
            for quad in links(store, iri, derived):
                beside.update(
                    term.value
                    for term in (quad.subject, quad.object)
                    if isinstance(term, ox.NamedNode) and term.value in known
                )
        edge = beside - found
        found |= edge
    return found


def links(store: Store, iri: str, derived: bool) -> Iterator[ox.Quad]:
    """Find the statements that are edges of a node, in both directions.

    Args:
        store: The graph.
        iri: The node.
        derived: Whether what the rules derived counts.

    Yields:
        The statements.
    """
    term, default = term_of(iri), ox.DefaultGraph()
    for quad in (
        *store.engine.quads_for_pattern(term, None, None, default),
        *store.engine.quads_for_pattern(None, None, term, default),
    ):
        name = quad.predicate.value
        if name not in _NOT_EDGES and (derived or name not in DERIVED):
            yield quad
