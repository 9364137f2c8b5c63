"""Shapes and data that are large or deep: results as of small ones, or one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import passex
from passex.validation.shacl.engines import DEEPEST

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <http://e/> .\n"
SHAPE = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; "


def validated(folder: Path, shapes: str, data: str) -> passex.ValidationReport:
    files = folder / "data.ttl", folder / "shapes.ttl"
    for path, text in zip(files, (data, shapes), strict=True):
        path.write_text(HEAD + text, encoding="utf-8")
    return passex.validate(*files, timeout=120)


@pytest.mark.parametrize("number", [256, 257, 20_000])
def test_a_list_of_any_length_has_its_members(tmp_path: Path, number: int) -> None:
    listed = " ".join(f'"{n}"' for n in range(number))
    shapes = f"{SHAPE} sh:property [ sh:path ex:p ; sh:in ( 07 ex:b {listed} ) ] ."
    data = f'ex:a ex:p "0", "{number - 1}", ex:b, 07, 7, "x", "0"@en .'
    report = validated(tmp_path, shapes, data)
    assert sorted(problem.value for problem in report) == ['"0"@en', '"x"', "7"]


def test_each_of_many_values_of_a_node_is_found(tmp_path: Path) -> None:
    data = "ex:a ex:p " + ",\n".join(f'"{n:04}"' for n in range(3000)) + " ."
    report = validated(tmp_path, f"{SHAPE} sh:property [ sh:path ex:p ; sh:maxLength 3 ] .", data)
    places = [(problem.value, problem.place.line) for problem in report if problem.place]
    assert places == [(f'"{n:04}"', n + 3) for n in range(3000)]


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1, 1000])
def test_shapes_within_shapes(tmp_path: Path, depth: int) -> None:
    chain = "".join(f"ex:S{n} a sh:NodeShape ; sh:node ex:S{n + 1} .\n" for n in range(2, depth))
    shapes = f"{SHAPE} sh:node ex:S2 .\n{chain}ex:S{depth} a sh:NodeShape ; sh:class ex:C ."
    [problem] = validated(tmp_path, shapes, "ex:a ex:p 1 .")
    if depth <= DEEPEST:
        assert (problem.component, problem.focus) == ("NodeConstraintComponent", "ex:a")
    else:
        message = "more than 100 shapes lie within one another here, so it was not applied"
        assert (problem.rule, problem.message) == ("shacl-unsupported", message)
