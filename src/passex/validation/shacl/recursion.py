"""Which shapes rest on which."""

from __future__ import annotations

from .model import Node, Shape


def resting_on(shapes: dict[Node, Shape], broken: set[Node]) -> set[Node]:
    """Find the shapes that rest on some, with these.

    Args:
        shapes: All shapes.
        broken: The nodes of those on which nothing may rest.

    Returns:
        The nodes of all that do, and `broken`.
    """
    found = set(broken)
    while more := {
        node
        for node, shape in shapes.items()
        if node not in found and found.intersection(shape.references())
    }:
        found |= more
    return found


def recursive_shapes(shapes: dict[Node, Shape]) -> set[Node]:
    """Find the shapes that rest on themselves, or on one that does.

    Args:
        shapes: All shapes.

    Returns:
        Their nodes.
    """
    loops = {node for node in shapes if reaches(shapes, node, node)}
    return resting_on(shapes, loops) & shapes.keys()


def reaches(shapes: dict[Node, Shape], start: Node, goal: Node) -> bool:
    """Tell whether a shape rests on another, or on itself.

    Args:
        shapes: All shapes.
        start: The node of the one.
        goal: The node of the other.

    Returns:
        Whether its constraints lead there, through other shapes or not.
    """
    pending = list(shapes[start].references()) if start in shapes else []
    seen: set[Node] = set()
    while pending:
        node = pending.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            pending += shapes[node].references() if node in shapes else ()
    return False
