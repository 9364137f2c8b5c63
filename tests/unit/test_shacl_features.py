"""What is applied of other people's shapes, and what is named as not applied, and where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from passex.cli._validation_run import ValidationRun
from passex.errors import FAILED, OK, PROBLEMS
from passex.reports import FORMATS, Options, write
from passex.validation.request import Request
from passex.validation.results import EngineName, Report, Severity
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


GEOF = "http://www.opengis.net/def/function/geosparql"


@pytest.mark.parametrize("engine", get_args(EngineName))
def test_a_function_that_only_the_fast_engine_knows(tmp_path: Path, engine: EngineName) -> None:
    wkt = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>"
    (tmp_path / "data.ttl").write_text(
        f'@prefix : <http://e/> . :a a :C ; :p "POINT(0 0)"{wkt} ; :q "POINT(3 4)"{wkt} .'
    )
    (tmp_path / "shapes.ttl").write_text(
        "@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        ':S a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ sh:select """SELECT $this {\n'
        f"$this <http://e/p> ?p ; <http://e/q> ?q FILTER(<{GEOF}/distance>(?p, ?q,\n"
        '<http://www.opengis.net/def/uom/OGC/1.0/metre>) > 1) }""" ] .\n'
    )
    files = (str(tmp_path / "data.ttl"),), (str(tmp_path / "shapes.ttl"),)
    found = "data.ttl:1:25: violation[:S] `:a` breaks a rule in SPARQL\n"
    # Its error would be none to a FILTER: nothing would be found.
    unknown = "shapes.ttl:2:1: violation[shacl-unsupported] pySHACL cannot apply :S: "
    unknown += f"it does not know the function <{GEOF}/distance>\n"
    assert said(validate(Request(*files, engine=engine)).report) == (
        f"{found if engine == 'fast' else unknown}focus nodes: 1, shapes: 1\n"
    )


def test_a_file_that_cannot_be_read_does_not_conform(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data.ttl").write_text("@prefix : <http://e/> .\n:a :b .\n")
    request = Request((str(tmp_path / "data.ttl"),))
    code, _ = ValidationRun(request, "turtle", Severity.VIOLATION)()
    said = capsys.readouterr()
    assert code == 2
    assert said.out.splitlines()[2:] == ["[] a sh:ValidationReport ;", "    sh:conforms false ."]
    assert said.err == (
        f"passex: {tmp_path}/data.ttl:2:4: A value is missing after the property. [turtle-syntax]\n"
    )


@pytest.mark.parametrize("name", [n for n in ALL if "violation[shacl-unsupported]" in ALL[n][2]])
def test_what_is_not_applied_is_in_no_report_called_conforming(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, shapes, _ = ALL[name]
    (tmp_path / "data.ttl").write_text(data, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    request = Request((str(tmp_path / "data.ttl"),), (str(tmp_path / "shapes.ttl"),))
    code, done = ValidationRun(request, "turtle", Severity.VIOLATION)()
    told = capsys.readouterr()
    assert code == FAILED
    assert "sh:conforms false" in told.out
    assert "[shacl-unsupported]" in told.err
    reports = {
        form: "".join(write(form, done.report, Options(tmp_path.as_posix()))) for form in FORMATS
    }
    number = reports["text"].count("violation[shacl-unsupported]")
    assert number > 0
    (run,) = json.loads(reports["sarif"])["runs"]
    by_report = {
        "json": [p["rule"] for p in json.loads(reports["json"])["problems"]],
        "jsonl": [json.loads(line)["rule"] for line in reports["jsonl"].splitlines()],
        "sarif": [r["ruleId"] for r in run["results"] if r["level"] == "error"],
        "junit": re.findall(r"name=.(shacl-unsupported).*>\s*<failure", reports["junit"]),
        "github": re.findall(r"^::error .*title=(shacl-unsupported)", reports["github"], re.M),
    }  # fmt: skip
    assert {form: rules.count("shacl-unsupported") for form, rules in by_report.items()} == (
        dict.fromkeys(by_report, number)
    )


@pytest.mark.parametrize(
    ("level", "fail_on", "code"),
    [
        (None, "violation", FAILED),
        ("warning", "violation", OK),
        ("warning", "warning", FAILED),
        ("off", "info", OK),
    ],
)
def test_a_level_decides_whether_what_is_not_applied_fails(
    tmp_path: Path, level: str | None, fail_on: str, code: int
) -> None:
    (tmp_path / "data.ttl").write_text("<urn:a> a <urn:C> .")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:S> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:js [] .\n"
    )
    levels = {} if level is None else {"shacl-unsupported": _LEVELS[level]}
    request = Request((str(tmp_path / "data.ttl"),), (str(tmp_path / "shapes.ttl"),), levels=levels)
    assert ValidationRun(request, "text", Severity(fail_on))()[0] == code
    # With a problem of the data, what could not be checked is still what counts.
    with (tmp_path / "shapes.ttl").open("a") as file:
        file.write("<urn:T> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:nodeKind sh:Literal .\n")
    both = FAILED if code == FAILED else PROBLEMS
    assert ValidationRun(request, "text", Severity(fail_on))()[0] == both


_LEVELS = {"warning": Severity.WARNING, "off": None}
