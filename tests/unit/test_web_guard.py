from __future__ import annotations

import re

import pytest

from passex.query.probing import calls
from passex.web.errors import HTTPError
from passex.web.guard import (
    SHORT,
    clearing,
    forbid,
    has_dataset,
    varies,
    with_dataset,
)

HIDDEN = [
    "SELECT * { service <http://x/> {} }",
    "SELECT * { SERVICE:foo{} }",
    "SELECT * { SERVICE SILENT ?x {} }",
    "SELECT * { {} UNION {SERVICESILENT:x{}} }",
    "SELECT * { ?s ?p 1SERVICE:foo{} }",
    "SELECT * { ?s ?p trueSERVICE<http://x/>{} }",
    "SELECT * { ?s ?p :.SERVICE<http://x/>{} }",
    "SELECT * { ?s ?p :a. SERVICE<http://x/>{} }",
    'SELECT * { ?s ?p ""SERVICE<http://x/>{} }',
    # A carriage return alone ends a comment.
    "SELECT * { {}#\rSERVICE<http://x/>{}\n}",
    # A number sign in a name begins no comment.
    "SELECT * { ?s ?p :a\\#b SERVICE<http://x/>{} }",
    # What looks like an IRI is two comparisons, with a comment or a string between them.
    "SELECT * { FILTER(?a<?b)SERVICE:x#>\n{} }",
    "SELECT * { FILTER(f(?a<?b,'>'))SERVICE<http://x/>{}#'\n}",
    "SELECT * { FILTER(?a<?b#>'''\n)SERVICE<http://x/>{}#'''\n}",
    # An escape that is none: the engine reads two strings, and a comment.
    'SELECT * { VALUES ?x {"""a"} SERVICE<http://x/>{} #\\x"""\n} }',
    "SELECT * { VALUES ?x { '''a'} SERVICE<http://x/>{} #",
    "SELECT * { SERVICE # here\n :foo { } }",
]
HARMLESS = [
    "SELECT ?service { ?s nr:infersService ?service ; ?p $SERVICE }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> {}' } # SERVICE <http://x/> {}",
    'SELECT * { ?s ?p """ a "SERVICE" b""", \'\'\'SERVICE\'\'\', "service"@en }',
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    "SELECT * { ?e <https://w3id.org/passex/ontology#involvesService> ?a }",
    "SELECT * { ?s ?p _:service }",
    "PREFIX service: <http://x/> SELECT * { ?s service:p service:o }",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_call_is_seen_however_it_hides(text: str) -> None:
    assert calls(text, "service")
    with pytest.raises(HTTPError, match="SERVICE is off") as refused:
        forbid(text, "service")
    assert refused.value.status == 403


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_no_call(text: str) -> None:
    assert not calls(text, "service")


def test_load() -> None:
    assert calls("INSERT DATA {} ; LOAD SILENT <http://x/> INTO GRAPH <a:b>", "load")
    assert not calls("INSERT DATA { <a:b> <a:c> 'LOAD' }", "load")


def test_datasets() -> None:
    assert has_dataset("ASK\nfrom <a:b> {}")
    assert not has_dataset("ASK { ?from nr:from 'FROM' } # FROM")


@pytest.mark.parametrize(
    ("update", "written"),
    [
        ("CLEAR ALL", "CLEAR ALL"),
        (
            "INSERT { ?s a ?t } WHERE { ?s ?p ?t { ?t ?q 'WHERE' } }",
            "INSERT { ?s a ?t } USING <a:g> USING NAMED <a:h> WHERE { ?s ?p ?t { ?t ?q 'WHERE' } }",
        ),
        (
            "DELETE { ?s a 1 } INSERT { ?s a 2 } where { ?s a 1 } ; DELETE WHERE { ?s a 2 }",
            "DELETE { ?s a 1 } INSERT { ?s a 2 } USING <a:g> USING NAMED <a:h> where { ?s a 1 } ; "
            "DELETE { ?s a 2 } USING <a:g> USING NAMED <a:h> WHERE { ?s a 2 }",
        ),
    ],
)
def test_the_dataset_of_an_update(update: str, written: str) -> None:
    assert with_dataset(update, ["a:g"], ["a:h"]) == written
    assert with_dataset(update, [], []) == update


@pytest.mark.parametrize("word", ["USING <a:x>", "USING NAMED <a:x>"])
def test_two_datasets_are_one_too_many(word: str) -> None:
    with pytest.raises(HTTPError, match="USING in the update"):
        with_dataset(f"DELETE {{ ?s ?p ?o }} {word} WHERE {{ ?s ?p ?o }}", ["a:g"], [])
    with pytest.raises(HTTPError, match="WITH in the update"):
        with_dataset("WITH <a:x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["a:g"], [])


def test_a_dataset_for_no_update() -> None:
    said = "not a SPARQL update: error at 2:3: expected '{', found '?s'"
    with pytest.raises(HTTPError, match=re.escape(said)):
        with_dataset("DELETE WHERE\n  ?s", ["a:g"], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT (rand () AS ?x) {}", True),
        ("SELECT (NOW # here\n# there\n () AS ?x) {}", True),
        ("SELECT ?now ?rand { ?now ?rand 1 } # now", False),
        ("SELECT ?x { ?x a nr:Now }", False),
    ],
)
def test_queries_whose_answers_vary(text: str, expected: bool) -> None:
    assert varies(text) is expected
    assert varies(text + " " * SHORT) is expected


def test_clearing_fails_on_nothing() -> None:
    update = "clear # GRAPH\n graph <a:g> ; CLEAR SILENT GRAPH <a:g> ; CLEAR ALL ; DROP GRAPH <a:g>"
    assert clearing(update) == update.replace("\n graph", "\n SILENT graph")
    data = "INSERT DATA { <a:s> <a:p> 'CLEAR GRAPH' ; clear:GRAPH 1 }"
    assert clearing(data) == data
