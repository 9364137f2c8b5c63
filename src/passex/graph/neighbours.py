"""Nodes beside a node: its values, what has it as a value, and what is derived together with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, TypeGuard

import pyoxigraph as ox

from .terms import DCTERMS, OWL, WORKINGS

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple

DEFAULT: Final = ox.DefaultGraph()
WORK: Final = ox.NamedNode(WORKINGS)
#: What makes exercises one, or phases of one.
JOINING: Final = (DCTERMS.isPartOf, OWL.sameAs)


def is_node(term: object) -> TypeGuard[Node]:
    """Tell whether a term may be a subject."""
    return isinstance(term, ox.NamedNode | ox.BlankNode)


def objects(
    engine: ox.Store, node: Node, term: str, graph: ox.DefaultGraph | ox.NamedNode = DEFAULT
) -> Iterator[Node]:
    """List the nodes that are values of a property of a node."""
    for quad in engine.quads_for_pattern(node, ox.NamedNode(term), None, graph):
        if is_node(quad.object):
            yield quad.object


def subjects(
    engine: ox.Store, term: str, node: Node, graph: ox.DefaultGraph | ox.NamedNode = DEFAULT
) -> Iterator[Node]:
    """List the nodes that have a node as a value of a property."""
    for quad in engine.quads_for_pattern(None, ox.NamedNode(term), node, graph):
        yield quad.subject


def together(engine: ox.Store, node: Node) -> Iterator[Node]:
    """List the nodes of which nothing can be derived without each other.

    An exercise is such a node, with its phases and its accounts.

    Args:
        engine: The graph.
        node: Any of them.

    Yields:
        Each of them, once.
    """
    todo, met = [node], set()
    while todo:
        one = todo.pop()
        if one not in met:
            met.add(one)
            yield one
            for term in JOINING:
                todo += objects(engine, one, term)
                todo += subjects(engine, term, one)
