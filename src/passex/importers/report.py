"""What an import says before it writes: counts, and what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..graph.cells import Spot
from ..text.excerpts import excerpt
from ..text.wording import say
from .ledger import KINDS, Question
from .mapping import EXERCISE, WHAT

if TYPE_CHECKING:
    from .run import Import


def lines(job: Import, states: str) -> list[str]:
    """Report what was found in a table.

    Args:
        states: How states were taken, one of `actors.STATES`.

    Raises:
        InputError: The table, of which rows are shown, cannot be read any more.
    """
    survey, ledger = job.survey, job.ledger
    said = list(_counts(job))
    for column, order in survey.orders.items():
        if order:
            said.append(f"Dates in {column} are read as {order}.")
    said += _open(job)
    if ledger.counts["outside-its-time"]:
        of_the_time = "where there was one that is known"
        said.append(
            "States are as the table names them (--states as-written)."
            if states == "as-written"
            else f"States are those of the time (--states of-the-time), {of_the_time}."
        )
    examples = [question for asked in ledger.examples.values() for question in asked]
    spots = job.table.spots({(one.row, one.column) for one in examples if one.row})
    for kind, about in KINDS.items():
        if number := ledger.counts[kind]:
            said += ["", f"{about.title}: {number}"]
            listed = ledger.examples[kind]
            for question in listed:
                said += _shown(question, spots, about.hint)
            if more := number - len(listed):
                said.append(f"  and {more} more")
            # A hint for all of a kind is given once.
            if about.hint and any(question.hint == about.hint for question in listed):
                said.append(f"  = hint: {about.hint}")
    return said


def _counts(job: Import) -> Iterator[str]:
    survey = job.survey
    read, written, unknown, no = (
        sum(counts.values()) for counts in (survey.read, survey.written, survey.unknown, survey.no)
    )
    left = survey.read.copy()
    for counts in (survey.written, survey.unknown, survey.no):
        left.subtract(counts)
    numbers = [say(survey.numbers[what], what) for what in WHAT if survey.numbers[what]]
    listed = ", ".join(numbers) or "nothing that is kept"
    yield f"{say(survey.rows, 'row')} below the header, {listed}."
    yield (
        f"{say(read, 'cell')} with something in {'it' if read == 1 else 'them'}: "
        f"{written} written, "
        f"{_so(unknown, 'says', 'say')} unknown, {_so(no, 'says', 'say')} no, {left.total()} left "
        "out."
    )
    if columns := [f"{name} ({number})" for name, number in left.items() if number]:
        yield f"Left out: {', '.join(columns)}."


def _open(job: Import) -> Iterator[str]:
    """Say what is left open."""
    survey = job.survey
    kinds = [what for what in WHAT if survey.numbers[what]]
    them = f"{kinds[0]}s" if len(kinds) == 1 else "rows"
    yield (
        f"{_so(survey.few, f'of the {them} has', f'of the {them} have')} fewer than two known "
        f"parties, and {_so(survey.open, 'names some and leaves', 'name some and leave')} others "
        "open: nr:leavesOpen says so."
    )
    if EXERCISE in kinds:
        whose, of = ("", "") if len(kinds) == 1 else ("of the exercises ", "of all ")
        none = ("has no domain, and counts", "have no domain, and count")
        yield (
            f"{_so(survey.homeless, *(whose + verb for verb in none))} in none; "
            f"{_so(survey.undated, f'{of}has', f'{of}have')} no date."
        )
    else:
        yield f"{_so(survey.undated, 'has', 'have')} no date."
    if survey.parts:
        wholes = (
            "of these others has no row, and is what its parts say",
            "of these others have no row, and are what their parts say",
        )
        parts = (
            f"of the {them} is part of another, and counts with it",
            f"of the {them} are parts of others, and count with them",
        )
        yield f"{_so(survey.parts, *parts)}; {_so(survey.wholes, *wholes)}."


def _so(number: int, one: str, many: str) -> str:
    """Say a number with the words that follow it."""
    return f"{number} {one if number == 1 else many}"


def _shown(question: Question, spots: Mapping[tuple[int, str], Spot], common: str) -> Iterator[str]:
    """Show an example as compilers do: where, what, the row with the cell underlined, its hint."""
    spot = spots.get((question.row, question.column))
    where = f"{spot.where}: " if spot else ""
    yield f"  {where}{question.said}"
    if spot and spot.place.source and question.column:
        source, carets = excerpt(spot.place)
        number = f"{question.row}"
        yield f"    {number} | {source}"
        yield f"    {' ' * len(number)} | {carets}"
    if question.hint and question.hint != common:
        yield f"    = hint: {question.hint}"
