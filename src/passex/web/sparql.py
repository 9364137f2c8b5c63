"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), at ``/sparql``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.responses import Response

from . import guard
from .answering import Answers
from .errors import HTTPError
from .negotiation import (
    GRAPH_TYPES,
    acceptable,
    asked,
    prefers_page,
)
from .request import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
#: More parameters than any dataset needs.
_FIELDS: Final = 10_000
_VARY: Final = "Accept, Accept-Encoding"
#: A text of as many characters is read beside other requests, and is nobody's to ask for again.
_LONG: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks for.

    Attributes:
        kind: ``query``, ``update``, or ``description`` for the service description.
        default: The graphs that make up the default graph.
        forms: The format of the answer, as the client names it; it goes before the Accept header.
    """

    kind: str
    text: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


def media_type(header: str | None) -> tuple[str, str]:
    """Read a Content-Type header: the media type and the charset, each empty where there is none.

    Example:
        >>> media_type('text/turtle; charset="UTF-8"')
        ('text/turtle', 'utf-8')
    """
    kind, *parameters = (part.strip() for part in (header or "").split(";"))
    charset = ""
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.lower(), charset


def fields(text: bytes) -> list[tuple[str, str]]:
    """Read the names and values of a query string or a form, in order.

    Raises:
        HTTPError: They are not UTF-8, or too many.
    """
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except ValueError:
        message = "the parameters are not percent-encoded UTF-8, or are too many"
        raise HTTPError(400, message) from None


def read(method: str, query: bytes, content_type: str | None, body: bytes) -> Operation:
    """Read a request to the endpoint.

    Raises:
        HTTPError: The request is not of the protocol.

    Example:
        >>> read("GET", b"query=ASK%20%7B%7D", None, b"").text
        'ASK {}'
    """
    if method != "POST":
        return _in_address(query) if len(query) < guard.SHORT else _read_address(query)
    given = fields(query)
    kind, charset = media_type(content_type)
    if kind == FORM:
        if not body.isascii():
            raise HTTPError(400, "the form is not percent-encoded")
        return _operation([*given, *fields(body)])
    if kind not in (QUERY, UPDATE):
        sent = kind or "a body without Content-Type"
        accepted = {"Accept-Post": f"{QUERY}, {UPDATE}, {FORM}"}
        message = f"POST takes {QUERY}, {UPDATE} or {FORM}, not {sent}"
        raise HTTPError(415, message, headers=accepted)
    name = "query" if kind == QUERY else "update"
    if any(one in ("query", "update") for one, _ in given):
        raise HTTPError(400, f"the {name} is in the body, and another one in the address")
    return _operation([*given, (name, _utf8(body, charset))])


def _read_address(query: bytes) -> Operation:
    given = fields(query)
    if any(name == "update" for name, _ in given):
        raise HTTPError(400, "an update has to be sent with POST")
    if all(name == "format" for name, _ in given):
        return Operation("description", forms=_forms(given))
    return _operation(given)


#: The same queries come again and again.
_in_address = lru_cache(maxsize=512)(_read_address)


def check_charset(charset: str) -> None:
    """Refuse what is not in UTF-8; what has no charset is."""
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HTTPError(415, f"the text has to be UTF-8, not {charset}")


def _utf8(body: bytes, charset: str) -> str:
    check_charset(charset)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPError(400, f"the text is not UTF-8 (at byte {error.start})") from None
    if "\0" in text:
        raise HTTPError(400, "the text is not UTF-8: it has zero bytes in it")
    return text.removeprefix("\ufeff")


def _operation(given: list[tuple[str, str]]) -> Operation:
    queries = [value for name, value in given if name == "query"]
    updates = [value for name, value in given if name == "update"]
    if not queries and not updates:
        raise HTTPError(400, "no query: give it as the parameter 'query'")
    if len(queries) + len(updates) > 1:
        raise HTTPError(400, "more than one query or update in one request")
    kind = "query" if queries else "update"
    names = ("default-graph-uri", "named-graph-uri")
    others = ("using-graph-uri", "using-named-graph-uri")
    if updates:
        names, others = others, names
    for name, _ in given:
        if name in others:
            raise HTTPError(400, f"'{name}' does not belong to a{'n' if updates else ''} {kind}")
    default, named = (tuple(_iri(v, name) for n, v in given if n == name) for name in names)
    return Operation(kind, (queries or updates)[0], default, named, _forms(given))


def _forms(given: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(value for name, value in given if name == "format")


def _iri(value: str, name: str) -> str:
    try:
        return ox.NamedNode(value).value
    except ValueError:
        raise HTTPError(400, f"'{name}' is no absolute IRI: {value[:200]}") from None


async def endpoint(request: Request, answers: Answers) -> Response:
    """Answer a request to the endpoint."""
    limits = answers.limits
    body = b""
    if request.method == "POST":
        body = await request.read(limits.body, limits.seconds)
    sent = request.method, request.query, request.header(b"content-type"), body
    if len(body) < _LONG:
        operation = read(*sent)
    else:
        operation = await asyncio.get_running_loop().run_in_executor(None, read, *sent)
    question = {
        "op": operation.kind,
        "text": operation.text,
        "default": operation.default,
        "named": operation.named,
        "base": f"{request.origin}/sparql",
        "service": answers.service,
    }
    if operation.kind == "update":
        change = {**question, "load": answers.load}
        return Response(status_code=await answers.change(request, change))
    accept = request.header(b"accept")
    solutions, graphs = acceptable(accept)
    if operation.forms:
        solutions, graphs = asked(operation.forms)
    if operation.kind == "description":
        if not operation.forms and prefers_page(accept):
            return Response(status_code=303, headers={"location": "/", "vary": _VARY})
        if graphs is None:
            raise HTTPError(406, f"the service description comes as {GRAPH_TYPES}")
        about = {
            "endpoint": request.origin + request.raw_path,
            "writable": answers.source.writable,
            "service": answers.service,
        }
        described = {"op": "describe", "graphs": graphs, "description": about}
        return answers.answer(request, {**described, "gzip": request.takes_gzip}, _VARY)
    # Where neither will do, the worker says so: what is no query is refused as that first.
    text = operation.text
    lasting = not answers.service and len(text) < _LONG and not guard.varies(text)
    wanted = {"solutions": solutions, "graphs": graphs, "gzip": request.takes_gzip}
    return answers.answer(request, {**question, **wanted}, _VARY, lasting)
