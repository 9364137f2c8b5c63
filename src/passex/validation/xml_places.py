"""Triples of RDF/XML, each with the place of its element: rdflib reads it, with expat's positions.

Blank nodes are matched with those of the engine by what is said of them, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.xmlreader import InputSource

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from ..text.turtle import Term, Token, Triple

_LINE: Final = re.compile(r"\r\n|\r|\n")


def statements(text: str, base: str, named: Callable[[Term], Term]) -> Iterator[list[Triple]]:
    """Read a text that the engine takes.

    Args:
        text: The RDF/XML.
        base: The IRI against which its relative IRIs are resolved.
        named: Gives the engine's blank nodes their names.

    Yields:
        Triples in the order in which the engine gives them; what is not found again is at -1.
    """
    places = _Places(text, base)
    for quad in ox.parse(text.encode(), ox.RdfFormat.RDF_XML, base_iri=base):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        node, element = places.find(subject, quad.predicate, value)
        yield [
            Triple(
                Token(named(subject), *node),
                Token(quad.predicate, *element),
                Token(named(value), *element),
            )
        ]


class _Places:
    """Where the triples of a text stand: subject and element, each as begin and end."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE.finditer(text))]
        self._found: dict[tuple[str, str, str], list[tuple[Any, Any, int, int]]] = {}
        self._same: dict[Term, Any] = {}
        source = InputSource(base)
        source.setPublicId(base)
        source.setByteStream(BytesIO(text.encode()))
        source.setEncoding("utf-8")
        # The engine is the judge of what is RDF/XML: what comes before a difference has its place.
        parser = create_parser(source, Graph())  # type: ignore[arg-type]
        handler = _Handler(self)
        parser.setContentHandler(handler)
        try:
            parser.parse(source)
        except (SAXException, ParserError, AssertionError, ValueError):
            return

    def add(self, triple: tuple[Any, Any, Any], node: tuple[int, int], at: tuple[int, int]) -> None:
        """Take in a triple, with line and column of its node and of its element."""
        subject, predicate, value = triple
        begin, element = (self._starts[line - 1] + column for line, column in (node, at))
        key = (_key(subject), str(predicate), _key(value))
        self._found.setdefault(key, []).append((subject, value, begin, element))

    def find(
        self, subject: Term, predicate: ox.NamedNode, value: Term
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """Find a triple of the engine's again, each once."""
        iris = [term.value if isinstance(term, ox.NamedNode) else "" for term in (subject, value)]
        waiting = self._found.get((iris[0], predicate.value, iris[1]), [])
        for number, (node, other, begin, element) in enumerate(waiting):
            pairs = [(subject, node), (value, other)]
            blank = [pair for pair in pairs if isinstance(pair[0], ox.BlankNode)]
            if all(self._same.get(own, theirs) == theirs for own, theirs in blank):
                self._same.update(blank)
                del waiting[number]
                return self._span(begin), self._span(element)
        return (-1, -1), (-1, -1)

    def _span(self, begin: int) -> tuple[int, int]:
        end = self._text.find(">", begin)
        return begin, end + 1


class _Handler(RDFXMLHandler):
    """rdflib's reader, which tells where the elements are that a triple comes from."""

    def __init__(self, places: _Places) -> None:
        self._open: list[tuple[int, int]] = []
        self._nodes = 0
        self._places = places
        super().__init__(self)  # type: ignore[arg-type]

    def bind(self, *_: object, **__: object) -> None:
        """Take no prefix."""

    def add(self, triple: tuple[Any, Any, Any]) -> None:
        """Take in a triple, as a graph does."""
        at = self._open[-1]
        # Nodes and properties take turns; a triple of a property is about the node around it.
        is_property = (len(self._open) - self._nodes) % 2 == 0 and len(self._open) > 1
        self._places.add(triple, self._open[-2] if is_property else at, at)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        """Note where an element begins."""
        if not self._open:
            self._nodes = int(name == ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "RDF"))
        place = self.locator.getLineNumber(), self.locator.getColumnNumber()
        self._open.append((place[0] or 1, place[1] or 0))
        super().startElementNS(name, qname, attrs)

    def endElementNS(self, name: Any, qname: Any) -> None:
        """Note that it ended."""
        super().endElementNS(name, qname)
        self._open.pop()


def _key(term: Any) -> str:
    """Give the IRI of a term; blank nodes and literals are told apart by their order."""
    return str(term) if isinstance(term, URIRef) and not isinstance(term, BNode) else ""
