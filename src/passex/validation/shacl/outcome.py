"""The outcome of a validation: messages filled in, and one order for results of any engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import pyoxigraph as ox

from ..results import Result, Term, path_text
from .model import Node, Shapes

_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation against shapes found.

    Attributes:
        results: The results, in an order that is the same for both engines.
        focus_counts: How many focus nodes each shape has by its own targets, for every shape with
            targets that is not switched off and was applied. 0 means that nothing matched.
        shapes: The shapes, with what is wrong with the shapes graph in `Shapes.defects`.
        delegated: The shapes that pySHACL validated in place of the fast engine, and why.
        skipped: The shapes with targets that were not applied because they, or shapes they rest
            on, are ill-formed.
    """

    results: tuple[Result, ...]
    focus_counts: dict[Node, int]
    shapes: Shapes
    delegated: dict[Node, str]
    skipped: tuple[Node, ...]


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results by all that they say, and the details within each; equal ones stay two."""
    sorted_within = (
        replace(result, details=in_order(result.details)) if result.details else result
        for result in results
    )
    return tuple(sorted(sorted_within, key=_key))


def _key(result: Result) -> _Key:
    return (
        str(result.focus),
        path_text(result.path, str) if result.path else "",
        result.component,
        str(result.shape),
        str(result.value or ""),
        str(result.constraint or ""),
        result.severity,
        tuple(map(str, result.messages)),
        tuple(_key(detail) for detail in result.details),
    )


def fill(
    own: Iterable[ox.Literal],
    of_shape: Iterable[ox.Literal],
    bound: Mapping[str, Term],
    value: Term | None,
) -> tuple[ox.Literal, ...]:
    """Put the solution of a constraint into its messages, as pySHACL does.

    Args:
        own: The messages of the constraint.
        of_shape: The messages of its shape, which follow.
        bound: The variables that the solution binds.
        value: The value of the result.

    Returns:
        Each message once, without a language, sorted.

    Example:
        >>> fill([ox.Literal("{?value} is odd", language="en")], [], {}, ox.Literal("3"))[0].value
        '3 is odd'
    """
    terms = dict(bound)
    if value is not None:
        terms["value"] = value
    texts = set()
    for message in (*own, *of_shape):
        text = message.value
        for name, term in terms.items():
            for sign in "?$":
                text = text.replace(f"{{{sign}{name}}}", term.value)
        texts.add(text)
    return tuple(ox.Literal(text) for text in sorted(texts))
