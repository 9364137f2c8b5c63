"""Bodies that are compressed: unpacked as they come, and known to be whole or not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

#: What a client that reads with this can say it understands.
ENCODINGS: Final = "gzip, deflate"
#: At most so much is unpacked at once: a small body may hold very much.
_STEP: Final = 1 << 20


class DamagedError(Exception):
    """A body that is not compressed as it says, or that ends before its end."""


def unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Unpack a body (RFC 9110, section 8.4.1).

    Args:
        chunks: The body as it comes.
        encoding: Its ``Content-Encoding``.

    Yields:
        What it holds, in pieces of a bounded size.

    Raises:
        DamagedError: It cannot be unpacked, or not to its end.

    Example:
        >>> b"".join(unpacked(iter([zlib.compress(b"a" * 9)]), "deflate"))
        b'aaaaaaaaa'
    """
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise DamagedError(f"'{encoding}' is not what was asked for")
    # The header of gzip or zlib is told by the bytes.
    reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if reader.eof:  # gzip may have several members
                reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
            try:
                yield reader.decompress(rest, _STEP)
            except zlib.error as error:
                if begun or encoding != "deflate":
                    raise DamagedError(str(error)) from None
                # Some servers leave out the header of zlib.
                reader = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            finally:
                begun = True
            rest = reader.unconsumed_tail or reader.unused_data
    if begun and not reader.eof:
        raise DamagedError("it ends before its end")
