"""Workers, and the queue before them."""

from __future__ import annotations

import asyncio
import collections
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from .errors import Aborted, ClientClosed, Crashed, HTTPError
from .process import Answer, Process
from .settings import Limits

_MODULE: Final = "passex.web.worker"
#: A client is watched for going away only while its answer takes longer than this.
_PATIENCE: Final = 0.25
#: Why a query ended that nobody waits for.
_GONE: Final = "the client has gone away"
#: The wait before a worker that did not start is tried again.
_PAUSE: Final = 1.0
#: An answer that has begun, and the rest of it.
_Begun: TypeAlias = tuple[Answer, AsyncIterator[bytes] | None]


class Pool:
    """Processes that answer queries, and end with them where they have to.

    Args:
        current: Gives the path of the graph that a query is to read now.
        ready: What a new worker opens before it is asked; empty where that changes.
    """

    def __init__(self, limits: Limits, current: Callable[[], Awaitable[str]], ready: str) -> None:
        self._limits = limits
        self._current = current
        self._ready = ready
        self._idle: list[Process] = []
        self._workers: set[Process] = set()
        self._queue: collections.deque[asyncio.Future[Process]] = collections.deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start all workers; raises `HTTPError` where the graph cannot be opened."""
        for worker in await asyncio.gather(*(self._new() for _ in range(self._limits.workers))):
            self._give(worker)

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._workers:
            worker.kill("the server is shutting down")
        await asyncio.gather(*(worker.close() for worker in self._workers))

    @property
    def alive(self) -> int:
        """How many workers are running."""
        return sum(worker.running for worker in self._workers)

    @property
    def graphs(self) -> set[str]:
        """The graphs that requests read at this moment."""
        return {worker.graph for worker in self._workers} - {""}

    @contextlib.asynccontextmanager
    async def ask(
        self, request: Mapping[str, object], gone: Callable[[], Awaitable[None]]
    ) -> AsyncIterator[_Begun]:
        """Let a worker answer a request; `gone` returns when the client has gone away.

        Where the worker crashes before it answers, another is asked, once.

        Yields:
            The beginning of the answer, and the rest where there is more.

        Raises:
            ClientClosed: The client has gone away.
            HTTPError: No worker is free in time, or the time or memory of one request is used up.
            Aborted: While the rest is read: the answer broke off.
        """
        async with contextlib.AsyncExitStack() as stack:
            try:
                begun = await stack.enter_async_context(self._ask(request, gone))
            except Crashed:
                begun = await stack.enter_async_context(self._ask(request, gone))
            yield begun

    @contextlib.asynccontextmanager
    async def _ask(
        self, request: Mapping[str, object], gone: Callable[[], Awaitable[None]]
    ) -> AsyncIterator[_Begun]:
        worker = await self._take()
        try:
            # Nothing may come between: a copy that no worker reads is removed.
            worker.graph = await self._current()
        except BaseException:
            self._give(worker)
            raise
        pending: list[asyncio.Task[None] | asyncio.TimerHandle] = []

        async def end_without_client() -> None:
            await gone()
            worker.kill(_GONE)

        def watch() -> None:
            pending.append(asyncio.ensure_future(end_without_client()))

        seconds = self._limits.seconds
        why = f"it took longer than {seconds:g} seconds, the limit of this server"
        loop = asyncio.get_running_loop()
        expiry = loop.call_later(seconds, worker.kill, why)
        pending.append(loop.call_later(_PATIENCE, watch))
        done = False
        try:
            try:
                answer = await worker.ask({**request, "graph": worker.graph, "seconds": seconds})
            except HTTPError:
                if worker.ended == _GONE:
                    raise ClientClosed(_GONE) from None
                raise
            for one in pending:
                one.cancel()
            if answer.whole:
                # The worker is free again before its answer has been sent.
                expiry.cancel()
                done = True
                worker.graph = ""
                self._give(worker)
                yield answer, None
            else:
                rest = worker.rest()
                try:
                    yield answer, rest
                    done = await anext(rest, None) is None  # read to its end
                except Aborted:
                    done = worker.running and not worker.ended
                    raise
        finally:
            for one in (expiry, *pending):
                one.cancel()
            if worker.graph:
                worker.graph = ""
                if done:
                    self._give(worker)
                else:
                    self._replace(worker)

    async def _take(self) -> Process:
        while self._idle:
            worker = self._idle.pop()
            if worker.running:
                return worker
            self._replace(worker)
        if self._closed or len(self._queue) >= self._limits.waiting:
            raise HTTPError.busy()
        turn: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        expiry = asyncio.get_running_loop().call_later(self._limits.seconds, _expire, turn)
        try:
            return await turn
        except BaseException as error:
            with contextlib.suppress(ValueError):
                self._queue.remove(turn)
            gone = isinstance(error, asyncio.CancelledError)
            if gone and turn.done() and not turn.cancelled():
                self._give(turn.result())
            raise
        finally:
            expiry.cancel()

    def _give(self, worker: Process) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _replace(self, worker: Process) -> None:
        worker.kill()
        self._workers.discard(worker)
        if not self._closed:
            task = asyncio.ensure_future(self._renew(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _renew(self, old: Process) -> None:
        await old.close()
        while True:
            try:
                worker = await self._new()
            except HTTPError:
                await asyncio.sleep(_PAUSE)
            else:
                self._give(worker)
                return

    async def _new(self) -> Process:
        setup = {"graph": self._ready, "memory": self._limits.memory}
        worker = await Process.start(_MODULE, setup)
        self._workers.add(worker)
        return worker


def _expire(turn: asyncio.Future[Process]) -> None:
    if not turn.done():
        turn.set_exception(HTTPError.busy())
