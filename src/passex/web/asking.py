"""A request to a pool of workers, from when it is made to when its answer has been read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Protocol, TypeAlias

from .errors import Aborted, ClientClosed, HTTPError
from .lanes import GONE, Job
from .process import Process
from .replies import Answer

#: An answer that has begun, and the rest of it.
_Begun: TypeAlias = tuple[Answer, AsyncIterator[bytes] | None]


class Keeper(Protocol):
    """Who has workers, and gives them to requests."""

    def fresh(self) -> Awaitable[None]:
        """Wait until queries can read what they are to see."""

    def admit(self, request: Asking) -> None:
        """Have it answered when it is its turn; raises `HTTPError` where too many wait."""

    def leave(self, request: Asking) -> None:
        """Let go of it, and of all that it has taken."""

    def answered(self, request: Asking, answer: Answer) -> None:
        """Take the answer to it, or its beginning."""

    def done(self, request: Asking) -> None:
        """Take note that its worker goes on."""

    def failed(self, request: Asking, error: HTTPError) -> None:
        """Take note that its worker has ended."""


class Asking(Job):
    """A request that a pool is to answer, from the moment when it is entered.

    It gives the beginning of the answer, and the rest where there is more.

    Raises:
        ClientClosed: The client has gone away.
        HTTPError: No worker is free in time, or the time or memory of one request is used up.
        Aborted: While the rest is read: the answer broke off.

    Attributes:
        asked: The worker that it was sent to, which may be at another one still.
        since: When it came, or came again.
        graph: The graph that is read for it.
        slow: Whether it was begun again among the slow ones.
        crashed: Whether its worker has crashed once.
    """

    def __init__(
        self,
        keeper: Keeper,
        question: Mapping[str, object],
        gone: Callable[[], Awaitable[None]],
        client: str,
    ) -> None:
        super().__init__(question.get("op") == "resource")
        self._keeper = keeper
        self.question = question
        self.gone = gone
        self.client = client
        self.asked: Process | None = None
        self.since = 0.0
        self.graph = ""
        self.slow = False
        self.crashed = False

    @property
    def modest(self) -> bool:
        """Whether it may run before or after another one that its worker is sent with it."""
        return not (self.ours or self.slow)

    async def __aenter__(self) -> _Begun:
        """Wait until the answer begins."""
        await self._keeper.fresh()
        self.answer = asyncio.get_running_loop().create_future()
        try:
            self._keeper.admit(self)
            answer = await self.answer
        except BaseException:
            self._keeper.leave(self)
            raise
        return answer, None if answer.rest is None else self._rest(answer)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the worker."""
        self._keeper.leave(self)
        if isinstance(error, Aborted) and str(error) == GONE:
            raise ClientClosed(GONE) from None

    async def _rest(self, answer: Answer) -> AsyncIterator[bytes]:
        assert answer.rest is not None
        self.waits = 0.0
        async for part in answer.rest:
            self.waits = time.monotonic()
            yield part
            self.waits = 0.0
            self.sent += len(part)

    def answered(self, answer: Answer) -> None:
        """Take the answer, or its beginning."""
        self._keeper.answered(self, answer)

    def done(self) -> None:
        """Let go of the worker, which goes on."""
        self._keeper.done(self)

    def failed(self, error: HTTPError) -> None:
        """Take note that the worker has ended."""
        self._keeper.failed(self, error)
