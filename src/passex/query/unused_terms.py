"""Warnings of properties and classes that nothing has, where others are nearly called so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ..graph import nearest_terms
from ..graph.standard_terms import unknown
from ..graph.store import Store
from ..graph.terms import ID, NR, NRC, RDF
from ..text.nearest import did_you_mean
from .errors import Remark
from .lexer import Token, prefixes
from .prefixes import KNOWN, iri_of, short
from .tree import Tree, looked_for

#: In so many triples those are looked for that may have been meant.
_FIRST: Final = 200_000
#: What is looked up in the ontology, whatever the answer.
_DECLARED: Final = (NR.iri, NRC.iri, ID.iri)


def unused_terms(store: Store, query: Tree) -> list[Remark]:
    """Find misspelt terms of other vocabularies in a query that looks at all of a graph.

    A term that nothing has is no slip as such, since the graph may lack it. It is one where a term
    that something has differs by one small letter, or in capitals alone.
    """
    if next(query.root.walk("Dataset", "Graph", "Service"), None) is not None:
        return []
    spaces = {**KNOWN, **prefixes(query.words)}
    remarks = []
    for item, of_class in _terms(query):
        iri = RDF.type if item.text == "a" else iri_of(item, spaces)
        if iri is None or iri.startswith(_DECLARED) or unknown(iri) or _has(store, iri, of_class):
            continue
        near = [one for one in _used(store, of_class) if _alike(iri, one)]
        if near:
            what = "is of the class" if of_class else "has the property"
            said = f"nothing here {what} {query.source(item)}"
            hint = did_you_mean(short(one, spaces) for one in sorted(near))
            remarks.append(Remark(item.start, item.end, said, hint))
    return remarks


def _terms(query: Tree) -> Iterator[tuple[Token, bool]]:
    """List the properties and the classes that patterns name, and which of both they are."""
    for _, verb, value in looked_for(query):
        if isinstance(verb, Token):
            yield verb, False
            if verb.text == "a" and isinstance(value, Token):
                yield value, True


def _alike(term: str, other: str) -> bool:
    return term.casefold() == other.casefold() or nearest_terms.is_slip(term, other)


def _has(store: Store, iri: str, of_class: bool) -> bool:
    try:
        term = ox.NamedNode(iri)
    except ValueError:
        return True  # the engine says what is wrong with it
    graph = ox.DefaultGraph()
    quads = (
        store.engine.quads_for_pattern(None, ox.NamedNode(RDF.type), term, graph)
        if of_class
        else store.engine.quads_for_pattern(None, term, None, graph)
    )
    return next(quads, None) is not None


def _used(store: Store, classes: bool) -> frozenset[str]:
    """Give the classes, or the properties, of the first triples of a graph."""
    triple = f"?s <{RDF.type}> ?term" if classes else "?s ?term ?o"
    rows = store.engine.query(
        f"SELECT DISTINCT ?term {{ {{ SELECT ?term {{ {triple} }} LIMIT {_FIRST} }} }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    terms = (row["term"] for row in rows)
    return frozenset(term.value for term in terms if isinstance(term, ox.NamedNode))
