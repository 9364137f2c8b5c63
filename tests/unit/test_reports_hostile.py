"""Whatever stands in data and names of files: every report can be read back by real parsers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pyoxigraph as ox
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from passex.reports import Options, write
from passex.text.places import Place
from passex.validation.baseline import fingerprints, within
from passex.validation.results import Compound, Problem, Report, Result, Rule, Severity
from passex.validation.results import Path as PropertyPath

DATA = Path(__file__).resolve().parents[1] / "data"
SARIF = json.loads((DATA / "sarif.schema.json").read_text(encoding="utf-8"))
JSON = json.loads((DATA.parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit.xsd"))
OPTIONS = Options("/base")
SH = "http://www.w3.org/ns/shacl#"

NASTY = (
    *("]]>", "<!--", "&amp;", "\x00", "\x1b[31m", "\r\n", "\n::error::", "%0A", "a::b,c", "\u202e"),
    *("](0)", "{0}", '"', "'", "\\", "\u2028", "\ufffe", "\t", "🚢", "e\u0301", "海", "\x85"),
)
FULL = st.lists(st.sampled_from(NASTY) | st.characters(exclude_categories=["Cs"]), max_size=4).map(
    "".join
)
#: A name of a file may hold a byte that is no UTF-8.
FILE = st.sampled_from(["a.ttl", "\udcff/b", "../c,d", "/base/e", "/f g"]) | FULL.map("x".__add__)
NUMBER = st.integers(1, 12)


@st.composite
def places(draw: st.DrawFn) -> Place:
    source = draw(FULL).replace("\n", " ").replace("\r", " ")
    line, column = draw(NUMBER), draw(st.integers(1, len(source) + 1))
    if draw(st.booleans()):
        end = draw(st.integers(column, len(source) + 1))
        return Place(draw(FILE), line, column, line, end, source)
    ending = draw(st.sampled_from(["", "é𝄞 end"]))
    return Place(draw(FILE), line, column, line + 2, draw(NUMBER), source, ending)


PROBLEMS = st.builds(
    Problem,
    rule=FULL.map(lambda text: text or "r"),
    component=st.sampled_from(["", "MinCountConstraintComponent"]),
    severity=st.sampled_from(Severity),
    message=FULL,
    place=st.none() | st.just(Place("whole.nt")) | places(),
    focus=FULL,
    path=FULL,
    value=FULL,
    hint=FULL,
    causes=st.lists(FULL, max_size=2).map(tuple),
)
RULES = st.builds(Rule, st.sampled_from(["r", "s\x00"]), FULL, FULL, FULL, st.just(Severity.INFO))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    rules = {rule.id: rule for rule in draw(st.lists(RULES, max_size=2))}
    problems = draw(st.lists(PROBLEMS, max_size=4))
    stale = tuple(draw(st.lists(FULL, max_size=2)))
    return Report(tuple(problems), rules, 1, 2, 3, 4, stale=stale)


def written(name: str, report: Report) -> str:
    text = "".join(write(name, report, OPTIONS))
    text.encode("utf-8")
    assert text == "".join(write(name, report, OPTIONS))
    return text


@given(reports())
def test_json_holds_what_was_found(report: Report) -> None:
    document = json.loads(written("json", report))
    jsonschema.Draft202012Validator(JSON).validate(document)
    lines = written("jsonl", report)
    assert len(lines.splitlines()) == len(report.problems)
    assert [json.loads(line) for line in lines.splitlines()] == document["problems"]
    for problem, record in zip(report.problems, document["problems"], strict=True):
        about = (problem.rule, problem.message, problem.focus or None, problem.value or None)
        assert about == (record["rule"], record["message"], record["focus"], record["value"])
        if problem.place is not None:
            assert record["place"]["file"] == problem.place.file
            assert record["place"]["line"] == (problem.place.line or None)


@given(reports())
def test_sarif_follows_the_schema_and_points_at_the_span(report: Report) -> None:
    document = json.loads(written("sarif", report))
    jsonschema.Draft202012Validator(SARIF).validate(document)
    [run] = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    marks = fingerprints(report.problems, OPTIONS.base)
    for problem, result, mark in zip(report.problems, run["results"], marks, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.rule
        assert result["partialFingerprints"]["primaryLocationLineHash"] == f"{mark}:1"
        physical = result["locations"][0]["physicalLocation"]
        region, place = physical["region"], problem.place
        if place is None or not place.line:
            continue
        uri = unquote(physical["artifactLocation"]["uri"], errors="surrogateescape")
        assert uri.removeprefix("file://") == within(place.file, "/base")
        units = place.source.encode("utf-16-le")
        start = 2 * region["startColumn"] - 2
        if place.end_line == place.line:
            spanned = units[start : 2 * region["endColumn"] - 2].decode("utf-16-le")
            assert spanned == place.source[place.column - 1 : place.end_column - 1]
            assert region.get("snippet", {"text": ""})["text"] == spanned
        else:
            assert units[start:].decode("utf-16-le") == place.source[place.column - 1 :]


@given(reports())
def test_junit_is_xml_that_follows_the_schema(report: Report) -> None:
    document = etree.fromstring(written("junit", report).encode())
    JUNIT.assertValid(document)
    outcomes = [case[0] for case in document.iter("testcase") if len(case)]
    allowed = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    expected = [re.sub(allowed, "\ufffd", problem.message) for problem in report.problems]
    assert [outcome.get("message") for outcome in outcomes] == expected
    assert document.get("failures") == str(len(document.findall(".//failure")))
    assert document.get("tests") == str(len(document.findall(".//testcase")))


@given(reports())
def test_github_has_a_command_a_line(report: Report) -> None:
    lines = re.split("\r\n|\r|\n", written("github", report))
    *commands, summary, end = lines
    assert end == ""
    assert not summary.startswith("::")
    assert len(commands) == len(report.problems) + len(report.stale)
    for command, problem in zip(commands, report.problems, strict=False):
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", command, re.DOTALL)
        assert match is not None
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert ("file" in properties) == (problem.place is not None)
        # What the runner does to a message.
        message = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        assert message.startswith(problem.message)


@given(reports())
def test_text_does_not_steer_the_terminal(report: Report) -> None:
    text = written("text", report)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text
    )


IRIS = st.sampled_from(["https://e.example/p", "https://e.example/ü?a=1#b", f"{SH}path", "urn:x:y"])
NODES = IRIS.map(ox.NamedNode)
BLANKS = st.sampled_from(["b1", "result1", "result-1", "f0b3"]).map(ox.BlankNode)
PLAIN = FULL.map(ox.Literal)
LITERALS = PLAIN | FULL.map(lambda text: ox.Literal(text, language="en-GB"))
PATHS: st.SearchStrategy[PropertyPath] = st.recursive(
    NODES,
    lambda paths: (
        st.builds(
            Compound,
            st.sampled_from(["inverse", "zeroOrMore", "oneOrMore", "zeroOrOne"]),
            st.tuples(paths),
        )
        | st.builds(
            Compound,
            st.sampled_from(["sequence", "alternative"]),
            st.lists(paths, min_size=2, max_size=3).map(tuple),
        )
    ),
    max_leaves=4,
)
FLAT = st.builds(
    Result,
    focus=NODES | BLANKS | LITERALS,
    path=st.none() | PATHS,
    value=st.none() | NODES | BLANKS | LITERALS,
    shape=NODES | BLANKS,
    component=st.sampled_from(["Class", "Or", "Unheard"]).map(
        lambda name: f"{SH}{name}ConstraintComponent"
    ),
    severity=st.sampled_from([f"{SH}Violation", "urn:x:grave"]),
    messages=st.lists(LITERALS, max_size=2).map(tuple),
    constraint=st.none() | BLANKS,
)


@given(st.lists(st.builds(lambda a, b: replace(a, details=(b,)), FLAT, FLAT), max_size=3))
def test_the_w3c_report_is_read_by_rdflib_and_oxigraph_alike(results: list[Result]) -> None:
    text = written("turtle", Report((), {}, 1, 2, 3, 4, tuple(results)))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    quads = list(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
    assert len(graph) == len(set(quads))
    [report] = graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SH}ValidationReport"))
    found = list(graph.objects(report, rdflib.URIRef(f"{SH}result")))
    assert len(found) == len(results)
    said = {quad.object.value for quad in quads if quad.predicate.value == f"{SH}resultMessage"}
    for result in (part for whole in results for part in (whole, *whole.details)):
        assert {message.value for message in result.messages} <= said
        assert result.messages or result.value is None or len(said)
    values = {quad.object for quad in quads if quad.predicate.value == f"{SH}value"}
    literals = {part.value for whole in results for part in (whole, *whole.details)}
    assert {v for v in values if isinstance(v, ox.Literal)} == {
        v for v in literals if isinstance(v, ox.Literal)
    }
