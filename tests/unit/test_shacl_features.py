"""What is applied of other people's shapes, and what is named as not applied, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from passex.validation.request import Request
from passex.validation.results import EngineName, Report
from passex.validation.run import validate

CASES = Path(__file__).parents[1] / "data" / "shacl-features.txt"
_, *_PARTS = re.split(r"^== (.*)\n", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)
#: By name, data, shapes, and what is said.
ALL = {
    name: re.split(r"^-- (?:data|shapes|says)\n", body, flags=re.MULTILINE)[1:]
    for name, body in zip(_PARTS[::2], _PARTS[1::2], strict=True)
}


def said(report: Report) -> str:
    lines = []
    for p in report.problems:
        where = f"{Path(p.place.file).name}:{p.place.line}:{p.place.column}" if p.place else "-"
        lines.append(f"{where}: {p.severity.value}[{p.name or p.rule}] {p.message}\n")
    return f"{''.join(lines)}focus nodes: {report.focus_nodes}, shapes: {report.shapes}\n"


#: rdflib takes a text for greater than a number, where SPARQL has an error.
FAST_ONLY = ("number",)


@pytest.mark.parametrize(
    ("name", "engine"),
    [(n, e) for n in ALL for e in get_args(EngineName) if e == "fast" or n not in FAST_ONLY],
)
def test_cases(tmp_path: Path, name: str, engine: EngineName) -> None:
    data, shapes, expected = ALL[name]
    (tmp_path / "data.ttl").write_text(data, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    files = (str(tmp_path / "data.ttl"),), (str(tmp_path / "shapes.ttl"),)
    done = validate(Request(*files, engine=engine))
    assert said(done.report) == expected


def test_a_query_into_named_graphs_is_named_and_the_rest_applied(tmp_path: Path) -> None:
    (tmp_path / "data.trig").write_text("@prefix : <http://e/> . :g { :a a :C ; :p :b }")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:sparql [\n"
        '    sh:select "SELECT $this ?value { GRAPH ?value { $this ?p ?o } }" ] .\n'
        ":T a sh:NodeShape ; sh:targetClass :C ; sh:nodeKind sh:Literal .\n"
    )
    files = (str(tmp_path / "data.trig"),), (str(tmp_path / "shapes.ttl"),)
    assert said(validate(Request(*files)).report) == (
        "data.trig:1:30: violation[:T] `:a` is not a literal\n"
        "shapes.ttl:3:15: violation[shacl-unsupported] the query looks into GRAPH ?value, "
        "and the data are one graph without a name\n"
        "focus nodes: 1, shapes: 1\n"
    )
