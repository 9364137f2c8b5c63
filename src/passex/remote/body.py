"""The body of an answer, read as it comes."""

from __future__ import annotations

import contextlib

import httpx

from ..errors import EndpointError
from . import failures


class Body:
    """The body of an answer as a file, which remembers how it began and ended."""

    def __init__(self, response: httpx.Response, where: str, seconds: float) -> None:
        self._chunks = response.iter_bytes()
        self._where = where
        self._seconds = seconds
        self._rest = b""
        self.start = b""
        self.end = b""
        self.broken: EndpointError | None = None

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes; nothing at the end."""
        while not self._rest:
            try:
                self._rest = next(self._chunks)
            except StopIteration:
                return b""
            except (httpx.HTTPError, OSError) as error:
                self.broken = failures.connection(self._where, error, self._seconds)
                raise self.broken from error
            self.start = self.start or self._rest[: failures.HEAD]
            self.end = (self.end + self._rest)[-200:]
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
        return f"'{'…' if len(line) > 60 else ''}{failures.said(line[-60:].encode())}'"
