"""Workers, and who is answered by them when.

A query begins in the lane for quick ones. One that is not done after half a second makes room: it
goes on among the slow ones, or it is begun again when these have a place, and a new process answers
quick queries meanwhile. Where others wait, it makes room sooner, and goes on aside (`lanes`).

Where many wait, a worker that has just answered quickly is sent two queries: so it need not wait
for the second when it has done with the first. If that makes room, the other is taken back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Final

from ..text.wording import say
from .asking import Asking
from .errors import Crashed, HTTPError
from .lanes import EARLY, QUICK, Job, Lanes, make_way
from .nursery import Nursery
from .process import Process
from .replies import Answer
from .settings import Limits
from .turns import Turns

_MODULE: Final = "passex.web.worker"
#: A client is watched for going away only where it waits, or its answer takes longer than this.
_PATIENCE: Final = 0.05
#: The wait before a worker that did not start is tried again.
_PAUSE: Final = 1.0
#: So often the pool looks how long what its workers do has taken,
_TICK: Final = EARLY / 2
#: and after so many times at all requests.
_ALL: Final = 4


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
        self.limits = limits
        self._fresh = fresh
        self._current = current
        self._nursery = Nursery(_MODULE, {"graph": ready, "memory": limits.memory})
        self._idle: list[Process] = []
        self._workers: set[Process] = set()
        self._starting = 0
        self._lanes = Lanes(limits.workers, self._stopped)
        self._requests: set[Asking] = set()
        self._queue: Turns[Asking] = Turns()
        # For a place among the slow ones: ours, and others.
        self._slow_queues: dict[bool, Turns[Asking]] = {True: Turns(), False: Turns()}
        self._clock: asyncio.TimerHandle | None = None
        self._ticks = 0
        self._starts: set[asyncio.Task[None]] = set()
        self._ends: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start all workers; raises `HTTPError` where the graph cannot be opened."""
        for worker in await asyncio.gather(*(self._new() for _ in range(self.limits.workers))):
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
        """The graphs that requests read at this moment, or will."""
        return {request.graph for request in self._requests} - {""}

    def fresh(self) -> Awaitable[None]:
        """Wait until queries can read what they are to see."""
        return self._fresh()

    def ask(
        self,
        request: Mapping[str, object],
        gone: Callable[[], Awaitable[None]],
        client: str = "",
    ) -> Asking:
        """Let a worker answer a request; `gone` returns when the client has gone away.

        Where the worker crashes before it answers, another is asked, once.

        Args:
            client: Who asks: clients get their turns one after the other.
        """
        return Asking(self, request, gone, client)

    def admit(self, request: Asking) -> None:
        """Have a request answered when it is its turn; raises `HTTPError` where too many wait."""
        if self._closed:
            raise HTTPError.busy()
        request.since = time.monotonic()
        self._requests.add(request)
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)
        if request.slow and request not in self._lanes.slow:
            if not self._lanes.room(request.ours):
                _join(self._slow_queues[request.ours], request, self.limits.waiting)
                return
            self._lanes.slow.add(request)
            self._refill()
        if (worker := self._free()) is not None:
            self._send(request, worker)
        else:
            _join(self._queue, request, self.limits.waiting + request.slow)

    def leave(self, request: Asking) -> None:
        """Let go of a request, and of all that it has taken."""
        if request not in self._requests:
            return
        self._requests.remove(request)
        request.forget()
        if request.asked is not None:
            request.asked.forget(request)
        for queue in (self._queue, *self._slow_queues.values()):
            queue.leave(request)
        self._end(request)

    def readmit(self, request: Asking) -> None:
        """Have a request answered again, unless nobody waits for it any more."""
        if request.answer is not None and not request.answer.done():
            try:
                self.admit(request)
            except HTTPError as error:
                request.fail(error)

    def _free(self) -> Process | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.running:
                return worker
            self._retire(worker)
            self._refill()
        return None

    def _send(self, request: Asking, worker: Process) -> None:
        # Nothing may come between: a copy that no worker reads is removed.
        request.graph = self._current()
        request.asked = worker
        seconds = self.limits.seconds
        worker.send({**request.question, "graph": request.graph, "seconds": seconds}, request)
        if len(worker.asked) == 1:
            self._begin(request, worker)

    def _begin(self, request: Asking, worker: Process) -> None:
        request.begin(worker)
        if request.slow:
            make_way(request)
        else:
            self._lanes.quick.add(request)

    def answered(self, request: Asking, answer: Answer) -> None:
        """Take the answer to a request, or its beginning."""
        answer.graph = request.graph
        if request.answer is not None and not request.answer.done():
            request.answer.set_result(answer)
        if answer.rest is not None:
            request.sending, request.waits = True, time.monotonic()
            if request in self._lanes.slow:
                self._lanes.read(request)
                self._next_slow()

    def done(self, request: Asking) -> None:
        """Take note that a worker has done with a request."""
        request.forget()
        if not request.sending:
            self._requests.discard(request)
        self._end(request, True)

    def failed(self, request: Asking, error: HTTPError) -> None:
        """Take note that the worker of a request has ended, which may not be the request's doing.

        It was not where the request had not been begun, or where the worker was to end for
        another one's sake.
        """
        begun = request.worker is not None
        self._end(request)
        if begun and isinstance(error, Crashed) and not request.crashed:
            request.crashed, begun = True, False
        if begun:
            request.fail(error)
        else:
            self.readmit(request)

    def _stopped(self, job: Job) -> None:
        """Take note that a request has to begin again, or breaks off."""
        self._end(job)
        if isinstance(job, Asking) and not job.sending:
            job.slow = True
            asyncio.get_running_loop().call_soon(self.readmit, job)

    def _end(self, job: Job, done: bool = False) -> None:
        """Let go of the worker of a request, once, and of its place in a lane."""
        worker, job.worker = job.worker, None
        quick = self._lanes.leave(job)
        if worker is not None:
            if isinstance(job, Asking):
                worker.forget(job)
            worker.brisk = done and time.monotonic() - job.begun < EARLY
            if done and quick and worker.running and not worker.spoilt:
                self._give(worker)
            else:
                self._retire(worker)
        self._next_slow()
        self._refill()

    def _give(self, worker: Process) -> None:
        """Let a worker do what comes next."""
        if worker.asked:
            request = worker.asked[0]
            assert isinstance(request, Asking)
            self._begin(request, worker)
        elif (first := self._queue.next()) is not None:
            self._send(first, worker)
        else:
            self._idle.append(worker)
            return
        running = worker.asked[0]
        if not (worker.brisk and isinstance(running, Asking) and running.modest):
            return
        if (ahead := self._queue.next()) is not None:
            if ahead.modest:
                self._send(ahead, worker)
            else:
                self._queue.join_again(ahead)

    def _take_back(self, worker: Process) -> None:
        """Let others do what a worker was sent ahead."""
        for request in list(worker.asked):
            if isinstance(request, Asking) and request.worker is None:
                worker.forget(request)
                request.asked, request.graph = None, ""
                self._queue.join_again(request)
        while self._queue.waiting and (free := self._free()) is not None:
            self._give(free)

    def _next_slow(self) -> None:
        for ours, queue in self._slow_queues.items():
            while queue.waiting and self._lanes.room(ours) and (request := queue.next()):
                self._lanes.slow.add(request)
                self.readmit(request)

    def _tick(self) -> None:
        """See which requests have taken long."""
        self._clock = None
        now = time.monotonic()
        self._ticks += 1
        if self._ticks % _ALL:
            running = [worker.asked[0] for worker in self._workers if worker.asked]
            requests = [request for request in running if isinstance(request, Asking)]
        else:
            requests = list(self._requests)
        for request in requests:
            self._look_at(request, now)
        ahead = [worker for worker in self._workers if len(worker.asked) > 1]
        if self._queue.waiting or ahead:
            self._lanes.press()
            for worker in ahead:
                if not any(one.worker is worker for one in self._lanes.quick):
                    self._take_back(worker)
            self._refill()
        if self._requests:
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _look_at(self, request: Asking, now: float) -> None:
        seconds = self.limits.seconds
        worker = request.worker
        since = request.since if worker is None else request.begun
        if now - since >= _PATIENCE:
            request.watch(request.gone)
        if worker is None:
            if not request.sending and now - since > seconds:
                request.fail(HTTPError.busy())
        elif now - since > seconds:
            worker.kill(
                f"it took longer than {say(seconds, 'second', 'g')}, the limit of this server"
            )
        elif now - since >= QUICK and not request.judged:
            request.judged = True
            self._lanes.late(request)
            self._next_slow()
            self._refill()

    def _retire(self, worker: Process) -> None:
        self._take_back(worker)
        worker.kill()
        self._workers.discard(worker)
        _later(worker.close(), self._ends)

    def _refill(self) -> None:
        """Start workers until there are enough for quick queries, besides those of slow ones."""
        while not self._closed and self._spare + self._starting < self.limits.workers:
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
        if not self._queue.waiting and self._spare > self.limits.workers:
            self._retire(worker)  # those that were slow have come to their end
        else:
            self._give(worker)

    async def _new(self) -> Process:
        worker = await self._nursery.worker()
        self._workers.add(worker)
        return worker


def _join(queue: Turns[Asking], request: Asking, most: int) -> None:
    if len(queue.waiting) >= most:
        raise HTTPError.busy()
    queue.join(request, request.client, request.slow or request.ours)
    # What nobody waits for any more is not begun.
    request.watch(request.gone)


def _later(work: Coroutine[object, object, None], tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
