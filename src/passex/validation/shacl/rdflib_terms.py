"""Terms of pyoxigraph as terms of rdflib and back."""

from __future__ import annotations

import logging

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node as RdflibNode

from ...graph.terms import XSD
from ..results import Term
from ..values import is_well_formed

# rdflib logs a traceback for each literal that is ill-formed; to find those is our business.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


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
    literal = Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if str(literal) != term.value:
        # It takes white space out of tokens and normalised strings, whatever it is told.
        kept = str.__new__(Literal, term.value)
        kept._language, kept._datatype, kept._value = None, literal._datatype, literal._value
        literal = kept
    # rdflib goes by what Python can hold.
    literal._ill_typed = not is_well_formed(term.value, term.datatype.value)
    return literal


def from_rdflib(node: RdflibNode) -> Term:
    """Convert a term of rdflib back."""
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return ox.Literal(str(node), datatype=datatype)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))
