"""Messages of SPARQL constraints, with what the solutions say put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from ..results import Term


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
        >>> fill([ox.Literal("{?value} is odd", language="en")], [], {}, ox.Literal("3"))
        (<Literal value=3 is odd datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>,)
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
