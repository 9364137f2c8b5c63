"""What has an address, with what the API's description says of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from . import graphstore, openapi, protocol, resources, sparql, statics
from .answering import Answers
from .errors import Refused
from .exchange import HTML, JSON, Exchange
from .negotiation import takes_gzip
from .pages import forms, home


@dataclass(frozen=True, slots=True)
class Service:
    """A server at work.

    Attributes:
        answers: What answers requests.
        service: Whether queries may call other servers (SERVICE).
        load: Whether updates may (LOAD).
        origins: The origins whose pages may read answers.
        hosts: The names that the server is called by; none for any.
    """

    answers: Answers
    service: bool = False
    load: bool = False
    origins: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()


Handler: TypeAlias = Callable[[Exchange, Service, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Route:
    """An address, or all addresses below one.

    Attributes:
        path: The path; with a slash at its end, it stands for what is below it.
        methods: Its methods.
        handler: Answers its requests; it is given the rest of the path.
    """

    path: str
    methods: tuple[str, ...]
    handler: Handler


async def _sparql(exchange: Exchange, server: Service, rest: str) -> None:
    await sparql.endpoint(exchange, server.answers, server.service, server.load)


async def _graphs(exchange: Exchange, server: Service, rest: str) -> None:
    await graphstore.endpoint(exchange, server.answers)


def _resource(name: str, rest_is: str = "") -> Handler:
    async def answer(exchange: Exchange, server: Service, rest: str) -> None:
        exchange.in_json = True
        given = protocol.fields(exchange.query)
        parameters = dict(given)
        if len(parameters) < len(given):
            names = [key for key, _ in given]
            twice = next(key for key in names if names.count(key) > 1)
            raise Refused(400, f"the parameter '{twice[:100]}' is given twice; give it once")
        if rest_is:
            parameters[rest_is] = rest
        form = parameters.pop("format", None)
        media_type = resources.negotiated(name, exchange.header(b"accept"), form)
        if media_type is None:
            offered = ", ".join(resources.RESOURCES[name].writers)
            raise Refused(406, f"there is no such format of this; it comes as {offered}")
        page = forms.blank(name, parameters) if media_type == HTML else None
        if page is not None:
            await exchange.reply(200, [("content-type", media_type), _VARY], page.encode())
            return
        request = {
            "op": "resource",
            "resource": name,
            "parameters": parameters,
            "type": media_type,
            "gzip": takes_gzip(exchange.header(b"accept-encoding")),
        }
        await server.answers.send(exchange, request, "Accept, Accept-Encoding")

    return answer


async def _description(exchange: Exchange, server: Service, rest: str) -> None:
    body = openapi.document(server.answers.source.writable, exchange.origin)
    await exchange.reply(200, [("content-type", "application/json")], body)


async def _health(exchange: Exchange, server: Service, rest: str) -> None:
    alive = server.answers.pool.alive
    body = f'{{"status": "{"ok" if alive else "starting"}", "workers": {alive}}}\n'.encode()
    headers = [("content-type", "application/json"), ("cache-control", "no-store")]
    await exchange.reply(200 if alive else 503, headers, body)


async def _home(exchange: Exchange, server: Service, rest: str) -> None:
    await exchange.reply(200, [("content-type", HTML)], home.home_page().encode())


async def _questions(exchange: Exchange, server: Service, rest: str) -> None:
    page = forms.questions_page()
    await exchange.reply(200, [("content-type", HTML)], page.encode())


async def _setup(exchange: Exchange, server: Service, rest: str) -> None:
    await exchange.reply(200, [("content-type", JSON)], home.setup())


async def _static(exchange: Exchange, server: Service, rest: str) -> None:
    await statics.send(exchange, rest)


_READ: Final = ("GET", "HEAD")
_VARY: Final = ("vary", "Accept, Accept-Encoding")


def routes(writable: bool) -> tuple[Route, ...]:
    """List what has an address.

    Args:
        writable: Whether the graph can be changed.

    Returns:
        The routes.
    """
    graphs = _READ + (graphstore.WRITES if writable else ())
    return (
        Route("/sparql", (*_READ, "POST"), _sparql),
        Route("/graphs", graphs, _graphs),
        Route("/graphs/", graphs, _graphs),
        Route("/", _READ, _home),
        Route("/editor.json", _READ, _setup),
        Route("/static/", _READ, _static),
        Route("/ask", _READ, _questions),
        Route("/ask/", _READ, _resource("ask", "question")),
        Route("/why", _READ, _resource("why")),
        Route("/network", _READ, _resource("network")),
        Route("/entity/", _READ, _resource("entity", "name")),
        Route("/show", _READ, _resource("show")),
        Route("/complete", _READ, _resource("complete")),
        Route("/terms", _READ, _resource("terms")),
        Route("/openapi.json", _READ, _description),
        Route("/health", _READ, _health),
    )
