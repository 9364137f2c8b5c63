"""Where workers come from: copies of one process that has the graph, or processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Mapping
from typing import Final

from . import copies
from .children import ENVIRONMENT, command, start
from .errors import HTTPError
from .process import Process

#: The wait before what the process that is copied had no room for is sent again.
_AGAIN: Final = 0.05


class Nursery:
    """Starts the workers of a server.

    Args:
        module: The module that they run.
        setup: What they are told as they begin.
    """

    def __init__(self, module: str, setup: Mapping[str, object]) -> None:
        self._module = module
        self._setup = setup
        self._original: _Original | None = None
        self._starting = asyncio.Lock()

    async def worker(self) -> Process:
        """Start a worker, and wait until it is ready; raises `HTTPError` where it cannot be."""
        if not copies.AVAILABLE:
            return await start(self._module, self._setup)
        async with self._starting:
            if self._original is None or not self._original.running:
                await self.close()
                self._original = await _Original.start(self._module, self._setup)
        return await self._original.copy()

    async def close(self) -> None:
        """End the process that is copied."""
        if self._original is not None:
            await self._original.close()


class _Original:
    """The process that is copied, as its server sees it."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._copies: dict[int, _Copy] = {}
        self._number = 0
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        loop.add_reader(control, self._told)
        self.running = True

    @classmethod
    async def start(cls, module: str, setup: Mapping[str, object]) -> _Original:
        """Start it; raises `HTTPError` where the graph cannot be opened."""
        # Each message is sent and read as one.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command(module, {**setup, "copied": True}),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, **ENVIRONMENT},
            )
        original = cls(process, ours)
        try:
            await original.ready
        except BaseException:
            await original.close()
            raise
        return original

    async def copy(self) -> Process:
        """Make a copy; raises `HTTPError` where it ends before it is ready."""
        self._number += 1
        copy = self._copies[self._number] = _Copy(self, self._number)
        ours, theirs = socket.socketpair()
        errors, last_words = os.pipe()
        try:
            message = copies.message(copies.COPY, self._number)
            socket.send_fds(self._control, [message], [theirs.fileno(), last_words])
        except OSError:
            self._copies.pop(self._number, None)
            ours.close()
            os.close(errors)
            raise HTTPError.unopened() from None
        finally:
            theirs.close()
            os.close(last_words)
        return await Process.copied(copy, ours, errors)

    def send(self, kind: bytes, number: int) -> None:
        """Have something done with a copy."""
        try:
            self._control.send(copies.message(kind, number))
        except BlockingIOError:
            asyncio.get_running_loop().call_later(_AGAIN, self.send, kind, number)
        except OSError:
            pass  # it has ended, and its copies with it

    def _told(self) -> None:
        try:
            told = self._control.recv(copies.MESSAGE.size)
        except BlockingIOError:
            return
        except OSError:
            told = b""
        if not told:
            self._end()
            return
        kind, number, code = copies.MESSAGE.unpack(told)
        if kind == copies.READY and not self.ready.done():
            self.ready.set_result(None)
        elif kind == copies.ENDED:
            self._copies.pop(number).end(code)

    def _end(self) -> None:
        """See that it has ended; its copies end with it."""
        if not self.running:
            return
        self.running = False
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        for copy in self._copies.values():
            copy.end(-signal.SIGKILL)
        self._copies.clear()
        if not self.ready.done():
            self.ready.set_exception(HTTPError.unopened())

    async def close(self) -> None:
        """Have it end."""
        self._end()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class _Copy:
    """A copy, as `Process` knows one."""

    def __init__(self, original: _Original, number: int) -> None:
        self._original = original
        self._number = number
        self.returncode: int | None = None
        self._ended = asyncio.Event()

    def end(self, code: int) -> None:
        """Take note that it has ended."""
        self.returncode = code
        self._ended.set()

    async def wait(self) -> int:
        """Wait until it has ended, and give its exit code."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    def kill(self) -> None:
        """End it at once."""
        self._original.send(copies.KILL, self._number)

    def make_way(self) -> None:
        """Let others go before it where the processor is wanted."""
        self._original.send(copies.YIELD, self._number)
