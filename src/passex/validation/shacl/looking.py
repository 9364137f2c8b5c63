"""What a shape looks at, with the shapes on which it rests."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ..results import Path
from .model import Constraint, Node, Shape
from .query_walks import QueryWalk
from .walks import FOCUS, UntoldError, Walk, along

_COUNTING: Final = frozenset(
    ("minCount", "maxCount", "qualifiedValueShape", "uniqueLang", "equals", "disjoint", "hasValue",
     "lessThan", "lessThanOrEquals")
)  # fmt: skip


def walk(shapes: dict[Node, Shape], shape: Shape) -> Walk:
    """Tell what a shape looks at, with the shapes on which it rests.

    Example:
        >>> from passex.validation.inputs import load
        >>> from passex.graph.terms import shorten
        >>> from passex.validation.shacl import read_shapes
        >>> inputs, _ = load([], ["ontology/shapes.ttl"])
        >>> shapes = read_shapes(inputs.shapes_graph, inputs.shapes).shapes
        >>> used = shapes[ox.NamedNode("https://w3id.org/passex/shape/EvidenceUsed")]
        >>> [(step.after, shorten(step.predicate), step.denied) for step in walk(shapes, used).back]
        [('', 'nr:hasEvidence', True)]
    """
    found = Walk()
    try:
        _Look(shapes, found).at(shape, {FOCUS}, True)
    except UntoldError as error:
        found.reason = str(error)
    return found


#: Of the shapes that these name, more must conform, and never fewer.
_PLAIN: Final = ("property", "node", "and", "or")


class _Look:
    """A look at a shape and those on which it rests, which tells what they look at."""

    def __init__(self, shapes: dict[Node, Shape], found: Walk) -> None:
        self._shapes = shapes
        self._found = found
        self._seen: set[tuple[Node, frozenset[str], bool]] = set()

    def at(self, shape: Shape, after: Set[str], plain: bool) -> None:
        """Look at a shape.

        Args:
            after: By what its focus nodes are reached.
            plain: Whether what conforms to it is not for that reason a result.
        """
        key = shape.node, frozenset(after), plain
        if key in self._seen or shape.deactivated:
            return
        self._seen.add(key)
        if shape.foreign:
            raise UntoldError(f"uses {shape.foreign[0]}, which only pySHACL knows")
        found, values, names = self._found, set(after), {c.name for c in shape.constraints}
        if shape.path is not None:
            # That too few lead to a node is the one thing that more of them cannot bring.
            least = plain and names == {"minCount"} and not shape.queries
            values = along(shape.path, values, found, least)
            if names & _COUNTING:
                found.counted |= set(_predicates(shape.path))
        for constraint in shape.constraints:
            found.counted |= set(_compared(constraint))
            below = plain and constraint.name in _PLAIN
            for node in replace(shape, constraints=(constraint,)).references():
                if node in self._shapes:
                    self.at(self._shapes[node], values, below)
        for query in shape.queries:
            if query.is_declared:
                raise UntoldError(f"uses the constraint component <{query.component}>")
            QueryWalk(query, found, plain).walk(after)


def _compared(constraint: Constraint) -> Iterator[str]:
    other = constraint.value
    if constraint.name in _COUNTING and isinstance(other, ox.NamedNode):
        yield other.value


def _predicates(path: Path) -> Iterator[str]:
    if isinstance(path, ox.NamedNode):
        yield path.value
    else:
        for part in path.parts:
            yield from _predicates(part)
