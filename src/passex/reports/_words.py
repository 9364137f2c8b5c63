"""Words that several reports have in common."""

from __future__ import annotations

from typing import Final

from ..validation.messages import short_rule
from ..validation.results import Problem, Report, Rule, Severity

_LONGEST: Final = 200


def rule_name(problem: Problem) -> str:
    """Name a rule for people: its short IRI or its word, and the constraint component.

    Example:
        >>> iri = "https://w3id.org/passex/ontology#ShipShape"
        >>> rule_name(Problem(iri, "MinCountConstraintComponent", Severity.INFO, "m"))
        'nr:ShipShape MinCount'
    """
    component = problem.component.removesuffix("ConstraintComponent")
    return f"{problem.name or short_rule(problem.rule)} {component}".rstrip()


def rules_of(report: Report) -> list[Rule]:
    """Give every rule that was applied or broken, sorted by identifier."""
    rules = dict(report.rules)
    for problem in report.problems:
        if problem.rule not in rules:
            name = short_rule(problem.rule)
            rules[problem.rule] = Rule(problem.rule, name, name, "", problem.severity)
    return [rules[name] for name in sorted(rules)]


def node_text(problem: Problem) -> str:
    """Name what a problem is about: ``focus …, path …, value …``, none of them at great length."""
    about = (("focus", problem.focus), ("path", problem.path), ("value", problem.value))
    return ", ".join(f"{name} {_cut(text)}" for name, text in about if text)


def _cut(text: str) -> str:
    """Cut a text that nobody reads to its end; JSON and the W3C report have it whole."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def details(problem: Problem) -> list[str]:
    """Give what follows the message of a problem, a line each."""
    hint = [f"hint: {problem.hint}"] if problem.hint else []
    return [*hint, *(f"because: {cause}" for cause in problem.causes)]


def count(number: int, noun: str) -> str:
    """Count things.

    Example:
        >>> count(1, "file"), count(1204, "file")
        ('1 file', '1,204 files')
    """
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def summary(report: Report) -> str:
    """Sum a report up in a sentence or two."""
    looked = ", ".join(
        (
            count(report.triples, "triple"),
            count(report.focus_nodes, "focus node"),
            count(report.shapes, "shape"),
        )
    )
    found = "No problems" if not report.problems else count(len(report.problems), "problem")
    if report.known and not report.problems:
        found = "No new problems"
    by_severity = ", ".join(
        count(number, severity.value)
        for severity in reversed(Severity)
        if (number := sum(problem.severity is severity for problem in report.problems))
    )
    told = f"{found}{f' ({by_severity})' if by_severity else ''} in {count(report.files, 'file')}"
    known = f" {count(report.known, 'known problem')} kept quiet." if report.known else ""
    stale = f" {count(len(report.stale), 'stale entry')} in the baseline." if report.stale else ""
    return f"{told} ({looked}).{known}{stale}"
