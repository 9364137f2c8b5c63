"""Facts of a graph that Passex did not push: all of a small one, and of a large one our own.

Of a large graph are read the nodes of our classes and of classes below them, wherever these are
declared, and what they lead to by the properties of our ontology, step by step: evidence, articles,
posts, concepts. All that is said of such a node is read; what only points to one, and is of no
class of ours, is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ...errors import VocabularyError
from ...graph import normalise
from ...graph.store import ontology
from ...graph.terms import DERIVED, ID, NR, OWL, RDF, RDFS
from ...text.places import Place
from . import fetching, layout
from .client import Client
from .fetching import Progress
from .layout import unskolemized

#: In triples: what was not pushed has to fit into memory, with what is derived from it.
MOST: Final = 3_000_000
#: The hint where there are none.
NO_FACTS: Final = "put a graph there with 'passex push', or name one: URL?default-graph-uri=IRI"
#: So many nodes are asked for at once.
_BATCH: Final = 200
_SUBCLASS_OF: Final = ox.NamedNode(RDFS.subClassOf)
_OBJECT_PROPERTY: Final = ox.NamedNode(OWL.ObjectProperty)
_TYPE: Final = ox.NamedNode(RDF.type)


def fetch(client: Client, graph: str | None, progress: Progress = lambda read: None) -> list[str]:
    """Fetch the facts of a graph: nothing derived or filled in, nor the ontology's own axioms.

    Args:
        graph: The IRI of the graph; the default graph without it.

    Returns:
        Lines of N-Triples, sorted.

    Raises:
        EndpointError: No triples, too many, or not all of them.
    """
    number = fetching.count(client, graph, most=MOST)
    if not number:
        raise client.failure(f"no triples in the {described(graph)}", NO_FACTS)
    if number > MOST:
        raise client.failure(
            f"more than {MOST} triples in the {described(graph)}, too many to be read whole",
            "name a smaller graph: URL?default-graph-uri=IRI",
        )
    return lines(fetching.triples(client, graph, progress=progress), filled(client, graph))


def filled(client: Client, graph: str | None) -> ox.Store:
    """Fetch what the rules filled in of a graph, where it is kept there; else there is nothing."""
    return fetching.triples(client, layout.filled_graph(graph))


def described(graph: str | None) -> str:
    """Name a graph in a message."""
    return f"graph <{graph}>" if graph else "default graph"


def fetch_ours(
    client: Client, graph: str | None, most: int = MOST, progress: Progress = lambda read: None
) -> ox.Store:
    """Fetch what is of our ontology in a graph.

    Args:
        graph: The IRI of the graph; the default graph without it.
        most: How many triples are too many.

    Returns:
        A store with these triples in its default graph.

    Raises:
        EndpointError: They cannot be read, not all of them, or they are too many.
        VocabularyError: There are none.
    """
    own = ontology().engine
    classes = normalise.classes(own)
    fetched = ox.Store()

    def add(subjects: str) -> ox.Store:
        before = len(fetched)
        more = fetching.triples(client, graph, subjects, lambda read: progress(before + read))
        fetched.bulk_extend(iter(more))
        if len(fetched) > most:
            raise client.failure(
                f"more than {most} triples of our ontology, too many to be derived from",
                "put the graph there with 'passex push'",
            )
        return more

    below = sorted(classes)
    seen = set(below)
    for name in below:  # grows while it is gone through
        declared = fetching.pattern(graph, f"?s {_SUBCLASS_OF} <{name}>")
        for (subclass,) in client.select(f"SELECT DISTINCT ?s {{ {declared} }}", "s"):
            if isinstance(subclass, ox.NamedNode) and subclass.value not in seen:
                seen.add(subclass.value)
                below.append(subclass.value)
                fetched.add(ox.Quad(subclass, _SUBCLASS_OF, ox.NamedNode(name)))
    for name in below:
        add(f"?s a <{name}> .")
    add(f"?s <{NR.about}> ?node .")  # a claim need not have its class
    add(f"VALUES ?s {{ <{ID.curators}> }}")  # rules name them where no fact does
    links = {
        quad.subject
        for quad in own.quads_for_pattern(None, _TYPE, _OBJECT_PROPERTY)
        if isinstance(quad.subject, ox.NamedNode)
    }
    visited = {quad.subject for quad in (*fetched, *own)}
    last: Iterable[ox.Quad] = list(fetched)
    while ahead := _linked(last, links) - visited:
        visited |= ahead
        batches = fetching.batched(sorted(map(str, ahead)), _BATCH)
        steps = [add(f"VALUES ?s {{ {' '.join(batch)} }}") for batch in batches]
        last = [quad for more in steps for quad in more]
    if not normalise.has_instance(fetched, seen):
        raise VocabularyError(
            f"no node of a class of the Passex ontology in the {described(graph)}",
            "name another graph (URL?default-graph-uri=IRI), or ask with 'passex query'",
            Place(client.where),
        )
    return fetched


def _linked(quads: Iterable[ox.Quad], links: set[ox.NamedNode]) -> set[ox.NamedNode]:
    found = {
        quad.object
        for quad in quads
        if quad.predicate in links and isinstance(quad.object, ox.NamedNode)
    }
    # A quote says by its IRI alone of which article it is.
    split = (node.value.rpartition("#") for node in found)
    return found | {ox.NamedNode(a) for a, _, part in split if part.startswith(("char=", "row="))}


def left_out(fetched: ox.Store) -> int:
    """Count the nodes without an IRI that others lead to and that were not fetched."""
    nodes = {quad.object for quad in fetched if isinstance(quad.object, ox.BlankNode)}
    return len(nodes - {quad.subject for quad in fetched})


def lines(quads: ox.Store, marked: ox.Store) -> list[str]:
    """Write the facts of a store as `fetch` does.

    Args:
        marked: Those of the triples that are filled in.
    """
    # Of what was pushed, the names of blank nodes are not their own.
    triples = [
        ox.Triple(unskolemized(quad.subject), quad.predicate, unskolemized(quad.object))
        for quad in quads
        if quad not in marked
    ]
    derived = set(DERIVED)
    axioms = _axioms(triples)
    return sorted(
        f"{triple} .\n"
        for triple in triples
        if triple.predicate.value not in derived
        and axioms.isdisjoint((triple.subject, triple.object))
    )


def _axioms(triples: list[ox.Triple]) -> set[object]:
    """Find the blank nodes of the ontology, where it lies among the facts: it is added here."""
    about = ox.NamedNode(NR.iri.rstrip("#"))
    values: dict[object, list[object]] = {}
    axioms: set[object] = set()
    declared = False
    for triple in triples:
        declared = declared or triple.subject == about
        if isinstance(triple.subject, ox.BlankNode):
            values.setdefault(triple.subject, []).append(triple.object)
            if (
                triple.predicate == _TYPE
                and isinstance(triple.object, ox.NamedNode)
                and triple.object.value.startswith(OWL.iri)
            ):
                axioms.add(triple.subject)
    waiting = list(axioms)
    while waiting:
        more = [node for node in values[waiting.pop()] if node in values and node not in axioms]
        axioms.update(more)
        waiting += more
    return axioms if declared else set()
