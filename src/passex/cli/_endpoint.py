"""Commands and the server that holds the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

#: Where the context of a command has the value of ``--endpoint``.
_MEANT: Final = f"{__name__}.endpoint"


def remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep the value of ``--endpoint``, and whether it was typed or is the environment's."""
    said = ctx.get_parameter_source("endpoint")
    ctx.meta[_MEANT] = value, said is click.core.ParameterSource.COMMANDLINE


def endpoint_of(ctx: click.Context) -> str | None:
    """Give the value of ``--endpoint``, or of PASSEX_ENDPOINT; None without either."""
    url, _ = ctx.meta[_MEANT]
    return None if url is None else str(url)


def server_of(data: Sequence[str]) -> str | None:
    """Say which server holds the graph, if it does not come from files.

    Args:
        data: The values of ``--data``; with them, the environment's server does not count.

    Returns:
        The URL, or None.

    Raises:
        QueryError: Both are named.
    """
    url, typed = click.get_current_context().meta[_MEANT]
    if url is None or (data and not typed):
        return None
    if data:
        from ..errors import QueryError

        raise QueryError("both --data and --endpoint say where the graph is", "give one of them")
    return str(url)
