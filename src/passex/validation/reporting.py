"""Make a report of what shapes and checks find: problems with their places, rules and levels."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import QueryError
from ..graph import folders
from ..graph.lexical import written
from ..graph.terms import SH
from ..text.nearest import nearest
from ..text.places import Place
from ..text.wording import say
from . import rules as checks
from .cures import Cure, Restatement
from .inferred import Inferences
from .inputs import Inputs
from .request import Request
from .results import UNSUPPORTED, Problem, Report, Result, Rule, Rules, Severity, Term
from .rules import Finding, Scope
from .shacl import Outcome
from .shacl.model import Node
from .unknown_concepts import Concepts, once
from .wording import Wording, parametrised

_TARGET: Final = ox.NamedNode(SH.targetNode)


@dataclass(frozen=True, slots=True)
class Validation:
    """What a validation found, and on what; no outcome of shapes where a file could not be read."""

    report: Report
    inputs: Inputs
    outcome: Outcome | None

    @property
    def unreadable(self) -> bool:
        """Whether files could not be read, so that nothing was checked but their syntax."""
        return self.outcome is None


def mixed_in(scope: Scope) -> set[str]:
    """Name the files of an ontology that is only mixed in: its owners' business."""
    if scope.reviewed:
        return set()
    own = {document.name for document in scope.inputs.data}
    return {document.name for document in scope.inputs.ontology} - own


def report(
    request: Request,
    scope: Scope,
    findings: Sequence[Finding],
    outcome: Outcome | None = None,
    places: Sequence[Place | None] = (),
) -> Validation:
    """Report what was found, and the results of shapes at their places.

    Raises:
        QueryError: A level is given for a rule that does not exist.
    """
    inputs, wording = scope.inputs, Wording(scope.inputs)
    told: dict[ox.BlankNode, str] = {}
    results = [parametrised(r, outcome.shapes, told) for r in outcome.results] if outcome else []
    looked_at = outcome.focus_counts if outcome else {}
    rules = Rules(lambda: _rules(looked_at, wording))
    levels = _levels(request.levels, rules, wording) if request.levels else {}
    findings, hints = checks.merge(findings, results)
    inferences = Inferences(outcome, inputs, wording)
    problems = [
        problem if problem.severity is level else replace(problem, severity=level)
        for problem in (
            *_of_results(inputs, results, places, hints, wording, inferences),
            *_of_findings(scope, findings, rules, wording, inferences),
        )
        if (level := levels.get(problem.rule, problem.severity)) is not None
    ]
    report = Report(
        problems=tuple(sorted(once(problems), key=_order)),
        rules=rules,
        files=len(inputs.data),
        triples=inputs.triples,
        focus_nodes=sum(looked_at.values()),
        shapes=len(looked_at),
        results=tuple(results),
        engines=tuple(_engines(request, outcome, wording)) if outcome else (),
        well_formed=not (outcome and (outcome.skipped or outcome.failed))
        and not any(p.rule == UNSUPPORTED and p.severity is Severity.VIOLATION for p in problems),
        applied=outcome is not None,
        notes=(*_passed_over(request), *inferences.note(), *_notes(outcome)),
    )
    return Validation(report, inputs, outcome)


def _rules(shapes: Iterable[Node], wording: Wording) -> dict[str, Rule]:
    """Describe the rules of the checks, and the shapes as rules."""
    found = checks.rules()
    for shape in shapes:
        found.setdefault(wording.identify(shape), wording.rule(shape))
    return found


def _order(problem: Problem) -> tuple[object, ...]:
    """Give the key by which problems are sorted: file, line, column, and then what they say."""
    place = problem.place or Place("")
    position = (place.file, place.line, place.column, place.end_line, place.end_column)
    said = (problem.rule, problem.component, problem.focus, problem.path, problem.value)
    return (*position, *said, problem.message)


def located(inputs: Inputs, results: Sequence[Result]) -> list[Place | None]:
    """Find where the files have what results of shapes are about."""
    if not results:
        return []
    from .locate import Question, locate  # slow to import, and of no use where there is no problem

    # What is wrong with the ontology is looked for there where no file of data has it.
    places = locate(
        (*inputs.data, *inputs.ontology),
        [Question(result.focus, result.path, result.value) for result in results],
        inputs.graph,
    )
    # What no file has, a shape looks at because it is its target.
    lost = [number for number, place in enumerate(places) if place is None]
    quads = inputs.shapes_graph.quads_for_pattern(None, _TARGET, None) if lost else ()
    targets: dict[Term, Node] = {
        written(quad.object): quad.subject
        for quad in quads
        if not isinstance(quad.object, ox.Triple) and not isinstance(quad.subject, ox.Triple)
    }
    asked = {
        number: Question(targets[focus], _TARGET, focus)
        for number in lost
        if (focus := results[number].focus) in targets
    }
    found = locate(inputs.shapes, [*asked.values()], inputs.shapes_graph) if asked else ()
    for number, place in zip(asked, found, strict=True):
        places[number] = place
    return places


