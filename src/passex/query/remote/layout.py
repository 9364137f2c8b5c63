"""Layout of a pushed graph on a server, and what makes two copies of it comparable.

There are four named graphs: the graph itself (ontology, facts, derived triples), those of its
triples that the rules filled in, the rules' intermediate results, and a note with the digest of the
three. Any engine can ask the first; Passex reads all of them.

A server gives blank nodes other identifiers with every request. So they get IRIs on their way to it
(RDF 1.1 Concepts, section 3.5: skolemization) and lose them on their way back; the names come
from what the nodes say (RDFC-1.0), so that the same content is the same there too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from ...graph.store import Term
from ...graph.terms import FILLED, GENID, WORKINGS, W
from .client import Client
from .fetching import pattern

AnyTerm = TypeVar("AnyTerm", bound=Term)

#: A note has fewer rows.
_MOST: Final = 100
_FIELDS: Final = ("digest", "triples", "files", "ignored", "made")
_MODULUS: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a graph on a server.

    Attributes:
        digest: The digest of the graph, of what is filled in, and of the intermediate results.
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

    def ntriples(self, graph: str) -> str:
        """Write the note of a graph."""
        return "".join(
            f"<{graph}> <{W}{name}> {ox.Literal(str(getattr(self, name)))} .\n" for name in _FIELDS
        )


def filled_graph(graph: str | None) -> str:
    """Name the graph of what the rules filled in.

    Args:
        graph: The graph that it is part of. Of the default graph it is what it is called here, as
            ``passex serve`` has it.
    """
    return f"{graph}/filled" if graph else FILLED


def kept(graph: str) -> dict[str, ox.NamedNode | ox.DefaultGraph]:
    """Name the graphs that are pushed, and what each is called here."""
    return {
        graph: ox.DefaultGraph(),
        f"{graph}/workings": ox.NamedNode(WORKINGS),
        filled_graph(graph): ox.NamedNode(FILLED),
    }


def note_graph(graph: str) -> str:
    """Name the graph of the note."""
    return f"{graph}/pushed"


def read_note(client: Client, graph: str) -> Note | None:
    """Read the note of a graph; None where there is none, or none that can be read."""
    stated = pattern(note_graph(graph), f"<{graph}> ?p ?o")
    with closing(client.select(f"SELECT ?p ?o {{ {stated} }} LIMIT {_MOST}", "p", "o")) as rows:
        values = {
            name.value.removeprefix(W.iri): value.value
            for name, value in islice(rows, _MOST)
            if isinstance(name, ox.NamedNode) and isinstance(value, ox.Literal)
        }
    try:
        digest, triples, files, ignored, made = (values[name] for name in _FIELDS)
        return Note(digest, int(triples), int(files), int(ignored), made)
    except (KeyError, ValueError):
        return None


def skolemized(engine: ox.Store, *graphs: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """Read graphs of a store with IRIs in the place of blank nodes, the same ones in all of them.

    Yields:
        Their quads, first those without blank nodes.
    """
    blank = ox.Dataset()
    for graph in graphs:
        for quad in engine.quads_for_pattern(None, None, None, graph):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                blank.add(quad)
            else:
                yield quad
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in blank:
        subject, value = _named(quad.subject), _named(quad.object)
        yield ox.Quad(subject, quad.predicate, value, quad.graph_name)


def _named(term: AnyTerm) -> AnyTerm | ox.NamedNode:
    return ox.NamedNode(GENID + term.value) if isinstance(term, ox.BlankNode) else term


def unskolemized(term: AnyTerm) -> AnyTerm | ox.BlankNode:
    """Take from a blank node the name that `skolemized` gave it.

    Example:
        >>> unskolemized(ox.NamedNode(GENID + "c14n0"))
        <BlankNode value=c14n0>
    """
    if isinstance(term, ox.NamedNode) and term.value.startswith(GENID):
        return ox.BlankNode(term.value[len(GENID) :])
    return term


def digest(triples: Iterable[ox.Triple | ox.Quad]) -> str:
    """Digest triples in any order: the sum of the digests of their lines in N-Triples.

    Returns:
        64 hexadecimal digits.

    Example:
        >>> a, b = (ox.Triple(ox.NamedNode(f"urn:{x}"), *[ox.NamedNode("urn:p")] * 2) for x in "ab")
        >>> digest([a, b]) == digest([b, a])
        True
    """
    total = 0
    for triple in triples:
        line = f"{triple.subject} {triple.predicate} {triple.object}".encode()
        total += int.from_bytes(hashlib.sha256(line).digest(), "big")
    return f"{total % _MODULUS:064x}"
