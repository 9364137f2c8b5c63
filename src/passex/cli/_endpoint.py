"""Commands and the server that holds the graph."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ._common import ENDPOINT, open_files

if TYPE_CHECKING:
    from ..sparql.target import Target


def endpoint_of(ctx: click.Context) -> str | None:
    """Give the value of ``--endpoint``, or of PASSEX_ENDPOINT; None without either."""
    url, _ = ctx.meta[ENDPOINT]
    return None if url is None else str(url)


def target(data: Sequence[str], no_cache: bool, timeout: float | None) -> Target:
    """Say who answers: a graph from files or, without loading anything, a server."""
    url = server_of(data)
    if url is None:
        from ..sparql.target import Local

        return Local(open_files(data, no_cache))
    from ..remote.client import SECONDS, Client
    from ..sparql.endpoint import Endpoint

    # Who gives a query more time than there is patience without it means both.
    patience = max(SECONDS, 2 * timeout) if timeout and "PASSEX_TIMEOUT" not in os.environ else None
    return Endpoint(click.get_current_context().with_resource(Client(url, patience)))


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far something is, in a line that is gone when it is done.

    Args:
        what: What is counted.

    Yields:
        Is told the number; shows nothing where standard error is no terminal.
    """
    shown = 0

    def tell(number: int) -> None:
        nonlocal shown
        if sys.stderr.isatty():
            text = f"{number} {what}"
            click.echo(f"\r{text}", nl=False, err=True)
            shown = max(shown, len(text))

    try:
        yield tell
    finally:
        if shown:
            click.echo(f"\r{' ' * shown}\r", nl=False, err=True)


def server_of(data: Sequence[str]) -> str | None:
    """Say which server holds the graph, if it does not come from files.

    Args:
        data: The values of ``--data``; with them, the environment's server does not count.

    Returns:
        The URL, or None.

    Raises:
        QueryError: Both are named.
    """
    url, typed = click.get_current_context().meta[ENDPOINT]
    if url is None or (data and not typed):
        return None
    if data:
        from ..errors import QueryError

        raise QueryError("both --data and --endpoint say where the graph is", "give one of them")
    return str(url)
