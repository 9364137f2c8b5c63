"""Options, opening of a graph and writing of answers, as commands share them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from ..errors import InputError, QueryError
from ..graph.dataset import FORMATS
from ..text.excerpts import visible
from ._stderr import complain, patience, progress

if TYPE_CHECKING:
    from ..graph.rows import Tabular
    from ..graph.store import Store
    from ..query.target import Target

#: The forms of an answer that has rows: one for people, five for programs.
ROW_FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "markdown")

#: The folder whose files are written where no others are named.
_OWN: Final = "graph"
#: Where the context of a command has the value of ``--endpoint``.
_ENDPOINT: Final = f"{__name__}.endpoint"
#: Where the context of a command has the value of ``--input-format``.
INPUT_FORMAT: Final = f"{__name__}.input_format"
#: Where it has the value of ``--as-of``.
AS_OF: Final = f"{__name__}.as_of"
#: Where it has what the graph says of that, once it is open.
_CUT: Final = f"{__name__}.cut"

Command = TypeVar("Command", bound=Callable[..., Any])


def data_option(command: Command) -> Command:
    """Give a command the options that say where the graph is: in files or on a server.

    The command has the parameters of `files_option`; `open_graph` finds ``--endpoint`` itself.
    """
    endpoint = click.option(
        "--endpoint",
        metavar="URL",
        envvar="PASSEX_ENDPOINT",
        expose_value=False,
        callback=_remember_endpoint,
        help="A SPARQL server that holds the graph, instead of files.",
    )
    return files_option(endpoint(command))


def files_option(command: Command) -> Command:
    """Give a command ``--data``, ``--as-of``, ``--input-format`` and ``--no-cache``.

    The command has the parameters ``data`` and ``no_cache``; `open_files` finds the others itself.
    """
    no_cache = click.option(
        "--no-cache", is_flag=True, help="Parse and derive anew, and leave the cache alone."
    )
    form = click.option(
        "--input-format",
        type=click.Choice(tuple(FORMATS)),
        expose_value=False,
        callback=_remember_format,
        help="The format of a stream, or of a file whose extension names none.  "
        "[default: turtle for a stream]",
    )
    as_of = click.option(
        "--as-of",
        metavar="DAY",
        expose_value=False,
        callback=_remember_day,
        help="Only what the articles up to a day tell, such as 2026-02-01.",
    )
    data = click.option(
        "--data",
        multiple=True,
        metavar="PATH",
        help="A file or folder of facts, instead of the bundled ones; 'bundled' means those, and "
        "'-' standard input. Can be given again.",
    )
    return data(as_of(form(no_cache(command))))


def mixing_option(command: Command) -> Command:
    """Give a command the options ``--facts-only`` and ``--with-ontology``, as ``mixed``."""
    return click.option(
        "--with-ontology/--facts-only",
        "mixed",
        default=None,
        help="Mix in our ontology and what the rules derive, or take the files alone.  "
        "[default: mixed in where a node is of a class of ours]",
    )(command)


def refuse_mixing(mixed: bool | None) -> None:
    """Refuse `mixing_option` for a server: what it holds is its own."""
    if mixed is not None:
        option = "--with-ontology" if mixed else "--facts-only"
        raise QueryError(f"{option} is for files, and a server answers", "leave it out")


def _remember_endpoint(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep the value of ``--endpoint``, and whether it was typed or is the environment's."""
    source = ctx.get_parameter_source("endpoint")
    ctx.meta[_ENDPOINT] = value, source is click.core.ParameterSource.COMMANDLINE


