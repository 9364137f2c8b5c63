"""What an import says before it writes: counts, and what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..text.wording import say
from .ledger import KINDS

if TYPE_CHECKING:
    from .run import Import


def lines(job: Import, states: str) -> list[str]:
    """Report what was found in a table.

    Args:
        states: How states were taken, one of `actors.STATES`.
    """
    survey, ledger = job.survey, job.ledger
    read, written, unknown, no = (
        sum(counts.values()) for counts in (survey.read, survey.written, survey.unknown, survey.no)
    )
    left = survey.read.copy()
    for counts in (survey.written, survey.unknown, survey.no):
        left.subtract(counts)
    said = [
        f"{say(survey.rows, 'row')} below the header, {say(survey.exercises, 'exercise')}.",
        f"{say(read, 'cell')} with something in them: {written} written, {unknown} say unknown, "
        f"{no} say no, {left.total()} left out.",
    ]
    if columns := [f"{name} ({number})" for name, number in left.items() if number]:
        said.append(f"Left out: {', '.join(columns)}.")
    for column, order in survey.orders.items():
        if order:
            said.append(f"Dates in {column} are read as {order}.")
    said += [
        f"{survey.few} of the exercises have fewer than two known parties, and {survey.open} name "
        "some and leave others open: nr:leavesOpen says so.",
        f"{survey.homeless} have no domain, and count in none; {survey.undated} have no date.",
    ]
    if ledger.counts["outside-its-time"]:
        of_the_time = "where there was one that is known"
        said.append(
            "States are as the table names them (--states as-written)."
            if states == "as-written"
            else f"States are those of the time (--states of-the-time), {of_the_time}."
        )
    for kind, title in KINDS.items():
        if number := ledger.counts[kind]:
            said += ["", f"{title}: {number}"]
            said += [f"  {example}" for example in ledger.examples[kind]]
            if more := number - len(ledger.examples[kind]):
                said.append(f"  and {more} more")
    return said
