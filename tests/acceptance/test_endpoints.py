"""Real servers: what is pushed gives the same answers, to the byte, as the files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from servers import Server

import passex
from passex.cli import cli
from passex.errors import EndpointError
from passex.graph import dataset
from passex.graph.terms import GRAPH, NR, RDF, RDFS
from passex.query.remote import opening, pushing
from passex.query.solutions import Solutions
from passex.questions import catalogue

DATA = Path(__file__).resolve().parents[1] / "data"
#: Two graphs that are smaller than the bundled one: what is sent takes a server most of its time.
AZURE = ("--data", str(DATA / "azure.ttl"))
STORY = tuple(f"--data={DATA / 'story' / name}.ttl" for name in ("actors", "2031-quiet-water"))
#: A value for each type of parameter.
VALUES = {
    "nr:Actor": "Japan",
    "nr:Event": "id:passex-2018-08",
    "nr:Exercise nr:ExercisePlan": "id:passex-2018-08",
    "nr:Person": "Sanae Takaichi",
    "nr:Place": "Nara",
    "nr:Place nr:State nr:Ship": "Nara",
    "owl:Thing": "id:passex-2018-08",
    "nrc:scheme-exercise-kind": "nrc:air-exercise",
    "xsd:date": "2026-01-31",
    "xsd:integer": "2018",
}
COMMANDS = [
    ("stats",),
    ("stats", "--format", "json"),
    ("network",),
    ("network", "--level", "state", "--include", "held,under-way,planned", "--format", "json"),
    ("network", "--level", "unit", "--domain", "all", "--communities"),
    ("network", "--since", "2017", "--until", "2018", "--format", "csv"),
    ("why", "Japan", "South Korea"),
    ("why", "JMSDF", "Navy of South Korea", "--format", "jsonl"),
    ("why", "Japan", "Canada"),
    ("why", "id:passex-2018-08", "--format", "json"),
    ("show", "JS Kashima"),
    ("show", "Japan", "--format", "markdown"),
    ("show", "nosuch"),
    ("ask", "partners", "Japan"),
    ("ask", "partners", "Atlantis"),
]


@cache
def size(*files: str) -> int:
    """How many triples a graph has, with those that are derived; by default the bundled one."""
    return len(passex.load(*files).store)


@pytest.fixture(autouse=True)
def own(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli, arguments, prog_name="passex")


@cache
def local(*arguments: str) -> tuple[int, str, str]:
    found = run(*arguments)
    return found.exit_code, found.stdout, found.stderr


def push(server: Server, graph: str, *arguments: str) -> str:
    """Push a graph, and give the URL at which it is then."""
    done = run("push", "--endpoint", server.url, "--graph", graph, *arguments)
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    return f"{server.url}?default-graph-uri={graph}"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_as_on_files(pushed: str, command: tuple[str, ...]) -> None:
    found = run(*command, "--endpoint", pushed)
    assert (found.exit_code, found.stdout, found.stderr) == local(*command)


@pytest.mark.parametrize("question", catalogue.questions())
def test_every_question_answers_as_on_files(pushed: str, question: str) -> None:
    given = [VALUES[p.type] for p in catalogue.find(question).parameters]
    command = ("ask", question, *given, "--format", "json")
    found = run(*command, "--endpoint", pushed)
    assert (found.exit_code, found.stdout, found.stderr) == local(*command)
    assert found.exit_code == 0


def test_without_the_cache_it_is_the_same(pushed: str) -> None:
    found = run("network", "--format", "json", "--no-cache", "--endpoint", pushed)
    assert (found.exit_code, found.stdout, found.stderr) == local("network", "--format", "json")


def test_the_library_answers_the_same(pushed: str) -> None:
    here, there = passex.load(), passex.connect(pushed)
    assert there.stats() == here.stats()
    assert there.ties().table().rows == here.ties().table().rows
    assert there.ask("partners", "Japan").rows == here.ask("partners", "Japan").rows
    assert there.why("Japan", "Russia") == here.why("Japan", "Russia")
    assert there.show("Nara") == here.show("Nara")
    query = "SELECT ?s ?o { ?s nr:hasParticipant ?o } ORDER BY ?s ?o"
    found = [kg.query(query) for kg in (here, there)]
    assert isinstance(found[0], Solutions)
    assert isinstance(found[1], Solutions)
    assert list(map(tuple, found[0])) == list(map(tuple, found[1]))
    assert found[0].records() == found[1].records()


def test_every_triple_is_there_in_any_engine(server: Server, pushed: str) -> None:
    from passex.query.remote import fetching
    from passex.query.remote.client import Client

    with Client(server.url) as client:
        found = fetching.triples(client, GRAPH)
    store = passex.load().store.engine
    named = {
        str(t)
        for t in (q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        if "_:" not in str(t)
    }
    assert named <= {str(quad.triple) for quad in found}
    assert len(found) == size()


def test_pushed_again_nothing_is_sent(pushed: str) -> None:
    done = run("push", "--endpoint", pushed)
    expected = f"passex: {size()} triples are there already, nothing was sent\n"
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", expected)


def test_another_graph_takes_the_place_of_the_first(server: Server) -> None:
    for data in (STORY, AZURE):
        url = push(server, "urn:replaced", *data)
        assert run("stats", "--endpoint", url).stdout == local("stats", *data)[1]


def test_a_server_without_updates_gets_each_graph_whole(server: Server) -> None:
    for arguments in (AZURE, STORY):
        url = push(server, "urn:put", "--graph-store", server.graphs, *arguments)
        found = run("stats", "--no-cache", "--endpoint", url)
        assert (found.stdout, found.stderr) == local("stats", *arguments)[1:]


@pytest.mark.parametrize("step", ["put", "compare"])
def test_a_push_that_is_killed_leaves_the_old_graph(
    server: Server, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    url = push(server, "urn:killed", *AZURE)
    with monkeypatch.context() as patch:
        patch.setattr(pushing, "BATCH", 1000)
        whole = getattr(pushing._Sender, step)

        def killed(self: pushing._Sender, *arguments: object) -> None:
            whole(self, *arguments)
            raise KeyboardInterrupt

        patch.setattr(pushing._Sender, step, killed)
        other = run("push", "--endpoint", server.url, "--graph", "urn:killed", *STORY)
        assert other.exit_code != 0
    found = run("stats", "--no-cache", "--endpoint", url)
    assert (found.stdout, found.stderr) == local("stats", *AZURE)[1:]
    push(server, "urn:killed", *STORY)
    assert run("stats", "--endpoint", url).stdout == local("stats", *STORY)[1]


def test_more_triples_than_the_server_gives_at_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 10,000 is where Virtuoso cuts; so much that it has to be asked in pages.
    monkeypatch.setattr(pushing, "BATCH", 5000)
    facts = tmp_path / "many.ttl"
    ship = '<urn:ship:{0}> a <{1}Ship> ; <{2}> "Ship {0}"@en .\n'
    named = NR, RDFS.label
    facts.write_text("".join(ship.format(n, *named) for n in range(11_000)))
    url = push(server, "urn:many", "--data", str(facts))
    command = ("stats", "--no-cache")
    found = run(*command, "--endpoint", url)
    assert (found.exit_code, found.stdout, found.stderr) == local(*command, "--data", str(facts))


def test_a_graph_that_others_changed_is_derived_anew(server: Server) -> None:
    url = push(server, "urn:changed", *AZURE)
    triples = size(AZURE[1])
    more = f'<urn:ship> a <{NR}Ship> ; <{RDFS.label}> "JS Nowhere"@en .'
    server.put("urn:changed", more.encode(), "POST")
    found = run("show", "JS Nowhere", "--endpoint", url)
    assert found.exit_code == 0
    assert found.stdout.startswith("JS Nowhere (Ship, <urn:ship>)\n")
    assert found.stderr.splitlines()[0] == (
        f"passex: {server.url}: <urn:changed> was changed since it was pushed "
        f"({triples} triples then, {triples + 2} now); its relations are derived anew"
    )
    again = run("network", "--endpoint", url)
    assert again.stdout == local("network", *AZURE)[1]


def test_what_was_filled_in_comes_back_as_no_fact(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ("export", "ntriples", "--what", "graph")
    facts = local(*export, *AZURE)[1].splitlines()
    url = push(server, "urn:filled", *AZURE)
    assert run(*export, "--no-cache", "--endpoint", url).stdout.splitlines() == facts
    more = f'<urn:ship> <{RDFS.label}> "JS Nowhere"@en .'
    server.put("urn:filled", f"<urn:ship> a <{NR}Ship> . {more}".encode(), "POST")
    expected = sorted([*facts, f"<urn:ship> <{RDF.type}> <{NR}Ship> .", more])
    assert sorted(run(*export, "--endpoint", url).stdout.splitlines()) == expected
    monkeypatch.setattr(opening, "_WHOLE", 500)
    assert sorted(run(*export, "--endpoint", url).stdout.splitlines()) == expected


def test_facts_alone_have_their_relations_derived_here(server: Server) -> None:
    facts = b"\n".join(path.read_bytes() for path in dataset.data_files())
    server.put("urn:facts", facts)
    url = f"{server.url}?default-graph-uri=urn:facts"
    for command in (("network",), ("why", "Japan", "South Korea"), ("ask", "partners", "Japan")):
        found = run(*command, "--endpoint", url)
        assert (found.exit_code, found.stdout) == local(*command)[:2]
        assert re.match(rf"passex: {re.escape(server.url)}: \d+ facts fetched ", found.stderr)
        assert "facts fetched and their relations derived here" in found.stderr


def test_of_a_graph_that_holds_much_else_only_ours_is_read(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_WHOLE", 500)
    facts = b"\n".join(path.read_bytes() for path in dataset.data_files())
    others = b"".join(
        b"<urn:%d> a <urn:Other> ; <http://xmlns.com/foaf/0.1/knows> <urn:%d> .\n" % (n, n + 1)
        for n in range(3000)
    )
    server.put("urn:mixed", facts)
    server.put("urn:mixed", others, "POST")
    url = f"{server.url}?default-graph-uri=urn:mixed"
    for command in (
        ("network", "--level", "unit"),
        ("why", "id:passex-2018-08"),
        ("ask", "partners", "Japan"),
        ("show", "JS Kashima"),
        ("stats",),
    ):
        found = run(*command, "--endpoint", url)
        here = local(*command)[1]
        # One place on a server, where there are files here; and who describes the data set is
        # described with no class of ours.
        if command == ("stats",):
            counted = r"(?m)^(triples|files) +\d+"
            here, found_out = (re.sub(counted, r"\1", t) for t in (here, found.stdout))
            assert found_out == here
        else:
            assert (found.exit_code, found.stdout) == (0, here)
    assert found.stderr == (
        f"passex: {server.url}: of more than 500 triples 3702 facts of our ontology fetched and "
        "their relations derived here; 'passex push' puts a graph on a server with them\n"
    )
    server.put("urn:others", others)
    found = run("network", "--endpoint", f"{server.url}?default-graph-uri=urn:others")
    assert (found.exit_code, found.stdout, found.stderr) == (
        2,
        "",
        f"passex: {server.url}: no node of a class of the Passex ontology in the graph "
        "<urn:others>; name another graph (URL?default-graph-uri=IRI), or ask with "
        "'passex query'\n",
    )


def test_what_is_no_graph_of_ours_says_so(server: Server) -> None:
    server.put("urn:other", b"<urn:a> <http://xmlns.com/foaf/0.1/knows> <urn:b> .")
    found = run("network", "--endpoint", f"{server.url}?default-graph-uri=urn:other")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert found.stderr.splitlines()[-1] == (
        f"passex: {server.url}: no node of a class of the Passex ontology; the vocabulary there: "
        "<http://xmlns.com/foaf/0.1/>; describe exercises and actors with classes of "
        f"<{NR}>"
    )
    found = run("network", "--endpoint", f"{server.url}?default-graph-uri=urn:nothing")
    assert (found.exit_code, found.stdout, found.stderr) == (
        2,
        "",
        f"passex: {server.url}: no triples in the graph <urn:nothing>; put a graph there with "
        "'passex push', or name one: URL?default-graph-uri=IRI\n",
    )


def test_an_ontology_alone_has_no_facts(server: Server) -> None:
    server.put("urn:ontology", dataset.ontology_files()[0].read_bytes())
    found = run("network", "--endpoint", f"{server.url}?default-graph-uri=urn:ontology")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.splitlines()[-1] == (
        f"passex: {server.url}: no facts in the graph <urn:ontology>; put a graph there with "
        "'passex push', or name one: URL?default-graph-uri=IRI"
    )


def test_a_wrong_password_is_not_shown(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if not server.environment:
        pytest.skip("this server lets everybody in")
    monkeypatch.setenv("PASSEX_PASSWORD", "sesame-open")
    done = run("push", "--endpoint", server.url, "--graph", "urn:locked")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "401" in done.stderr
    assert "the credentials that were sent are not the right ones" in done.stderr
    assert "sesame" not in done.stderr


def test_truth_and_numbers_come_back_as_they_are_here(server: Server, tmp_path: Path) -> None:
    facts = tmp_path / "plain.ttl"
    facts.write_text(
        f'<urn:ship> a <{NR}Ship> ; <{RDFS.label}> "JS Plain"@en-GB ; '
        "<urn:p> true, false, 007, 1.50, 2.5e0 ;"
        f' <urn:q> "{"long " * 5000}", "two\\nlines", "\U0001d11e" .',
        encoding="utf-8",
    )
    url = push(server, "urn:plain", "--data", str(facts))
    command = ("show", "JS Plain", "--format", "json")
    assert run(*command, "--endpoint", url).stdout == local(*command, "--data", str(facts))[1]


def test_a_server_that_rewrites_literals_is_found_out(server: Server, tmp_path: Path) -> None:
    facts = tmp_path / "odd.ttl"
    facts.write_text(
        f'<urn:ship> a <{NR}Ship> ; <{RDFS.label}> "JS Odd"@en ; '
        '<urn:lasted> "P1Y"^^<http://www.w3.org/2001/XMLSchema#duration> .'
    )
    done = run("push", "--endpoint", server.url, "--graph", "urn:odd", "--data", str(facts))
    if "sparql-graph-crud" in server.graphs:
        assert done.exit_code == 2
        assert done.stderr == (
            f"passex: {server.url}: gives the graph back without <urn:ship> <urn:lasted> "
            '"P1Y"^^<http://www.w3.org/2001/XMLSchema#duration>; the server rewrites literals, or '
            "another push runs\n"
        )
        with pytest.raises(EndpointError, match="no triples in the graph <urn:odd>"):
            passex.connect(f"{server.url}?default-graph-uri=urn:odd").stats()
    else:
        url = f"{server.url}?default-graph-uri=urn:odd"
        assert (
            run("show", "JS Odd", "--endpoint", url).stdout
            == local("show", "JS Odd", "--data", str(facts))[1]
        )


def test_what_is_on_a_server_is_validated(pushed: str, server: Server) -> None:
    good = run("validate", "--endpoint", pushed, "--fail-on", "warning")
    assert (good.exit_code, good.stderr) == (0, "")
    assert good.stdout == "No problems in 1 file " + good.stdout.partition(" in 1 file ")[2]
    url = push(server, "urn:invalid")
    more = f'<urn:x> a <{NR}Shipp> ; <{RDFS.label}> "x"@en .'
    server.put("urn:invalid", more.encode(), "POST")
    bad = run("validate", "--endpoint", url)
    assert (bad.exit_code, bad.stderr) == (1, "")
    assert bad.stdout.startswith(
        "violation[nrs:DeclaredClass SPARQL] The ontology does not declare the class nr:Shipp: "
        "look for a misspelling.\n = focus <urn:x>, path rdf:type, value nr:Shipp\n"
    )
    both = run("validate", "--endpoint", url, "graph")
    assert (both.exit_code, both.stderr) == (
        2,
        "passex: both PATHS and --endpoint say where the data are; give one of them\n",
    )
