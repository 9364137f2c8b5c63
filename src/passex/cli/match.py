"""`passex match`: exercises of several sources that may be one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import QueryError
from ..text.wording import FIRST, first, say
from ._layout import styled, visible, wrap
from ._opening import open_graph
from ._options import data_option, format_option
from ._writing import write

if TYPE_CHECKING:
    from ..curation.judgements import Judgements

_TABLE = ".csv"


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The table of judgements, with .csv at its end; it keeps what is decided in it. The facts "
    "that follow go into a file of Turtle beside it.",
)
@click.option(
    "--within",
    is_flag=True,
    help="Compare exercises of one and the same source with each other, too.",
)
@click.option("--all", "whole", is_flag=True, help="All pairs, however many.")
@format_option("Without -o, how the pairs are written: a row a pair.")
@data_option
def match(
    output: Path | None,
    within: bool,
    whole: bool,
    form: str,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """List the exercises of several sources that may be one, by day, parties, name and place.

    Nothing is made one by itself. With -o the pairs go into a table: write same, different or
    undecided into its first column, and run the command again. What follows from that is in the
    file of Turtle beside the table: give it with --data, and what is the same counts once.

    \b
    Example:
      passex match --data mme/ --data graph/
      passex match --data mme/ --data graph/ -o judgements.csv
      passex network --data mme/ --data graph/ --data judgements.ttl
    """  # noqa: D301
    from ..curation import judgements

    if output is not None and output.suffix.lower() != _TABLE:
        hint = f"write -o {output.with_suffix(_TABLE)}"
        raise QueryError(f"{output}: a table of judgements ends in {_TABLE}", hint)
    found = judgements.judge(open_graph(data, no_cache), output, within)
    if output is None:
        write(found, form, lambda: _lines(found, None if whole else FIRST))
        return
    paths = judgements.write(found, output)
    lines = [*_summary(found), f"Written: {', '.join(map(str, paths))}"]
    click.echo("\n".join(map(visible, lines)))


def _summary(found: Judgements) -> list[str]:
    """Say what was compared, and how much of it is decided."""
    from ..curation.judgement_rows import DECISIONS

    lines = [found.caption]
    counts = ", ".join(f"{found.count(word)} {word}" for word in DECISIONS)
    new = f"; {found.new} of them {'is' if found.new == 1 else 'are'} new" if found.new else ""
    lines.append(f"{say(len(found.rows), 'pair')}: {counts}{new}.")
    if found.doubtful:
        which = "judgement is" if found.doubtful == 1 else "judgements are"
        lines.append(
            f"{found.doubtful} {which} in doubt, since an exercise reads otherwise now: "
            "take the question mark away where it still holds."
        )
    if found.gone:
        which = "decision is" if found.gone == 1 else "decisions are"
        lines.append(f"{found.gone} {which} about exercises that aren't here: kept as before.")
    return lines


def _lines(found: Judgements, shown: int | None) -> list[str]:
    lines = [*wrap(found.caption, "", "  "), ""]
    rows, more = first(sorted(found.rows, key=lambda row: -int(row.cells["score"])), shown)
    for row in rows:
        cells = row.cells
        for number in (1, 2):
            details = (cells.get(f"{key}_{number}", "") for key in ("dates", "place", "source"))
            name = styled(cells[f"name_{number}"], "strong")
            text = f"{name} ({'; '.join(filter(None, details))})"
            lines += wrap(text, "" if number == 1 else "  and ", "    ")
        lines += [*wrap(f"{cells['score']} points: {cells['why']}", "  ", "    "), ""]
    if not rows:
        lines.append(found.empty)
    return [*lines, more] if more else lines[:-1] if rows else lines
