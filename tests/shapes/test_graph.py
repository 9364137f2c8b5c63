"""The bundled graph conforms to every shape, and does not when something is wrong with it."""

from __future__ import annotations

from functools import cache

import pytest
from harness import ROOT, Finding, ShapeGraph, run, shapes, vocabulary
from rdflib import Graph


@cache
def facts() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "graph").rglob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def background() -> Graph:
    return vocabulary() + Graph().parse(ROOT / "ontology" / "gazetteer.ttl")


def test_bundled_graph_conforms() -> None:
    assert len(facts()) > 3000
    assert run(ShapeGraph(background(), facts()), shapes()) == set()


@pytest.mark.parametrize(
    ("triple", "finding"),
    [
        (
            "id:passex-2018-08 a nr:ExercisePlan",
            Finding("id:passex-2018-08", "rdf:type", "nr:ExercisePlan", "nrs:EventOrPlan"),
        ),
        (
            "id:japan nr:trainedWith id:russia",
            Finding("id:japan", "nr:trainedWith", "id:russia", "nrs:DerivedByHand"),
        ),
    ],
)
def test_a_wrong_triple_is_found(triple: str, finding: Finding) -> None:
    head = "\n".join(f"@prefix {p}: <{ns}> ." for p, ns in facts().namespaces())
    wrong = Graph().parse(data=f"{head}\n{triple} .", format="turtle")
    assert finding in run(ShapeGraph(vocabulary(), facts(), wrong), shapes())
