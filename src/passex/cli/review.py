"""`passex review`: an article beside the claims that rest on it, as a page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import QueryError, VocabularyError
from . import _complete
from ._opening import complain_of_day, open_graph, server_of
from ._options import AS_OF, INPUT_FORMAT, data_option
from ._stderr import complain, patience
from ._writing import print_diff

if TYPE_CHECKING:
    from ..graph.store import Store
    from ..validation.results import Problem


@click.command()
@click.argument("article", shell_complete=_complete.articles)
@click.option(
    "--texts",
    metavar="DIR",
    help="The folder with the articles' texts: the page holds that of ARTICLE, and must not be "
    "published then.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="The file of the page, instead of standard output."
)
@click.option(
    "--validate",
    "checked",
    is_flag=True,
    help="Check the graph as passex validate does, and show problems at their claims and quotes.",
)
@click.option("--all", "everything", is_flag=True, help="All rows of a data set, not only 500.")
@data_option
def review(
    article: str,
    texts: str | None,
    output: str | None,
    checked: bool,
    everything: bool,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Write a page that has an article's text on the left, and the claims on it on the right.

    ARTICLE is the name of an article or data set, its IRI, its prefixed name, or its file
    (2026-yokosuka-talks.ttl). Each quote is marked in the text; it shows the claims that rest on
    it, and a claim its quotes. Sentences of the body that carry no claim are marked and counted.

    The text is found in the folder of --texts by its SHA-256. Without it, the page has the quotes
    in order, with their offsets. The exit code is 0 where the page was written, and 2 where not.

    \b
    Example:
      passex review 2018-passex --texts texts -o review.html
      passex review 2031-lisbon --data drafts/2031-lisbon.ttl --texts texts -o review.html
    """  # noqa: D301
    from ..curation.review import find
    from ..curation.review import review as collect
    from ..graph.files import write_whole
    from ..reports.review import write

    problems = None
    if checked:
        _refuse_what_is_not_checked(data)
    store = _open(data, no_cache)
    source = find(store, article)
    if checked:
        problems = _problems(data, texts)
    made = collect(store, source, texts, problems, everything)
    if output is None:
        page = "".join(write(made))
        if sys.stdout.isatty():
            print_diff(page.splitlines(keepends=True))
        else:
            # In the encoding that the page names, whatever that of the pipe is.
            click.echo(page.encode(), nl=False)
    else:
        write_whole(Path(output), write(made))
    complain_of_day()
    where = "" if output is None else f"{output}: "
    if made.text is not None:
        complain(f"{where}{made.coverage}; the page holds the text: do not publish it")
    elif not made.is_table:
        complain(f"{where}no text was given (--texts): the page has the quotes alone")


def _open(data: Sequence[str], no_cache: bool) -> Store:
    """Open the graph; that of a draft is an article alone, to which the ontology is mixed in."""
    try:
        return open_graph(data, no_cache)
    except VocabularyError:
        if server_of(data) is not None:
            raise
        return open_graph(data, no_cache, mixed=True)


def _refuse_what_is_not_checked(data: Sequence[str]) -> None:
    meta = click.get_current_context().meta
    for has, what in (
        (server_of(data) is not None, "a server"),
        ("-" in data, "standard input, which can be read but once"),
        (meta[AS_OF] is not None, "the graph as of a day"),
    ):
        if has:
            raise QueryError(f"--validate is for files, and not for {what}", "leave it out")


def _problems(data: Sequence[str], texts: str | None) -> Iterable[Problem]:
    from ..validation.request import Request
    from ..validation.run import validate

    form = click.get_current_context().meta[INPUT_FORMAT]
    with patience("checking the graph"):
        return validate(Request(tuple(data), texts=texts, form=form)).report.problems
