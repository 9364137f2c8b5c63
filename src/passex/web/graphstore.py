"""The Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Graphs are named by their address below ``/graphs/``, or by ``/graphs?graph=IRI`` and
``/graphs?default``.
"""

from __future__ import annotations

import uuid
from typing import Any, Final
from urllib.parse import quote, urljoin

import pyoxigraph as ox

from . import protocol, sparql
from .answering import Answers, changed
from .errors import Refused
from .exchange import Exchange
from .negotiation import takes_gzip

PATH: Final = "/graphs"
READS: Final = ("GET", "HEAD")
WRITES: Final = ("PUT", "POST", "DELETE")
#: What an IRI has in common with an address, besides letters and digits.
_IN_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;=~"


async def endpoint(exchange: Exchange, answers: Answers) -> None:
    """Answer a request to the graph store.

    Args:
        exchange: The request.
        answers: What answers it.

    Raises:
        Refused: There is no answer.
        Aborted: The answer broke off.
    """
    new = False
    name = _name(exchange)
    if name == "":
        if exchange.method != "POST":
            raise Refused(400, "no graph: give 'default' or 'graph=' and its IRI")
        name = f"{exchange.origin}{PATH}/{uuid.uuid4()}"
        new = True
    if exchange.method in READS:
        await _get(exchange, answers, name)
        return
    there = _condition(exchange)
    if exchange.method == "DELETE":
        removal = {"op": "delete", "name": name, "there": there}
        await exchange.reply(await changed(exchange, answers, removal), [], b"")
        return
    body = await exchange.body(answers.limits.body, answers.limits.seconds)
    request = {
        "op": "put",
        "name": name,
        "there": there,
        "replace": exchange.method == "PUT",
        "base": name or f"{exchange.origin}{PATH}",
        "parts": _parts(exchange.header(b"content-type"), body),
    }
    status = await changed(exchange, answers, request)
    created = []
    if new or (status == 201 and name is not None):
        created.append(("location", quote(str(name), safe=_IN_ADDRESSES)))
    await exchange.reply(status, created, b"")


def _condition(exchange: Exchange) -> bool | None:
    """Whether the graph has to be there (If-Match) or not (If-None-Match); None for either.

    The tags of answers are weak, and no weak tag matches here (RFC 9110, section 13.1.1).
    """
    match = exchange.header(b"if-match")
    if match is not None and match.strip() != "*":
        raise Refused(412, "no tag of this server holds for a change; If-Match takes * alone")
    if match is not None:
        return True
    return False if (exchange.header(b"if-none-match") or "").strip() == "*" else None


async def _get(exchange: Exchange, answers: Answers, name: str | None) -> None:
    form = sparql.graph_format(exchange.header(b"accept"))
    if form is None:
        raise Refused(406, f"graphs come as {', '.join(sparql.media_types())}")
    gzip = takes_gzip(exchange.header(b"accept-encoding"))
    request = {"op": "dump", "name": name, "graphs": form, "gzip": gzip}
    await answers.send(exchange, request, "Accept, Accept-Encoding")


def _name(exchange: Exchange) -> str | None:
    """The graph's IRI; None for the default graph, and empty where none is named."""
    address = exchange.origin + exchange.raw_path
    given = protocol.fields(exchange.query)
    named = [value for key, value in given if key == "graph"]
    default = [key for key, _ in given if key == "default"]
    if len(named) + len(default) > 1:
        raise Refused(400, "more than one graph is named")
    direct = exchange.path.removeprefix(PATH).strip("/")
    if direct and (named or default):
        raise Refused(400, "the graph is named by the address, and by a parameter")
    if default:
        return None
    if not named and not direct:
        return ""
    iri = urljoin(address, named[0]) if named else address
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise Refused(400, f"no IRI of a graph: {iri[:200]}") from None


def _parts(content_type: str | None, body: bytes) -> list[dict[str, Any]]:
    kind, _ = protocol.media_type(content_type)
    if kind != "multipart/form-data":
        return [_part(content_type, body)]
    from email.parser import BytesParser

    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart():
        raise Refused(400, "not a multipart body")
    parts = []
    for part in message.get_payload():
        content = part.get_payload(decode=True)  # type: ignore[union-attr]
        parts.append(_part(part.get("Content-Type"), content))  # type: ignore[union-attr,arg-type]
    return parts


def _part(content_type: str | None, body: bytes) -> dict[str, Any]:
    kind, charset = protocol.media_type(content_type)
    form = sparql.format_of(kind or "application/rdf+xml")
    if form is None:
        raise Refused(415, f"not read as RDF: {kind}; send {', '.join(sparql.media_types())}")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"the text has to be UTF-8, not {charset}")
    return {"format": form, "data": body.decode("latin-1")}
