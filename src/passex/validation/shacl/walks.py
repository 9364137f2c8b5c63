"""Walks of shapes: what is looked at, step by step from a focus node, along paths.

Whatever is looked at *forwards*, from a subject to its values, is there where all is said of the
subject. To go *backwards*, from a value to whose it is, one has to know who else names the value.
So a part of a graph will do for a shape if it has all that is said of the nodes in it, of those
that they lead to, and of those from which the few steps backwards come that the shape takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ...graph.terms import shorten
from ..results import Path

#: By what a walk has come to a node: it begins there; it was named by some property; by its IRI,
#: which is that of a quote before the ``#``; or it is no node. Else it is a predicate, with ``^``
#: before it where the step went backwards.
FOCUS: Final = ""
ANY: Final = "*"
DOCUMENT: Final = "#"
NO_NODE: Final = "="


class UntoldError(Exception):
    """It cannot be told what is looked at; the text says why, to follow "the shape"."""


@dataclass(frozen=True, order=True)
class Back:
    """A step backwards.

    Attributes:
        after: By what the walk has come to the value: see `FOCUS` and what follows there.
        predicate: The IRI of the property that leads to it.
        denied: Whether a result goes if there is such a step, and none comes.
        needs: The IRIs of properties that the node where it ends has to have.
    """

    after: str
    predicate: str
    denied: bool
    needs: tuple[str, ...] = ()


@dataclass
class Walk:
    """What a shape looks at.

    Attributes:
        back: Its steps backwards.
        counted: The properties of which it is told how many values there are.
        reason: Why that cannot be told, to follow "the shape"; empty where it can.
    """

    back: set[Back] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    reason: str = ""


def along(
    path: Path,
    after: Set[str],
    found: Walk,
    denied: bool,
    backwards: bool = False,
    needs: tuple[str, ...] = (),
) -> set[str]:
    """Go along a path, and give by what its end may be reached."""
    if isinstance(path, ox.NamedNode):
        if not backwards:
            return {path.value}
        found.back |= {Back(one, path.value, denied and one == FOCUS, needs) for one in after}
        return {f"^{path.value}"}
    parts = path.parts
    if path.kind == "inverse":
        return along(parts[0], after, found, denied, not backwards)
    if path.kind == "sequence":
        ends = set(after)
        for part in reversed(parts) if backwards else parts:
            ends = along(part, ends, found, denied, backwards)
        return ends
    if path.kind == "alternative":
        return {end for part in parts for end in along(part, after, found, denied, backwards)}
    ends = set() if path.kind == "oneOrMore" else set(after)
    ends |= along(parts[0], after, found, denied, backwards)
    while path.kind != "zeroOrOne":
        more = ends | along(parts[0], ends, found, denied, backwards)
        if more == ends:
            break
        ends = more
    return ends


def named(steps: Iterable[Back]) -> str:
    """Name the properties of steps, for people."""
    return ", ".join(sorted({shorten(step.predicate) for step in steps}))
