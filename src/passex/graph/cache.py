"""The expanded graph on disk, so that a second call neither parses nor derives again.

An entry is named by its `cache_keys.key`: by the content of everything that went into it. So it is
never out of date; and one that is damaged or foreign is not trusted but made anew.

A small graph is a file of N-Quads, which is read in less time than the engine takes to open a
store on disk. A large one is such a store (RocksDB), opened without reading it. Its manifest has
size, times and inode of each of its files as they were when it was written, and whoever writes to
one of them changes its times. A store that is made of another shares its tables with it, as hard
links, since the engine writes each once and never again. What rots on the disk meanwhile, the
engine's own checksum of each block finds, and `is_damage` tells that error from others. The whole
cache can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import CacheError
from . import cache_keys, given
from .result_cache import IN_USE, TEMPORARY, folder, oldest
from .store import Store, restore

_MARK: Final = "# passex cache 5"
_SMALL: Final = ".nq"
_LARGE: Final = ".store"
_MANIFEST: Final = "passex"
#: The files of a store that are written once.
_TABLE: Final = ".sst"
#: From so many quads on, a store on disk is opened sooner than N-Quads are read.
_MANY: Final = 20_000
#: As many graphs are kept; the ones not used for longest go first.
_KEPT: Final = 16
#: In seconds: a temporary file this old was left by a process that is no more.
_STALE: Final = 86_400


def fetch(name: str, files: Sequence[Path]) -> Store | None:
    """Read a graph from the cache.

    Args:
        name: Its `cache_keys.key`.

    Returns:
        The store with its derived triples, or None where there is none that can be trusted.
    """
    large, small = folder() / (name + _LARGE), folder() / (name + _SMALL)
    key = ""
    # The engine has errors of its own for what is no store: RuntimeError, mostly.
    with contextlib.suppress(OSError, ValueError, SyntaxError, RuntimeError):
        if os.path.isdir(large):
            body = _trusted(large)
            if body is None:
                return None
            engine, key = ox.Store.read_only(str(large)), name
            os.utime(large)
        else:
            body = _unsealed(name, small.read_bytes())
            if body is None:
                return None
            engine = _restored(body)
            os.utime(small)
        return _described(engine, tuple(files), body, key)
    return None


def _restored(quads: bytes) -> ox.Store:
    engine = ox.Store()
    restore(engine, quads)
    return engine


def keep(name: str, store: Store) -> None:
    """Write a graph to the cache, whole or not at all.

    Args:
        name: Its `cache_keys.key`.
        store: The store with its derived triples.

    Raises:
        CacheError: The folder cannot be written.
    """
    import tempfile

    place = folder()
    large = is_large(store)
    temporary: Path | None = None
    try:
        place.mkdir(parents=True, exist_ok=True)
        if store.folder is not None:
            _take(name, store, place / (name + _LARGE))
            _prune(place)
            return
        if large:
            temporary = Path(tempfile.mkdtemp(dir=place, suffix=TEMPORARY))
            _write_large(name, store, temporary)
        else:
            handle, path = tempfile.mkstemp(dir=place, suffix=TEMPORARY)
            temporary = Path(path)
            with os.fdopen(handle, "wb") as file:
                body = store.engine.dump(format=ox.RdfFormat.N_QUADS)
                assert body is not None
                file.write(_sealed(name, _description(store) + body))
        _put(temporary, place / (name + (_LARGE if large else _SMALL)))
        _prune(place)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise CacheError(
            f"{place}: the cache cannot be written ({reason})",
            "set PASSEX_CACHE_DIR to a folder that can, or give --no-cache",
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                _remove(temporary)


def is_large(store: Store) -> bool:
    """Tell whether a graph would be, or is, a store on the disk."""
    return store.folder is not None or next(islice(store.engine, _MANY, None), None) is not None


def is_damage(error: RuntimeError) -> bool:
    """Tell whether the engine complains of a store on disk.

    Args:
        error: What was raised while a graph was asked.

    Returns:
        Whether the cache is the cause.
    """
    return str(error).startswith(("Corruption: ", "IO error: "))


def _sealed(name: str, body: bytes) -> bytes:
    return f"{_MARK} {name} {zlib.crc32(body):08x}\n".encode() + body


def _unsealed(name: str, data: bytes) -> bytes | None:
    head, _, body = data.partition(b"\n")
    sound = head == f"{_MARK} {name} {zlib.crc32(body):08x}".encode()
    return body if sound else None


def _description(store: Store) -> bytes:
    """Write what a store knows beside its quads, as lines that are comments in N-Quads."""
    lines = [f"# ignored {store.ignored}"]
    lines += [f"# plain 0 {store.vocabulary}"] if store.plain else []
    lines += [f"# foreign {number} {used}" for number, used in store.foreign]
    lines += [f"# tag {small} {written}" for small, written in store.tags.items()]
    lines += [f"# variant {tag} {kept}" for tag, kept in store.variants.items()]
    return ("\n".join(lines) + "\n").encode()


def _described(engine: ox.Store, files: tuple[Path, ...], body: bytes, key: str) -> Store:
    head, _, body = body.partition(b"\n")
    foreign, tags, variants, plain, vocabulary = [], {}, {}, False, ""
    while body.startswith(b"# "):
        line, _, body = body.partition(b"\n")
        _, what, first, second = line.decode().split(" ", 3)
        if what == "tag":
            tags[first] = second
        elif what == "variant":
            variants[first] = second
        elif what == "plain":
            plain, vocabulary = True, second
        else:
            foreign.append((int(first), second))
    ignored = int(head.decode().split(" ")[2])
    made = Store(engine, files, ignored, tuple(foreign), tags, plain, variants, key=key)
    made.vocabulary = vocabulary
    return made


def _write_large(name: str, store: Store, place: Path) -> None:
    disk = ox.Store(str(place))
    disk.bulk_extend(store.engine)
    disk.optimize()  # questions of a large graph take half the time
    disk.flush()
    del disk  # closes it
    write_given(store, place)
    body = _description(store) + _listed(place)
    (place / _MANIFEST).write_bytes(_sealed(name, body))


def _take(name: str, store: Store, target: Path) -> None:
    """Put a store that is on the disk already into its place, and open it there."""
    place = store.folder
    assert place is not None
    store.engine.flush()
    store.engine = ox.Store()  # what was there is closed
    try:
        write_given(store, place)
        body = _description(store) + _listed(place)
        (place / _MANIFEST).write_bytes(_sealed(name, body))
        _put(place, target)
    except OSError:
        store.engine = ox.Store(str(place))
        raise
    store.engine, store.folder, store.key = ox.Store.read_only(str(target)), None, name


def write_given(store: Store, place: Path) -> None:
    """Write what each file gave into the folder of a store, if that is known.

    Raises:
        OSError: It cannot be written.
    """
    if store.given:
        given.write(place, cache_keys.own_key(), store.given)


def large() -> list[Path]:
    """List the graphs that are stores on disk, the latest first; some may not be as written."""
    try:
        found = [path for path in folder().iterdir() if path.suffix == _LARGE]
    except OSError:
        return []
    return oldest(found, 0, 0)


def place(store: Store) -> Path | None:
    """Tell where a graph from the cache lies, if it is a store on disk with all that is derived."""
    return folder() / (store.key + _LARGE) if store.key and not store.plain else None


def copy(place: Path, target: Path) -> Path:
    """Copy the store of a graph, to be changed; raises `OSError`.

    Its tables are linked, where the file system can do that: then it takes no time and no room.

    Args:
        place: Of `large`.
        target: A path where nothing is.

    Returns:
        The path.
    """
    import shutil

    left_out = shutil.ignore_patterns(_MANIFEST, given.FILE)
    shutil.copytree(place, target, ignore=left_out, copy_function=_copy_or_link)
    return target


def _copy_or_link(source: str, target: str) -> None:
    import shutil

    if source.endswith(_TABLE):
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _trusted(place: Path) -> bytes | None:
    """Give the body of the manifest of a store on disk, if the store is as it was written."""
    body = _unsealed(place.stem, (place / _MANIFEST).read_bytes()) or b""
    lines = body.splitlines(keepends=True)
    listed = b"".join(line for line in lines if not line.startswith(b"# "))
    return body if body and listed == _listed(place) else None


def _listed(place: Path) -> bytes:
    return state(place, (f"{_MANIFEST} ",)).encode()


def state(place: Path, beside: tuple[str, ...]) -> str:
    """List the files of a store, each with what changes when somebody writes to it.

    Args:
        place: The folder of the store.
        beside: How the names of files begin that tell nothing of what the store holds; a space
            stands for the end of a name.

    Returns:
        A line for each file: its name, size, times and inode.

    Raises:
        OSError: It cannot be read; also where a file goes meanwhile.
    """
    lines = []
    # Closed by hand: another process may take a file away while this one looks at it.
    with os.scandir(place) as entries:
        for entry in entries:
            if not f"{entry.name} ".startswith(beside) and entry.is_file():
                found = entry.stat()
                # A link changes this time, too.
                changed = 0 if entry.name.endswith(_TABLE) else found.st_ctime_ns
                lines.append(
                    f"{entry.name} {found.st_size} {found.st_mtime_ns} {changed} {found.st_ino}\n"
                )
    return "".join(sorted(lines))


def _put(temporary: Path, target: Path) -> None:
    """Put an entry in its place; where another process was quicker, its entry stays."""
    while True:
        try:
            os.replace(temporary, target)
            return
        except OSError:
            # A file takes the place of a file, but nothing takes that of a folder with files in it.
            if not os.path.lexists(target):
                raise
        with contextlib.suppress(OSError):
            if target.suffix == _LARGE and _trusted(target) is not None:
                _remove(temporary)
                return
        _remove(target)


def _remove(path: Path) -> None:
    import shutil
    import tempfile

    with contextlib.suppress(FileNotFoundError):
        if not path.is_dir():
            path.unlink()
        elif path.suffix == TEMPORARY:
            shutil.rmtree(path)
        else:
            # Moved away first, so that nobody finds half of it.
            aside = Path(tempfile.mkdtemp(dir=path.parent, suffix=TEMPORARY))
            try:
                os.rename(path, aside / path.name)
            finally:
                shutil.rmtree(aside)


def _prune(place: Path) -> None:
    found = list(place.iterdir())
    graphs = [path for path in found if path.suffix in (_SMALL, _LARGE)]
    left = [path for path in found if path.suffix == TEMPORARY]
    for path in (*oldest(graphs, _KEPT, IN_USE), *oldest(left, 0, _STALE)):
        with contextlib.suppress(OSError):
            _remove(path)
