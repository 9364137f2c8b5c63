"""One HTTP request and its response, as ASGI has them."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any, Final

from .errors import Refused
from .negotiation import choose

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[str, str]

TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
_ERRORS: Final = {TEXT: ["text/plain"], HTML: ["text/html"], JSON: [JSON]}
_ERRORS_IN_JSON: Final = {JSON: [JSON], HTML: ["text/html"], TEXT: ["text/plain"]}
_GZIP: Final = ("gzip", "x-gzip")

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


class Exchange:
    """A request with its response.

    Args:
        scope: ASGI's description of the request.
        receive: ASGI's channel to the client.
        send: ASGI's channel from the client.
        origins: The origins whose pages may read answers; ``*`` for all.

    Attributes:
        method: The HTTP method.
        path: The path, decoded.
        status: The status that was sent, or 0.
        size: How many bytes of the body were sent.
        shared: Whether pages of other origins may read the response.
        in_json: Whether an error is JSON to who does not mind.
    """

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, origins: Sequence[str] = ()
    ) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.status = 0
        self.size = 0
        self.shared = True
        self.in_json = False
        self._receive = receive
        self._send = send
        self._origins = origins
        self._headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            before = self._headers.get(name)
            self._headers[name] = value if before is None else before + b", " + value

    def header(self, name: bytes) -> str | None:
        """Give a header of the request, by its name in lower case."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def query(self) -> bytes:
        """The query string."""
        query: bytes = self.scope["query_string"]
        return query

    @property
    def origin(self) -> str:
        """The address of the server as the client knows it, such as ``http://localhost:8000``."""
        host = self.header(b"host")
        if host is None:
            name, port = self.scope["server"]
            host = f"{name}:{port}"
        return f"{self.scope['scheme']}://{host}"

    @property
    def raw_path(self) -> str:
        """The path as the client sent it."""
        raw: bytes = self.scope.get("raw_path") or self.path.encode()
        return raw.partition(b"?")[0].decode("latin-1")

    async def body(self, limit: int, seconds: float) -> bytes:
        """Read the body.

        Args:
            limit: How many bytes it may have.
            seconds: How long the client may take for it.

        Returns:
            The body.

        Raises:
            Refused: It is longer, or compressed otherwise than with gzip, or does not come.
        """
        coding = (self.header(b"content-encoding") or "identity").strip().lower()
        if coding not in ("identity", *_GZIP):
            raise Refused(
                415, "a body is read as it is, or as gzip", {"Accept-Encoding": "gzip, identity"}
            )
        too_long = Refused(
            413, f"the request is longer than {limit} bytes", {"Connection": "close"}
        )
        length = self.header(b"content-length")
        if length is not None and length.isdecimal() and int(length) > limit:
            raise too_long
        parts = []
        size = 0
        loop = asyncio.get_running_loop()
        latest = loop.time() + seconds
        while True:
            try:
                message = await asyncio.wait_for(self._receive(), latest - loop.time())
            except asyncio.TimeoutError:
                raise Refused(
                    408, "the rest of the request did not come", {"Connection": "close"}
                ) from None
            if message["type"] == "http.disconnect":
                raise ConnectionError
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise too_long
            parts.append(part)
            if not message.get("more_body"):
                break
        body = b"".join(parts)
        if coding not in _GZIP:
            return body
        unpacked = await loop.run_in_executor(None, _unpacked, body, limit)
        if len(unpacked) > limit:
            raise too_long
        return unpacked

    def has(self, tag: str) -> bool:
        """Tell whether the client has what has a tag; tags are compared weakly (RFC 9110, 13.1.2).

        Args:
            tag: The tag, in its quotation marks.
        """
        given = self.header(b"if-none-match")
        if given is None:
            return False
        return any(one.strip().removeprefix("W/") in ("*", tag) for one in given.split(","))

    async def gone(self) -> None:
        """Return when the client has gone away."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def start(self, status: int, headers: Iterable[Header]) -> None:
        """Send the status and the headers."""
        encoded = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
        encoded += SECURITY
        if self._origins and self.shared:
            encoded += self._for_origin()
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": encoded})

    def _for_origin(self) -> list[tuple[bytes, bytes]]:
        origin = self._headers.get(b"origin", b"")
        found = [(b"vary", b"Origin")]
        if "*" in self._origins:
            found = [(b"access-control-allow-origin", b"*")]
        elif origin.decode("latin-1") in self._origins:
            found.append((b"access-control-allow-origin", origin))
        return [*found, (b"access-control-expose-headers", b"ETag, Retry-After")]

    async def part(self, body: bytes, more: bool = True) -> None:
        """Send some of the body; a client that reads slowly makes this wait."""
        if self.method == "HEAD":
            body = b""
        self.size += len(body)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def reply(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        """Send a response in one piece."""
        given = list(headers)
        if status not in (204, 304):
            given.append(("content-length", str(len(body))))
        await self.start(status, given)
        await self.part(body, more=False)

    async def refuse(self, refused: Refused) -> None:
        """Send an error: as a line of text, a page or JSON, as the client would rather have it."""
        # What the message says of the request is no more than a line, and does nothing.
        message = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in refused.message
        )
        offers = _ERRORS_IN_JSON if self.in_json else _ERRORS
        kind = choose(self.header(b"accept"), offers) or next(iter(offers))
        if kind == HTML:
            from .pages.refusal import refusal_page

            body = refusal_page(refused.status, message)
        elif kind == JSON:
            error, _, hint = message.partition("; ")
            body = json.dumps({"error": error, "hint": hint}, ensure_ascii=False) + "\n"
        else:
            body = f"{message}\n"
        headers = [("content-type", kind), ("cache-control", "no-store"), ("vary", "Accept")]
        await self.reply(refused.status, [*headers, *refused.headers.items()], body.encode())


def _unpacked(body: bytes, limit: int) -> bytes:
    """Unpack gzip, of several members if need be, to no more than a byte above a limit."""
    parts = []
    left = limit + 1
    while body and left:
        member = zlib.decompressobj(31)
        try:
            part = member.decompress(body, left)
        except zlib.error:
            raise Refused(400, "the body is not gzip, as Content-Encoding says it is") from None
        parts.append(part)
        left -= len(part)
        if left and not member.eof:
            raise Refused(400, "the gzip of the body breaks off")
        body = member.unused_data
    return b"".join(parts)
