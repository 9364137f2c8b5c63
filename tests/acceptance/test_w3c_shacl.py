"""The W3C's test suite for SHACL, compared strictly: the Turtle report, with both engines.

The suite is no part of the project. Its folder, that of its topmost manifest.ttl, is what
PASSEX_SHACL_SUITE names, or tests/consumers/w3c-shacl, where .ci/run puts it: the source
distribution of pySHACL has it as test/resources/sht_tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from passex.reports import Options, write
from passex.validation.request import Request
from passex.validation.results import EngineName
from passex.validation.run import validate

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
ENTRIES, INCLUDE = ox.NamedNode(MF.entries), ox.NamedNode(MF.include)
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
SUITE = Path(
    os.environ.get("PASSEX_SHACL_SUITE") or Path(__file__).parents[1] / "consumers" / "w3c-shacl"
).resolve()
THERE = (SUITE / "manifest.ttl").is_file()
#: What a result says of itself; the suite leaves out messages where they are not the point.
SAID = (
    *(SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent),
    *(SH.resultSeverity, SH.resultMessage, SH.sourceConstraint),
)


def manifests(path: Path) -> Iterator[tuple[Path, bool]]:
    """Name a manifest and those that it includes, and say which of them have a test."""
    triples = list(ox.parse(path=path, base_iri=path.as_uri()))
    yield path, any(triple.predicate == ENTRIES for triple in triples)
    for triple in triples:
        if triple.predicate == INCLUDE:
            assert isinstance(triple.object, ox.NamedNode)
            yield from manifests(Path(triple.object.value.removeprefix("file://")))


def with_tests() -> list[Path]:
    """The files of the suite that have a test."""
    found = manifests(SUITE / "manifest.ttl") if THERE else ()
    return sorted({path for path, has in found if has})


def path_of(graph: Graph, node: Node, into: Graph) -> None:
    """Copy what describes a path."""
    if isinstance(node, BNode):
        for triple in graph.triples((node, None, None)):
            if triple not in into:
                into.add(triple)
                path_of(graph, triple[2], into)


def compared(graph: Graph, report: Node, messages: bool, constraints: bool) -> Graph:
    """Take what is compared out of a graph with a report in it."""
    kept = Graph()
    for conforms in graph.objects(report, SH.conforms):
        kept.add((report, SH.conforms, conforms))
    for result in graph.objects(report, SH.result):
        kept.add((report, SH.result, result))
        for predicate in SAID:
            if predicate == SH.resultMessage and not messages:
                continue
            if predicate == SH.sourceConstraint and not constraints:
                continue
            for value in graph.objects(result, predicate):
                kept.add((result, predicate, value))
                if predicate == SH.resultPath:
                    path_of(graph, value, kept)
    return kept


@pytest.mark.skipif(not THERE, reason="the suite is not there: PASSEX_SHACL_SUITE can name it")
@pytest.mark.parametrize("engine", get_args(EngineName))
@pytest.mark.parametrize("file", with_tests(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_suite(file: Path, engine: EngineName) -> None:
    graph = Graph().parse(file)
    (entries,) = graph.objects(None, MF.entries)
    for entry in Collection(graph, entries):
        action = graph.value(entry, MF.action)
        data, shapes = (
            str(graph.value(action, part)).removeprefix("file://")
            for part in (SHT.dataGraph, SHT.shapesGraph)
        )
        done = validate(Request(paths=(data,), shapes=(shapes,), engine=engine))
        expected = graph.value(entry, MF.result)
        assert expected is not None
        written = "".join(write("turtle", done.report, Options(str(file.parent))))
        got = Graph().parse(data=written, format="turtle")
        (report,) = got.subjects(RDF.type, SH.ValidationReport)
        if expected == SHT.Failure:
            # The constraint is no SPARQL that a processor takes: said, not applied, not passed.
            assert "shacl-ill-formed" in {problem.rule for problem in done.report.problems}
            assert list(got.objects(report, SH.conforms)) == [Literal(False)]
            assert list(got.objects(report, SH.result)) == []
            continue
        results = list(graph.objects(expected, SH.result))
        told = [
            any(graph.value(result, predicate) is not None for result in results)
            for predicate in (SH.resultMessage, SH.sourceConstraint)
        ]
        ours, theirs = compared(got, report, *told), compared(graph, expected, *told)
        assert isomorphic(ours, theirs), f"{ours.serialize()}\n--- expected\n{theirs.serialize()}"
