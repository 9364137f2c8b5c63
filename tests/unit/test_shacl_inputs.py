"""What is read keeps the names of its blank nodes and the writing of its literals."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.graph.lexical import Keeper, written
from passex.validation import inputs
from passex.validation.inputs import may_have_blank_nodes

XSD = "http://www.w3.org/2001/XMLSchema#"
FORMS = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,20}(\.[0-9]{0,4})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-9]{2}:00:00(\.[0-9]+)?Z?", fullmatch=True),
    st.sampled_from(["true", "false", "1", "0", "P12M", "PT60S", "INF", "-INF", "NaN", ""]),
)
DATATYPES = st.sampled_from(
    [
        *("integer", "int", "decimal", "double", "float", "boolean", "date", "dateTime"),
        *("duration", "nonNegativeInteger", "gYear", "time", "dateTimeStamp"),
    ]
)


def read(folder: Path, text: str, name: str = "data.ttl") -> tuple[inputs.Inputs, list[str]]:
    path = folder / name
    path.write_bytes(text.encode())
    found, failures = inputs.load([path], [])
    return found, [f"{f.place.line}:{f.place.column}: {f.error.message}" for f in failures]


def test_blank_nodes_are_numbered_as_they_occur(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "<http://e/a> <http://e/p> _:z , [ <http://e/p> _:z ] .")
    triples = {(str(q.subject), str(q.object)) for q in found.graph}
    assert triples == {("<http://e/a>", "_:f1b0"), ("<http://e/a>", "_:f1b1"), ("_:f1b1", "_:f1b0")}


def test_brackets_in_strings_are_no_blank_nodes(tmp_path: Path) -> None:
    text = b'<http://e/a> <http://e/p> "a (b) [c] _:d \\" (" .'
    assert not may_have_blank_nodes(text)
    assert may_have_blank_nodes(text + b" <http://e/a> <http://e/p> [] .")
    assert may_have_blank_nodes(b'<a:a> <a:p> """ " """ , [] , " " .')


def test_failures_are_collected_and_have_places(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text("<http://e/a> <http://e/p> .\n", encoding="utf-8")
    two.write_bytes(b"# \xff\n")
    found, failures = inputs.load([one, two, tmp_path / "none.ttl", tmp_path / "x.doc"], [])
    assert found.data == ()
    assert [(f.name, f.place.line, f.error.hint) for f in failures] == [
        (one.as_posix(), 1, "correct the file there"),
        (two.as_posix(), 1, "save the file as UTF-8"),
        ((tmp_path / "none.ttl").as_posix(), 0, "check the path"),
        ((tmp_path / "x.doc").as_posix(), 0, "rename the file"),
    ]
    assert failures[1].error.message == "not UTF-8 (byte 0xff at offset 2)"
    assert failures[2].error.message == "no such file"


@pytest.mark.parametrize("name", ["data.nq", "data.trig"])
def test_graphs_are_merged(tmp_path: Path, name: str) -> None:
    graph = "<http://e/g> .\n" if name.endswith("nq") else ".\n"
    quad = f"<http://e/a> <http://e/p> <http://e/b> {graph}"
    text = quad if name.endswith("nq") else f"<http://e/g> {{ {quad} }}"
    found, failures = read(tmp_path, text, name)
    assert failures == []
    assert [q.graph_name for q in found.graph] == [ox.DefaultGraph()]


@given(FORMS, DATATYPES)
def test_literals_come_back_as_written(lexical: str, datatype: str) -> None:
    literal = ox.Literal(lexical, datatype=ox.NamedNode(XSD + datatype))
    store = ox.Store()
    node = ox.NamedNode("http://e/a")
    store.add(ox.Quad(node, node, Keeper().stored(literal)))
    (quad,) = store
    assert written(quad.object) == literal


@given(FORMS, DATATYPES)
def test_no_change_is_overlooked_in_a_text(lexical: str, datatype: str) -> None:
    literal = ox.Literal(lexical, datatype=ox.NamedNode(XSD + datatype))
    text = f"<http://e/a> <http://e/p> {literal} .".encode()
    changed = Keeper().stored(literal) != literal
    assert Keeper().may_change(text) or not changed


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"""01"""^^xsd:integer',
            "'''01'''^^xsd:integer",
            "'01'^^xsd:integer",
            "'01' ^^xsd:integer",
        ),
        *(
            '"01"^^ xsd:integer',
            '"0\\u0031"^^xsd:integer',
            '"\\"01"^^xsd:integer',
            '""^^x, "01"^^xsd:int',
        ),
        '"^^" ; <http://e/q> "01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ],
)
def test_typed_literals_of_all_forms_are_looked_at(text: str) -> None:
    assert Keeper().may_change(f"<http://e/a> <http://e/p> {text} .".encode())


@pytest.mark.parametrize("text", ["01", "+1", "1.50", "1e3", "-0", ".5", "1.0E0", "-.5"])
def test_short_numbers_are_looked_at(text: str) -> None:
    assert Keeper().may_change(f"<http://e/a> <http://e/p> {text} .".encode())
