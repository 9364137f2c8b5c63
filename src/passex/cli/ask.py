"""`passex ask`: the named questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._common import ROW_FORMATS, data_option, format_option, open_graph, table, wrap

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..answers import Answer


def _questions(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..catalogue import questions

    return [
        CompletionItem(name, help=question.summary)
        for name, question in questions().items()
        if name.startswith(start)
    ]


@click.command(short_help="Answer a named question.")
@click.argument("question", required=False, shell_complete=_questions)
@click.argument("values", nargs=-1, shell_complete=_complete.values)
@format_option(
    ROW_FORMATS,
    "How the answer is written.",
)
@click.option("--show", is_flag=True, help="Print the SPARQL that would run, and do not run it.")
@data_option
def ask(
    question: str | None,
    values: tuple[str, ...],
    form: str,
    show: bool,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Answer a named question, or list the questions.

    VALUES are what the question asks for: names, IRIs, prefixed names, a year or a day.

    \b
    Example:
      passex ask
      passex ask partners Japan
      passex ask met-with "Shinjiro Koizumi" --format json
    """  # noqa: D301
    from .. import answers, catalogue, tables

    if question is None:
        click.echo("\n".join(_listing()))
        return
    asked = catalogue.find(question)
    answer = answers.ask(open_graph(data, no_cache), asked, values)
    if show:
        click.echo(answers.sparql(answer), nl=False)
    elif form == "table":
        click.echo("\n".join(_lines(answer)))
    else:
        click.echo(tables.FORMATS[form](answer), nl=False)


def _listing() -> list[str]:
    from ..catalogue import questions

    lines = []
    for question in questions().values():
        lines += [question.usage, *wrap(question.summary, "  ", "  ")]
    return lines


def _lines(answer: Answer) -> list[str]:
    if not answer.rows:
        given = ", ".join(f"{k} = {answer.label(term)}" for k, term in answer.values.items())
        asked = answer.question.summary + (f" ({given})" if given else "")
        return [f"{asked} Nothing in this graph answers that: not stated, or none."]
    rows = [[" ".join(answer.label(term).split()) for term in row] for row in answer.rows]
    return table(answer.columns, rows, [])
