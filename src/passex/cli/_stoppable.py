"""Work that can be stopped: the engine does not listen while it looks for solutions."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable
from typing import Final, TypeVar

from ..errors import TIMED_OUT
from . import _interrupt
from ._common import complain

#: How long a wait lasts, where a waiting thread does not hear of Ctrl-C.
_TICK: Final = 0.25

#: The engine reads what is nested by calling itself, and a stack that is full ends the process.
#: So much is set aside and not used unless it is needed.
_STACK: Final = 512 * 1024 * 1024

Result = TypeVar("Result")


def run(work: Callable[[], Result], timeout: float | None) -> Result:
    """Do something in a thread of its own; end the process where it is stopped.

    The engine leaves Python's lock alone while it works, but cannot be asked to stop: so the whole
    process ends, at once, with what was written until then.

    Args:
        work: What is to be done.
        timeout: After how many seconds the process ends with `TIMED_OUT`; None for never. On
            Ctrl-C, it ends with `INTERRUPTED`.

    Returns:
        What the work gives.

    Raises:
        BaseException: What the work raises.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:
            # What the engine gave has to go in the thread to which it was given.
            link: BaseException | None = error
            while link is not None:
                traceback.clear_frames(link.__traceback__)
                link = link.__cause__ or link.__context__
            errors.append(error)
        finally:
            done.set()

    done = threading.Event()
    end = None if timeout is None else time.monotonic() + timeout
    try:
        _start(threading.Thread(target=target, daemon=True))
        while not done.is_set():
            left = _TICK if end is None else min(_TICK, end - time.monotonic())
            if left <= 0:
                complain(f"timed out after {timeout:g} s; the answer is not whole")
                os._exit(TIMED_OUT)
            done.wait(left)
    except KeyboardInterrupt:
        _interrupt.end()
    if errors:
        raise errors[0]
    return results[0]


def _start(thread: threading.Thread) -> None:
    try:
        before = threading.stack_size(_STACK)
    except ValueError:  # not to be had on this machine
        thread.start()
        return
    try:
        thread.start()
    except RuntimeError:  # too much for the limits of this process
        threading.stack_size(before)
        thread.start()
    finally:
        threading.stack_size(before)
