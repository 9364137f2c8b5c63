"""What commands share: options, opening a graph, and writing an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from ..graph.dataset import FORMATS
from . import _endpoint

if TYPE_CHECKING:
    from ..graph.rows import Tabular
    from ..graph.store import Store

#: The forms of an answer that has rows: one for people, five for programs.
ROW_FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "markdown")

#: Where the context of a command has the value of ``--input-format``.
INPUT_FORMAT: Final = f"{__name__}.input_format"

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
        callback=_endpoint.remember,
        help="A SPARQL server that holds the graph, instead of files.",
    )
    return files_option(endpoint(command))


def files_option(command: Command) -> Command:
    """Give a command the options ``--data``, ``--input-format`` and ``--no-cache``.

    The command has the parameters ``data`` and ``no_cache``; `open_files` finds the format itself.
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
    data = click.option(
        "--data",
        multiple=True,
        metavar="PATH",
        help="A file or folder of facts, instead of the bundled ones; 'bundled' means those, and "
        "'-' standard input. Can be given again.",
    )
    return data(form(no_cache(command)))


def _remember_format(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[INPUT_FORMAT] = value


def format_option(text: str) -> Callable[[Command], Command]:
    """Give a command the option ``--format``, as the parameter ``form``.

    Args:
        text: What the help says of it.

    Returns:
        The decorator.
    """
    return click.option(
        "--format",
        "form",
        type=click.Choice(ROW_FORMATS),
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


def open_graph(data: Sequence[str], no_cache: bool) -> Store:
    """Load a graph and derive its relations, or take both from the cache or an endpoint.

    Args:
        data: The values of ``--data``.
        no_cache: The value of ``--no-cache``.

    Returns:
        The store.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    url = _endpoint.server_of(data)
    if url is None:
        return open_files(data, no_cache)
    from ..query import remote

    with progress("{} triples read") as tell:
        return remote.open_store(url, not no_cache, complain, progress=tell)


def open_files(data: Sequence[str], no_cache: bool) -> Store:
    """Load a graph from files, as `open_graph` does without an endpoint."""
    from ..graph.opening import open_store

    form = click.get_current_context().meta[INPUT_FORMAT]
    return open_store(data, not no_cache, complain, form)


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


def complain(text: str) -> None:
    """Say on standard error what is no reason to stop."""
    click.echo("passex: " + " ".join(text.split()), err=True)


def written(
    found: Tabular,
    form: str,
    lines: Callable[[], list[str]],
    document: Callable[[], str] | None = None,
) -> str:
    """Write an answer in the format that was asked for.

    Args:
        found: The answer.
        form: One of `ROW_FORMATS`.
        lines: Gives the answer as it is laid out for people.
        document: Gives it as JSON, where that is more than an array of its rows.

    Returns:
        The text. What has to be said about all of the rows, which have no place for it, is said on
        standard error.
    """
    if form == "table":
        return "\n".join([*lines(), ""])
    if form == "json" and document is not None:
        return document()
    from ..graph import tables

    rows = found.table()
    for note in (rows.caption, *rows.notes) if rows.notes else ():
        click.echo(note, err=True)
    return tables.FORMATS[form](rows)


def write(
    found: Tabular,
    form: str,
    lines: Callable[[], list[str]],
    document: Callable[[], str] | None = None,
) -> None:
    """Write an answer to standard output, as `written` does."""
    click.echo(written(found, form, lines, document), nl=False)


def write_queries(queries: Sequence[str]) -> None:
    """Print the SPARQL behind a command, an empty line between two queries."""
    click.echo("\n\n".join(queries))
