"""Everything that the graph says of one node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from . import vocabulary
from .claims import Claim, claims_about
from .names import Node, labels
from .store import Store
from .vocabulary import NR, PREFIXES

#: Said elsewhere in a portrait, or the machinery of evidence.
_NOT_FACTS: Final = frozenset(
    {
        vocabulary.RDF_TYPE,
        vocabulary.RDFS_LABEL,
        vocabulary.SKOS_PREF_LABEL,
        NR + "involves",
        NR + "hasZone",
        NR + "leavesOpen",
    }
)
_NOT_MENTIONS: Final = frozenset(
    {
        NR + "about",
        NR + "hasValue",
        NR + "onProperty",
        *vocabulary.DERIVED,
        PREFIXES["oa"] + "hasSource",
        PREFIXES["skos"] + "inScheme",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A property with its values, or with the nodes that point here by it.

    Attributes:
        name: The property's label.
        values: Labels or texts, sorted.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A node with its surroundings.

    Attributes:
        node: The node.
        facts: Its properties, by label.
        open: Labels of the properties that its articles leave open, sorted.
        mentions: The properties by which other nodes point to it, by label.
        claims: The claims about it.
    """

    node: Node
    facts: tuple[Line, ...]
    open: tuple[str, ...]
    mentions: tuple[Line, ...]
    claims: tuple[Claim, ...]


def portrait(store: Store, node: Node) -> Portrait:
    """Collect everything about a node, derived relations too.

    Args:
        store: A store with its derived triples.
        node: The node.

    Returns:
        Its portrait.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> portrait(kg.store, kg.resolve("JS Makinami")).facts[1]
        Line(name='has kind', values=('destroyer',))
    """
    term = ox.NamedNode(node.iri)
    graph = ox.DefaultGraph()
    out: dict[str, list[str]] = {}
    into: dict[str, list[str]] = {}
    for quad in store.engine.quads_for_pattern(term, None, None, graph):
        if quad.predicate.value not in _NOT_FACTS and not isinstance(quad.object, ox.BlankNode):
            value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
            out.setdefault(quad.predicate.value, []).append(value)
    for quad in store.engine.quads_for_pattern(None, None, term, graph):
        if quad.predicate.value not in _NOT_MENTIONS and isinstance(quad.subject, ox.NamedNode):
            into.setdefault(quad.predicate.value, []).append(quad.subject.value)
    opened = store.objects(node.iri, NR + "leavesOpen")
    parts = [*out, *into, *opened]
    parts += [value for values in (*out.values(), *into.values()) for value in values]
    called = labels(store, [part for part in parts if ":" in part and " " not in part])
    return Portrait(
        node,
        _lines(out, called),
        tuple(sorted(called[name] for name in opened)),
        _lines(into, called),
        claims_about(store, node.iri),
    )


def _lines(found: dict[str, list[str]], called: dict[str, str]) -> tuple[Line, ...]:
    lines = (
        Line(called[name], tuple(sorted(called.get(value, value) for value in values)))
        for name, values in found.items()
    )
    return tuple(sorted(lines, key=lambda line: line.name))
