"""How a graph lies on a server, and the note that tells that it is whole.

Three named graphs: the graph itself (ontology, facts, derived triples), the rules' intermediate
results, and a note with the digest of both. Any engine can ask the first; Passex reads all three.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ...graph.terms import W
from .client import Client
from .fetching import pattern

#: A note has fewer rows.
_MOST: Final = 100
_FIELDS: Final = ("digest", "triples", "files", "ignored", "made")


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a graph on a server.

    Attributes:
        digest: The digest of the graph and of the rules' intermediate results.
        triples: How many triples the graph has.
        files: How many files the facts came from.
        ignored: How many triples of derived properties these asserted.
        made: The `cache_keys.own_key` of the Passex that derived what is derived.
    """

    digest: str
    triples: int
    files: int
    ignored: int
    made: str


def workings(graph: str) -> str:
    """Name the graph of the rules' intermediate results."""
    return f"{graph}/workings"


def note(graph: str) -> str:
    """Name the graph of the note."""
    return f"{graph}/pushed"


def written(graph: str, said: Note) -> str:
    """Write a note as N-Triples."""
    return "".join(
        f"<{graph}> <{W}{name}> {ox.Literal(str(getattr(said, name)))} .\n" for name in _FIELDS
    )


def read(client: Client, graph: str) -> Note | None:
    """Read the note of a graph.

    Args:
        client: The endpoint.
        graph: The IRI of the graph.

    Returns:
        The note; None where there is none, or none that can be read.

    Raises:
        EndpointError: No answer.
    """
    asked = f"SELECT ?p ?o {{ {pattern(note(graph), f'<{graph}> ?p ?o')} }} LIMIT {_MOST}"
    with closing(client.select(asked, "p", "o")) as rows:
        found = {
            name.value.removeprefix(W.iri): value.value
            for name, value in islice(rows, _MOST)
            if isinstance(name, ox.NamedNode) and isinstance(value, ox.Literal)
        }
    try:
        digest, triples, files, ignored, made = (found[name] for name in _FIELDS)
        return Note(digest, int(triples), int(files), int(ignored), made)
    except (KeyError, ValueError):
        return None
