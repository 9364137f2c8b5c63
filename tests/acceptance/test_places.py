"""Places in files of every kind: encodings, RDF/XML and RDF 1.2, in each report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from processes import passex

from passex import validate
from passex.validation.results import EngineName

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:S a sh:NodeShape ; sh:targetClass e:Boat ;
    sh:property [ sh:path e:name ; sh:minCount 1 ; sh:maxLength 5 ] ;
    sh:property [ sh:path ( e:part e:name ) ; sh:maxLength 4 ] .
"""
RECURSIVE = "e:S sh:property [ sh:path e:knows ; sh:node e:S ] .\n"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">
  <e:Boat rdf:about="http://e/a">
    <e:name>Ann</e:name>
    <e:name>Bartholomew</e:name>
    <e:part><e:Mast><e:name>Grandmast</e:name></e:Mast></e:part>
    <e:part rdf:parseType="Resource"><e:name>Foremast</e:name></e:part>
  </e:Boat>
  <e:Boat rdf:nodeID="z"/>
</rdf:RDF>
"""
RDF12 = """VERSION "1.2"
PREFIX e: <http://e/>
e:a a e:Boat ; e:name "Ann" ~ e:r {| e:said [ a e:Boat ] |} .
<< e:a e:knows e:b >> a e:Boat ; e:name <<( e:a e:b "Bartholomew" )>> .
"""
REPORTS = ("text", "json", "sarif", "github", "junit", "turtle")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.ttl").write_text(SHAPES)
    (tmp_path / "r.ttl").write_text(SHAPES + RECURSIVE)
    return tmp_path


def places(report: str) -> list[tuple[int, int]]:
    found = [problem["place"] for problem in json.loads(report)["problems"]]
    return [(place["line"], place["column"]) for place in found]


def test_rdf_xml_has_lines(folder: Path) -> None:
    (folder / "d.rdf").write_text(XML)
    code, out, err = passex(folder, "validate", "d.rdf", "--shapes", "s.ttl", "--report", "json")
    assert (code, err) == (1, "")
    assert places(out) == [(5, 5), (6, 21), (7, 38), (9, 3)]


JSON = """{"@context": {"@vocab": "http://e/", "title": "http://e/name"}, "@graph": [
  {"@id": "http://e/a", "@type": "Boat", "title": ["Ann", "Bartholomew"],
    "part": {"@type": "Mast", "title": {"@value": "Grandmast", "@language": "en"}}},
  {
    "@type": "Boat"
  }
]}
"""


@pytest.mark.parametrize("shapes", ["s.ttl", "s.jsonld"])
@pytest.mark.parametrize("engine", get_args(EngineName))
def test_json_ld_has_lines_in_every_report(folder: Path, engine: EngineName, shapes: str) -> None:
    (folder / "d.jsonld").write_text(JSON)
    graph = rdflib.Graph().parse(folder / "s.ttl")
    graph.serialize(folder / "s.jsonld", format="json-ld", encoding="utf-8")
    found = validate(folder / "d.jsonld", folder / shapes, engine=engine)
    assert places(found.write("json")) == [(2, 59), (3, 40), (4, 3)]
    file = (folder / "d.jsonld").as_posix()
    for line, column in ((2, 59), (3, 40), (4, 3)):
        assert f"{file}:{line}:{column}: violation[" in found.write("text")
        assert f"{file}:{line}:{column}: violation[" in found.write("junit")
        assert f"line={line}," in found.write("github")
        assert f'"startLine": {line}, "startColumn": {column}, ' in found.write("sarif")


def test_faults_of_shapes_in_json_ld_have_lines(folder: Path) -> None:
    (folder / "s.jsonld").write_text(
        '{"@context": {"@vocab": "http://www.w3.org/ns/shacl#"},\n'
        ' "@id": "http://e/S", "@type": "NodeShape", "targetClass": {"@id": "http://e/Boat"},\n'
        ' "property": {"path": {"@id": "http://e/name"},\n'
        '   "minCuont": 1}}\n'
    )
    (folder / "d.jsonld").write_text(JSON)
    found = validate(folder / "d.jsonld", folder / "s.jsonld")
    assert [(p.rule, p.place and (p.place.line, p.place.column)) for p in found] == [
        ("unknown-shacl-term", (4, 4))
    ]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("shapes", ["s.ttl", "r.ttl"])
def test_rdf_1_2_keeps_its_places(engine: str, shapes: str, folder: Path) -> None:
    (folder / "d.ttl").write_text(RDF12)
    code, out, err = passex(
        folder, "validate", "d.ttl", "--shapes", shapes, "--engine", engine, "--report", "json",
        "--level", "shapes=off",
    )  # fmt: skip
    by_pyshacl = (engine, shapes) != ("fast", "s.ttl")
    note = "passex: pySHACL cannot hold 3 triples of RDF 1.2: the shapes that it applied don't see"
    assert (code, err) == (1, f"{note} them\n" if by_pyshacl else "")
    annotated, stated = RDF12.splitlines()[2:]
    # Whoever sees no triple as a name finds that one is missing.
    other = "e:name" if by_pyshacl else "<<("
    assert places(out) == [(3, annotated.index("[") + 1), (4, stated.index(other) + 1)]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_no_report_fails_on_rdf_1_2(report: str, engine: str, folder: Path) -> None:
    (folder / "d.ttl").write_text(RDF12)
    code, out, err = passex(
        folder, "validate", "d.ttl", "--shapes", "s.ttl", "--engine", engine, "--report", report
    )
    assert code == 1
    assert "Traceback" not in err
    assert "no-file" not in out


def test_what_json_ld_cannot_hold_is_said(folder: Path) -> None:
    text = RDF12.replace("e:Boat", "<https://w3id.org/passex/ontology#Place>")
    (folder / "d.ttl").write_text(text)
    code, out, err = passex(folder, "export", "jsonld", "--what", "graph", "--data", "d.ttl")
    said = "passex: JSON-LD cannot hold a triple within a triple; export turtle or ntriples\n"
    assert (code, err) == (2, said)
    (folder / "d.ttl").write_text(
        "<https://w3id.org/passex/id/a> a <https://w3id.org/passex/ontology#Place> ;"
        ' <http://www.w3.org/2000/01/rdf-schema#comment> "x"@ar--rtl .'
    )
    code, out, err = passex(folder, "export", "jsonld", "--what", "graph", "--data", "d.ttl")
    [node] = [n for n in json.loads(out)["@graph"] if "comment" in n]
    assert node["comment"] == {"@value": "x", "@language": "ar", "@direction": "rtl"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
@pytest.mark.parametrize("report", ["sarif", "github", "json"])
def test_columns_count_from_1(encoding: str, report: str, folder: Path) -> None:
    text = '@prefix e: <http://e/> .\ne:a a e:Boat ; e:name "Zürich" .\n'
    (folder / "d.ttl").write_bytes(text.encode(encoding))
    code, out, err = passex(folder, "validate", "d.ttl", "--shapes", "s.ttl", "--report", report)
    assert (code, err) == (2, "")
    line, column = (2, 25) if encoding == "latin-1" else (1, 1)
    wanted = {
        "sarif": f'"region": {{"startLine": {line}, "startColumn": {column}, ',
        "github": f"line={line},col={column},endLine={line},endColumn={column + 1},",
        "json": f'"column": {column}',
    }
    assert wanted[report] in out


def test_a_number_that_the_store_would_rewrite_beside_a_triple_as_a_term(folder: Path) -> None:
    (folder / "d.ttl").write_text(
        "PREFIX e: <http://e/>\ne:a a e:Boat ; e:n 05 .\ne:q e:says <<( e:a e:n 5 )>> .\n"
    )
    (folder / "n.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .\n"
        "e:S a sh:NodeShape ; sh:targetClass e:Boat ; sh:sparql [ sh:select"
        ' "SELECT $this ?value { $this <http://e/n> ?value FILTER(?value > 3) }" ] .\n'
    )
    code, out, err = passex(folder, "validate", "d.ttl", "--shapes", "n.ttl", "--report", "json")
    assert err.startswith("passex: pySHACL cannot hold 1 triple of RDF 1.2: ")
    assert (code, places(out)) == (1, [(2, 20)])
