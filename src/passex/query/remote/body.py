"""The body of an answer, read as it comes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import httpx

from ...errors import EndpointError
from . import failures
from .unpacking import DamagedError, unpacked


class Body:
    """The body of an answer as a file, which remembers how it began and ended.

    Attributes:
        start: Its first bytes.
        end: The last ones that were read.
        size: How many were read.
        ended: Whether its end was reached.
        broken: What ended it before its end.

    Args:
        response: What came.
        where: The endpoint, for messages.
        seconds: How long nothing may come.
        change: What is replaced in it, and by what.
    """

    def __init__(
        self,
        response: httpx.Response,
        where: str,
        seconds: float,
        change: tuple[bytes, bytes] | None = None,
    ) -> None:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        chunks = unpacked(response.iter_raw(), encoding)
        self._chunks = chunks if change is None else replaced(chunks, *change)
        self._where = where
        self._seconds = seconds
        self._rest = b""
        self.start = b""
        self.end = b""
        self.size = 0
        self.ended = False
        self.broken: EndpointError | None = None

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes; nothing at the end."""
        while not self._rest:
            try:
                self._rest = next(self._chunks)
            except StopIteration:
                self.ended = True
                return b""
            except (httpx.HTTPError, OSError, DamagedError) as error:
                self.broken = failures.connection(self._where, error, self._seconds)
                raise self.broken from error
            if len(self.start) < failures.HEAD:
                self.start += self._rest[: failures.HEAD - len(self.start)]
            self.end = (self.end + self._rest)[-200:]
            self.size += len(self._rest)
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken

    def drain(self) -> None:
        """Read to the end, to know that there is one."""
        while self.read():
            pass

    def last(self, begun: bool) -> str:
        """Give what a server says instead of results, or in the middle of them."""
        with contextlib.suppress(EndpointError):
            for _ in range(100):
                self.read()
        if not begun:
            return failures.said(self.start) or "it is empty"
        line = self.end.decode("utf-8", "replace").rstrip().rpartition("\n")[2]
        shown = f"{'…' if len(line) > 60 else ''}{failures.printable(line[-60:])}"
        return f"its {self.size} bytes end with '{shown}'"


def replaced(chunks: Iterator[bytes], old: bytes, new: bytes) -> Iterator[bytes]:
    """Replace what stands in a stream, also where it stands across two chunks.

    Args:
        chunks: The stream.
        old: What is replaced.
        new: What comes in its place.

    Yields:
        The stream, in other chunks.

    Example:
        >>> b"".join(replaced(iter([b"-a", b"b-", b"a"]), b"ab", b"c"))
        b'-c-a'
    """
    rest = b""
    for chunk in chunks:
        rest = (rest + chunk).replace(old, new)
        # What can be the beginning of it waits for the next chunk.
        kept = next((n for n in range(len(old) - 1, 0, -1) if rest.endswith(old[:n])), 0)
        if len(rest) > kept:
            yield rest[: len(rest) - kept]
        rest = rest[len(rest) - kept :]
    if rest:
        yield rest
