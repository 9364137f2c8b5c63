"""`passex serve`: the graph over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import click

from . import _interrupt
from ._options import AS_OF, Range, files_option, mixing_option

_MIB = 1 << 20
#: More than this is no limit: a tebibyte, a million queries.
_MOST = 1 << 20
_DAY = 86_400.0
_Command = TypeVar("_Command", bound=Callable[..., object])


def _limit(
    name: str, default: int, unit: str, help: str, least: int = 1
) -> Callable[[_Command], _Command]:
    """Make an option for a limit."""
    kind = click.IntRange(least, _MOST)
    return click.option(
        name, type=kind, default=default, show_default=True, metavar=unit, help=help
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for any that is free.",
)
@click.option("--writable", is_flag=True, help="Let clients change the store of --store.")
@click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of the store, made if it is not there. It begins with the graph.",
)
@click.option("--empty", is_flag=True, help="A new store begins with nothing in it.")
@click.option(
    "--timeout",
    type=Range(0.1, _DAY),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query or an update may take, its answer read to the end.",
)
@_limit(
    *("--max-memory", 1024, "MIB"),
    "The memory that a process may take beyond the graph; 0 for no limit.",
    least=0,
)
@_limit("--max-queries", 2, "N", "How many queries run at once, each in a process.")
@_limit("--max-waiting", 256, "N", "How many more may wait for their turn.", least=0)
@_limit("--max-body", 16, "MIB", "How long a request may be.")
@_limit("--max-answer", 1024, "MIB", "How long an answer may be.")
@_limit(
    *("--answer-cache", 16, "MIB"),
    "The memory for small answers that are kept; 0 for none.",
    least=0,
)
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    help="Let the pages of a site read answers, such as https://example.org; * for all sites. "
    "Can be given again.",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="A further name that the server is called by. Can be given again.",
)
@click.option("--allow-service", is_flag=True, help="Let queries call other servers (SERVICE).")
@click.option("--allow-load", is_flag=True, help="Let updates call other servers (LOAD).")
@click.option("--quiet", is_flag=True, help="Do not log requests.")
@mixing_option
@files_option
def serve(
    host: str,
    port: int,
    writable: bool,
    store: Path | None,
    empty: bool,
    timeout: float,
    max_memory: int,
    max_queries: int,
    max_waiting: int,
    max_body: int,
    max_answer: int,
    answer_cache: int,
    cors: tuple[str, ...],
    allow_host: tuple[str, ...],
    allow_service: bool,
    allow_load: bool,
    quiet: bool,
    mixed: bool | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> int:
    """Answer SPARQL, named questions and networks over HTTP, until told to stop.

    Only this machine can reach the server, and nobody can change the graph, unless you say so.
    Requests are logged to the standard error, one JSON object a line.

    Exit codes: 0 after SIGTERM, 130 after Ctrl-C, 2 where the server cannot start.

    \b
    Example:
      passex serve
      passex serve --port 0 --quiet
      passex serve --writable --store naval.store --timeout 10
    """  # noqa: D301
    from ..errors import EXTRA, PassexError, QueryError

    if writable != (store is not None):
        raise QueryError("--writable and --store go together", "give both, or neither")
    if empty and store is None:
        raise QueryError("--empty is for a new store", "give --writable and --store too")
    if empty and data:
        raise QueryError("--empty and --data are opposites", "give one of them")
    as_of = click.get_current_context().meta[AS_OF]
    if writable and as_of:
        message = "--as-of is for a graph that stays as it is, and --writable lets it change"
        raise QueryError(message, "give one of them")
    for needed in ("starlette", "uvicorn", "httptools"):
        if find_spec(needed) is None:
            raise PassexError(f"no server without {needed}", EXTRA.format("web"))
    from ..web import server
    from ..web.settings import Limits, Settings

    limits = Limits(
        seconds=timeout,
        memory=max_memory * _MIB,
        workers=max_queries,
        waiting=max_waiting,
        body=max_body * _MIB,
        answer=max_answer * _MIB,
        cache=answer_cache * _MIB,
    )
    settings = Settings(
        data=data,
        cached=not no_cache,
        as_of=as_of,
        mixed=mixed,
        host=host,
        port=port,
        store=store,
        empty=empty,
        limits=limits,
        origins=server.origins(cors),
        hosts=allow_host,
        service=allow_service,
        load=allow_load,
        quiet=quiet,
    )
    _interrupt.unwatch()  # what is being answered may end first
    return server.serve(
        settings,
        lambda address: click.echo(address),
        lambda text: click.echo(f"passex: {text}", err=True),
    )
