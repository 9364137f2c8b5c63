"""Each format, to the byte, for a report made by hand in which every problem has another place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

from passex import __version__
from passex.reports import FORMATS, Options, write
from passex.text.edits import Edit
from passex.text.places import Place
from passex.validation import baseline
from passex.validation.cures import Cure, Replacement
from passex.validation.request import Request
from passex.validation.results import (
    Compound,
    EngineName,
    Problem,
    Report,
    Result,
    Rule,
    Severity,
)
from passex.validation.run import validate

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
JENKINS = ROOT / "tests" / "consumers" / "junit-10.xsd"
_SCHEMAS = ROOT / "tests" / "consumers" / "node_modules" / "@microsoft" / "jest-sarif" / "lib"
OASIS = _SCHEMAS / "schemas" / "sarif-2.1.0-rtm.5.json"
NR = "https://w3id.org/passex/ontology#"
SH = "http://www.w3.org/ns/shacl#"
OPTIONS = Options("/base")

LABEL = Problem(
    NR + "ShipShape",
    "MinCountConstraintComponent",
    Severity.VIOLATION,
    "less than 1 value for `rdfs:label`",
    Place("./graph/ships.ttl", 3, 1, 3, 8, "id:ship a nr:Ship ."),
    focus="id:ship",
    path="rdfs:label",
    hint='add rdfs:label "…"@en',
)
CLASS = Problem(
    NR + "ShipShape",
    "ClassConstraintComponent",
    Severity.WARNING,
    "`id:x` is no instance of `nr:Navy`",
    # The ship before the value is one code point, two UTF-16 units and two columns.
    Place("graph/ships.ttl", 4, 7, 4, 11, '\t"🚢", id:x .'),
    focus="id:ship",
    path="nr:ofNavy",
    value="id:x",
    causes=("less than 1 value for `rdfs:label`", "`_:b` is no instance of `nr:Flag`"),
)
LONG = Problem(
    "long-text",
    "",
    Severity.INFO,
    "50 % of it: see\nthe next line, too",
    Place("/other/a b,c.ttl", 7, 2, 9, 5, ' """one', 'é𝄞"" .'),
)
NOWHERE = Problem("no-shapes", "", Severity.VIOLATION, "no shapes were found")
WHOLE = Problem("format", "", Severity.INFO, "no positions", Place("x.nt"), focus="_:f0b3")
RULES = (
    Rule(NR + "ShipShape", "Ship", "A ship has a label.", "People know it.", Severity.VIOLATION),
    Rule("unbroken", "Never", "Nothing breaks it.", "", Severity.INFO),
)
RESULTS = (
    Result(
        ox.NamedNode("https://example.org/ship"),
        Compound(
            "sequence",
            (
                ox.NamedNode("https://example.org/p"),
                Compound("inverse", (ox.NamedNode(SH + "path"),)),
                Compound(
                    "alternative",
                    (
                        Compound("zeroOrMore", (ox.NamedNode("https://example.org/q"),)),
                        Compound("oneOrMore", (ox.NamedNode("https://example.org/q"),)),
                        Compound("zeroOrOne", (ox.NamedNode("https://example.org/q"),)),
                    ),
                ),
            ),
        ),
        ox.Literal('say "x"\n'),
        ox.NamedNode("https://example.org/Shape"),
        SH + "NodeConstraintComponent",
        SH + "Violation",
        (ox.Literal("No.", language="en"), ox.Literal("Nein.", language="de")),
        details=(
            Result(
                ox.BlankNode("result1"),
                None,
                ox.Literal(5),
                ox.BlankNode("b1"),
                SH + "MinExclusiveConstraintComponent",
                SH + "Info",
                parameters=(ox.Literal(7),),
            ),
        ),
    ),
    Result(
        ox.BlankNode("f0b1"),
        ox.NamedNode("https://example.org/p"),
        None,
        ox.BlankNode("b2"),
        SH + "SPARQLConstraintComponent",
        "https://example.org/Grave",
        constraint=ox.BlankNode("b3"),
    ),
)
REPORT = Report(
    (LONG, WHOLE, LABEL, CLASS, NOWHERE),
    {rule.id: rule for rule in RULES},
    files=3,
    triples=1204,
    focus_nodes=40,
    shapes=1,
    results=RESULTS,
    known=2,
    stale=("graph/old.ttl: [nr:ShipShape] id:old",),
    engines=("1 shape by pySHACL: nr:ShipShape",),
)
EMPTY = Report((), {}, files=1, triples=7, focus_nodes=2, shapes=1)


