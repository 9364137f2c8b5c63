"""The report in SARIF 2.1.0, for code scanning.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 2020; and
GitHub Docs, "SARIF support for code scanning", for what GitHub asks for beyond it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from ..graph.terms import NR
from ..graph.version import __version__
from ..text.places import Place
from ..text.wording import cut
from ..validation.baseline import fingerprints, within
from ..validation.cures import Cure
from ..validation.messages import short_rule
from ..validation.results import Problem, Report, Rule, Severity
from . import Options
from .json import LONGEST_LINE, dump, lines, summary_record
from .text import details, node_text, rules_of

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT: Final = "%SRCROOT%"
#: GitHub refuses a file in which one result has no location.
_NOWHERE: Final = "no-file"
#: GitHub refuses a file with more results.
_MOST: Final = 25_000


def write(report: Report, options: Options) -> Iterator[str]:
    """Write one run of the tool; each rule and each result has a line of its own.

    `Options.base`, which URIs are relative to, is not written itself, so that the report is the
    same on every machine. Of more problems than GitHub takes the gravest are written, with a
    notification of how many are not; the properties of the run count them all.
    """
    rules = rules_of(report)
    index = {rule.id: number for number, rule in enumerate(rules)}
    marks = fingerprints(report.problems, options.base)
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {{"driver": {{"name": "passex", "version": "{__version__}",\n'
    yield f'"informationUri": "{NR.iri.rstrip("#")}", "rules": ['
    yield from lines(_rule(rule) for rule in rules)
    yield "]}},\n"
    yield '"columnKind": "utf16CodeUnits",\n'
    root = {"description": {"text": "The folder in which passex ran."}}
    yield f'"originalUriBaseIds": {dump({_ROOT: root})},\n'
    kept = gravest(report.problems)
    left_out = len(report.problems) - len(kept)
    yield f'"invocations": [{dump(_invocation(report, left_out))}],\n'
    yield f'"properties": {dump(summary_record(report))},\n'
    yield '"results": ['
    yield from lines(_results(kept, index, marks, options.base))
    yield "]}]}\n"


def _rule(rule: Rule) -> dict[str, Any]:
    parts = [part for part in (rule.description, rule.reason) if part]
    short = short_rule(rule.id)
    # GitHub takes no empty text for what it requires.
    return {
        "id": rule.id,
        "name": rule.name or short,
        "shortDescription": {"text": rule.name or short},
        "fullDescription": {"text": rule.description or rule.name or short},
        "help": {"text": " ".join(parts) or short, "markdown": "\n\n".join(parts) or short},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def gravest(problems: Sequence[Problem]) -> list[tuple[int, Problem]]:
    """List as many problems as GitHub takes, the gravest, with their numbers, in their order."""
    order = sorted(range(len(problems)), key=lambda n: problems[n].severity, reverse=True)
    return [(number, problems[number]) for number in sorted(order[:_MOST])]


def left_out_text(number: int) -> str:
    """Say how many problems a report for GitHub leaves out; empty for none."""
    return f"{number:,} left out, the mildest or last: GitHub takes {_MOST:,}" if number else ""


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    notes = [("note", f"stale entry of the baseline: {entry}") for entry in report.stale]
    if left_out:
        notes.append(("warning", left_out_text(left_out)))
    done: dict[str, Any] = {"executionSuccessful": True}
    if notes:
        done["toolExecutionNotifications"] = [
            {"level": level, "message": {"text": _plain(text)}} for level, text in notes
        ]
    return done


def _results(
    kept: Sequence[tuple[int, Problem]], index: Mapping[str, int], marks: Sequence[str], base: str
) -> Iterator[dict[str, Any]]:
    """Give the results; what mends several of them is with the first."""
    told: set[Cure] = set()
    for number, problem in kept:
        result = _result(problem, index[problem.rule], marks[number], base)
        if problem.cure is not None and problem.cure not in told:
            told.add(problem.cure)
            result["fixes"] = [_fix(problem.cure, base)]
        yield result


def _fix(cure: Cure, base: str) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for one in cure.replacements:
        replacement = {
            "deletedRegion": _region(one.place),
            "insertedContent": {"text": one.edit.text},
        }
        changes.setdefault(one.place.file, []).append(replacement)
    return {
        "description": {"text": "What passex validate --fix would write."},
        "artifactChanges": [
            {"artifactLocation": _artifact(file, base), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _result(problem: Problem, index: int, mark: str, base: str) -> dict[str, Any]:
    said = "\n".join(filter(None, (problem.message, *details(problem))))
    name = cut(problem.focus)
    about = {
        "component": problem.component,
        "path": problem.path,
        "focus": problem.focus if name != problem.focus != problem.value else "",
        "value": problem.value,
        "hint": problem.hint,
        "ownSeverity": problem.own_severity,
    }
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": _plain(said) or node_text(problem) or short_rule(problem.rule)},
        "locations": [_location(problem, base)],
        # GitHub looks at the first one only, and wants a number after a colon in it.
        "partialFingerprints": {"primaryLocationLineHash": f"{mark}:1", "passexProblem/v1": mark},
        "properties": {name: text for name, text in about.items() if text},
    }


def _location(problem: Problem, base: str) -> dict[str, Any]:
    place = problem.place
    if place is None:
        artifact = {"uri": _NOWHERE, "uriBaseId": _ROOT}
        region: dict[str, Any] = {"startLine": 1}
    else:
        artifact, region = _artifact(place.file, base), _region(place)
    physical = {"artifactLocation": artifact, "region": region}
    part = region.get("snippet", {}).get("text")
    if part and place is not None and part != place.source and len(place.source) <= LONGEST_LINE:
        # More than the region, as SARIF asks for: the line of which it is a part.
        physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": place.source}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if problem.focus:
        location["logicalLocations"] = [
            {"fullyQualifiedName": cut(problem.focus), "kind": "resource"}
        ]
    return location


def _artifact(file: str, base: str) -> dict[str, str]:
    name = within(file, base)
    # Names of files are bytes; a colon is escaped too, or what stands before it were a scheme.
    path = quote(os.fsencode(name), safe="/")
    if name.startswith("/"):
        return {"uri": f"file://{path}"}
    if name[1:3] == ":/":
        return {"uri": f"file:///{name[0]}:{path[4:]}"}
    return {"uri": path, "uriBaseId": _ROOT}


def _region(place: Place) -> dict[str, Any]:
    if not place.line:
        return {"startLine": 1}
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": _units(place.source, place.column),
        "endLine": max(place.end_line, place.line),
    }
    if place.end_line <= place.line:
        region["endColumn"] = _units(place.source, max(place.end_column, place.column))
        text = place.source[place.column - 1 : place.end_column - 1]
        if text and len(text) <= LONGEST_LINE:
            region["snippet"] = {"text": text}
    elif place.end_source or place.end_column == 1:
        region["endColumn"] = _units(place.end_source, place.end_column)
    # Without the text of the last line its column is left out, which means the end of that line.
    return region


def _units(source: str, column: int) -> int:
    """Count UTF-16 code units up to a column that counts code points."""
    if source.isascii():
        return column
    before = source[: column - 1]
    return column + len(before.encode("utf-16-le", "surrogatepass")) // 2 - len(before)


def _plain(text: str) -> str:
    """Take from a text what SARIF reads as a link: ``[words](where)``."""
    return text.replace("](", "] (")
