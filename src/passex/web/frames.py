"""Frames: what a server process and its workers say to each other, over pipes.

A frame is a letter, the length of the rest as four bytes, and the rest. A request is one JSON frame
(``Q``). An answer begins with ``W`` (the whole answer) or ``P`` (its first part): two bytes with
the length of a JSON head, the head, and bytes of the body. After ``P`` come ``C`` frames with more
of the body, and then ``E`` where it is complete, or ``X`` where it broke off.

The head of an answer has ``status``, ``type``, and ``gzip`` where it is compressed. That of an
error has ``status`` and ``headers``, and its body is a JSON list of message and hint.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ..text.wording import say
from .errors import HTTPError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

REQUEST: Final = b"Q"
WHOLE: Final = b"W"
PART: Final = b"P"
CHUNK: Final = b"C"
END: Final = b"E"
BROKEN: Final = b"X"

PREFIX: Final = struct.Struct(">cI")
HEAD: Final = struct.Struct(">H")
#: As much is gathered before it is sent. A smaller answer goes in one piece.
SIZE: Final = 1 << 16
#: An answer of fewer bytes is not worth compressing.
_WORTH: Final = 512
#: If the server is gone and cannot end a worker, the worker ends itself this much later.
_GRACE: Final = 5.0
#: PR_SET_PDEATHSIG of Linux's prctl: the signal that a process gets when its parent ends.
_PDEATHSIG: Final = 1

Request = Mapping[str, Any]


def pack(kind: bytes, payload: bytes | bytearray) -> bytes:
    """Make a frame."""
    return PREFIX.pack(kind, len(payload)) + payload


def pack_answer(kind: bytes, head: Mapping[str, object], body: bytes | bytearray) -> bytes:
    """Make the first frame of an answer."""
    text = json.dumps(head).encode()
    return PREFIX.pack(kind, HEAD.size + len(text) + len(body)) + HEAD.pack(len(text)) + text + body


def pack_error(error: HTTPError) -> bytes:
    """Make an answer of an error."""
    head = {"status": error.status, "headers": error.headers}
    return pack_answer(WHOLE, head, json.dumps([error.message, error.hint]).encode())


def unpack_answer(payload: bytes) -> tuple[Mapping[str, Any], bytes]:
    """Take the first frame of an answer, without its prefix, apart: its head and its body.

    Example:
        >>> unpack_answer(pack_answer(WHOLE, {"status": 200}, b"true")[PREFIX.size:])
        (mappingproxy({'status': 200}), b'true')
    """
    (length,) = HEAD.unpack_from(payload)
    start = HEAD.size + length
    return _head(payload[HEAD.size : start]), payload[start:]


@lru_cache(maxsize=256)
def _head(text: bytes) -> Mapping[str, Any]:
    # There are few of them, and reading one takes longer than to know it.
    head: dict[str, Any] = json.loads(text)
    return MappingProxyType(head)


def _request() -> bytes:
    """Read the payload of a frame; nothing where the pipe was closed."""
    prefix = sys.stdin.buffer.read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return b""
    _, length = PREFIX.unpack(prefix)
    payload = sys.stdin.buffer.read(length)
    return payload if len(payload) == length else b""


class HeadSent(Exception):
    """The head of an answer has been sent, and the request was for the head alone."""


class Output(io.RawIOBase):
    """A stream that turns what is written to it into frames: buffered, compressed, and counted.

    An answer may have `limit` bytes before compression.
    """

    def __init__(self, pipe: BinaryIO, limit: int, gzip: bool, head_only: bool) -> None:
        self.head: dict[str, object] = {"status": 200}
        self.begun = False
        self._pipe = pipe
        self._limit = limit
        self._head_only = head_only
        self._zipped = zlib.compressobj(6, zlib.DEFLATED, 31) if gzip else None
        self._kept = bytearray()
        self._raw = 0

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take some of the body; raises `HTTPError` past the limit, `HeadSent` past the head."""
        size = len(memoryview(data))
        self._raw += size
        if self._raw > self._limit:
            message = (
                f"the answer is longer than {say(self._limit, 'byte')}, the limit of this server"
            )
            raise HTTPError(503, message, "ask for less of it, for example with LIMIT")
        self._kept += data
        if len(self._kept) >= SIZE:
            self._send(PART)
        return size

    def finish(self) -> None:
        """Send what is left."""
        if self.begun:
            self._send(CHUNK, last=True)
            self._pipe.write(pack(END, b""))
        else:
            if len(self._kept) < _WORTH:
                self._zipped = None
            self._send(WHOLE, last=True)
        self._pipe.flush()

    def fail(self, error: HTTPError) -> None:
        """Send an error instead of the answer, or break the answer off."""
        self._pipe.write(pack(BROKEN, str(error).encode()) if self.begun else pack_error(error))
        self._pipe.flush()

    def _send(self, kind: bytes, last: bool = False) -> None:
        body = bytes(self._kept)
        self._kept.clear()
        if self._zipped is not None:
            body = self._zipped.compress(body) + (self._zipped.flush() if last else b"")
            self.head["gzip"] = True
        if self.begun:
            if body:
                self._pipe.write(pack(CHUNK, body))
        else:
            self.begun = True
            kind, body = (WHOLE, b"") if self._head_only else (kind, body)
            self._pipe.write(pack_answer(kind, self.head, body))
        self._pipe.flush()
        if self._head_only and not last:
            raise HeadSent


def end_with_parent(parent: int) -> None:
    """Let this process end with the one that started it, whatever it is doing (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)  # it was quicker


def serve(handle: Callable[[Request, Output], None], pipe: BinaryIO) -> None:
    """Say that a process is ready, and its number; answer requests until their pipe is closed."""
    pipe.write(pack(END, str(os.getpid()).encode()))
    pipe.flush()
    while payload := _request():
        request = json.loads(payload)
        output = Output(pipe, request["limit"], request["gzip"], request["head"])
        _alarm(request["seconds"] + _GRACE)
        try:
            handle(request, output)
            output.finish()
        except HeadSent:
            pass
        except Exception as error:  # a client gets no traceback
            output.fail(HTTPError.of(error))
        _alarm(0)


def _alarm(seconds: float) -> None:
    # Nobody handles the signal: it ends the process, whatever the engine is doing.
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(size: int) -> None:
    """Let this process have so many bytes more than it has now, where the system can do that.

    Args:
        size: How many; 0 leaves it as it is.
    """
    if not size or sys.platform == "win32":
        return
    import resource as limits

    with contextlib.suppress(OSError, ValueError):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * limits.getpagesize()
        _, most = limits.getrlimit(limits.RLIMIT_AS)
        limits.setrlimit(limits.RLIMIT_AS, (used + size, most))


@contextlib.contextmanager
def unlimited_memory() -> Iterator[None]:
    """Lift the limit that `limit_memory` has set, for a while."""
    if sys.platform == "win32":
        yield
        return
    import resource as limits

    limit, most = limits.getrlimit(limits.RLIMIT_AS)
    limits.setrlimit(limits.RLIMIT_AS, (most, most))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_AS, (limit, most))


def answer_pipe() -> BinaryIO:
    """Take the standard output for answers; what a library prints goes to the standard error."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe
