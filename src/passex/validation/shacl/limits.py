"""A limit of time for work that does not look at the clock.

What runs in the store cannot be stopped, but it leaves Python's lock alone: it is done in a thread,
and left there. What runs in Python, such as a regular expression in a query of rdflib, may keep the
lock for itself, so that no other thread can tell that time is up: a signal ends it.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from ...errors import PassexError

_T = TypeVar("_T")


class TimeoutError(PassexError):
    """A validation that took longer than it was given."""


class _Expired(BaseException):
    """Time is up: no error, so that nobody takes it for one of the work's own."""


class Limit:
    """A limit that begins to run at once.

    Args:
        seconds: The time; None for as long as it takes.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    def apart(self, work: Callable[[], _T]) -> _T:
        """Do some work in a thread of its own, and leave it there if it takes too long.

        Raises:
            TimeoutError: It does.
        """
        if self._end is None:
            return work()
        done: list[_T] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work())
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(max(0, self._end - time.monotonic()))
        if thread.is_alive():
            raise self._over()
        if failed:
            raise failed[0]
        return done[0]

    def here(self, work: Callable[[], _T]) -> _T:
        """Do some work of Python's in this thread, and end it if it takes too long.

        Signals come to the main thread alone, and not on every system: elsewhere it is done apart.

        Raises:
            TimeoutError: It takes too long.
        """
        main = threading.current_thread() is threading.main_thread()
        if self._end is None or not main or not hasattr(signal, "setitimer"):
            return self.apart(work)

        def expire(*_: object) -> None:
            raise _Expired

        before = signal.signal(signal.SIGALRM, expire)
        try:
            # Again and again: what ends in the midst of a finaliser is lost.
            signal.setitimer(signal.ITIMER_REAL, max(1e-6, self._end - time.monotonic()), 0.5)
            return work()
        except _Expired:
            raise self._over() from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _over(self) -> TimeoutError:
        return TimeoutError(
            f"the validation took longer than {self._seconds:g} seconds",
            "give it more with --timeout, or look for a constraint that never ends",
        )
