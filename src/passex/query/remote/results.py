"""Results that a server gives: in which format, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, TypeAlias, cast

import httpx
import pyoxigraph as ox

from ...errors import EndpointError
from . import failures
from .body import Body
from .json_results import JsonResults

_JSON: Final = ox.QueryResultsFormat.JSON
_XML: Final = ox.QueryResultsFormat.XML
_TSV: Final = ox.QueryResultsFormat.TSV
_Form: TypeAlias = ox.QueryResultsFormat | ox.RdfFormat
#: Media types of solutions and truth values. Old servers call them as browsers would.
_SOLUTIONS: Final = {
    "application/sparql-results+json": _JSON,
    "application/json": _JSON,
    "application/sparql-results+xml": _XML,
    "application/xml": _XML,
    "text/xml": _XML,
    "text/tab-separated-values": _TSV,
}
_GRAPHS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
#: What is asked for. What shows best where it ends comes first; CSV would lose what terms are.
SOLUTIONS: Final = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.3"
)
GRAPHS: Final = (
    "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, application/ld+json;q=0.5"
)
#: Virtuoso names blank nodes as no format allows it. (In a text, the quotes would be escaped.)
_NODE_ID: Final = (b'"bnode", "value": "nodeID://', b'"bnode", "value": "')
_LONG: Final = 120
#: What a body of results has in it from early on. Without it, it is something else.
_MARKS: Final[dict[_Form, bytes]] = {_JSON: b'"bindings"', _XML: b"<results", _TSV: b"?"}
#: Formats of lines: one that has no end was cut.
_LINES: Final[tuple[_Form, ...]] = (_TSV, ox.RdfFormat.N_TRIPLES)


class Answer:
    """The answer to one query, with its body unread; leaving its ``with`` ends the request.

    Attributes:
        most: How many rows the server gives at most, where it says that it gave as many.

    Args:
        where: The endpoint, for messages.
        seconds: How long nothing may come.

    Raises:
        EndpointError: From the methods, it breaks off, is no result of SPARQL or one in another
            format, or is a part of the whole.
    """

    def __init__(self, response: httpx.Response, where: str, seconds: float) -> None:
        self._response = response
        self._where = where
        self._kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        virtuoso = "virtuoso" in response.headers.get("server", "").lower()
        self._body = Body(response, where, seconds, _NODE_ID if virtuoso else None)
        self._form: _Form | None = None
        self._triples = 0
        most = response.headers.get("x-sparql-maxrows", "")
        self.most = int(most) if most.isascii() and most.isdigit() else None

    def __enter__(self) -> Answer:
        """Give the answer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the request, whether or not all was read."""
        self._response.close()

    @property
    def whole(self) -> bool:
        """Whether it was read to its end."""
        return self._body.ended

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say what is wrong with the answer where it cannot be read, or is not whole."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            if self._body.broken is not None:
                raise self._body.broken from None
            raise self._fault(error) from None
        cut = self._body.end and not self._body.end.endswith(b"\n")
        if self._form in _LINES and self._body.ended and cut:
            raise self._fault(SyntaxError("the last line has no end"))
        state = self._response.headers.get("x-sql-state")
        if state:
            told = self._response.headers.get("x-sql-message", state)
            message = f"the answer is a part of the whole ({told})"
            raise failures.failure(self._where, message, "raise the server's time limit")

    def solutions(self) -> ox.QuerySolutions | ox.QueryBoolean:
        """Begin to read solutions, or read a truth value; within `reading`."""
        self._form = form = _SOLUTIONS.get(self._kind)
        if form is None:
            raise self._wrong_type("no result of SPARQL")
        body = JsonResults(self._body) if form == _JSON else self._body
        return ox.parse_query_results(cast(IO[bytes], body), form)

    def triples(self) -> Iterator[ox.Triple]:
        """Read triples as they come; within `reading`."""
        self._form = form = _GRAPHS.get(self._kind)
        if form is None:
            raise self._wrong_type("no graph")
        base = str(self._response.url.copy_with(query=None, fragment=None))
        for quad in ox.parse(cast(IO[bytes], self._body), form, base_iri=base):
            self._triples += 1
            yield quad.triple

    def _wrong_type(self, what: str) -> EndpointError:
        told = failures.first_words(self._body.read(failures.HEAD))
        message = f"the answer is {self._kind or 'of no type'}, {what}"
        message += f" ({told})" if told else ""
        return failures.failure(self._where, message, failures.NO_ENDPOINT)

    def _fault(self, error: Exception) -> EndpointError:
        begun = self._triples > 0
        if self._form in _MARKS:
            begun = _MARKS[self._form] in self._body.start
        reason = " ".join(str(error).split())[:_LONG]
        # What breaks off is told by its end; a term that is none, by what the parser says of it.
        told = f" ({reason})" if begun and "invalid" in reason.lower() else ""
        message = f"the answer is no whole result of SPARQL{told}: {self._body.last_words(begun)}"
        return failures.failure(self._where, message, "see the server's log, or try again")
