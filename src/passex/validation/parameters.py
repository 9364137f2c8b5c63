"""Find the parameters behind a result, so that words can name them, whatever engine ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ..graph.terms import local_name, shorten
from .messages import term_text
from .results import Result, Term, path_text
from .shacl.model import Constraint, Node, Shapes

#: How deep the constraints of shapes within shapes are told.
_DEPTH: Final = 2
#: How many members of a list are told.
_SHOWN: Final = 6
#: The constraints whose parameters are shapes.
_LOGICAL: Final = ("and", "or", "xone", "not", "node")
_OF_SHAPES: Final = (*_LOGICAL, "property", "qualifiedValueShape")
_COUNTS: Final = {"QualifiedMinCount": "least", "QualifiedMaxCount": "most"}


def parametrised(
    result: Result, shapes: Shapes, told: dict[ox.BlankNode, str] | None = None
) -> Result:
    """Give a result the parameters of its constraint, and its details theirs.

    Args:
        result: A result.
        shapes: All shapes.
        told: Takes what was said of shapes without a name, to be looked up for other results.

    Returns:
        The result with `Result.parameters`: none where a shape has several constraints of the
        component, since there is no telling which of them it was.
    """
    told = {} if told is None else told
    details = tuple(parametrised(detail, shapes, told) for detail in result.details)
    shape = shapes.shapes.get(result.shape)
    name = local_name(result.component).removesuffix("ConstraintComponent")
    wanted = "qualifiedValueShape" if name in _COUNTS else name[:1].lower() + name[1:]
    found = [] if shape is None else [c for c in shape.constraints if c.name == wanted]
    parameters: tuple[Term | str, ...] = _of(found[0], name) if len(found) == 1 else ()
    if wanted in _LOGICAL:
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


def described(node: Node, shapes: Shapes, depth: int = _DEPTH) -> str:
    """Describe a shape in a few words, which a message has in place of a blank node.

    A named shape is told by its IRI; of another, path and constraints, as many shapes deep as is
    said.

    Example:
        >>> none = Shapes({}, (), frozenset(), frozenset())
        >>> described(ox.NamedNode("https://w3id.org/passex/shape/Label"), none)
        'nrs:Label'
    """
    if isinstance(node, ox.NamedNode):
        return shorten(node.value)
    shape = shapes.shapes.get(node)
    if shape is None or not depth:
        return "[…]"
    words = []
    if shape.path is not None:
        words.append(path_text(shape.path, shorten))
    words += [
        f"{constraint.name} {_value(constraint, shapes, depth)}" for constraint in shape.constraints
    ]
    words += ["sparql"] * bool(shape.queries)
    return f"[{', '.join(words) or 'nothing'}]"


def _value(constraint: Constraint, shapes: Shapes, depth: int) -> str:
    parts = constraint.members if constraint.members else (constraint.value,)
    texts = list(_texts(constraint, parts[:_SHOWN], shapes, depth))
    texts += ["…"] * (len(parts) > _SHOWN)
    counts = (("least", constraint.least), ("most", constraint.most))
    texts += [f"at {word} {number}" for word, number in counts if number is not None]
    text = " ".join(texts)
    return f"({text})" if constraint.members else text


def _texts(
    constraint: Constraint, parts: tuple[Term, ...], shapes: Shapes, depth: int
) -> Iterator[str]:
    for part in parts:
        if constraint.name in _OF_SHAPES and not isinstance(part, ox.Literal):
            yield described(part, shapes, depth - 1)
        else:
            yield term_text(part)
