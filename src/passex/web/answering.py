"""From a request to its answer: the cache, ETags, a worker, and the stream to the client."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .errors import Refused
from .exchange import Exchange, Header
from .graphs import Source
from .limits import Limits
from .pool import Pool

#: A larger answer is not kept.
_LARGEST: Final = 1 << 18
#: HTTP/1.0 cannot tell an answer that broke off from one that ended: it is gathered first.
_GATHERED: Final = 1 << 23


@dataclass(frozen=True, slots=True)
class _Kept:
    status: int
    headers: tuple[Header, ...]
    body: bytes


class Answers:
    """What answers a server's requests.

    Args:
        source: The graph.
        pool: The workers.
        limits: The limits of the server.
    """

    def __init__(self, source: Source, pool: Pool, limits: Limits) -> None:
        self.source = source
        self.pool = pool
        self.limits = limits
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0

    async def send(
        self, exchange: Exchange, request: Mapping[str, Any], vary: str, lasting: bool = True
    ) -> None:
        """Answer a request that reads.

        Args:
            exchange: The request.
            request: What a worker is asked.
            vary: The headers that the answer depends on.
            lasting: Whether the same request has the same answer until the graph changes.

        Raises:
            Refused: There is no answer.
            Aborted: The answer broke off.
        """
        tag = self._tag(request) if lasting else ""
        headers: list[Header] = [("vary", vary)]
        if lasting:
            headers += [("etag", f'W/"{tag}"'), ("cache-control", "no-cache")]
        else:
            headers.append(("cache-control", "no-store"))
        if lasting and exchange.method != "POST" and exchange.has(f'"{tag}"'):
            await exchange.reply(304, headers, b"")
            return
        kept = self._kept.get(tag) if lasting else None
        if kept is not None:
            self._kept.move_to_end(tag)
            await exchange.reply(kept.status, [*headers, *kept.headers], kept.body)
            return
        full = {**request, "head": exchange.method == "HEAD", "limit": self.limits.answer}
        async with self.pool.ask(full, exchange.gone) as (answer, rest):
            status: int = answer.head["status"]
            if "type" not in answer.head:
                raise Refused(status, answer.body.decode(), answer.head.get("headers"))
            own: list[Header] = [("content-type", answer.head["type"])]
            if answer.head.get("gzip"):
                own.append(("content-encoding", "gzip"))
            body = answer.body
            if status != 200:
                headers = [("vary", vary), ("cache-control", "no-store")]
            if rest is not None and exchange.scope["http_version"] == "1.0":
                body, rest = body + await _gather(rest), None
            if rest is None:
                if lasting and status == 200 and exchange.method != "HEAD":
                    self._keep(tag, _Kept(status, tuple(own), body))
                if exchange.method == "HEAD":
                    await exchange.start(status, [*headers, *own])
                    await exchange.part(b"", more=False)
                else:
                    await exchange.reply(status, [*headers, *own], body)
                return
            await exchange.start(status, [*headers, *own])
            await exchange.part(body)
            async for part in rest:
                await exchange.part(part)
            await exchange.part(b"", more=False)

    def _tag(self, request: Mapping[str, Any]) -> str:
        content = repr((self.source.version, *request.items())).encode()
        return hashlib.blake2b(content, digest_size=12).hexdigest()

    def _keep(self, tag: str, answer: _Kept) -> None:
        size = len(answer.body)
        if size > min(_LARGEST, self.limits.cache) or tag in self._kept:
            return
        self._kept[tag] = answer
        self._size += size
        while self._size > self.limits.cache:
            _, old = self._kept.popitem(last=False)
            self._size -= len(old.body)


async def _gather(rest: Any) -> bytes:
    parts = []
    size = 0
    async for part in rest:
        size += len(part)
        if size > _GATHERED:
            raise Refused(505, "an answer of this length needs HTTP/1.1")
        parts.append(part)
    return b"".join(parts)


async def changed(exchange: Exchange, answers: Answers, request: Mapping[str, Any]) -> int:
    """Change the graph.

    Args:
        exchange: The request.
        answers: The server's answers.
        request: What the writer is asked.

    Returns:
        The status: 200, 201 or 204.

    Raises:
        Refused: Nothing was changed, or it is not known.
    """
    exchange.shared = False
    _own_pages_only(exchange)
    answer = await answers.source.change(request)
    status: int = answer.head["status"]
    if status >= 400:
        raise Refused(status, answer.body.decode(), answer.head.get("headers"))
    return status


def _own_pages_only(exchange: Exchange) -> None:
    """Refuse what a page of another site makes a browser send."""
    origin = exchange.header(b"origin")
    site = exchange.header(b"sec-fetch-site") or "none"
    if (origin is not None and origin != exchange.origin) or site not in ("none", "same-origin"):
        raise Refused(403, "pages of other sites may not change this graph")
