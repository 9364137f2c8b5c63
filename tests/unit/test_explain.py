"""Every rule can be explained, with something that passes and something that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.errors import UnknownNameError
from passex.graph import dataset
from passex.graph.terms import NRS
from passex.validation import rules as checks
from passex.validation.explain import _examples_of_shape, coverage, explain
from passex.validation.inputs import load
from passex.validation.request import Request
from passex.validation.shacl import read_shapes, validate

LABEL = """nrs:ReportedVia: reported via (violation)

A claim is reported via an actor.
Why: The outlet through which an article has something is an actor, such as a news agency.
sh:targetSubjectsOf: nr:reportedVia

Passes:

    # Passes: through an institution.

    @base <https://w3id.org/passex/id/article> .
    @prefix nr: <https://w3id.org/passex/ontology#> .
    @prefix id: <https://w3id.org/passex/id/> .

    <#claim-launch> nr:reportedVia id:azure-ministry .

Fails:

    # Fails: a place reports nothing.

    @base <https://w3id.org/passex/id/article> .
    @prefix nr: <https://w3id.org/passex/ontology#> .
    @prefix id: <https://w3id.org/passex/id/> .

    <#claim-launch> nr:reportedVia id:port-lumen .
"""
FOREIGN = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://e/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI ; sh:severity sh:Info ;
    sh:name "a node" ; sh:message "give it an IRI" ; skos:example "ex:a a ex:C ." .
"""


@pytest.mark.parametrize("name", ["nrs:ReportedVia", "ReportedVia", f"{NRS}ReportedVia"])
def test_a_shape_of_ours(name: str) -> None:
    assert explain(name, Request()) == LABEL


def test_every_shape_of_ours_has_both_examples() -> None:
    inputs, _ = load([], [dataset.shapes_file()])
    shapes = [shape.node.value for shape in read_shapes(inputs.shapes_graph).shapes.values()]
    assert len(shapes) > 100
    for shape in shapes:
        text = "\n".join(_examples_of_shape(inputs, shape))
        assert text.startswith("\nPasses:\n\n    # Passes: "), shape
        assert "\n\nFails:\n\n    # Fails: " in text, shape


@pytest.mark.parametrize("rule", checks.rules())
def test_every_other_rule_has_both_examples(rule: str) -> None:
    text = explain(rule, Request())
    assert text.startswith(f"{rule}: ")
    assert "\nPasses, " in text
    assert "\nFails, " in text


def test_a_shape_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(FOREIGN)
    text = explain("ex:S", Request(shapes=(str(tmp_path / "shapes.ttl"),)))
    assert text == (
        "ex:S: a node (info)\n\ngive it an IRI\nsh:targetClass: ex:C\n\n"
        "Example:\n\n    ex:a a ex:C .\n"
    )


def test_what_is_said_of_what_fails() -> None:
    assert explain("deprecated-term", Request()).endswith(
        "\nWhat is said:\n\n"
        "    data.ttl ex:kashima rdf:type ex:Vessel: warning: ex:Vessel is deprecated.\n"
        "      use ex:Ship\n"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Lable", "did you mean Label?"),
        ("nrs:Lable", "did you mean Label?"),
        ("no-dta", "did you mean no-data?"),
        ("zzzzzzzz", "docs/rules.md lists the rules"),
        ("ex:S", "docs/rules.md lists the rules"),
    ],
)
def test_what_is_no_rule(name: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(name, Request())
    assert caught.value.message == f"'{name}' is no rule and no shape"
    assert caught.value.hint.startswith(hint)


COVERED = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://e/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
ex: sh:declare [ sh:prefix "f" ; sh:namespace "http://f/" ] .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 0 ] ;
    sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this { $this f:q 1 ; <http://f/r> 2 }" ] .
ex:Kind a sh:NodeShape, owl:Class ; sh:nodeKind sh:IRI .
# A text that is no query names nothing.
ex:S ex:comment "<http://f/text> f:text" .
"""
FACTS = """@prefix ex: <http://e/> . @prefix f: <http://f/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:a a ex:C ; ex:p 1 ; f:q 1 ; f:r 2 ; f:s 3, 4 ; f:text 5 .
ex:b a ex:Kind, ex:Other, ex:Below .
ex:c a ex:Other, _:kind .
ex:Below rdfs:subClassOf ex:C .
"""


def test_coverage(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(COVERED)
    (tmp_path / "d.ttl").write_text(FACTS)
    inputs, _ = load([tmp_path / "d.ttl"], [tmp_path / "s.ttl"])
    outcome = validate(inputs)
    found = coverage(inputs, outcome.focus_counts)
    assert list(found.shapes.items()) == [("ex:Kind", 1), ("ex:S", 2)]
    # A class beneath one that a shape names is looked at; one without a name is not told.
    assert list(found.classes.items()) == [("ex:Other", 2)]
    assert list(found.predicates.items()) == [("f:s", 2), ("f:text", 1), ("rdfs:subClassOf", 1)]
