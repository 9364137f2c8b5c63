"""What names a graph in the cache: the content of everything that went into it.

To know the content of a large file takes reading it. So the name is remembered with the stamps of
the files (device, inode, size and times), as git does in its index. A file that was written in the
two seconds before is not remembered: it could be written again without a change of its times.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import dataset
from .__about__ import __version__
from .sources import Source

#: The ending of the files that remember a name.
ENDING: Final = ".key"
#: Coarser than the clock of any file system.
_RACY: Final = 2_000_000_000


def key(sources: Sequence[Source]) -> str:
    """Name the graph that some files of facts make.

    Args:
        sources: The files. One that was read already is not read again.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    return _digest([own_key(), *(f"{source.extension} {source.hash()}" for source in sources)])


def own_key() -> str:
    """Name what of a graph comes with Passex: the versions, the ontology and the rules.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    # The rules are applied in the order of their names.
    files = [f"{path.name} {Source(path).hash()}" for path in _own_files()]
    return _digest([f"{__version__} {ox.__version__}", *files])


def _digest(lines: Sequence[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def remembered_key(sources: Sequence[Source], place: Path) -> str:
    """Name a graph as `key` does, without reading the files where they are as they were.

    Args:
        sources: The files of facts.
        place: The folder where names are remembered.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    now = time.time_ns()
    stamps = _stamps(sources)
    if not stamps:
        return key(sources)
    text = "\n".join(stamps)
    path = place / f"{zlib.crc32(text.encode()):08x}{ENDING}"
    with contextlib.suppress(OSError, ValueError):
        before, _, last = path.read_text(encoding="utf-8").rpartition("\n")
        name, _, check = last.partition(" ")
        if before == text and check == _check(text, name):
            return name
    name = key(sources)
    if all(now - int(time_) > _RACY for stamp in stamps[1:] for time_ in stamp.split()[3:5]):
        _remember(path, f"{text}\n{name} {_check(text, name)}")
    return name


def _check(text: str, name: str) -> str:
    return f"{zlib.crc32((text + name).encode()):08x}"


def _own_files() -> tuple[Path, ...]:
    return *dataset.ontology_files(), *dataset.rule_files()


def _stamps(sources: Sequence[Source]) -> list[str]:
    """Give a line for the versions and one for each file; nothing where there is no knowing."""
    files = [*map(Source, _own_files()), *sources]
    lines = [f"{__version__} {ox.__version__}"]
    for source in files:
        stamp = source.stamp()
        if not stamp:
            return []
        lines.append(f"{stamp} {source.extension} {source.path.name!a}")
    return lines


def _remember(path: Path, text: str) -> None:
    import tempfile

    # To remember is a convenience: where it cannot be done, the files are read again.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
