"""Loading a graph, with its relations derived or from the cache."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Callable, Iterable

from . import dataset, store
from .errors import CacheError
from .graph import KnowledgeGraph


def load(*data: str | os.PathLike[str], cached: bool = True) -> KnowledgeGraph:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders or the word ``bundled``; without any, the bundled graph.
        cached: Whether the cache is read and written (see `passex.cache`). One that cannot be
            written is a warning.

    Returns:
        The graph.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> load()  # doctest: +ELLIPSIS
        <KnowledgeGraph: ... triples, ... files>
    """
    return KnowledgeGraph(open_store(data, cached, warnings.warn))


def open_store(
    data: Iterable[str | os.PathLike[str]], cached: bool, warn: Callable[[str], None]
) -> store.Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders or the word ``bundled``; without any, the bundled graph.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.

    Returns:
        The store with its derived triples.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.
    """
    files = dataset.data_files(data)
    name = ""
    loaded = None
    if cached:
        from . import cache

        # A file that cannot be read is the loader's to complain of.
        with contextlib.suppress(OSError):
            name = cache.key(files)
            loaded = cache.fetch(name, files)
    if loaded is None:
        from . import rules

        loaded = store.load(files)
        rules.derive(loaded)
        if name:
            try:
                cache.keep(name, loaded)
            except CacheError as error:
                warn(str(error))
    if loaded.ignored:
        number = f"{loaded.ignored} triple{'' if loaded.ignored == 1 else 's'}"
        warn(f"{number} of derived properties in the data ignored; they come from the rules alone")
    return loaded
