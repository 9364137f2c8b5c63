"""Answers to requests: those of workers, from the cache or as they come, and static files.

Starlette's own static files would be read from the disk for each request, in a thread, are never
compressed, and have tags of their times: here they are in memory, packed once, with tags of what
they hold.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..exports import page as report_page
from ..text.html import themes
from .errors import HTTPError
from .graphs import Source
from .pool import Pool
from .request import Request, gather
from .settings import Limits

#: A larger answer is not kept, unless it is the briefing.
_LARGEST: Final = 1 << 18
#: That may take so much of what is kept.
_SHARE: Final = 0.5
#: HTTP/1.0 cannot tell an answer that broke off from one that ended: it is gathered first.
_GATHERED: Final = 1 << 23

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
#: Scripts of the page that the server's pages load too; of these, one is made as it is read.
_SHARED: Final = frozenset({"dom.js", "marks.js", "shapes.js"})


@dataclass(eq=False, slots=True)
class Answers:
    """What answers a server's requests.

    Attributes:
        service: Whether queries may call other servers (SERVICE).
        load: Whether updates may (LOAD).
    """

    source: Source
    pool: Pool
    limits: Limits
    service: bool = False
    load: bool = False
    _kept: OrderedDict[str, Response] = field(default_factory=OrderedDict, init=False)
    _size: int = field(default=0, init=False)

    def answer(
        self,
        request: Request,
        question: Mapping[str, Any],
        vary: str,
        lasting: bool = True,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Response:
        """Give the answer of a worker, which was kept, or is asked for when it is sent.

        Args:
            vary: The headers that the answer depends on.
            lasting: Whether the same question has the same answer until the graph changes.
            headers: Further headers; the same question has the same.
        """
        headers = {**headers, "vary": vary}
        if not lasting:
            headers["cache-control"] = "no-store"
            return _FromWorker(self, request, question, headers, "", self.source.version)
        version = self.source.version
        content = repr((version, *question.items())).encode()
        tag = hashlib.blake2b(content, digest_size=12).hexdigest()
        headers |= {"etag": f'W/"{tag}"', "cache-control": "no-cache"}
        if request.scope["method"] != "POST" and request.has(f'"{tag}"'):
            return Response(status_code=304, headers=headers)
        kept = self._kept.get(tag)
        if kept is not None:
            self._kept.move_to_end(tag)
            return kept
        return _FromWorker(self, request, question, headers, tag, version)

    def largest(self, question: Mapping[str, Any]) -> int:
        """Give how many bytes of the answer to a question are kept at most."""
        dear = question.get("resource") == "briefing"
        share = int(self.limits.cache * _SHARE)
        return share if dear else min(_LARGEST, self.limits.cache)

    def keep(self, tag: str, answer: Response, largest: int) -> None:
        """Keep an answer, if it is small enough, and let go of others for it."""
        size = len(answer.body)
        if size > largest or tag in self._kept:
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


@dataclass(eq=False)
class _FromWorker(Response):
    """An answer of a worker, sent as it comes.

    Starlette's own streams have a status before they begin, and a task more to watch the client.
    """

    answers: Answers
    request: Request
    question: Mapping[str, Any]
    given: dict[str, str]
    tag: str
    version: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask a worker, and send what it answers; raises `HTTPError` where it does not."""
        try:
            await self._answer(scope, send)
        except HTTPError as error:
            if self.question.get("resource") == "briefing" and error.status == 503:
                hint = error.hint or "passex export html writes the page, without a limit"
                raise HTTPError(503, error.message, hint, error.headers) from error
            raise

    async def _answer(self, scope: Scope, send: Send) -> None:
        head_only = scope["method"] == "HEAD"
        largest = self.answers.largest(self.question)
        limit = self.answers.limits.answer
        question = {**self.question, "head": head_only, "limit": limit}
        client = (scope.get("client") or ("",))[0]
        async with self.answers.pool.ask(question, self.request.gone, client) as (answer, rest):
            read = self.answers.source.version_of(answer.graph)
            behind = 0 if read == self.version else self.answers.source.behind(answer.graph)
            late = {"passex-behind": str(behind)} if behind else {}
            if (error := answer.error) is not None:
                raise HTTPError(error.status, error.message, error.hint, {**error.headers, **late})
            status: int = answer.head["status"]
            headers = {**self.given, **late, "content-type": answer.head["type"]}
            if own := answer.head.get("policy"):
                headers["content-security-policy"] = own
            if status != 200 or read != self.version:
                headers |= {"cache-control": "no-store"}
                headers.pop("etag", None)
                self.tag = ""
            if answer.head.get("gzip"):
                headers["content-encoding"] = "gzip"
            body = answer.body
            if rest is not None and scope["http_version"] == "1.0":
                too_long = HTTPError(505, "an answer of this length needs HTTP/1.1")
                body, rest = body + await gather(rest, _GATHERED, too_long), None
            raw = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
            lasting = bool(self.tag) and status == 200
            if rest is None and not head_only:
                # Others have no length: those that go on, or whose head alone was asked for.
                raw.append(_length(body))
                if lasting:
                    self._keep(body, raw)
            await send({"type": "http.response.start", "status": status, "headers": raw})
            if rest is not None:
                await send({"type": "http.response.body", "body": body, "more_body": True})
                parts, size = [body], len(body)
                async for part in rest:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                    size += len(part)
                    if size > largest:
                        parts.clear()
                    else:
                        parts.append(part)
                if lasting and parts:
                    whole = b"".join(parts)
                    self._keep(whole, [*raw, _length(whole)])
            last = body if rest is None and not head_only else b""
            await send({"type": "http.response.body", "body": last, "more_body": False})

    def _keep(self, body: bytes, raw: list[tuple[bytes, bytes]]) -> None:
        largest = self.answers.largest(self.question)
        if len(body) <= largest:
            whole = Response()
            whole.body, whole.raw_headers = body, raw
            self.answers.keep(self.tag, whole, largest)


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"content-length", str(len(body)).encode()


@lru_cache(maxsize=64)
def _file(name: str) -> tuple[bytes, bytes, str] | None:
    """Read a file: as it is, compressed, and the tag of its content."""
    if "/" in name or name.rpartition(".")[2] not in _TYPES:
        return None
    data = _data(name)
    if data is None:
        return None
    tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
    zipped = zlib.compressobj(9, zlib.DEFLATED, 31)
    return data, zipped.compress(data) + zipped.flush(), tag


def _data(name: str) -> bytes | None:
    if name == "world.json":
        return files(report_page).joinpath(name).read_bytes()
    if name in _SHARED:
        return report_page.module(name.removesuffix(".js")).encode()
    path = files(__package__) / "static" / name
    if not path.is_file():
        return None
    colours = themes.of_system() if name == "style.css" else ""
    return colours.encode() + path.read_bytes()


@lru_cache(maxsize=128)
def _response(name: str, status: int, gzip: bool) -> Response:
    file = _file(name)
    assert file is not None
    data, zipped, tag = file
    headers = {
        "content-type": _TYPES[name.rpartition(".")[2]],
        "etag": tag,
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
    }
    if gzip:
        headers["content-encoding"] = "gzip"
    return Response(None if status == 304 else zipped if gzip else data, status, headers)


async def static(request: Request, answers: Answers) -> Response:
    """Answer a request for a file."""
    name = request.path_params["name"]
    file = _file(name)
    if file is None:
        raise HTTPError.nothing(request.scope["path"])
    there = request.has(file[2])
    return _response(name, 304 if there else 200, request.takes_gzip and not there)
