"""The report in JSON, as one document or a problem a line: `docs/reports.md` has the fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..graph.version import __version__
from ..text.wording import cut
from ..validation.baseline import fingerprints
from ..validation.results import Problem, Report, Severity
from . import Options
from .text import rules_of

#: The version of the form, which changes when a field changes its meaning or goes away.
VERSION: Final = 1
#: A source line that is longer, in code points, is left out.
LONGEST_LINE: Final = 2000
#: Ends of lines to some readers, and allowed as they are in JSON.
_ENDS: Final = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x7f\x85\u2028\u2029"})


def document(report: Report, options: Options) -> Iterator[str]:
    """Write summary, rules and problems; each rule and each problem has a line of its own."""
    rules = (
        {
            "id": rule.id,
            "name": rule.name,
            "description": rule.description,
            "reason": rule.reason or None,
            "severity": rule.severity.value,
        }
        for rule in rules_of(report)
    )
    yield f'{{"version": {VERSION},\n'
    yield f'"tool": {dump({"name": "passex", "version": __version__})},\n'
    yield f'"summary": {dump(summary_record(report))},\n'
    yield f'"stale": {dump(report.stale)},\n'
    yield '"rules": ['
    yield from lines(rules)
    yield '],\n"problems": ['
    yield from lines(_records(report, options))
    yield "]}\n"


def records(report: Report, options: Options) -> Iterator[str]:
    """Write a line for each problem and nothing else: nothing at all where there are none."""
    return (f"{dump(record)}\n" for record in _records(report, options))


def summary_record(report: Report) -> dict[str, int]:
    """Count what was read and what was found."""
    found = [problem.severity for problem in report.problems]
    return {
        "files": report.files,
        "triples": report.triples,
        "focusNodes": report.focus_nodes,
        "shapes": report.shapes,
        "problems": len(found),
        "violations": found.count(Severity.VIOLATION),
        "warnings": found.count(Severity.WARNING),
        "infos": found.count(Severity.INFO),
        "known": report.known,
    }


def _records(report: Report, options: Options) -> Iterator[dict[str, Any]]:
    """Give each problem as what JSON writes it: the same fields always, null for nothing."""
    marks = fingerprints(report.problems, options.base)
    for problem, mark in zip(report.problems, marks, strict=True):
        yield {
            "rule": problem.rule,
            "component": problem.component or None,
            "severity": problem.severity.value,
            "message": problem.message,
            "place": _place(problem),
            "focus": focus_text(problem) or None,
            "path": problem.path or None,
            "value": problem.value or None,
            "hint": problem.hint or None,
            "fixable": problem.cure is not None,
            "causes": problem.causes,
            "ownSeverity": problem.own_severity or None,
            "fingerprint": mark,
        }


def focus_text(problem: Problem) -> str:
    """Give the focus node whole, but for a long literal that is the value too."""
    return cut(problem.focus) if problem.focus == problem.value else problem.focus


def dump(value: object) -> str:
    """Write a value on one line, whatever a reader takes for the end of one."""
    return json.dumps(value, ensure_ascii=False).translate(_ENDS)


def _place(problem: Problem) -> dict[str, Any] | None:
    place = problem.place
    if place is None:
        return None
    source = place.source if len(place.source) <= LONGEST_LINE else None
    fields = ("line", "column", "endLine", "endColumn", "source")
    values = (place.line, place.column, place.end_line, place.end_column, source)
    known = values if place.line else [None] * len(fields)
    return {"file": place.file, **dict(zip(fields, known, strict=True))}


def lines(items: Iterable[object]) -> Iterator[str]:
    """Write the items of a list, a line each."""
    return (f"{',' if number else ''}\n{dump(item)}" for number, item in enumerate(items))
