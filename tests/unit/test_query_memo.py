"""What an earlier run found out about the queries of shapes is used, and only for these queries."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.query.tree import Tree
from passex.validation.inputs import Inputs, load
from passex.validation.shacl import Shapes, queries, read_shapes, validate

SHAPES = """
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:o sh:declare [ sh:prefix "n" ; sh:namespace "NAMESPACE"^^xsd:anyURI ] .
:S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:sparql [ sh:prefixes :o ;
    sh:select "SELECT $this ?value { $this n:p ?value FILTER(?value > 1) }" ] .
"""
DATA = "<http://e/a> <http://e/p> 1 . <http://e/b> <http://e/p> 2 ."


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def given(folder: Path, shapes: str, namespace: str = "http://e/") -> Inputs:
    (folder / "data.ttl").write_text(DATA)
    (folder / "shapes.ttl").write_text(shapes.replace("NAMESPACE", namespace))
    inputs, failures = load([folder / "data.ttl"], [folder / "shapes.ttl"])
    assert not failures
    return inputs


def read(inputs: Inputs) -> Shapes:
    return read_shapes(inputs.shapes_graph, inputs.shapes)


def focus(inputs: Inputs) -> list[str]:
    return [result.focus.value for result in validate(inputs).results]


def refuse(*_: object) -> tuple[Tree, str, str]:
    raise AssertionError("it was parsed again")


def test_a_query_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = given(tmp_path, SHAPES)
    first, found = read(inputs), focus(inputs)
    monkeypatch.setattr(queries, "parsed", refuse)
    # The tuples of `around` come back as such: shapes are keys.
    assert read(inputs) == first
    assert hash(read(inputs).shapes[ox.NamedNode("http://e/S")])
    assert focus(inputs) == found == ["http://e/b"]


def test_another_namespace_makes_another_query(tmp_path: Path) -> None:
    assert focus(given(tmp_path, SHAPES)) == ["http://e/b"]
    assert focus(given(tmp_path, SHAPES, "http://f/")) == []


def test_what_is_wrong_is_said_each_time(tmp_path: Path) -> None:
    inputs = given(tmp_path, SHAPES.replace("FILTER(", "FILTER NO("))
    assert [d.rule for d in read(inputs).defects] == ["shacl-sparql-syntax"]
    assert read(inputs).defects == read(inputs).defects != ()


def test_what_is_damaged_is_not_believed(tmp_path: Path, cache: Path) -> None:
    inputs = given(tmp_path, SHAPES)
    read(inputs)
    [file] = cache.iterdir()
    file.write_text(file.read_text().replace("> 1", "> 0"))
    assert focus(inputs) == ["http://e/b"]


def test_no_home_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("PASSEX_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    assert focus(given(tmp_path, SHAPES)) == ["http://e/b"]


def test_without_queries_nothing_is_kept(tmp_path: Path, cache: Path) -> None:
    read(given(tmp_path, SHAPES.partition("sh:sparql")[0] + "sh:nodeKind sh:IRI ."))
    assert not cache.exists()
