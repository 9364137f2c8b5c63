"""Loading a graph, with its relations derived or from the cache."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

from ..errors import CacheError, QueryError, VocabularyError
from ..text.wording import say
from . import store
from .as_of import mark, parse
from .sources import Source
from .sources import sources as files
from .terms import STRANGE

_DERIVING: Final = "deriving its relations"


def open_store(
    data: Iterable[str | os.PathLike[str] | Source],
    cached: bool,
    warn: Callable[[str], None],
    form: str | None = None,
    plain: bool = False,
    as_of: str | date | None = None,
    tell: Callable[[str], object] = lambda _: None,
    mixed: bool | None = None,
    keep: Callable[[store.Store], object] = lambda _: None,
) -> store.Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders, ``bundled`` or ``-``, or sources; without any, the bundled graph.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.
        form: One of `dataset.FORMATS`, for what has no extension that names its format.
        plain: Whether files with nothing of our ontology are read as they are, without it.
        as_of: The day up to which articles count, such as ``2026-02-01``; without one, all do.
        tell: Is told of what is done next, in words.
        mixed: Whether ontology and rules are mixed in whatever the files hold, or never; by
            default, where a node is of a class of ours.
        keep: Is given a graph that was derived and is in the cache, or will be, to keep more beside
            it.

    Returns:
        The store with its derived triples.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format, no such day, or no article up to it.
        VocabularyError: The facts use none of our ontology's classes.
    """
    day = None if as_of is None else parse(as_of)
    sources = files(data, form)
    if mixed is False and day:
        raise QueryError(
            "what was known on a day is worked out with our ontology, which is to be left out",
            "leave out the day, or --facts-only",
        )
    loaded = None
    if cached and not mixed:
        from . import cache, cache_keys, result_cache

        # A file that cannot be read is the loader's to complain of.
        with contextlib.suppress(OSError):
            name = cache_keys.remembered_key(sources, result_cache.folder(), day)
            loaded = cache.fetch(name, [source.path for source in sources])
    if mixed is False:
        return loaded if loaded and loaded.plain else store.as_written(sources)
    if loaded is None:
        try:
            loaded = _make(sources, cached and not mixed, warn, day, tell, mixed is True, keep)
        except VocabularyError as error:
            if not plain or day:
                raise
            loaded = _as_written(sources, cached, error, warn)
    if loaded.vocabulary:
        from .normalise import other_vocabulary

        foreign = other_vocabulary(loaded.vocabulary, store.listed(sources))
        if not plain:
            raise foreign
        warn(f"{foreign.located}; the files are taken as they are, without ontology and rules")
    if loaded.ignored:
        warn(ignoring(loaded.ignored))
    for place, used in loaded.foreign:
        warn(f"{loaded.files[place]}: {STRANGE} {used}")
    return loaded


def ignoring(number: int) -> str:
    """Say that triples which only rules may make are left out."""
    left_out = f"{say(number, 'triple')} of derived properties in the data ignored"
    return f"{left_out}; they come from the rules alone"


def _as_written(
    sources: list[Source], cached: bool, error: VocabularyError, warn: Callable[[str], None]
) -> store.Store:
    """Load files that have none of our terms, and keep them in the cache if they are many.

    It is the one of the cache that is given then: so rows come in the same order each time.
    """
    made = store.as_written(sources)
    made.vocabulary = error.message.removeprefix(f"{STRANGE} ")
    if not cached:
        return made
    from . import cache, cache_keys

    if not cache.is_large(made):
        return made
    name = cache_keys.key(sources)
    try:
        cache.keep(name, made)
    except CacheError as problem:
        warn(str(problem))
        return made
    return cache.fetch(name, made.files) or made


def _make(
    sources: list[Source],
    cached: bool,
    warn: Callable[[str], None],
    day: str | None,
    tell: Callable[[str], object],
    always: bool,
    keep: Callable[[store.Store], object],
) -> store.Store:
    """Load a graph and derive its relations, and keep it in the cache."""
    if not cached:
        return _derived(sources, None, day, tell, always)
    from . import cache, cache_keys

    before = cache_keys.own_key()
    room, kept = _Room(), False
    try:
        made = None if day else _renewed(sources, room, tell)
        if made is None:
            room.clear()
            made = _derived(sources, room, day, tell, always)
            if kept := made.folder is not None:
                _compact(made, cache_keys.key(sources), keep)
    except BaseException:
        room.clear()
        raise
    # Under the name of what was parsed, even if a file was written since it was looked for.
    if cache_keys.own_key() == before:
        try:
            cache.keep(cache_keys.key(sources, day), made)
        except CacheError as error:
            warn(str(error))
    if made.folder is None:
        room.clear()
    if not kept:
        keep(made)
    return made


def _compact(made: store.Store, key: str, keep: Callable[[store.Store], object]) -> None:
    """Compact a graph on the disk, of which questions take half the time then.

    What is kept beside it is made meanwhile, under the key by which the cache will have it.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        compacted = pool.submit(made.engine.optimize)
        made.key = key
        keep(made)
        made.key = ""
        compacted.result()


def _renewed(
    sources: list[Source], room: _Room, tell: Callable[[str], object]
) -> store.Store | None:
    """Take what the files were before they were edited, and derive what is other now."""
    from . import cache, edited

    if not cache.large():
        return None
    tell("deriving what was edited")
    # What cannot be read or written here is for the whole derivation to complain of.
    with contextlib.suppress(OSError, EOFError, ValueError, KeyError, RuntimeError):
        return edited.renewed(sources, room)
    return None


def _derived(
    sources: list[Source],
    room: _Room | None,
    day: str | None,
    tell: Callable[[str], object],
    always: bool,
) -> store.Store:
    """Load a graph and derive its relations: of a large one on the disk, in batches."""
    from . import folding, rules

    # As of a day, much is taken out again, one by one.
    made = store.read(sources, day, always, None if day else room)
    tell(_DERIVING)
    if room is None or room.folder is None:
        rules.derive(made)
        if day:
            mark(made.engine)
        if room is not None:
            folding.index(made.engine)
        return made
    from . import batches, cache

    # Its memory is for batches. Where it can't be written, these can't be either, and say so.
    if made.folder is not None:
        with contextlib.suppress(OSError):
            cache.write_given(made, made.folder)
            made.given = ()
    scratch = room.folder / "batches"
    scratch.mkdir()
    batches.derive(made.engine, scratch)
    return made


class _Room:
    """Room on the disk for a large graph, where the cache will have it.

    Attributes:
        folder: The folder, once it is needed. What a process left, the cache removes in time.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None

    def __call__(self) -> Path:
        import tempfile

        from .result_cache import TEMPORARY, folder

        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(dir=place, suffix=TEMPORARY))
        return self.folder / "store"

    def clear(self) -> None:
        if self.folder is not None:
            import shutil

            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None
