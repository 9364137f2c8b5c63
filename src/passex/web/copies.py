"""A process that is copied: what it has in its memory, its copies have without reading it again.

To start Python, import the engine and read a graph takes a tenth of a second to several seconds; a
copy (fork) takes a millisecond, and shares what it does not change. So a worker can be ended as
soon as others wait for it.

The server and the process that is copied speak over a socket, which is the standard input of the
latter, in messages of a kind and a number that names the copy. The server asks for a copy (`COPY`,
with the socket that this is to have as its standard input and output, and its standard error), has
it ended (`KILL`), or has it yield the processor to others (`YIELD`). It is told that copies can be
had (`READY`), and when one has ended (`ENDED`), with its exit code.

Nothing may ask the engine for something random in the thread that is copied, not even a name for a
blank node: the copies would all be given the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from .frames import end_with_parent

#: Whether processes can be copied here. Other systems' libraries do not all bear it.
AVAILABLE: Final = sys.platform == "linux"
COPY: Final = b"C"
KILL: Final = b"K"
YIELD: Final = b"Y"
READY: Final = b"R"
ENDED: Final = b"E"
#: Kind, number of the copy, exit code.
MESSAGE: Final = struct.Struct(">cIi")
#: After so many seconds without a message there is time for something else.
_IDLE: Final = 0.1
#: How much less of the processor one gets that yields (`nice`).
NICE: Final = 10


def message(kind: bytes, number: int = 0, code: int = 0) -> bytes:
    """Make a message.

    Example:
        >>> MESSAGE.unpack(message(ENDED, 7, -9))
        (b'E', 7, -9)
    """
    return MESSAGE.pack(kind, number, code)


def await_copies(later: Sequence[str] = ()) -> None:
    """Have this process copied as often as the server wants; returns in each of the copies.

    It must have one thread. It ends when the server has closed the socket.

    Args:
        later: Modules to import when nothing else is to be done.
    """
    os.closerange(3, 256)  # what uvloop leaves of the files it was given: the copies need none
    with socket.socket(fileno=os.dup(0)) as control:
        if _Original(control, later).serve():
            return
    sys.exit()


def _freeze() -> None:
    gc.collect()
    gc.freeze()  # what is looked at by the collector is written to, and so no longer shared


class _Original:
    """The process that is copied."""

    def __init__(self, control: socket.socket, later: Sequence[str]) -> None:
        self._control = control
        self._later = list(later)
        self._numbers: dict[int, int] = {}  # of the copies, by their process
        self._copies: dict[int, int] = {}
        self._ending, self._ended = socket.socketpair()

    def serve(self) -> bool:
        """Do what the server says until it ends; tells whether this is a copy."""
        self._ended.setblocking(False)
        # A handler of Python's is needed for the system to wake whoever waits.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._ended.fileno(), warn_on_full_buffer=False)
        _freeze()
        self._tell(READY)
        while True:
            patience = _IDLE if self._later else None
            ready, _, _ = select.select([self._control, self._ending], [], [], patience)
            if not ready:
                import_module(self._later.pop(0))
                _freeze()
            if self._ending in ready:
                self._ending.recv(256)
                self._bury()
            if self._control not in ready:
                continue
            told, files, _, _ = socket.recv_fds(self._control, MESSAGE.size, 2)
            if not told:
                return False
            kind, number, _ = MESSAGE.unpack(told)
            if kind == COPY:
                if self._copy(number, files):
                    return True
            elif number in self._copies:
                self._signal(kind, self._copies[number])

    def _copy(self, number: int, files: list[int]) -> bool:
        """Make a copy; tells whether this is the copy."""
        parent = os.getpid()
        try:
            child = os.fork()
        except OSError:
            child = -1  # the server sees that nobody has the other end of the socket
        if not child:
            self._become(files, parent)
            return True
        for one in files:
            os.close(one)
        if child > 0:
            self._numbers[child], self._copies[number] = number, child
        else:
            self._tell(ENDED, number, 1)
        return False

    def _become(self, files: list[int], parent: int) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._ending.close()
        self._ended.close()
        os.setsid()
        talk, errors = files
        for target, one in ((0, talk), (1, talk), (2, errors)):
            os.dup2(one, target)
        os.close(talk)
        os.close(errors)
        end_with_parent(parent)

    def _bury(self) -> None:
        """Tell which copies have ended."""
        while self._numbers:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            number = self._numbers.pop(child)
            del self._copies[number]
            self._tell(ENDED, number, os.waitstatus_to_exitcode(status))

    def _signal(self, kind: bytes, child: int) -> None:
        with contextlib.suppress(OSError):
            if kind == KILL:
                os.kill(child, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, child, NICE)

    def _tell(self, kind: bytes, number: int = 0, code: int = 0) -> None:
        with contextlib.suppress(OSError):  # the server has ended, and so do we
            self._control.send(message(kind, number, code))
