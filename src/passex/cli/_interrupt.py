"""Ctrl-C and time-outs that are heeded at once: the engine does not listen while it works.

The engine leaves Python's lock alone while it looks for solutions, but cannot be asked to stop. So
the whole process ends, at once, with what was written until then.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from ..errors import INTERRUPTED, TIMED_OUT
from ..query.threads import start_deep
from ._stderr import complain, last_words

#: In seconds: so long the command may take to end by itself.
_PATIENCE: Final = 0.3
#: In seconds: how long a wait lasts, where a waiting thread does not hear of Ctrl-C.
_TICK: Final = 0.25

Result = TypeVar("Result")

_begun: Final = threading.Event()


def watch() -> None:
    """End the process on Ctrl-C, also in the midst of a query.

    Python's own handler waits until the engine gives an answer. So a thread hears of the signal
    too, by way of a pipe, and ends what has not ended by itself. Windows has no such pipes: there
    the engine's answer is waited for.
    """
    if callable(signal.getsignal(signal.SIGINT)):
        signal.signal(signal.SIGINT, _heard)
    if os.name == "nt":
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(reading,), daemon=True).start()


def begin() -> None:
    """Let Ctrl-C interrupt the command, which may have to tidy up; until then it ends the process.

    While a command is imported there is nothing to tidy, and an exception may come out as another.
    """
    _begun.set()


def _heard(*_: object) -> None:
    if _begun.is_set():
        raise KeyboardInterrupt
    end()


def unwatch() -> None:
    """Leave Ctrl-C to the command, which does something else on it than end."""
    if os.name != "nt":
        signal.set_wakeup_fd(-1)


def end() -> NoReturn:
    """Say that the command was interrupted, and end the process."""
    # Written past what is buffered: the main thread may be in the midst of writing.
    os.write(2, last_words("interrupted"))
    os._exit(INTERRUPTED)


def _wait(reading: int) -> None:
    while signal.SIGINT not in os.read(reading, 64):
        pass
    time.sleep(_PATIENCE)
    end()


def run_stoppable(work: Callable[[], Result], timeout: float | None) -> Result:
    """Do something in a thread of its own; end the process where it is stopped.

    Args:
        timeout: After how many seconds the process ends with `TIMED_OUT`; None for never. On
            Ctrl-C, it ends with `INTERRUPTED`.

    Raises:
        BaseException: What the work raises.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:
            import traceback

            # What the engine gave has to go in the thread to which it was given.
            link: BaseException | None = error
            while link is not None:
                traceback.clear_frames(link.__traceback__)
                link = link.__cause__ or link.__context__
            errors.append(error)
        finally:
            done.set()

    done = threading.Event()
    deadline = None if timeout is None else time.monotonic() + timeout
    try:
        start_deep(threading.Thread(target=target, daemon=True))
        while not done.is_set():
            left = _TICK if deadline is None else min(_TICK, deadline - time.monotonic())
            if left <= 0:
                complain(f"timed out after {timeout:g} s; the answer is not whole")
                os._exit(TIMED_OUT)
            done.wait(left)
    except KeyboardInterrupt:
        end()
    if errors:
        raise errors[0]
    return results[0]
