"""The report as JUnit XML, in the form that Jenkins' xUnit plugin checks and GitLab reads.

A suite for each file that has problems, with a test case for each problem; and a suite of the rules
that nothing broke, which passed. The name of a case has no line in it, so that GitLab can tell what
is new in a merge request; no two are the same, because GitLab takes only the first of equal ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ..validation.baseline import within
from ..validation.messages import short_rule
from ..validation.results import Problem, Report
from . import Options
from ._words import node_text, rule_name, rules_of
from .text import lines

#: What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_FILE: Final = "(no file)"
_RULES: Final = "rules"


def write(report: Report, options: Options) -> Iterator[str]:
    """Write a test case for each problem, and one for each rule that nothing broke.

    Args:
        report: What a validation found.
        options: Problems milder than `Options.fail_on` are skipped tests, not failed ones.

    Yields:
        The document, a test case at a time.
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
        yield f'      <{element} type="{problem.severity.value}"'
        yield f" message={_attribute(problem.message)}>"
        yield _text("\n".join(lines(problem)))
        yield f"</{element}>\n    </testcase>\n"
    yield "  </testsuite>\n"


def _open(name: str, tests: int, failures: int, skipped: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n"


def _file(problem: Problem, base: str) -> str:
    return within(problem.place.file, base) if problem.place else _NO_FILE


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