def _remember_format(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[INPUT_FORMAT] = value


def _remember_day(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        from ..graph.as_of import parse

        value = parse(value)
    ctx.meta[AS_OF] = value


def own_files(paths: Sequence[str], hint: str) -> Sequence[str]:
    """Give the files and folders that are to be written: without any, the folder ``graph/`` here.

    Raises:
        InputError: There is none.
    """
    if not paths and not Path(_OWN).is_dir():
        raise InputError(f"no folder {_OWN}/ here", hint)
    return paths or (_OWN,)


def format_option(text: str, *more: str) -> Callable[[Command], Command]:
    """Give a command the option ``--format`` with its help, as the parameter ``form``.

    What it can be beside `ROW_FORMATS` are the names of ``more``.
    """
    return click.option(
        "--format",
        "form",
        type=click.Choice((*ROW_FORMATS, *more)),
        default=ROW_FORMATS[0],
        show_default=True,
        help=text,
    )


def show_option(command: Command) -> Command:
    """Give a command the option ``--show``."""
    return click.option(
        "--show", is_flag=True, help="Print the SPARQL that would run, and do not run it."
    )(command)


def texts_option(command: Command) -> Command:
    """Give a command the option ``--texts``."""
    return click.option(
        "--texts",
        metavar="DIR",
        help="The folder with the articles' texts, for the sentence around each anchor.",
    )(command)


def texts_of(store: Store, folder: str | None) -> Mapping[str, str] | None:
    """Read the articles' texts from a folder, if there is one; complain where it has none."""
    if folder is None:
        return None
    from ..evidence.texts import at_hand

    return at_hand(store, folder, complain)


def endpoint_of(ctx: click.Context) -> str | None:
    """Give the value of ``--endpoint``, or of PASSEX_ENDPOINT; None without either."""
    url, _ = ctx.meta[_ENDPOINT]
    return None if url is None else str(url)


def server_of(data: Sequence[str]) -> str | None:
    """Give the URL of the server that holds the graph; None where it comes from files.

    Args:
        data: The values of ``--data``; with them, the environment's server does not count.

    Raises:
        QueryError: Both are named, or a day, as of which a server gives nothing.
    """
    meta = click.get_current_context().meta
    url, typed = meta[_ENDPOINT]
    if url is None or (data and not typed):
        return None
    if data:
        raise QueryError("both --data and --endpoint say where the graph is", "give one of them")
    if meta[AS_OF] is not None:
        raise QueryError(
            "--as-of is for files, and the graph of a server stays as it is",
            "give the files with --data, or start the server with --as-of",
        )
    return str(url)


def open_graph(
    data: Sequence[str], no_cache: bool, plain: bool = False, mixed: bool | None = None
) -> Store:
    """Load a graph and derive its relations, or take both from the cache or an endpoint.

    Args:
        data: The values of ``--data``.
        plain: As of `open_files`, as is ``mixed``.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    url = server_of(data)
    if url is None:
        return open_files(data, no_cache, plain, mixed)
    refuse_mixing(mixed)
    from ..query.remote import opening

    with progress("{} triples read") as tell:
        return _noted(opening.open_store(url, not no_cache, complain, progress=tell))


def open_files(
    data: Sequence[str], no_cache: bool, plain: bool = False, mixed: bool | None = None
) -> Store:
    """Load a graph from files, as `open_graph` does without an endpoint.

    Args:
        plain: Whether files with nothing of our ontology are taken as they are.
        mixed: The value of ``--facts-only/--with-ontology``, turned round.
    """
    from ..graph.opening import open_store

    meta = click.get_current_context().meta
    form, day = meta[INPUT_FORMAT], meta[AS_OF]
    with patience("reading the graph") as tell:
        return _noted(
            open_store(
                *(data, not no_cache, complain, form, plain, day, tell, mixed), keep=_keep_columns
            )
        )


def _keep_columns(store: Store) -> None:
    if store.key:
        from ..network import columns  # of use to large graphs alone

        columns.keep(store)


def _noted(store: Store) -> Store:
    """Remember as of which day a graph is, for the answers from it."""
    from ..graph import as_of

    click.get_current_context().meta[_CUT] = as_of.read(store.engine)
    return store


def complain_of_day() -> None:
    """Say on standard error, once, as of which day the graph is: the answer has no place for it."""
    cut = click.get_current_context().meta.pop(_CUT, None)
    if cut is not None:
        complain(cut.note)


def open_target(
    data: Sequence[str], no_cache: bool, timeout: float | None, mixed: bool | None = None
) -> Target:
    """Find who answers a query: a graph from files or, without loading anything, a server.

    Args:
        timeout: The value of ``--timeout``.
        mixed: As of `open_files`.

    Raises:
        QueryError: A server is to leave out or mix in the ontology.
    """
    url = server_of(data)
    if url is None:
        from ..query.target import Local

        store = open_files(data, no_cache, True, mixed)
        complain_of_day()
        for note in store.changed():
            complain(note)
        return Local(store)
    refuse_mixing(mixed)
    from ..query.endpoint import Endpoint
    from ..query.remote.client import SECONDS, Client

    # Who gives a query more time than there is patience without it means both.
    patience = max(SECONDS, 2 * timeout) if timeout and "PASSEX_TIMEOUT" not in os.environ else None
    return Endpoint(click.get_current_context().with_resource(Client(url, patience)))


def written(
    answer: Tabular,
    form: str,
    lines: Callable[[], list[str]],
    document: Callable[[], str] | None = None,
) -> str:
    """Write an answer in one of `ROW_FORMATS`.

    Args:
        lines: Gives the answer as it is laid out for people.
        document: Gives it as JSON, where that is more than an array of its rows.

    Returns:
        The text. What has to be said about all of the rows, which have no place for it, is said on
        standard error.
    """
    cut = click.get_current_context().meta.get(_CUT)
    if form == "table":
        from . import _layout

        head = [] if cut is None or cut.note in answer.table().notes else [cut.note, ""]
        # What a graph says cannot steer the terminal, or begin a line of its own.
        return "\n".join([*head, *map(_layout.visible, lines()), ""])
    from ..graph import tables

    if form == "json" and document is not None:
        return document() if cut is None else tables.headed({"as_of": cut.member()}, document())
    rows = answer.table()
    for note in (rows.caption, *rows.notes) if rows.notes else ():
        click.echo(note, err=True)
    if cut is not None and cut.note not in rows.notes:
        complain_of_day()
    return tables.FORMATS[form](rows)


def write(
    answer: Tabular,
    form: str,
    lines: Callable[[], list[str]],
    document: Callable[[], str] | None = None,
) -> None:
    """Write an answer to standard output, as `written` does."""
    click.echo(written(answer, form, lines, document), nl=False)


def print_diff(lines: Iterable[str]) -> None:
    """Print the lines of a diff; for a pipe with every byte, so that it is a patch."""
    for line in lines:
        if sys.stdout.isatty():
            line = visible(line.rstrip("\r\n")) + "\n"
        click.echo(line, nl=False)


def write_queries(queries: Sequence[str]) -> None:
    """Print the SPARQL behind a command, an empty line between two queries."""
    click.echo("\n\n".join(queries))
