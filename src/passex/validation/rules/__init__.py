"""The checks that aren't shapes: one module a group, and this registry.

Each rule has an example that passes and one that fails (`model.examples`), which the documentation
and ``passex validate --explain`` print and the tests run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..results import Rule
from . import (
    anchors,
    consistency,
    elsewhere,
    heads,
    names,
    questions,
    references,
    review,
    shapes,
    syntax,
    terms,
    vacuous,
)
from .model import Check, Finding, Scope
from .references import of_outcome
from .terms import merge

__all__ = ["CHECKS", "Check", "Finding", "Scope", "merge", "of_outcome", "rules", "run"]

#: All checks, in the order in which the documentation has them.
CHECKS: Final[tuple[Check, ...]] = (
    Check("syntax", syntax.run),
    Check("heads", heads.run),
    Check("files", elsewhere.run, apart=True),
    Check("vacuous", vacuous.run, of_shapes=True),
    Check("shapes", shapes.run, of_shapes=True),
    Check("references", references.run, of_shapes=True),
    Check("terms", terms.run),
    Check("evidence", anchors.run),
    Check("names", names.run),
    Check("ontology", review.run, of_ontology=True),
    Check("consistency", consistency.run),
    Check("questions", questions.run),
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
