"""Terms of pyoxigraph as terms of rdflib and back, and what pySHACL makes of literals.

What a literal's value is, whether it is ill-formed and which of two is smaller is rdflib's to say:
where the store cannot tell for certain, the fast engine asks the same library as pySHACL.
"""

from __future__ import annotations

import datetime
import logging
import sys
from decimal import Decimal
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node as RdflibNode

from ...graph.terms import RDF, RDFS, XSD
from ..results import Term

# rdflib logs a traceback for each literal that is ill-formed; to find those is our business.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    XSD.string: (str, bytes),
    RDF.langString: (str, bytes),
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: datetime.date,
    XSD.time: datetime.time,
    XSD.dateTime: datetime.datetime,
}


def convert(term: Term) -> URIRef | BNode | Literal:
    """Convert a term of pyoxigraph, as it was written, letter by letter."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == XSD.string:
        # As rdflib reads it from a file: a string without ^^ has no datatype there.
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


#: The same, remembered.
to_rdflib = lru_cache(maxsize=100_000)(convert)


def from_rdflib(node: RdflibNode) -> Term:
    """Convert a term of rdflib back."""
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return ox.Literal(str(node), datatype=datatype)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def has_datatype(term: Term, datatype: str) -> bool:
    """Tell whether a term conforms to ``sh:datatype``, as pySHACL has it."""
    if not isinstance(term, ox.Literal):
        return False
    literal = to_rdflib(term)
    assert isinstance(literal, Literal)
    if datatype == RDFS.Literal:
        return True
    if term.datatype.value != datatype:
        return datatype == RDFS.Datatype and literal.datatype is not None
    if literal.ill_typed:
        return False
    wanted = _TYPES.get(datatype)
    return wanted is None or isinstance(literal.value, wanted)


def compare(one: Term, other: Term) -> int | None:
    """Compare a value with a literal as ``sh:minInclusive`` and its like do in pySHACL.

    The answer is less than, more than or exactly 0; None if they cannot be compared.
    """
    if isinstance(one, ox.Triple):
        return None
    left, right = to_rdflib(one), to_rdflib(other)
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return None
    if isinstance(left.value, str) != isinstance(right.value, str):
        return None
    try:
        if left.eq(right):
            return 0
        if isinstance(left.value, datetime.datetime | datetime.time):
            if left.value == right.value:
                return 0
            return 1 if left.value > right.value else -1
        return 1 if left > right else -1
    except (TypeError, NotImplementedError, ArithmeticError):
        return None


def is_before(one: Term, other: Term, or_equal: bool) -> bool:
    """Tell whether a value conforms to ``sh:lessThan``, or to ``sh:lessThanOrEquals``."""
    # Neither has an order; the latter is RDF 1.2's, which rdflib isn't.
    unordered = (ox.BlankNode, ox.Triple)
    if isinstance(one, unordered) or isinstance(other, unordered):
        return False
    left, right = (_text_or_literal(to_rdflib(term)) for term in (one, other))
    if isinstance(left, Literal) != isinstance(right, Literal):
        return False
    try:
        if or_equal and isinstance(left, Literal) and left.__lt__(right) is NotImplemented:
            # rdflib asks whether this is true, which Python says it is, but from 3.14 on refuses.
            return sys.version_info < (3, 14)
        return bool(left <= right if or_equal else left < right)
    except (TypeError, NotImplementedError, ArithmeticError):
        return False


def _text_or_literal(node: URIRef | BNode | Literal) -> str | Literal:
    if isinstance(node, Literal):
        return node.value if isinstance(node.value, str) else node
    return str(node)
