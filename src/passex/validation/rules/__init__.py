"""The checks that aren't shapes: one module a group, and this registry.

Each rule has an example that passes and one that fails (`model.examples`), which the documentation
and ``passex validate --explain`` print and the tests run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from ..results import Rule
from . import consistency, heads, names, references, shapes, terms, vacuous
from .model import Check, Finding, Scope
from .references import of_outcome
from .terms import merge

__all__ = [
    "CHECKS",
    "SYNTAX",
    "Check",
    "Finding",
    "Scope",
    "merge",
    "of_outcome",
    "rules",
    "run",
]


def _where(needed: Callable[[Scope], object], module: str) -> Callable[[Scope], Iterator[Finding]]:
    """Give the check of a module, which is imported only where there is something to look at."""

    def run(scope: Scope) -> Iterator[Finding]:
        if needed(scope):
            yield from import_module(f".{module}", __name__).run(scope)

    return run


SYNTAX: Final = Check("syntax", _where(lambda scope: scope.failures, "syntax"))
#: All checks, in the order in which the documentation has them.
CHECKS: Final[tuple[Check, ...]] = (
    SYNTAX,
    Check("heads", heads.run),
    # Run apart, where shapes found something: what it finds takes the place of some of that.
    Check("files", _where(lambda scope: scope.alone, "elsewhere"), apart=True),
    Check("vacuous", vacuous.run, of_shapes=True),
    Check("shapes", shapes.run, of_shapes=True),
    Check("references", references.run, of_shapes=True),
    Check("terms", terms.run),
    Check("evidence", _where(lambda scope: scope.inputs.texts, "anchors")),
    Check("names", names.run),
    Check("ontology", _where(lambda scope: scope.inputs.ontology, "review"), of_ontology=True),
    Check("consistency", consistency.run),
    Check("questions", _where(lambda scope: scope.questions, "questions")),
)


def rules() -> dict[str, Rule]:
    """Give all rules by their identifiers, in the order of the checks.

    Example:
        >>> rules()["no-data"].severity.value
        'violation'
    """
    return {rule.id: rule for check in CHECKS for rule in check.rules}


def run(scope: Scope) -> Iterator[Finding]:
    """Run the checks: what they find, check by check, and the same of the same place once."""
    seen: set[Finding] = set()
    for check in CHECKS:
        if check.apart:
            continue
        for finding in () if check.of_ontology and not scope.reviewed else check.run(scope):
            if finding not in seen:
                seen.add(finding)
                yield finding
