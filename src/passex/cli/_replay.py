"""Answers of earlier calls: the same question of the same graph is not worked out a second time."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from ..graph.dataset import data_files, is_stream
from ._opening import server_of
from ._options import AS_OF, INPUT_FORMAT

if TYPE_CHECKING:
    from ..graph.store import Store

_ENDING: Final = ".answer"
#: In characters; what is longer takes its time anyway.
_LONGEST: Final = 1_000_000


def cause(data: Sequence[str], no_cache: bool, asked: Sequence[str]) -> str | None:
    """Say what an answer follows from.

    Args:
        data: The values of ``--data``.
        no_cache: The value of ``--no-cache``.
        asked: All that the answer depends on besides the graph and the code.

    Returns:
        A text; None where an answer cannot be remembered: from a stream, from a server, without a
        cache, or as of a day, which is said beside it.

    Raises:
        InputError: The graph's files are not there.
        QueryError: The graph is said to be in files and on a server.
    """
    meta = click.get_current_context().meta
    if no_cache or server_of(data) is not None or meta[AS_OF] is not None:
        return None
    form = meta[INPUT_FORMAT]
    files = data_files(data, form)
    if any(map(is_stream, files)):
        return None
    from ..graph import cache_keys, result_cache
    from ..graph.sources import Source

    # A file that cannot be read is the loader's to complain of.
    with contextlib.suppress(OSError):
        graph = cache_keys.remembered_key(
            [Source(path, form) for path in files], result_cache.folder()
        )
        return "\0".join([cache_keys.code(), graph, *asked])
    return None


def recall(cause: str | None) -> str | None:
    """Give the answer of an earlier call, if there was one."""
    from ..graph import result_cache

    return None if cause is None else result_cache.get(result_cache.folder(), cause, _ENDING)


def remember(cause: str | None, answer: str, store: Store) -> None:
    """Keep an answer for later calls; not that of a graph of which something has to be said."""
    if cause is None or len(answer) > _LONGEST or store.ignored or store.foreign:
        return
    from ..graph import result_cache

    result_cache.put(result_cache.folder(), cause, _ENDING, answer)
