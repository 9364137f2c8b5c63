"""Problems of files that a cluster judges are those that are found here, at the same places."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spark_servers import sail
from thorough import examples

from passex.cli import cli
from passex.graph import dataset
from passex.graph.terms import DCTERMS, NR, OWL, RDF, RDFS
from passex.reports import FORMATS, Options, write
from passex.validation.request import Request
from passex.validation.results import Problem, Report, Severity
from passex.validation.run import validate

from .worlds import STORY, lines, turtle

pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")

from passex.spark import extracts, locations, session, validating

DATA: Final = Path(__file__).resolve().parents[1] / "data"
#: What is put into the bundled graph: each fault is found, and by what other statements.
FAULTS: Final = """
@prefix nr: <https://w3id.org/passex/ontology#> . @prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix : <https://example.org/> .
# Of an exercise alone; with an undeclared property, class, term and concept.
:a a nr:Exercise ; rdfs:label "A"@en, "B"@en ; nr:hasStatus nrc:planned ; nr:hasPartcipant id:x .
:b a nr:Exercse, nr:Exercise ; nr:hasKind nrc:nonsense ; nr:hasParticipant nr:nothing, id:japan .
# Hostile labels, and a value that the store would rewrite.
:c a nr:Exercise ; rdfs:label "<b>\\u202e\\u0007" ; nr:earliest "2018-08-21Z"^^xsd:date, 07 .
# Two that lead to each other, over what is no exercise, and a claim about both.
:d a nr:Exercise ; nr:follows :e . :e a nr:Meeting ; nr:produced :f . :f a nr:Plan .
:claim nr:about :a, :d ; nr:onProperty nr:follows ; nr:hasValue :f ; nr:hasEvidence :quote .
:other nr:about :b ; nr:onProperty nr:hasKind ; nr:hasValue nrc:drill ; nr:hasEvidence :quote .
# A series that only a claim about an exercise names, and one that none does.
:series a nr:Series ; rdfs:label "Series"@en . :lost a nr:Series ; rdfs:label "Lost"@en .
:of nr:about :a ; nr:onProperty nr:inSeries ; nr:hasValue :series ; nr:hasEvidence :row .
# An exercise that is called like an actor, and is one; blank nodes; a contingent that is none.
:g a nr:Exercise, nr:Ship ; rdfs:label "Series"@en, "JS Kaga"@en .
[] a nr:Exercise ; nr:hasParticipant [ a nr:Ship ] . :unknown nr:inContingent :a .
# What only rules may say, a plan that is an event, a day that is another, one thing twice.
:h a nr:Exercise, nr:ExercisePlan ; nr:involves id:japan ; nr:weekday "Monday" ;
    nr:earliest "2018-08-21"^^xsd:date ; nr:latest "2018-08-21"^^xsd:date ; owl:sameAs :a ;
    owl:differentFrom :a . :ship a nr:Ship ; rdfs:label "One"@en . :ships a nr:Ship ;
    rdfs:label "ONE"@en ; nr:trainedWith :ship . nr:h a nr:Exercise .
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with sail() as (url, _):
        yield url


def triples(*texts: bytes | str) -> list[str]:
    """Write Turtle as lines of N-Triples."""
    found: list[str] = []
    for number, text in enumerate(texts):
        base = f"https://example.org/{number}"
        found += [f"{q.triple} .\n" for q in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)]
    return found


def written(path: Path, found: Sequence[str]) -> str:
    text = "".join(found).encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return str(path)


def said(problem: Problem) -> Problem:
    """Leave out where the edits of a cure are, counted from the beginning of what was read."""
    if problem.cure is None:
        return problem
    edits = tuple(
        replace(one, edit=replace(one.edit, start=0, end=one.edit.end - one.edit.start))
        for one in problem.cure.replacements
    )
    return replace(problem, cure=replace(problem.cure, replacements=edits))


