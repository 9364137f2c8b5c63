"""The ASGI application: Starlette's router, and what every request and response goes through."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Message, Receive, Scope, Send

from . import routes
from .addresses import Route
from .answering import Answers
from .errors import Aborted, ClientClosed, HTTPError
from .negotiation import HTML, JSON, TEXT, choose
from .request import Request
from .settings import ACCESS

_ERRORS: Final = {TEXT: ["text/plain"], HTML: ["text/html"], JSON: [JSON]}
_ERRORS_IN_JSON: Final = {JSON: [JSON], HTML: ["text/html"], TEXT: ["text/plain"]}

#: The access log, a JSON object a line; a server that is told to be quiet has no handler here.
_access: Final = logging.getLogger(ACCESS)
_failures: Final = logging.getLogger("passex.failures")

#: What every response says to browsers: load nothing from elsewhere, be in no frame, guess no type.
SECURITY: Final[list[tuple[bytes, bytes]]] = [
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        b"object-src 'none'; require-trusted-types-for 'script'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def log(
    client: str | None,
    method: str | None,
    path: str | None,
    status: int,
    size: int,
    seconds: float,
    outcome: str,
) -> None:
    """Log a request, with the status and bytes of a body that were sent; None is not known."""
    if not _access.isEnabledFor(logging.INFO):
        return
    entry = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "client": client,
        "method": method,
        "path": path,
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 3),
        "outcome": outcome,
    }
    # In ASCII: what a client sends does nothing to the terminal of who reads the log.
    _access.info(json.dumps(entry))


class Application:
    """The server as an ASGI application.

    Requests, responses and the router are Starlette's. Around them is one layer of ours, where
    Starlette's own would be worse:

    - Its CORS has one list of methods for all addresses, and lets pages of other sites read what a
      change answers. Here they may read, never change.
    - Its check of hosts knows no IPv6, takes two Host headers, and answers 400 instead of 421.
    - Its handling of errors ends with the first byte of a response, cannot answer what is
      cancelled, and costs a small answer as much again as all of this layer.
    - It redirects ``/sparql/``, which clients that POST do not follow.

    Args:
        origins: The origins whose pages may read answers; ``*`` for all.
        hosts: The names that the server is called by; none for any.
    """

    def __init__(
        self, answers: Answers, origins: Iterable[str] = (), hosts: frozenset[str] = frozenset()
    ) -> None:
        self._origins = frozenset(origins)
        self._hosts = hosts
        table = routes.addresses(answers.source.writable)
        made = [Route(one, answers, bool(self._origins)) for one in table]
        # Starlette's router tries one address after the other, and is asked where none is the path.
        self._fixed = {
            one.path: route for one, route in zip(table, made, strict=True) if "{" not in one.path
        }
        self.router = Router(made, redirect_slashes=False, default=self._elsewhere)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = time.perf_counter()
        sent = _Sent(scope, send, self._origins)
        outcome = "complete"
        # The router and the endpoints write into the scope.
        method, path = scope["method"], scope["path"]
        try:
            try:
                self._check_host(scope)
                fixed = self._fixed.get(path)
                await (self.router if fixed is None else fixed.handle)(scope, receive, sent)
            except HTTPError as error:
                if sent.status:
                    raise Aborted(str(error)) from error
                await sent.refuse(error)
        except Aborted as aborted:
            outcome = f"aborted: {aborted}"
            if not sent.status:
                await sent.refuse(HTTPError(503, str(aborted)))
                return
            # The connection is closed before the end of the body: nobody takes it for whole.
            raise
        except (ClientClosed, ClientDisconnect):
            outcome = "client gone"
        except asyncio.CancelledError:
            outcome = "ended with the server"
            if sent.status:
                raise
            await sent.refuse(HTTPError(503, "the server is shutting down"))
        except Exception:
            outcome = "failed"
            _failures.exception("a request failed")
            if sent.status:
                raise Aborted("failed") from None
            await sent.refuse(HTTPError(500, "the server failed"))
        finally:
            client, *_ = scope.get("client") or [None]
            seconds = time.perf_counter() - begun
            log(client, method, path, sent.status, sent.size, seconds, outcome)

    def _check_host(self, scope: Scope) -> None:
        """Refuse names that are not ours: a page elsewhere may give its own name our address."""
        names = [value for name, value in scope["headers"] if name == b"host"]
        if len(names) != 1:
            if names or scope["http_version"] != "1.0":
                raise HTTPError(400, "a request names its host, once")
        elif self._hosts and _host_name(names[0]) not in self._hosts:
            message = "this server is not called that"
            raise HTTPError(421, message, "if it is to be, start it with --allow-host")

    async def _elsewhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what has no address, but for a slash at its end or at all."""
        path: str = scope["path"]
        if path == "*" and scope["method"] == "OPTIONS":
            allow = Response(status_code=204, headers={"allow": "GET, HEAD, OPTIONS"})
            await allow(scope, receive, send)
        elif path.endswith("/"):
            scope["path"] = path.rstrip("/")
            scope["passex.path"] = path
            await self.router(scope, receive, send)
        else:
            raise HTTPError.nothing(scope.get("passex.path") or path)


@lru_cache(maxsize=64)
def _host_name(host: bytes) -> str | None:
    try:
        return urlsplit(f"//{host.decode('latin-1')}").hostname
    except ValueError:
        return None


@dataclass(slots=True)
class _Sent:
    """The way of a response to its client: adds the headers of all, and counts what was sent.

    Attributes:
        status: The status that was sent, or 0.
        size: How many bytes of the body were sent.
    """

    _scope: Scope
    _send: Send
    _origins: frozenset[str]
    status: int = 0
    size: int = 0

    async def __call__(self, message: Message) -> None:
        """Send a message of ASGI."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(one for one in SECURITY if one[0] not in own),
            ]
            if self._origins and not self._scope.get("passex.change"):
                message["headers"] += self._for_origin()
        elif self._scope["method"] != "HEAD":
            self.size += len(message["body"])
        await self._send(message)

    def _for_origin(self) -> list[tuple[bytes, bytes]]:
        """Let pages of other sites read the response, where they may."""
        exposed = (b"access-control-expose-headers", b"ETag, Retry-After")
        if "*" in self._origins:
            return [(b"access-control-allow-origin", b"*"), exposed]
        origin = Request(self._scope).header(b"origin") or ""
        allowed = [(b"access-control-allow-origin", origin.encode("latin-1"))]
        return [(b"vary", b"Origin"), *(allowed if origin in self._origins else []), exposed]

    async def refuse(self, error: HTTPError) -> None:
        """Send an error: a line of text, a page or JSON, as the client would rather have it."""
        offers = _ERRORS_IN_JSON if self._scope.get("passex.json") else _ERRORS
        kind = choose(Request(self._scope).header(b"accept"), offers) or next(iter(offers))
        # What may have been said of the request does nothing in a line.
        shown = HTTPError(error.status, _printable(error.message), _printable(error.hint))
        if kind == HTML:
            from .pages.forms import refusal_page

            body = refusal_page(error.status, str(shown), path=_printable(self._scope["path"]))
        else:
            body = shown.json() if kind == JSON else f"{shown}\n"
        headers = {"content-type": kind, "cache-control": "no-store", "vary": "Accept"}
        response = Response(body, error.status, {**headers, **error.headers})
        await response(self._scope, Request(self._scope).receive, self)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
