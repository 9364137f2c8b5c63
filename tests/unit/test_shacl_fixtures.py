"""Each shape passes its valid fixtures; its invalid ones turn it red, exactly; in both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import harness
import pyoxigraph as ox
import pytest
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Graph
from thorough import THOROUGH

from passex.graph.lexical import Keeper, written
from passex.validation import inputs
from passex.validation.results import Compound, Result
from passex.validation.shacl import Shape, Shapes, evaluation, fast, read_shapes, reference
from passex.validation.shacl.engines import in_order
from passex.validation.shacl.rdflib_terms import convert, from_rdflib

FIXTURES = sorted(harness.HERE.glob("*/*.ttl"))
#: The first valid and the first invalid one of each shape: these pySHACL validates too, where
#: rdflib is asked focus node by focus node. The others it validates each week.
FIRST = {
    min(folder.glob(f"{kind}*.ttl"))
    for folder in {path.parent for path in FIXTURES}
    for kind in ("valid", "invalid")
}


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


@contextmanager
def _changed(store: ox.Store, gone: list[ox.Quad], added: list[ox.Quad]) -> Iterator[None]:
    for quad in gone:
        store.remove(quad)
    store.extend(added)
    try:
        yield
    finally:
        for quad in added:
            store.remove(quad)
        store.extend(gone)


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(harness.SHAPES + name)


def _results(store: ox.Store, shapes: Shapes, shape: Shape) -> tuple[Result, ...]:
    """Validate, also as if every focus node were one of many."""
    found = []
    for many in (evaluation.MANY, 1):
        with patch.object(evaluation, "MANY", many):
            engine = fast.Engine(store, shapes)
            found.append(in_order(engine.validate(shape)))
            engine.close()
    assert found[0] == found[1]
    return found[0]


def _finding(result: Result) -> harness.Finding:
    def short(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str:
        if isinstance(term, ox.BlankNode):
            return "_:"
        return "-" if term is None else harness.written(convert(written(term)))

    inverse = isinstance(result.path, Compound)
    path = result.path.parts[0] if isinstance(result.path, Compound) else result.path
    assert not isinstance(path, Compound)
    return harness.Finding(
        focus=short(result.focus),
        path="^" * inverse + short(path),
        value=short(result.value),
        shape=short(result.shape),
        severity=result.severity.rpartition("#")[2],
    )


def _red(store: ox.Store, shapes: Shapes) -> set[harness.Finding]:
    engine = fast.Engine(store, shapes)
    targeted = (shape for shape in shapes.shapes.values() if shape.targets)
    found = {_finding(result) for shape in targeted for result in engine.validate(shape)}
    engine.close()
    return found


@pytest.fixture(scope="module")
def slow() -> Iterator[Callable[[Graph], reference.Engine]]:
    """Give pySHACL's engine for a graph; it sees what is changed in the graph since."""
    _, shapes_store, shapes = everything()
    with ExitStack() as closing:

        @cache
        def engine(graph: Graph) -> reference.Engine:
            made = reference.Engine(graph, shapes_store, shapes)
            closing.callback(made.close)
            return made

        yield engine


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_engines_agree(fixture: Path, slow: Callable[[Graph], reference.Engine]) -> None:
    store, _, shapes = everything()
    announced = harness.expected(fixture)
    names = {fixture.parent.name, *(one.shape.removeprefix("nrs:") for one in announced)}
    gone, added = map(quads, harness.changes(fixture))
    with _changed(store, gone, added):
        found = {name: _results(store, shapes, shapes.shapes[_iri(name)]) for name in names}
        red = {name for name, results in found.items() if results}
        findings = _red(store, shapes) if red else set()
    if THOROUGH or fixture in FIRST:
        with harness.changed(fixture) as mixed:
            mixed.at_once = False
            for name, results in found.items():
                with patch.multiple(
                    SPARQLQueryHelper,
                    check_invalid_sparql=harness._checked,
                    collect_prefixes=harness._prefixed,
                ):
                    assert results == in_order(slow(mixed).validate(shapes.shapes[_iri(name)]))
    assert findings == announced
    # Not another shape turns red in the place of the one that the fixture is for.
    assert (fixture.parent.name in red) == ("invalid" in fixture.stem)
