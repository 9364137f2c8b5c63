"""A worker process as its server sees it: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from . import frames
from .errors import Aborted, Crashed, HTTPError

#: How much of an answer waits here for a client that reads slowly; the rest waits in the worker.
_AHEAD: Final = 1 << 17
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


class Process:
    """A worker process.

    Attributes:
        graph: The graph that its current request reads.
        ended: Why the server ended it, in words for the client.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.graph = ""
        self.ended = ""
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._in = process.stdin
        self._out = process.stdout
        self._read = bytearray()
        self._last_words = asyncio.ensure_future(_last(process.stderr))

    @classmethod
    async def start(cls, module: str, setup: Mapping[str, object]) -> Process:
        """Start a worker and wait until it is ready; raises `HTTPError` where it ended instead."""
        # Not in the terminal's group: Ctrl-C is the server's to handle.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            json.dumps({**setup, "parent": os.getpid()}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=_AHEAD,
            # One heap, not one for each of the engine's threads: when it opens a store, it starts
            # hundreds of them, and glibc reserves 64 MiB for each heap, which count as taken.
            env={**os.environ, "PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"},
        )
        worker = cls(process)
        try:
            kind, payload = await worker._frame()
        except Aborted:
            raise HTTPError(503, "the graph cannot be opened", "try again later") from None
        if kind == frames.WHOLE and (error := Answer(*frames.unpack_answer(payload), True).error):
            raise error
        return worker

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
        code = await self._process.wait()
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
    def pid(self) -> int:
        """The number that the system knows it by."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.returncode is None

    def kill(self, why: str = "") -> None:
        """End the process at once, and say why to its client."""
        self.ended = self.ended or why
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def close(self, seconds: float = 2.0) -> None:
        """Let the process end by itself, or end it when it does not."""
        self._in.close()
        try:
            await asyncio.wait_for(self._process.wait(), seconds)
        except asyncio.TimeoutError:
            self.kill()
            await self._process.wait()


async def _last(stream: asyncio.StreamReader) -> bytes:
    """Read a stream to its end and give its last bytes."""
    last = b""
    while more := await stream.read(_KEPT):
        last = (last + more)[-_KEPT:]
    return last
