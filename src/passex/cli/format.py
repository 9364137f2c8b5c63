"""`passex format`: Turtle laid out as the articles are."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import FAILED, PROBLEMS, InputError, PassexError
from ._options import own_files
from ._reader import outlast_reader
from ._stderr import complain
from ._writing import print_diff

_STDIN = "-"


@click.command("format")
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--check", is_flag=True, help="List the files that would change, and write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.pass_context
def format(ctx: click.Context, files: tuple[str, ...], check: bool, diff: bool) -> None:
    """Lay Turtle out: lines of at most 120 columns, filled for facts; nothing else is changed.

    FILES are files of Turtle and folders that hold some; '-' is standard input, which goes to
    standard output. Without any it is the folder graph/ here. What was written is listed. The
    exit code is 1 where --check or --diff find something to change, and 2 where a file cannot be
    read, is not Turtle or cannot be written; the others are laid out all the same.

    \b
    Example:
      passex format graph/
      passex format --check graph/
      passex fmt - < draft.ttl
    """  # noqa: D301
    from ..curation.changeable import refuse_protected, turtle_files
    from ..curation.formatting import formatted
    from ..graph.files import write_whole
    from ..graph.sources import Source
    from ..text.edits import Edit, unified_diff

    outlast_reader()
    stream = files == (_STDIN,)
    if _STDIN in files and not stream:
        raise InputError("'-' is standard input, and stands alone", "give it or the files")
    given = () if stream else own_files(files, "give files or folders")
    code = 0
    for path in [Path(_STDIN)] if stream else turtle_files(given):
        try:
            old, new = formatted(Source(path))
            if stream and not check and not diff:
                sys.stdout.buffer.write(new.encode())
                continue
            if old == new:
                continue
            if check or diff:
                code = code or PROBLEMS
            else:
                refuse_protected(path)
                write_whole(path, [new])
        except PassexError as error:
            complain(str(error))
            code = FAILED
            continue
        if diff:
            print_diff(unified_diff(path.as_posix(), old, [Edit(0, len(old), new)]))
        else:
            click.echo(path.as_posix())
    ctx.exit(code)
