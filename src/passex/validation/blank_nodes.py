"""Find blank nodes by the path that leads to them from a node with an IRI.

A file does not say what a validation calls its blank nodes: for that it would have to be read from
the beginning. But the graph knows which triples lead to a blank node, and their statement can be
found and read alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from .results import Term

#: A blank node of a file, and its number: see `inputs`.
_NUMBERED: Final = re.compile(r"f([0-9]+)b([0-9]+)")
#: A blank node that is called so or as in a statement that was read alone: see `source_file`.
_OF_A_FILE: Final = re.compile(r"f([0-9]+)[bs]")
#: One without a label in such a statement: offset of the statement, and number.
_LOCAL: Final = re.compile(r"f[0-9]+s([0-9]+)b([0-9]+)")
#: No path is longer.
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class PathStep:
    """One triple of a path.

    Attributes:
        predicate: Its predicate.
        place: Which it is among the blank values of that predicate, in the order of the text.
        number: How many they are.
    """

    predicate: ox.NamedNode
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class BlankNodePath:
    """How to get to a blank node: where to begin, and the triples from there."""

    start: ox.NamedNode
    steps: tuple[PathStep, ...]


def owner(node: Term) -> int | None:
    """Give the number of the file that a blank node of a validation is from, else None."""
    numbered = _NUMBERED.fullmatch(node.value) if isinstance(node, ox.BlankNode) else None
    return int(numbered[1]) if numbered else None


def file_number(node: Term) -> int | None:
    """Give the number of the file that a blank node is from, also one of a statement read alone."""
    found = _OF_A_FILE.match(node.value) if isinstance(node, ox.BlankNode) else None
    return int(found[1]) if found else None


def is_local(node: Term) -> bool:
    """Tell whether a node is a blank node without a label, in a statement that was read alone."""
    return isinstance(node, ox.BlankNode) and _LOCAL.fullmatch(node.value) is not None


def path_to(node: ox.BlankNode, graph: ox.Store) -> BlankNodePath | None:
    """Find a path to a blank node of a graph; None if none begins at a node with an IRI."""
    steps: list[PathStep] = []
    while len(steps) < _LONGEST:
        # An IRI, which ends the path, comes before a blank node in this order.
        leading = graph.quads_for_pattern(None, None, node)
        others = (q for q in leading if q.subject != node and not isinstance(q.subject, ox.Triple))
        above = sorted(others, key=str)
        if not above:
            return None
        subject, predicate = above[0].subject, above[0].predicate
        values = _numbered(
            quad.object for quad in graph.quads_for_pattern(subject, predicate, None)
        )
        same = sorted(value for value in values if value[0] == owner(node))
        [own] = _numbered([node])
        steps.append(PathStep(predicate, same.index(own), len(same)))
        if isinstance(subject, ox.NamedNode):
            return BlankNodePath(subject, tuple(reversed(steps)))
        assert isinstance(subject, ox.BlankNode)
        node = subject
    return None


def _numbered(nodes: Iterable[object]) -> list[tuple[int, int]]:
    """Give numbers of file and node for the blank nodes among some terms."""
    names = (node.value for node in nodes if isinstance(node, ox.BlankNode))
    found = (_NUMBERED.fullmatch(name) for name in names)
    return [(int(match[1]), int(match[2])) for match in found if match]


def follow(step: PathStep, values: Iterable[Term]) -> Term | None:
    """Choose the value that a step leads to.

    Args:
        step: The step.
        values: The values of its predicate at a node, as statements that were read alone have them.

    Returns:
        The value; None if it cannot be told which it is.
    """
    blank = {value for value in values if isinstance(value, ox.BlankNode)}
    if len(blank) != step.number:
        return None
    if step.number == 1:
        return blank.pop()
    # Blank nodes are counted in the order of the text; those with a label, where it comes first.
    found = {value: _LOCAL.fullmatch(value.value) for value in blank}
    order = {value: (int(m[1]), int(m[2])) for value, m in found.items() if m}
    if len(order) != step.number:
        return None
    return sorted(order, key=order.__getitem__)[step.place]
