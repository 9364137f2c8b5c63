"""Ctrl-C that is heard at once: Python does not listen while the engine works."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Final, NoReturn

from ..errors import INTERRUPTED

#: In seconds: so long the command may take to end by itself.
_PATIENCE: Final = 0.3


def watch() -> None:
    """End the process on Ctrl-C, also in the midst of a query.

    Python's own handler waits until the engine gives an answer. So a thread hears of the signal
    too, by way of a pipe, and ends what has not ended by itself. Windows has no such pipes: there
    the engine's answer is waited for.
    """
    if os.name == "nt":
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(reading,), daemon=True).start()


def unwatch() -> None:
    """Leave Ctrl-C to the command, which does something else on it than end."""
    if os.name != "nt":
        signal.set_wakeup_fd(-1)


def end() -> NoReturn:
    """Say that the command was interrupted, and end the process."""
    # Written past what is buffered: the main thread may be in the midst of writing.
    os.write(2, b"passex: interrupted\n")
    os._exit(INTERRUPTED)


def _wait(reading: int) -> None:
    while signal.SIGINT not in os.read(reading, 64):
        pass
    time.sleep(_PATIENCE)
    end()
