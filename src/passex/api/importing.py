"""Imports from Python: a table of exercises, meetings or trainings as facts.

Example:
    >>> import tempfile
    >>> import passex
    >>> table = "tests/data/tables/nasty.csv"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = passex.import_table(table, "mme", folder)
    ...     passex.load(folder).stats().articles
    0
    >>> made
    <Import of nasty.csv: 15 exercises, 3 questions>
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..importers import DATA_SETS, known
from ..importers.actors import STATES
from ..importers.mapping import WHAT
from ..importers.mapping_files import read
from ..importers.report import lines
from ..importers.run import FORMATS, Import
from ..text.excerpts import visible
from ..text.wording import say
from . import given


@dataclass(frozen=True, repr=False)
class Imported:
    """What became of a table.

    Attributes:
        table: The file.
        numbers: How many exercises, meetings and trainings there are.
        questions: By kind, such as ``no-date``, how many there are.
        files: What is written; nothing, where no folder was given.
        complete: Whether nothing of the table was kept out.
        report: What `passex import` prints before it writes.
    """

    table: Path
    numbers: Mapping[str, int]
    questions: Mapping[str, int]
    files: tuple[Path, ...]
    complete: bool
    report: str

    def __repr__(self) -> str:
        """Name the table, and count what is in it."""
        counts = [say(self.numbers[what], what) for what in WHAT if self.numbers.get(what)]
        counts.append(say(sum(self.questions.values()), "question"))
        return f"<Import of {self.table.name}: {', '.join(counts)}>"

    def __str__(self) -> str:
        """Give the report."""
        return self.report


def import_table(
    table: str | os.PathLike[str],
    mapping: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    *,
    states: str = STATES[0],
    sheet: str = "",
    format: str = "turtle",
) -> Imported:
    """Write a table as facts, with its rows as evidence, as `passex import` does.

    Args:
        table: A CSV or TSV file, an Excel workbook, or Parquet.
        mapping: ``mme``, or the file with what the columns mean.
        folder: Where the facts go; without one, nothing is written.
        states: ``as-written``, or ``of-the-time``.
        sheet: The sheet of a workbook with several.
        format: ``turtle`` or ``ntriples``.

    Returns:
        The report, with counts and the files.

    Raises:
        InputError: The table or the mapping cannot be read, or the mapping doesn't fit.
        OutputError: A file cannot be written.
        QueryError: States or a format that do not exist.
    """
    given.one_of(states, STATES, "states here")
    given.one_of(format, tuple(FORMATS), "format here")
    path, by = given.path(table), given.path(mapping)
    described = known(str(by)) if str(by) in DATA_SETS else read(by, path)
    if sheet:
        described = replace(described, sheet=sheet)
    to = Path() if folder is None else given.path(folder)
    job = Import(path, described, to, states, format)
    job.look()
    questions = {kind: number for kind, number in job.ledger.counts.items() if number}
    return Imported(
        table=path,
        numbers=dict(job.survey.numbers),
        questions=questions,
        files=() if folder is None else tuple(job.write()),
        complete=not job.failed(),
        report="\n".join(map(visible, lines(job, states))),
    )
