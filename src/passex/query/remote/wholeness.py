"""Names for blank nodes, and digests: what makes two copies of a graph comparable.

A server gives blank nodes other identifiers with every request. So they get IRIs on their way to it
(RDF 1.1 Concepts, section 3.5: skolemisation) and lose them on their way back; the names come
from what the nodes say (RDFC-1.0), so that the same content is the same there too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final, TypeAlias, overload

import pyoxigraph as ox

from ...graph.store import Term
from ...graph.terms import GENID

Node: TypeAlias = ox.NamedNode | ox.BlankNode

_TURN: Final = 1 << 256


def named(engine: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Triple]:
    """Read a graph with IRIs in the place of blank nodes.

    Args:
        engine: A store.
        graph: Which of its graphs.

    Yields:
        Its triples, first those without blank nodes.
    """
    blank = ox.Dataset()
    for quad in engine.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        else:
            yield quad.triple
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in blank:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode):
            subject = ox.NamedNode(GENID + subject.value)
        if isinstance(value, ox.BlankNode):
            value = ox.NamedNode(GENID + value.value)
        yield ox.Triple(subject, quad.predicate, value)


@overload
def nameless(term: Node) -> Node: ...


@overload
def nameless(term: Term) -> Term: ...


def nameless(term: Term) -> Term:
    """Take from a blank node the name that `named` gave it.

    Example:
        >>> nameless(ox.NamedNode(GENID + "c14n0"))
        <BlankNode value=c14n0>
    """
    if isinstance(term, ox.NamedNode) and term.value.startswith(GENID):
        return ox.BlankNode(term.value[len(GENID) :])
    return term


class Digest:
    """A digest of triples in any order: the sum of the digests of their lines in N-Triples.

    Example:
        >>> one, other = Digest(), Digest()
        >>> a, b = (ox.Triple(ox.NamedNode(f"urn:{x}"), *[ox.NamedNode("urn:p")] * 2) for x in "ab")
        >>> one.add(a), one.add(b), other.add(b), other.add(a)
        (None, None, None, None)
        >>> str(one) == str(other), one.number
        (True, 2)
    """

    def __init__(self) -> None:
        self._sum = 0
        self.number = 0

    def add(self, triple: ox.Triple) -> None:
        """Count a triple in."""
        line = f"{triple.subject} {triple.predicate} {triple.object}".encode()
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest(), "big")) % _TURN
        self.number += 1

    def __str__(self) -> str:
        """Write the digest in 64 hexadecimal digits."""
        return f"{self._sum:064x}"
