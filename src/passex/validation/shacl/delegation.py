"""Which shapes the fast engine hands to pySHACL, and why."""

from __future__ import annotations

from collections.abc import Callable

from ..inputs import Inputs
from ..literals import marked_predicates
from .model import Node, Shape, Shapes
from .nesting import for_all
from .sparql import reads_values


def reason_to_delegate(inputs: Inputs, shapes: Shapes) -> Callable[[Shape], str]:
    """Prepare to tell which shapes are not the fast engine's.

    Args:
        inputs: Data and ontology.
        shapes: The shapes.

    Returns:
        A function that gives the reason for a shape; empty if there is none.
    """
    marked: set[str] | None = None if inputs.marked else set()

    def reason(shape: Shape) -> str:
        nonlocal marked
        for node in _with_references(shape, shapes.shapes):
            if node in shapes.recursive:
                return "it rests on itself"
            one = shapes.shapes[node]
            if one.foreign:
                return one.foreign[0]
            for query in one.queries:
                if for_all(query.text, "") is None:
                    return "a query that has to be asked for each focus node"
                if marked is None:
                    marked = {predicate.value for predicate in marked_predicates(inputs.graph)}
                if marked and reads_values(query.text, marked):
                    return "a query over literals that the store would rewrite"
        return ""

    return reason


def _with_references(shape: Shape, shapes: dict[Node, Shape]) -> list[Node]:
    found, pending = [shape.node], [shape.node]
    while pending:
        for node in shapes[pending.pop()].references():
            if node not in found:
                found.append(node)
                pending.append(node)
    return found
