"""Triples of an import as text: terms, N-Triples, and Turtle with the data set as its base.

A triple is three terms of N-Triples. Those of one subject follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..graph.terms import PREFIXES, RDF, XSD

Triple: TypeAlias = tuple[str, str, str]

_LOCAL: Final = re.compile("[A-Za-z_][A-Za-z0-9_-]*")
_USED: Final = (
    *("nr", "nrc", "id", "rdfs", "xsd", "skos", "dcterms", "prov", "oa", "dcat", "wgs84", "dwc"),
)


def node(iri: str) -> str:
    """Write an IRI."""
    return f"<{iri}>"


def text(text: str, language: str = "") -> str:
    """Write a text."""
    return str(ox.Literal(text, language=language or None))


def typed(text: str, kind: str) -> str:
    """Write a literal of a datatype of XML Schema, whose text needs no escapes."""
    return f'"{text}"^^<{XSD[kind]}>'


def ntriples(triples: Iterable[Triple]) -> Iterator[str]:
    """Write N-Triples."""
    for triple in triples:
        yield f"{' '.join(triple)} .\n"


class Turtle:
    """Writes Turtle with the data set as base, node by node.

    Args:
        base: The IRI of the data set.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._names = {PREFIXES[name]: name for name in _USED}
        self._short: dict[str, str] = {}

    def head(self, comment: str) -> str:
        """Give the lines before the first node."""
        prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED)
        return f"# {comment}\n@base <{self._base}> .\n{prefixes}\n"

    def lines(self, triples: Iterable[Triple]) -> Iterator[str]:
        """Write triples; those of one subject, which follow one another, as one statement.

        Quotes and claims are lines, as people write them.
        """
        last, apart = ("", ""), ""
        for subject, term, value in triples:
            if subject != last[0]:
                start = " .\n" if last[0] else ""
                apart = " ; " if subject.startswith(f"<{self._base}#") else " ;\n    "
                yield f"{start}{self._term(subject)} {self._term(term)} {self._term(value)}"
            elif term == last[1]:
                yield f", {self._term(value)}"
            else:
                yield f"{apart}{self._term(term)} {self._term(value)}"
            last = subject, term
        if last[0]:
            yield " .\n"

    def _term(self, term: str) -> str:
        if term.startswith('"'):
            if not term.endswith(">"):
                return term
            text, _, kind = term.rpartition("^^")
            return f"{text}^^{self._term(kind)}"
        if term in self._short:
            return self._short[term]
        iri = term[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        if iri == RDF.type:
            return "a"
        if iri.startswith(f"{self._base}#"):
            return f"<{iri[len(self._base) :]}>"
        prefix = self._names.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return term
        if len(self._short) > 10_000:
            self._short.clear()
        self._short[term] = f"{prefix}:{iri[cut:]}"
        return self._short[term]