def written(name: str, report: Report = REPORT, options: Options = OPTIONS) -> str:
    """A report as one text."""
    return "".join(write(name, report, options))


GOLDEN = {
    "text": "report.txt",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "sarif": "report.sarif",
    "junit": "report.xml",
    "github": "report.github.txt",
    "turtle": "report.ttl",
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_to_the_byte(name: str) -> None:
    expected = (DATA / "reports" / GOLDEN[name]).read_text(encoding="utf-8")
    assert written(name) == expected.replace("$VERSION", __version__)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "No problems in 1 file (7 triples, 2 focus nodes, 1 shape).\n"),
        ("jsonl", ""),
        ("github", "No problems in 1 file (7 triples, 2 focus nodes, 1 shape).\n"),
        (
            "junit",
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<testsuites name="passex" tests="1" failures="0" errors="0">\n'
            '  <testsuite name="rules" tests="1" failures="0" errors="0" skipped="0">\n'
            '    <testcase classname="rules" name="validation"/>\n'
            "  </testsuite>\n</testsuites>\n",
        ),
        (
            "turtle",
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
            "[] a sh:ValidationReport ;\n    sh:conforms true .\n",
        ),
    ],
)
def test_nothing_found(name: str, expected: str) -> None:
    assert written(name, EMPTY) == expected


def test_data_that_no_shape_was_applied_to_do_not_conform() -> None:
    assert written("turtle", replace(EMPTY, applied=False)) == (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
        "[] a sh:ValidationReport ;\n    sh:conforms false .\n"
    )


def test_colours_change_nothing_but_colours() -> None:
    coloured = written("text", options=replace(OPTIONS, colour=True))
    assert "\x1b[31m\x1b[1mviolation\x1b[0m[nr:ShipShape MinCount]" in coloured
    assert "  | \x1b[33m          ^^^^\x1b[0m\n" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == written("text")


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "turtle"])
def test_a_severity_of_a_shape_s_own_is_in_every_report(name: str) -> None:
    problem = replace(REPORT.problems[0], own_severity="ex:Critical")
    report = replace(REPORT, problems=(problem,))
    assert "ex:Critical" in written(name, report)


def test_github_gets_the_gravest_as_many_as_it_takes() -> None:
    one = REPORT.problems[0]
    mild = [replace(one, severity=Severity.INFO, message=f"m{n}") for n in range(2)]
    grave = [replace(one, severity=Severity.VIOLATION, message=f"g{n}") for n in range(24_999)]
    report = replace(REPORT, problems=(mild[0], *grave, mild[1]), stale=())
    run = json.loads(written("sarif", report))["runs"][0]
    told = [result["message"]["text"].splitlines()[0] for result in run["results"]]
    assert told == ["m0", *(f"g{n}" for n in range(24_999))]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "1 left out, the mildest or last: GitHub takes 25,000"
    assert run["properties"]["problems"] == 25_001
    lines = written("github", report).splitlines()
    assert len(lines) == 25_002
    assert lines[-2] == (
        "::warning title=Problems left out::1 left out, the mildest or last: GitHub takes 25,000"
    )


def test_only_what_fails_the_command_fails_in_junit() -> None:
    for fail_on, failures in ((Severity.INFO, 5), (Severity.WARNING, 3), (Severity.VIOLATION, 2)):
        xml = etree.fromstring(written("junit", options=replace(OPTIONS, fail_on=fail_on)).encode())
        assert xml.get("failures") == str(failures) == str(len(xml.findall(".//failure")))
        assert len(xml.findall(".//skipped")) == 5 - failures


