"""Patterns that nothing joins, and variables that have no value where they are used."""

from __future__ import annotations

import pytest

from passex.graph import dataset
from passex.query.joins import joins
from passex.query.parser import parse
from passex.questions import catalogue

GROUP = "write the condition in the group that binds it"
BEHIND = "write BIND behind the pattern that binds it"
NOWHERE = "nothing in the query binds it"
BOTH = "let a triple or a FILTER name both"
#: What is pointed at, between bars; the message and the hint.
ODD = {
    "SELECT ?a { ?a e:p ?b FILTER(|?x| > 1) }": ("?x has no value here", NOWHERE),
    "SELECT ?a { ?a e:p ?label FILTER(|?lable| > 1) }": (
        "?lable has no value here",
        "did you mean ?label?",
    ),
    "SELECT ?a { ?a e:p ?b } ORDER BY |?x|": ("?x has no value here", NOWHERE),
    "SELECT (COUNT(|?x|) AS ?n) { ?a e:p ?b }": ("?x has no value here", NOWHERE),
    "SELECT ?a { ?a e:p ?b } GROUP BY ?a HAVING(MAX(|?x|) > 1)": (
        "?x has no value here",
        NOWHERE,
    ),
    "SELECT ?a { { FILTER(|?a| = 1) } ?a e:p 1 }": ("?a has no value here", GROUP),
    "SELECT ?a { ?a e:p 1 { FILTER(BOUND(|?a|)) } }": ("?a has no value here", GROUP),
    "SELECT ?a { ?a e:p ?b { SELECT ?a { ?a e:q ?c } } FILTER(|?c| = 1) }": (
        "?c has no value here",
        GROUP,
    ),
    "SELECT ?z { BIND(|?b| * 2 AS ?z) ?a e:p ?b }": ("?b has no value here", BEHIND),
    "SELECT ?a { ?a e:p 1 |MINUS| { ?b e:p 2 } }": (
        "MINUS takes nothing away: it has no variable of the pattern before it",
        "name one in it, or write FILTER NOT EXISTS",
    ),
    "SELECT ?a ?b { ?a e:p 1 . |?b| e:p 2 . ?c e:p 3 }": (
        "nothing joins ?b and ?a: each of one goes with every other",
        BOTH,
    ),
    "SELECT ?a { ?a e:p e:x . |?b| e:p e:x }": (
        "nothing joins ?b and ?a: each of one goes with every other",
        BOTH,
    ),
    "SELECT ?a { ?a e:p 1 OPTIONAL { |?b| e:p 2 } }": (
        "nothing joins ?b and ?a: each of one goes with every other",
        BOTH,
    ),
}
RIGHT = (
    "ASK { ?a e:p 1 . ?b e:p 2 }",
    "SELECT ?a { ?a e:p ?n . ?b e:p ?m FILTER(?m > ?n) }",
    "SELECT ?a { ?a e:p ?n OPTIONAL { ?a e:q ?m FILTER(?m > ?n) } }",
    "SELECT ?a { ?a e:p ?n FILTER NOT EXISTS { ?b e:q ?m FILTER(?m > ?n) } }",
    "SELECT ?a { ?a e:p ?n FILTER NOT EXISTS { { ?b e:q 1 FILTER(?b != ?a) } } }",
    "SELECT ?a { ?a e:p ?n BIND(EXISTS { ?a e:q ?m } AS ?has) FILTER(?has) }",
    "SELECT ?a { ?a e:p ?n BIND(?n * 2 AS ?x) BIND(?x + 1 AS ?y) FILTER(?y > 1) }",
    "SELECT ?a { FILTER(?n > 1) ?a e:p ?n }",
    "SELECT ?a (COUNT(?b) AS ?n) { ?a e:p ?b } GROUP BY ?a HAVING(?n > 1) ORDER BY DESC(?n)",
    "SELECT ?y { ?a e:p ?b } GROUP BY (YEAR(?b) AS ?y) ORDER BY ?y",
    "SELECT ?a { e:x e:p ?l . ?a e:q e:x }",
    "SELECT ?a { [ e:p ?a ] e:q ?b . ?a e:r [ e:s ?c ] }",
    "SELECT ?a { ?a e:p ?b { ?a e:q ?c . ?b e:r ?d } }",
    "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?a e:p 1 } } { SELECT (1 AS ?m) { ?b e:p 2 } } }",
    "SELECT ?a { VALUES ?k { 1 2 } ?a e:p 1 }",
    "SELECT ?a { { ?a e:p 1 } UNION { ?b e:p 2 } }",
    "SELECT ?a { GRAPH ?g { ?a e:p 1 FILTER(?g != e:g) } }",
    "SELECT ?a { ?a e:p ?n MINUS { ?a e:q ?m } }",
    "SELECT ?a { ?a e:p ?n LATERAL { ?b e:q 1 FILTER(?b != ?a) } }",
    "INSERT { ?a e:p 1 } WHERE { ?b e:p 2 FILTER(?x) }",
)


@pytest.mark.parametrize("marked", ODD)
def test_what_is_odd(marked: str) -> None:
    before, word, after = marked.split("|")
    [remark] = joins(parse(before + word + after))
    assert (remark.start, remark.end) == (len(before), len(before) + len(word))
    assert (remark.message, remark.hint) == ODD[marked]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right(text: str) -> None:
    assert joins(parse(text)) == []


def test_many_groups_are_left_alone() -> None:
    deep = "{ " * 20_000 + "FILTER(?x)" + " }" * 20_000
    assert joins(parse(f"SELECT ?a {{ ?a e:p 1 {deep} }}")) == []


def test_given_from_outside() -> None:
    query = parse("SELECT ?a { ?a e:p ?b FILTER(?x > 1) } ORDER BY ?y")
    assert joins(query, {"x", "y"}) == []


def test_questions_are_right() -> None:
    for path in dataset.question_files():
        question = catalogue.read(path)
        given = {parameter.name for parameter in question.parameters}
        assert joins(parse(question.query), given) == [], path
