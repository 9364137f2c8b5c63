"""Translate SHACL's results and the checks' findings to problems with words and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox

from ..graph.suggest import shortened
from ..graph.terms import local_name
from ..text.places import Place
from .messages import default_message, term_text
from .naming import chosen, severity
from .problems import Problem, Rule
from .results import Result, path_text
from .rules import Finding


def of_result(
    result: Result,
    place: Place | None,
    rule: str,
    hint: str,
    known: Mapping[str, str],
) -> Problem:
    """Put a validation result into words.

    Args:
        result: The result.
        place: Where it is.
        rule: The identifier of the shape.
        hint: What to write instead.
        known: Namespaces by prefix.
    """

    def short(text: str) -> str:
        return shortened(text, known)

    return Problem(
        rule=rule,
        component=local_name(result.component),
        severity=severity(result.severity),
        message=short(_message(result)),
        place=place,
        focus=short(term_text(result.focus)),
        path="" if result.path is None else path_text(result.path, lambda iri: short(f"<{iri}>")),
        value="" if result.value is None else short(term_text(result.value)),
        hint=short(hint),
        causes=tuple(map(short, _causes(result.details))),
        name=short(f"<{rule}>") if ":" in rule else rule,
    )


def of_finding(
    finding: Finding, place: Place | None, rules: Mapping[str, Rule], known: Mapping[str, str]
) -> Problem:
    """Put a finding into the form of a problem.

    Args:
        finding: The finding.
        place: Where it is.
        rules: The rules of the checks.
        known: Namespaces by prefix.
    """

    def short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
        if term is None or isinstance(term, ox.Triple):
            return ""
        return shortened(term_text(term), known)

    return Problem(
        rule=finding.rule,
        component="",
        severity=finding.severity or rules[finding.rule].severity,
        message=shortened(finding.message, known),
        place=place,
        focus=short(finding.subject),
        path="" if finding.predicate is None else short(ox.NamedNode(finding.predicate)),
        value=short(finding.value),
        hint=shortened(finding.hint, known),
    )


def order(problem: Problem) -> tuple[object, ...]:
    """Give the key by which problems are sorted: file, line, column, and then what they say."""
    place = problem.place or Place("")
    position = (place.file, place.line, place.column, place.end_line, place.end_column)
    said = (problem.rule, problem.component, problem.focus, problem.path, problem.value)
    return (*position, *said, problem.message)


def _message(result: Result) -> str:
    return chosen(result.messages) if result.messages else default_message(result)


def _causes(details: tuple[Result, ...], depth: int = 0) -> Iterator[str]:
    """What lies beneath a result, the deepest last; each with the node that it is about."""
    write: Callable[[str], str] = "<{}>".format
    for detail in details:
        about = term_text(detail.focus)
        if detail.path is not None:
            about += f" {path_text(detail.path, write)}"
        yield f"{'  ' * depth}{about}: {_message(detail)}"
        yield from _causes(detail.details, depth + 1)
