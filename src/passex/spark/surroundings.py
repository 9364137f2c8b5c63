"""What the parts of a bucket lead to of what all buckets share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from ..graph.terms import BLANK
from ..validation.shacl.walks import ANY, DOCUMENT
from .bucket import Bucket
from .ground import Node, Opened
from .lines import CONTINGENT


def surroundings(view: Opened, bucket: Bucket) -> Iterator[ox.Quad]:
    """Find what the shapes may look at of what is shared, from the nodes of a bucket on.

    That is all that is said of the nodes to which these lead, and so on; and whatever names one of
    them where a shape takes a step backwards from there.
    """
    own, back, everywhere = bucket.by_key, view.back, view.back[ANY]
    stores = (view.shared, view.inputs.graph)
    described: set[Node] = set()
    seen: set[tuple[Node, str]] = set()
    todo: list[tuple[Any, str]] = []
    for quad in bucket.quads:
        todo += ((quad.object, quad.predicate.value), (quad.predicate, ANY))
        if quad.predicate.value == CONTINGENT:
            todo.append((quad.subject, f"^{CONTINGENT}"))
    for key in own:
        todo += _document(key)
    while todo:
        node, after = todo.pop()
        if (node, after) in seen or isinstance(node, ox.Literal | ox.Triple):
            continue
        seen.add((node, after))
        if node not in described and node not in own:
            described.add(node)
            todo += _document(node)
            for store in stores:
                for quad in store.quads_for_pattern(node, None, None):
                    if store is view.shared:
                        yield quad
                    todo.append((quad.object, quad.predicate.value))
        for name in back.get(after, set()) | everywhere:
            for store in stores:
                for quad in store.quads_for_pattern(None, name, node):
                    todo.append((quad.subject, f"^{name.value}"))


def _document(node: Node) -> Iterator[tuple[Node, str]]:
    """Give what a quote is of, by its IRI."""
    if isinstance(node, ox.NamedNode) and "#" in node.value:
        yield ox.NamedNode(node.value.partition("#")[0] or BLANK), DOCUMENT
