"""The validation report of the W3C, in Turtle.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 3.6. It speaks of
shapes only: other rules, known problems and places have no words there. What comes of ill-formed
shapes is not defined; since they were not applied, the report does not call the data conforming,
nor where a file could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ..graph.terms import SH
from ..validation.messages import default_message
from ..validation.results import Path, Report, Result, Term
from . import Options


def write(report: Report, options: Options) -> Iterator[str]:
    """Write the results of the shapes (`Report.results`), nested ones too, in their order.

    Blank nodes of data and shapes keep their names, which the names of our own do not begin with.
    """
    name = "result"
    while any(taken.startswith(name) for taken in _blank_names(report.results)):
        name += "-"
    # By hand and flat: results may lie beneath results as deep as shapes are nested.
    waiting = list(reversed(report.results))
    numbered = len(waiting)
    numbers = list(range(numbered, 0, -1))
    yield f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n"
    conforms = report.applied and report.well_formed and not waiting
    yield f"    sh:conforms {'true' if conforms else 'false'}"
    if not report.well_formed:
        yield " ;\n    sh:shapesGraphWellFormed false"
    for number in reversed(numbers):
        yield f" ;\n    sh:result _:{name}{number}"
    yield " .\n"
    while waiting:
        result, number = waiting.pop(), numbers.pop()
        beneath = list(range(numbered + 1, numbered + 1 + len(result.details)))
        numbered += len(beneath)
        waiting += reversed(result.details)
        numbers += reversed(beneath)
        yield f"\n_:{name}{number} a sh:ValidationResult ;\n"
        yield " ;\n".join(f"    {line}" for line in _lines(result))
        yield "".join(f" ;\n    sh:detail _:{name}{other}" for other in beneath)
        yield " .\n"


def _lines(result: Result) -> Iterator[str]:
    yield f"sh:focusNode {_term(result.focus)}"
    if result.path is not None:
        yield f"sh:resultPath {_path(result.path)}"
    if result.value is not None:
        yield f"sh:value {_term(result.value)}"
    yield f"sh:sourceShape {_term(result.shape)}"
    yield f"sh:sourceConstraintComponent {_iri(result.component)}"
    if result.constraint is not None:
        yield f"sh:sourceConstraint {_term(result.constraint)}"
    yield f"sh:resultSeverity {_iri(result.severity)}"
    for message in result.messages or (ox.Literal(default_message(result)),):
        yield f"sh:resultMessage {_term(message)}"


def _path(path: Path) -> str:
    if isinstance(path, ox.NamedNode):
        return _iri(path.value)
    parts = [_path(part) for part in path.parts]
    if path.kind == "sequence":
        return f"( {' '.join(parts)} )"
    if path.kind == "alternative":
        return f"[ sh:alternativePath ( {' '.join(parts)} ) ]"
    return f"[ sh:{path.kind}Path {parts[0]} ]"


def _term(term: Term) -> str:
    return _iri(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _iri(iri: str) -> str:
    local = iri.removeprefix(SH.iri)
    return f"sh:{local}" if local != iri and local.isalpha() and local.isascii() else f"<{iri}>"


def _blank_names(results: Iterable[Result]) -> Iterator[str]:
    waiting = list(results)
    while waiting:
        result = waiting.pop()
        waiting += result.details
        for term in (result.focus, result.value, result.shape, result.constraint):
            if isinstance(term, ox.BlankNode):
                yield term.value
