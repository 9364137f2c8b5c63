"""What SHACL forbids in a constraint, and on which literals' forms it depends, is told from it."""

from __future__ import annotations

import pytest

from passex.graph.terms import RDF
from passex.query.parser import parse
from passex.validation.shacl.query_rules import forbidden, reads_values


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT $this { $this ?p ?o . FILTER NOT EXISTS { $this ?p 1 } }", ""),
        ("SELECT $this { $this ?p ?o { ?s ?p 1 MINUS { ?s ?p 2 } } }", "MINUS"),
        ("SELECT $this { $this ?p ?o } VALUES ?o { 1 }", "VALUES"),
        ("SELECT $this FROM <urn:g> { $this ?p ?o }", "FROM"),
        ("SELECT $this { $this ?p ?o . SERVICE <urn:s> { ?o ?p 1 } }", "SERVICE"),
        ("SELECT $this { MINUS { ?s ?p 1 } SERVICE <urn:s> { ?o ?p 1 } }", "SERVICE"),
        ("SELECT (1 AS $this) { $this ?p ?o }", "AS $this"),
        ("SELECT $this { $this ?p ?o BIND(1 AS ?this) }", "AS $this"),
        ("SELECT $this (1 AS ?value) { $this ?p ?o }", ""),
        ("SELECT $this { { SELECT $this ?o { $this ?p ?o } } }", ""),
        ("SELECT $this { { SELECT ?o { $this ?p ?o } } }", "a nested SELECT without $this"),
        ("SELECT $this { { SELECT * { $this ?p ?o } } }", "a nested SELECT without $this"),
    ],
)
def test_what_a_constraint_must_not_have(query: str, found: str) -> None:
    assert forbidden(parse(query)) == found


def test_a_validator_must_not_bind_the_value_either() -> None:
    query = parse("ASK { $this ?p ?o BIND(1 AS ?value) }")
    assert forbidden(query, bound=("this", "value")) == "AS $value"


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        ("$this <urn:p> ?o", True),
        ("$this e:p ?o", True),
        ("$this e:q ?o FILTER(?o > 1)", False),
        ("$this ?p $value", False),
        ("$this ?p $value FILTER($value > 1)", True),
        ("$this ?p $value FILTER(STR($value) = '1' || isLiteral($value))", False),
        ("$this ?p $value FILTER(STRLEN(STR($value)) > 1 && DATATYPE($value) = e:d)", True),
        ("$this ?p $value FILTER(STR(-$value) = '1')", True),
        ("$this ?p $value BIND($value AS ?x)", True),
        ("$this ?path $value FILTER(?path != e:q && $this != e:a)", False),
        ("$this !e:q $value FILTER($value > 1)", True),
        ("$this ^e:q $value FILTER($value > 1)", False),
        ("$this e:q ( $value 1 ) FILTER($value > 1)", False),
        ("$this e:q [ ?p $value ] FILTER(bound($value))", False),
    ],
)
def test_whether_a_constraint_looks_at_values(body: str, reads: bool) -> None:
    tree = parse(f"PREFIX e: <urn:> SELECT $this {{ {body} }}")
    assert reads_values(tree, {"urn:p"}) == reads


def test_a_list_speaks_of_its_members() -> None:
    tree = parse("SELECT $this { $this <urn:q> ( 1 2 ) }")
    assert reads_values(tree, {RDF.first})
    assert not reads_values(tree, {"urn:p"})
