"""Apply shapes and checks to graphs, and make a report of what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ..errors import QueryError, TimeoutError
from ..graph import dataset
from ..graph.terms import NR
from ..text.nearest import nearest
from ..text.places import Place
from . import rules as checks
from .cures import Cure, Restatement
from .inferred import Inferences
from .inputs import Failure, Inputs
from .request import Request, Sources
from .results import UNSUPPORTED, Problem, Report, Result, Rule, Rules, Severity
from .rules import Finding, Scope
from .shacl import Outcome
from .shacl import validate as apply_shapes
from .shacl.engines import LARGE
from .shacl.limits import Limit
from .shacl.model import Node
from .unknown_concepts import Concepts, once
from .wording import Wording, parametrised


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


def examine(
    request: Request,
    files: Sources,
    inputs: Inputs,
    failures: tuple[Failure, ...],
    limit: Limit | None = None,
) -> Validation:
    """Apply shapes and checks to what was read; the time for it may have begun to run.

    Raises:
        QueryError: A level is given for a rule that does not exist.
        TimeoutError: It took longer than the request allows.
    """
    limit = limit or Limit(request.timeout)
    scope = Scope(
        inputs,
        failures,
        questions=files.questions,
        rules=files.rules,
        complete=not request.ours,
        reviewed=not request.paths or request.check_ontology,
        reason=request.reason,
        alone=bool(request.ours and request.paths)
        and dataset.BUNDLED not in request.paths
        and _tells_alone(request.levels),
    )
    if failures:
        # Without one file, the shapes would find fault with what it alone describes.
        return limit.apart(lambda: _report(request, scope, list(checks.SYNTAX.run(scope))))
    try:
        outcome = apply_shapes(
            inputs,
            engine=request.engine,
            timeout=limit,
            jobs=request.jobs,
            shapes=limit.apart(lambda: scope.shapes),
        )
    except TimeoutError as error:
        if limit.busy:
            error.place = _place_of_shape(inputs, limit.busy[0])
        raise
    return limit.apart(lambda: _checked(request, scope, outcome))


def _tells_alone(levels: Mapping[str, Severity | None]) -> bool:
    """Tell whether the one line on files that need others fails, in place of what it explains."""
    own = levels.get("described-elsewhere", levels.get("files", Severity.VIOLATION))
    return own is Severity.VIOLATION


def _place_of_shape(inputs: Inputs, node: ox.NamedNode | ox.BlankNode) -> Place | None:
    from .locate import Question, locate

    (found,) = locate(inputs.shapes, [Question(node, None, None)], inputs.shapes_graph)
    return found


def _checked(request: Request, scope: Scope, outcome: Outcome) -> Validation:
    """Run the checks, and report what they and the shapes found."""
    inputs, shapes = scope.inputs, outcome.shapes.shapes
    counts = outcome.focus_counts.items()
    if idle := {s for s, n in counts if not n and "sh:target" in shapes[s].foreign}:
        scope = replace(scope, idle=frozenset(idle))
    lonely: list[Finding] = []
    if scope.alone and outcome.results:
        outcome, lonely = _without_others(inputs, outcome)
    if inputs.triples < LARGE or not outcome.results:
        findings = [*lonely, *checks.run(scope)]
        findings += checks.of_outcome(outcome)
        outcome, places = _judged(scope, outcome, _located(inputs, outcome.results))
        return _report(request, scope, findings, outcome, places)
    from concurrent.futures import ThreadPoolExecutor

    # The checks ask the store, which lets go of Python: meanwhile the results are located.
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(lambda: list(checks.run(scope)))
        outcome, places = _judged(scope, outcome, _located(inputs, outcome.results))
        findings = [*lonely, *checking.result(), *checks.of_outcome(outcome)]
        return _report(request, scope, findings, outcome, places)


def _without_others(inputs: Inputs, outcome: Outcome) -> tuple[Outcome, list[Finding]]:
    """Leave out the results about nodes that files beside the data describe, and name these."""
    from .rules import elsewhere

    files = elsewhere.described(inputs)
    if not files:
        return outcome, []
    others = frozenset[object]().union(*files.values())
    about = ox.NamedNode(NR.about)
    claims = {q.subject for q in inputs.graph.quads_for_pattern(None, about, None)
              if q.object in others}  # fmt: skip
    kept = tuple(
        one
        for one in outcome.results
        if one.focus not in others and one.focus not in claims and one.value not in others
    )
    return replace(outcome, results=kept), [elsewhere.finding(inputs, files)]


def _judged(
    scope: Scope, outcome: Outcome, places: Sequence[Place | None]
) -> tuple[Outcome, Sequence[Place | None]]:
    """Leave out the results about nodes of an ontology that is only mixed in.

    What the data say of such a node, or with it, is theirs.
    """
    others = _others(scope)
    doubtful = [i for i, place in enumerate(places) if place is not None and place.file in others]
    if not doubtful:
        return outcome, places
    from .locate import Question, locate

    asked = [Question(outcome.results[i].focus) for i in doubtful]
    found = locate(scope.inputs.data, asked, scope.inputs.graph)
    out = {i for i, place in zip(doubtful, found, strict=True) if place is None}
    kept = [i for i in range(len(places)) if i not in out]
    results = tuple(outcome.results[i] for i in kept)
    return replace(outcome, results=results), [places[i] for i in kept]


def _others(scope: Scope) -> set[str]:
    """Name the files of an ontology that is only mixed in: its owners' business."""
    if scope.reviewed:
        return set()
    own = {document.name for document in scope.inputs.data}
    return {document.name for document in scope.inputs.ontology} - own


def _report(
    request: Request,
    scope: Scope,
    findings: Sequence[Finding],
    outcome: Outcome | None = None,
    places: Sequence[Place | None] = (),
) -> Validation:
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
        notes=(*inferences.note(), *_notes(outcome)),
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


def _located(inputs: Inputs, results: Sequence[Result]) -> list[Place | None]:
    if not results:
        return []
    from .locate import Question, locate  # slow to import, and of no use where there is no problem

    # What is wrong with the ontology is looked for there where no file of data has it.
    return locate(
        (*inputs.data, *inputs.ontology),
        [Question(result.focus, result.path, result.value) for result in results],
        inputs.graph,
    )


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
    others = _others(scope)
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


def _notes(outcome: Outcome | None) -> tuple[str, ...]:
    if outcome is None or not outcome.unseen:
        return ()
    number = f"{outcome.unseen} triple{'' if outcome.unseen == 1 else 's'}"
    return (f"pySHACL cannot hold {number} of RDF 1.2: the shapes that it applied don't see them",)


def _engines(request: Request, outcome: Outcome, wording: Wording) -> Iterator[str]:
    quick = len(outcome.focus_counts.keys() - outcome.delegated.keys())
    if request.engine == "fast":
        yield f"{quick} shapes for all nodes at once, in SPARQL"
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
