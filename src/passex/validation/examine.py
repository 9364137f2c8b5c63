"""A validation's graphs against its shapes and checks: problems with words and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ..errors import QueryError
from ..graph.suggest import shortened
from ..text.places import Place
from . import naming, translate
from . import rules as checks
from .inputs import Document, Failure, Inputs
from .parameters import parametrised
from .problems import Problem, Report, Rule, Severity
from .request import Request, Sources
from .results import Result, Term
from .rules import Finding, Scope
from .shacl import Outcome
from .shacl import validate as apply_shapes
from .shacl.engines import LARGE
from .shacl.limits import Limit


@dataclass(frozen=True, slots=True)
class Validation:
    """What a validation did.

    Attributes:
        report: What it found.
        inputs: What it worked on.
        outcome: What the shapes looked at; None where a file could not be read.
    """

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
    """Apply shapes and checks to what was read.

    Args:
        request: What was asked for.
        files: The files behind it.
        inputs: What was read.
        failures: What could not be read.
        limit: The time for all of it, if it has begun to run.

    Returns:
        The report, and what it rests on.

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
        reviewed=not request.paths or request.ontology not in ((), ("none",)),
        reason=request.reason,
    )
    if failures:
        # Without one file, the shapes would find fault with what it alone describes.
        return limit.apart(lambda: _report(request, scope, list(checks.CHECKS[0].run(scope))))
    outcome = apply_shapes(
        inputs,
        engine=request.engine,
        timeout=limit,
        jobs=request.jobs,
        shapes=limit.apart(lambda: scope.shapes),
    )
    return limit.apart(lambda: _checked(request, scope, outcome))


def _checked(request: Request, scope: Scope, outcome: Outcome) -> Validation:
    """Run the checks, and report what they and the shapes found."""
    inputs = scope.inputs
    if inputs.triples < LARGE or not outcome.results:
        findings = list(checks.run(scope))
        return _report(request, scope, findings, outcome, _located(inputs, outcome.results))
    from concurrent.futures import ThreadPoolExecutor

    # The checks ask the store, which lets go of Python: meanwhile the results are located.
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(lambda: list(checks.run(scope)))
        places = _located(inputs, outcome.results)
        return _report(request, scope, checking.result(), outcome, places)


def _report(
    request: Request,
    scope: Scope,
    findings: Sequence[Finding],
    outcome: Outcome | None = None,
    places: Sequence[Place | None] = (),
) -> Validation:
    inputs = scope.inputs
    told: dict[ox.BlankNode, str] = {}
    results = (
        [] if outcome is None else [parametrised(r, outcome.shapes, told) for r in outcome.results]
    )
    documents = (*inputs.shapes, *inputs.ontology, *inputs.data)
    own = checks.rules()
    shapes = naming.Shapes(inputs)
    known = naming.prefixes(documents) if findings or results or outcome else {}
    looked_at = outcome.focus_counts if outcome else {}
    rules: dict[str, Rule] = dict(own)
    for shape in looked_at:
        rules.setdefault(shapes.identify(shape), shapes.rule(shape, known))
    _refuse_unknown(request.levels, rules)
    findings, hints = checks.merge(findings, results)
    problems = _levelled(
        [
            *_of_results(inputs, results, places, shapes, hints, known),
            *_of_findings(inputs, findings, own, known),
        ],
        request.levels,
    )
    report = Report(
        problems=tuple(sorted(problems, key=translate.order)),
        rules=rules,
        files=len(inputs.data),
        triples=inputs.triples,
        focus_nodes=sum(looked_at.values()),
        shapes=len(looked_at),
        results=tuple(results),
        engines=() if outcome is None else tuple(_engines(request, outcome, known)),
        well_formed=outcome is None or not outcome.skipped,
    )
    return Validation(report, inputs, outcome)


def _located(inputs: Inputs, results: Sequence[Result]) -> list[Place | None]:
    if not results:
        return []
    from .locate import Question, locate

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
    shapes: naming.Shapes,
    hints: Mapping[tuple[object, object, object], str],
    known: Mapping[str, str],
) -> list[Problem]:
    if not results:
        return []
    from .hints import Hints

    more = Hints(inputs)
    return [
        translate.of_result(
            result,
            place,
            shapes.identify(result.shape),
            hints.get((result.focus, result.path, result.value)) or more.hint(result),
            known,
        )
        for result, place in zip(results, places, strict=True)
    ]


def _of_findings(
    inputs: Inputs,
    findings: Sequence[Finding],
    own: Mapping[str, Rule],
    known: Mapping[str, str],
) -> list[Problem]:
    if not findings:
        return []
    from .locate import Question, locate

    places: dict[int, Place | None] = {}
    groups: dict[str, tuple[Document, ...]] = {
        "data": (*inputs.data, *inputs.ontology),
        "shapes": inputs.shapes,
        "ontology": (*inputs.ontology, *inputs.data),
    }
    for kind, documents in groups.items():
        asked = [
            i
            for i, finding in enumerate(findings)
            if finding.where == kind and finding.subject is not None
        ]
        located = locate(
            documents,
            [Question(*_asked(findings[i])) for i in asked],
            inputs.shapes_graph if kind == "shapes" else inputs.graph,
        )
        places.update(zip(asked, located, strict=True))
    return [
        translate.of_finding(
            finding,
            finding.where if isinstance(finding.where, Place) else places.get(i),
            own,
            known,
        )
        for i, finding in enumerate(findings)
    ]


def _asked(finding: Finding) -> tuple[Term, ox.NamedNode | None, Term | None]:
    """Focus, path and value of a finding that has a subject."""
    assert finding.subject is not None
    value = None if isinstance(finding.value, ox.Triple) else finding.value
    path = None if finding.predicate is None else ox.NamedNode(finding.predicate)
    return finding.subject, path, value


def _engines(request: Request, outcome: Outcome, known: Mapping[str, str]) -> Iterator[str]:
    quick = len(outcome.focus_counts) - len(outcome.delegated)
    if request.engine == "fast":
        yield f"{quick} shapes for all nodes at once, in SPARQL"
    for shape, reason in sorted(outcome.delegated.items(), key=str):
        yield f"{shortened(str(shape), known)} by pySHACL: {reason}"
    for shape in outcome.skipped:
        yield f"{shortened(str(shape), known)} not applied: it is ill-formed"


def _levelled(problems: Sequence[Problem], levels: Mapping[str, Severity | None]) -> list[Problem]:
    kept = []
    for problem in problems:
        level = levels.get(problem.rule, problem.severity)
        if level is not None:
            kept.append(replace(problem, severity=level))
    return kept


def _refuse_unknown(levels: Mapping[str, Severity | None], rules: Mapping[str, Rule]) -> None:
    import difflib

    for rule in levels:
        if rule not in rules:
            near = difflib.get_close_matches(rule, rules, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "docs/rules.md lists them"
            raise QueryError(f"'{rule}' is no rule of this validation", hint)
