from __future__ import annotations

import gzip
import time
import zlib

import pytest

from passex.web.errors import HTTPError
from passex.web.request import unpack

FOREVER = float("inf")


@pytest.mark.parametrize("size", [0, 1, (1 << 16) - 1, 1 << 16, 300_000])
def test_members_of_any_length_are_put_together(size: int) -> None:
    # What cannot be packed, so that a member is longer than a piece, and ends anywhere in one.
    text = b"".join(zlib.crc32(bytes([n % 251, n % 241])).to_bytes(4, "big") for n in range(size))
    body = gzip.compress(text, 1) + gzip.compress(b"x") + gzip.compress(text, 0)
    whole = text + b"x" + text
    assert unpack(body, len(whole), FOREVER) == whole
    with pytest.raises(HTTPError) as too_long:
        unpack(body, len(whole) - 1, FOREVER)
    assert too_long.value.status == 413


def test_unpacking_goes_through_the_body_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[int] = []
    begin = zlib.decompressobj

    class Counting:
        def __init__(self, bits: int) -> None:
            self.inner = begin(bits)

        def decompress(self, data: bytes, most: int) -> bytes:
            fed.append(len(data))
            return self.inner.decompress(data, most)

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    body = gzip.compress(b"") * 15 + gzip.compress(bytes(4_000_000), 0)
    assert len(unpack(body, 4_000_000, FOREVER)) == 4_000_000
    assert sum(fed) < len(body) + 16 * 65_536


def test_unpacking_has_its_time() -> None:
    with pytest.raises(HTTPError, match="longer than this server gives") as late:
        unpack(gzip.compress(b"ASK {}"), 100, time.monotonic() - 1)
    assert late.value.status == 503
