"""What Passex needs of a large graph that it did not push: its own, and not all the rest.

Read are the nodes of our classes and of classes below them, wherever these are declared, and what
they lead to by the properties of our ontology, step by step: evidence, articles, posts, concepts.
All that is said of such a node is read; what only points to one, and is of no class of ours, is
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ...errors import EndpointError
from ...graph.terms import OWL, RDF, RDFS
from . import fetching
from .client import Client
from .fetching import Progress

#: So many nodes are asked for at once.
_BATCH: Final = 200
_SUBCLASS_OF: Final = ox.NamedNode(RDFS.subClassOf)
_OBJECT_PROPERTY: Final = ox.NamedNode(OWL.ObjectProperty)
_TYPE: Final = ox.NamedNode(RDF.type)


def ours(
    client: Client,
    graph: str | None,
    ontology: ox.Store,
    classes: Iterable[str],
    most: int,
    progress: Progress,
) -> ox.Store:
    """Read what is of our ontology in a graph.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.
        ontology: Our ontology.
        classes: Its classes.
        most: How many triples are too many.
        progress: Is told now and then how many triples have come.

    Returns:
        A store with these triples in its default graph.

    Raises:
        EndpointError: They cannot be read, not all of them, or they are too many.
    """
    found = ox.Store()

    def add(subjects: str) -> ox.Store:
        before = len(found)
        more = fetching.triples(client, graph, subjects, lambda read: progress(before + read))
        found.bulk_extend(iter(more))
        if len(found) > most:
            raise EndpointError(
                f"{client.where}: more than {most} triples of our ontology, too many to be derived "
                "from",
                "put the graph there with 'passex push'",
            )
        return more

    below = sorted(classes)
    seen = set(below)
    for own in below:  # grows while it is gone through
        for (subclass,) in client.select(_declared(graph, own), "s"):
            if isinstance(subclass, ox.NamedNode) and subclass.value not in seen:
                seen.add(subclass.value)
                below.append(subclass.value)
                found.add(ox.Quad(subclass, _SUBCLASS_OF, ox.NamedNode(own)))
    for own in below:
        add(f"?s a <{own}> .")
    links = {
        quad.subject
        for quad in ontology.quads_for_pattern(None, _TYPE, _OBJECT_PROPERTY)
        if isinstance(quad.subject, ox.NamedNode)
    }
    known = {quad.subject for quad in (*found, *ontology)}
    near: Iterable[ox.Quad] = list(found)
    while ahead := _ahead(near, links) - known:
        known |= ahead
        steps = [add(f"VALUES ?s {{ {listed} }}") for listed in _batches(ahead)]
        near = [quad for more in steps for quad in more]
    return found


def left_out(found: ox.Store) -> int:
    """Count the nodes without an IRI that others lead to and that were not read.

    Args:
        found: What was read.

    Returns:
        How many.
    """
    nodes = {quad.object for quad in found if isinstance(quad.object, ox.BlankNode)}
    return len(nodes - {quad.subject for quad in found})


def _declared(graph: str | None, own: str) -> str:
    return f"SELECT DISTINCT ?s {{ {fetching.pattern(graph, f'?s {_SUBCLASS_OF} <{own}>')} }}"


def _ahead(quads: Iterable[ox.Quad], links: set[ox.NamedNode]) -> set[ox.NamedNode]:
    return {
        quad.object
        for quad in quads
        if quad.predicate in links and isinstance(quad.object, ox.NamedNode)
    }


def _batches(nodes: set[ox.NamedNode]) -> Iterator[str]:
    rest = iter(sorted(map(str, nodes)))
    while batch := list(islice(rest, _BATCH)):
        yield " ".join(batch)
