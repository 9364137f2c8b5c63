"""The report for people, in the manner of a compiler, and words that other reports have too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

from ..text.excerpts import excerpt, visible
from ..text.styles import paint
from ..text.wording import cut
from ..validation.messages import short_rule
from ..validation.results import Problem, Report, Rule, Severity
from . import Options


def write(report: Report, options: Options) -> Iterator[str]:
    """Write each problem with its source line, then stale entries of a baseline, and a summary."""
    for problem in report.problems:
        yield "\n".join(lines(problem, options.colour)) + "\n\n"
    for entry in report.stale:
        yield f"{_paint('stale', 'info span', options.colour)}: {visible(entry)}\n"
    yield summary(report) + "\n"


def lines(problem: Problem, colour: bool = False) -> Iterator[str]:
    """Write the lines of one problem."""
    place, severity = problem.place, problem.severity.value
    where = ""
    if place is not None:
        position = f":{place.line}:{place.column}" if place.line else ""
        where = f"{visible(place.file)}{position}: "
    message, *more = map(visible, problem.message.splitlines() or [""])
    kind = _paint(severity, severity, colour)
    yield f"{_paint(where, 'strong', colour)}{kind}[{visible(rule_name(problem))}] {message}"
    yield from (f"    {line}" for line in more)
    margin = ""
    if place is not None and place.line and place.source:
        shown, under = excerpt(place)
        margin = " " * len(str(place.line))
        yield f"{margin} |"
        yield f"{place.line} | {shown}"
        yield f"{margin} | {_paint(under, f'{severity} span', colour)}"
    notes = [node_text(problem), *details(problem)]
    if place is not None and place.end_line > place.line:
        notes.insert(0, f"to line {place.end_line}, column {place.end_column}")
    for note in filter(None, notes):
        first, *rest = map(visible, note.splitlines())
        yield f"{margin} = {first}"
        yield from (f"{margin}   {line}" for line in rest)


def _paint(text: str, style: str, colour: bool) -> str:
    return paint(text, style) if colour else text


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
    """Name what a problem is about: ``focus …, path …, value …``, none of them at great length.

    With a severity of its own a shape says more than the three that there are.
    """
    about = (
        *(("focus", problem.focus), ("path", problem.path), ("value", problem.value)),
        ("severity", problem.own_severity),
    )
    # JSON, SARIF and the W3C report have the value whole.
    return ", ".join(f"{name} {cut(text)}" for name, text in about if text)


def details(problem: Problem) -> list[str]:
    """Give what follows the message of a problem, a line each."""
    hint = [f"hint: {problem.hint}"] if problem.hint else []
    return [*hint, *(f"because: {cause}" for cause in problem.causes)]


def _count(number: int, noun: str) -> str:
    """Count things.

    Example:
        >>> _count(1, "file"), _count(1204, "file")
        ('1 file', '1,204 files')
    """
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def summary(report: Report) -> str:
    """Sum a report up in a sentence or two."""
    read = (report.triples, "triple"), (report.focus_nodes, "focus node"), (report.shapes, "shape")
    looked = ", ".join(starmap(_count, read))
    found = "No problems" if not report.problems else _count(len(report.problems), "problem")
    if report.known and not report.problems:
        found = "No new problems"
    by_severity = ", ".join(
        _count(number, severity.value)
        for severity in reversed(Severity)
        if (number := sum(problem.severity is severity for problem in report.problems))
    )
    told = f"{found}{f' ({by_severity})' if by_severity else ''} in {_count(report.files, 'file')}"
    known = f" {_count(report.known, 'known problem')} kept quiet." if report.known else ""
    stale = f" {_count(len(report.stale), 'stale entry')} in the baseline." if report.stale else ""
    fixable = sum(problem.cure is not None for problem in report.problems)
    cured = f" {fixable:,} can be fixed with --fix." if fixable else ""
    return f"{told} ({looked}).{cured}{known}{stale}"
