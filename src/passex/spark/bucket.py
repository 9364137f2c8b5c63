"""A bucket of statements on an executor, in parts that each hang together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from ..graph.terms import NR
from .ground import TYPE, Node, Opened
from .joining import top
from .lines import CONTINGENT, goes_by

_EVIDENCE: Final = NR.hasEvidence


@dataclass
class Part:
    """What hangs together in a bucket.

    Attributes:
        keys: Its nodes, and what else its statements go by.
        quads: Its statements.
        reasons: Why it is not judged by its bucket alone.
    """

    keys: list[Node] = field(default_factory=list)
    quads: list[ox.Quad] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)


class Bucket:
    """A bucket of statements, in parts.

    Args:
        quads: The statements.
        others: Nodes that are not the bucket's own, as N-Triples write them.

    Attributes:
        parts: The parts.
        by_key: The part of each of its nodes.
        quads: All statements, each once.
    """

    def __init__(self, quads: Iterable[ox.Quad], others: Collection[str] = ()) -> None:
        self.quads = list(dict.fromkeys(quads))
        keyed: list[tuple[Any, ox.Quad]] = [(goes_by(quad), quad) for quad in self.quads]
        above: dict[Node, Node] = {key: key for key, _ in keyed}
        for _, quad in keyed:
            # A quote that nothing describes is of those who refer to it.
            quote: Any = quad.object
            is_node = isinstance(quote, ox.NamedNode | ox.BlankNode)
            if quad.predicate.value == _EVIDENCE and is_node and str(quote) not in others:
                above.setdefault(quote, quote)
        for key, quad in keyed:
            other: Any = quad.object
            if other != key and other in above:
                above[top(above, other)] = top(above, key)
        found: dict[Node, Part] = defaultdict(Part)
        for key in above:
            found[top(above, key)].keys.append(key)
        for key, quad in keyed:
            found[top(above, key)].quads.append(quad)
        self.parts = list(found.values())
        self.by_key = {key: part for part in self.parts for key in part.keys}


def other_end(quad: ox.Quad) -> Any:
    """Give the node of a statement by which it does not go."""
    return quad.subject if quad.predicate.value == CONTINGENT else quad.object


def told(view: Opened, part: Part) -> dict[str, Any]:
    """Put a part into what is sent back: its nodes, how much it is, and why it is named."""
    return {
        "keys": [str(key) for key in part.keys],
        "triples": len(part.quads),
        "counts": counts(view, part),
        "reasons": sorted(part.reasons),
    }


def counts(view: Opened, part: Part) -> Counter[str]:
    """Count the focus nodes of each shape among the nodes of a part."""
    types: dict[Node, set[str]] = defaultdict(set)
    of: dict[Node, set[str]] = defaultdict(set)
    by: dict[Node, set[str]] = defaultdict(set)
    for quad in part.quads:
        subject: Any = quad.subject
        of[subject].add(quad.predicate.value)
        if quad.predicate == TYPE:
            types[subject].add(str(quad.object))
        if quad.predicate.value in view.linking:
            by[quad.object].add(quad.predicate.value)  # type: ignore[index]
    found: Counter[str] = Counter()
    nothing = frozenset[str]()
    for key in part.keys:
        parts = [frozenset(names[key]) if key in names else nothing for names in (types, of, by)]
        for name in view.matching(*parts):
            found[name] += 1
    return found
