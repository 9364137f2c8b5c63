"""Answers of workers as they are sent, and kept; the workers are played."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.types import Message, Scope

from passex.web.answering import Answers
from passex.web.errors import HTTPError
from passex.web.graphs import Changing, Source
from passex.web.pool import Pool
from passex.web.replies import Answer
from passex.web.request import Request
from passex.web.settings import Limits

TYPE = {"status": 200, "type": "text/plain"}
TOO_LATE = HTTPError(503, "it took longer than 30 seconds, the limit of this server")


class Played:
    """A pool that gives what it is told to, and counts how often it is asked."""

    def __init__(self, *parts: bytes, error: HTTPError | None = None) -> None:
        self._parts = parts
        self._error = error
        self.asked = 0

    @asynccontextmanager
    async def ask(
        self, request: Mapping[str, object], gone: Callable[[], object], client: str
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes] | None]]:
        self.asked += 1
        if self._error is not None:
            raise self._error
        first, *others = self._parts
        yield Answer(TYPE, first), self._rest(others) if others else None

    async def _rest(self, parts: list[bytes]) -> AsyncIterator[bytes]:
        for part in parts:
            yield part


def sent(pool: Played, question: dict[str, Any], method: str = "GET") -> Iterator[list[Message]]:
    """Give what is sent, in messages of ASGI, each time that a question is asked."""
    answers = Answers(Source("graph.nq", "1"), cast("Pool", pool), Limits())
    scope: Scope = {"type": "http", "method": method, "http_version": "1.1", "headers": []}

    async def receive() -> Message:
        raise AssertionError

    while True:
        messages: list[Message] = []

        async def send(message: Message, to: list[Message] = messages) -> None:
            to.append(message)

        async def main(send: Callable[..., Any] = send) -> None:
            response = answers.answer(Request(scope, receive), question, "Accept")
            await response(scope, receive, send)

        asyncio.run(main())
        yield messages


@pytest.mark.parametrize("parts", [(b"whole",), (b"first,", b"second,", b"third")])
def test_an_answer_that_was_kept_is_the_answer(parts: tuple[bytes, ...]) -> None:
    pool = Played(*parts)
    first, again, _ = zip(range(3), sent(pool, {"op": "query"}), strict=False)
    (head, *body), (kept, last) = first[1], again[1]
    assert pool.asked == 1
    assert b"".join(part["body"] for part in body) == b"".join(parts) == last["body"]
    # What goes on has no length when it begins; both say in other words that they are all.
    length = (b"content-length", str(len(b"".join(parts))).encode())
    assert kept["headers"] == [*(one for one in head["headers"] if one != length), length]
    assert (length in head["headers"]) == (len(parts) == 1)
    assert [part["more_body"] for part in body] == [*[True] * (len(body) - 1), False]


def test_of_an_answer_to_head_there_is_no_body() -> None:
    [head, body] = next(sent(Played(b""), {"op": "query"}, "HEAD"))
    assert (head["status"], body["body"]) == (200, b"")
    assert b"content-length" not in dict(head["headers"])


def test_a_briefing_that_takes_too_long_can_be_had_otherwise() -> None:
    question = {"op": "resource", "resource": "briefing"}
    with pytest.raises(HTTPError) as refused:
        next(sent(Played(error=TOO_LATE), question))
    hint = "passex export html writes the page, without a limit"
    assert (refused.value.message, refused.value.hint) == (TOO_LATE.message, hint)
    # Of others there is nothing to say, nor of a server that is busy.
    for asked, error in (({**question, "resource": "why"}, TOO_LATE), (question, HTTPError.busy())):
        with pytest.raises(HTTPError) as refused:
            next(sent(Played(error=error), asked))
        assert refused.value.hint == error.hint


@pytest.mark.parametrize(("read", "behind"), [("1", "2"), ("2", "1"), ("3", None), ("", None)])
@pytest.mark.parametrize("status", [200, 404])
def test_what_an_answer_lacks_is_of_the_copy_that_it_was_read_from(
    tmp_path: Path, read: str, behind: str | None, status: int
) -> None:
    class Late(Played):
        @asynccontextmanager
        async def ask(
            self, request: Mapping[str, object], gone: Callable[[], object], client: str
        ) -> AsyncIterator[tuple[Answer, None]]:
            error = {"status": 404, "headers": {"Other": "1"}}
            head, body = (TYPE, b"") if status == 200 else (error, json.dumps(["no", ""]).encode())
            yield Answer(head, body, graph=read and str(tmp_path / read)), None

    # The newest copy has all three changes by the time at which the answer comes.
    source = Changing(tmp_path, Limits(), set)
    source._changes = source._copied = 3
    source.version = source.version_of("3")
    scope: Scope = {"type": "http", "method": "GET", "http_version": "1.1", "headers": []}
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    answers = Answers(source, cast("Pool", Late()), Limits())
    response = answers.answer(Request(scope, receive), {"op": "query"}, "Accept")
    if status == 404:
        with pytest.raises(HTTPError) as refused:
            asyncio.run(response(scope, receive, send))
        late = {} if behind is None else {"passex-behind": behind}
        assert refused.value.headers == {"Other": "1", **late}
    else:
        asyncio.run(response(scope, receive, send))
        headers = dict(sent[0]["headers"])
        assert headers.get(b"passex-behind") == (None if behind is None else behind.encode())
        assert (b"etag" in headers) == (read == "3")
