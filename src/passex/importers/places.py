"""Places that have a node already: states and territories, and places of the bundled graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import pyoxigraph as ox

from ..graph import dataset, gazetteer
from ..graph.folding import fold
from ..graph.terms import NR, RDF, RDFS, WGS84


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place that has a node.

    Attributes:
        label: Its name there; empty, if the gazetteer says what it is.
        takes_point: Whether it can have the coordinates of a table: a state has none, and a place
            has those that it has.
    """

    iri: str
    label: str
    takes_point: bool


@lru_cache(maxsize=100_000)
def find(name: str) -> KnownPlace | None:
    """Find the node that the words of a place name, and nothing but it.

    Capitals are places of their own.

    Example:
        >>> find("south korea")
        KnownPlace(iri='https://w3id.org/passex/id/south-korea', label='', takes_point=False)
        >>> find("Seoul") is None
        True
    """
    entries = gazetteer.called(name)
    kinds = (NR.State, NR.Territory)
    if len(entries) == 1 and fold(name) in entries[0].names and entries[0].kind in kinds:
        return KnownPlace(entries[0].iri, "", False)
    return _bundled().get(fold(name))


@cache
def _bundled() -> dict[str, KnownPlace]:
    """Read the places of the bundled graph, by their names, folded.

    Else a table beside it would have two nodes for one sea.
    """
    store = ox.Store()
    for path in dataset.bundled_facts():
        store.bulk_load(path=path)
    found = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(NR.Place)):
        node = quad.subject
        pointed = next(store.quads_for_pattern(node, ox.NamedNode(WGS84.lat), None), None)
        for said in store.quads_for_pattern(node, ox.NamedNode(RDFS.label), None):
            label = said.object
            assert isinstance(node, ox.NamedNode)
            assert isinstance(label, ox.Literal)
            place = KnownPlace(node.value, label.value, pointed is None)
            found[fold(label.value)] = place
    return found
