"""Stores as graphs of rdflib, which pySHACL works on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox
from rdflib import SH, Dataset, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from ..literals import written
from .model import Node
from .query_rules import uncommented
from .rdflib_terms import convert

#: The graph in which a constraint finds the shapes: what ``$shapesGraph`` stands for.
SHAPES_GRAPH: Final = URIRef("urn:passex:shapes")
NAMES_IT: Final = re.compile(r"[$?]shapesGraph\b")


class _Prepared(Graph):
    """A graph that parses each query once, which takes far longer than to answer it.

    pySHACL asks the same query anew for each focus node.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        if isinstance(query_object, str):
            known = self._known.get(query_object)
            if known is None:
                text = uncommented(query_object)
                known = prepareQuery(text, initNs=dict(self.namespaces()))
                traverse(known.algebra, visitPre=_refuse_calls)
                self._known[query_object] = known
            query_object = known
        return super().query(query_object, *args, **kwargs)


def _refuse_calls(part: object) -> None:
    """Refuse a part of a query for which rdflib would call a server.

    Raises:
        ValueError: It is such a part.
    """
    if isinstance(part, CompValue):
        for name, keyword in (("ServiceGraphPattern", "SERVICE"), ("DatasetClause", "FROM")):
            if part.name == name:
                raise ValueError(f"a constraint cannot have {keyword}")


class _PreparedDataset(_Prepared, Dataset):
    """The same for a data set."""


def data_graph(store: ox.Store, shapes: ox.Store) -> Graph:
    """Convert the data, with the shapes in a graph beside them if some query looks into it."""
    asked = (ox.NamedNode(str(iri)) for iri in (SH.select, SH.ask))
    texts = (quad.object for iri in asked for quad in shapes.quads_for_pattern(None, iri, None))
    if not any(isinstance(text, ox.Literal) and NAMES_IT.search(text.value) for text in texts):
        return to_graph(store)
    dataset = _PreparedDataset()
    to_graph(store, into=dataset.default_graph)
    to_graph(shapes, into=dataset.graph(SHAPES_GRAPH))
    return dataset


def to_graph(store: ox.Store, skipped: Iterable[Node] = (), into: Graph | None = None) -> Graph:
    """Convert a store to a graph of rdflib, term by term as it was written.

    Args:
        store: The store.
        skipped: Subjects to leave out.
        into: The graph; a new one if none is given.
    """
    graph = _Prepared(bind_namespaces="none") if into is None else into
    skip = set(skipped)
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad.subject not in skip:
            assert not isinstance(quad.subject, ox.Triple)
            assert not isinstance(quad.object, ox.Triple)
            terms = quad.subject, quad.predicate, written(quad.object)
            graph.add((convert(terms[0]), convert(terms[1]), convert(terms[2])))
    return graph
