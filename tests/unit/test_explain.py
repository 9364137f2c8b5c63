"""Every rule can be explained, with something that passes and something that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.graph import dataset
from passex.graph.terms import NRS
from passex.validation import rules as checks
from passex.validation.explain import _examples_of_shape, explain
from passex.validation.inputs import load
from passex.validation.request import Request
from passex.validation.shacl import read_shapes

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
