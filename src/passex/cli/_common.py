"""What commands share: options, opening a graph, and text laid out in columns."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from ..dataset import FORMATS

if TYPE_CHECKING:
    from ..store import Store

#: The forms of an answer that has rows: one for people, five for programs.
ROW_FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "markdown")

#: Where the context of a command has the value of ``--input-format``.
INPUT_FORMAT: Final = f"{__name__}.input_format"

Command = TypeVar("Command", bound=Callable[..., Any])


def data_option(command: Command) -> Command:
    """Give a command the options ``--data``, ``--input-format`` and ``--no-cache``.

    The command has the parameters ``data`` and ``no_cache``; `open_graph` finds the format itself.
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


def format_option(forms: Sequence[str], text: str) -> Callable[[Command], Command]:
    """Give a command the option ``--format``, as the parameter ``form``.

    Args:
        forms: The formats, the default first.
        text: What the help says of it.

    Returns:
        The decorator.
    """
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=text,
    )


def report_option(command: Command) -> Command:
    """Give a command the option ``--format`` with a form for people and one for programs."""
    return format_option(("table", "json"), "For people, or all the data behind it.")(command)


def texts_option(command: Command) -> Command:
    """Give a command the option ``--texts``."""
    return click.option(
        "--texts",
        metavar="DIR",
        help="The folder with the articles' texts, to print the sentence around each anchor.",
    )(command)


def texts_of(store: Store, folder: str | None) -> dict[str, str]:
    """Read the articles' texts, and say so where a folder has none of them.

    Args:
        store: The graph.
        folder: The value of ``--texts``.

    Returns:
        The texts by the articles' IRIs.

    Raises:
        InputError: The folder cannot be read.
    """
    if folder is None:
        return {}
    from ..evidence import read_texts

    found = read_texts(store, folder)
    if not found:
        click.echo(f"passex: {folder}: no text of an article of this graph is there", err=True)
    return found


def open_graph(data: Sequence[str], no_cache: bool) -> Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: The values of ``--data``.
        no_cache: The value of ``--no-cache``.

    Returns:
        The store.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    from ..knowledge import open_store

    def warn(text: str) -> None:
        click.echo("passex: " + " ".join(text.split()), err=True)

    form = click.get_current_context().meta[INPUT_FORMAT]
    return open_store(data, not no_cache, warn, form)


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal.

    Args:
        text: One line.

    Returns:
        Its width: two for a wide character, none for a combining mark.

    Example:
        >>> width("Québec"), width("\N{CJK UNIFIED IDEOGRAPH-65E5}")
        (6, 2)
    """
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> list[str]:
    """Lay out rows in columns.

    Args:
        header: The names of the columns.
        rows: The cells, as many as there are names.
        right: The numbers of the columns that are set flush right.

    Returns:
        Lines without trailing spaces.

    Example:
        >>> table(["who", "n"], [["Japan", "10"]], [1])
        ['who     n', 'Japan  10']
    """
    widths = [max(width(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = []
    for row in [header, *rows]:
        cells = []
        for i, cell in enumerate(row):
            space = " " * (widths[i] - width(cell))
            cells.append(space + cell if i in right else cell + space)
        lines.append("  ".join(cells).rstrip())
    return lines


def wrap(text: str, indent: str, hanging: str) -> list[str]:
    """Break a line to the width of the terminal; what goes into a pipe or file is left as it is.

    Args:
        text: One line, without its indent.
        indent: What the first line begins with.
        hanging: What further lines begin with.

    Returns:
        The lines.
    """
    if not sys.stdout.isatty():
        return [indent + text]
    import shutil
    import textwrap

    columns = max(40, shutil.get_terminal_size().columns)
    return textwrap.wrap(
        text,
        columns,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def count(number: int, word: str) -> str:
    """Say a number of things.

    Example:
        >>> count(1, "plan"), count(2, "plan")
        ('1 plan', '2 plans')
    """
    return f"{number} {word}" + ("" if number == 1 else "s")
