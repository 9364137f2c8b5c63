"""Messages and progress on standard error."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

from ..text.excerpts import visible

#: In seconds: so long a command may be silent on a terminal, and so often it says how long it took.
_SILENCE: Final = 1.0
#: Back to the beginning of the line, and clear it.
_CLEAR: Final = "\r\x1b[K"


#: Whether there is a line of progress on the terminal.
_shown = threading.Event()


def complain(text: str) -> None:
    """Say what is wrong, or worth knowing, in one line, whatever a file name or a parser holds."""
    if _shown.is_set():
        _show("")
    click.echo("passex: " + visible(" ".join(text.split())), err=True)


@contextmanager
def progress(line: str) -> Iterator[Callable[[object], None]]:
    """Show on a terminal how far something is, in a line that is gone when it is done.

    Args:
        line: The line, with ``{}`` in the place of what is told.

    Yields:
        Is told how far it is; shows nothing where standard error is no terminal.
    """
    try:
        yield lambda told: _show(line.format(told))
    finally:
        _show("")


@contextmanager
def patience(stage: str) -> Iterator[Callable[[str], None]]:
    """Say on a terminal what takes long, after a second of silence, in a line that is gone at last.

    Nothing is shown where standard error is no terminal, or a robot's (``CI``).

    Args:
        stage: What is done first, such as ``reading the graph``.

    Yields:
        Is told of the next stage.
    """
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda _: None
        return
    stages, begin, done = [stage], time.monotonic(), threading.Event()

    def tell() -> None:
        while not done.wait(_SILENCE):
            _show(f"passex: {stages[-1]} … {time.monotonic() - begin:.0f} s")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield stages.append
    finally:
        done.set()
        teller.join()
        if _shown.is_set():
            _show("")


def last_words(text: str) -> bytes:
    """Give a line for standard error as it is written past all else, over a line of progress."""
    return f"{_CLEAR if _shown.is_set() else ''}passex: {text}\n".encode()


def _show(text: str) -> None:
    if sys.stderr.isatty():
        # To clear a line is no colour, which may be forbidden.
        click.echo(_CLEAR + text, nl=False, err=True, color=True)
    _shown.set() if text else _shown.clear()
