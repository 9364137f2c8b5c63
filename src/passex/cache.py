"""The expanded graph on disk, so that a second call neither parses nor derives again.

A cache file is the whole store as N-Quads, after a first line that says what it is and has the
SHA-256 of the rest. Its name is the SHA-256 of everything that went into it: the ontology, the
rules, the facts, and the versions of Passex and of the engine. So it is never out of date; and one
that is damaged or foreign is not trusted but made anew. It can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import dataset
from .__about__ import __version__
from .errors import CacheError
from .store import Store

_MARK: Final = "# passex cache 1"
_ENDING: Final = ".nq"
#: As many graphs are kept; the ones not used for longest go first.
_KEPT: Final = 16


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


def key(files: Iterable[Path]) -> str:
    """Name the graph that some files of facts make.

    Args:
        files: The files of facts.

    Returns:
        64 hexadecimal digits.

    Raises:
        OSError: A file cannot be read.
    """
    digest = hashlib.sha256(f"{__version__}\n{ox.__version__}\n".encode())
    for path in (*dataset.ontology_files(), *dataset.rule_files(), *files):
        # The extension names the format, and the rules are applied in the order of their names.
        name = path.name if path.suffix == ".rq" else path.suffix
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def fetch(name: str, files: Sequence[Path]) -> Store | None:
    """Read a graph from the cache.

    Args:
        name: Its `key`.
        files: The files of facts.

    Returns:
        The store with its derived triples, or None where there is none that can be trusted.
    """
    path = folder() / (name + _ENDING)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        mark, _, rest = head.decode().rpartition(" ignored ")
        if mark != f"{_MARK} {hashlib.sha256(body).hexdigest()}" or not rest.isdecimal():
            return None
        engine = ox.Store()
        # It was a store before: nothing in it has to be checked again.
        engine.bulk_load(input=body, format=ox.RdfFormat.N_QUADS, lenient=True)
        with contextlib.suppress(OSError):
            os.utime(path)
    except (OSError, ValueError, SyntaxError):
        return None
    return Store(engine, tuple(files), int(rest))


def keep(name: str, store: Store) -> None:
    """Write a graph to the cache, whole or not at all.

    Args:
        name: Its `key`.
        store: The store with its derived triples.

    Raises:
        CacheError: The folder cannot be written.
    """
    import tempfile

    place = folder()
    body = store.engine.dump(format=ox.RdfFormat.N_QUADS)
    assert body is not None
    head = f"{_MARK} {hashlib.sha256(body).hexdigest()} ignored {store.ignored}\n"
    temporary = ""
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.writelines((head.encode(), body))
        # Two processes may do this at once: each puts a whole file in place of the other's.
        os.replace(temporary, place / (name + _ENDING))
        _prune(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise CacheError(
            f"{place}: the cache cannot be written ({error.strerror})",
            "set PASSEX_CACHE_DIR to a folder that can, or give --no-cache",
        ) from error


def _prune(place: Path) -> None:
    def used(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0  # another process was quicker

    for path in sorted(place.glob("*" + _ENDING), key=used, reverse=True)[_KEPT:]:
        with contextlib.suppress(OSError):
            path.unlink()
