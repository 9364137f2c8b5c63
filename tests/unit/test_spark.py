"""A network of files that a cluster reads is that of the same files read here."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spark_servers import sail
from thorough import examples

import passex
from passex.cli import cli
from passex.graph import dataset
from passex.graph.terms import LEVELS, NAMED
from passex.graph.version import __version__
from passex.network import projection
from passex.network.policy import Policy

from .clusters import EVERY, compare, refused, written
from .worlds import STORY, lines, turtle

pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")

from passex.spark import collecting, grouping, locations, projecting, session

DATA: Final = Path(__file__).resolve().parents[1] / "data"
#: Georgia had a navy until 2009, and a coast guard since; each is named by one exercise or none.
GEORGIA: Final = """
@prefix nr: <https://w3id.org/passex/ontology#> . @prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <https://example.org/> .
:e a nr:Exercise ; rdfs:label "Sea"@en ; nr:hasDomain nrc:naval ;
    nr:hasParticipant id:georgia, id:turkey, id:soviet-union ;
    nr:earliest "{day}"^^xsd:date ; nr:latest "{day}"^^xsd:date .
:f a nr:Exercise ; nr:hasDomain nrc:air ; nr:hasParticipant id:georgia, id:romania .
[] a nr:Exercise ; rdfs:label "<b>&\\u202eodd" ; nr:hasDomain nrc:naval ;
    nr:hasParticipant id:turkey, _:x .
_:x a nr:Ship ; rdfs:label "Ship" .
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with sail() as (url, _):
        yield url


@pytest.mark.parametrize("name", ["bundled", "azure", "story", "table"])
def test_networks_are_those_of_one_machine(
    cluster: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "SIZE", 4)
    if name == "table":  # two sources, of which one is a table with the faults of real ones
        CliRunner().invoke(
            cli,
            [
                *("import", "mme", str(DATA / "tables" / "nasty.csv"), "--format", "ntriples"),
                *("-o", str(tmp_path)),
            ],
        )
        data = [str(tmp_path / "mme.nt"), written(tmp_path / "b.nt", *bundled())]
    else:
        texts = {"bundled": bundled(), "azure": [(DATA / "azure.ttl").read_bytes()]}
        data = [written(tmp_path / "facts.nt.gz", *texts.get(name, [STORY]))]
    levels = (*LEVELS, NAMED)
    policies = [Policy(level, EVERY) for level in levels] + [Policy("state", basis="stated")]
    compare(cluster, data, policies)


#: Two tables tell of exercises that are near each other in time, and may be one by where they were.
TABLES: Final = """
@prefix nr: <https://w3id.org/passex/ontology#> . @prefix id: <https://w3id.org/passex/id/> .
@prefix nrc: <https://w3id.org/passex/concept/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix : <https://example.org/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
:one a dcat:Dataset ; rdfs:label "One"@en ; nr:sha256 "1" .
:other a dcat:Dataset ; rdfs:label "Other"@en ; nr:sha256 "2" .
:quay a nr:Place ; rdfs:label "Quay"@en ; geo:lat 10.5 ; geo:long 20.25 .
:mole a nr:Place ; rdfs:label "Old Mole"@en ; geo:lat 10.6 ; geo:long 20.25 .
:a a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant id:japan, id:india ;
    nr:hasPlace :quay ; nr:earliest "2001-03-04"^^xsd:date ; nr:latest "2001-03-09"^^xsd:date .
:b a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant id:japan, id:france, id:oman ;
    nr:hasPlace :mole ; nr:earliest "2001-03-05"^^xsd:date ; nr:latest "2001-03-07"^^xsd:date .
:p nr:about :a ; nr:onProperty nr:hasParticipant ; nr:hasValue id:india ; nr:hasEvidence :x .
:q nr:about :b ; nr:onProperty nr:hasParticipant ; nr:hasValue id:oman ; nr:hasEvidence :y .
:x oa:hasSource :one ; oa:exact "1" . :y oa:hasSource :other ; oa:exact "1" .
"""


def test_exercises_of_two_tables_that_may_be_one(cluster: str, tmp_path: Path) -> None:
    data = [written(tmp_path / "facts.nt", TABLES)]
    policy = Policy("state", EVERY)
    compare(cluster, data, [policy])
    [note, _] = projecting.build(cluster, data, policy, print).notes
    assert note.startswith("1 pair of exercises of different sources may be one exercise, ")