def compare(
    cluster: str, data: Sequence[str], request: Request | None = None, size: int = 1000
) -> tuple[Report, Report]:
    """Compare what is found there with what is found here, word for word and number for number."""
    request = request or Request()
    here = validate(replace(request, paths=tuple(data))).report
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(validating, "SIZE", size)
        there = validating.validate(cluster, data, request).report
    assert [*map(said, there.problems)] == [*map(said, here.problems)]
    for name in ("files", "triples", "focus_nodes", "shapes", "results", "notes", "well_formed"):
        assert getattr(there, name) == getattr(here, name), name
    assert {*there.rules} == {*here.rules}
    return there, here


def bundled() -> list[bytes]:
    return [path.read_bytes() for path in dataset.bundled_facts()]


def test_problems_are_those_of_one_machine(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = triples(*bundled(), FAULTS)
    # In two files, of which one is packed, and each begins with what is no statement.
    written(tmp_path / "a.nt", ["# one\n", "\n", *facts[::2]])
    written(tmp_path / "b.nq.gz", [" \t\n", *facts[1::2], facts[0]])
    monkeypatch.chdir(tmp_path)
    report, here = compare(cluster, ["a.nt", "b.nq.gz"], size=10)
    assert len({problem.rule for problem in report.problems}) == 28
    places = [problem.place for problem in report.problems]
    assert {place.file for place in places if place} == {"a.nt", "b.nq.gz"}
    assert all(place and place.line for place in places)
    # As people, editors and machines get it.
    options = Options(str(tmp_path), False, Severity.VIOLATION)
    for name in FORMATS:
        one, other = ("".join(write(name, each, options)) for each in (here, report))
        assert one == other, name


def test_the_fictional_graph(cluster: str, tmp_path: Path) -> None:
    text = (DATA / "azure.ttl").read_bytes()
    for facts in (triples(text), triples(STORY)):
        report, _ = compare(cluster, [written(tmp_path / "facts.nt", facts)])
        assert report.problems


_TERMS: Final = (
    *(NR[name] for name in ("hasParticipant", "realisedBy", "about", "hasValue", "hasEvidence")),
    *(NR[name] for name in ("inContingent", "hasStatus", "latest", "hasSeries", "involves")),
    *(RDF.type, RDFS.label, DCTERMS.isPartOf, OWL.sameAs, OWL.differentFrom),
)
_fault = st.tuples(
    st.sampled_from(["without", "by", "to", "more"]),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.sampled_from(_TERMS),
)


def spoilt(facts: list[str], faults: list[tuple[str, int, int, str]]) -> list[str]:
    """Take statements out, or change one end of them for that of another statement."""
    rows = [line.rstrip(" .\n").split(" ", 2) for line in facts]
    for kind, one, other, term in faults:
        row, values = rows[one % len(rows)], rows[other % len(rows)]
        if kind == "without":
            rows.remove(row)
        elif kind == "by":
            row[1] = f"<{term}>"
        elif kind == "to":
            row[2] = values[0] if other % 2 else values[2]
        else:
            rows.append([row[0], f"<{term}>", values[0] if other % 2 else values[2]])
    return [" ".join(row) + " .\n" for row in rows]


@settings(
    max_examples=examples(2),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
@given(
    st.lists(lines(proved=True), min_size=4, max_size=4),
    st.lists(_fault, min_size=20, max_size=20),
    st.sampled_from([5, 20]),
)
def test_any_graphs(
    cluster: str,
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[list[str]],
    faults: list[tuple[str, int, int, str]],
    size: int,
) -> None:
    texts = [
        turtle(graph).replace("https://example.org/", f"https://example.org/{number}/")
        for number, graph in enumerate(drawn)
    ]
    facts = spoilt(triples(*texts), faults)
    compare(cluster, [written(tmp_path_factory.mktemp("any") / "facts.nt", facts)], size=size)


#: Shapes of somebody else's: what can be told of an exercise alone, and what cannot.
SHAPES: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix nr: <https://w3id.org/passex/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <https://example.org/shape/> .
:Own a sh:PropertyShape ; sh:targetClass nr:Exercise ; sh:path nr:hasStatus ; sh:minCount 1 .
:Named a sh:PropertyShape ; sh:targetObjectsOf nr:hasParticipant ; sh:path rdfs:label ;
    sh:minCount 1 .
:Busy a sh:PropertyShape ; sh:targetClass nr:Ship ; sh:path [ sh:inversePath nr:hasParticipant ] ;
    sh:minCount 1 ; sh:maxCount 2 .
:Idle a sh:PropertyShape ; sh:targetClass nr:Navy ; sh:path [ sh:inversePath nr:hasParticipant ] ;
    sh:minCount 1 .
:Rare a sh:NodeShape ; sh:targetClass nr:Exercise ; sh:sparql [ sh:select '''
    SELECT $this WHERE { { SELECT $this (COUNT(?o) AS ?n) WHERE { $this ?p ?o } GROUP BY $this }
    FILTER(?n > 99) }''' ] .
"""


def test_shapes_that_need_more_than_an_exercise(cluster: str, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    facts = written(tmp_path / "facts.nt", triples(STORY))
    command = ["validate", "--shapes", str(shapes), "--ontology", "bundled", "--data", facts]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("passex.spark.judging.MOST", 1)
        patched.setattr(validating, "SIZE", 2)
        there = [*command, "--engine", "spark", "--spark", cluster, "--report", "json"]
        result = CliRunner().invoke(cli, there)
    assert result.exit_code == 2
    assert "This shape was not applied: It has a query with SUBSELECT." in result.stdout
    assert "It looks back along nr:hasParticipant at" in result.stdout
    assert "without --engine spark" in result.stdout
    # Without these, all is as it is here: of a navy one exercise that names it is enough.
    shapes.write_text(SHAPES.partition(":Rare")[0])
    request = Request(shapes=(str(shapes),), ontology=("bundled",))
    report, _ = compare(cluster, [facts], request, size=5)
    assert {problem.rule.rpartition("/")[2] for problem in report.problems} >= {"Own", "Named"}


def test_files_that_only_the_cluster_reads(cluster: str, tmp_path: Path) -> None:
    facts = triples(*bundled())
    path = Path(written(tmp_path / "facts.nt.gz", ["# one\n", *facts]))
    keys = extracts.keys_of(line.partition(" ")[0] for line in facts[::40])
    with session.connect(cluster) as spark:
        [url] = locations.find(spark, [str(path)])
        there = extracts.elsewhere(spark, url, keys)
    here = extracts.of_file(path, keys)
    assert there == here
    lines = here.decode().split("\n")
    assert {number for number, line in enumerate(lines) if line} == {
        number for number, line in enumerate(facts, 1) if line.partition(" ")[0].encode() in keys
    }
    assert all(lines[n] == facts[n - 1].rstrip("\n") for n in range(len(lines)) if lines[n])


def test_what_is_wrong_with_options() -> None:
    there = ["validate", "--engine", "spark", "--spark", "sc://127.0.0.1:1"]
    for arguments, said in (
        ([*there, "a.nt"], "no Spark Connect server at sc://127.0.0.1:1 (connection refused)"),
        (["validate", "--engine", "spark", "a.nt"], "--engine spark needs a cluster; name it"),
        (["validate", "--spark", "sc://a", "a.nt"], "--spark changes nothing with --engine fast"),
        ([*there, "-"], "standard input is here, and not on a cluster; name a file"),
        *(
            ([*there, option, *value], f"{option} is not for a graph on a cluster; leave it out")
            for option, *value in (
                ("--fix",),
                ("--diff",),
                ("--watch",),
                ("--tracked",),
                ("--texts", "."),
                ("--endpoint", "http://a"),
                ("--input-format", "nt"),
                ("--imports",),
                ("--jobs", "2"),
                ("--timeout", "2"),
                ("--reason",),
                ("--coverage",),
            )
        ),
    ):
        result = CliRunner().invoke(cli, arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        [line] = result.stderr.splitlines()
        assert line.removeprefix("passex: ").startswith(said)
