"""Workers, and the lanes before them.

A query begins in the lane for quick ones. One that is not done after half a second makes room: it
goes on among the slow ones, or it is begun again when these have a place, and a new process answers
quick queries meanwhile. An answer that its client reads slowly goes on among those that are read.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from .errors import Aborted, ClientClosed, Crashed, HTTPError
from .process import Answer, Process
from .settings import Limits
from .turns import Turns

_MODULE: Final = "passex.web.worker"
#: A client is watched for going away only while its answer takes longer than this.
_PATIENCE: Final = 0.25
#: A query that is not done after so many seconds is slow.
_QUICK: Final = 0.5
#: So many slow answers are read at once, for each worker.
_READERS: Final = 4
#: How much less of the processor a slow query gets where others want it, too (`nice`).
_NICE: Final = 10
#: Why a query ended that nobody waits for.
_GONE: Final = "the client has gone away"
#: Why a query ended that is to be begun again.
_PUT_OFF: Final = "it is to be begun again"
_SLOWEST: Final = "it was read more slowly than all others, and others waited"
#: The wait before a worker that did not start is tried again.
_PAUSE: Final = 1.0
#: An answer that has begun, and the rest of it.
_Turn = TypeVar("_Turn")
_Begun: TypeAlias = tuple[Answer, AsyncIterator[bytes] | None]


class _Slow(Exception):
    """A query that is to be begun again among the slow ones."""


@dataclass(eq=False, slots=True)
class _Job:
    """A request, and how far it is.

    Attributes:
        sending: Whether a part of its answer has been sent.
        sent: How many bytes of it the client has taken.
    """

    worker: Process | None = None
    sending: bool = False
    sent: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """How many bytes a second the client takes."""
        return self.sent / (time.monotonic() - self.begun + 1e-9)


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
        self._starting = 0
        self._queue: Turns[Process] = Turns()
        self._slow: set[_Job] = set()
        self._slow_queue: Turns[_Job] = Turns()
        self._readers: set[_Job] = set()
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
        self,
        request: Mapping[str, object],
        gone: Callable[[], Awaitable[None]],
        client: str = "",
    ) -> AsyncIterator[_Begun]:
        """Let a worker answer a request; `gone` returns when the client has gone away.

        Where the worker crashes before it answers, another is asked, once.

        Args:
            client: Who asks: clients get their turns one after the other.

        Yields:
            The beginning of the answer, and the rest where there is more.

        Raises:
            ClientClosed: The client has gone away.
            HTTPError: No worker is free in time, or the time or memory of one request is used up.
            Aborted: While the rest is read: the answer broke off.
        """
        async with contextlib.AsyncExitStack() as stack:
            crashed = slow = False
            while True:
                try:
                    begun = await stack.enter_async_context(self._ask(request, gone, client, slow))
                    break
                except _Slow:
                    slow = True
                except Crashed:
                    if crashed:
                        raise
                    crashed = True
            yield begun

    @contextlib.asynccontextmanager
    async def _ask(
        self,
        request: Mapping[str, object],
        gone: Callable[[], Awaitable[None]],
        client: str,
        slow: bool,
    ) -> AsyncIterator[_Begun]:
        job = _Job()
        pending: list[asyncio.Task[None] | asyncio.TimerHandle] = []
        done = False
        try:
            if slow:
                await self._join_slow(job, client)
            ours = request.get("op") == "resource"
            worker = await self._take(client, ours or slow, self._limits.waiting + slow)
            job.worker = worker
            # Nothing may come between: a copy that no worker reads is removed.
            try:
                worker.graph = await self._current()
            except BaseException:
                done = True
                raise
            job.begun = time.monotonic()

            async def end_without_client() -> None:
                await gone()
                worker.kill(_GONE)

            def watch() -> None:
                pending.append(asyncio.ensure_future(end_without_client()))

            seconds = self._limits.seconds
            why = f"it took longer than {seconds:g} seconds, the limit of this server"
            loop = asyncio.get_running_loop()
            pending += [
                loop.call_later(_PATIENCE, watch),
                loop.call_later(_QUICK, self._slowed, job),
                loop.call_later(seconds, worker.kill, why),
            ]
            if slow:
                _yielding(worker)
            try:
                answer = await worker.ask({**request, "graph": worker.graph, "seconds": seconds})
            except HTTPError:
                if worker.ended == _GONE:
                    raise ClientClosed(_GONE) from None
                if worker.ended == _PUT_OFF:
                    raise _Slow from None
                raise
            answer.graph = worker.graph
            if answer.whole:
                # The worker is free again before its answer has been sent.
                for one in pending:
                    one.cancel()
                done = True
                self._end(job, done)
                yield answer, None
            else:
                job.sending = True
                if job in self._slow:
                    self._read(job)
                rest = self._rest(job, worker)
                try:
                    yield answer, rest
                    done = await anext(rest, None) is None  # read to its end
                except Aborted:
                    done = worker.running and not worker.ended
                    if worker.ended == _GONE:
                        raise ClientClosed(_GONE) from None
                    raise
        finally:
            for one in pending:
                one.cancel()
            self._end(job, done)

    async def _rest(self, job: _Job, worker: Process) -> AsyncIterator[bytes]:
        async for part in worker.rest():
            yield part
            job.sent += len(part)

    def _slowed(self, job: _Job) -> None:
        """Let a query that is not done make room for quick ones."""
        if job in self._slow or job in self._readers or job.worker is None:
            return
        if job.sending:
            self._read(job)
        elif len(self._slow) < self._limits.workers:
            self._slow.add(job)
            _yielding(job.worker)
        else:
            job.worker.kill(_PUT_OFF)
        self._refill()

    def _read(self, job: _Job) -> None:
        """Count an answer among those that are read; where these are too many, one is ended."""
        self._slow.discard(job)
        self._readers.add(job)
        if len(self._readers) > _READERS * self._limits.workers:
            slowest = min(self._readers, key=lambda one: one.rate)
            if slowest.worker is not None:
                slowest.worker.kill(_SLOWEST)
            self._end(slowest, False)  # whoever waits for its client learns of it later
        self._next_slow()

    async def _join_slow(self, job: _Job, client: str) -> None:
        """Wait for a place among the slow ones."""
        if len(self._slow) >= self._limits.workers:
            if self._closed or len(self._slow_queue) >= self._limits.waiting:
                raise HTTPError.busy()
            turn = self._slow_queue.wait(client)
            loop = asyncio.get_running_loop()
            expiry = loop.call_later(self._limits.seconds, _expire, turn)
            try:
                # Whose turn it is takes the place before it is gone.
                await _for_turn(turn, lambda place: self._end(place, True))
            finally:
                expiry.cancel()
            self._slow.discard(turn.result())
        self._slow.add(job)
        self._refill()

    def _next_slow(self) -> None:
        while len(self._slow) < self._limits.workers and (turn := self._slow_queue.next()):
            place = _Job()
            self._slow.add(place)
            turn.set_result(place)

    def _end(self, job: _Job, done: bool) -> None:
        """Let go of the worker of a request, once, and of its place in a lane."""
        worker, job.worker = job.worker, None
        slow = job in self._slow or job in self._readers
        self._slow.discard(job)
        self._readers.discard(job)
        if worker is not None:
            worker.graph = ""
            if done and not slow and worker.running:
                self._give(worker)
            else:
                self._retire(worker)
        self._next_slow()
        self._refill()

    async def _take(self, client: str, ours: bool, waiting: int) -> Process:
        while self._idle:
            worker = self._idle.pop()
            if worker.running:
                return worker
            self._retire(worker)
            self._refill()
        if self._closed or len(self._queue) >= waiting:
            raise HTTPError.busy()
        turn = self._queue.wait(client, ours)
        expiry = asyncio.get_running_loop().call_later(self._limits.seconds, _expire, turn)
        try:
            return await _for_turn(turn, self._give)
        finally:
            expiry.cancel()

    def _give(self, worker: Process) -> None:
        turn = self._queue.next()
        if turn is not None:
            turn.set_result(worker)
        else:
            self._idle.append(worker)

    def _retire(self, worker: Process) -> None:
        worker.kill()
        self._workers.discard(worker)
        self._later(worker.close())

    def _refill(self) -> None:
        """Start workers until there are enough for quick queries, besides those of slow ones."""
        away = len(self._slow) + len(self._readers)
        while (
            not self._closed and len(self._workers) + self._starting - away < self._limits.workers
        ):
            self._starting += 1
            self._later(self._renew())

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self) -> None:
        try:
            while True:
                try:
                    worker = await self._new()
                except HTTPError:
                    await asyncio.sleep(_PAUSE)
                else:
                    break
        finally:
            self._starting -= 1
        away = len(self._slow) + len(self._readers)
        if not len(self._queue) and len(self._workers) - away > self._limits.workers:
            self._retire(worker)  # those that were slow have come to their end
        else:
            self._give(worker)

    async def _new(self) -> Process:
        setup = {"graph": self._ready, "memory": self._limits.memory}
        worker = await Process.start(_MODULE, setup)
        self._workers.add(worker)
        return worker


async def _for_turn(turn: asyncio.Future[_Turn], back: Callable[[_Turn], None]) -> _Turn:
    """Wait for a turn; gives it back where it came when nobody waited any more."""
    try:
        return await turn
    except asyncio.CancelledError:
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            back(turn.result())
        raise


def _yielding(worker: Process) -> None:
    """Let others go before a process where the processor is wanted."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)


def _expire(turn: asyncio.Future[_Turn]) -> None:
    if not turn.done():
        turn.set_exception(HTTPError.busy())
