"""No term of SHACL is passed over in silence: each has a role, and those with effect have one."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from passex.graph.standard_terms import LATER, TERMS
from passex.graph.terms import SH
from passex.validation.request import Request
from passex.validation.run import validate
from passex.validation.shacl.vocabulary import NOT_APPLIED, ROLES

PREFIXES = """
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = """
:a a :C ; :p 1, 2, :b, "x"@en, "y"@en ; :q 1, :b ; :text "long text" ; :few 1 .
:b a :D ; :p 5 ; :back :a ; :few 1 .
"""
OF_A = ":S sh:targetNode :a ; "
COMPONENT = """
:Of a sh:ConstraintComponent ;
    sh:parameter [ sh:path :of ], [ sh:path :more ; sh:optional true ] ;
    {0} [ a {1} ; sh:message "said" ; {2} "{3}" ] .
:S sh:targetNode :a ; {4} :of 1 .
"""
ASK = ("sh:SPARQLAskValidator", "sh:ask", "ASK { FILTER($value = 1) }")
SELECT = (
    "sh:SPARQLSelectValidator",
    "sh:select",
    "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value > 1) }",
)
FUNCTION = """
:small a sh:SPARQLFunction ; sh:parameter [ sh:path :one ] ; sh:returnType xsd:string ;
    sh:ask "ASK { FILTER($one < 2) }" .
"""
TRIPLE = """
:S sh:targetNode :a ; sh:rule [ a sh:TripleRule ; sh:condition [ sh:nodeKind sh:IRI ] ;
    sh:subject sh:this ; sh:predicate :made ; sh:object 7 ] .
:S2 sh:targetNode :a ; sh:property [ sh:path :made ; sh:maxCount 0 ] .
"""
QUALIFIED = """
:S sh:targetNode :a ; sh:property
    [ sh:path :p ; sh:qualifiedValueShape :I ; sh:qualifiedMinCount 3 ],
    [ sh:path :q ; sh:qualifiedValueShape :I ; sh:qualifiedMaxCount 0 ] .
:I a sh:NodeShape ; sh:datatype xsd:integer .
"""
DISJOINT = """
:S sh:targetNode :a ; sh:property [
    sh:path :p ; sh:qualifiedValueShape :I ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShapesDisjoint true
], [ sh:path :p ; sh:qualifiedValueShape :N ; sh:qualifiedMaxCount 9 ] .
:I a sh:NodeShape ; sh:datatype xsd:integer . :N a sh:NodeShape ; sh:nodeKind sh:Literal .
"""
DECLARED = """
<http://e/> sh:declare [ sh:prefix "pre" ; sh:namespace "http://e/"^^xsd:anyURI ] .
:S sh:targetNode :a ; sh:sparql [
    sh:prefixes <http://e/> ; sh:select "SELECT $this { $this pre:few 1 }"
] .
"""
MADE = """
:S sh:targetNode :a ; sh:rule [
    a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this <http://e/made> 1 } WHERE { $this ?p ?o }"
] .
:S2 sh:targetSubjectsOf :made ; sh:nodeKind sh:Literal .
"""
TARGET = """
:S sh:target [ sh:select "SELECT ?this { ?this a <http://e/C> }" ] ; sh:nodeKind sh:Literal .
"""
FILTERED = OF_A + "sh:expression [ sh:filterShape [ sh:class :C ] ; sh:nodes sh:this ] ."


def on_p(constraint: str) -> str:
    return f"{OF_A}sh:property [ sh:path :p ; {constraint} ] ."


def along(path: str) -> str:
    return f"{OF_A}sh:property [ sh:path [ {path} ] ; sh:maxCount 0 ] ."


