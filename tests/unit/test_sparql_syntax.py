"""Errors and warnings of queries: where they point, and what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.graph import dataset
from passex.graph.store import Store, load
from passex.query.errors import SparqlError
from passex.query.parser import parse
from passex.query.request import check
from passex.query.size import text_too_large, too_large
from passex.query.warnings import warnings
from passex.questions import catalogue

NOT_CLOSED = "SELECT ?s WHERE {\n  ?s nr:hasDomain ?y\n"
WORDS = ["SELECT", "?s", "*", "{", "}", "(", ")", ".", ";", "a", "<u:p>", "'x'", "5", "FILTER"]
WORDS += ["=", "LIMIT"]
TERM = "a variable, an IRI, a literal, a blank node, '(', '[' or something else"


@pytest.mark.parametrize(
    ("text", "message", "carets"),
    [
        ("SELECT ?s { ?s a }", f"q:1:18: expected {TERM}, found '}}'", "SELECT ?s { ?s a }|^"),
        (
            "SELEC ?s { ?s a ?c }",
            "q:1:1: expected SELECT, ASK, BASE, CONSTRUCT, DESCRIBE or PREFIX, found 'SELEC'; "
            "did you mean SELECT?",
            "SELEC ?s { ?s a ?c }|^^^^^",
        ),
        (
            NOT_CLOSED,
            "q:2:21: expected '}', '.', ';', ',', '{', BIND or something else, "
            "found the end of the query; the '{' of 1:17 is not closed",
            "  ?s nr:hasDomain ?y|^",
        ),
        (
            "ASK {\n\t?s a rdff:Foo }",
            "q:2:7: the prefix 'rdff:' is not declared; did you mean "
            "rdf: (<http://www.w3.org/1999/02/22-rdf-syntax-ns#>) or "
            "rdfs: (<http://www.w3.org/2000/01/rdf-schema#>) or foaf: (<http://xmlns.com/foaf/0.1/>)?",
            "    ?s a rdff:Foo }|^^^^^",
        ),
        (
            "ASK { ?s a zzzz9:Foo }",
            "q:1:12: the prefix 'zzzz9:' is not declared; begin the query with PREFIX zzzz9: <…>",
            "ASK { ?s a zzzz9:Foo }|^^^^^^",
        ),
        (
            "ASK { ?s ?p 'open }",
            "q:1:13: the text that begins with ' is never closed; end it with '",
            "ASK { ?s ?p 'open }|^^^^^^^",
        ),
        (
            "ASK { ?s a <rel> }",
            "q:1:12: <rel> is not an absolute IRI; "
            "give the whole IRI, or begin the query with BASE <…>",
            "ASK { ?s a <rel> }|^^^^^",
        ),
        (
            "SELECT ?c ?s { ?s a ?c } GROUP BY ?c",
            "q:1:11: ?s is neither in GROUP BY nor within an aggregate such as COUNT; "
            "group by it, or select it within an aggregate",
            "SELECT ?c ?s { ?s a ?c } GROUP BY ?c|^^",
        ),
        (
            "SELECT ?s { ?s a ?c OPTINAL { ?s ?p ?o } }",
            "q:1:21: expected '}', '.', ';', ',', '{', BIND or something else, found 'OPTINAL'; "
            "did you mean OPTIONAL?",
            "SELECT ?s { ?s a ?c OPTINAL { ?s ?p ?o } }|^^^^^^^",
        ),
        (
            "prefix e: <urn:e> insert data { e:a e:b e:c }",
            "q:1:19: INSERT is an update, and this command only reads; "
            "change the Turtle files, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
            "prefix e: <urn:e> insert data { e:a e:b e:c }|^^^^^^",
        ),
        (
            "SELECT (1 AS ?s) (2 AS ?s) {}",
            "q:1:24: ?s is selected twice; select it once, or give it another name with AS",
            "SELECT (1 AS ?s) (2 AS ?s) {}|^^",
        ),
        (
            'ASK { ?s ?p "a\\qb" }',
            r"q:1:15: '\q' is no escape of a text; write \\ for a backslash, and \u with 4 digits "
            "for a character",
            'ASK { ?s ?p "a\\qb" }|^^',
        ),
        (
            'ASK { ?s ?p "\\\\\\uD800" }',
            r"q:1:16: '\u' is no escape of a text; write \\ for a backslash, and \u with 4 digits "
            "for a character",
            'ASK { ?s ?p "\\\\\\uD800" }|^^',
        ),
        (
            "ASK { VALUES (?a ?b) { (1 UNDEF) ('a'^^xsd:byte 'b'@en) (-1 2 3) } }",
            "q:1:57: a row of 3 values for 2 variables; give each variable a value, or UNDEF",
            "ASK { VALUES (?a ?b) { (1 UNDEF) ('a'^^xsd:byte 'b'@en) (-1 2 3) } }|^^^^^^^^",
        ),
        (
            "ASK { FILTER(REPLACE('a', LCASE('b')) = 'c') }",
            "q:1:14: REPLACE takes 3 or 4 arguments, and has 2; see section 17.4 of SPARQL 1.1",
            "ASK { FILTER(REPLACE('a', LCASE('b')) = 'c') }|^^^^^^^^^^^^^^^^^^^^^^^^",
        ),
        (
            "ASK { FILTER(STRLEN() = 0) }",
            "q:1:14: STRLEN takes 1 argument, and has 0; see section 17.4 of SPARQL 1.1",
            "ASK { FILTER(STRLEN() = 0) }|^^^^^^^^",
        ),
        (
            "SELECT * { ?s ?p ?o } GROUP BY ?s",
            "q:1:8: SELECT * cannot be grouped; name the variables of GROUP BY, and aggregates "
            "such as (COUNT(*) AS ?n)",
            "SELECT * { ?s ?p ?o } GROUP BY ?s|^",
        ),
        (
            "SELECT ?s { ?a ?b ?c BIND(1 AS ?s) { BIND(2 AS ?c) } BIND(2 AS ?s) }",
            "q:1:64: ?s has a value already, and cannot be computed (AS ?s); give what is computed "
            "a name of its own",
            "SELECT ?s { ?a ?b ?c BIND(1 AS ?s) { BIND(2 AS ?c) } BIND(2 AS ?s) }|^^",
        ),
        (
            "SELECT (1 AS ?s) { ?s ?p ?o }",
            "q:1:14: ?s has a value already, and cannot be computed (AS ?s); give what is computed "
            "a name of its own",
            "SELECT (1 AS ?s) { ?s ?p ?o }|^^",
        ),
        (
            "ASK { _:a ?p ?o . _:a ?q ?x . { _:a ?p ?o } }",
            "q:1:33: _:a stands in two groups; a blank node is known in its group alone: use a "
            "variable",
            "ASK { _:a ?p ?o . _:a ?q ?x . { _:a ?p ?o } }|^^^",
        ),
        (
            "ASK { ?s <http://a b> ?o }",
            "q:1:10: an IRI cannot hold ' '; write it as %20 and the like, or correct the IRI",
            "ASK { ?s <http://a b> ?o }|^^^^^^^^^^^^",
        ),
        (
            "SELECT ?x { ?x a nr:Ship {\n SELECT ?a (?a AS ?b) ?a { ?a ?b ?c } } }",
            "q:2:23: ?a is selected twice; select it once, or give it another name with AS",
            " SELECT ?a (?a AS ?b) ?a { ?a ?b ?c } } }|^^",
        ),
        (
            "ASK { ?s rdfs:label '日本' ; a nrr:Foo }",
            "q:1:30: the prefix 'nrr:' is not declared; did you mean "
            "nr: (<https://w3id.org/passex/ontology#>) or nrs: (<https://w3id.org/passex/shape/>) "
            "or nrc: (<https://w3id.org/passex/concept/>)?",
            "ASK { ?s rdfs:label '日本' ; a nrr:Foo }|^^^^",
        ),
    ],
)
def test_errors_point(text: str, message: str, carets: str) -> None:
    with pytest.raises(SparqlError) as caught:
        check(parse(text), "q")
    assert str(caught.value) == message
    source, _, marks = carets.partition("|")
    line, under = caught.value.excerpt.splitlines()
    assert line[6:] == source
    assert under.strip(" |") == marks
    column = int(message.split(":")[2])
    # A tab reaches to the next fourth column, and a wide character takes two.
    before = text.split("\n")[int(message.split(":")[1]) - 1][: column - 1]
    wide = sum(unicodedata.east_asian_width(c) == "W" for c in before)
    assert under.index("^") - 6 == len(before.expandtabs(4)) + wide


def test_nothing_at_all() -> None:
    for text in ("", " \n", "# only this"):
        with pytest.raises(SparqlError, match="q: nothing in it; give a SELECT") as caught:
            check(parse(text), "q")
        assert caught.value.excerpt == ""


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("", "empty", "q"),
        ("LOAD <u:x>", "update", "q:1:1"),
        ("PREFIX ex: INSERT", "grammar", "q:1:12"),
        ("ASK {\n ?s a }", "grammar", "q:2:7"),
        ("ASK { ?s a 'open", "grammar", "q:1:12"),
        ("ASK { ?s a zz9:Foo }", "prefix", "q:1:12"),
        ("SELECT (1 AS ?s) (2 AS ?s) {}", "meaning", "q:1:24"),
        ("ASK {" + "{" * 50_000, "depth", "q:1:50005"),
        # The engine reads a keyword here, and a prefix; SPARQL has a longer name.
        ("PREFIXzz9: <u:zz9> ASK { ?s a zz9:Foo }", "grammar", "q:1:1"),
    ],
)
def test_programs_tell_errors_apart_by_their_kind(text: str, kind: str, place: str) -> None:
    with pytest.raises(SparqlError) as caught:
        check(parse(text), "q")
    error = caught.value
    assert (error.kind, str(error.place)) == (kind, place)
    assert str(error).startswith(f"{place}: {error.message}")


def test_too_many_groups() -> None:
    text = "SELECT * {" + "{" * 60_000 + "}" * 60_000 + "}"
    with pytest.raises(SparqlError, match="q:1:50009: more than 50000 groups and operators"):
        check(parse(text), "q")


@pytest.mark.parametrize(
    ("group", "most", "count"),
    [
        ("FILTER(%s)", 2000, lambda n: " || ".join(["?s"] * n)),
        ("FILTER(%s)", 2000, lambda n: " && ".join(["?s"] * n)),
        ("FILTER(?s = %s)", 2000, lambda n: "-".join(["?s"] * n)),
        ("%s", 2001, lambda n: " UNION ".join(["{ ?s a ?c }"] * n)),
        ("%s", 2000, lambda n: "MINUS { ?s a ?c } " * n),
        ("?s a ?c . %s", 199, lambda n: "OPTIONAL { ?s a ?c } " * n),
        ("%s", 200, lambda n: "?s a ?c . " * n),
        ("?s a %s", 200, lambda n: ", ".join(["?c"] * n)),
        ("?s a (%s)", 199, lambda n: "?c " * n),
        ("?s a (%s)", 199, lambda n: "?c\t" * n),
        # A path is an object, and its steps.
        ("?s %s ?c", 199, lambda n: "/".join(["a"] * n)),
        ("?s a ?c { ?s a ?c { %s } }", 198, lambda n: "?s a ?c ; a ?d . " * (n // 2)),
        ("%s", 66, lambda n: "{ ?s a ?c } UNION { ?s a ?d } " * n),
        # What has a result of its own is no part of what is joined around it.
        ("?s a ?c MINUS { %s }", 200, lambda n: "?s a ?c . " * n),
        ("?s a ?c FILTER NOT EXISTS { %s }", 200, lambda n: "?s a ?c . " * n),
        ("?s a ?c { SELECT * { %s } }", 200, lambda n: "?s a ?c . " * n),
        ("{ ?s a ?c } UNION { %s }", 200, lambda n: "?s a ?c . " * n),
    ],
)
def test_what_the_engine_would_plan_for_minutes(
    group: str, most: int, count: Callable[[int], str]
) -> None:
    assert too_large(parse(f"ASK {{ {group % count(most)} }}")) is None
    large = too_large(parse(f"ASK {{ {group % count(most + 2)} }}"))
    assert large is not None
    assert re.match("more than (2000 operators|200 patterns)", large.message)
    with pytest.raises(SparqlError, match=f"q:1:{large.start + 1}: {large.message}"):
        check(parse(f"ASK {{ {group % count(most + 2)} }}"), "q")


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT WHERE { %s}",
        "DELETE WHERE { %s}",
        "DELETE WHERE { GRAPH <a:g> { %s} }",
        "DELETE { ?s a ?c } WHERE { %s}",
        "INSERT { ?s a ?c } WHERE { %s}",
        "WITH <a:g> DELETE { ?s a ?c } INSERT { ?c a ?s } WHERE { %s}",
        "INSERT DATA { <a:s> a <a:c> } ; DELETE WHERE { %s}",
    ],
)
def test_other_forms_that_are_planned(text: str) -> None:
    form = "Query" if text.startswith("CONSTRUCT") else "Update"
    assert text_too_large(text % ("?s a ?c . " * 200), form) is None
    large = text_too_large(text % ("?s a ?c . " * 201), form)
    assert large is not None
    assert large.message == "more than 200 patterns and steps of paths are joined here"


@pytest.mark.parametrize(
    "text",
    [
        # Each operation of an update is planned for itself.
        "DELETE { ?s a ?c } WHERE { ?s a ?c FILTER(?s != ?c) } ; " * 2001,
        "DELETE WHERE { ?s a ?c } ; INSERT DATA { " + "<a:s> <a:p> 1, 2, 3 . " * 2000 + "}",
        "INSERT { " + "?s a ?c . " * 300 + "} WHERE { ?s a ?c }",
        "ASK { ?s a ?c FILTER(?s IN (" + ", ".join(["1"] * 30_000) + ")) }",
        "ASK { VALUES ?s { " + "-1 " * 30_000 + "} ?s a ?c }",
        "CONSTRUCT { " + "?s a ?c . " * 3000 + "} WHERE { ?s a ?c }",
        "INSERT DATA { " + "<a:a> a <a:c> . " * 3000 + "}",
        "ASK { ?s " + "|".join(["a"] * 3000) + " ?c }",
        "ASK { " + "{ ?s a ?c . ?c a ?d } UNION " * 1000 + "{} }",
    ],
)
def test_long_lists_are_no_matter(text: str) -> None:
    form = "Update" if text.startswith(("DELETE", "INSERT")) else "Query"
    tree = parse(text, form)
    assert (tree.error, too_large(tree), text_too_large(text, form)) == (None, None, None)


@pytest.mark.parametrize(
    ("opened", "inner", "closed"),
    [("{", "", "}"), ("?s a [ a ", "1", "]"), ("FILTER(", "1", ")"), ("?s a (", "1", ")")],
)
def test_brackets_within_brackets(opened: str, inner: str, closed: str) -> None:
    again = opened.split()[-1] if opened[-1] != "(" else "("
    again = "[ a " if closed == "]" else again
    for depth, large in ((99, None), (100, "more than 100 brackets lie within one another")):
        text = f"ASK {{ {opened}{again * (depth - 1)}{inner}{closed * depth} }}"
        assert parse(text).error is None
        found = too_large(parse(text), 100)
        assert (found and found.message) == large


def test_long_lines_are_shown_around_the_place() -> None:
    text = "SELECT * { " + "?s ?p ?o . " * 100 + " ?s ?p } "
    with pytest.raises(SparqlError) as caught:
        check(parse(text), "q")
    line, under = caught.value.excerpt.splitlines()
    assert len(line) < 140
    assert line[under.index("^")] == "}"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s (COUNT(DISTINCT *) AS ?n) { ?s a ?c ; <u:p> 1.5, -2, 3e-4, .5 ; . "
        "FILTER(?n-5 > 3-2 && !bound(?x) || ?y IN (1,2) ) } GROUP BY ?s HAVING (?n > 1) "
        "ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 1",
        "PREFIX : <u:> SELECT * WHERE { :a :b/:c*|^:d [ :e ( 1 2 'x'@en ) ] . "
        "{ ?a ?b ?c } UNION { } "
        "OPTIONAL { } MINUS { } BIND(1 AS ?z) VALUES (?a ?b) { (1 UNDEF) } FILTER NOT EXISTS { } "
        "GRAPH ?g { SELECT ?x { } } SERVICE SILENT <u:s> { } }",
        "DESCRIBE <a:b> ?x FROM NAMED <u:g>",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . } LIMIT 1",
        "SELECT (GROUP_CONCAT(?x; separator=', ') AS ?y) {} VALUES ?q { 1 }",
        "SELECT ?x { ?s !(a|^<u:b>) ?x. ?s ?p TRUE . FILTER(?x=1.0) FILTER(.5<?x) "
        "FILTER(?x<=1+2*3) }",
        *(path.read_text(encoding="utf-8") for path in dataset.question_files()),
        *(path.read_text(encoding="utf-8") for path in dataset.rule_files()),
    ],
)
def test_the_grammar_takes_queries(text: str) -> None:
    assert parse(text).error is None
    found = parse(text[: text.rindex("}")]).error if "}" in text else None
    assert found is None or found.word is None


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_the_grammar_refuses_nothing_that_the_engine_takes(words: list[str]) -> None:
    text = " ".join(words)
    try:
        ox.Store().query(text)
    except SyntaxError:
        with pytest.raises(SparqlError):
            check(parse(text), "q")
    else:
        assert parse(text).error is None


@pytest.fixture(scope="module")
def bundled() -> Store:
    return load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT ?s { ?s nr:hasParticipent ?x }",
            [
                (
                    15,
                    33,
                    "nr:hasParticipent is not in the ontology",
                    "did you mean nr:hasParticipant?",
                )
            ],
        ),
        ("SELECT ?s { ?s nr:hasParticipant id:japan ; foaf:whatever 1 }", []),
        (
            "ASK { id:japann a <https://w3id.org/passex/ontology#Stat> }",
            [
                (6, 15, "id:japann is not in this graph", "did you mean id:japan?"),
                (
                    *(18, 57, "<https://w3id.org/passex/ontology#Stat> is not in the ontology"),
                    "did you mean nr:State?",
                ),
            ],
        ),
        (
            "ASK { ?s rdfs:lable ?l }",
            [(9, 19, "rdfs:lable is no term of that vocabulary", "did you mean rdfs:label?")],
        ),
        (
            "ASK { ?s rdf:label ?l ; rdfs:type ?t ; skos:nonesuch ?n }",
            [
                (9, 18, "rdf:label is no term of that vocabulary", "did you mean rdfs:label?"),
                (24, 33, "rdfs:type is no term of that vocabulary", "did you mean rdf:type?"),
                (39, 52, "skos:nonesuch is no term of that vocabulary", ""),
            ],
        ),
        (
            "SELECT ?s ?lable { ?s rdfs:label ?label }",
            [
                (
                    10,
                    16,
                    "?lable is selected, and nothing in the pattern binds it",
                    "did you mean ?label?",
                )
            ],
        ),
        ("SELECT ?a (1 AS ?b) { ?a ?p ?o }", []),
        (
            "SELECT ?qq { FILTER NOT EXISTS { ?qq a nr:Ship } }",
            [
                (
                    7,
                    10,
                    "?qq is selected, and nothing in the pattern binds it",
                    "it has no value in any row",
                )
            ],
        ),
        ("PREFIX nr: <http://e.org/> ASK { ?s nr:nonsense 1 }", []),
        (
            "PREFIX e: <https://w3id.org/passex/ontology/> ASK { ?s a e:Ship }",
            [(57, 63, "e:Ship is not in the ontology", "did you mean nr:Ship?")],
        ),
    ],
)
def test_warnings(bundled: Store, text: str, expected: list[tuple[int, int, str, str]]) -> None:
    found = [(w.start, w.end, w.message, w.hint) for w in warnings(bundled, parse(text))]
    assert [(w[0], *w[2:]) for w in found] == [(e[0], *e[2:]) for e in expected]
    for start, end, message, _ in found:
        assert message.startswith(text[start:end])


def test_a_namespace_that_is_nearly_that_of_a_prefix(bundled: Store) -> None:
    space = "http://www.w3.org/2004/02/skos#"
    [found] = warnings(bundled, parse(f"PREFIX skos: <{space}> ASK {{ ?s skos:prefLabel 1 }}"))
    said = f"skos: is <{space}> here, and nothing in the graph is of that"
    near = "did you mean <http://www.w3.org/2004/02/skos/core#>?"
    assert (found.start, found.end, found.message, found.hint) == (13, 46, said, near)
    engine = ox.Store()
    engine.load(f'<urn:a> <{space}prefLabel> "x" .'.encode(), format=ox.RdfFormat.TURTLE)
    query = parse(f"PREFIX skos: <{space}> ASK {{ ?s skos:prefLabel 1 }}")
    assert warnings(Store(engine), query) == []


def test_no_warning_of_what_is_given(bundled: Store) -> None:
    assert warnings(bundled, parse("SELECT ?x { ?s a ?c FILTER(?x > 1) }"), {"x"}) == []


def test_questions_have_no_warnings(bundled: Store) -> None:
    for path in dataset.question_files():
        question = catalogue.read(path)
        given = {parameter.name for parameter in question.parameters}
        assert warnings(bundled, parse(question.query), given) == [], path


def test_ontologies_of_the_data() -> None:
    engine = ox.Store()
    engine.load(
        b"@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <http://e.org/o#> ."
        b"<http://e.org/o> a owl:Ontology . e:Tugboat a owl:Class .",
        format=ox.RdfFormat.TURTLE,
    )
    found = warnings(
        Store(engine), parse("PREFIX e: <http://e.org/o#> ASK { ?s a e:Tugbaot, e:Tugboat }")
    )
    assert [(w.message, w.hint) for w in found] == [
        ("e:Tugbaot is not in the ontology", "did you mean e:Tugboat?")
    ]
