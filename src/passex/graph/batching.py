"""Batches of a graph: nodes with what stays together with them, and what follows from a batch.

What follows is a function of the facts of the batch, which needs nothing else of the graph (see
`parts`); what the batches give is united.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from . import cutting, parts
from .neighbours import DEFAULT, JOINING, Node, is_node, together
from .shared import Shared
from .terms import PREFIXES

#: The nodes that begin something: all that are described, claimed about or affiliated, but for
#: what is attached to others. A claim goes with a node that is none; its evidence with a
#: claim or a node; a zone with its article. What is claimed about begins something in any case, so
#: that nothing is left out where claims and quotes go round in a circle.
_ROOTS: Final = """SELECT ?s {
    { SELECT DISTINCT ?s { { ?s ?p ?o } UNION { ?x org:member ?s } UNION { ?x nr:about ?s } } }
    MINUS { ?s nr:about ?x MINUS { ?x nr:about ?y } }
    MINUS {
        ?s oa:exact ?x . ?c nr:hasEvidence ?s MINUS { ?c oa:exact ?y } MINUS { ?y nr:about ?s }
    }
    MINUS { ?a nr:hasZone ?s MINUS { ?y nr:hasZone ?a } MINUS { ?y nr:about ?s } }
    MINUS { { ?s dcterms:isPartOf|owl:sameAs ?x } UNION { ?x dcterms:isPartOf|owl:sameAs ?s } }
}"""


def groups(engine: ox.Store) -> Iterator[list[Node]]:
    """List the nodes that begin something, those together of which none is derived alone."""
    rest: set[Node] = set()
    for term in JOINING:
        for quad in engine.quads_for_pattern(None, ox.NamedNode(term), None, DEFAULT):
            rest.update(node for node in (quad.subject, quad.object) if is_node(node))
    for node in sorted(rest, key=str):
        if node in rest:
            group = list(together(engine, node))
            rest.difference_update(group)
            yield group
    rows = engine.query(_ROOTS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    # What has like names is about like things: it needs less of the rest together than apart.
    for name in sorted(str(row[0]) for row in rows):
        yield [read_term(name)]


def split(groups: Iterable[list[Node]], size: int) -> Iterator[list[Node]]:
    """Make batches of groups of nodes."""
    batch: list[Node] = []
    for group in groups:
        batch += group
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def derived(engine: ox.Store, shared: Shared, batch: list[Node]) -> Iterator[ox.Quad]:
    """Derive what follows from a batch.

    Args:
        engine: The graph, with its facts and nothing that rules derive.
        shared: What its parts share.
        batch: Of `split`.

    Yields:
        What is derived of these nodes, and of what belongs to no others; some of it repeatedly.
    """
    cut = cutting.Cut(engine, batch, shared, attached=True)
    part = cut.store()
    yield from parts.derived(part, parts.derive(part, cut.nodes))
    yield from parts.ties(part)


def read_term(text: str) -> Node:
    """Read a node as N-Triples write it; a literal, which is claimed about by mistake, too."""
    [quad] = ox.parse(f"<a:> <a:> {text} .", ox.RdfFormat.N_TRIPLES, lenient=True)
    node: Node = quad.object
    return node
