"""`passex serve --writable`: what the rules derive follows the facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import children
from serving import Server, serving, writable

from passex.cli import cli
from passex.graph import dataset, rules
from passex.graph.store import load

#: An exercise of two navies that never met before, and of a state that nobody knew.
DRILL = """INSERT DATA {
    id:atlantis a nr:State ; rdfs:label "Atlantis"@en .
    id:atlantean-navy a nr:Service ; rdfs:label "Navy of Atlantis"@en .
    %s a nr:Exercise ; rdfs:label "A drill"@en ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;
        nr:hasParticipant id:atlantean-navy, id:jmsdf
}"""
UNDO = """DELETE { ?s ?p ?o } WHERE {
    ?s ?p ?o ; rdfs:label ?l FILTER(?l IN ("Atlantis"@en, "Navy of Atlantis"@en, "A drill"@en)) }"""
TIE = "ASK { id:atlantean-navy nr:trainedWith id:jmsdf }"
DERIVED = "CONSTRUCT { ?s ?p ?o } { VALUES ?p { nr:trainedWith nr:plansToTrainWith } ?s ?p ?o }"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(*writable(tmp_path_factory.mktemp("store") / "graph")) as one:
        yield one


@pytest.fixture
def server(shared: Server) -> Iterator[Server]:
    yield shared
    assert shared.update(UNDO).status_code == 204


def partners(server: Server) -> set[str]:
    name = "Japan Maritime Self-Defense Force"
    pairs = [
        (tie["source"]["label"], tie["target"]["label"])
        for tie in server.http.get("/network").json()["ties"]
    ]
    return {one if other == name else other for one, other in pairs if name in (one, other)}


def derived(server: Server) -> list[str]:
    return sorted(server.ask(DERIVED, Accept="application/n-triples").text.splitlines())


@pytest.mark.parametrize("drill", ["id:drill", "[]"])
def test_a_new_exercise_is_a_tie_until_it_is_gone(server: Server, drill: str) -> None:
    ties, triples = partners(server), derived(server)
    before = server.http.get("/network")
    assert (len(ties), "Navy of Atlantis" in ties, server.true(TIE)) == (4, False, False)
    assert server.http.get("/show?name=Atlantis").status_code == 404

    assert server.update(DRILL % drill).status_code == 204
    tag = {"If-None-Match": before.headers["etag"]}
    assert server.http.get("/network", headers=tag).status_code == 200
    assert partners(server) == {*ties, "Navy of Atlantis"}
    assert server.true(TIE)
    why = server.http.get("/why?a=JMSDF&b=Navy of Atlantis").json()
    assert [one["happening"]["label"] for one in why["occasions"]] == ["A drill"]
    node = server.http.get("/show?name=Atlantis").json()["node"]
    assert (node["iri"], node["kind"]) == ("https://w3id.org/passex/id/atlantis", "State")
    # What was not touched is as it was, and what is read twice is read once.
    assert len(derived(server)) == len(triples) + 2
    tag = {"If-None-Match": server.http.get("/network").headers["etag"]}
    assert server.http.get("/network", headers=tag).status_code == 304

    assert server.update(UNDO).status_code == 204
    assert (partners(server), derived(server)) == (ties, triples)
    assert server.http.get("/show?name=Atlantis").status_code == 404


def test_an_update_reads_what_follows_from_the_one_before(server: Server) -> None:
    assert server.update(DRILL % "id:drill").status_code == 204
    copy = "INSERT { GRAPH <a:seen> { ?a a <a:Seen> } } WHERE { ?a nr:trainedWith id:jmsdf }"
    assert server.update(copy).status_code == 204
    assert server.true("ASK { GRAPH <a:seen> { id:atlantean-navy a <a:Seen> } }")


def test_what_is_asserted_of_derived_properties_goes(server: Server) -> None:
    triples = derived(server)
    answer = server.update("INSERT DATA { id:russia nr:trainedWith id:japan }")
    assert (answer.status_code, derived(server)) == (204, triples)
    # Nor can it be deleted.
    server.update("DELETE WHERE { ?a nr:trainedWith ?b }")
    assert derived(server) == triples


def test_graphs_of_others_are_no_facts(server: Server) -> None:
    triples = derived(server)
    body = "<a:drill> a <https://w3id.org/passex/ontology#Exercise> ."
    headers = {"Content-Type": "text/turtle"}
    put = server.http.put("/graphs?graph=a:other", content=body, headers=headers)
    assert (put.status_code, derived(server)) == (201, triples)
    assert server.true("ASK { GRAPH <a:other> { <a:drill> ?p ?o } }")
    # What the rules work with is there for whoever names it, and in no list of graphs.
    assert server.true("ASK { GRAPH <https://w3id.org/passex/workings> { ?s ?p ?o } }")
    assert not server.true('ASK { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "passex/work")) }')


def test_a_crash_before_anybody_asked(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(*writable(folder)) as one:
        assert one.update(DRILL % "id:drill").status_code == 204
        one.kill()
    with serving(*writable(folder)) as two:
        assert two.true(TIE)
        assert all_derived(two)
        assert two.stop() == 0
    # What was closed in good order needs nothing derived again, and is derived on from there.
    with serving(*writable(folder)) as three:
        assert three.true(TIE)
        assert three.update(UNDO).status_code == 204
        assert not three.true(TIE)
        assert not all_derived(three)
        three.kill()
    with serving(*writable(folder)) as four:
        assert not four.true(TIE)
        assert all_derived(four)


def all_derived(server: Server) -> bool:
    return any(entry.get("derived") == "everything" for entry in server.entries())


def test_a_store_that_begins_empty_gets_its_graph_later(tmp_path: Path) -> None:
    with serving(*writable(tmp_path / "store", "--empty")) as one:
        for path in [*dataset.ontology_files(), *dataset.data_files()]:
            headers = {"Content-Type": "text/turtle"}
            sent = one.http.post("/graphs?default", content=path.read_bytes(), headers=headers)
            assert sent.status_code in (200, 201), path
        expected = load()
        rules.derive(expected)
        rows = expected.rows("SELECT ?a ?b { ?a nr:trainedWith ?b }")
        found = one.ask("SELECT ?a ?b { ?a nr:trainedWith ?b }").json()["results"]["bindings"]
        assert sorted((r["a"]["value"], r["b"]["value"]) for r in found) == sorted(rows)
        assert one.http.get("/show?name=JMSDF").status_code == 200


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc here")
def test_a_large_graph_is_read_from_the_disk() -> None:
    """What takes another way above a number of triples gives the same answers."""
    paths = ["/network?level=state", "/why?a=Japan&b=Russia", "/ask/partners?actor=Japan"]
    paths += ["/show?name=JMSDF", "/sparql?query=ASK%7BGRAPH%20%3Fg%7B%3Fs%20%3Fp%20%3Fo%7D%7D"]
    paths.append("/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%7B%3Fs%20%3Fp%20%3Fo%7D")
    lower = "from passex.web import server; server.SMALL = 100; "
    with serving() as small, serving(before=lower) as large:
        for path in paths:
            one, other = small.http.get(path), large.http.get(path)
            assert (other.status_code, other.text) == (200, one.text), path
        # It cannot be changed, nor be told from the other by what a query may do.
        update = large.update("INSERT DATA { <a:s> <a:p> 1 }")
        assert (update.status_code, update.text) == (403, "this server is read-only\n")
        assert large.ask("SELECT * { SERVICE <http://127.0.0.1:9/> { } }").status_code == 403
        tags = [large.http.get(paths[0]).headers["etag"] for _ in range(2)]
        assert tags[0] == tags[1] != small.http.get(paths[0]).headers["etag"]
        [place] = place_of(large)
        assert (place / "CURRENT").is_file()
        assert large.stop() == 0
    assert not place.exists()


def place_of(server: Server) -> list[Path]:
    """The stores that its workers have open."""
    found = set()
    for worker in children(server.process.pid):
        for link in Path(f"/proc/{worker}/fd").iterdir():
            target = link.readlink()
            if target.suffix in (".sst", ".log"):
                found.add(target.parent)
    return list(found)


def test_a_state_that_an_update_names_comes_from_the_gazetteer(tmp_path: Path) -> None:
    drill = """INSERT DATA { id:drill a nr:Exercise ; rdfs:label "A drill"@en ;
        nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ; nr:hasParticipant id:france, id:jmsdf }"""
    with serving(*writable(tmp_path / "store")) as one:
        assert not one.true("ASK { id:france ?p ?o }")
        assert one.update(drill).status_code == 204
        assert one.true("ASK { id:french-navy nr:trainedWith id:jmsdf }")
        assert one.true('ASK { id:france a nr:State ; rdfs:label "France"@en }')
        assert one.http.get("/show?name=Paris").status_code == 200


def test_another_passex_takes_what_is_filled_in_for_no_fact() -> None:
    with serving() as one:
        hidden = one.ask("ASK { GRAPH ?g { ?claim nr:hasBasis nrc:stated } }").json()
        assert hidden["boolean"] is False
        export = ("export", "ntriples", "--what", "graph", "--no-cache")
        there = CliRunner().invoke(cli, [*export, "--endpoint", f"{one.url}/sparql"])
        assert there.stdout.splitlines() == CliRunner().invoke(cli, export).stdout.splitlines()
        assert "facts fetched" in there.stderr
