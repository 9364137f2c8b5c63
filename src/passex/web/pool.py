"""Workers, and who is answered by them when.

A query begins in the lane for quick ones. One that is not done after half a second makes room: it
goes on among the slow ones, or it is begun again when these have a place, and a new process answers
quick queries meanwhile. Where others wait, it makes room sooner, and goes on aside (`lanes`).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from typing import Final, TypeAlias, TypeVar

from .errors import Aborted, ClientClosed, Crashed, HTTPError
from .lanes import EARLY, GONE, PUT_OFF, QUICK, Job, Lanes, make_way
from .nursery import Nursery
from .process import Answer, Process
from .settings import Limits
from .turns import Turns

_MODULE: Final = "passex.web.worker"
#: A client is watched for going away only while its answer takes longer than this.
_PATIENCE: Final = 0.05
#: The wait before a worker that did not start is tried again.
_PAUSE: Final = 1.0
#: An answer that has begun, and the rest of it.
_Turn = TypeVar("_Turn")
_Begun: TypeAlias = tuple[Answer, AsyncIterator[bytes] | None]


class _Slow(Exception):
    """A query that is to be begun again among the slow ones."""


class Pool:
    """Processes that answer queries, and end with them where they have to.

    Args:
        fresh: Returns when queries can read what they are to see.
        current: Gives the path of the graph that a query is to read now.
        ready: What a new worker opens before it is asked; empty where that changes.
    """

    def __init__(
        self,
        limits: Limits,
        fresh: Callable[[], Awaitable[None]],
        current: Callable[[], str],
        ready: str,
    ) -> None:
        self._limits = limits
        self._fresh = fresh
        self._current = current
        self._nursery = Nursery(_MODULE, {"graph": ready, "memory": limits.memory})
        self._idle: list[Process] = []
        self._workers: set[Process] = set()
        self._starting = 0
        self._lanes = Lanes(limits.workers, self._end)
        self._queue: Turns[Process] = Turns()
        self._slow_queues: dict[bool, Turns[Job]] = {True: Turns(), False: Turns()}  # ours, others
        self._pressing: asyncio.TimerHandle | None = None
        self._starts: set[asyncio.Task[None]] = set()
        self._ends: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start all workers; raises `HTTPError` where the graph cannot be opened."""
        for worker in await asyncio.gather(*(self._new() for _ in range(self._limits.workers))):
            self._give(worker)

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starts:
            task.cancel()
        for worker in self._workers:
            worker.kill("the server is shutting down")
        await asyncio.gather(*self._ends, *(worker.close() for worker in self._workers))
        await self._nursery.close()

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
        await self._fresh()
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
        job = Job(request.get("op") == "resource")
        pending: list[asyncio.TimerHandle] = []
        done = False
        try:
            if slow:
                await self._join_slow(job, client, gone)
            worker = await self._take(job, client, gone)
            # Nothing may come between: a copy that no worker reads is removed.
            worker.graph = self._current()
            job.begin(worker)
            if slow:
                make_way(job)
            else:
                self._lanes.quick.add(job)
            seconds = self._limits.seconds
            why = f"it took longer than {seconds:g} seconds, the limit of this server"
            loop = asyncio.get_running_loop()
            pending += [
                loop.call_later(_PATIENCE, job.watch, gone),
                loop.call_later(QUICK, self._late, job),
                loop.call_later(seconds, worker.kill, why),
            ]
            try:
                answer = await worker.ask({**request, "graph": worker.graph, "seconds": seconds})
            except HTTPError:
                if worker.ended == GONE:
                    raise ClientClosed(GONE) from None
                if worker.ended == PUT_OFF:
                    raise _Slow from None
                raise
            answer.graph = worker.graph
            if answer.whole:
                # The worker is free again before its answer has been sent.
                for one in pending:
                    one.cancel()
                job.forget()
                self._end(job, True)
                yield answer, None
            else:
                if worker.ended == PUT_OFF:  # just now
                    raise _Slow
                job.sending, job.waits = True, time.monotonic()
                if slow or job in self._lanes.slow:
                    self._lanes.read(job)
                    self._next_slow()
                rest = self._rest(job, worker)
                try:
                    yield answer, rest
                    done = await anext(rest, None) is None  # read to its end
                except Aborted:
                    done = worker.running and not worker.ended
                    if worker.ended == GONE:
                        raise ClientClosed(GONE) from None
                    raise
        finally:
            for one in pending:
                one.cancel()
            job.forget()
            self._end(job, done)

    async def _rest(self, job: Job, worker: Process) -> AsyncIterator[bytes]:
        job.waits = 0.0
        async for part in worker.rest():
            job.waits = time.monotonic()
            yield part
            job.waits = 0.0
            job.sent += len(part)

    def _late(self, job: Job) -> None:
        self._lanes.late(job)
        self._next_slow()
        self._refill()

    def _press(self) -> None:
        """Have queries make room that have run for a while, as long as others wait."""
        self._pressing = None
        if self._queue:
            self._lanes.press()
            self._refill()
            self._pressing = asyncio.get_running_loop().call_later(EARLY / 2, self._press)

    async def _join_slow(self, job: Job, client: str, gone: Callable[[], Awaitable[None]]) -> None:
        """Wait for a place among the slow ones."""
        if not self._lanes.room(job.ours):
            queue = self._slow_queues[job.ours]
            if self._closed or queue.full(self._limits.waiting):
                raise HTTPError.busy()
            turn = queue.wait(client)
            job.watch(gone)
            # Whose turn it is takes the place before it is gone.
            place = await self._for_turn(job, turn, lambda place: self._end(place, True))
            self._lanes.slow.discard(place)
        self._lanes.slow.add(job)
        self._refill()

    def _next_slow(self) -> None:
        for ours, queue in self._slow_queues.items():
            while self._lanes.room(ours) and (turn := queue.next()):
                place = Job(ours)
                self._lanes.slow.add(place)
                turn.set_result(place)

    def _end(self, job: Job, done: bool = False) -> None:
        """Let go of the worker of a request, once, and of its place in a lane."""
        worker, job.worker = job.worker, None
        quick = self._lanes.leave(job)
        if worker is not None:
            worker.graph = ""
            if done and quick and worker.running:
                self._give(worker)
            else:
                self._retire(worker)
        self._next_slow()
        self._refill()

    async def _take(self, job: Job, client: str, gone: Callable[[], Awaitable[None]]) -> Process:
        while self._idle:
            worker = self._idle.pop()
            if worker.running:
                return worker
            self._retire(worker)
            self._refill()
        slow = job in self._lanes.slow
        if self._closed or self._queue.full(self._limits.waiting + slow):
            raise HTTPError.busy()
        turn = self._queue.wait(client, slow or job.ours)
        job.watch(gone)
        if self._pressing is None:
            self._press()
        return await self._for_turn(job, turn, self._give)

    async def _for_turn(
        self, job: Job, turn: asyncio.Future[_Turn], back: Callable[[_Turn], None]
    ) -> _Turn:
        """Wait for a turn; gives it back where it came when nobody waited any more."""
        expiry = asyncio.get_running_loop().call_later(self._limits.seconds, _expire, turn)
        job.turn = turn
        try:
            result = await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                back(turn.result())
            if job.gone and turn.cancelled():
                raise ClientClosed(GONE) from None
            raise
        finally:
            expiry.cancel()
            job.turn = None
        if job.gone:
            back(result)
            raise ClientClosed(GONE)
        return result

    def _give(self, worker: Process) -> None:
        turn = self._queue.next()
        if turn is not None:
            turn.set_result(worker)
        else:
            self._idle.append(worker)

    def _retire(self, worker: Process) -> None:
        worker.kill()
        self._workers.discard(worker)
        _later(worker.close(), self._ends)

    def _refill(self) -> None:
        """Start workers until there are enough for quick queries, besides those of slow ones."""
        while not self._closed and self._spare + self._starting < self._limits.workers:
            self._starting += 1
            _later(self._renew(), self._starts)

    @property
    def _spare(self) -> int:
        """How many workers there are for quick queries."""
        return len(self._workers) - self._lanes.away

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
        if not self._queue and self._spare > self._limits.workers:
            self._retire(worker)  # those that were slow have come to their end
        else:
            self._give(worker)

    async def _new(self) -> Process:
        worker = await self._nursery.worker()
        self._workers.add(worker)
        return worker


def _later(work: Coroutine[object, object, None], tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _expire(turn: asyncio.Future[_Turn]) -> None:
    if not turn.done():
        turn.set_exception(HTTPError.busy())
