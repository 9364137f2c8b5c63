"""A worker process as its server sees it: asked, heard, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Mapping
from typing import Final, Protocol, cast

from . import copies, frames
from .errors import Crashed, HTTPError
from .replies import Answer, Rest

#: How much is kept of what a process writes on its standard error: its last words, and a backtrace.
_KEPT: Final = 1 << 16
#: What Rust and C++ say before they abort for want of memory.
_NO_MEMORY: Final = (b"memory allocation of", b"bad_alloc")


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


class Asker(Protocol):
    """Who has asked a process something, and is told what becomes of it."""

    def answered(self, answer: Answer) -> None:
        """Take the answer, or its beginning."""

    def done(self) -> None:
        """Take note that the answer has come to its end, and the process goes on."""

    def failed(self, error: HTTPError) -> None:
        """Take note that the process has ended before it answered to the end."""


class Process(asyncio.Protocol):
    """A worker process, which does one thing after the other.

    Attributes:
        asked: Who waits for an answer, in order; None is who does not want one any more.
        ended: Why the server ended it, in words for the client.
        spoilt: Whether it does, or will do, what nobody wants any more.
        brisk: Whether what it did last took no time to speak of.
    """

    def __init__(self, handle: Handle, last_words: LastWords) -> None:
        self._handle = handle
        self._last_words = last_words
        self.asked: deque[Asker | None] = deque()
        self.ended = ""
        self.spoilt = self.brisk = False
        self._read = bytearray()
        self._rest: Rest | None = None
        self._held = False
        self._clock = 0
        self._lost = False
        self._failing: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def copied(cls, handle: Handle, talk: socket.socket, errors: int) -> Process:
        """Wait until a copy of a process is ready; raises `HTTPError` where it ended instead.

        Args:
            talk: What it is asked by, and answers to.
            errors: The pipe of its standard error.
        """
        loop = asyncio.get_running_loop()
        words = LastWords()
        try:
            await loop.connect_read_pipe(lambda: words, os.fdopen(errors, "rb", 0))
            _, worker = await loop.create_unix_connection(lambda: cls(handle, words), sock=talk)
        except BaseException:  # the server ends
            talk.close()
            raise
        await worker.ready()
        return worker

    async def ready(self) -> None:
        """Wait until it can be asked; raises `HTTPError` where it ended instead."""
        try:
            await self._ready
        except BaseException:
            self._write.close()
            raise

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to speak over a socket."""
        both = cast("asyncio.Transport", transport)
        self.speak(both, both)

    def speak(self, write: asyncio.WriteTransport, read: asyncio.ReadTransport) -> None:
        """Begin to speak over two pipes."""
        self._write, self._source = write, read

    @property
    def spent(self) -> float:
        """The processor time that it has taken, in seconds; 0 where that cannot be told."""
        try:
            return time.clock_gettime(self._clock) if self._clock else 0.0
        except OSError:
            return 0.0  # it has ended

    @property
    def running(self) -> bool:
        """Whether it can be asked: it has not ended, nor been told to."""
        return not (self._lost or self.ended) and self._handle.returncode is None

    def send(self, request: Mapping[str, object], asker: Asker) -> None:
        """Ask it something, when it has done what it was asked before."""
        self.asked.append(asker)
        self._write.write(frames.pack(frames.REQUEST, json.dumps(request).encode()))

    def forget(self, asker: Asker) -> None:
        """Want no answer any more to what it was asked, if it has not answered yet."""
        if asker in self.asked:
            self.asked[self.asked.index(asker)] = None
            self.spoilt = True

    async def ask(self, request: Mapping[str, object]) -> Answer:
        """Ask it, and wait for the answer; raises `HTTPError` where it ended instead."""
        if not self.running:
            raise await self._error()
        question = _Question(asyncio.get_running_loop().create_future())
        self.send(request, question)
        return await question.answer

    def data_received(self, data: bytes) -> None:
        """Hear what it says."""
        read = self._read
        read += data
        at, end = 0, frames.PREFIX.size
        while len(read) >= end:
            kind, length = frames.PREFIX.unpack_from(read, at)
            if len(read) < end + length:
                break
            payload = bytes(memoryview(read)[end : end + length])
            at = end + length
            end = at + frames.PREFIX.size
            self._hear(kind, payload)
        del read[:at]

    def _hear(self, kind: bytes, payload: bytes) -> None:
        if not self._ready.done():
            self._begin(kind, payload)
        elif kind in (frames.WHOLE, frames.PART):
            head, body = frames.unpack_answer(payload)
            if kind == frames.PART:
                self._rest = Rest(self._hold)
            if (asker := self.asked[0]) is not None:
                asker.answered(Answer(head, body, self._rest))
            if kind == frames.WHOLE:
                self._next()
        elif kind == frames.CHUNK:
            if self._rest is not None and self.asked[0] is not None:
                self._rest.add(payload)
        else:
            self._break_off(payload.decode() if kind == frames.BROKEN else "")
            self._next()

    def _begin(self, kind: bytes, payload: bytes) -> None:
        if kind == frames.WHOLE and (error := Answer(*frames.unpack_answer(payload)).error):
            self._ready.set_exception(error)
            return
        if copies.AVAILABLE and payload.isdigit():
            self._clock = (~int(payload) << 3) | 2  # clock_getcpuclockid of Linux
        self._ready.set_result(None)

    def _next(self) -> None:
        if (asker := self.asked.popleft()) is not None:
            asker.done()

    def _break_off(self, why: str = "") -> None:
        rest, self._rest = self._rest, None
        if rest is not None:
            rest.end(why)

    def _hold(self, held: bool) -> None:
        if held != self._held and not self._lost and not (held and self.ended):
            self._held = held
            (self._source.pause_reading if held else self._source.resume_reading)()

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note that it has ended, and tell who waits for it why."""
        self._lost = True
        if not self._ready.done():
            self._ready.set_exception(HTTPError.unopened())
        self._break_off(self.ended or "its process ended")
        if self.asked:
            self._failing = asyncio.ensure_future(self._fail())

    async def _fail(self) -> None:
        error = await self._error()
        while self.asked:
            if (asker := self.asked.popleft()) is not None:
                asker.failed(error)

    async def _error(self) -> HTTPError:
        code = await self._handle.wait()
        if self.ended:
            return HTTPError(503, self.ended)
        if code == -signal.SIGABRT:
            words = await self._last_words.all
            if any(sign in words for sign in _NO_MEMORY):
                # The engine does not survive that it gets no memory.
                return HTTPError.no_memory()
            return Crashed()
        if code == -signal.SIGSEGV:
            # Nor that a query takes more of the stack than there is.
            return HTTPError(400, "the query is nested too deeply, or too long, for the engine")
        return HTTPError(500, "the process that ran the query failed")

    def kill(self, why: str = "") -> None:
        """End the process at once, and say why to its client."""
        self.ended = self.ended or why
        self._hold(False)  # else nobody would hear that it has ended
        with contextlib.suppress(ProcessLookupError):
            self._handle.kill()

    def make_way(self) -> None:
        """Let others go before it where the processor is wanted."""
        self._handle.make_way()

    async def close(self, seconds: float = 2.0) -> None:
        """Let the process end by itself, or end it when it does not."""
        self._write.close()
        try:
            await asyncio.wait_for(self._handle.wait(), seconds)
        except asyncio.TimeoutError:
            self.kill()
            await self._handle.wait()
        # A copy may outlive by a moment the process that it is of, with which its end is told.
        await asyncio.wait({self._last_words.all}, timeout=seconds)


class _Question:
    """An `Asker` that waits for its answer."""

    def __init__(self, answer: asyncio.Future[Answer]) -> None:
        self.answer = answer

    def answered(self, answer: Answer) -> None:
        """Give the answer."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def done(self) -> None:
        """Do nothing more."""

    def failed(self, error: HTTPError) -> None:
        """Say that there is none."""
        if not self.answer.done():
            self.answer.set_exception(error)


class LastWords(asyncio.Protocol):
    """What a process writes on its standard error, the last of it.

    Attributes:
        all: All that is kept, when the process has ended.
    """

    def __init__(self) -> None:
        self._last = b""
        self.all: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        """Take more of it."""
        self._last = (self._last + data)[-_KEPT:]

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note that this was all."""
        if not self.all.done():
            self.all.set_result(self._last)
