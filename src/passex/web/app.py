"""The ASGI application: from a connection to a route, and what goes wrong on the way."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from . import access
from .errors import Aborted, Refused
from .exchange import Exchange, Receive, Scope, Send
from .routes import Route, Service, routes

_failures: Final = logging.getLogger("passex.failures")


class Application:
    """The server as an ASGI application.

    Args:
        server: What answers its requests.
        more: Further routes, which come first.
    """

    def __init__(self, server: Service, more: Sequence[Route] = ()) -> None:
        self._server = server
        self._exact: dict[str, Route] = {}
        self._below: list[Route] = []
        for route in (*routes(server.answers.source.writable), *more):
            if route.path.endswith("/") and route.path != "/":
                self._below.append(route)
            else:
                self._exact[route.path] = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = time.perf_counter()
        exchange = Exchange(scope, receive, send, self._server.origins)
        outcome = "complete"
        try:
            try:
                await self._dispatch(exchange)
            except Refused as refused:
                if exchange.status:
                    raise Aborted(refused.message) from refused
                await exchange.refuse(refused)
        except Aborted as aborted:
            outcome = f"aborted: {aborted}"
            if not exchange.status:
                await exchange.refuse(Refused(503, str(aborted)))
                return
            # The connection is closed before the end of the body: nobody takes it for whole.
            raise
        except ConnectionError:
            outcome = "client gone"
        except asyncio.CancelledError:
            outcome = "ended with the server"
            if exchange.status:
                raise
            await exchange.refuse(Refused(503, "the server is shutting down"))
        except Exception:
            outcome = "failed"
            _failures.exception("a request failed")
            if exchange.status:
                raise Aborted("failed") from None
            await exchange.refuse(Refused(500, "the server failed"))
        finally:
            client = scope.get("client")
            access.log(
                client[0] if client else None,
                exchange.method,
                exchange.path,
                exchange.status,
                exchange.size,
                time.perf_counter() - begun,
                outcome,
            )

    async def _dispatch(self, exchange: Exchange) -> None:
        self._check_host(exchange)
        if exchange.path == "*" and exchange.method == "OPTIONS":
            await exchange.reply(204, [("allow", "GET, HEAD, OPTIONS")], b"")
            return
        route, rest = self._find(exchange.path)
        if route is None:
            raise Refused(404, f"nothing has the address {exchange.path[:200]}")
        if exchange.method == "OPTIONS":
            await self._options(exchange, route)
        elif exchange.method not in route.methods:
            raise Refused(405, f"{exchange.method} is no method here", {"Allow": _allowed(route)})
        else:
            await route.handler(exchange, self._server, rest)

    def _find(self, path: str) -> tuple[Route | None, str]:
        route = self._exact.get(path)
        if route is not None:
            return route, ""
        for route in self._below:
            if path.startswith(route.path) and path != route.path:
                return route, path[len(route.path) :]
        return self._exact.get(path.rstrip("/")), ""

    def _check_host(self, exchange: Exchange) -> None:
        """Refuse names that are not ours: a page elsewhere may give its own name our address."""
        names = [value for name, value in exchange.scope["headers"] if name == b"host"]
        if len(names) != 1:
            if names or exchange.scope["http_version"] != "1.0":
                raise Refused(400, "a request names its host, once")
            return
        hosts = self._server.hosts
        if hosts and _host_name(names[0]) not in hosts:
            raise Refused(
                421, "this server is not called that; if it is to be, start it with --allow-host"
            )

    async def _options(self, exchange: Exchange, route: Route) -> None:
        headers = [("allow", _allowed(route))]
        if self._server.origins:
            # A page of another site may read, never change.
            methods = [method for method in route.methods if method in ("GET", "HEAD", "POST")]
            if route.path.startswith("/graphs"):
                methods.remove("POST") if "POST" in methods else None
            headers += [
                ("access-control-allow-methods", ", ".join(methods)),
                ("access-control-allow-headers", "Accept, Content-Type, If-None-Match"),
                ("access-control-max-age", "600"),
            ]
        await exchange.reply(204, headers, b"")


def _allowed(route: Route) -> str:
    return ", ".join((*route.methods, "OPTIONS"))


@lru_cache(maxsize=64)
def _host_name(host: bytes) -> str | None:
    try:
        return urlsplit(f"//{host.decode('latin-1')}").hostname
    except ValueError:
        return None
