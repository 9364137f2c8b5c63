"""What to write instead, where a query leaves the grammar."""

from __future__ import annotations

import pytest

from passex.query.errors import SparqlError
from passex.query.parser import parse
from passex.query.request import check

#: The word that cannot stand where it does, between bars, and the hint.
HINTS = {
    "SELECT ?a|,| ?b { ?a ?p ?b }": "list them without commas",
    "SELECT ?a { ?a ?p ?b } ORDER BY ?a|,| ?b": "list them without commas",
    "ASK { VALUES ?a { 1|,| 2 } }": "list them without commas",
    "ASK { ?a ?p ?b FILTER(?b IN (1 |2|)) }": "list values with commas",
    "ASK { VALUES (?a) { |1| 2 } }": "write a row in brackets: (1)",
    "SELECT ?a |COUNT|(DISTINCT ?b) { ?a ?p ?b } GROUP BY ?a": (
        "write (COUNT(DISTINCT ?b) AS ?name)"
    ),
    "SELECT (COUNT(*)|)| { ?a ?p ?b }": "name what is computed: (… AS ?name)",
    "SELECT (COUNT(*) |?n|) { ?a ?p ?b }": "name what is computed: (… AS ?n)",
    "SELECT ?a |AS| ?b { ?a ?p ?b }": "what is computed stands in brackets: (… AS ?name)",
    "SELECT DISTINCT(?a|)| { ?a ?p ?b }": (
        "write ?a without brackets, or give it another name with AS"
    ),
    "SELECT |TOP| 5 ?a { ?a ?p ?b }": "write LIMIT at the end",
    "SELECT |who| { ?x ?p ?b }": "write ?who for a variable",
    "SELECT |who| { ?who ?p ?b }": "did you mean ?who?",
    "ASK { ?a ?p ?b BIND |?b| AS ?c }": "write BIND(… AS ?name)",
    "ASK { ?a ?p ?b BIND(?b|)| }": "name what is computed: (… AS ?name)",
    "ASK { ?a ?p ?b FILTER |?b| = 1 }": "put the condition in brackets: FILTER(…)",
    "ASK { ?a ?p ?b FILTER STRLEN(?b) |>| 1 }": "put the condition in brackets: FILTER(…)",
    "SELECT ?a { ?a ?p ?b } GROUP BY ?a HAVING |?b| > 1": (
        "put the condition in brackets: HAVING(…)"
    ),
    "ASK { ?a ?p ?b FILTER(NOT |BOUND|(?b)) }": "write ! for it, unless EXISTS follows",
    "ASK { ?a ?p ?b FILTER(?b =|=| 1) }": "write =",
    "ASK { ?a ?p ?b FILTER(?b !=|=| 1) }": "write !=",
    "ASK { ?a ?p ?b FILTER(?b |<>| 1) }": "write != for it",
    "ASK { ?a ?p ?b FILTER(?b = 1 |and| ?a = 2) }": "write && for it",
    "ASK { ?a ?p ?b FILTER(?b = 1 |OR| ?a = 2) }": "write || for it",
    "ASK { ?a ?p ?b FILTER(?b = 1 |&| ?a = 2) }": "write && for it",
    "ASK { ?a ?p ?b FILTER(?b |LIKE| '%x%') }": (
        'write CONTAINS(STR(?x), "text"), or REGEX(STR(?x), "pattern", "i")'
    ),
    "ASK { ?a ?p ?b FILTER(?b |IS| NULL) }": (
        "write BOUND(?x) for what has a value, and !BOUND(?x) for what has none"
    ),
    "ASK { ?a ?p ?b FILTER(?b |CONTAINS| 'x') }": "write CONTAINS(?b, …)",
    "ASK { ?a ?p ?b FILTER(|LENGTH|(?b) > 1) }": "did you mean STRLEN?",
    "ASK { ?a ?p ?b FILTER(|lower|(?b) = 'x') }": "did you mean LCASE?",
    "ASK { ?a ?p ?b . ?b |>| 1 }": "a condition stands in FILTER(?b > …)",
    "ASK { { ?a ?p 1 } |OR| { ?a ?p 2 } }": "write { … } UNION { … }",
    "ASK { ?a ?p 1 |AND| ?a ?p 2 }": "write '.' between triples",
    "SELECT ?a { ?a ?p ?b } LIMIT 1 |ORDER| BY ?a": (
        "GROUP BY, HAVING, ORDER BY and LIMIT follow the pattern in this order"
    ),
    "SELECT ?a { ?a ?p ?b |LIMIT| 1 }": (
        "GROUP BY, HAVING, ORDER BY and LIMIT follow the pattern in this order"
    ),
    "SELECT ?a { ?a ?p ?b } ORDER BY ?a DESC||": "write DESC(?a)",
    "SELECT ?a { ?a ?p ?b } ORDER BY DESC |?a|": "write DESC(?a)",
    "SELECT ?a { ?a ?p ?b } |FROM| <http://e/g>": "write FROM before the pattern",
    "SELECT ?a { ?a ?p ?b } |PREFIX| e: <http://e/>": "write PREFIX at the beginning",
    "SELECT ?a { ?a ?p ?b } |UNION| { ?a ?q ?b }": ("write UNION within the braces of the pattern"),
    "SELECT ?a { ?a ?p ?b }|;|": "leave it out",
    "SELECT ?a { ?a ?p ?b } |/|/ all": "a comment begins with #",
    "ASK { ?a ?p 1 |?a| ?q 2 }": (
        "end the triple before it with '.', or with ';' where its subject goes on"
    ),
    "ASK { ?a ?p 'It'|s|' }": r'the text ends before it: write \' in it, or "…" around it',
    "ASK { ?a ?p |\u201c|x\u201d }": 'write straight quotation marks: "…"',
    'ASK { ?a ?p "1"|^|xsd:int }': "write ^^ before a datatype",
    'ASK { ?a ?p "x"|@| }': "write a language behind it, such as @en",
    "ASK { ?a ?p |Japan| }": (
        'write "Japan" for a text, ?Japan for a variable, or a name with its prefix, such as '
        "nr:Japan"
    ),
    "ASK { ?a ?p 2018|-|01-01 }": 'write "2018-01-01"^^xsd:date',
    "ASK { ?a |label| ?b }": "a property is an IRI, such as rdfs:label",
    "ASK { ?a |'label'| ?b }": "a property is an IRI, such as rdfs:label",
    "ASK { ?a |nr|.hasPlace ?b }": "write nr:hasPlace",
    "ASK { ?a rdfs:label/|?p| ?b }": "a path has no variables in it",
    "SELECT ?my|-|name { ?a ?p ?b }": "the name of a variable has letters, digits and _ alone",
    "PREFIX |x| <http://e/> ASK {}": "write x:",
    "PREFIX x: |http:|//e/ ASK {}": "write <http://e/>",
    "ASK { ?a |http:|//e/p#q. ?b }": "write <http://e/p#q>",
    "ASK { ?a ?p ?b }|}|": "there is one '}' too many",
    "ASK { ?a ?p ?b FILTER(?b > 1)|)| }": "there is one ')' too many",
    "ASK {\n ?a ?p ?b FILTER(STRLEN(?b > 1) |}|": "the '(' of 2:17 is not closed",
}


@pytest.mark.parametrize("marked", HINTS)
def test_what_to_write_instead(marked: str) -> None:
    before, word, after = marked.split("|", 2) if "||" not in marked else (marked[:-2], "", "")
    with pytest.raises(SparqlError) as caught:
        check(parse(before + word + after), "q")
    where = caught.value.place
    assert caught.value.hint == HINTS[marked]
    assert where is not None
    lines = before.split("\n")
    assert (where.line, where.column) == (len(lines), len(lines[-1]) + 1)
    assert where.end_column - where.column == len(word)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "SELECT ?a { ?a ?p ?b FILTER(COUNT(?b) > 1) }",
            "q:1:29: COUNT is of many solutions, and FILTER looks at each by itself; write "
            "HAVING(…) after GROUP BY, or compute it in a sub-SELECT",
        ),
        (
            "SELECT (SUM(?a, ?b) AS ?n) { ?a ?p ?b }",
            "q:1:9: SUM takes 1 argument, and has 2; see section 11 of SPARQL 1.1",
        ),
    ],
)
def test_aggregates(text: str, message: str) -> None:
    with pytest.raises(SparqlError) as caught:
        check(parse(text), "q")
    assert str(caught.value) == message
