"""Who makes room for whom among the queries that run."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast

import pytest

from passex.web import lanes
from passex.web.errors import ClientClosed
from passex.web.lanes import PUT_OFF, SLOWEST, Job, Lanes
from passex.web.process import Process


@dataclass(eq=False)
class Worker:
    """A worker that has taken so much of the processor, and what is done with it."""

    spent: float = 1.0
    done: list[str] = field(default_factory=list)

    def kill(self, why: str) -> None:
        self.done.append(why)

    def make_way(self) -> None:
        self.done.append("makes way")


@pytest.fixture
def two() -> Lanes:
    """Lanes for two workers."""

    def end(job: Job) -> None:
        made.leave(job)

    made = Lanes(2, end)
    return made


def job(age: float, sending: bool = False, ours: bool = False, **more: float) -> Job:
    """Make a request that has run for so long."""
    begun = time.monotonic() - age
    worker = cast(Process, Worker())
    sent, waits = int(more.get("sent", 0)), more.get("waits", 0.0)
    return Job(ours, worker, begun, sending=sending, sent=sent, waits=waits)


def done(job: Job) -> list[str]:
    return cast(Worker, job.worker).done


def test_where_others_wait_what_has_run_for_a_while_steps_aside(two: Lanes) -> None:
    old, new = job(lanes.EARLY), job(0)
    two.quick |= {old, new}
    two.press()
    assert (two.quick, two.aside, two.slow, two.away) == ({new}, {old}, set(), 1)
    assert (done(old), done(new)) == (["makes way"], [])


def test_what_the_machine_has_no_time_for_has_more_patience(two: Lanes) -> None:
    idle, old = job(lanes.EARLY), job(lanes.PATIENT)
    for one in (idle, old):
        assert one.worker is not None
        one.spent = one.worker.spent
    two.quick |= {idle, old}
    two.press()
    assert two.quick == {idle}
    idle.waits = time.monotonic() - lanes.EARLY
    two.press()
    assert two.aside == {idle, old}


def test_what_has_sent_nothing_is_begun_again_for_others(two: Lanes) -> None:
    aside = [job(age, sending=age > 5) for age in (1, 2, 3, 4, 6, 7, 8, 9)]
    late = job(0.1)
    two.aside |= set(aside)
    two.quick.add(late)
    two.press()
    put_off = aside[3]  # it has run the longest of those
    assert two.aside == {*aside, late} - {put_off}
    assert done(put_off) == [PUT_OFF]


def test_what_is_read_slowest_is_ended_for_others(two: Lanes) -> None:
    now = time.monotonic()
    read = [job(1, sending=True, sent=10 * n) for n in range(7)]
    unread = job(1, sending=True, sent=1000, waits=now - lanes.EARLY)
    just = job(1, sending=True, sent=1, waits=now)
    late = job(0.1)
    two.aside |= {*read, just}
    two.quick.add(late)
    two.press()
    # All of them are being read, as far as anybody knows.
    assert two.quick == {late}
    two.aside = {*read, unread}
    two.press()
    assert two.aside == {*read, late}
    assert done(unread) == [SLOWEST]
    # One that takes half a second has to go somewhere, whoever is read.
    two.aside = {*read, just}
    two.quick = {late}
    late.sending = True
    two.late(late)
    assert two.aside == {*read[1:], just, late}
    assert done(read[0]) == [SLOWEST]


def test_what_takes_long_is_slow_or_is_begun_again(two: Lanes) -> None:
    first, second, third = (job(0.5) for _ in range(3))
    ours = [job(0.5, ours=True) for _ in range(3)]
    two.aside.add(first)
    two.quick |= {second, third, *ours}
    for one in (first, second, third, *ours):
        two.late(one)
    # The product's own questions do not wait for others, nor make way for them.
    assert two.slow == {first, second, *ours[:2]}
    assert (two.quick, two.aside) == (set(), set())
    assert [done(one) for one in (first, third, ours[0], ours[2])] == [
        ["makes way"],
        [PUT_OFF],
        [],
        [PUT_OFF],
    ]
    assert not two.room(ours=True)
    assert two.leave(ours[0]) is False
    assert two.room(ours=True)
    two.late(first)  # it is among them already
    assert first in two.slow


def test_an_answer_that_is_read_takes_no_place_of_a_slow_one(two: Lanes) -> None:
    one = job(1)
    two.slow.add(one)
    one.sending = True
    two.read(one)
    two.read(one)
    assert (two.slow, two.aside) == (set(), {one})
    assert done(one) == ["makes way"]


def test_a_client_that_goes_away_takes_its_turn_along() -> None:
    async def main() -> None:
        left = asyncio.Event()

        async def gone() -> None:
            await left.wait()

        waits, runs = Job(), job(0)
        waits.answer = asyncio.get_running_loop().create_future()
        for one in (waits, runs):
            one.watch(gone)
            one.watch(gone)
        forgotten = job(0)
        forgotten.watch(gone)
        forgotten.forget()
        left.set()
        await asyncio.sleep(0.01)
        with pytest.raises(ClientClosed):
            await waits.answer
        assert (done(runs), done(forgotten)) == ([lanes.GONE], [])

    asyncio.run(main())
