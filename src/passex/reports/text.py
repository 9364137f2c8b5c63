"""The report for people, in the manner of a compiler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..text.excerpts import excerpt, visible
from ..validation.results import Problem, Report, Severity
from . import Options
from ._words import details, node_text, rule_name, summary

_COLOURS: Final = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def write(report: Report, options: Options) -> Iterator[str]:
    """Write each problem with its source line, then stale entries of a baseline, and a summary."""
    for problem in report.problems:
        yield "\n".join(lines(problem, options.colour)) + "\n\n"
    for entry in report.stale:
        yield f"{_paint('stale', '36', options.colour)}: {visible(entry)}\n"
    yield summary(report) + "\n"


def lines(problem: Problem, colour: bool = False) -> Iterator[str]:
    """Write the lines of one problem."""
    place, paint = problem.place, _COLOURS[problem.severity]
    where = ""
    if place is not None:
        position = f":{place.line}:{place.column}" if place.line else ""
        where = f"{visible(place.file)}{position}: "
    message, *more = map(visible, problem.message.splitlines() or [""])
    kind = _paint(problem.severity.value, f"1;{paint}", colour)
    yield f"{_paint(where, '1', colour)}{kind}[{visible(rule_name(problem))}] {message}"
    yield from (f"    {line}" for line in more)
    margin = ""
    if place is not None and place.line and place.source:
        shown, under = excerpt(place)
        margin = " " * len(str(place.line))
        yield f"{margin} |"
        yield f"{place.line} | {shown}"
        yield f"{margin} | {_paint(under, paint, colour)}"
    notes = [node_text(problem), *details(problem)]
    if place is not None and place.end_line > place.line:
        notes.insert(0, f"to line {place.end_line}, column {place.end_column}")
    for note in filter(None, notes):
        first, *rest = map(visible, note.splitlines())
        yield f"{margin} = {first}"
        yield from (f"{margin}   {line}" for line in rest)


def _paint(text: str, codes: str, colour: bool) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if colour and text else text
