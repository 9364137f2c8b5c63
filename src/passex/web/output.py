"""The way of an answer out of a worker: buffered, counted, compressed on request."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from . import frames
from .errors import Refused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: As much is gathered before it is sent. A smaller answer goes in one piece.
SIZE: Final = 1 << 16
#: An answer of fewer bytes is not worth compressing.
_WORTH: Final = 512


class Enough(Exception):
    """Nobody reads on: the request was for the head alone."""


class Output(io.RawIOBase):
    """A stream that turns what is written to it into frames.

    Args:
        pipe: Where the frames go.
        limit: How many bytes an answer may have, before compression.
        gzip: Whether it is compressed.
        head_only: Whether the body is not wanted.
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
        """Take some of the body.

        Raises:
            Refused: The answer is longer than the limit.
            Enough: The head has been sent, and nothing else is wanted.
        """
        size = len(memoryview(data))
        self._raw += size
        if self._raw > self._limit:
            raise Refused(
                503,
                f"the answer is longer than {self._limit} bytes, the limit of this server; "
                "ask for less of it, for example with LIMIT",
            )
        self._kept += data
        if len(self._kept) >= SIZE:
            self._send(frames.PART)
        return size

    def finish(self) -> None:
        """Send what is left."""
        if self.begun:
            self._send(frames.CHUNK, last=True)
            self._pipe.write(frames.pack(frames.END, b""))
        else:
            if len(self._kept) < _WORTH:
                self._zipped = None
            self._send(frames.WHOLE, last=True)
        self._pipe.flush()

    def fail(self, refused: Refused) -> None:
        """Send an error instead of the answer, or break the answer off."""
        if self.begun:
            self._pipe.write(frames.pack(frames.BROKEN, refused.message.encode()))
        else:
            self.head = {"status": refused.status, "headers": refused.headers}
            self._pipe.write(frames.pack_answer(frames.WHOLE, self.head, refused.message.encode()))
        self._pipe.flush()

    def _send(self, kind: bytes, last: bool = False) -> None:
        body = bytes(self._kept)
        self._kept.clear()
        if self._zipped is not None:
            body = self._zipped.compress(body) + (self._zipped.flush() if last else b"")
            self.head["gzip"] = True
        if self.begun:
            if body:
                self._pipe.write(frames.pack(frames.CHUNK, body))
        else:
            self.begun = True
            if self._head_only:
                body = b""
                kind = frames.WHOLE
            self._pipe.write(frames.pack_answer(kind, self.head, body))
        self._pipe.flush()
        if self._head_only and not last:
            raise Enough
