"""The parameters behind a result, so that words can name them: the same whatever engine ran."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ..graph.terms import local_name
from .described import described
from .results import Result, Term
from .shacl.model import Constraint, Shapes

_OF_SHAPES: Final = ("And", "Or", "Xone", "Not", "Node")
_COUNTS: Final = {"QualifiedMinCount": "least", "QualifiedMaxCount": "most"}


def parametrised(
    result: Result, shapes: Shapes, told: dict[ox.BlankNode, str] | None = None
) -> Result:
    """Give a result the parameters of its constraint, and its details theirs.

    Args:
        result: A result.
        shapes: The shapes.
        told: Takes what was said of shapes without a name, to be looked up for other results.

    Returns:
        The result with `Result.parameters`: none where a shape has several constraints of the
        component, since nobody can tell which of them it was.
    """
    told = {} if told is None else told
    details = tuple(parametrised(detail, shapes, told) for detail in result.details)
    shape = shapes.shapes.get(result.shape)
    name = local_name(result.component).removesuffix("ConstraintComponent")
    wanted = "qualifiedValueShape" if name in _COUNTS else name[:1].lower() + name[1:]
    found = [] if shape is None else [c for c in shape.constraints if c.name == wanted]
    parameters: tuple[Term | str, ...] = _of(found[0], name) if len(found) == 1 else ()
    if name in _OF_SHAPES:
        for one in parameters:
            if isinstance(one, ox.BlankNode) and one not in told:
                told[one] = described(one, shapes)
        parameters = tuple(
            told[one] if isinstance(one, ox.BlankNode) else one for one in parameters
        )
    return replace(result, details=details, parameters=parameters)


def _of(constraint: Constraint, name: str) -> tuple[Term, ...]:
    if name in _COUNTS:
        number = constraint.least if name == "QualifiedMinCount" else constraint.most
        return () if number is None else (ox.Literal(number),)
    if constraint.members:
        return constraint.members
    flags = (ox.Literal(constraint.flags),) if constraint.flags else ()
    return (constraint.value, *flags)
