"""A watch: doing something again whenever a file changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..validation.request import Request

#: So often, in seconds, the files are looked at.
_INTERVAL: Final = 0.5


def watch(work: Callable[[], object], request: Request) -> None:
    """Work, and again after each change of a file, until Ctrl-C.

    A line on standard error begins each time, and one ends it: an editor looks for them.

    Args:
        work: What to do; an error is printed, and the watch goes on.
        request: Whose files are watched; new files in its folders too.
    """
    seen = None
    while True:
        now = _state(request)
        if now != seen:
            seen = now
            _say("checking")
            _try(work)
            _say("checked; again when a file changes")
        time.sleep(_INTERVAL)


def _say(what: str) -> None:
    click.echo(f"-- {time.strftime('%H:%M:%S')} {what}", err=True)


def _try(work: Callable[[], object]) -> None:
    from ..errors import PassexError

    try:
        work()
    except PassexError as error:
        click.echo(f"passex: {error}", err=True)


def _state(request: Request) -> dict[Path, tuple[int, int]]:
    """When each file was last written, and how large it is."""
    from ..errors import PassexError
    from ..validation.request import sources

    try:
        found = sources(request)
    except PassexError:
        return {}
    state = {}
    for path in (*found.data, *found.shapes, *found.ontology, *found.questions):
        try:
            status = path.stat()
        except OSError:
            continue  # it is just being replaced
        state[path] = (status.st_mtime_ns, status.st_size)
    return state
