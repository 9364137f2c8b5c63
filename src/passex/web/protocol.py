"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox

from .errors import HTTPError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
#: More parameters than any dataset needs.
_FIELDS: Final = 10_000
#: A query string of fewer bytes is worth remembering.
_SHORT: Final = 8192


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks for.

    Attributes:
        kind: ``query``, ``update``, or ``description`` for the service description.
        text: The query or update.
        default: The graphs that make up the default graph.
        named: The named graphs.
    """

    kind: str
    text: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def media_type(header: str | None) -> tuple[str, str]:
    """Read a Content-Type header.

    Args:
        header: Its value, or None.

    Returns:
        The media type and the charset, in lower case and each empty where there is none.

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
    """Read a query string or a form.

    Args:
        text: The bytes, percent-encoded.

    Returns:
        Names and values, in order.

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
        raise HTTPError(
            400, "the parameters are not percent-encoded UTF-8, or are too many"
        ) from None


def read(method: str, query: bytes, content_type: str | None, body: bytes) -> Operation:
    """Read a request to the endpoint.

    Args:
        method: The HTTP method: GET, HEAD or POST.
        query: The query string.
        content_type: The Content-Type header.
        body: The body.

    Returns:
        The operation.

    Raises:
        HTTPError: The request is not of the protocol.

    Example:
        >>> read("GET", b"query=ASK%20%7B%7D", None, b"").text
        'ASK {}'
    """
    if method != "POST":
        return _in_address(query) if len(query) < _SHORT else _read_address(query)
    given = fields(query)
    kind, charset = media_type(content_type)
    if kind == FORM:
        return _operation([*given, *fields(_ascii(body))])
    if kind not in (QUERY, UPDATE):
        raise HTTPError(
            415,
            f"POST takes {QUERY}, {UPDATE} or {FORM}, not {kind or 'a body without Content-Type'}",
            headers={"Accept-Post": f"{QUERY}, {UPDATE}, {FORM}"},
        )
    name = "query" if kind == QUERY else "update"
    if any(one in ("query", "update") for one, _ in given):
        raise HTTPError(400, f"the {name} is in the body, and another one in the address")
    return _operation([*given, (name, _utf8(body, charset))])


def _read_address(query: bytes) -> Operation:
    given = fields(query)
    if any(name == "update" for name, _ in given):
        raise HTTPError(400, "an update has to be sent with POST")
    return _operation(given) if given else Operation("description")


#: The same queries come again and again.
_in_address = lru_cache(maxsize=512)(_read_address)


def _ascii(body: bytes) -> bytes:
    if not body.isascii():
        raise HTTPError(400, "the form is not percent-encoded")
    return body


def _utf8(body: bytes, charset: str) -> str:
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HTTPError(415, f"the text has to be UTF-8, not {charset}")
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
    return Operation(kind, (queries or updates)[0], default, named)


def _iri(value: str, name: str) -> str:
    try:
        return ox.NamedNode(value).value
    except ValueError:
        raise HTTPError(400, f"'{name}' is no absolute IRI: {value[:200]}") from None
