"""What is around a node, as a picture: what it is related to, said from its side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Final

from ..graph.inverses import inverse
from ..graph.labelling import Node, kind_of
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import DCAT, NR, RDF, SKOS, local_name
from .model import UNRANKED, Edge, Picture, Vertex

#: With more around it, nothing can be read.
MOST: Final = 24
#: The machinery of evidence, words of the vocabulary, and what only joins two others.
_APART: Final = frozenset(
    {
        *(NR.Claim, NR.Quote, NR.Zone, NR.Contingent, NR.Affiliation, NR.Tenure),
        *(DCAT.Dataset, SKOS.Concept, SKOS.ConceptScheme),
    }
)
#: A property, and the nodes at its other end.
Ties = tuple[Named, Iterable[Named]]


def draw(
    store: Store, centre: Node, facts: Iterable[Ties], mentions: Iterable[Ties], most: int = MOST
) -> Picture | None:
    """Draw what is around a node, each property in its turn; None where there is nothing.

    Args:
        facts: What its properties lead to.
        mentions: What leads to it; its properties are called by their inverse names.
        most: How many nodes are drawn around it.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> node, japan = kg.resolve("JS Kashima"), Named("Japan", kg.resolve("Japan").iri)
        >>> picture = draw(kg.store, node, [(Named("belongs to", NR.belongsTo), [japan])], [])
        >>> [edge.label for edge in picture.edges]
        ['belongs to']
    """
    said: dict[str, list[Named]] = {}
    shown: dict[str, Named] = {}
    beyond: set[str] = set()
    for way, other in _in_turn([*_ties(facts), *_ties(mentions, inverse)]):
        if other.iri == centre.iri or not _is_thing(store, other.iri):
            continue
        if other.iri in shown or len(shown) < most:
            shown[other.iri] = other
            said.setdefault(other.iri, []).append(way)
        else:
            beyond.add(other.iri)
    if not shown:
        return None
    nodes = [Vertex(centre.iri, centre.label, centre.kind, ())]
    nodes += [Vertex(iri, one.label, kind_of(store, iri), ()) for iri, one in shown.items()]
    edges = [_edge(store, centre.iri, iri, ways) for iri, ways in said.items()]
    number = len(shown) + len(beyond)
    notes = (f"{len(shown)} of the {number:,} nodes around it are drawn.",) if beyond else ()
    return Picture(
        what="graph",
        title=f"Around {centre.label}",
        directed=False,
        measure="degree",
        node_fields=(),
        edge_fields=(),
        nodes=tuple(nodes),
        edges=tuple(edges),
        notes=notes,
        unranked=UNRANKED,
    ).arranged()


def _ties(
    lines: Iterable[Ties], called: Callable[[str, str], str] = lambda _, label: label
) -> Iterator[list[tuple[Named, Named]]]:
    for way, others in lines:
        name = called(way.iri, way.label)
        yield [(Named(name, way.iri), other) for other in others]


def _in_turn(lines: list[list[tuple[Named, Named]]]) -> Iterator[tuple[Named, Named]]:
    """Give the first of each property, then the second of each, and so on."""
    for row in zip_longest(*lines):
        yield from filter(None, row)


def _is_thing(store: Store, iri: str) -> bool:
    kinds = store.objects(iri, RDF.type)
    return bool(kinds) and _APART.isdisjoint(kinds)


def _edge(store: Store, centre: str, other: str, ways: list[Named]) -> Edge:
    planned = NR.Plan in store.objects(other, RDF.type) or all(
        way.iri == NR.plansToTrainWith for way in ways
    )
    return Edge(
        source=centre,
        target=other,
        label=", ".join(dict.fromkeys(way.label for way in ways)),
        kind=local_name(ways[0].iri),
        iri=ways[0].iri,
        status="planned" if planned else "",
    )
