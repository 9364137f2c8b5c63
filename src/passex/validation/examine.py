"""Apply shapes and checks to graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from ..errors import TimeoutError
from ..graph import dataset
from ..graph.terms import NR
from ..text.places import Place
from . import rules as checks
from .inputs import Failure, Inputs
from .reporting import Validation, located, mixed_in, report
from .request import Request, Sources
from .results import Severity
from .rules import Finding, Scope
from .shacl import Outcome
from .shacl import validate as apply_shapes
from .shacl.engines import LARGE
from .shacl.limits import Limit
from .shacl.model import Defect, without

#: What to do about a shape that cannot be applied to a part of the data alone.
ELSEWHERE: Final = "validate with it on one machine, without --engine spark"


def examine(
    request: Request,
    files: Sources,
    inputs: Inputs,
    failures: tuple[Failure, ...],
    limit: Limit | None = None,
    unapplied: Mapping[str, str] = MappingProxyType({}),
) -> Validation:
    """Apply shapes and checks to what was read; the time for it may have begun to run.

    Args:
        unapplied: Shapes, as N-Triples write them, that cannot be applied to this alone, and why.

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
        return limit.apart(lambda: report(request, scope, list(checks.SYNTAX.run(scope))))
    try:
        outcome = apply_shapes(
            inputs,
            engine=request.engine,
            timeout=limit,
            jobs=request.jobs,
            shapes=limit.apart(lambda: without(scope.shapes, unapplied)),
        )
    except TimeoutError as error:
        if limit.busy:
            error.place = _place_of_shape(inputs, limit.busy[0])
        raise
    failed = (*outcome.failed, *map(_not_applied, sorted(unapplied.items())))
    outcome = replace(outcome, failed=failed)
    return limit.apart(lambda: _checked(request, scope, outcome))


def _not_applied(shape: tuple[str, str]) -> Defect:
    name, reason = shape
    node = ox.NamedNode(name[1:-1]) if name[:1] == "<" else ox.BlankNode(name[2:])
    message = f"This shape was not applied: {reason}"
    return Defect("shacl-unsupported", node, "", message, hint=ELSEWHERE)


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
        outcome, places = _judged(scope, outcome, located(inputs, outcome.results))
        return report(request, scope, findings, outcome, places)
    from concurrent.futures import ThreadPoolExecutor

    # The checks ask the store, which lets go of Python: meanwhile the results are located.
    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(lambda: list(checks.run(scope)))
        outcome, places = _judged(scope, outcome, located(inputs, outcome.results))
        findings = [*lonely, *checking.result(), *checks.of_outcome(outcome)]
        return report(request, scope, findings, outcome, places)


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
    others = mixed_in(scope)
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
