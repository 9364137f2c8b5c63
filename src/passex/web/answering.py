"""Answers to requests: the cache, ETags, a worker, and the stream to the client."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .errors import HTTPError
from .graphs import Source
from .pool import Pool
from .request import Request
from .settings import Limits

#: A larger answer is not kept.
_LARGEST: Final = 1 << 18
#: HTTP/1.0 cannot tell an answer that broke off from one that ended: it is gathered first.
_GATHERED: Final = 1 << 23


class Answers:
    """What answers a server's requests.

    Args:
        source: The graph.
        pool: The workers.
        limits: The limits of the server.
        service: Whether queries may call other servers (SERVICE).
        load: Whether updates may (LOAD).
    """

    def __init__(
        self, source: Source, pool: Pool, limits: Limits, service: bool = False, load: bool = False
    ) -> None:
        self.source = source
        self.pool = pool
        self.limits = limits
        self.service = service
        self.load = load
        self._kept: OrderedDict[str, Response] = OrderedDict()
        self._size = 0

    def answer(
        self, request: Request, question: Mapping[str, Any], vary: str, lasting: bool = True
    ) -> Response:
        """Answer a request that reads.

        Args:
            question: What a worker is asked.
            vary: The headers that the answer depends on.
            lasting: Whether the same question has the same answer until the graph changes.

        Returns:
            The answer, which was kept, or is asked for when it is sent.
        """
        if not lasting:
            headers = {"vary": vary, "cache-control": "no-store"}
            return _FromWorker(self, request, question, headers, "")
        content = repr((self.source.version, *question.items())).encode()
        tag = hashlib.blake2b(content, digest_size=12).hexdigest()
        headers = {"vary": vary, "etag": f'W/"{tag}"', "cache-control": "no-cache"}
        if request.scope["method"] != "POST" and request.has(f'"{tag}"'):
            return Response(status_code=304, headers=headers)
        kept = self._kept.get(tag)
        if kept is not None:
            self._kept.move_to_end(tag)
            return kept
        return _FromWorker(self, request, question, headers, tag)

    def keep(self, tag: str, answer: Response) -> None:
        """Keep an answer, if it is small enough, and let go of others for it."""
        size = len(answer.body)
        if size > min(_LARGEST, self.limits.cache) or tag in self._kept:
            return
        self._kept[tag] = answer
        self._size += size
        while self._size > self.limits.cache:
            _, old = self._kept.popitem(last=False)
            self._size -= len(old.body)

    async def change(self, request: Request, change: Mapping[str, Any]) -> int:
        """Let the writer change the graph, and give the status: 200, 201 or 204.

        Raises:
            HTTPError: Nothing was changed, or it is not known.
        """
        request.scope["passex.change"] = True  # what no page of another site may read
        origin = request.header(b"origin")
        site = request.header(b"sec-fetch-site") or "none"
        if (origin is not None and origin != request.origin) or site not in ("none", "same-origin"):
            raise HTTPError(403, "pages of other sites may not change this graph")
        answer = await self.source.change(change)
        if answer.error is not None:
            raise answer.error
        status: int = answer.head["status"]
        return status


class _FromWorker(Response):
    """An answer of a worker, sent as it comes.

    Starlette's own streams have a status before they begin, and a task more to watch the client.
    """

    def __init__(
        self,
        answers: Answers,
        request: Request,
        question: Mapping[str, Any],
        headers: dict[str, str],
        tag: str,
    ) -> None:
        self._answers = answers
        self._request = request
        self._question = question
        self._given = headers
        self._tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask a worker, and send what it answers, if it answers."""
        head_only = scope["method"] == "HEAD"
        limit = self._answers.limits.answer
        question = {**self._question, "head": head_only, "limit": limit}
        async with self._answers.pool.ask(question, self._request.gone) as (answer, rest):
            if answer.error is not None:
                raise answer.error
            status: int = answer.head["status"]
            headers = self._given
            if status != 200:
                headers = {"vary": headers["vary"], "cache-control": "no-store"}
            headers = {**headers, "content-type": answer.head["type"]}
            if answer.head.get("gzip"):
                headers["content-encoding"] = "gzip"
            body = answer.body
            if rest is not None and scope["http_version"] == "1.0":
                body, rest = body + await _gather(rest), None
            if rest is None and not head_only:
                whole = Response(body, status, headers)
                if self._tag and status == 200:
                    self._answers.keep(self._tag, whole)
                await whole(scope, receive, send)
                return
            # Without a length: of an answer that goes on, or whose head alone was asked for.
            start = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
            await send({"type": "http.response.start", "status": status, "headers": start})
            if rest is not None:
                await send({"type": "http.response.body", "body": body, "more_body": True})
                async for part in rest:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gather(rest: AsyncIterator[bytes]) -> bytes:
    parts = []
    size = 0
    async for part in rest:
        size += len(part)
        if size > _GATHERED:
            raise HTTPError(505, "an answer of this length needs HTTP/1.1")
        parts.append(part)
    return b"".join(parts)
