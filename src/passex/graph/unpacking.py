"""Compressed files, which are unpacked as they are read."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from ..errors import EXTRA, InputError
from ..text.places import Place

_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_BZIP2: Final = re.compile(rb"BZh[1-9]")
_SKIPPED: Final = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
#: RDF shrinks to a twentieth or so. What grows to more than this, and by more than so many times,
#: was made to fill a disk.
_MUCH: Final = 1 << 28
_TIMES: Final = 500


def is_compressed(beginning: bytes) -> bool:
    r"""Tell by the first bytes of a file whether it is compressed.

    Example:
        >>> is_compressed(b"\x1f\x8b\x08\x00"), is_compressed(b"@prefix")
        (True, False)
    """
    first = beginning[:4]
    patterns = (_BZIP2, _SKIPPED)
    known = first.startswith(_GZIP) or first == _ZSTD
    return known or any(pattern.fullmatch(first) for pattern in patterns)


def unpacked(file: BinaryIO, path: Path) -> BinaryIO:
    """Unpack what is compressed with gzip, bzip2 or Zstandard, as its first bytes tell.

    Args:
        file: The file, at its beginning; it can be sought in.
        path: Its path, for errors.

    Returns:
        What is in it; the file itself where it is not compressed.

    Raises:
        InputError: It is Zstandard, which Python reads from 3.14 on, and there is no library; or,
            while it is read, it is cut short or grows without bounds.
    """
    first = file.read(4)
    file.seek(0)
    if first.startswith(_GZIP):
        import gzip

        return _bounded(gzip.GzipFile(fileobj=file), file, path)
    if _BZIP2.fullmatch(first):
        import bz2

        return _bounded(bz2.BZ2File(file), file, path)
    # Some programs begin with a frame of their own, which is to be skipped.
    if is_compressed(first):
        return _bounded(_zstd(file, path), file, path)
    return file


def _zstd(file: BinaryIO, path: Path) -> Any:
    with contextlib.suppress(ModuleNotFoundError):
        return importlib.import_module("compression.zstd").open(file, "rb")
    try:
        return _Frames(importlib.import_module("zstandard").ZstdDecompressor(), file)
    except ModuleNotFoundError as error:
        raise InputError(
            "compressed with Zstandard",
            f"unpack it, or install what reads it: {EXTRA.format('zstd')}",
            Place(str(path)),
        ) from error


class _Frames:
    """The frames of a Zstandard file; the library's own reader takes one cut short for whole."""

    def __init__(self, library: Any, file: BinaryIO) -> None:
        self._library, self._file = library, file
        self._frame = library.decompressobj()
        self._left = self._ready = b""

    def read(self, size: int) -> bytes:
        while not self._ready:
            # Little at a time: there is no saying how much comes out of it.
            chunk = self._left or self._file.read(1 << 12)
            if not chunk:
                if not self._frame.eof:
                    raise EOFError
                return b""
            if self._frame.eof:
                self._frame = self._library.decompressobj()
            self._ready = self._frame.decompress(chunk)
            self._left = self._frame.unused_data
        part, self._ready = self._ready[:size], self._ready[size:]
        return part

    def close(self) -> None:
        self._file.close()


def _bounded(inner: Any, outer: BinaryIO, path: Path) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Bounded(inner, outer, path), 1 << 18))


class _Bounded(io.RawIOBase):
    """What comes out of a compressed file, with an end to it."""

    def __init__(self, inner: Any, outer: BinaryIO, path: Path) -> None:
        self._inner, self._outer, self._path = inner, outer, path
        self._given = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._outer.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        place = Place(str(self._path))
        try:
            part: bytes = self._inner.read(len(buffer))
        except Exception as error:
            # Each library has errors of its own, and none says more than this.
            raise InputError(
                "cannot be unpacked: it is damaged or cut short", "compress it again", place
            ) from error
        buffer[: len(part)] = part
        self._given += len(part)
        if self._given > max(_MUCH, _TIMES * self._outer.tell()):
            raise InputError(
                f"unpacks to more than {_TIMES} times its size", "unpack it first", place
            )
        return len(part)
