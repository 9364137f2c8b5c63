"""The edits by which files say something in another way."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.text.edits import apply
from passex.validation.cures import Cure, Restatement, Value
from passex.validation.inputs import load
from passex.validation.restating import cures

HEAD = "@prefix e: <http://e/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
A, P = ox.NamedNode("http://e/a"), "http://e/p"
DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def cure(folder: Path, name: str, text: str, wanted: Restatement) -> Cure | None:
    (folder / name).write_text(text, encoding="utf-8")
    inputs, failures = load([folder / name], [])
    assert not failures
    return cures(inputs.data, [wanted]).get(wanted)


def restated(folder: Path, text: str, old: Value, new: Value) -> str | None:
    """Write another value into a text; None where that is not certain."""
    found = cure(folder, "a.ttl", HEAD + text, Restatement("language", ((A, P, old, new),)))
    if found is None:
        return None
    return apply(HEAD + text, [one.edit for one in found.replacements]).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ('e:a e:p "x" .', ox.Literal("x"), english("x"), 'e:a e:p "x"@en .'),
        ("e:a e:p 'x' , 1 .", ox.Literal("x"), english("x"), "e:a e:p 'x'@en , 1 ."),
        ('e:a e:p """x"y""" .', ox.Literal('x"y'), english('x"y'), 'e:a e:p """x"y"""@en .'),
        ('e:a e:p "x"^^xsd:string .', ox.Literal("x"), english("x"), 'e:a e:p "x"@en .'),
        ('e:a e:p "x"@en .', english("x"), ox.Literal("x"), 'e:a e:p "x" .'),
        ("e:a e:p 7 .", ox.Literal(7), ox.Literal(8), "e:a e:p 8 ."),
        (
            'e:a e:p "2031-01-01"^^xsd:date .',
            ox.Literal("2031-01-01", datatype=DATE),
            ox.Literal("2031-01-02", datatype=DATE),
            'e:a e:p "2031-01-02"^^xsd:date .',
        ),
        (
            'e:a e:p "2031-01-01" .',
            ox.Literal("2031-01-01"),
            ox.Literal("2031-01-01", datatype=DATE),
            'e:a e:p "2031-01-01"^^xsd:date .',
        ),
        ("e:a e:p 'x' .", ox.Literal("x"), ox.Literal('it\'s "x"'), 'e:a e:p "it\'s \\"x\\"" .'),
        ("e:a e:p e:b .", ox.NamedNode("http://e/b"), ox.NamedNode("http://e/c"), "e:a e:p e:c ."),
        (
            "e:a e:p e:b .",
            ox.NamedNode("http://e/b"),
            ox.NamedNode("http://f/c"),
            "e:a e:p <http://f/c> .",
        ),
        # Each place is written anew.
        (
            'e:a e:p "x" . <http://e/a> e:q 1 ; e:p "x" .',
            ox.Literal("x"),
            english("x"),
            'e:a e:p "x"@en . <http://e/a> e:q 1 ; e:p "x"@en .',
        ),
        ('e:b e:p "x" . e:a e:q "x" .', ox.Literal("x"), english("x"), None),
        ('[] e:q << e:a e:p "x" >> .', ox.Literal("x"), english("x"), None),
    ],
)
def test_a_value(tmp_path: Path, text: str, old: Value, new: Value, expected: str | None) -> None:
    assert restated(tmp_path, text, old, new) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e:a a e:K .", "e:a a e:K ; e:p e:v ."),
        (
            "e:b e:q e:a .\ne:a a e:K, e:L ; e:q 1 .",
            "e:b e:q e:a .\ne:a a e:K, e:L ; e:p e:v ; e:q 1 .",
        ),
        ("e:a a e:K . e:a a e:L .", "e:a a e:K ; e:p e:v . e:a a e:L ."),
        ("e:a e:q e:K .", None),
        ("e:a a e:K {| e:q 1 |} .", None),
    ],
)
def test_a_value_beside_the_class(tmp_path: Path, text: str, expected: str | None) -> None:
    wanted = Restatement("newest", (), (), ((A, P, ox.NamedNode("http://e/v")),))
    found = cure(tmp_path, "a.ttl", HEAD + text, wanted)
    done = found and apply(HEAD + text, [one.edit for one in found.replacements])
    assert done == (expected and HEAD + expected)
    lines = "<http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/K> ."
    assert cure(tmp_path, "a.nt", lines, wanted) is None


MOVED = Restatement(
    "text",
    (),
    (
        ("http://e/d#char=1,2", "http://e/d#char=7,8"),
        ("http://e/d#char=7,8", "http://e/d#char=9,10"),
    ),
)


def test_a_name_is_written_anew_wherever_it_stands(tmp_path: Path) -> None:
    text = (
        "@base <http://e/d> . # <#char=1,2>\n@prefix d: <http://e/d#> .\n"
        '<#char=1,2> <p> "<#char=1,2>" ; <q> <#c>, d:char\\=1\\,2 .\n'
        "<#c> <q> <http://e/d#char=7,8>, [ <q> ( <#char=1,2> ) ] .\n"
    )
    found = cure(tmp_path, "a.ttl", text, MOVED)
    assert found is not None
    assert apply(text, [one.edit for one in found.replacements]) == (
        "@base <http://e/d> . # <#char=1,2>\n@prefix d: <http://e/d#> .\n"
        '<#char=7,8> <p> "<#char=1,2>" ; <q> <#c>, d:char\\=7\\,8 .\n'
        "<#c> <q> <http://e/d#char=9,10>, [ <q> ( <#char=7,8> ) ] .\n"
    )
    assert [one.place.line for one in found.replacements] == [3, 3, 4, 4]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", '{"@id": "http://e/d#char=1,2", "http://e/p": 1}'),
        ("a.ttl", "<http://e/d#char=1,2> <p:p> << <u:a> <u:b> <http://e/d#char=1,2> >> ."),
        ("a.ttl", "<http://e/d#\\u0063har=1,2> <p:p> 1 ."),
        ("a.ttl", "<http://e/d#char=\\u0031,2> <p:p> 1 ."),
    ],
)
def test_a_name_that_cannot_be_written_anew_everywhere(
    tmp_path: Path, name: str, text: str
) -> None:
    found = cure(tmp_path, name, text, MOVED)
    assert found is None or len(found.replacements) == text.startswith("<http://e/d#\\")


def test_nothing_is_read_where_nothing_is_wanted() -> None:
    assert cures([], [None]) == {}
