"""Files of N-Quads are put into a graph on the disk, a few parts of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from .pooled import results

#: So many bytes are written at a time, some hundred thousand triples, of one file or more: the
#: engine takes up to seven times the memory, and merges what it took with much of what it has.
_LENGTH: Final = 1 << 26
#: So many parts are. The quicker they come, the more of them the engine merges in one go.
_AT_ONCE: Final = 2


def unite(engine: ox.Store, paths: Iterable[Path]) -> None:
    """Add what files hold, and remove each.

    Args:
        engine: The graph.
        paths: Files of N-Quads. Blank nodes keep their names.

    Raises:
        OSError: A file cannot be read, or the engine cannot write.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in results(pool, _add, ((engine, part) for part in _parts(paths)), _AT_ONCE):
            pass


def _parts(paths: Iterable[Path]) -> Iterator[bytes]:
    """Read files one after the other, whole lines, and remove each."""
    part = b""
    for path in paths:
        with path.open("rb") as file:
            while text := file.read(_LENGTH - len(part)):
                part = b"".join((part, text, file.readline()))
                del text  # so that it isn't held while the part is written
                if len(part) >= _LENGTH:
                    yield part
                    part = b""
        path.unlink()
    if part:
        yield part


def _add(engine: ox.Store, part: bytes) -> None:
    if b"_:" in part:  # the engine's own way gives blank nodes new names
        engine.bulk_extend(ox.parse(part, ox.RdfFormat.N_QUADS, lenient=True))
    else:
        engine.bulk_load(part, ox.RdfFormat.N_QUADS, lenient=True)
