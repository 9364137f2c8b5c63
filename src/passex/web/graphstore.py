"""The Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Graphs are named by their address below ``/graphs/``, or by ``/graphs?graph=IRI`` and
``/graphs?default``.
"""

from __future__ import annotations

import uuid
from typing import Any, Final
from urllib.parse import quote, urljoin

import pyoxigraph as ox
from starlette.responses import Response

from . import sparql
from .answering import Answers
from .errors import HTTPError
from .negotiation import GRAPH_TYPES, acceptable, format_of
from .request import Request

PATH: Final = "/graphs"
#: What an IRI has in common with an address, besides letters and digits.
_IN_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;=~"


async def endpoint(request: Request, answers: Answers) -> Response:
    """Answer a request to the graph store."""
    name = _name(request)
    new = name == ""
    if new:
        if request.method != "POST":
            raise HTTPError(400, "no graph: give 'default' or 'graph=' and its IRI")
        name = f"{request.origin}{PATH}/{uuid.uuid4()}"
    if request.method in ("GET", "HEAD"):
        return _get(request, answers, name)
    there = _condition(request)
    if request.method == "DELETE":
        removal = {"op": "delete", "name": name, "there": there}
        return Response(status_code=await answers.change(request, removal))
    body = await request.read(answers.limits.body, answers.limits.seconds)
    change = {
        "op": "put",
        "name": name,
        "there": there,
        "replace": request.method == "PUT",
        "base": name or f"{request.origin}{PATH}",
        "parts": _parts(request.header(b"content-type"), body),
    }
    status = await answers.change(request, change)
    headers = {}
    if new or (status == 201 and name is not None):
        headers["location"] = quote(str(name), safe=_IN_ADDRESSES)
    return Response(status_code=status, headers=headers)


def _condition(request: Request) -> bool | None:
    """Whether the graph has to be there (If-Match) or not (If-None-Match); None for either.

    The tags of answers are weak, and no weak tag matches here (RFC 9110, section 13.1.1).
    """
    match = request.header(b"if-match")
    if match is not None and match.strip() != "*":
        raise HTTPError(412, "no tag of this server holds for a change", "If-Match takes * alone")
    if match is not None:
        return True
    return False if (request.header(b"if-none-match") or "").strip() == "*" else None


def _get(request: Request, answers: Answers, name: str | None) -> Response:
    _, form = acceptable(request.header(b"accept"))
    if form is None:
        raise HTTPError(406, f"graphs come as {GRAPH_TYPES}")
    question = {"op": "dump", "name": name, "graphs": form, "gzip": request.takes_gzip}
    return answers.answer(request, question, "Accept, Accept-Encoding")


def _name(request: Request) -> str | None:
    """The graph's IRI; None for the default graph, and empty where none is named."""
    address = request.origin + request.raw_path
    given = sparql.fields(request.query)
    named = [value for key, value in given if key == "graph"]
    default = [key for key, _ in given if key == "default"]
    if len(named) + len(default) > 1:
        raise HTTPError(400, "more than one graph is named")
    direct = request.path_params.get("name", "").strip("/")
    if direct and (named or default):
        raise HTTPError(400, "the graph is named by the address, and by a parameter")
    if default:
        return None
    if not named and not direct:
        return ""
    iri = urljoin(address, named[0]) if named else address
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise HTTPError(400, f"no IRI of a graph: {iri[:200]}") from None


def _parts(content_type: str | None, body: bytes) -> list[dict[str, Any]]:
    kind, _ = sparql.media_type(content_type)
    if kind != "multipart/form-data":
        return [_part(content_type, body)]
    from email.parser import BytesParser

    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart():
        raise HTTPError(400, "not a multipart body")
    parts = []
    for part in message.get_payload():
        content = part.get_payload(decode=True)  # type: ignore[union-attr]
        parts.append(_part(part.get("Content-Type"), content))  # type: ignore[union-attr,arg-type]
    return parts


def _part(content_type: str | None, body: bytes) -> dict[str, Any]:
    kind, charset = sparql.media_type(content_type)
    form = format_of(kind or "application/rdf+xml")
    if form is None:
        raise HTTPError(415, f"not read as RDF: {kind}", f"send {GRAPH_TYPES}")
    sparql.check_charset(charset)
    return {"format": form, "data": body.decode("latin-1")}
