"""Messages and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def complain(text: str) -> None:
    """Say what is wrong, or worth knowing, in one line, whatever a file name or a parser holds."""
    click.echo("passex: " + " ".join(text.split()), err=True)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is going on, in a line that is gone when it is done.

    Yields:
        Is told what is going on; shows nothing where standard error is no terminal.
    """
    shown = False

    def show(text: str) -> None:
        nonlocal shown
        if sys.stderr.isatty():
            # Back to the beginning of the line, and clear it.
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            shown = True

    try:
        yield show
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)
