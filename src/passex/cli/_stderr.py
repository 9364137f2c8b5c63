"""Messages and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ..text.excerpts import visible


def complain(text: str) -> None:
    """Say what is wrong, or worth knowing, in one line, whatever a file name or a parser holds."""
    click.echo("passex: " + visible(" ".join(text.split())), err=True)


@contextmanager
def progress(line: str) -> Iterator[Callable[[object], None]]:
    """Show on a terminal how far something is, in a line that is gone when it is done.

    Args:
        line: The line, with ``{}`` in the place of what is told.

    Yields:
        Is told how far it is; shows nothing where standard error is no terminal.
    """

    def show(text: str) -> None:
        if sys.stderr.isatty():
            # Back to the beginning of the line, and clear it.
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    try:
        yield lambda told: show(line.format(told))
    finally:
        show("")
