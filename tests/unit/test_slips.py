"""Slips that leave an answer empty: of tags, types and classes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.graph.store import Store
from passex.query.parser import parse
from passex.query.slips import slips

DATA = b"""@prefix ex: <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
rdfs:Class a rdfs:Class . ex:Person rdfs:subClassOf ex:Agent . ex:Robot rdfs:subClassOf ex:Person .
ex:a a ex:Person ; rdfs:label "Japan"@en, "Japon"@fr ; foaf:name "Ann" ; ex:age 3 ;
    ex:born "2001-02-03"^^xsd:date ; ex:seen "2001-02-03T04:05:06"^^xsd:dateTime ;
    ex:year "2001"^^xsd:gYear ; ex:month "2001-05"^^xsd:gYearMonth ;
    ex:feast "--05-06"^^xsd:gMonthDay ; ex:may "--05"^^xsd:gMonth ; ex:sixth "---06"^^xsd:gDay ;
    ex:day "2001-02-03" ; ex:n 1, "x" .
ex:r a ex:Robot ; ex:knows ex:a ; ex:mixed ex:a, "text" .
"""
PREFIX = "PREFIX ex: <http://e/> "
DAY = '"2001-01-01"^^xsd:date'
SLIPS = {
    'ASK { ?x rdfs:label "Japan" }': 'nothing has rdfs:label "Japan"; there is "Japan"@en',
    'ASK { ?x rdfs:label "japan"@en }': 'nothing has rdfs:label "japan"@en; there is "Japan"@en',
    'ASK { ?x foaf:name "Ann"@en }': 'nothing has foaf:name "Ann"@en; there is "Ann"',
    'ASK { ?x ex:age "3" }': 'nothing has ex:age "3"; there is "3"^^xsd:integer',
    "ASK { ?x ex:born '2001-02-03' }": (
        'nothing has ex:born "2001-02-03"; there is "2001-02-03"^^xsd:date'
    ),
    'ASK { ?x rdfs:label ?l FILTER(?l = "Japan") }': (
        'nothing has rdfs:label "Japan"; there is "Japan"@en'
    ),
    'ASK { ?x ex:born ?d FILTER(?d > "2001-01-01") }': (
        'no value of ex:born can be compared with "2001-01-01": they are xsd:date; '
        'write "2001-01-01"^^xsd:date'
    ),
    f"ASK {{ ?x ex:seen ?d FILTER({DAY} < ?d) }}": (
        f"no value of ex:seen can be compared with {DAY}: they are xsd:dateTime; "
        'write "2001-01-01T00:00:00"^^xsd:dateTime'
    ),
    f"ASK {{ ?x ex:day ?d FILTER(?d >= {DAY}) }}": (
        f'no value of ex:day can be compared with {DAY}: they are texts; write "2001-01-01"'
    ),
    "ASK { ?x ex:born ?d FILTER(?d > 2000) }": (
        'no value of ex:born can be compared with "2000"^^xsd:integer: they are xsd:date; '
        "compare with a literal of that kind"
    ),
    "ASK { ?x ex:day ?d FILTER(YEAR(?d) = 2001) }": (
        "YEAR() has no value for any ex:day: they are texts; "
        "take it from the text: SUBSTR(STR(?d), 1, 4)"
    ),
    "SELECT (MONTH(?d) AS ?m) { ?x ex:day ?d }": (
        "MONTH() has no value for any ex:day: they are texts; "
        "take it from the text: SUBSTR(STR(?d), 6, 2)"
    ),
    "SELECT (DAY(?d) AS ?m) { ?x ex:day ?d }": (
        "DAY() has no value for any ex:day: they are texts; "
        "take it from the text: SUBSTR(STR(?d), 9, 2)"
    ),
    "SELECT (MONTH(?d) AS ?m) { ?x ex:year ?d }": (
        "MONTH() has no value for any ex:year: they are xsd:gYear; "
    ),
    "SELECT (YEAR(?d) AS ?y) { ?x ex:feast ?d }": (
        "YEAR() has no value for any ex:feast: they are xsd:gMonthDay; "
    ),
    "SELECT (HOURS(?d) AS ?h) { ?x ex:born ?d }": (
        "HOURS() has no value for any ex:born: they are xsd:date; "
        "convert them, such as HOURS(xsd:dateTime(?d))"
    ),
    'ASK { ?x ex:knows "japan" }': (
        'nothing has ex:knows "japan": its values are nodes, and no texts; write ex:a'
    ),
    "ASK { ?x a ex:Agent }": (
        "nothing is of the class ex:Agent itself, and 2 below it have instances; "
        "write ?x a/rdfs:subClassOf* ex:Agent"
    ),
    'ASK { ?x ex:born ?d FILTER(?d != "2001-01-01") }': (
        'no value of ex:born can be compared with "2001-01-01": they are xsd:date; '
        'write "2001-01-01"^^xsd:date'
    ),
    'ASK { ?x ex:born ?d FILTER(YEAR(?d) = "2001") }': (
        'YEAR() gives numbers, and "2001" is none of them; write 2001'
    ),
    'ASK { ?x ex:born ?d FILTER(YEAR(?d) IN (2001, "2002")) }': (
        'YEAR() gives numbers, and "2002" is none of them; write 2002'
    ),
    "ASK { ?x ex:born ?d FILTER(2001 < STR(?d)) }": (
        'STR() gives texts, and 2001 is none of them; write "2001"'
    ),
    'ASK { ?x ex:born ?d FILTER(DATATYPE(?d) = "xsd:date") }': (
        'DATATYPE() gives IRIs, and "xsd:date" is none of them; write an IRI, such as xsd:date'
    ),
    'ASK { ?x ex:born ?d FILTER(BOUND(?d) = "true") }': (
        'BOUND() gives truth values, and "true" is none of them; '
        "leave the comparison out, or write !BOUND(…)"
    ),
    'ASK { ?x rdfs:label ?l FILTER(LANG(?l) = "EN") }': (
        'LANG() gives small letters here, and never "EN"; write "en"'
    ),
    'ASK { ?x foaf:name ?n FILTER(CONTAINS(LCASE(?n), "Ann")) }': (
        'LCASE() gives small letters, and never "Ann"; write "ann"'
    ),
    'ASK { ?x rdfs:label ?l FILTER(LCASE(?l) = "japan") }': (
        'no rdfs:label fits "japan" as it is written; write LCASE(STR(?l)) = "japan"'
    ),
    'ASK { ?x foaf:name ?n FILTER(STRSTARTS(?n, "an")) }': (
        'no foaf:name fits "an" as it is written; write STRSTARTS(LCASE(STR(?n)), "an")'
    ),
    'ASK { ?x foaf:name ?n FILTER(REGEX(?n, "[a")) }': (
        '"[a" is no pattern that can be applied here: REGEX has no value; write \\\\ before a '
        "bracket or sign that is meant as it is; nothing can look ahead, behind, or back to a group"
    ),
    'ASK { ?x foaf:name ?n FILTER(REGEX(?n, "a", "g")) }': (
        '"g" are no flags: REGEX has no value; flags are i, m, s, x and q'
    ),
    'SELECT (REPLACE(?n, "(", "") AS ?r) { ?x foaf:name ?n }': (
        '"(" is no pattern that can be applied here: REPLACE has no value; write \\\\ before a '
        "bracket or sign that is meant as it is; nothing can look ahead, behind, or back to a group"
    ),
    "ASK { ?x ex:born ?d FILTER(?d > 2001-01-01) }": (
        '2001-01-01 is a number less two others, and no day; write "2001-01-01"^^xsd:date'
    ),
    "ASK { ?x a ex:knows }": (
        "ex:knows is a property, and nothing is of it as of a class; write ?x ex:knows …"
    ),
    "ASK { ?x rdfs:Class ?y }": "rdfs:Class is a class, and no property; write ?x a rdfs:Class",
}
RIGHT = (
    'ASK { ?x rdfs:label "Japan"@en ; ex:age 3 ; foaf:name "Ann" }',
    'ASK { ?x rdfs:label "Nowhere" }',
    "ASK { ?x ex:age 03 }",
    'ASK { ?x ex:mixed "Japan" }',
    'ASK { ?x ex:knows "Nobody" }',
    'ASK { ?x ex:unused "Japan" }',
    'ASK { ?x rdfs:label ?l FILTER(?l != "Japan") FILTER(STR(?l) = "Japan") }',
    f"ASK {{ ?x ex:born ?d FILTER(?d > {DAY} && YEAR(?d) = 2001) }}",
    'CONSTRUCT { ?x rdfs:label "Japan" ; a ex:Agent ; rdfs:Class ?y } WHERE { ?x ex:age ?y }',
    "ASK { ?x ex:year ?d FILTER(YEAR(?d) = 2001) }",
    "SELECT (YEAR(?d) AS ?y) (MONTH(?d) AS ?m) { ?x ex:month ?d }",
    "SELECT (MONTH(?d) AS ?m) (DAY(?d) AS ?n) (TZ(?d) AS ?z) { ?x ex:feast ?d }",
    "SELECT (MONTH(?d) AS ?m) { ?x ex:may ?d }",
    "SELECT (DAY(?d) AS ?m) { ?x ex:sixth ?d }",
    'ASK { ?x ex:n ?n FILTER(?n > 0) FILTER(?n = "x") }',
    "ASK { ?x a ex:Person, ex:Ghost }",
    "ASK { ?x ex:born ?d . ?y ex:day ?d FILTER(?d > 1) }",
    'ASK FROM <http://e/g> { ?x rdfs:label "Japan" }',
    'ASK { ?x rdfs:label ?l FILTER(CONTAINS(?l, "Jap") && LANG(?l) = "fr") }',
    'ASK { ?x rdfs:label ?l FILTER(REGEX(?l, "^jap", "i") && STRLEN(?l) > 1 + 1 - 2) }',
    'ASK { ?x foaf:name ?n FILTER(LCASE(?n) = "ann" && STR(?n) IN ("Ann", "Bob")) }',
    'ASK { SERVICE <http://e/s> { ?x rdfs:label "Japan" } }',
)


@pytest.fixture(scope="module")
def store() -> Store:
    engine = ox.Store()
    engine.load(DATA, ox.RdfFormat.TURTLE)
    return Store(engine)


@pytest.mark.parametrize("query", SLIPS)
def test_slips(store: Store, query: str) -> None:
    [remark] = slips(store, parse(PREFIX + query))
    assert f"{remark.message}; {remark.hint}" == SLIPS[query]


@pytest.mark.parametrize("query", RIGHT)
def test_what_is_right_is_not_warned_of(store: Store, query: str) -> None:
    assert slips(store, parse(PREFIX + query)) == []
