"""Who occurs in how many of the articles: they are a sample, and nobody drew it at random."""

from __future__ import annotations

from collections.abc import Mapping

from ..graph.names import nodes
from ..graph.store import Store
from ..graph.terms import NR
from .model import Network


def articles(store: Store) -> tuple[dict[str, int], int]:
    """Say in how many articles each actor occurs, and how many articles there are.

    Args:
        store: A store with its derived triples.

    Returns:
        The numbers by the actors' IRIs, and the number of articles.
    """
    (row,) = store.rows(
        "# How many articles there are.\nSELECT (COUNT(?a) AS ?n) { ?a a schema:NewsArticle }"
    )
    shares = dict.fromkeys(nodes(store, NR.Actor), 0)
    rows = store.rows(
        """# In how many articles each actor occurs, or something that points to it does.
        SELECT ?actor (COUNT(DISTINCT ?article) AS ?n) {
            { SELECT DISTINCT ?actor { ?class rdfs:subClassOf* nr:Actor . ?actor a ?class } }
            { ?claim nr:about ?actor } UNION { ?told ?property ?actor . ?claim nr:about ?told }
            ?claim nr:hasEvidence ?evidence . ?evidence oa:hasSource ?article
        } GROUP BY ?actor"""
    )
    shares.update((str(actor), int(str(number))) for actor, number in rows)
    return shares, int(str(row[0]))


def warn(network: Network, shares: Mapping[str, int], total: int) -> tuple[str, ...]:
    """Warn of actors that stand in the middle because every article is about them.

    Args:
        network: A network.
        shares: In how many articles each actor occurs, by IRI.
        total: How many articles there are.

    Returns:
        A sentence; none if there are no such actors, or all are.
    """
    everywhere = [node.label for node in network.nodes if shares.get(node.iri) == total > 1]
    if not everywhere or len(everywhere) == len(network.nodes):
        return ()
    verb, it = ("is", "it") if len(everywhere) == 1 else ("are", "them")
    return (
        f"{' and '.join(everywhere)} {verb} in {total} of {total} articles: "
        f"the choice of articles alone puts {it} in the middle.",
    )
