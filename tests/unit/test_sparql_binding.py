"""What is given to variables: read as a term, and never anything but that term in the query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import AmbiguousNameError, QueryError, UnknownNameError
from passex.graph.store import load
from passex.query import binding, variants
from passex.query.parser import parse
from passex.query.request import request
from passex.query.target import Local

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def bundled() -> Local:
    return Local(load())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", f'"5"^^<{XSD}integer>'),
        ("-0.5", f'"-0.5"^^<{XSD}decimal>'),
        ("1e3", f'"1e3"^^<{XSD}double>'),
        ("true", f'"true"^^<{XSD}boolean>'),
        ("2018-08-21", f'"2018-08-21"^^<{XSD}date>'),
        ("2018-08-21T10:00:00Z", f'"2018-08-21T10:00:00Z"^^<{XSD}dateTime>'),
        ('"a } b"', '"a } b"'),
        ("'text'@en", '"text"@en'),
        ('"5"^^xsd:byte', f'"5"^^<{XSD}byte>'),
        ('"5"^^<urn:t>', '"5"^^<urn:t>'),
        ("<urn:x>", "<urn:x>"),
        ("https://e.org/x", "<https://e.org/x>"),
        ("id:japan", "<https://w3id.org/passex/id/japan>"),
        ("foaf:name", "<http://xmlns.com/foaf/0.1/name>"),
        ("own:a", "<urn:own:a>"),
        ("south KOREA", "<https://w3id.org/passex/id/south-korea>"),
        ("JMSDF", "<https://w3id.org/passex/id/jmsdf>"),
    ],
)
def test_values(bundled: Local, value: str, expected: str) -> None:
    query = parse("PREFIX own: <urn:own:> SELECT * { ?s ?p ?x }")
    assert str(binding.read(bundled.resolve, query, [f"x={value}"])["x"]) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "'x' binds no variable; give --bind NAME=VALUE"),
        ("=5", "'=5' binds no variable; give --bind NAME=VALUE"),
        ("pp=5", "the query has no variable ?pp; did you mean ?p?"),
        ("zz=5", "the query has no variable ?zz; it has ?n, ?p, ?s, ?x"),
        ("n=5", "?n cannot be bound: the query computes it itself (AS ?n); bind another variable"),
        (
            "x=2018-02-30",
            "'2018-02-30' is not a day of the calendar; give YYYY-MM-DD or YYYY-MM-DDThh:mm:ss",
        ),
        (
            'x="a',
            '"a is not a literal; write "text", "text"@en or "5"^^xsd:byte, closed and escaped',
        ),
        (
            'x="a" . <urn:b> <urn:c> "d"',
            '"a" . <urn:b> <urn:c> "d" is not a literal; '
            'write "text", "text"@en or "5"^^xsd:byte, closed and escaped',
        ),
        ("x=<a b>", "'<a b>' is not an IRI; give an absolute IRI"),
    ],
)
def test_what_is_refused(bundled: Local, text: str, message: str) -> None:
    query = parse("SELECT * { ?s ?p ?x BIND(1 AS ?n) }")
    with pytest.raises(QueryError) as caught:
        binding.read(bundled.resolve, query, [text])
    assert str(caught.value) == message


def test_names_that_nothing_has_or_several(bundled: Local) -> None:
    query = parse("SELECT * { ?s ?p ?x }")
    with pytest.raises(UnknownNameError, match="no node of this graph has that name; did you mean"):
        binding.read(bundled.resolve, query, ["x=Japn"])
    with pytest.raises(UnknownNameError, match="for a text, quote it"):
        binding.read(bundled.resolve, query, ["x=qqqqqq"])
    with pytest.raises(QueryError, match="bound twice"):
        binding.read(bundled.resolve, query, ["x=1", "?x=2"])
    with pytest.raises((AmbiguousNameError, UnknownNameError)):
        binding.read(bundled.resolve, query, ["x="])


def solutions(text: str, **values: variants.Value) -> list[tuple[str, ...]]:
    store = ox.Store()
    for triple in ("<urn:a> <urn:p> 1", "<urn:b> <urn:p> 2", "<urn:a> <urn:q> <urn:b>"):
        store.load(triple.encode() + b" .", format=ox.RdfFormat.TURTLE)
    found = store.query(variants.bind(parse(text), values))
    if isinstance(found, ox.QueryBoolean):
        return [(str(bool(found)),)]
    return sorted(tuple(map(str, row)) for row in found)


A = ox.NamedNode("urn:a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?o { ?x <urn:p> ?o }", [(f'"1"^^<{XSD}integer>',)]),
        ("SELECT ?x ?o { ?x <urn:p> ?o }", [("<urn:a>", f'"1"^^<{XSD}integer>')]),
        ("SELECT (COUNT(*) AS ?n) { ?x ?p ?o }", [(f'"2"^^<{XSD}integer>',)]),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?x ?p ?o } } }", [(f'"2"^^<{XSD}integer>',)]),
        ("SELECT ?s { ?s <urn:p> ?o { ?s ?p ?q FILTER(?s = ?x) } }", [("<urn:a>",), ("<urn:a>",)]),
        ("SELECT ?s { { ?s <urn:q> ?x } UNION { ?x <urn:q> ?s } }", [("<urn:b>",)]),
        ("SELECT ?s { ?s <urn:p> ?o FILTER NOT EXISTS { ?x <urn:q> ?s } }", [("<urn:a>",)]),
        ("SELECT ?s { ?s <urn:p> ?o MINUS { ?s ?p ?q FILTER(?s = ?x) } }", [("<urn:b>",)]),
        ("SELECT ?s ?x { ?s <urn:q> ?o OPTIONAL { ?x <urn:none> ?o } }", [("<urn:a>", "<urn:a>")]),
        ("SELECT * { SELECT ?x { ?x <urn:p> ?o } }", [("<urn:a>",)]),
        ("SELECT ?y { { SELECT (?x AS ?y) { ?s <urn:q> ?o } } }", [("<urn:a>",)]),
        ("SELECT ?o { VALUES ?x { <urn:a> <urn:b> } ?x <urn:p> ?o }", [(f'"1"^^<{XSD}integer>',)]),
        ("ASK { ?x <urn:p> 2 }", [("False",)]),
        ("CONSTRUCT WHERE { ?x <urn:q> ?o }", [("<urn:a>", "<urn:q>", "<urn:b>")]),
        (
            "CONSTRUCT { ?o <urn:r> ?x } WHERE { ?x <urn:q> ?o }",
            [("<urn:b>", "<urn:r>", "<urn:a>")],
        ),
    ],
)
def test_a_value_stands_wherever_the_variable_does(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert solutions(text, x=A) == expected


def test_describe_without_a_pattern() -> None:
    assert len(solutions("DESCRIBE ?x", x=A)) == 2
    assert len(solutions("DESCRIBE ?x LIMIT 1", x=A)) == 2


@given(st.text())
def test_no_text_leaves_its_literal(text: str) -> None:
    found = solutions("SELECT ?x { <urn:a> <urn:q> ?o } # }", x=ox.Literal(text))
    assert found == [(str(ox.Literal(text)),)]


def test_bindings_reach_the_graph(bundled: Local) -> None:
    query = parse("SELECT ?ship { ?ship nr:hasAffiliation ?a ; a ?kind }")
    ready, values = request(bundled, query, ["kind=nr:Ship"])
    assert values == {"kind": ox.NamedNode("https://w3id.org/passex/ontology#Ship")}
    assert ready.shown.startswith("PREFIX nr: <https://w3id.org/passex/ontology#>\nSELECT ?ship {")
