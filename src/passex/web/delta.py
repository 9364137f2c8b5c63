"""Triples that a SPARQL update is going to write, to find what follows from them."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from ..graph.terms import PREFIXES
from ..query.parser import parse
from ..query.tree import Node

_OPERATIONS: Final = ("Insert", "Delete", "With", "Load", "Clear", "Drop", "Create", "Transfer")
#: Of more triples than this, everything is derived again.
_MANY: Final = 5_000


def written(engine: ox.Store, text: str, base: str | None = None) -> list[ox.Quad] | None:
    """List what an update is going to remove and to add.

    Args:
        engine: The store, before the update.
        text: The update.
        base: What its relative IRIs are relative to.

    Returns:
        The quads, some of which may be there, or not be there, already. None where only the update
        itself would tell: it is of several operations of which one reads what another writes,
        clears or copies graphs, or writes too much.

    Example:
        >>> [str(quad) for quad in written(ox.Store(), "INSERT DATA { <a:s> <a:p> 1 }")]
        ['<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>']
    """
    tree = parse(text, "Update")
    operations = list(tree.root.walk(*_OPERATIONS, stop=_OPERATIONS))
    if tree.error is not None:
        return None
    if len(operations) > 1 and not all(one.keyword("DATA") for one in operations):
        return None
    found: set[ox.Quad] = set()
    prologue, end = "", 0
    for one in operations:
        prologue += text[end : one.start].replace(";", " ") if end else text[: one.start]
        end = one.end
        templates = [
            node for node in one.children if isinstance(node, Node) and node.rule == "Quads"
        ]
        if one.rule not in ("Insert", "Delete") or any(one.walk("Using")) or not templates:
            return None
        for template in templates:
            written = tree.source(template)
            if one.keyword("DATA"):
                scratch = ox.Store()
                scratch.update(
                    f"{prologue} INSERT DATA {written}", base_iri=base, prefixes=PREFIXES
                )
                found.update(scratch)
                continue
            if any(template.walk("QuadGraph")):
                return None
            group = one.node("Group")
            pattern = written if group is None else tree.source(group)
            triples = engine.query(
                f"{prologue} CONSTRUCT {written} WHERE {pattern}", base_iri=base, prefixes=PREFIXES
            )
            assert isinstance(triples, ox.QueryTriples)
            for triple in triples:
                found.add(ox.Quad(triple.subject, triple.predicate, triple.object))
                if len(found) > _MANY:
                    return None
    return list(found)
