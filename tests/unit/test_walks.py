"""What shapes look at: forwards, backwards, or nobody can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from passex.graph import dataset
from passex.graph.terms import NRS, shorten
from passex.validation.inputs import load
from passex.validation.shacl import read_shapes
from passex.validation.shacl.looking import walk
from passex.validation.shacl.walks import Walk

_HEAD: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix nr: <https://w3id.org/passex/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix dash: <http://datashapes.org/dash#> .
: sh:declare [ sh:prefix "nr" ; sh:namespace "https://w3id.org/passex/ontology#" ] .
:s sh:targetClass nr:Exercise ;
"""


def told(tmp_path: Path, text: str) -> Walk:
    """Tell what a shape looks at."""
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{_HEAD} {text} .")
    inputs, failures = load([], [path])
    assert not failures
    shapes = read_shapes(inputs.shapes_graph).shapes
    [shape] = [shape for node, shape in shapes.items() if node.value == "https://example.org/s"]
    return walk(shapes, shape)


def steps(found: Walk) -> list[str]:
    """Write the steps backwards: by what one comes there, and by what one goes on."""
    assert found.reason == ""
    return sorted(
        f"{shorten(step.after) if step.after.startswith('http') else step.after} "
        f"{shorten(step.predicate)}{' denied' if step.denied else ''}".strip()
        for step in found.back
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a sh:PropertyShape ; sh:path nr:hasStatus ; sh:minCount 1", []),
        ("a sh:PropertyShape ; sh:path [ sh:inversePath nr:about ] ; sh:minCount 1",
         ["nr:about denied"]),
        ("a sh:PropertyShape ; sh:path [ sh:inversePath nr:about ] ; sh:minCount 1 ; "
         "sh:maxCount 2", ["nr:about"]),
        ("a sh:PropertyShape ; sh:path ( nr:hasParticipant [ sh:inversePath org:member ] "
         "org:organization ) ; sh:minCount 1", ["nr:hasParticipant org:member"]),
        ("a sh:PropertyShape ; sh:path [ sh:zeroOrMorePath ( [ sh:inversePath nr:about ] "
         "nr:hasValue ) ] ; sh:nodeKind sh:IRI", ["nr:about", "nr:hasValue nr:about"]),
        ("a sh:PropertyShape ; sh:path ( [ sh:inversePath nr:hasSetting ] [ sh:inversePath "
         "nr:about ] ) ; sh:nodeKind sh:IRI",
         ["^https://w3id.org/passex/ontology#hasSetting nr:about", "nr:hasSetting"]),
        ("a sh:PropertyShape ; sh:path nr:hasPlace ; sh:property [ sh:path [ sh:inversePath "
         "nr:hasPlace ] ; sh:minCount 1 ]", ["nr:hasPlace nr:hasPlace"]),
        ("a sh:NodeShape ; sh:or ( [ sh:path [ sh:inversePath nr:about ] ; sh:minCount 1 ] )",
         ["nr:about denied"]),
        ("a sh:NodeShape ; sh:not [ sh:path [ sh:inversePath nr:about ] ; sh:minCount 1 ]",
         ["nr:about"]),
    ],
)  # fmt: skip
def test_paths(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert steps(told(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("$this nr:hasParticipant ?a . ?a nr:hasKind ?k", []),
        ("?claim nr:hasValue ?v ; nr:about $this . FILTER(?v > 3)", ["nr:about"]),
        ("$this ?p ?o . FILTER NOT EXISTS { ?c nr:about|nr:hasValue $this }",
         ["nr:about denied", "nr:hasValue denied"]),
        ("$this ?p ?o . FILTER(?o = 1 || NOT EXISTS { ?c nr:about $this })", ["nr:about denied"]),
        ("$this ?p ?o . FILTER(!(NOT EXISTS { ?c nr:about $this }))", ["nr:about"]),
        ("$this ?p ?o . FILTER NOT EXISTS { $this ?p ?o FILTER NOT EXISTS { ?c nr:about $this } }",
         ["nr:about"]),
        ("$this ?p ?o . BIND(EXISTS { ?c nr:about $this } AS ?is)", ["nr:about"]),
        ("$this ?p ?o OPTIONAL { ?o ^nr:hasPlace ?x }", ["* nr:hasPlace"]),
        ("{ $this nr:hasPlace ?x } UNION { $this nr:hasHost ?x } ?y nr:hasParty ?x",
         ["nr:hasHost nr:hasParty", "nr:hasPlace nr:hasParty"]),
        ('$this nr:hasEvidence ?q . BIND(IRI(STRBEFORE(STR(?q), "#")) AS ?t) ?x nr:hasZone ?t',
         ["# nr:hasZone"]),
        ("{ ?b nr:hasPlace ?f } ?f nr:hasHost ?g . ?b nr:about $this",
         ["nr:about"]),
    ],
)  # fmt: skip
def test_queries(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    assert steps(told(tmp_path, asked(pattern))) == expected


def test_what_a_node_that_is_come_back_to_has_to_have(tmp_path: Path) -> None:
    pattern = "$this nr:hasEvidence ?q . ?c nr:hasEvidence ?q ; nr:reportedVia ?v"
    found = told(tmp_path, asked(f"{pattern} . OPTIONAL {{ ?c nr:hasBasis ?b }}"))
    [step] = found.back
    assert [shorten(iri) for iri in step.needs] == ["nr:hasEvidence", "nr:reportedVia"]


def asked(pattern: str) -> str:
    """Write a shape with a query."""
    query = f"SELECT $this WHERE {{ {pattern} }}"
    return f"a sh:NodeShape ; sh:sparql [ sh:prefixes : ; sh:select '''{query}''' ]"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("$this nr:hasPlace ?x . ?y nr:hasHost ?z", "has a query with a pattern that isn't joined"),
        ("$this nr:hasPlace ?x . ?y ?p ?x", "has a query that looks for whatever names a node"),
        ("?y a nr:Ship . $this ?p ?o", "has a query with a pattern that isn't joined"),
        ("$this nr:hasPlace ?x . BIND(IRI('http://e/') AS ?y) ?y nr:hasKind ?z",
         "has a query that works out a node"),
        ("$this nr:hasPlace ?x . BIND(UCASE(STR(?x)) AS ?y) ?z nr:hasKind ?y",
         "has a query that looks for whatever has a value that it works out"),
        ("$this !nr:hasPlace ?x", "has a query with a path of all properties but some"),
        ("{ SELECT $this (COUNT(?o) AS ?n) { $this ?p ?o } GROUP BY $this } FILTER(?n > 3)",
         "has a query with SUBSELECT"),
        ("$this nr:hasPlace [ nr:hasKind ?k ]", "has a query with brackets in a pattern"),
    ],
)  # fmt: skip
def test_what_cannot_be_told(tmp_path: Path, pattern: str, reason: str) -> None:
    assert told(tmp_path, asked(pattern)).reason.startswith(reason)


def test_of_our_own_shapes_all_but_one_can_be_told() -> None:
    inputs, _ = load([], [dataset.shapes_file()])
    shapes = read_shapes(inputs.shapes_graph, inputs.shapes).shapes
    found = {str(node): walk(shapes, shape) for node, shape in shapes.items()}
    assert [node for node, told in found.items() if told.reason] == [f"<{NRS.OneThingTwice}>"]
    back = {shorten(step.predicate) for told in found.values() for step in told.back}
    # From an actor back to its exercises there is none: of these there are too many.
    assert "nr:hasParticipant" not in back
    assert {"nr:about", "org:member", "nr:hasEvidence"} <= back
