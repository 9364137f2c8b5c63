"""Requests: Starlette's, with a body that is read within limits, and what else we ask of one."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import AsyncIterator
from typing import Final

from starlette import requests

from ..text.wording import say
from .errors import HTTPError
from .negotiation import takes_gzip

_GZIP: Final = ("gzip", "x-gzip")
#: Where the headers of a request are kept by name, in its scope.
_JOINED: Final = "passex.headers"
#: A gzip of more members is no client's of ours; each may cost time and hold nothing.
_MEMBERS: Final = 16
#: So much of a gzip is unpacked at a time.
_PIECE: Final = 1 << 16


class Request(requests.Request):
    """A request of HTTP."""

    def header(self, name: bytes) -> str | None:
        """Give a header, by its name in lower case; several of one name are joined."""
        # Each look-up of Starlette's goes through all headers, and gives the first of a name.
        joined: dict[bytes, bytes] | None = self.scope.get(_JOINED)
        if joined is None:
            joined = self.scope[_JOINED] = {}
            for key, value in self.scope["headers"]:
                joined[key] = joined[key] + b", " + value if key in joined else value
        found = joined.get(name)
        return None if found is None else found.decode("latin-1")

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
        raw: bytes = self.scope.get("raw_path") or self.scope["path"].encode()
        return raw.partition(b"?")[0].decode("latin-1")

    @property
    def takes_gzip(self) -> bool:
        """Whether the answer may be compressed."""
        return takes_gzip(self.header(b"accept-encoding"))

    def has(self, tag: str) -> bool:
        """Tell whether the client has what has a tag, given in its quotation marks.

        Tags are compared weakly (RFC 9110, 13.1.2).
        """
        given = self.header(b"if-none-match")
        if given is None:
            return False
        return any(one.strip().removeprefix("W/") in ("*", tag) for one in given.split(","))

    async def read(self, limit: int, seconds: float) -> bytes:
        """Read the body.

        Args:
            limit: How many bytes it may have, packed and unpacked.
            seconds: How long the client may take for it, and unpacking it.

        Raises:
            HTTPError: It is longer, or compressed otherwise than with gzip, or does not come.
            ClientDisconnect: The client has gone away (`starlette.requests`).
        """
        coding = (self.header(b"content-encoding") or "identity").strip().lower()
        if coding not in ("identity", *_GZIP):
            accepted = {"Accept-Encoding": "gzip, identity"}
            raise HTTPError(415, "a body is read as it is, or as gzip", headers=accepted)
        length = self.header(b"content-length")
        if length is not None and length.isdecimal() and int(length) > limit:
            raise _too_long(limit)
        until = time.monotonic() + seconds
        try:
            body = await asyncio.wait_for(gather(self.stream(), limit, _too_long(limit)), seconds)
        except asyncio.TimeoutError:
            close = {"Connection": "close"}
            raise HTTPError(408, "the rest of the request did not come", headers=close) from None
        if coding not in _GZIP:
            return body
        return await asyncio.get_running_loop().run_in_executor(None, unpack, body, limit, until)

    async def gone(self) -> None:
        """Return when the client has gone away."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


async def gather(parts: AsyncIterator[bytes], limit: int, too_long: HTTPError) -> bytes:
    """Put parts together; raises `too_long` where they are more than so many bytes."""
    gathered = bytearray()
    async for part in parts:
        gathered += part
        if len(gathered) > limit:
            raise too_long
    return bytes(gathered)


def _too_long(limit: int) -> HTTPError:
    message = f"the request is longer than {say(limit, 'byte')}"
    return HTTPError(413, message, headers={"Connection": "close"})


def unpack(body: bytes, limit: int, until: float) -> bytes:
    """Unpack gzip, of a few members if need be, of no more than `limit` bytes.

    Args:
        until: When to give up (`time.monotonic`).

    Raises:
        HTTPError: It is no gzip, has too many members or bytes, or takes too long.

    Example:
        >>> import gzip
        >>> unpack(gzip.compress(b"ASK ") + gzip.compress(b"{}"), 6, float("inf"))
        b'ASK {}'
    """
    parts: list[bytes] = []
    left = limit
    at = members = 0
    while at < len(body):
        members += 1
        if members > _MEMBERS:
            raise HTTPError(400, f"the gzip of the body has more than {_MEMBERS} members")
        member = zlib.decompressobj(31)
        while not member.eof:
            if time.monotonic() > until:
                raise HTTPError(503, "unpacking the body took longer than this server gives to it")
            # In pieces: what follows a member is copied, which must not be all of the rest.
            piece = body[at : at + _PIECE]
            if not piece:
                raise HTTPError(400, "the gzip of the body breaks off")
            try:
                parts.append(member.decompress(piece, left + 1))
            except zlib.error:
                message = "the body is not gzip, as Content-Encoding says it is"
                raise HTTPError(400, message) from None
            left -= len(parts[-1])
            if left < 0:
                raise _too_long(limit)
            at += len(piece) - len(member.unused_data)
    return b"".join(parts)
