"""Files of N-Quads are put into a graph on the disk, a few parts of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Final

import pyoxigraph as ox

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
        waiting: set[Future[None]] = set()
        for part in _parts(paths):
            waiting.add(pool.submit(_add, engine, part))
            del part  # so that it isn't held until there is another
            if len(waiting) == _AT_ONCE:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in waiting:
            future.result()


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
