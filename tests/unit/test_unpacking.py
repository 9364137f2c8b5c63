"""Zstandard, by the library of Python 3.14 where it is there, else by a package, else not."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest
import zstandard

from passex.errors import InputError
from passex.graph.unpacking import unpacked

TEXT = b"<urn:a> <urn:p> <urn:b> .\n" * 10_000
PACKED = zstandard.compress(TEXT[:100]) + zstandard.compress(TEXT[100:])
#: A frame of a program's own, as pzstd begins with.
SKIPPED = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"mine"
PATH = Path("a.ttl.zst")


class ZstdError(Exception):
    """As `compression.zstd` has it."""


class ZstdFile(io.RawIOBase):
    """A file of `compression.zstd`: several frames one after the other, its errors, its close."""

    opened: list[tuple[object, str]]

    def __init__(self, file: BinaryIO, mode: str) -> None:
        self.opened.append((file, mode))
        self._file, self._frame = file, zstandard.ZstdDecompressor().decompressobj()
        self._left = self._ready = b""

    def read(self, size: int | None = -1) -> bytes:
        while not self._ready:
            chunk = self._left or self._file.read(1 << 10)
            if not chunk:
                if not self._frame.eof:
                    raise EOFError("Compressed file ended before the end-of-stream marker")
                return b""
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            try:
                self._ready = self._frame.decompress(chunk)
            except zstandard.ZstdError as error:
                raise ZstdError("Unable to decompress Zstandard data") from error
            self._left = self._frame.unused_data
        part, self._ready = self._ready[:size], self._ready[size:]
        return part


@pytest.fixture(params=["standard library", "package"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One of the two libraries, with the other out of reach."""
    ZstdFile.opened = []
    if request.param == "package":
        monkeypatch.setitem(sys.modules, "compression.zstd", None)
        return zstandard
    package, module = ModuleType("compression"), ModuleType("compression.zstd")
    module.open = ZstdFile  # type: ignore[attr-defined]
    package.zstd = module  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "compression", package)
    monkeypatch.setitem(sys.modules, "compression.zstd", module)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    return module


@pytest.mark.parametrize("packed", [PACKED, SKIPPED + PACKED], ids=["frames", "one to skip"])
def test_all_frames_are_read_and_the_file_is_closed(library: Any, packed: bytes) -> None:
    file = io.BytesIO(packed)
    with unpacked(file, PATH) as opened:
        assert opened.read() == TEXT
    assert file.closed
    assert ZstdFile.opened == ([] if library is zstandard else [(file, "rb")])


@pytest.mark.parametrize(
    "packed",
    [PACKED[:-9], zstandard.compress(TEXT)[:-1], PACKED[:4], PACKED + b"rubbish"],
    ids=["second frame cut", "first frame cut", "its magic alone", "rubbish behind"],
)
def test_what_is_cut_short_or_damaged_is_said(library: Any, packed: bytes) -> None:
    opened = unpacked(io.BytesIO(packed), PATH)
    with pytest.raises(
        InputError, match=r"a\.ttl\.zst: cannot be unpacked: .* cut short"
    ) as caught:
        opened.read()
    assert caught.value.hint == "compress it again"


def test_a_bomb_ends(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passex.graph.unpacking._MUCH", 1 << 16)
    opened = unpacked(io.BytesIO(zstandard.compress(bytes(1 << 24))), PATH)
    with pytest.raises(InputError, match="unpacks to more than 500 times its size"):
        opened.read()


def test_without_either_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression.zstd", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match="compressed with Zstandard") as caught:
        unpacked(io.BytesIO(PACKED), PATH)
    assert caught.value.hint == (
        "unpack it, or install what reads it: "
        "pip install --editable '.[zstd]' in a checkout of Passex"
    )
