"""`passex draft`: from the text of an article to the file that a curator goes on with."""

from __future__ import annotations

from datetime import datetime
from os.path import isfile
from pathlib import Path

import click

from ._opening import open_files
from ._options import files_option
from ._stderr import complain, patience


@click.command()
@click.argument("text", metavar="TEXT")
@click.option(
    "--slug",
    required=True,
    metavar="SLUG",
    help="The file's name: its year and a few words, 2027-some-drill.",
)
@click.option("-o", "--output", metavar="FILE", help="The file, instead of standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day of the article, where its text doesn't print it.",
)
@files_option
def draft(
    text: str,
    slug: str,
    output: str | None,
    force: bool,
    day: datetime | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Draft the file of an article, from its TEXT ('-' for standard input).

    The head is written as it has to be. Under each sentence stand, as comments, the lines for what
    it may be encoded as: who is named, ships, people and posts, exercises and plans, numbers, and
    times as far as their words tell; with the quotes that prove them. What isn't sure is a
    question. Take off the # of what is right, and delete the rest: docs/encoding.md says how it
    goes on.

    \b
    Example:
      passex draft some-drill.txt --slug 2027-some-drill -o graph/articles/2027-some-drill.ttl
    """  # noqa: D301
    from ..curation.draft import drafting
    from ..errors import OutputError
    from ..evidence.texts import read_text
    from ..graph.files import write_whole
    from ..graph.sources import standard_input
    from ..graph.store import ontology
    from ..graph.terms import shorten
    from ..text.wording import say

    path = None if output is None else Path(output)
    if path is not None and isfile(path) and not force:
        raise OutputError(f"{path}: is there already", "give another file, or --force")
    article = read_text(text, standard_input)
    # An article alone is a graph to which another can be added: the ontology is mixed in.
    given = [folder for folder in data if not is_empty(Path(folder))]
    if data and not given:
        complain(f"{data[0]}: an empty folder; the article is the first of its graph")
        store = ontology()
    else:
        store = open_files(given, no_cache, mixed=True if data else None)
    if iri := drafting.article_with(article, store):
        complain(f"{text}: {shorten(iri)} has this very text")
    with patience("reading the text"):
        made = drafting.draft(article, slug, store, day.date() if day else None)
    if path is None:
        click.echo(made.turtle, nl=False)
    else:
        write_whole(path, [made.turtle])
    for note in made.notes:
        complain(note)
    proposals = sum(line.startswith("# ") for line in made.turtle.splitlines())
    counts = say(len(made.sentences), "sentence"), say(len(made.mentions), "mention")
    complain(f"{', '.join(counts)}, {say(proposals, 'line')} proposed")


def is_empty(folder: Path) -> bool:
    """Tell whether a graph is still to begin: a folder without a file."""
    return folder.is_dir() and not any(path.is_file() for path in folder.rglob("*"))
