"""The reports for continuous integration: JUnit XML, and annotations in a GitHub workflow.

JUnit is in the form that Jenkins' xUnit plugin checks and GitLab reads: a suite for each file that
has problems, with a test case for each problem; and a suite of the rules that nothing broke, which
passed. The name of a case has no line in it, so that GitLab can tell what is new in a merge
request; no two are the same, because GitLab takes only the first of equal ones.

Source of the annotations: GitHub Docs, "Workflow commands for GitHub Actions"; what is escaped is
what the runner takes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ..text.places import Place
from ..validation.baseline import within
from ..validation.messages import short_rule
from ..validation.results import Problem, Report, Severity
from . import Options
from .sarif import gravest, left_out_text
from .text import details, lines, node_text, rule_name, rules_of, summary

#: What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_FILE: Final = "(no file)"
_RULES: Final = "rules"

_LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def junit(report: Report, options: Options) -> Iterator[str]:
    """Write a test case for each problem, and one for each rule that nothing broke.

    Problems milder than `Options.fail_on` are skipped tests, not failed ones.
    """
    broken = {problem.rule for problem in report.problems}
    passed = [rule for rule in rules_of(report) if rule.id not in broken]
    # Not even a validation without rules is an empty suite.
    names = [short_rule(rule.id) for rule in passed] or ([] if broken else ["validation"])
    failed = sum(problem.severity >= options.fail_on for problem in report.problems)
    tests = len(report.problems) + len(names)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="passex" tests="{tests}" failures="{failed}" errors="0">\n'
    taken: set[tuple[str, str]] = set()
    for file, group in groupby(report.problems, lambda problem: _file(problem, options.base)):
        yield from _suite(file, list(group), options, taken)
    if names:
        yield _open(_RULES, len(names), 0, 0)
        for name in names:
            yield f'    <testcase classname="{_RULES}" name={_attribute(name)}/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _suite(
    file: str, problems: list[Problem], options: Options, taken: set[tuple[str, str]]
) -> Iterator[str]:
    failed = [problem.severity >= options.fail_on for problem in problems]
    yield _open(file, len(problems), sum(failed), len(problems) - sum(failed))
    seen: Counter[str] = Counter()
    for problem, fails in zip(problems, failed, strict=True):
        name = plain = f"{rule_name(problem)}: {node_text(problem) or problem.message}"
        while (file, name) in taken:
            seen[plain] += 1
            name = f"{plain} ({seen[plain] + 1})"
        taken.add((file, name))
        element = "failure" if fails else "skipped"
        yield f"    <testcase classname={_attribute(file)} name={_attribute(name)}>\n"
        kind = f'{element} type="{problem.severity.value}" message={_attribute(problem.message)}'
        text = escape(_allowed("\n".join(lines(problem))))
        yield f"      <{kind}>{text}</{element}>\n    </testcase>\n"
    yield "  </testsuite>\n"


def _open(name: str, tests: int, failures: int, skipped: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n"


def _file(problem: Problem, base: str) -> str:
    return within(problem.place.file, base) if problem.place else _NO_FILE


def _attribute(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def github(report: Report, options: Options) -> Iterator[str]:
    """Write an annotation for each problem and each stale entry, and the summary for the log.

    Of more problems than GitHub takes in SARIF, the gravest; of these it shows but the first few.
    """
    kept = gravest(report.problems)
    for _, problem in kept:
        yield _annotation(problem, options.base)
    if left_out := left_out_text(len(report.problems) - len(kept)):
        yield f"::warning title=Problems left out::{left_out}\n"
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