def test_json_follows_its_schema_and_jsonl_has_the_same_problems() -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    for report in (REPORT, EMPTY):
        document = json.loads(written("json", report))
        jsonschema.Draft202012Validator(schema).validate(document)
        lines = written("jsonl", report).splitlines()
        assert [json.loads(line) for line in lines] == document["problems"]


@pytest.mark.skipif(not JENKINS.is_file(), reason="the schema is not there: see .ci/run")
def test_junit_follows_the_schema_of_jenkins() -> None:
    schema = etree.XMLSchema(etree.parse(JENKINS))
    for report in (REPORT, EMPTY):
        schema.assertValid(etree.fromstring(written("junit", report).encode()))
    wrong = written("junit", REPORT).replace("<testcase", "<case", 1).encode()
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(wrong.replace(b"</testcase>", b"</case>", 1)))


def test_junit_follows_the_schema() -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit.xsd"))
    for report in (REPORT, EMPTY):
        schema.assertValid(etree.fromstring(written("junit", report).encode()))


def test_sarif_follows_what_we_know_of_the_standard() -> None:
    schema = json.loads((DATA / "sarif.schema.json").read_text(encoding="utf-8"))
    for report in (REPORT, EMPTY):
        jsonschema.Draft202012Validator(schema).validate(json.loads(written("sarif", report)))


def test_sarif_follows_the_schema_of_oasis() -> None:
    # The schema is not ours to pass on: a package of npm brings it.
    if not OASIS.is_file():
        pytest.skip("the packages of tests/consumers are not installed")
    schema = json.loads(OASIS.read_text(encoding="utf-8"))
    assert "2.1.0-rtm.5" in schema["title"]
    for report in (REPORT, EMPTY):
        checker = jsonschema.validators.validator_for(schema)(schema)
        checker.validate(json.loads(written("sarif", report)))


def regions(report: Report) -> list[dict[str, Any]]:
    results = json.loads(written("sarif", report))["runs"][0]["results"]
    return [found["locations"][0]["physicalLocation"]["region"] for found in results]


def test_columns_of_sarif_count_utf_16_units() -> None:
    [region] = regions(replace(EMPTY, problems=(CLASS,)))
    assert region == {
        "startLine": 4,
        "startColumn": 8,
        "endLine": 4,
        "endColumn": 12,
        "snippet": {"text": "id:x"},
    }


@pytest.mark.parametrize(
    ("end", "end_source", "expected"),
    [
        # The end of the last line is what SARIF takes where no column is given.
        (5, "", {"startLine": 7, "startColumn": 2, "endLine": 9}),
        (5, "é𝄞", {"startLine": 7, "startColumn": 2, "endLine": 9, "endColumn": 6}),
        (1, "", {"startLine": 7, "startColumn": 2, "endLine": 9, "endColumn": 1}),
    ],
)
def test_spans_of_several_lines_in_sarif(
    end: int, end_source: str, expected: dict[str, int]
) -> None:
    place = Place("a.ttl", 7, 2, 9, end, " one", end_source)
    assert regions(replace(EMPTY, problems=(replace(LONG, place=place),))) == [expected]


def test_a_span_that_is_the_line_has_no_context_in_sarif() -> None:
    place = Place("a.ttl", 1, 1, 1, 5, "id:x")
    for end, expected in ((5, None), (3, {"startLine": 1, "snippet": {"text": "id:x"}})):
        problem = replace(LABEL, place=replace(place, end_column=end))
        document = json.loads(written("sarif", replace(EMPTY, problems=(problem,))))
        [location] = document["runs"][0]["results"][0]["locations"]
        assert location["physicalLocation"].get("contextRegion") == expected