#: For each property of SHACL that is applied, shapes that say something else without it.
EXAMPLES = {
    "alternativePath": along("sh:alternativePath ( :p :q )"),
    "and": on_p("sh:and ( [ sh:nodeKind sh:Literal ] )"),
    "ask": COMPONENT.format("sh:validator", *ASK, ""),
    "class": on_p("sh:class :X"),
    "closed": f"{OF_A}sh:closed true .",
    "condition": TRIPLE.replace("sh:IRI", "sh:Literal"),
    "construct": MADE,
    "datatype": on_p("sh:datatype xsd:integer"),
    "deactivated": OF_A + "sh:deactivated true ; sh:nodeKind sh:Literal .",
    "declare": DECLARED,
    "disjoint": on_p("sh:disjoint :q"),
    "entailment": ":S sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
    "equals": on_p("sh:equals :q"),
    "expression": OF_A + "sh:expression false .",
    "filterShape": FILTERED,
    "flags": f'{OF_A}sh:property [ sh:path :text ; sh:pattern "LONG" ; sh:flags "i" ] .',
    "hasValue": on_p("sh:hasValue 9"),
    "ignoredProperties": f"{OF_A}sh:closed true ; sh:ignoredProperties ( :p ) .",
    "in": on_p("sh:in ( 1 )"),
    "intersection": OF_A + "sh:expression [ sh:intersection ( true true ) ] .",
    "inversePath": along("sh:inversePath :back"),
    "js": f'{OF_A}sh:js [ a sh:JSConstraint ; sh:jsFunctionName "f" ] .',
    "jsFunctionName": f'{OF_A}sh:target [ sh:jsFunctionName "f" ] .',
    "languageIn": on_p('sh:languageIn ( "de" )'),
    "lessThan": on_p("sh:lessThan :few"),
    "lessThanOrEquals": on_p("sh:lessThanOrEquals :few"),
    "maxCount": on_p("sh:maxCount 1"),
    "maxExclusive": on_p("sh:maxExclusive 2"),
    "maxInclusive": on_p("sh:maxInclusive 1"),
    "maxLength": on_p("sh:maxLength 0"),
    "message": f'{OF_A}sh:nodeKind sh:Literal ; sh:message "said" .',
    "minCount": f"{OF_A}sh:property [ sh:path :none ; sh:minCount 1 ] .",
    "minExclusive": on_p("sh:minExclusive 1"),
    "minInclusive": on_p("sh:minInclusive 2"),
    "minLength": on_p("sh:minLength 30"),
    "namespace": DECLARED,
    "node": f"{OF_A}sh:node [ sh:nodeKind sh:Literal ] .",
    "nodeKind": f"{OF_A}sh:nodeKind sh:Literal .",
    "nodeValidator": COMPONENT.format("sh:nodeValidator", *SELECT, ""),
    "nodes": FILTERED,
    "not": f"{OF_A}sh:not [ sh:nodeKind sh:IRI ] .",
    "object": TRIPLE,
    "oneOrMorePath": along("sh:oneOrMorePath :p"),
    "optional": COMPONENT.format("sh:validator", *ASK, ""),
    "or": on_p("sh:or ( [ sh:nodeKind sh:Literal ] )"),
    "parameter": COMPONENT.format("sh:validator", *ASK, ""),
    "path": on_p("sh:maxCount 0"),
    "pattern": f'{OF_A}sh:property [ sh:path :text ; sh:pattern "z" ] .',
    "predicate": TRIPLE,
    "prefix": DECLARED,
    "prefixes": DECLARED,
    "property": on_p("sh:maxCount 0"),
    "propertyValidator": COMPONENT.format("sh:propertyValidator", *SELECT, "sh:path :p ;"),
    "qualifiedMaxCount": QUALIFIED,
    "qualifiedMinCount": QUALIFIED,
    "qualifiedValueShape": QUALIFIED,
    "qualifiedValueShapesDisjoint": DISJOINT,
    "returnType": FUNCTION + OF_A + "sh:expression [ :small ( 1 ) ] .",
    "rule": TRIPLE,
    "select": OF_A + 'sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ] .',
    "severity": f"{OF_A}sh:nodeKind sh:Literal ; sh:severity sh:Info .",
    "sparql": OF_A + 'sh:sparql [ sh:select "SELECT $this { $this ?p ?o }" ] .',
    "subject": TRIPLE,
    "target": TARGET,
    "targetClass": ":S sh:targetClass :C ; sh:nodeKind sh:Literal .",
    "targetNode": f"{OF_A}sh:nodeKind sh:Literal .",
    "targetObjectsOf": ":S sh:targetObjectsOf :back ; sh:nodeKind sh:Literal .",
    "targetSubjectsOf": ":S sh:targetSubjectsOf :back ; sh:nodeKind sh:Literal .",
    "this": TRIPLE,
    "union": OF_A + "sh:expression [ sh:union ( true true ) ] .",
    "uniqueLang": on_p("sh:uniqueLang true"),
    "validator": COMPONENT.format("sh:validator", *ASK, ""),
    "xone": on_p("sh:xone ( [ sh:nodeKind sh:Literal ] )"),
    "zeroOrMorePath": along("sh:zeroOrMorePath :p"),
    "zeroOrOnePath": along("sh:zeroOrOnePath :p"),
}  # fmt: skip
#: They name what the function or target of another term is made of.
PARTS = {"jsLibrary", "jsLibraryURL"}


def said(folder: Path, shapes: str) -> list[str]:
    """Validate; what is said, and how many nodes were looked at."""
    (folder / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    done = validate(Request((str(folder / "data.ttl"),), (str(folder / "shapes.ttl"),)))
    told = [f"{p.rule} {p.severity.value} {p.message}" for p in done.report.problems]
    return [*sorted(told), f"{done.report.focus_nodes} nodes"]


def test_each_term_has_a_role() -> None:
    assert ROLES.keys() == TERMS[SH.iri] | LATER.keys()
    text = files("pyshacl").joinpath("assets", "shacl.ttl").read_text(encoding="utf-8")
    defined = {SH[name] for name in re.findall(r"^sh:([A-Za-z]+)$", text, re.MULTILINE)}
    assert len(defined) > 150
    assert defined <= ROLES.keys()


def test_each_property_that_is_applied_has_an_example() -> None:
    applied = {
        iri[len(SH.iri) :]
        for iri, role in ROLES.items()
        if role in ("applied", "applied by pySHACL", "named where it is used")
    }
    assert {n for n in applied if n[0].islower()} - PARTS == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_property_makes_a_difference(tmp_path: Path, name: str) -> None:
    text = EXAMPLES[name]
    without = re.sub(rf"\bsh:{name}\b", "<urn:x>", text)
    assert without != text
    assert said(tmp_path, text) != said(tmp_path, without)


@pytest.mark.parametrize("iri", [i for i, r in ROLES.items() if r == "documentation"])
def test_documentation_makes_none(tmp_path: Path, iri: str) -> None:
    plain = f"{OF_A}sh:nodeKind sh:Literal ."
    expected = said(tmp_path, plain)
    found = said(tmp_path, f"{plain} :S <{iri}> 'words' .")
    assert [line for line in found if " info " not in line] == expected
    assert len(found) - len(expected) == (iri in NOT_APPLIED)


@pytest.mark.parametrize("iri", sorted(NOT_APPLIED))
def test_what_nobody_applies_is_named(tmp_path: Path, iri: str) -> None:
    message, severity = NOT_APPLIED[iri]
    found = said(tmp_path, f"{OF_A}sh:nodeKind sh:IRI ; <{iri}> :x .")
    term = f"sh:{iri[len(SH.iri) :]}"
    assert found == [f"shacl-unsupported {severity.value} {term} {message}.", "1 nodes"]
