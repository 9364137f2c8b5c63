"""What rules of the shapes inferred is counted, and named where a problem rests on it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import passex
from passex.validation.results import EngineName

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .\n"
SHAPES = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
ex:R a sh:NodeShape ; sh:targetClass ex:C ; sh:rule
    [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:m ; sh:object [ sh:path ex:n ] ],
    [ a sh:SPARQLRule ; sh:construct "CONSTRUCT { ?this a <http://example.org/D> } { ?this a ?c }"],
    ex:Third .
ex:Third a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:k ; sh:object 01 .
ex:Back a sh:NodeShape ; sh:targetSubjectsOf ex:up ; sh:rule
    [ a sh:TripleRule ; sh:subject [ sh:path ex:up ] ; sh:predicate ex:down ; sh:object sh:this ] .
"""
TYPED = "ex:a rdf:type ex:D was inferred by the rule at s.ttl:5:5"
THIRD = "ex:a ex:k 01 was inferred by the rule ex:Third at s.ttl:7:1"
DOWN = "ex:b ex:down ex:{} was inferred by the rule at s.ttl:9:5"


@pytest.mark.parametrize("engine", get_args(EngineName))
@pytest.mark.parametrize(
    ("shape", "causes"),
    [
        # The wrong value, what is too much, and what is missing beside what was inferred.
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:m ; sh:maxInclusive 4 ]",
         ["ex:a ex:m 5 was inferred by the rule at s.ttl:4:5"]),
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:k ; sh:maxCount 0 ]", [THIRD]),
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:k ; sh:hasValue 7 ]", [THIRD]),
        # What was written itself is nobody's inference.
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:n ; sh:maxInclusive 4 ]", []),
        ("sh:targetClass ex:C ; sh:nodeKind sh:Literal", []),
        # A node that is looked at because of a rule, and one that would be anyway.
        ("sh:targetClass ex:D ; sh:nodeKind sh:Literal", [TYPED]),
        ("sh:targetClass ex:C, ex:D ; sh:nodeKind sh:Literal", []),
        # Along paths, from the other end, and of many only some.
        ("sh:targetNode ex:x ; sh:property [ sh:path [ sh:inversePath ex:down ] ; sh:maxCount 0 ]",
         [DOWN.format("x")]),
        ("sh:targetNode ex:b ; sh:property [ sh:path ex:down ; sh:maxCount 3 ]",
         [*(DOWN.format(name) for name in "vwx"), "1 more triple was inferred"]),
        ("sh:targetNode ex:b ; sh:property [ sh:path ex:down ; sh:in ( ex:v ex:w ex:x ) ]",
         [DOWN.format("y")]),
    ],
)  # fmt: skip
def test_problems_name_the_rule(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: str,
    causes: list[str],
    engine: EngineName,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.ttl").write_text(f"{PREFIXES}{SHAPES}ex:S a sh:NodeShape ; {shape} .")
    Path("d.ttl").write_text(
        f"{PREFIXES}ex:a a ex:C ; ex:n 5 . ex:x ex:up ex:b . ex:y ex:up ex:b ."
        " ex:v ex:up ex:b . ex:w ex:up ex:b ."
    )
    report = passex.validate("d.ttl", "s.ttl", engine=engine)
    (problem,) = (p for p in report if p.rule == "http://example.org/S")
    assert list(problem.causes) == causes
    assert report.report.notes == (
        "4 rules of the shapes inferred 7 triples, which are checked with the data",
    )


def test_findings_name_it_too_and_one_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.ttl").write_text(
        f"{PREFIXES}ex:R a sh:NodeShape ; sh:targetClass ex:C ;\n"
        " sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:m ; sh:object ex:o ] ."
    )
    Path("d.ttl").write_text(f"{PREFIXES}ex:a a ex:C ; ex:n 5 .")
    Path("o.ttl").write_text(
        f"{PREFIXES}@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<http://example.org/> a owl:Ontology . ex:C a owl:Class ."
    )
    report = passex.validate("d.ttl", "s.ttl", "o.ttl")
    assert [(p.rule, p.path, p.causes) for p in report if p.path.startswith("ex:")] == [
        ("undeclared-property", "ex:m",
         ("ex:a ex:m ex:o was inferred by the rule at s.ttl:3:10",)),
        ("undeclared-term", "ex:m",
         ("ex:a ex:m ex:o was inferred by the rule at s.ttl:3:10",)),
        ("undeclared-property", "ex:n", ()),
    ]  # fmt: skip
    assert report.report.notes == (
        "1 rule of the shapes inferred 1 triple, which is checked with the data",
    )