def test_what_mends_problems_is_with_the_first_in_sarif() -> None:
    places = Place("a.ttl", 1, 3, 1, 5, "\U0001f6a2 id"), Place("a.ttl", 2, 1, 2, 1, "x")
    edits = Edit(2, 4, "nr"), Edit(5, 5, "@prefix")
    cure = Cure("prefix", tuple(map(Replacement, places, edits)))
    problems = replace(LABEL, cure=cure), replace(LABEL, focus="id:y", cure=cure), LABEL
    report = replace(EMPTY, problems=problems)
    document = json.loads(written("sarif", report))
    first, *others = document["runs"][0]["results"]
    assert first["fixes"] == [
        {
            "description": {"text": "What passex validate --fix would write."},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a.ttl", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 6,
                                "snippet": {"text": "id"},
                            },
                            "insertedContent": {"text": "nr"},
                        },
                        {
                            "deletedRegion": {
                                "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1,
                            },
                            "insertedContent": {"text": "@prefix"},
                        },
                    ],
                }
            ],
        }
    ]  # fmt: skip
    assert not any("fixes" in other for other in others)
    for schema in filter(Path.is_file, (DATA / "sarif.schema.json", OASIS)):
        jsonschema.validate(document, json.loads(schema.read_bytes()))
    told = json.loads(written("json", report))["problems"]
    assert [problem["fixable"] for problem in told] == [True, True, False]


