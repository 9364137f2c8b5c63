from __future__ import annotations

import pytest

from passex.query.parser import parse
from passex.query.scope import computed, projected, visible
from passex.query.variants import limited


@pytest.mark.parametrize(
    ("text", "form", "names"),
    [
        ("SELECT ?s { ?s a ?c FILTER(?d > 1) }", "SELECT", "c s"),
        ("select ?a { { SELECT ?a { ?a ?b ?c } } MINUS { ?d ?e ?f } }", "SELECT", "a"),
        (
            "ASK { ?a ?b ?c OPTIONAL { ?d ?e ?f } { ?g ?h ?i } UNION { ?j ?k ?l } }",
            "ASK",
            "a b c d e f g h i j k l",
        ),
        (
            "CONSTRUCT { ?x ?y ?z } WHERE { BIND(?b + 1 AS ?c) FILTER regex(?l, 'x') ?m ?n ?o }",
            "CONSTRUCT",
            "c m n o",
        ),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "CONSTRUCT", "a b c"),
        (
            "DESCRIBE ?x WHERE { ?x ?p ('a' ?y) FILTER NOT EXISTS { ?z ?q ?r } }",
            "DESCRIBE",
            "p x y",
        ),
        ("SELECT * { VALUES (?a ?b) { (1 2) } GRAPH ?g { ?s ?p ?o } }", "SELECT", "a b g o p s"),
        ("SELECT * { { SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y } GROUP BY ?y } }", "SELECT", "n y"),
        (
            "PREFIX select: <u:> # SELECT\nASK { FILTER(EXISTS { ?a ?b ?c } && ?d) ?e ?f '?g' }",
            "ASK",
            "e f",
        ),
    ],
)
def test_what_can_have_a_value(text: str, form: str, names: str) -> None:
    found = parse(text)
    assert found.form == form
    assert found.pattern is not None
    assert sorted(visible(found.pattern)) == names.split()


def test_selected_variables() -> None:
    text = (
        "SELECT ?a (COUNT(?b) AS ?c) (?d AS ?e) WHERE { ?a ?b ?d } "
        "GROUP BY ?a (?b AS ?f) ORDER BY ?g"
    )
    found = parse(text)
    assert found.query is not None
    assert list(projected(found.query) or ()) == ["a", "c", "e"]
    assert {word.text[1:] for word in computed(found.query)} == {"c", "e", "f"}
    everything = parse("SELECT DISTINCT * { ?s ?p ?o }").query
    assert everything is not None
    assert projected(everything) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s a ?c }", "SELECT * { ?s a ?c } LIMIT 3 OFFSET 7"),
        ("SELECT * { ?s a ?c } # all", "SELECT * { ?s a ?c } LIMIT 3 OFFSET 7 # all"),
        ("SELECT * { ?s a ?c } LIMIT 100", "SELECT * { ?s a ?c } LIMIT 3 OFFSET 7"),
        ("SELECT * { ?s a ?c } offset 2 limit 9", "SELECT * { ?s a ?c } offset 9 limit 3"),
        (
            "SELECT * { { SELECT * { ?s a ?c } LIMIT 5 } } VALUES ?c { 1 }",
            "SELECT * { { SELECT * { ?s a ?c } LIMIT 5 } }  LIMIT 3  OFFSET 7 VALUES ?c { 1 }",
        ),
    ],
)
def test_limits(text: str, expected: str) -> None:
    assert limited(parse(text), 3, 7) == expected
