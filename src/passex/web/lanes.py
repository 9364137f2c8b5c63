"""Lanes: which queries run as quick ones, which as slow ones, and who makes room when others wait.

Nobody can tell beforehand what a query costs. So each begins as a quick one, and what it has taken
so far decides: the longer it has run, the sooner it makes room for those that have not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from . import copies
from .errors import ClientClosed
from .process import Process
from .replies import Answer

#: A query that is not done after so many seconds is slow.
QUICK: Final = 0.5
#: So soon it makes room where others wait, if a process costs little; else it is as good as slow.
EARLY: Final = 0.025 if copies.AVAILABLE else QUICK
#: So soon it does if it has taken little of the processor, as where the machine has much to do.
PATIENT: Final = 4 * EARLY
#: So many answers stand aside, for each worker.
ASIDE: Final = 4
#: Why a query ended that nobody waits for.
GONE: Final = "the client has gone away"
#: Why a query ended that is to be begun again.
PUT_OFF: Final = "it is to be begun again"
SLOWEST: Final = "it was read more slowly than all others, and others waited"


@dataclass(eq=False, slots=True)
class Job:
    """A request, and how far it is.

    Attributes:
        ours: Whether it is one of the product's own questions.
        worker: Who answers it, while it does.
        begun: When it began to.
        spent: The processor time that the worker had taken before.
        judged: Whether it has taken so long that it was found slow, or made to begin again.
        sending: Whether a part of its answer has been sent.
        sent: How many bytes of it the client has taken.
        waits: Since when the client has not taken what was sent to it; 0 where it has.
        answer: What is waited for.
    """

    ours: bool = False
    worker: Process | None = None
    begun: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    judged: bool = False
    sending: bool = False
    sent: int = 0
    waits: float = 0.0
    answer: asyncio.Future[Answer] | None = None
    _watching: asyncio.Future[None] | None = None

    @property
    def rate(self) -> float:
        """How many bytes a second the client takes."""
        return self.sent / (time.monotonic() - self.begun + 1e-9)

    def begin(self, worker: Process) -> None:
        """Begin to be answered by a worker."""
        self.worker, self.begun, self.spent = worker, time.monotonic(), worker.spent
        self.judged = False

    @property
    def has_run(self) -> bool:
        """Whether it has run for a while: it has worked, its client does not read, or it is old."""
        now = time.monotonic()
        if self.worker is None or now - self.begun < EARLY:
            return False
        unread = self.waits and now - self.waits >= EARLY
        worked = self.worker.spent - self.spent >= EARLY
        return bool(unread or worked or now - self.begun >= PATIENT)

    def fail(self, error: Exception) -> None:
        """Have who waits for the answer get an error instead."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error)

    def watch(self, gone: Callable[[], Awaitable[None]]) -> None:
        """Have it end when its client goes away; `gone` returns then."""
        if self._watching is None:
            self._watching = asyncio.ensure_future(self._end_without(gone))

    async def _end_without(self, gone: Callable[[], Awaitable[None]]) -> None:
        await gone()
        self.fail(ClientClosed(GONE))
        if self.worker is not None:
            self.worker.kill(GONE)

    def forget(self) -> None:
        """Watch its client no more."""
        if self._watching is not None:
            self._watching.cancel()


class Lanes:
    """The lanes of queries that run.

    - `quick`: as many as there are workers.
    - `aside`: those that have made room for others, and answers that are read slowly.
    - `slow`: those that take long, again as many as there are workers, and as many of the
      product's own questions, which wait for no others.

    Args:
        workers: How many quick ones run at once.
        end: Lets go of a query that has been ended.
    """

    def __init__(self, workers: int, end: Callable[[Job], None]) -> None:
        self._workers = workers
        self._end = end
        self.quick: set[Job] = set()
        self.aside: set[Job] = set()
        self.slow: set[Job] = set()

    @property
    def away(self) -> int:
        """How many run besides the quick ones."""
        return len(self.aside) + len(self.slow)

    def room(self, ours: bool) -> bool:
        """Tell whether there is room for one more that is slow, or that is ours and slow."""
        return sum(job.ours is ours for job in self.slow) < self._workers

    def leave(self, job: Job) -> bool:
        """Leave the lanes; tells whether it was a quick one to the end."""
        quick = job in self.quick
        for lane in (self.quick, self.aside, self.slow):
            lane.discard(job)
        return quick

    def press(self) -> None:
        """Others wait: have quick ones that have run for a while make room, the longest first."""
        for job in sorted(self.quick, key=lambda one: one.begun):
            if job.has_run and self._make_room():
                self._step_aside(job)

    def late(self, job: Job) -> None:
        """A query is not done after `QUICK` seconds: it goes on as a slow one, or later."""
        if job.worker is None or job in self.slow:
            return
        if job.sending:
            self.read(job)
        elif self.room(job.ours):
            self.leave(job)
            self.slow.add(job)
            make_way(job)
        else:
            self._stop(job, PUT_OFF)

    def read(self, job: Job) -> None:
        """An answer takes longer to read: it goes on aside, whoever has to make room for that."""
        if job in self.aside:
            return
        if not self._make_room():
            self._stop(min(self.aside, key=lambda one: one.rate), SLOWEST)
        self._step_aside(job)

    def _step_aside(self, job: Job) -> None:
        self.leave(job)
        self.aside.add(job)
        make_way(job)

    def _make_room(self) -> bool:
        """See that one more can stand aside, if need be at the cost of one that does.

        What has sent nothing can be begun again, so it goes first; then an answer that is not read.
        """
        if len(self.aside) < ASIDE * self._workers:
            return True
        if unsent := [one for one in self.aside if not one.sending]:
            self._stop(min(unsent, key=lambda one: one.begun), PUT_OFF)
            return True
        latest = time.monotonic() - EARLY
        if unread := [one for one in self.aside if 0 < one.waits <= latest]:
            self._stop(min(unread, key=lambda one: one.rate), SLOWEST)
            return True
        return False

    def _stop(self, job: Job, why: str) -> None:
        if job.worker is not None:
            job.worker.kill(why)
        self._end(job)


def make_way(job: Job) -> None:
    """Let others go before one that takes long where the processor is wanted."""
    if job.worker is not None and not job.ours:
        job.worker.make_way()
