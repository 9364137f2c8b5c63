"""Options that commands share, and where the context of a command has their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isnan
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ..errors import InputError
from ..graph.dataset import FORMATS
from ..text.nearest import did_you_mean, nearest

#: The forms of an answer that has rows: one for people, five for programs.
ROW_FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "markdown")
#: The folder whose files are written where no others are named.
_OWN: Final = "graph"
#: Where the context of a command has the value of ``--endpoint``.
ENDPOINT: Final = f"{__name__}.endpoint"
#: Where the context of a command has the value of ``--input-format``.
INPUT_FORMAT: Final = f"{__name__}.input_format"
#: Where it has the value of ``--as-of``.
AS_OF: Final = f"{__name__}.as_of"

#: How alike a word is to one that was meant, on the command line.
_NEAR: Final = 0.6

Command = TypeVar("Command", bound=Callable[..., Any])


class MisspeltError(click.UsageError):
    """A word that is none of those that there are, while one of these comes near.

    Attributes:
        hint: Which one does; empty where none comes near.
    """

    def __init__(self, error: click.UsageError, word: str, words: Iterable[str]) -> None:
        super().__init__(error.format_message(), error.ctx)
        self.hint = did_you_mean(nearest(word, words, 1, _NEAR))


class Choice(click.Choice[str]):
    """One of some values; of one that is nearly such a value, the error says which."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the value, as `click.Choice` does."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise MisspeltError(error, str(value), map(str, self.choices)) from None


class Range(click.FloatRange):
    """Numbers within bounds, of which "nan" is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Give the value, as `click.FloatRange` does."""
        found: float = super().convert(value, param, ctx)
        if isnan(found):  # which no comparison with a bound finds
            self.fail(f"{found} is no number", param, ctx)
        return found


#: Of ``--timeout``: the system cannot wait much longer, and who leaves it out has no limit.
SECONDS: Final = Range(0, 1_000_000, min_open=True)


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
        type=Choice(tuple(FORMATS)),
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


def _remember_endpoint(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep the value of ``--endpoint``, and whether it was typed or is the environment's."""
    source = ctx.get_parameter_source("endpoint")
    ctx.meta[ENDPOINT] = value, source is click.core.ParameterSource.COMMANDLINE


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
        type=Choice((*ROW_FORMATS, *more)),
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
