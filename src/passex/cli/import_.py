"""`passex import`: a table of exercises as facts, each with the row that proves it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..errors import OK, PROBLEMS, QueryError
from ..importers import DATA_SETS, known
from ..importers.actors import STATES
from ..importers.run import FORMATS
from ._options import Choice
from ._reader import outlast_reader
from ._stderr import patience

_TABLE = "table"


@click.command("import")
@click.argument("what", metavar="WHAT", type=Choice((*DATA_SETS, _TABLE)))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="The folder.")
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With 'table': what its columns mean, in TOML.",
)
@click.option(
    "--states",
    type=Choice(STATES),
    default=STATES[0],
    show_default=True,
    help="Take states as the table names them, or as what there was at that time.",
)
@click.option(
    "--format",
    "form",
    type=Choice(tuple(FORMATS)),
    default="turtle",
    show_default=True,
    help="The format of the facts.",
)
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a workbook with several.")
@click.option("--guess", is_flag=True, help="Propose a mapping, and read nothing else.")
@click.option("--check", is_flag=True, help="Report only, and write nothing.")
@click.pass_context
def import_(
    ctx: click.Context,
    what: str,
    file: Path,
    output: Path | None,
    mapping: Path | None,
    states: str,
    form: str,
    sheet: str,
    guess: bool,
    check: bool,
) -> None:
    """Write a table of exercises as facts, with a claim for each value and its row as evidence.

    WHAT is mme (Multinational Military Exercises, 1980-2010), or table, for any table of exercises,
    meetings or trainings with a mapping: CSV, TSV, an Excel workbook (.xlsx, .xls) or Parquet.
    docs/importing.md has how to write one.

    What is odd is reported before anything is written. DIR gets the facts, all questions
    (questions.csv), and the names that nobody is found for (names.csv): fill in the column
    stands_for, and import again.

    Exit codes: 0, all is written; 1, it is written, and something was kept out; 2, nothing is.

    \b
    Example:
      passex import mme mme_v7.csv -o mme/
      passex import table drills.csv --guess > drills.toml
      passex import table drills.csv --mapping drills.toml -o drills/
      passex network --level state --data mme/
    """  # noqa: D301
    from ..importers.mapping_files import read
    from ..importers.report import lines
    from ..importers.run import Import

    outlast_reader()
    if guess:
        _say_guess(what, file, sheet)
        return
    if output is None and not check:
        raise QueryError("no folder to write to", "give one with -o DIR, or --check")
    if what == _TABLE and mapping is None:
        hint = "give one with --mapping; --guess proposes one"
        raise QueryError("'table' needs a mapping, which says what the columns mean", hint)
    if what != _TABLE and mapping is not None:
        message = f"a mapping is for 'table', and '{what}' is read"
        raise QueryError(message, "leave --mapping out")
    folder = output or Path()
    described = known(what) if mapping is None else read(mapping, file)
    if sheet:
        described = replace(described, sheet=sheet)
    job = Import(file, described, folder, states, form)
    with patience("reading the table"):
        job.look()
    _say(lines(job, states))
    if not check:
        with patience("writing"):
            paths = job.write()
        _say(["", f"Written: {', '.join(map(str, paths))}"])
    ctx.exit(PROBLEMS if job.failed() else OK)


def _say_guess(what: str, file: Path, sheet: str) -> None:
    from ..graph.cells import open_table
    from ..importers.guess import propose

    if what != _TABLE:
        raise QueryError(f"the mapping of {what} is known", "leave --guess out")
    click.echo(propose(open_table(file, sheet=sheet)), nl=False)


def _say(lines: list[str]) -> None:
    from ._layout import visible

    click.echo("\n".join(map(visible, lines)))
