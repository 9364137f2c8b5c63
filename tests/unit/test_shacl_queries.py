"""What SHACL forbids in a constraint, and on which literals' forms it depends, is told from it."""

from __future__ import annotations

import pytest

from passex.graph.terms import RDF
from passex.query.parser import parse
from passex.validation.shacl.query_rules import forbidden
from passex.validation.shacl.stored_forms import reads_values


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
        ("$this <urn:p> ?o", False),
        ("$this <urn:p> ?o FILTER(?o > 1)", True),
        ("$this e:p ?o FILTER(?o != ?this)", True),
        (r"$this <urn:\u0070> ?o FILTER(?o > 1)", True),
        ("$this e:p 1.50", True),
        ("$this ?p '01'^^e:d", True),
        ("$this ?p 'a', 'b'@en, e:c", False),
        ("$this e:q ?o FILTER(?o > 1)", False),
        ("$this ?p $value", False),
        ("$this ?p $value FILTER($value > 1)", True),
        ("$this ?p $value FILTER(STR($value) = '1' || isLiteral($value))", False),
        ("$this ?p $value FILTER(STRLEN(STR($value)) > 1 && DATATYPE($value) = e:d)", True),
        ("$this ?p $value FILTER(STR(-$value) = '1')", True),
        ("$this ?p $value FILTER(sameTerm($value, $this))", False),
        ("$this ?p $value BIND($value AS ?x)", True),
        ("$this ?path $value FILTER(?path != e:q && $this != e:a)", False),
        ("$this !e:q $value FILTER($value > 1)", True),
        ("$this ^e:q $value FILTER($value > 1)", False),
        ("$value ^e:p $this FILTER($value > 1)", True),
        ("$this e:q* $value FILTER($value > 1)", True),
        ("$this e:r/e:q? $value FILTER($value > 1)", False),
        ("$this e:q?/e:r* $value FILTER($value > 1)", True),
        ("$this e:r|e:q+/e:s $value FILTER($value > 1)", False),
        ("$this e:r|(e:q/e:p) $value FILTER($value > 1)", True),
        ("$this e:q ( $value 1 ) FILTER($value > 1)", False),
        ("$this e:q [ ?p $value ] FILTER(bound($value))", False),
        # A predicate that is named as a node alone is none of the triples' own.
        ("$this ?p ?v ; e:on ?q FILTER(?q IN (e:p, e:q) && ?v NOT IN (e:p))", False),
        ("$this ?p ?v FILTER(?v IN (e:p, 1))", True),
        ("$this ?p ?v FILTER(?v < e:p)", True),
        ("$this e:q ?w ; ?p ?v FILTER(?v = ?w)", True),
        ("$this ?p ?v . ?v a ?c . $this e:q ?w FILTER(?v = ?w)", False),
        ("$this e:q ?w . FILTER EXISTS { $this ?p ?w FILTER(?w > 1) }", False),
        ("$this e:q ?w . FILTER EXISTS { ?w e:q ?v } $this ?p ?v FILTER(?v > 1)", True),
        ("{ $this e:q ?v } UNION { $this ?p ?v } FILTER(?v > 1)", True),
        ("$this ?p ?this FILTER($this > 1)", False),
        ("?s ?p $this FILTER($this > 1)", True),
        ("BIND(1.5 AS ?x) { $this ?p ?x }", True),
    ],
)
def test_whether_a_constraint_looks_at_values(body: str, reads: bool) -> None:
    tree = parse(f"PREFIX e: <urn:> SELECT $this {{ {body} }}")
    assert reads_values(tree, {"urn:p"}) == reads


def test_a_list_speaks_of_its_members() -> None:
    tree = parse("SELECT $this { $this <urn:q> ( 1 2 ) }")
    assert reads_values(tree, {RDF.first})
    assert not reads_values(tree, {"urn:p"})
