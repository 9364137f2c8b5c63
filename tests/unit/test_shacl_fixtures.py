"""Both engines find the same on the fixtures of our shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from unittest.mock import patch

import harness
import pyoxigraph as ox
import pytest
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Graph

from passex.graph.lexical import Keeper
from passex.validation import inputs
from passex.validation.results import Result
from passex.validation.shacl import Shape, Shapes, evaluation, fast, read_shapes, reference
from passex.validation.shacl.engines import in_order
from passex.validation.shacl.rdflib_terms import from_rdflib

FIXTURES = sorted(harness.HERE.glob("*/*.ttl"))


@cache
def everything() -> tuple[ox.Store, ox.Store, Shapes]:
    folder = harness.ROOT / "ontology"
    read, failures = inputs.load(
        [harness.BASE], [folder / "shapes.ttl"], [folder / "naval.ttl", folder / "concepts.ttl"]
    )
    assert not failures
    return read.graph, read.shapes_graph, read_shapes(read.shapes_graph)


def quads(graph: Graph) -> list[ox.Quad]:
    keeper = Keeper()
    found = []
    for triple in graph:
        subject, predicate, value = (from_rdflib(term) for term in triple)
        assert not isinstance(subject, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        if isinstance(value, ox.Literal):
            value = keeper.stored(value)
        found.append(ox.Quad(subject, predicate, value))
    return found


def _results(store: ox.Store, shapes: Shapes, shape: Shape, many: int) -> tuple[Result, ...]:
    """Validate as if that many focus nodes were many."""
    with patch.object(evaluation, "MANY", many):
        engine = fast.Engine(store, shapes)
        found = in_order(engine.validate(shape))
        engine.close()
    return found


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_engines_agree(fixture: Path) -> None:
    store, shapes_store, shapes = everything()
    node = ox.NamedNode(harness.SHAPES + fixture.parent.name)
    shape = shapes.shapes[node]
    with harness.changed(fixture) as mixed:
        wanted = set(quads(mixed))
        present = set(store)
        for quad in present - wanted:
            store.remove(quad)
        store.bulk_extend(wanted - present)
        results, planned = (_results(store, shapes, shape, many) for many in (evaluation.MANY, 1))
        mixed.at_once = False
        with patch.multiple(
            SPARQLQueryHelper,
            check_invalid_sparql=harness._checked,
            collect_prefixes=harness._prefixed,
        ):
            slow = reference.Engine(mixed, shapes_store, shapes)
            expected = in_order(slow.validate(shape))
            slow.close()
    assert results == expected
    assert planned == expected
    assert bool(results) == ("invalid" in fixture.stem)
