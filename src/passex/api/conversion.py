"""The graph for others: as a graph of rdflib, and on a SPARQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..exports import triples
from ..graph.store import Store
from . import given

if TYPE_CHECKING:
    import rdflib


class Pushed(NamedTuple):
    """What a push did.

    Attributes:
        triples: How many triples are on the server now.
        sent: Whether they had to be sent; they are not if they were there already.
    """

    triples: int
    sent: bool


def to_rdflib(store: Store, derived: bool = False) -> rdflib.Graph:
    """Convert the facts, as `passex.api.knowledge.KnowledgeGraph.to_rdflib` describes it."""
    import rdflib

    from ..validation.shacl.rdflib_terms import convert

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in triples.SHOWN_PREFIXES.items():
        graph.bind(prefix, iri)
    lines = b"\n".join(triples.whole(store, derived).united)
    for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES):
        if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
            value = convert(quad.object)
            if isinstance(value, rdflib.Literal) and (value.language or "") in store.tags:
                value = rdflib.Literal(str(value), lang=store.tags[value.language or ""])
            graph.add((convert(quad.subject), convert(quad.predicate), value))
    return graph


def push(
    store: Store, url: str, graph: str | None, graph_store: str | None, update: str | None
) -> Pushed:
    """Put a graph on a server, as `passex.api.knowledge.KnowledgeGraph.push` describes it."""
    from ..query.remote import pushing

    for value in (url, graph, graph_store, update):
        if value is not None or value is url:
            given.text(value, "an address", "give a text")
    note, sent = pushing.push(store, url, graph, graph_store, update)
    return Pushed(note.triples, sent)
