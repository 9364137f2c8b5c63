"""Triples of RDF/XML, each with the place of its element.

rdflib reads it, with expat's positions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.xmlreader import InputSource

import pyoxigraph as ox
from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from ..text.json_parts import Span
from ..text.turtle import Term, Token, Triple
from .matching import PlacedTriples

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
    triples = PlacedTriples()
    _read(text, base, triples)
    for quad in ox.parse(text.encode(), ox.RdfFormat.RDF_XML, base_iri=base):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        node, element, _ = triples.find(subject, quad.predicate, value)
        yield [
            Triple(
                Token(named(subject), *node),
                Token(quad.predicate, *element),
                Token(named(value), *element),
            )
        ]


def _read(text: str, base: str, triples: PlacedTriples) -> None:
    starts = [0, *(match.end() for match in _LINE.finditer(text))]

    def span(place: tuple[int, int]) -> Span:
        begin = starts[place[0] - 1] + place[1]
        return begin, text.find(">", begin) + 1

    def add(triple: tuple[Any, Any, Any], node: tuple[int, int], at: tuple[int, int]) -> None:
        """Take in a triple, with line and column of its node and of its element."""
        element = span(at)
        triples.add(triple, (span(node), element, element))

    source = InputSource(base)
    source.setPublicId(base)
    source.setByteStream(BytesIO(text.encode()))
    source.setEncoding("utf-8")
    # The engine is the judge of what is RDF/XML: what comes before a difference has its place.
    parser = create_parser(source, Graph())  # type: ignore[arg-type]
    handler = _Handler(add)
    parser.setContentHandler(handler)
    with suppress(SAXException, ParserError, AssertionError, ValueError):
        parser.parse(source)


class _Handler(RDFXMLHandler):
    """rdflib's reader, which tells where the elements are that a triple comes from."""

    def __init__(self, add: Callable[[Any, tuple[int, int], tuple[int, int]], None]) -> None:
        self._open: list[tuple[int, int]] = []
        self._nodes = 0
        self._add = add
        super().__init__(self)  # type: ignore[arg-type]

    def bind(self, *_: object, **__: object) -> None:
        """Take no prefix."""

    def add(self, triple: tuple[Any, Any, Any]) -> None:
        """Take in a triple, as a graph does."""
        at = self._open[-1]
        # Nodes and properties take turns; a triple of a property is about the node around it.
        is_property = (len(self._open) - self._nodes) % 2 == 0 and len(self._open) > 1
        self._add(triple, self._open[-2] if is_property else at, at)

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
