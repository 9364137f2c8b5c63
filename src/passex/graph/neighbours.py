"""Nodes beside a node: its values, what has it as a value, and what is derived together with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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


def quads_of(
    engine: ox.Store,
    nodes: Iterable[Node],
    terms: Collection[str],
    graph: ox.DefaultGraph | ox.NamedNode = DEFAULT,
) -> Iterator[ox.Quad]:
    """List what is said of many nodes by some properties, in no order; all of it is walked through.

    To look up what a term is called takes the engine longer than all else, of a store on the disk.
    So each value is looked up once here, however many nodes have it, and the nodes not at all.

    Args:
        engine: The graph.
        nodes: The nodes, each once.
        terms: The properties.
        graph: Where it is said.
    """
    named: list[ox.NamedNode] = []
    for node in nodes:
        if isinstance(node, ox.NamedNode):
            named.append(node)
            continue
        for quad in engine.quads_for_pattern(node, None, None, graph):  # VALUES takes none of these
            if quad.predicate.value in terms:
                yield quad
    if not named:
        return
    # As texts, since the engine writes no numbers one after the other.
    numbered = " ".join(f'({node} "{number}")' for number, node in enumerate(named))
    pattern = "?s ?p ?o" if graph == DEFAULT else f"GRAPH {graph} {{ ?s ?p ?o }}"
    # Each in a SELECT of its own: else the engine may begin with all that have the property.
    solutions = engine.query(f"""SELECT ?p ?o (GROUP_CONCAT(?i) AS ?all) {{
        {{ SELECT ?i ?p ?o {{ VALUES (?s ?i) {{ {numbered} }} {pattern} }} }}
        {{ SELECT ?p {{ VALUES ?p {{ {" ".join(f"<{term}>" for term in terms)} }} }} }}
    }} GROUP BY ?p ?o""")
    assert isinstance(solutions, ox.QuerySolutions)
    for name, value, numbers in solutions:
        for number in numbers.value.split(" "):
            yield ox.Quad(named[int(number)], name, value, graph)


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
