"""Shapes that seem to check something and don't: each is told, and what does check isn't."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import passex
from passex.graph.terms import RDFS, XSD
from passex.validation.results import Severity
from passex.validation.rules import CHECKS, rules, run

from .checks_harness import complete, scope

DATA = "ex:a a ex:Ship ; ex:p 1 ."
LEN = """ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:maxLen ] ;
    sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER(STRLEN(STR($value)) <= $maxLen) }" ] .
"""
TARGET = "ex:S a sh:NodeShape ; sh:targetClass ex:Ship ; "
COUNTED = "sh:qualifiedValueShape ex:Q ; sh:qualifiedMinCount 1"
QUALIFIED = " ex:Q a sh:NodeShape ; sh:nodeKind sh:Literal ."
LIST = "A list is no shape: all nodes conform to it, whatever its members ask for."
NOTHING = "This shape has nothing of SHACL, so that all nodes conform to it."
ASKS = "The shapes with a target ask for nothing, so nothing was checked."


def told(folder: Path, shapes: str, data: str = DATA) -> list[tuple[str, Severity, str]]:
    """Check shapes: rule, severity and message of all that is found."""
    found = run(scope(folder, {"shapes.ttl": shapes, "data.ttl": data}))
    return [(f.rule, f.severity or rules()[f.rule].severity, f.message) for f in found]


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ("sh:node ( ex:A ex:B ) .", LIST),
        ("sh:node () .", LIST),
        ("sh:not ( ex:A ) .", LIST),
        ("sh:or ( ( ex:A ex:B ) [ sh:class ex:Ship ] ) .", LIST),
        ("sh:xone ( [ ] [ sh:class ex:Ship ] ) .", NOTHING),
        ("sh:not [ ex:class ex:Ship ] .", NOTHING),
        ("sh:node ex:N . ex:N rdfs:label 'x' .", "The shapes say nothing of ex:N, "
         "so that all nodes conform to it."),
    ],
)  # fmt: skip
def test_what_stands_for_a_shape_and_is_none(tmp_path: Path, shapes: str, message: str) -> None:
    members = " ex:A a sh:NodeShape ; sh:class ex:Z . ex:B a sh:NodeShape ; sh:class ex:Z ."
    found = [
        (rule, severity, text.replace("<https://example.org/sea#N>", "ex:N"))
        for rule, severity, text in told(tmp_path, TARGET + shapes + members)
        if rule == "shape-not-described"
    ]
    assert found == [("shape-not-described", Severity.VIOLATION, message)]


def test_a_shape_may_ask_by_a_component_of_its_own(tmp_path: Path) -> None:
    shapes = LEN + TARGET + "sh:property [ sh:path ex:p ; sh:or ( [ ex:maxLen 3 ] ex:T ) ] ."
    assert told(tmp_path, shapes + " ex:T ex:maxLen 4 .") == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("sh:targetClass ex:Ship .", 1),
        ("sh:targetClass ex:Ship ; sh:property [ sh:path ex:p ; ex:minCount 1 ] .", 1),
        ("sh:targetClass ex:Ship ; sh:property ex:P . ex:P sh:path ex:p ; rdfs:label 'x' .", 1),
        ("sh:targetClass ex:Ship ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .", 0),
        ("sh:targetClass ex:Ship ; sh:closed true ; sh:property [ sh:path ex:p ] .", 0),
        ("sh:targetClass ex:Ship . ex:T sh:targetClass ex:Ship ; sh:nodeKind sh:IRI .", 0),
    ],
)
def test_shapes_that_ask_for_nothing(tmp_path: Path, asked: str, number: int) -> None:
    found = [one for one in told(tmp_path, "ex:S a sh:NodeShape ; " + asked) if one[2] == ASKS]
    assert found == [("no-shapes", Severity.VIOLATION, ASKS)] * number


@pytest.mark.parametrize(
    ("parameter", "severity"),
    [
        ("sh:closed", Severity.VIOLATION),
        ("sh:deactivated", Severity.WARNING),
        ("sh:uniqueLang", Severity.VIOLATION),
        ("sh:qualifiedValueShapesDisjoint", Severity.VIOLATION),
    ],
)
def test_a_switch_that_is_1_is_off(tmp_path: Path, parameter: str, severity: Severity) -> None:
    shape = (
        f"sh:property [ sh:path ex:p ; sh:class ex:X ; {parameter} {{}} ; {COUNTED} ] .{QUALIFIED}"
    )
    if parameter == "sh:closed":
        shape = "sh:closed {} ; sh:property [ sh:path ex:p ; sh:class ex:X ] ."
    message = f"{parameter} is switched on by true alone: with 1 it is off"
    path = tmp_path / "shapes.ttl"
    data = tmp_path / "data.ttl"
    data.write_text(complete(data.name, "ex:a a ex:Ship ; ex:p 1 ."), "utf-8")
    for value, expected in (("1", [("shacl-without-effect", severity, message)]), ("0", [])):
        text = TARGET + shape.format(f"'{value}'^^xsd:boolean")
        path.write_text(complete(path.name, text), "utf-8")
        report = passex.validate(data, path)
        of_class = ("ClassConstraintComponent", "ex:a")
        assert [(p.component, p.focus) for p in report if p.component] == [of_class]
        assert [(p.rule, p.severity, p.message) for p in report if not p.component] == expected


@pytest.mark.parametrize(
    ("space", "right", "severity"),
    [
        ("https://www.w3.org/ns/shacl#", "http://www.w3.org/ns/shacl#", Severity.VIOLATION),
        ("http://www.w3.org/ns/shacl/", "http://www.w3.org/ns/shacl#", Severity.VIOLATION),
        ("http://w3.org/ns/SHACL#", "http://www.w3.org/ns/shacl#", Severity.VIOLATION),
        ("https://xmlns.com/foaf/0.1/", "http://xmlns.com/foaf/0.1/", Severity.WARNING),
    ],
)
def test_a_namespace_that_is_nearly_a_standards(
    tmp_path: Path, space: str, right: str, severity: Severity
) -> None:
    name = "Agent" if "foaf" in space else "NodeShape"
    wrong = f" ex:T a <{space}{name}> ; <{space}one> 1 ; <{space}two> 2 ."
    message = f"No standard has the namespace <{space}>, so that its terms mean nothing."
    shapes = TARGET + "sh:nodeKind sh:IRI ."
    expected = [("unknown-standard-term", severity, message)]
    assert told(tmp_path, shapes + wrong) == expected
    assert told(tmp_path, shapes, DATA + wrong) == expected
    files = {"shapes.ttl": shapes + wrong, "data.ttl": DATA}
    assert [finding.hint for finding in run(scope(tmp_path, files))] == [f"write <{right}>"]


@pytest.mark.parametrize(
    ("space", "severity"),
    [("http://example.org/sea#", Severity.VIOLATION), ("https://EXAMPLE.org/sea/", None)],
)
def test_a_namespace_that_is_nearly_the_ontologys(
    tmp_path: Path, space: str, severity: Severity | None
) -> None:
    name = "Ship" if severity else "Boat"  # of which the ontology has one
    right = "https://example.org/sea#"
    files = {
        "ontology.ttl": "ex:Ship a owl:Class ; rdfs:label 'ship'@en ; rdfs:comment 'A ship.'@en .",
        "shapes.ttl": TARGET + "sh:nodeKind sh:IRI .",
        "data.ttl": f"ex:a a <{space}{name}> ; <{space}p> 1 . [] rdfs:label 'x'@en .",
        "data.more.ttl": "ex:b a ex:Ship . [] a <https://e.org/Boat> .",
    }
    looked_at = scope(tmp_path, files)
    found = [
        (f.rule, f.severity or rules()[f.rule].severity, f.message, f.hint)
        for check in ("terms", "vacuous")
        for f in next(c for c in CHECKS if c.name == check).run(looked_at)
    ]
    assert found == [
        (
            "undeclared-term",
            severity or Severity.WARNING,
            f"The ontology doesn't have the namespace <{space}>, so that its terms mean nothing.",
            f"write <{right}>",
        ),
    ]


def test_either_namespace_of_schema_org_is_right(tmp_path: Path) -> None:
    data = DATA + " ex:a <http://schema.org/name> 1 ; <https://schema.org/name> 2 ."
    assert told(tmp_path, TARGET + "sh:nodeKind sh:IRI .", data) == []


def test_relative_iris_of_others_are_no_fault(tmp_path: Path) -> None:
    head = "@prefix ex: <https://example.org/sea#> .\n"
    shapes, data = TARGET + "sh:nodeKind sh:IRI .", head + "<#me> a ex:Ship ; ex:in <file:///a> ."
    files = {"shapes.ttl": shapes, "data.ttl": data}
    theirs = scope(tmp_path, files, based=True)
    assert [f.rule for f in run(theirs)] == []
    assert [f.rule for f in run(replace(theirs, complete=False))] == ["base-absent", "file-iri"]
    files["data.ttl"] = head + "<#c1> ex:quote <#char=0,5> . ex:a a ex:Ship ."
    ours = scope(tmp_path, files, based=True)
    assert [f.rule for f in run(ours)] == ["base-absent"]


@pytest.mark.parametrize(
    ("constraint", "message", "hint"),
    [
        ("sh:datatype rdfs:Literal",
         "{} is a class and no datatype, so no value has it; here, as in pySHACL, literals are "
         "taken for it, elsewhere they may not", "write sh:nodeKind sh:Literal"),
        ("sh:datatype rdfs:Resource", "{} is a class and no datatype, so no value has it",
         "write sh:nodeKind sh:BlankNodeOrIRI"),
        ("sh:datatype ex:Ship", "{} is a class and no datatype, so no value has it",
         "write sh:class {}"),
        ("sh:class xsd:string", "{} is of literals, and no literal is an instance of a class",
         "write sh:datatype {}"),
        ("sh:class rdfs:Literal", "{} is of literals, and no literal is an instance of a class",
         "write sh:nodeKind sh:Literal"),
        ("sh:class ex:Code", "{} is of literals, and no literal is an instance of a class",
         "write sh:datatype {}"),
        ("sh:datatype ex:Code", "", ""),
        ("sh:datatype ex:other", "", ""),
        ("sh:datatype xsd:anyURI", "", ""),
        ("sh:datatype rdf:langString", "", ""),
        ("sh:class ex:Ship", "", ""),
    ],
)  # fmt: skip
def test_a_class_for_a_datatype_and_the_other_way_round(
    tmp_path: Path, constraint: str, message: str, hint: str
) -> None:
    shapes = f"{TARGET} sh:property [ sh:path ex:p ; {constraint} ] ."
    data = f"{DATA} ex:Ship a owl:Class . ex:Code a rdfs:Datatype ."
    findings = run(scope(tmp_path, {"shapes.ttl": shapes, "data.ttl": data}))
    found = [(f.message, f.hint, f.severity) for f in findings if f.rule == "shacl-ill-formed"]
    name = constraint.split()[1]
    spaces = {"ex": "https://example.org/sea#", "rdfs": RDFS.iri, "xsd": XSD.iri}
    prefix, _, local = name.partition(":")
    iri = f"<{spaces.get(prefix, '')}{local}>"
    expected = [(message.format(iri), hint.format(iri), Severity.WARNING)] if message else []
    assert found == expected
