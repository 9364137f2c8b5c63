"""Properties and classes of other vocabularies that are misspelt in a query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.graph.store import Store
from passex.query.parser import parse
from passex.query.unused_terms import unused_terms

DATA = b"""@prefix ex: <http://e/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
ex:a a foaf:Person ; foaf:name "Ann" ; dcterms:created "2001" ; ex:has2 3 .
"""
PREFIX = "PREFIX ex: <http://e/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
SLIPS = {
    "CONSTRUCT WHERE { ?x foaf:nam ?n }": (
        "nothing here has the property foaf:nam; did you mean foaf:name?"
    ),
    "CONSTRUCT { ?x foaf:nam ?n } WHERE { ?x foaf:Name ?n }": (
        "nothing here has the property foaf:Name; did you mean foaf:name?"
    ),
    "ASK { ?x a foaf:Persn }": "nothing here is of the class foaf:Persn; did you mean foaf:Person?",
    "ASK { ?x foaf:nmae ?n }": "nothing here has the property foaf:nmae; did you mean foaf:name?",
    "ASK { ?x foaf:Name ?n }": "nothing here has the property foaf:Name; did you mean foaf:name?",
    "ASK { ?x <http://xmlns.com/foaf/0.1/nam> ?n }": (
        "nothing here has the property <http://xmlns.com/foaf/0.1/nam>; did you mean foaf:name?"
    ),
    "ASK { ?x <https://purl.org/dc/terms/created> ?n }": (
        "nothing here has the property <https://purl.org/dc/terms/created>; "
        "did you mean dcterms:created?"
    ),
}
RIGHT = [
    "ASK { ?x a foaf:Person ; foaf:name ?n }",
    "ASK { ?x a foaf:Agent ; foaf:mbox ?n }",  # nothing has them, and nothing is nearly called so
    "ASK { ?x dcterms:creator ?n }",  # a term of its own
    "ASK { ?x ex:has3 ?n }",  # numbers are meant to differ
    "ASK { ?x nr:hasKnd ?n }",  # the ontology has the word
    "ASK { ?x skos:prefLabl ?n }",
    "ASK { ?x ?p foaf:Persn }",
    "ASK { ?x foaf:nam/foaf:nam ?n }",
    "ASK { GRAPH ?g { ?x foaf:nam ?n } }",
    "CONSTRUCT { ?x foaf:nam ?n ; a foaf:Persn } WHERE { ?x foaf:name ?n }",  # it makes them
]


@pytest.fixture(scope="module")
def store() -> Store:
    engine = ox.Store()
    engine.load(DATA, ox.RdfFormat.TURTLE)
    return Store(engine, ())


@pytest.mark.parametrize("query", SLIPS)
def test_a_term_that_nothing_has_is_told(store: Store, query: str) -> None:
    [remark] = unused_terms(store, parse(PREFIX + query))
    assert f"{remark.message}; {remark.hint}" == SLIPS[query]


@pytest.mark.parametrize("query", RIGHT)
def test_what_is_no_slip_is_not_warned_of(store: Store, query: str) -> None:
    assert unused_terms(store, parse(PREFIX + query)) == []
