"""Annotations in a workflow of GitHub Actions, as workflow commands.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; what is escaped is what the runner
takes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..text.places import Place
from ..validation.baseline import within
from ..validation.results import Problem, Report, Severity
from . import Options
from ._words import details, node_text, rule_name, summary

_LEVELS: Final = {
    Severity.VIOLATION: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write(report: Report, options: Options) -> Iterator[str]:
    """Write an annotation for each problem and each stale entry, and the summary for the log."""
    for problem in report.problems:
        yield _annotation(problem, options.base)
    for entry in report.stale:
        yield f"::notice title=Stale entry of the baseline::{entry.translate(_DATA)}\n"
    yield summary(report) + "\n"


def _annotation(problem: Problem, base: str) -> str:
    properties = {} if problem.place is None else _position(problem.place, base)
    properties["title"] = rule_name(problem)
    listed = ",".join(f"{name}={text.translate(_PROPERTY)}" for name, text in properties.items())
    said = [problem.message, node_text(problem), *details(problem)]
    message = "\n".join(filter(None, said)).translate(_DATA)
    return f"::{_LEVELS[problem.severity]} {listed}::{message}\n"


def _position(place: Place, base: str) -> dict[str, str]:
    found = {"file": within(place.file, base)}
    if place.line:
        found["line"] = str(place.line)
        # GitHub takes columns only of what is on one line, and drops them otherwise.
        if place.end_line > place.line:
            found["endLine"] = str(place.end_line)
        else:
            found |= {"col": str(place.column), "endLine": str(place.line)}
            found["endColumn"] = str(max(place.end_column, place.column))
    return found
