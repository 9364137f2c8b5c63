"""Writing of answers: for people and for programs, diffs, and the SPARQL behind a command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from ..text.excerpts import visible
from ._opening import CUT, complain_of_day

if TYPE_CHECKING:
    from ..graph.rows import Tabular


def written(
    answer: Tabular,
    form: str,
    lines: Callable[[], list[str]],
    document: Callable[[], str] | None = None,
) -> str:
    """Write an answer in one of `_options.ROW_FORMATS`.

    Args:
        lines: Gives the answer as it is laid out for people.
        document: Gives it as JSON, where that is more than an array of its rows.

    Returns:
        The text. What has to be said about all of the rows, which have no place for it, is said on
        standard error.
    """
    cut = click.get_current_context().meta.get(CUT)
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
        click.echo(visible(note), err=True)
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
