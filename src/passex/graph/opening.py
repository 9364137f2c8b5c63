"""Loading a graph, with its relations derived or from the cache."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from typing import Final

from ..errors import CacheError, VocabularyError
from . import store
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
    tell: Callable[[str], object] = lambda _: None,
) -> store.Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders, ``bundled`` or ``-``, or sources; without any, the bundled graph.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.
        form: One of `dataset.FORMATS`, for what has no extension that names its format.
        plain: Whether files with nothing of our ontology are read as they are, without it.
        tell: Is told of what is done next, in words.

    Returns:
        The store with its derived triples.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format.
        VocabularyError: The facts use none of our ontology's classes.
    """
    sources = files(data, form)
    loaded = None
    if cached:
        from . import cache, cache_keys, result_cache

        # A file that cannot be read is the loader's to complain of.
        with contextlib.suppress(OSError):
            name = cache_keys.remembered_key(sources, result_cache.folder())
            loaded = cache.fetch(name, [source.path for source in sources])
    if loaded is None:
        try:
            loaded = _make(sources, cached, warn, tell)
        except VocabularyError as error:
            if not plain:
                raise
            warn(f"{error.located}; what the files hold is asked alone, without ontology and rules")
            loaded = store.as_written(sources)
    if loaded.ignored:
        number = f"{loaded.ignored} triple{'' if loaded.ignored == 1 else 's'}"
        warn(f"{number} of derived properties in the data ignored; they come from the rules alone")
    for place, used in loaded.foreign:
        warn(f"{loaded.files[place]}: {STRANGE} {used}")
    return loaded


def _make(
    sources: list[Source],
    cached: bool,
    warn: Callable[[str], None],
    tell: Callable[[str], object],
) -> store.Store:
    """Load a graph and derive its relations, and keep it in the cache."""
    from . import folding, rules

    if not cached:
        made = store.read(sources)
        tell(_DERIVING)
        rules.derive(made)
        return made
    from . import cache, cache_keys

    before = cache_keys.own_key()
    made = store.read(sources)
    tell(_DERIVING)
    rules.derive(made)
    folding.index(made.engine)
    # Under the name of what was parsed, even if a file was written since it was looked for.
    if cache_keys.own_key() == before:
        try:
            cache.keep(cache_keys.key(sources), made)
        except CacheError as error:
            warn(str(error))
    return made
