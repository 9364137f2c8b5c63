"""Shapes without a name in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.validation.inputs import load
from passex.validation.messages import default_message
from passex.validation.results import EngineName
from passex.validation.shacl import validate
from passex.validation.wording import parametrised

HEAD = "@prefix : <http://e/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
SHAPES = {
    "sh:or ( [ sh:path :p ; sh:minCount 1 ] [ sh:path [ sh:inversePath :q ] ; sh:maxCount 0 ] )":
        "conforms to none of `[<http://e/p>, minCount 1]`, `[^<http://e/q>, maxCount 0]`",
    'sh:not [ sh:nodeKind sh:IRI ; sh:in ( :a "x" ) ]':
        'conforms to `[nodeKind <http://www.w3.org/ns/shacl#IRI>, in (<http://e/a> "x")]`, '
        "and must not",
    "sh:and ( :T [ sh:not [ sh:not [ sh:class :C ] ] ] )":
        "does not conform to all of `<http://e/T>`, `[not [not […]]]`",
    "sh:xone ( [ sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2 ] )":
        "does not conform to exactly one of `[<http://e/p>, qualifiedValueShape "
        "[class <http://e/C>] at least 2]`",
    "sh:not [ sh:not [ sh:in ( 1 2 3 4 5 6 7 8 ) ] ]":
        "conforms to `[not [in (1 2 3 4 5 6 …)]]`, and must not",
    "sh:node [ sh:property [ sh:path :p ; sh:minCount 1 ] ]":
        "does not conform to `[property [<http://e/p>, minCount 1]]`",
}  # fmt: skip


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("part", SHAPES)
def test_messages_describe_what_has_no_name(tmp_path: Path, part: str, engine: EngineName) -> None:
    (tmp_path / "shapes.ttl").write_text(
        f"{HEAD}:S sh:targetNode :a ; {part} .\n:T sh:nodeKind sh:IRI ."
    )
    (tmp_path / "data.ttl").write_text(HEAD + ":b :q :a .")
    read, _ = load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    done = validate(read, engine)
    [result] = done.results
    assert default_message(parametrised(result, done.shapes)) == f"`<http://e/a>` {SHAPES[part]}"


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("path", ["", "sh:path :p ;"])
def test_each_of_several_values_has_its_message(
    tmp_path: Path, path: str, engine: EngineName
) -> None:
    shapes = f":S sh:targetNode :a ; {path} sh:hasValue 2, 1, :a, 'x' ."
    (tmp_path / "shapes.ttl").write_text(HEAD + shapes)
    (tmp_path / "data.ttl").write_text(HEAD + ":a :p :a .")
    read, _ = load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    done = validate(read, engine)
    said = [default_message(parametrised(result, done.shapes)) for result in done.results]
    where = "`<http://e/p>`" if path else "the node"
    assert said == [f"`{value}` is missing for {where}" for value in ("1", "2", '"x"')]
