"""Shapes without a name, in a few words: what a message says of them in place of a blank node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ..graph.terms import shorten
from .messages import term_text
from .results import Term, path_text
from .shacl.model import Constraint, Node, Shapes

#: Constraints of shapes within shapes are told as deep as this.
_DEPTH: Final = 2
#: So many members of a list are told.
_SHOWN: Final = 6
_OF_SHAPES: Final = ("and", "or", "xone", "not", "node", "property", "qualifiedValueShape")


def described(node: Node, shapes: Shapes, depth: int = _DEPTH) -> str:
    """Describe a shape.

    Args:
        node: Its node.
        shapes: The shapes.
        depth: How many shapes deep.

    Returns:
        The path and the constraints of a blank node, in brackets; a named shape by its IRI, short
        or in angle brackets.

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
