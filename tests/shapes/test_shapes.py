"""Every shape has its fixtures, explains itself, and lets the graph pass that these change.

That the fixtures turn red, exactly, is in `tests/unit/test_shacl_fixtures.py`.
"""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pyshacl
import pytest
from harness import (
    HERE,
    PREFIXES,
    SHAPES,
    all_shapes,
    base,
    base_and_vocabulary,
    run,
    shapes,
    vocabulary,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph, Literal, URIRef
from thorough import examples

VALID = sorted(HERE.glob("*/valid*.ttl"))
INVALID = sorted(HERE.glob("*/invalid*.ttl"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize("at_once", [True, False])
def test_base_conforms(at_once: bool) -> None:
    assert run(base_and_vocabulary(), shapes(), at_once) == set()


def test_every_shape_has_its_fixtures() -> None:
    names = set(all_shapes())
    assert names
    assert {fixture.parent.name for fixture in VALID} == names
    assert {fixture.parent.name for fixture in INVALID} == names
    assert {path.name for path in HERE.iterdir() if any(path.glob("*.ttl"))} == names


def test_every_shape_explains_itself() -> None:
    graph = shapes()
    kinds = (SH.NodeShape, SH.PropertyShape)
    nodes = {shape for kind in kinds for shape in graph.subjects(RDF.type, kind)}
    nodes |= set(graph.subjects(SH.sparql)) | set(graph.objects(None, SH.sparql))
    assert all(isinstance(node, URIRef) and node.startswith(SHAPES) for node in nodes)
    for shape in all_shapes().values():
        for told in (SH.name, SH.description, SH.message):
            assert len(list(graph.objects(shape, told))) == 1, (shape, told)
        targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        assert any(graph.value(shape, target) for target in targets), shape
    # a shape that is no target of its own would never be named in a report
    nested = (SH.property, SH.node, SH["not"], SH["or"], SH["and"], SH.xone, SH.qualifiedValueShape)
    assert not any(list(graph.subject_objects(predicate)) for predicate in nested)


def test_shapes_name_only_declared_terms() -> None:
    graph, known = shapes(), vocabulary()
    listed = set(graph.objects(None, RDF.first))
    named = {
        o
        for p in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.path, SH["class"])
        for o in graph.objects(None, p)
    } | listed
    ours = {term for term in named if str(term).startswith("https://w3id.org/passex/")}
    assert ours
    assert {term for term in ours if (term, RDF.type, None) not in known} == set()


def test_meta_shacl_accepts_the_shapes() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_base_has_a_node_of_every_class() -> None:
    used = set(base().objects(None, RDF.type))
    nr = URIRef(PREFIXES["nr"])
    declared = {
        term
        for term in vocabulary().subjects(RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class"))
        if str(term).startswith(nr)
    }
    general = {"Actor", "Event", "Plan", "Service"}
    # what is derived, or follows from what is said of a node
    filled_in = {"OpenPlan", "Quote", "Zone"}
    assert declared - used == {URIRef(nr + name) for name in general | filled_in}


def _weekday_query() -> str:
    select = shapes().value(URIRef(SHAPES + "WeekdayOfTheDate-query"), SH.select)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    return f"{prefixes}{select}"


def _dated(days: list[date], stated: list[str]) -> Graph:
    graph = Graph()
    nr = PREFIXES["nr"]
    for number, (day, weekday) in enumerate(zip(days, stated, strict=True)):
        node = URIRef(f"https://example.org/{number}")
        graph.add((node, URIRef(nr + "weekday"), Literal(weekday)))
        graph.add((node, URIRef(nr + "earliest"), Literal(day)))
        graph.add((node, URIRef(nr + "latest"), Literal(day)))
    return graph


DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31)) | st.sampled_from(
    [
        date(year, *month_day)
        for year in (1900, 1999, 2000, 2016, 2020, 2100)
        for month_day in ((1, 1), (2, 28), (3, 1), (12, 31))
    ]
    + [date(2000, 2, 29), date(2016, 2, 29), date(2020, 2, 29)]
)


@settings(max_examples=examples(12), deadline=None)
@given(days=st.lists(DAYS, min_size=1, max_size=40), shift=st.integers(0, 6))
def test_weekday_arithmetic_agrees_with_the_calendar(days: list[date], shift: int) -> None:
    stated = [WEEKDAYS[(day.weekday() + shift) % 7] for day in days]
    graph = _dated(days, stated)
    wrong = len(days) if shift else 0
    assert len(graph.query(_weekday_query())) == wrong
    store = pyoxigraph.Store()
    store.load(graph.serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    solutions = store.query(_weekday_query())
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert len(list(solutions)) == wrong
