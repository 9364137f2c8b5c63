"""The endpoint ``/sparql``."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Final

from ..query import formats
from . import guard, protocol, results
from .answering import Answers, changed
from .errors import Refused
from .exchange import Exchange
from .negotiation import choose, takes_gzip

_VARY: Final = "Accept, Accept-Encoding"


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0]


def _offers(table: dict[str, formats.Format]) -> dict[str, list[str]]:
    return {form.name: [_bare(form.media_type), *form.aliases] for form in table.values()}


_SOLUTIONS: Final = {
    **_offers(formats.SOLUTIONS),
    **{name: [_bare(one.media_type), *one.aliases] for name, one in results.SOLUTIONS.items()},
}
_GRAPHS: Final = _offers(formats.GRAPHS)
#: A text of as many characters is read beside other requests, and is nobody's to ask for again.
_LONG: Final = 1 << 17
#: A person who looks for the service finds the editor.
_PAGE_OR_GRAPH: Final = {**_GRAPHS, "page": ["text/html"]}


@lru_cache(maxsize=256)
def acceptable(accept: str | None) -> tuple[str | None, str | None]:
    """Choose the formats of an answer before its kind is known.

    Args:
        accept: The Accept header.

    Returns:
        The names of a format of solutions and of one of graphs; None where none is acceptable.

    Example:
        >>> acceptable("text/csv, application/rdf+xml;q=0.5")
        ('csv', 'rdfxml')
    """
    return choose(accept, _SOLUTIONS), choose(accept, _GRAPHS)


async def endpoint(exchange: Exchange, answers: Answers, service: bool, load: bool) -> None:
    """Answer a request to the endpoint.

    Args:
        exchange: The request.
        answers: What answers it.
        service: Whether queries may call other servers.
        load: Whether updates may.

    Raises:
        Refused: There is no answer.
        Aborted: The answer broke off.
    """
    limits = answers.limits
    body = b""
    if exchange.method == "POST":
        body = await exchange.body(limits.body, limits.seconds)
    sent = exchange.method, exchange.query, exchange.header(b"content-type"), body
    if len(body) < _LONG:
        asked = protocol.read(*sent)
    else:
        asked = await asyncio.get_running_loop().run_in_executor(None, protocol.read, *sent)
    base = f"{exchange.origin}/sparql"
    if asked.kind == "update":
        request = {
            "op": "update",
            "text": asked.text,
            "default": asked.default,
            "named": asked.named,
            "base": base,
            "load": load,
            "service": service,
        }
        await exchange.reply(await changed(exchange, answers, request), [], b"")
        return
    accept = exchange.header(b"accept")
    table, graph = acceptable(accept)
    gzip = takes_gzip(exchange.header(b"accept-encoding"))
    if asked.kind == "description":
        if choose(accept, _PAGE_OR_GRAPH) == "page":
            await exchange.reply(303, [("location", "/"), ("vary", _VARY)], b"")
            return
        if graph is None:
            raise Refused(406, f"the service description comes as {', '.join(media_types())}")
        address = exchange.origin + exchange.raw_path
        about = {"endpoint": address, "writable": answers.source.writable, "service": service}
        found = {"op": "describe", "graphs": graph, "description": about, "gzip": gzip}
        await answers.send(exchange, found, _VARY)
        return
    if table is None and graph is None:
        every = [types[0] for types in _SOLUTIONS.values()]
        raise Refused(406, f"answers come as {', '.join([*every, *media_types()])}")
    lasting = not service and len(asked.text) < _LONG and not guard.varies(asked.text)
    query = {
        "op": "query",
        "text": asked.text,
        "default": asked.default,
        "named": asked.named,
        "solutions": table,
        "graphs": graph,
        "base": base,
        "service": service,
        "gzip": gzip,
    }
    await answers.send(exchange, query, _VARY, lasting)


def media_types() -> list[str]:
    """List the media types of graphs."""
    return [types[0] for types in _GRAPHS.values()]


def graph_format(accept: str | None) -> str | None:
    """Choose the format of a graph.

    Args:
        accept: The Accept header.

    Returns:
        Its name; None where none is acceptable.
    """
    return acceptable(accept)[1]


def format_of(media_type: str) -> str | None:
    """Find the format of graphs that a media type means.

    Args:
        media_type: The media type, without parameters.

    Returns:
        The format's name, or None.

    Example:
        >>> format_of("text/turtle"), format_of("image/png")
        ('turtle', None)
    """
    return next((name for name, types in _GRAPHS.items() if media_type in types), None)
