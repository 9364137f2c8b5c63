"""Iterators of the engine, read in any thread.

What pyoxigraph finds belongs to the thread that asked: another one that reads it ends the process,
and one that drops it leaks it. So each iterator lives and dies in a thread of its own, which hands
over what it gives: terms, solutions and triples may go anywhere.
"""

from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, stack_size
from time import monotonic
from typing import Any, Final, TypeAlias

from ..errors import QueryError, TimeoutError

#: Items are handed over in batches: of one item at first, twice as many each time up to so many,
_MOST: Final = 1024
#: and of one again after a batch that took so many seconds, so that no item waits long for others.
_SECONDS: Final = 0.02
#: So many batches come unasked: most results have no more, and are done with the engine then.
_UNASKED: Final = 11
#: So many threads wait for the next iterator: starting one takes longer than a small query.
_IDLE: Final = 4
#: So many seconds an iterator has to end when the interpreter does, which would else break into it.
_EXIT: Final = 1.0
#: The engine reads what is nested by calling itself, and a stack that is full ends the process.
#: So much is set aside and not used unless it is needed.
_STACK: Final = 512 * 1024 * 1024

Start: TypeAlias = Callable[[], Iterator[Any]]
#: Some items, and why no more come: the end, or an error.
_Batch: TypeAlias = tuple[list[Any], BaseException | None]
_Job: TypeAlias = tuple[Start, "SimpleQueue[_Batch]", "SimpleQueue[bool]"]


def hand_over(start: Start, timeout: float | None = None) -> Iterator[Any]:
    """Read an iterator in a thread of its own.

    Args:
        start: Makes the iterator, in the thread in which that is read and closed.
        timeout: So many seconds its reader waits for it, all waits together; None for no end. The
            thread then goes on until the engine next gives something: it cannot be stopped.

    Returns:
        What it gives. Any thread may read this, go on where another one stopped, or drop it, which
        ends the iterator. That is some thousands of items ahead of its reader at most. It raises
        TimeoutError where the time is not enough.
    """
    return chain.from_iterable(_Batches(start, timeout))


def start_deep(thread: Thread) -> None:
    """Start a thread with room for what is deeply nested, if the machine has it."""
    with _starting:
        try:
            before = stack_size(_STACK)
        except ValueError:  # not to be had on this machine
            thread.start()
            return
        try:
            thread.start()
        except RuntimeError:  # too much for the limits of this process
            stack_size(before)
            thread.start()
        finally:
            stack_size(before)


class _Batches(Iterator[list[Any]]):
    def __init__(self, start: Start, timeout: float | None) -> None:
        self._timeout = self._left = timeout
        self._process = os.getpid()
        self._lock = Lock()
        self._end: BaseException | None = None
        self._given: SimpleQueue[_Batch] = SimpleQueue()
        self.wanted: SimpleQueue[bool] = SimpleQueue()
        for _ in range(_UNASKED):
            self.wanted.put(True)
        weakref.finalize(self, _close, self.wanted).atexit = False
        _open.add(self)
        job = (start, self._given, self.wanted)
        try:
            _idle.pop().put(job)
        except IndexError:
            start_deep(Thread(target=_work, args=job, name="passex-query", daemon=True))

    def __next__(self) -> list[Any]:
        with self._lock:
            if self._end is None:
                if self._process != os.getpid():
                    raise QueryError("this result was begun before a fork", "query again")
                # Not asked for ahead: the engine lets go of Python's lock at each row, and two
                # threads that are both at work would take turns at that.
                if self._given.empty():
                    self.wanted.put(True)
                batch, self._end = self._wait()
                if batch:
                    return batch
            end, self._end = self._end, StopIteration()
            assert end is not None
            raise end

    def _wait(self) -> _Batch:
        began = monotonic()
        try:
            return self._given.get(timeout=self._left)
        except Empty:
            _close(self.wanted)
            message = f"timed out after {self._timeout:g} s; the answer is not whole"
            return [], TimeoutError(message, "give it more time, or ask for less", kind="timeout")
        finally:
            if self._left is not None:
                self._left = max(0.0, self._left - (monotonic() - began))


#: The size of stacks is that of all threads that are started.
_starting: Final = Lock()
#: Where threads wait that have nothing to do.
_idle: list[SimpleQueue[_Job]] = []
_open: weakref.WeakSet[_Batches] = weakref.WeakSet()
_running: set[Event] = set()


def _work(start: Start, given: SimpleQueue[_Batch], wanted: SimpleQueue[bool]) -> None:
    """Read one iterator after the other."""
    while True:
        done = Event()
        _running.add(done)
        _read(start, given, wanted)
        # The reader must not wait for the last references to go.
        del start, given, wanted
        _running.discard(done)
        done.set()
        if len(_idle) >= _IDLE:
            return
        jobs: SimpleQueue[_Job] = SimpleQueue()
        _idle.append(jobs)
        start, given, wanted = jobs.get()


def _read(start: Start, given: SimpleQueue[_Batch], wanted: SimpleQueue[bool]) -> None:
    """Hand over an iterator batch by batch, as long as somebody wants more."""
    size = 1
    batch: list[Any] = []
    try:
        items = start()
        try:
            while wanted.get():
                began = monotonic()
                # Keeps what came before an error, as `list` would not.
                batch.extend(islice(items, size))
                if len(batch) < size:
                    break
                given.put((batch, None))
                batch = []
                size = 1 if monotonic() - began > _SECONDS else min(2 * size, _MOST)
        finally:
            del items
    except BaseException as error:
        release(error)
        given.put((batch, error))
    else:
        given.put((batch, StopIteration()))


def _close(wanted: SimpleQueue[bool]) -> None:
    """Have a thread end its iterator, before it reads what came to be wanted earlier."""
    with suppress(Empty):
        while True:
            wanted.get_nowait()
    wanted.put(False)


def release(error: BaseException) -> None:
    """Empty the frames of an error that leaves its thread, and of the errors behind it.

    They hold what the engine gave to this thread, which no other one may drop.
    """
    chain: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chain:
        link = chain.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        # Both: one that was raised for a reason may have been raised while another was handled.
        chain += (link.__cause__, link.__context__)
        step = link.__traceback__
        while step is not None:
            with suppress(RuntimeError):  # the frame that asks for this is not done yet
                step.tb_frame.clear()
            step = step.tb_next


def _finish() -> None:
    for batches in list(_open):
        _close(batches.wanted)
    for done in list(_running):
        done.wait(_EXIT)


def _forked() -> None:
    """Forget the threads, which a fork does not have."""
    _idle.clear()
    _running.clear()


atexit.register(_finish)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forked)
