"""Each constraint component of SHACL is checked by a class, and each constraint names its own."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph.terms import SH
from passex.validation import inputs
from passex.validation.shacl import Shape, fast, read_shapes
from passex.validation.shacl.model import component

#: The components of SHACL Core, with that of SHACL-SPARQL: W3C Recommendation 2017, appendix B.
CORE = """
And Class Closed Datatype Disjoint Equals HasValue In LanguageIn LessThan LessThanOrEquals MaxCount
MaxExclusive MaxInclusive MaxLength MinCount MinExclusive MinInclusive MinLength Node NodeKind Not
Or Pattern Property QualifiedMaxCount QualifiedMinCount SPARQL UniqueLang Xone
"""
SHAPES = """@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:P sh:path :p ; %s .
"""


def shape(folder: Path, constraints: str) -> Shape:
    """Read a shape with some constraints."""
    file = folder / "shapes.ttl"
    file.write_text(SHAPES % constraints, encoding="utf-8")
    read, failures = inputs.load([], [file])
    assert not failures
    return read_shapes(read.shapes_graph).shapes[ox.NamedNode("http://e/P")]


def test_each_component_of_the_recommendation_has_a_class() -> None:
    assert set(fast.COMPONENTS) == {SH[f"{name}ConstraintComponent"] for name in CORE.split()}


@pytest.mark.parametrize(
    ("constraints", "names"),
    [
        ("sh:minCount 1 ; sh:in ( 1 ) ; sh:maxCount 2", ["minCount", "maxCount", "in"]),
        ("sh:hasValue 1, 2", ["hasValue"]),
        ("sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 1", ["qualifiedMinCount"]),
        (
            "sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 0 ; sh:qualifiedMaxCount 0",
            ["qualifiedMinCount", "qualifiedMaxCount"],
        ),
    ],
)
def test_a_shape_names_the_components_of_its_constraints(
    tmp_path: Path, constraints: str, names: list[str]
) -> None:
    assert shape(tmp_path, constraints).components() == tuple(map(component, names))
