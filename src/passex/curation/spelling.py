"""Terms as they are written at a place in a file: with its prefixes, or relative to its base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from ..graph.terms import XSD

#: A name that Turtle takes without escapes, whatever else it would take.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[\w-]*[A-Za-z0-9_-])?", re.ASCII)
#: What is written without quotation marks.
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}


def spell(term: str | ox.NamedNode | ox.Literal, prefixes: Mapping[str, str], base: str) -> str:
    """Write a term in Turtle.

    Args:
        term: The term; an IRI also as a text.
        prefixes: The namespaces in force there, by prefix.
        base: The base IRI in force there; empty if there is none.

    Example:
        >>> known = {"id": "http://e/", "x": "http://e/x/"}
        >>> spell("http://e/x/a", known, ""), spell("http://f/a#c1", known, "http://f/a")
        ('x:a', '<#c1>')
        >>> spell(ox.Literal(5), {}, ""), spell(ox.Literal("é", language="en"), {}, "")
        ('5', '"é"@en')
    """
    if isinstance(term, ox.Literal):
        return _literal(term, prefixes, base)
    iri = term if isinstance(term, str) else term.value
    fitting = [
        (len(space), prefix)
        for prefix, space in prefixes.items()
        if space and iri.startswith(space) and _LOCAL.fullmatch(iri, len(space))
    ]
    if fitting:
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"
    document, sign, fragment = iri.partition("#")
    return f"<#{fragment}>" if sign and base and document == base.partition("#")[0] else f"<{iri}>"


def _literal(literal: ox.Literal, prefixes: Mapping[str, str], base: str) -> str:
    datatype = literal.datatype.value
    if literal.language or datatype == XSD.string:
        return str(literal)
    if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
        return literal.value
    return f"{ox.Literal(literal.value)}^^{spell(datatype, prefixes, base)}"
