"""Keys of graphs in the cache: hashes of the content of everything that went into it.

To know the content of a large file takes reading it. So the name is remembered with the stamps of
the files (device, inode, size and times), as git does in its index. A file that was written in the
two seconds before is not remembered: it could be written again without a change of its times.
"""

from __future__ import annotations

import functools
import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from . import dataset, result_cache
from .sources import Source
from .version import __version__

#: The ending of the files that remember a name.
ENDING: Final = ".key"
#: Coarser than the clock of any file system.
_RACY: Final = 2_000_000_000
#: Folders of the package that hold no modules.
_NO_CODE: Final = ("__pycache__", "data")


def key(sources: Sequence[Source], as_of: str | None = None) -> str:
    """Name the graph that some files of facts make.

    Args:
        sources: The files. One that was read already is not read again.
        as_of: The day up to which articles count, if there is one.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    files = [f"{source.extension} {source.hash()}" for source in sources]
    return _digest([own_key(), *files, *([f"as of {as_of}"] if as_of else [])])


def own_key() -> str:
    """Name what of a graph comes with Passex: versions, ontology, gazetteer and rules.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    import pyoxigraph as ox  # what is remembered is found without it

    # The rules are applied in the order of their names.
    files = [f"{path.name} {Source(path).hash()}" for path in _own_files()]
    return _digest([f"{__version__} {ox.__version__}", *files])


def _digest(lines: Sequence[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def remembered_key(sources: Sequence[Source], place: Path, as_of: str | None = None) -> str:
    """Name a graph as `key` does, without reading the files where they are as they were.

    Args:
        place: The folder where names are remembered.
        as_of: The day up to which articles count, if there is one.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    now = time.time_ns()
    stamps = _stamps(sources)
    if not stamps:
        return key(sources, as_of)
    cause = "\n".join([*stamps, as_of or ""])
    known = result_cache.get(place, cause, ENDING)
    if known is not None:
        return known
    name = key(sources, as_of)
    if all(now - int(time_) > _RACY for stamp in stamps[1:] for time_ in stamp.split()[3:5]):
        result_cache.put(place, cause, ENDING, name)
    return name


def _own_files() -> tuple[Path, ...]:
    return *dataset.ontology_files(), dataset.gazetteer_file(), *dataset.rule_files()


def _stamps(sources: Sequence[Source]) -> list[str]:
    """Give a line for the code and one for each file; nothing where there is no knowing."""
    lines = [code()]
    for source in [*map(Source, _own_files()), *sources]:
        stamp = source.stamp()
        if not stamp:
            return []
        lines.append(f"{stamp} {source.extension} {source.path.name!a}")
    return lines


@functools.cache
def code() -> str:
    """Say in a few characters what changes whenever Passex or its engine does, in a checkout too.

    Returns:
        A checksum of the names, sizes and times of their modules.
    """
    from importlib.util import find_spec

    engine = find_spec("pyoxigraph")
    assert engine is not None
    assert engine.origin is not None
    lines = [__version__, _written(os.stat(engine.origin))]
    waiting = [os.path.dirname(os.path.dirname(__file__))]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    lines.append(f"{entry.name} {_written(entry.stat())}")
                elif "." not in entry.name and entry.name not in _NO_CODE and entry.is_dir():
                    waiting.append(entry.path)
    return f"{zlib.crc32(chr(10).join(sorted(lines)).encode()):08x}"


def _written(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
