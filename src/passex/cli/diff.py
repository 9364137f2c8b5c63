"""`passex diff`: what changes between two graphs, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import OK, PROBLEMS, QueryError
from ..reports.comparison import FORMATS
from ._options import Choice
from ._policy import is_given, policy_options
from ._reader import outlast_reader
from ._stderr import complain, patience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..graph.sources import Source
    from ..graph.store import Store
    from ..network.policy import Policy


@click.command()
@click.argument("old")
@click.argument("new", nargs=-1)
@click.option(
    "--format",
    "form",
    type=Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="How it is written: markdown is for a comment on a pull request; json has everything.",
)
@click.option(
    "--triples", is_flag=True, help="The triples that differ instead, blank nodes matched."
)
@click.option("--all", "whole", is_flag=True, help="All of it, not only the first 20 of each kind.")
@click.option(
    "--texts",
    metavar="DIR",
    help="The folder with the articles' texts: new quotes of others are listed.",
)
@policy_options
@click.option("--no-cache", is_flag=True, help="Parse and derive anew, and leave the cache alone.")
@click.pass_context
def diff(
    ctx: click.Context,
    old: str,
    new: tuple[str, ...],
    form: str,
    triples: bool,
    whole: bool,
    texts: str | None,
    policy: Policy,
    no_cache: bool,
) -> None:
    """Say what changes from an OLD graph to a NEW one, in sentences.

    These are ties, plans, actors, posts, exercises and meetings, values, claims, names near to
    others, and new evidence without a text at hand. The exit code is 0 where nothing differs, 1
    where something does, even if it is a triple that no reader sees, and 2 where it can't be told.

    OLD and NEW are files and folders; several after OLD make one graph. OLD can be a revision of
    git, compared with another or with the working tree; files and folders after it say what is
    looked at, else it is the folder graph. MAIN..TOPIC and MAIN...TOPIC are as git has them, and
    REVISION:PATH is a file or folder there. Nothing is checked out.

    The options from --level on say what counts as a tie, as in passex network.

    \b
    Example:
      passex diff graph my-graph
      passex diff bundled bundled my-article.ttl
      passex diff HEAD
      passex diff main...topic graph --format markdown
      passex diff old.ttl new.ttl --triples
    """  # noqa: D301
    if triples and (whole or texts is not None or is_given(ctx)):
        raise QueryError(
            "--triples lists all triples, and nothing else",
            "leave out what chooses more than those",
        )
    from ..curation.diff.compare import compare
    from ..curation.diff.sides import sides
    from ..graph.opening import open_store
    from ..reports.comparison import write

    outlast_reader()
    warnings = dict[str, None]()
    with patience("reading the graphs") as tell:

        def load(sources: Sequence[Source]) -> Store:
            # What is worth knowing of both graphs is said once.
            return open_store(sources, not no_cache, warnings.setdefault, tell=tell)

        found = compare(*sides(old, new), load, policy, texts, triples)
    for note in (*warnings, *(found.notes if found.plain else ())):
        complain(note)
    for line in write(form, found, whole, triples):
        if form == "text":
            _print(line, found.plain)
        else:
            click.echo(line)
    ctx.exit(PROBLEMS if found else OK)


def _print(line: str, as_it_is: bool) -> None:
    """Print a line for people; one of N-Triples as it is, unless it could steer a terminal."""
    from ._layout import room, visible, wrap

    if as_it_is:
        click.echo(line if room() is None else visible(line))
        return
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    for part in wrap(text, indent, f"{indent}  "):
        click.echo(visible(part))
