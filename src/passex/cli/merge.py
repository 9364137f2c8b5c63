"""`passex merge`: one node for two."""

from __future__ import annotations

import click

from . import _complete
from ._options import own_files
from ._stderr import complain, patience
from ._writing import print_diff


@click.command()
@click.argument("kept", shell_complete=_complete.things)
@click.argument("gone", shell_complete=_complete.things)
@click.option(
    "--data",
    multiple=True,
    metavar="PATH",
    help="A file of Turtle, or a folder. Can be given again.  [default: graph/]",
)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
def merge(kept: str, gone: str, data: tuple[str, ...], diff: bool) -> None:
    """Make one node of two that are one thing: KEPT stays, and GONE becomes it.

    In all files the one is put in the place of the other. The names of GONE become further names
    of KEPT, its facts stand on KEPT, and claims about it are about KEPT. Look at it with --diff
    first. All files are written, or none; they are listed. Two nodes that differ in what has one
    value, are of different classes or states, or are no actors, happenings, plans, posts or places,
    are refused.

    KEPT and GONE are names, IRIs or prefixed names.

    \b
    Example:
      passex merge "Royal Navy" id:rn --diff
      passex merge "Royal Navy" id:rn
    """  # noqa: D301
    from ..curation import merging
    from ..curation.changeable import refuse_unchangeable
    from ..graph.opening import open_store

    paths = own_files(data, "give files or folders with --data")
    for given in paths:
        refuse_unchangeable(given)
    with patience("reading the graph") as tell:
        store = open_store(paths, True, complain, tell=tell)
        found = merging.merge(store, kept, gone, paths)
    for note in found.notes:
        complain(note)
    if diff:
        print_diff(found.diff())
        return
    found.write()
    for path, *_ in found.changes:
        click.echo(path.as_posix())