def _of_results(
    inputs: Inputs,
    results: Sequence[Result],
    places: Sequence[Place | None],
    hints: Mapping[tuple[object, object, object], str],
    wording: Wording,
    inferences: Inferences,
) -> Iterator[Problem]:
    if not results:
        return
    from .hints import Hints
    from .restating import cures

    more, concepts = Hints(inputs), Concepts(inputs.graph)
    advice = [more.advice(result) for result in results]
    cured = cures(inputs.data, (one.cure for one in advice))
    for result, place, one in zip(results, places, advice, strict=True):
        hint = concepts.hint(result) or hints.get((result.focus, result.path, result.value))
        hint = hint or one.hint
        problem = wording.of_result(result, place, hint)
        causes = (*problem.causes, *inferences.of_result(result))
        yield replace(problem, causes=causes, cure=cured.get(one.cure))


def _of_findings(
    scope: Scope,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    wording: Wording,
    inferences: Inferences,
) -> Iterator[Problem]:
    if not findings:
        return
    from .locate import Question, locate
    from .restating import cures

    inputs = scope.inputs
    cured = cures(inputs.data, (f.cure for f in findings if isinstance(f.cure, Restatement)))
    others = mixed_in(scope)
    own = (check for check in checks.CHECKS if check.of_shapes) if others else ()
    of_shapes = {rule.id for check in own for rule in check.rules}
    places: dict[int, Place | None] = {}
    groups = (
        ("data", (*inputs.data, *inputs.ontology), inputs.graph),
        ("shapes", inputs.shapes, inputs.shapes_graph),
        ("ontology", (*inputs.ontology, *inputs.data), inputs.graph),
    )
    for kind, documents, graph in groups:
        asked = {
            number: Question(
                finding.subject,
                finding.path,
                None if isinstance(finding.value, ox.Triple) else finding.value,
            )
            for number, finding in enumerate(findings)
            if finding.where == kind and finding.subject is not None
        }
        places.update(zip(asked, locate(documents, [*asked.values()], graph), strict=True))
    for number, finding in enumerate(findings):
        place = finding.where if isinstance(finding.where, Place) else places.get(number)
        if place is None or place.file not in others or finding.rule in of_shapes:
            problem = wording.of_finding(finding, place, rules)
            given = finding.cure
            cure = given if isinstance(given, Cure) else cured.get(given)
            yield replace(problem, causes=inferences.of_finding(finding), cure=cure)


def _passed_over(request: Request) -> Iterator[str]:
    """Say which files of the folders that were given were not read, though they look like it."""
    given = (*request.paths, *request.shapes, *request.ontology)
    for folder in dict.fromkeys(map(Path, filter(os.path.isdir, given))):
        if said := folders.passed_over(folder):
            yield said


def _notes(outcome: Outcome | None) -> tuple[str, ...]:
    if outcome is None or not outcome.unseen:
        return ()
    number = say(outcome.unseen, "triple")
    return (f"pySHACL cannot hold {number} of RDF 1.2: the shapes that it applied don't see them",)


def _engines(request: Request, outcome: Outcome, wording: Wording) -> Iterator[str]:
    quick = len(outcome.focus_counts.keys() - outcome.delegated.keys())
    if request.engine == "fast":
        yield f"{say(quick, 'shape')} for all nodes at once, in SPARQL"
    for shape, reason in sorted(outcome.delegated.items(), key=str):
        yield f"{wording.short(str(shape))} by pySHACL: {reason}"
    for shape in outcome.skipped:
        yield f"{wording.short(str(shape))} not applied: it is ill-formed"


def _levels(
    given: Mapping[str, Severity | None], rules: Iterable[str], wording: Wording
) -> dict[str, Severity | None]:
    """Give the levels of single rules, where some are of groups of rules."""
    groups = {check.name: [rule.id for rule in check.rules] for check in checks.CHECKS}
    names = {*rules, *groups}
    # People write a shape as the report does, with a prefix that only its file declares.
    shown = {wording.short(f"<{name}>"): name for name in names if ":" in name}
    given = {name if name in names else shown.get(name, name): given[name] for name in given}
    for name in given:
        if name not in names:
            near = nearest(name, names, most=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "docs/rules.md lists them"
            raise QueryError(f"'{name}' is no rule of this validation", hint)
    of_groups = {rule: given[name] for name in groups if name in given for rule in groups[name]}
    return {**of_groups, **{name: level for name, level in given.items() if name not in groups}}
