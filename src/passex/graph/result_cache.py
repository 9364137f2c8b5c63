"""A cache of short results, by the content of what they follow from.

A text lies in a file that is named by the checksum of what it follows from, and holds that too: two
that share a checksum are never taken for one another, and a file that is damaged is never believed.
To remember is a convenience: where it cannot be done, the work is done again.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

#: In seconds: what was used so lately may still be in use.
IN_USE: Final = 600
TEMPORARY: Final = ".tmp"
#: Once more texts of a kind are there, half as many stay; the ones not used for longest go.
_KEPT: Final = 400


def folder() -> Path:
    """Find the folder of the cache.

    Returns:
        ``PASSEX_CACHE_DIR``, or ``passex`` in ``XDG_CACHE_HOME`` or in ``~/.cache`` (XDG Base
        Directory Specification 0.8).
    """
    own = os.environ.get("PASSEX_CACHE_DIR")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "passex"


def get(place: Path, cause: str, ending: str) -> str | None:
    """Get a result.

    Args:
        place: The folder of the cache.
        cause: All that the text follows from.
        ending: The ending of the files of its kind.

    Returns:
        The text; None where there is none that can be trusted.
    """
    path = _path(place, cause, ending)
    with contextlib.suppress(OSError, ValueError):
        head, _, rest = path.read_bytes().decode().partition("\n")
        check, _, length = head.partition(" ")
        if check == _check(rest) and rest[: int(length)] == cause:
            os.utime(path)
            return rest[int(length) :]
    return None


def put(place: Path, cause: str, ending: str, text: str, most: int | None = None) -> None:
    """Put a result into the cache, whole or not at all.

    Args:
        place: The folder of the cache; it is made where it is not there.
        cause: All that the text follows from.
        ending: The ending of the files of its kind.
        most: How many there may be of its kind; as many as of most kinds without it.

    Example:
        >>> import tempfile
        >>> place = Path(tempfile.mkdtemp())
        >>> put(place, "2 + 2", ".sum", "4")
        >>> get(place, "2 + 2", ".sum"), get(place, "2 + 3", ".sum")
        ('4', None)
    """
    rest = cause + text
    path = _path(place, cause, ending)
    # Not by tempfile, which takes longer to import than all of this.
    temporary = path.with_name(f"{path.name}-{os.getpid()}{TEMPORARY}")
    with contextlib.suppress(OSError, UnicodeError):
        body = f"{_check(rest)} {len(cause)}\n{rest}".encode()
        place.mkdir(parents=True, exist_ok=True)
        try:
            # What a graph says may be for its owner's eyes alone.
            # Windows alone has text files, and writes line ends of its own into them.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            handle = os.open(temporary, flags, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
        listed = [path for path in place.iterdir() if path.suffix == ending]
        most = _KEPT if most is None else most
        if len(listed) > most:
            for path in oldest(listed, most // 2, IN_USE):
                path.unlink(missing_ok=True)


def oldest(paths: Iterable[Path], keep: int, age: float) -> list[Path]:
    """Choose what can go: what was not used for longest.

    Args:
        paths: Files and folders.
        keep: How many stay.
        age: In seconds: what was used since stays, too.

    Returns:
        Those that can go.
    """

    def used(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0  # another process was quicker

    found = {path: used(path) for path in paths}
    ranked = sorted(found, key=lambda path: found[path], reverse=True)
    limit = time.time() - age
    return [path for path in ranked[keep:] if found[path] < limit]


def _path(place: Path, cause: str, ending: str) -> Path:
    return place / f"{zlib.crc32(cause.encode()):08x}{ending}"


def _check(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