def bundled() -> list[bytes]:
    return [path.read_bytes() for path in dataset.bundled_facts()]


@pytest.mark.parametrize("day", ["2001-01-01", "2015-01-01"])
def test_the_services_of_a_state_are_those_of_the_day(
    cluster: str, day: str, tmp_path: Path
) -> None:
    data = [written(tmp_path / "facts.nt", GEORGIA.format(day=day))]
    there = collecting.open_store(cluster, data, print)
    names = {node.label for node in projection.build(there, Policy()).nodes}
    navy = "Georgian Navy" if day < "2009" else "Coast Guard of Georgia"
    # Where both were there at some time, and it is not said when, nobody knows which it was.
    assert navy in names
    here = passex.load(*data).store
    for level in ("state", "service", "unit"):
        ties = [
            [(t.source.label, t.target.label, t.count, t.weight) for t in built.ties]
            for built in (projection.build(s, Policy(level)) for s in (there, here))
        ]
        assert ties[0] == ties[1]


@settings(
    max_examples=examples(2),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
@given(st.lists(lines(proved=True), min_size=12, max_size=12), st.sampled_from([2, 3, 300]))
def test_any_graphs(
    cluster: str, tmp_path_factory: pytest.TempPathFactory, drawn: list[list[str]], size: int
) -> None:
    # Many graphs in one, since a job takes seconds however small it is.
    texts = [
        turtle(graph).replace("https://example.org/", f"https://example.org/{number}/")
        for number, graph in enumerate(drawn)
    ]
    data = [written(tmp_path_factory.mktemp("any") / "facts.nt", *texts)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grouping, "SIZE", size)
        levels = (*LEVELS, NAMED)
        policies = [Policy(level, EVERY, "all") for level in levels]
        compare(cluster, data, [*policies, Policy("service", EVERY, "all", basis="stated")])


def test_what_is_written_is_the_same_to_the_byte(cluster: str, tmp_path: Path) -> None:
    data = ["--data", written(tmp_path / "facts.nt", *bundled())]
    there = ["--engine", "spark", "--spark", cluster]
    run = CliRunner().invoke
    for command in (
        ["network", "--format", "json", "--measure", "all"],
        ["network", "--level", "state", "--by", "year"],
        ["network", "--brief", "--include", "held,planned"],
        ["export", "gexf", "--what", "two-mode"],
        ["export", "html", "--level", "state"],
        ["export", "annotations", "--what", "network"],
        ["export", "md"],
    ):
        results = [run(cli, [*command, *data, *engine]) for engine in ([], there)]
        assert results[0].exit_code == 0
        assert results[0].stdout_bytes
        assert (results[1].stdout_bytes == results[0].stdout_bytes) is True, command
        assert results[1].stderr == results[0].stderr


def test_there_are_no_more_parts_than_buckets(cluster: str, tmp_path: Path) -> None:
    data = [written(tmp_path / "facts.nt", STORY)]
    with (
        session.connect(cluster) as spark,
        grouping.Grouping(spark, locations.find(spark, data), size=2) as grouped,
    ):
        # Seven exercises and plans of some, and no other event.
        assert (grouped.structure.number, grouped.structure.others) == (7, 0)
        assert spark.conf.get("spark.sql.shuffle.partitions") == "5"


def test_what_is_wrong_with_files(cluster: str, tmp_path: Path) -> None:
    there = ["network", "--brief", "--engine", "spark", "--spark", cluster, "--data"]
    missing = str(tmp_path / "missing.nt")
    assert refused(*there, missing) == f"{missing}: no such file; check the path"
    facts = Path(written(tmp_path / "facts.nt", *bundled()))
    for name in ("broken.nt", "broken.nq.gz"):
        broken = tmp_path / name
        own = facts.read_bytes().splitlines(keepends=True)
        text = b"".join([*own * 6, b"\n", b"# a comment\n", b"<a:b> <a:c> nothing .\n", *own])
        broken.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
        form = "N-Quads" if "nq" in name else "N-Triples"
        said = refused(*there, str(facts), "--data", str(broken))
        place = f"file://{broken}:{6 * len(own) + 3}:13"
        assert said.startswith(f"{place}: not {form}: ")
        assert said.endswith("; correct the file there")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(locations, "_WHOLE", 100)
        said = refused(*there, str(facts), "--data", str(tmp_path / "broken.nt"))
    place = f"file://{tmp_path}/broken.nt"
    line = "<a:b> <a:c> nothing ."
    assert said == f"{place}: a line that doesn't parse: {line}; correct the file"
    broken = tmp_path / "small.nt"
    broken.write_text("<a:b> <a:c> <a:d> .\n\n<a:b> .\n")
    assert refused(*there, str(broken)).startswith(f"file://{broken}:3:7: not N-Triples: ")
    (tmp_path / "facts.ttl").write_text("")
    said = refused(*there, str(tmp_path / "facts.ttl"))
    assert "neither N-Triples, N-Quads nor Parquet by its name; convert it" in said
    foreign = tmp_path / "foreign.nt"
    foreign.write_text("<a:b> <a:c> <a:d> .\n")
    assert "no node of a class of the Passex ontology" in refused(*there, str(foreign))
    # Derived triples in the data are left out, and said to be.
    asserted = tmp_path / "asserted.nt"
    tie = "<a:b> <https://w3id.org/passex/ontology#trainedWith> <a:d> .\n"
    asserted.write_text(tie + facts.read_text())
    result = CliRunner().invoke(cli, [*there, str(asserted)])
    assert result.exit_code == 0
    assert result.stderr.startswith("passex: 1 triple of derived properties in the data ignored")


def test_what_is_wrong_with_options(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "facts.nt")]
    engine = ["--engine", "spark"]
    there = [*engine, "--spark", "sc://127.0.0.1:1"]
    for arguments, said in (
        (["network", *there, *data], "no Spark Connect server at sc://127.0.0.1:1 (connection "),
        (["network", *engine, *data], "--engine spark needs a cluster; name it with --spark"),
        (["network", *engine, "--spark", "http://a"], "'http://a' is no URL of Spark Connect"),
        (["network", "--spark", "sc://a"], "--spark changes nothing with --engine local"),
        (["network", *there, "--as-of", "2018-01-01"], "--as-of is not for a graph on a cluster"),
        (["network", *there, "--data", "-"], "--data - is here, and not on a cluster"),
        (["export", "turtle", "--what", "graph", *there], "--what graph is no network"),
    ):
        assert refused(*arguments).startswith(said)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("sys.modules['passex'] = None", "executors of the cluster have no passex"),
        (
            "m = sys.modules['passex.graph.version'] = types.ModuleType('m'); m.__version__ = '9'",
            f"executors of the cluster have passex 9, and here it is {__version__}",
        ),
    ],
)
def test_executors_have_the_same_passex(
    before: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = written(tmp_path / "facts.nt", STORY)
    with sail(before) as (url, _):
        command = ["network", "--engine", "spark", "--spark", url, "--data", facts]
        sentence = f"{said}; install passex {__version__} in their Python"
        assert refused(*command) == sentence
        # Executors that weren't there at the start look for it before they work.
        monkeypatch.setattr(session, "_check", lambda _: None)
        assert refused(*command) == sentence


def test_a_cluster_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    # In the midst of a job: what executors do first there is to end their process.
    before = "import os; from passex.spark import lines; lines.split = lambda *_: os._exit(9)"
    facts = written(tmp_path / "facts.nt", STORY)
    with sail(before) as (url, process):
        output = tmp_path / "out.gexf"
        command = ["export", "-o", str(output), "--engine", "spark", "--spark", url]
        said = refused(*command, "--data", facts)
        assert process.wait(10) == 9
    assert said.startswith(f"the cluster at {url} ")
    assert not output.exists()
    assert "Traceback" not in said


def test_a_fault_on_an_executor_is_one_sentence(tmp_path: Path) -> None:
    before = "from passex.spark import executor; executor.counts = lambda *_: 1 / 0"
    facts = written(tmp_path / "facts.nt", STORY)
    with sail(before) as (url, _):
        said = refused("network", "--brief", "--engine", "spark", "--spark", url, "--data", facts)
    assert said == f"the cluster at {url} says: ZeroDivisionError: division by zero"
