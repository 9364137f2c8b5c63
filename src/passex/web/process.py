"""A worker process as its server sees it: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from . import copies, frames
from .errors import Aborted, Crashed, HTTPError

#: How much of an answer waits here for a client that reads slowly; the rest waits in the worker.
_AHEAD: Final = 1 << 17
#: One heap, not one for each of the engine's threads: when it opens a store, it starts hundreds of
#: them, and glibc reserves 64 MiB for each heap, which count as taken.
#: The engine makes and frees many small things for each query: where glibc keeps more of them at
#: hand than the seven of a size that it does, a query takes a tenth less.
ENVIRONMENT: Final = {
    "PYTHONSAFEPATH": "1",
    "MALLOC_ARENA_MAX": "1",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=500",
}
#: How much is kept of what a process writes on its standard error: its last words, and a backtrace.
_KEPT: Final = 1 << 16
#: What Rust and C++ say before they abort for want of memory.
_NO_MEMORY: Final = (b"memory allocation of", b"bad_alloc")


@dataclass(slots=True)
class Answer:
    """The beginning of an answer: its head, as `frames` has it, and its body or a first part.

    Attributes:
        graph: The graph that was read for it, where that is known.
    """

    head: Mapping[str, Any]
    body: bytes
    whole: bool
    graph: str = ""

    @property
    def error(self) -> HTTPError | None:
        """The error that it is; None also for one that is written as the client wants it."""
        if self.head["status"] < 400 or "type" in self.head:
            return None
        message, hint = json.loads(self.body)
        return HTTPError(self.head["status"], message, hint, self.head["headers"])


class Handle(Protocol):
    """What the system lets a server do with a process."""

    @property
    def returncode(self) -> int | None:
        """Its exit code; None while it runs, and below zero where a signal ended it."""

    async def wait(self) -> int:
        """Wait until it has ended, and give its exit code."""

    def kill(self) -> None:
        """End it at once; raises `ProcessLookupError` where it has ended."""

    def make_way(self) -> None:
        """Let others go before it where the processor is wanted."""


class Process:
    """A worker process.

    Args:
        read: What it answers.
        write: What it is asked.
        errors: What it writes on its standard error.

    Attributes:
        graph: The graph that its current request reads.
        ended: Why the server ended it, in words for the client.
    """

    def __init__(
        self,
        handle: Handle,
        read: asyncio.StreamReader,
        write: asyncio.StreamWriter,
        errors: asyncio.StreamReader,
    ) -> None:
        self._handle = handle
        self.graph = ""
        self.ended = ""
        self._in = write
        self._out = read
        self._read = bytearray()
        self._clock = 0
        self._last_words = asyncio.ensure_future(_last(errors))

    @classmethod
    async def start(cls, module: str, setup: Mapping[str, object]) -> Process:
        """Start a worker and wait until it is ready; raises `HTTPError` where it ended instead."""
        # Not in the terminal's group: Ctrl-C is the server's to handle.
        process = await asyncio.create_subprocess_exec(
            *command(module, setup),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=_AHEAD,
            env={**os.environ, **ENVIRONMENT},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        worker = cls(_Child(process), process.stdout, process.stdin, process.stderr)
        await worker._begin()
        return worker

    @classmethod
    async def copied(cls, handle: Handle, talk: socket.socket, errors: int) -> Process:
        """Wait until a copy of a process is ready; raises `HTTPError` where it ended instead.

        Args:
            talk: What it is asked by, and answers to.
            errors: The pipe of its standard error.
        """
        read, write = await asyncio.open_unix_connection(sock=talk, limit=_AHEAD)
        words = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(words), os.fdopen(errors, "rb", 0)
        )
        worker = cls(handle, read, write, words)
        await worker._begin()
        return worker

    async def _begin(self) -> None:
        try:
            kind, payload = await self._frame()
        except Aborted:
            self._in.close()
            raise HTTPError.unopened() from None
        except asyncio.CancelledError:
            self._in.close()
            raise
        if kind == frames.WHOLE and (error := Answer(*frames.unpack_answer(payload), True).error):
            raise error
        if copies.AVAILABLE and payload.isdigit():
            self._clock = (~int(payload) << 3) | 2  # clock_getcpuclockid of Linux

    @property
    def spent(self) -> float:
        """The processor time that it has taken, in seconds; 0 where that cannot be told."""
        try:
            return time.clock_gettime(self._clock) if self._clock else 0.0
        except OSError:
            return 0.0  # it has ended

    async def ask(self, request: Mapping[str, object]) -> Answer:
        """Begin to read the answer to a request; raises `HTTPError` where the process ended."""
        try:
            self._in.write(frames.pack(frames.REQUEST, json.dumps(request).encode()))
            kind, payload = await self._frame()
        except (Aborted, ConnectionError):
            raise await self._end() from None
        head, body = frames.unpack_answer(payload)
        return Answer(head, body, kind == frames.WHOLE)

    async def rest(self) -> AsyncIterator[bytes]:
        """Read the rest of an answer; raises `Aborted` where it broke off."""
        while True:
            kind, payload = await self._frame()
            if kind == frames.END:
                return
            if kind == frames.BROKEN:
                raise Aborted(payload.decode())
            yield payload

    async def _frame(self) -> tuple[bytes, bytes]:
        # A small answer is read in one go.
        end = frames.PREFIX.size
        while True:
            if len(self._read) >= end:
                kind, length = frames.PREFIX.unpack_from(self._read)
                end = frames.PREFIX.size + length
                if len(self._read) >= end:
                    payload = bytes(self._read[frames.PREFIX.size : end])
                    del self._read[:end]
                    return kind, payload
            try:
                more = await self._out.read(_AHEAD)
            except ConnectionError:
                more = b""
            if not more:
                raise Aborted(self.ended or "its process ended")
            self._read += more

    async def _end(self) -> HTTPError:
        code = await self._handle.wait()
        if self.ended:
            return HTTPError(503, self.ended)
        if code == -signal.SIGABRT:
            words = await self._last_words
            if any(sign in words for sign in _NO_MEMORY):
                # The engine does not survive that it gets no memory.
                return HTTPError.no_memory()
            return Crashed()
        if code == -signal.SIGSEGV:
            # Nor that a query takes more of the stack than there is.
            return HTTPError(400, "the query is nested too deeply, or too long, for the engine")
        return HTTPError(500, "the process that ran the query failed")

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._handle.returncode is None

    def kill(self, why: str = "") -> None:
        """End the process at once, and say why to its client."""
        self.ended = self.ended or why
        with contextlib.suppress(ProcessLookupError):
            self._handle.kill()

    def make_way(self) -> None:
        """Let others go before it where the processor is wanted."""
        self._handle.make_way()

    async def close(self, seconds: float = 2.0) -> None:
        """Let the process end by itself, or end it when it does not."""
        self._in.close()
        try:
            await asyncio.wait_for(self._handle.wait(), seconds)
        except asyncio.TimeoutError:
            self.kill()
            await self._handle.wait()


class _Child:
    """A process that the server has started itself."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        """Its exit code."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait until it has ended."""
        return await self._process.wait()

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def make_way(self) -> None:
        """Let others go before it."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, copies.NICE)


def command(module: str, setup: Mapping[str, object]) -> list[str]:
    """Give the command that runs a module as a process of this server's."""
    return [sys.executable, "-m", module, json.dumps({**setup, "parent": os.getpid()})]


async def _last(stream: asyncio.StreamReader) -> bytes:
    """Read a stream to its end and give its last bytes."""
    last = b""
    while more := await stream.read(_KEPT):
        last = (last + more)[-_KEPT:]
    return last