def test_data_makes_no_links_in_sarif() -> None:
    problem = replace(LABEL, message="see [here](0)", hint="", causes=("[a](b)",))
    document = json.loads(written("sarif", replace(EMPTY, problems=(problem,))))
    [result] = document["runs"][0]["results"]
    assert result["message"] == {"text": "see [here] (0)\nbecause: [a] (b)"}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("./a/../é ü.ttl", {"uri": "%C3%A9%20%C3%BC.ttl", "uriBaseId": "%SRCROOT%"}),
        ("a:b?c#d%.ttl", {"uri": "a%3Ab%3Fc%23d%25.ttl", "uriBaseId": "%SRCROOT%"}),
        ("/base/a.ttl", {"uri": "a.ttl", "uriBaseId": "%SRCROOT%"}),
        ("../b.ttl", {"uri": "file:///b.ttl"}),
        ("C:/data/b c.ttl", {"uri": "file:///C:/data/b%20c.ttl"}),
        ("\udcff.ttl", {"uri": "%FF.ttl", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_files_in_sarif(file: str, expected: dict[str, str]) -> None:
    report = replace(EMPTY, problems=(replace(LABEL, place=Place(file, 1, 1, 1, 2, "x")),))
    [result] = json.loads(written("sarif", report))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == expected


@pytest.mark.parametrize("name", FORMATS)
def test_names_of_files_that_are_not_unicode(name: str) -> None:
    problem = replace(LABEL, place=Place("\udcff.ttl", 1, 1, 1, 2, "x"))
    written(name, replace(EMPTY, problems=(problem,))).encode("utf-8")


def by_oxigraph(text: str) -> set[tuple[str, ...]]:
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in dataset}


def test_the_w3c_report_is_the_same_to_rdflib_and_oxigraph() -> None:
    text = written("turtle")
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert by_oxigraph(text) == by_oxigraph(graph.serialize(format="nt"))
    sh = rdflib.Namespace(SH)
    [report] = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert [str(value) for value in graph.objects(report, sh.conforms)] == ["false"]
    results = set(graph.objects(report, sh.result))
    [(owner, nested)] = graph.subject_objects(sh.detail)
    assert len(results) == 2
    assert owner in results
    assert nested not in results
    # The blank node of the data has kept its name, and is none of ours.
    assert graph.value(nested, sh.focusNode) not in results | {nested, None}


def test_nested_results_may_lie_deep() -> None:
    result = RESULTS[1]
    for _ in range(5000):
        result = replace(RESULTS[1], details=(result,))
    text = written("turtle", replace(EMPTY, results=(result,)))
    assert text.count("sh:detail") == 5000


def test_each_detail_belongs_to_its_result() -> None:
    leaves = [replace(RESULTS[1], messages=(ox.Literal(name),)) for name in "abcd"]
    first = replace(RESULTS[1], messages=(ox.Literal("1"),), details=tuple(leaves[:2]))
    second = replace(RESULTS[1], messages=(ox.Literal("2"),), details=tuple(leaves[2:]))
    whole = replace(RESULTS[1], messages=(ox.Literal("0"),), details=(first, second))
    text = written("turtle", replace(EMPTY, results=(whole,)))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    sh = rdflib.Namespace(SH)
    pairs = {
        f"{graph.value(owner, sh.resultMessage)}{graph.value(nested, sh.resultMessage)}"
        for owner, nested in graph.subject_objects(sh.detail)
    }
    assert pairs == {"01", "02", "1a", "1b", "2c", "2d"}
    # They are written in their order.
    assert re.findall('"(.)"', text) == list("01ab2cd")
    assert re.findall(r"_:result(\d) a", text) == list("1245367")


_LONG = "x" * 5000
_LONG_SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .
:S sh:targetNode :a ; sh:sparql [ sh:message "bad {?value}, says {$this}" ;
        sh:select "SELECT $this ?value { $this <http://e/p> ?value }" ] ;
    sh:property [ sh:path :p ; sh:languageIn ( "en" ) ] .
:T sh:targetObjectsOf :p ; sh:nodeKind sh:IRI ; sh:node :U .
:U sh:property [ sh:path :q ; sh:minCount 1 ] .
"""


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_long_value_is_whole_once_in_a_problem(tmp_path: Path, engine: EngineName) -> None:
    (tmp_path / "shapes.ttl").write_text(_LONG_SHAPES)
    (tmp_path / "data.ttl").write_text(f'<http://e/a> <http://e/p> "{_LONG}" .')
    files = [str(tmp_path / name) for name in ("data.ttl", "shapes.ttl")]
    request = Request(paths=(files[0],), shapes=(files[1],), engine=engine)
    report = validate(request).report
    literal = f'"{_LONG}"'
    shown = f"{literal[:199]}…"
    about = [
        (p.component[:4], p.message, p.focus == literal, p.value == literal, p.hint, p.causes)
        for p in report.problems
    ]
    assert about == [
        ("Lang", f"the language of `{literal[:79]}…` is none of `\"en\"`", False, True,
         f'write "{"x" * 199}…"@en', ()),
        ("SPAR", f"bad {'x' * 199}…, says :a", False, True, "", ()),
        ("Node", f"`{literal[:79]}…` does not conform to `:U`", True, True, "",
         (f"{shown} :q: less than 1 value for `:q`",)),
        ("Node", f"`{literal[:79]}…` is not an IRI", True, True, "", ()),
    ]  # fmt: skip
    texts = {name: written(name, report) for name in ("text", "json", "jsonl", "sarif", "junit")}
    times = {name: text.count(_LONG) for name, text in texts.items()}
    assert times == {"text": 0, "json": 4, "jsonl": 4, "sarif": 4, "junit": 0}
    focuses = [problem["focus"] for problem in json.loads(texts["json"])["problems"]]
    assert focuses == [":a"] * 2 + [shown] * 2
    (run,) = json.loads(texts["sarif"])["runs"]
    names = [r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for r in run["results"]]
    assert names == focuses


def test_a_long_focus_node_that_is_not_the_value_is_whole_too() -> None:
    one = Problem("r", "C", Severity.INFO, "m", focus=f'"{_LONG}"', value="1")
    report = replace(EMPTY, problems=(one,))
    (problem,) = json.loads(written("json", report))["problems"]
    assert problem["focus"] == one.focus
    (result,) = json.loads(written("sarif", report))["runs"][0]["results"]
    assert result["properties"] == {"component": "C", "focus": one.focus, "value": "1"}
    (known,) = baseline.entries(report, "/")
    assert known.focus == f'"{"x" * 198}…'


def test_a_message_that_a_query_makes_is_no_longer_than_people_read(tmp_path: Path) -> None:
    query = "SELECT $this ?message { $this <http://e/p> ?message }"
    shape = f'<http://e/S> sh:targetNode <http://e/a> ; sh:sparql [ sh:select "{query}" ] .'
    (tmp_path / "shapes.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> . {shape}")
    (tmp_path / "data.ttl").write_text(f'<http://e/a> <http://e/p> "{_LONG}" .')
    files = [str(tmp_path / name) for name in ("data.ttl", "shapes.ttl")]
    (problem,) = validate(Request(paths=(files[0],), shapes=(files[1],))).report.problems
    assert problem.message == "x" * 1999 + "…"
