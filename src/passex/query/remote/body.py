"""The body of an answer, unpacked and read as it comes.

httpx's own decoders unpack what came at once, however much it holds, stop without a word after the
first member of a gzip file, and take a body that was cut for a whole one: so bodies are unpacked
here.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from typing import Final

import httpx

from ...errors import EndpointError
from ...text.wording import say
from . import failures

#: What a client that reads with this can say it understands.
ENCODINGS: Final = "gzip, deflate"
#: In bytes: at most so much is unpacked at once, since a small body may hold very much.
_STEP: Final = 1 << 20
#: The header of gzip or zlib is told by the bytes.
_ANY_HEADER: Final = zlib.MAX_WBITS | 32


class Body:
    """The body of an answer as a file, which remembers how it began and ended.

    Attributes:
        start: Its first bytes.
        end: The last ones of the `size` that were read.
        ended: Whether its end was reached.
        broken: What ended it before its end.

    Args:
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
            except (httpx.HTTPError, OSError) as error:
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

    def last_words(self, begun: bool) -> str:
        """Give what a server says instead of results or, where these had begun, amid them."""
        with contextlib.suppress(EndpointError):
            for _ in range(100):
                self.read()
        if not begun:
            return failures.first_words(self.start) or "it is empty"
        line = self.end.decode("utf-8", "replace").rstrip().rpartition("\n")[2]
        shown = f"{'…' if len(line) > 60 else ''}{failures.printable(line[-60:])}"
        return f"its {say(self.size, 'byte')} end with '{shown}'"


def unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Unpack a body by its ``Content-Encoding`` (RFC 9110, section 8.4.1).

    Yields:
        What it holds, in pieces of a bounded size.

    Raises:
        httpx.DecodingError: It cannot be unpacked, or not to its end.

    Example:
        >>> b"".join(unpacked(iter([zlib.compress(b"a" * 9)]), "deflate"))
        b'aaaaaaaaa'
    """
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise httpx.DecodingError(f"'{encoding}' is not what was asked for")
    reader = zlib.decompressobj(_ANY_HEADER)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if reader.eof:  # gzip may have several members
                reader = zlib.decompressobj(_ANY_HEADER)
            try:
                yield reader.decompress(rest, _STEP)
            except zlib.error as error:
                if begun or encoding != "deflate":
                    raise httpx.DecodingError(str(error)) from None
                # Some servers leave out the header of zlib.
                reader = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            finally:
                begun = True
            rest = reader.unconsumed_tail or reader.unused_data
    if begun and not reader.eof:
        raise httpx.DecodingError("it ends before its end")


def replaced(chunks: Iterator[bytes], old: bytes, new: bytes) -> Iterator[bytes]:
    """Replace a text in a stream, also where it reaches from one chunk into the next.

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
