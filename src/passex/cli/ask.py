"""`passex ask`: the named questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from ..text.wording import FIRST, more
from . import _complete, _replay
from ._layout import shape, table, wrap
from ._opening import open_graph
from ._options import data_option, format_option, show_option
from ._policy import basis_option
from ._writing import write, write_queries, written

_STYLES: Final = {"status": "status", "article": "dim", "articles": "dim"}

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..questions.answers import Answer


def _questions(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..questions.catalogue import questions

    return [
        CompletionItem(name, help=question.summary)
        for name, question in questions().items()
        if name.startswith(start)
    ]


@click.command()
@click.argument("question", required=False, shell_complete=_questions)
@click.argument("values", nargs=-1, shell_complete=_complete.values)
@basis_option
@format_option(f"How the answer is written.  [table and markdown: the first {FIRST} without --all]")
@click.option("--all", "whole", is_flag=True, help="All rows, however many.")
@show_option
@data_option
def ask(
    question: str | None,
    values: tuple[str, ...],
    basis: str,
    form: str,
    whole: bool,
    show: bool,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Answer a named question, or list the questions.

    VALUES are what the question asks for: names, IRIs, prefixed names, a year or a day. Long
    answers begin with their first rows, and say how many more there are.

    \b
    Example:
      passex ask
      passex ask partners Japan
      passex ask partners ROKN --basis stated
      passex ask met-with "Shinjiro Koizumi" --format json
    """  # noqa: D301
    from ..questions import catalogue

    if question is None:
        listed = catalogue.listing()
        write(listed, form, lambda: _listing(listed.records()))
        return
    asked = catalogue.find(question)
    if basis == "stated":
        asked = asked.stated()
    if show:
        from ..questions import answers

        store = open_graph(data, no_cache)
        write_queries([answers.sparql(asked, answers.bind(store, asked, values)).rstrip()])
        return
    most = FIRST if form in ("table", "markdown") and not whole else None
    given = [asked.query, *values, "", form, str(most), shape()]
    cause = _replay.cause(data, no_cache, given)
    if (kept := _replay.recall(cause)) is not None:
        click.echo(kept, nl=False)
        return
    from ..questions import answers

    store = open_graph(data, no_cache)
    answer = answers.ask(store, asked, values, most)
    text = written(answer, form, lambda: _lines(answer))
    if answer.left:
        text += f"{chr(10) if form == 'markdown' else ''}{more(answer.left)}\n"
    _replay.remember(cause, text, store)
    click.echo(text, nl=False)


def _listing(questions: list[dict[str, str]]) -> list[str]:
    lines = []
    for question in questions:
        lines += [question["usage"], *wrap(question["question"], "  ", "  ")]
    return lines


def _lines(answer: Answer) -> list[str]:
    rows = answer.table()
    if not rows.rows:
        given = ", ".join(f"{k} = {rows.label(term)}" for k, term in answer.values.items())
        return wrap(f"{rows.caption}{f' ({given})' if given else ''} {rows.empty}", "", "  ")
    cells = [[" ".join(rows.label(cell).split()) for cell in row] for row in rows.rows]
    return table(rows.columns, cells, (), {rows.columns[0]: "strong", **_STYLES})
