"""`passex serve --writable`: SPARQL Update, the Graph Store Protocol, and what survives."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from processes import children, eventually, lives
from rdflib.compare import isomorphic
from serving import Server, serving, writable

TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UPDATE = {"Content-Type": "application/sparql-update"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("store") / "graph"
    with serving(*writable(folder, "--empty", "--timeout", "4")) as one:
        yield one


@pytest.fixture
def server(shared: Server) -> Server:
    assert shared.update("DROP ALL").status_code == 204
    return shared


def person(name: str) -> str:
    return f"""@prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <> a foaf:Person ; foaf:account [ foaf:name "{name}" ] ."""


def same(server: Server, path: str, turtle: str, base: str = "") -> bool:
    answer = server.http.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    expected = rdflib.Graph().parse(data=turtle, format="turtle", publicID=base or None)
    return isomorphic(rdflib.Graph().parse(data=answer.text, format="turtle"), expected)


def test_updates_both_ways(server: Server) -> None:
    direct = server.update("INSERT DATA { <a:1> <a:p> 1 }")
    form = server.http.post("/sparql", data={"update": "INSERT DATA { <a:2> <a:p> 1 }"})
    assert (direct.status_code, form.status_code, direct.content) == (204, 204, b"")
    assert server.true("ASK { <a:1> <a:p> 1 . <a:2> <a:p> 1 }")


@pytest.mark.parametrize(
    ("parameters", "where", "expected"),
    [
        ({"using-graph-uri": ["a:g1"]}, "?s a <a:T>", {"a:1"}),
        ({"using-graph-uri": ["a:g1", "a:g2"]}, "?s a <a:T>", {"a:1", "a:2"}),
        ({"using-named-graph-uri": ["a:g1", "a:g2"]}, "GRAPH ?g { ?s a <a:T> }", {"a:1", "a:2"}),
        (
            {"using-graph-uri": ["a:g1"], "using-named-graph-uri": ["a:g2"]},
            "{ ?s a <a:T> } UNION { GRAPH ?g { ?s a <a:T> } }",
            {"a:1", "a:2"},
        ),
    ],
)
def test_the_dataset_of_an_update(
    server: Server, parameters: dict[str, list[str]], where: str, expected: set[str]
) -> None:
    text = f"""CLEAR ALL ;
        INSERT DATA {{ GRAPH <a:g1> {{ <a:1> a <a:T> }} GRAPH <a:g2> {{ <a:2> a <a:T> }}
            GRAPH <a:g3> {{ <a:3> a <a:T> }} }} ;
        INSERT {{ GRAPH <a:out> {{ ?s a <a:Found> }} }} WHERE {{ {where} }}"""
    answer = server.http.post("/sparql", params=parameters, content=text.encode(), headers=UPDATE)
    assert answer.status_code == 204
    found = server.ask("SELECT ?s { GRAPH <a:out> { ?s a <a:Found> } }").json()
    assert {row["s"]["value"] for row in found["results"]["bindings"]} == expected


def test_the_dataset_of_a_query(server: Server) -> None:
    server.update(
        "INSERT DATA { <a:0> a <a:T> "
        "GRAPH <a:g1> { <a:1> a <a:T> } GRAPH <a:g2> { <a:2> a <a:T> } }"
    )

    def found(where: str, head: str = "", **parameters: list[str]) -> set[str]:
        query = f"SELECT ?s {head} {{ {where} }}"
        given = {name.replace("_", "-"): value for name, value in parameters.items()}
        answer = server.http.get("/sparql", params={"query": query, **given})
        return {row["s"]["value"] for row in answer.json()["results"]["bindings"]}

    plain, named = "?s a <a:T>", "GRAPH ?g { ?s a <a:T> }"
    assert found(plain) == {"a:0"}
    assert found(named) == {"a:1", "a:2"}
    assert found(plain, default_graph_uri=["a:g1", "a:g2"]) == {"a:1", "a:2"}
    assert found(named, default_graph_uri=["a:g1"]) == set()
    assert found(named, named_graph_uri=["a:g1"]) == {"a:1"}
    assert found(plain, named_graph_uri=["a:g1"]) == set()
    assert found(plain, "FROM <a:g2>") == {"a:2"}
    assert found(named, "FROM NAMED <a:g2>") == {"a:2"}
    # What the protocol says counts, not what the query says.
    assert found(plain, "FROM <a:g2>", default_graph_uri=["a:g1"]) == {"a:1"}
    assert found(named, "FROM <a:g2>", named_graph_uri=["a:g1", "a:g2"]) == {"a:1", "a:2"}


def test_relative_iris_in_an_update(server: Server) -> None:
    server.update("INSERT DATA { <a:s> <a:p> <test> }")
    [row] = server.ask("SELECT ?o { <a:s> <a:p> ?o }").json()["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": f"{server.url}/test"}


@pytest.mark.parametrize(
    ("method", "query", "headers", "body", "status"),
    [
        ("GET", "?update=CLEAR%20ALL", {}, b"", 400),
        ("POST", "", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL", 400),
        ("POST", "", {"Content-Type": "text/plain"}, b"CLEAR ALL", 415),
        ("POST", "", {}, b"update=CLEAR%20ALL", 415),
        ("POST", "", UPDATE, "CLEAR ALL".encode("utf-16"), 400),
        ("POST", "", UPDATE, b"CLEAR XYZ", 400),
        ("POST", "", UPDATE, b"ASK {}", 400),
        (
            "POST",
            "?using-named-graph-uri=a:g",
            UPDATE,
            b"DELETE { ?s ?p ?o } USING <a:x> WHERE { ?s ?p ?o }",
            400,
        ),
        ("POST", "", UPDATE, b"LOAD <http://127.0.0.1:9/>", 403),
        ("POST", "", UPDATE, b"INSERT { } WHERE { SERVICE <http://127.0.0.1:9/> { } }", 403),
        # The engine would plan it for minutes.
        ("POST", "", UPDATE, b"DELETE WHERE { " + b"?s <a:p> 1 . " * 201 + b"}", 400),
        ("POST", "", {**UPDATE, "Origin": "https://example.org"}, b"CLEAR ALL", 403),
        ("POST", "", {**UPDATE, "Sec-Fetch-Site": "cross-site"}, b"CLEAR ALL", 403),
    ],
)
def test_refused_updates_change_nothing(
    server: Server, method: str, query: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    server.update("INSERT DATA { <a:s> <a:p> 1 }")
    before = server.ask("ASK { <a:s> <a:p> 1 }").headers["etag"]
    answer = server.http.request(method, f"/sparql{query}", headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert server.true("ASK { <a:s> <a:p> 1 }")
    # Nor does anybody have to read the graph again.
    assert server.ask("ASK { <a:s> <a:p> 1 }").headers["etag"] == before


def test_an_update_that_fails_halfway_changes_nothing(server: Server) -> None:
    assert server.update("INSERT DATA { <a:s> <a:p> 1 } ; CREATE GRAPH <a:g>").status_code == 204
    answer = server.update("INSERT DATA { <a:s> <a:p> 2 } ; CREATE GRAPH <a:g>")
    assert answer.status_code >= 400
    assert server.true("ASK { <a:s> <a:p> 1 FILTER NOT EXISTS { <a:s> <a:p> 2 } }")


@pytest.mark.parametrize(
    ("update", "status", "text"),
    [
        (
            "CREATE GRAPH <a:g>",
            409,
            "the graph <a:g> is there already; correct its IRI, or add SILENT\n",
        ),
        *(
            (f"{word} <a:none>{rest}", 404, "there is no graph <a:none>; " + hint)
            for word, rest in [("DROP GRAPH", ""), ("MOVE", " TO <a:x>")]
            for hint in ["correct its IRI, or add SILENT\n"]
        ),
        (
            "INSERT { <a:s> <a:p> ?x } WHERE { BIND(<a:f>(1) AS ?x) }",
            400,
            "there is no function <a:f> here; use one of SPARQL 1.1, or ask a server that has it\n",
        ),
    ],
)
def test_updates_that_cannot_be_carried_out(
    server: Server, update: str, status: int, text: str
) -> None:
    server.update("CREATE SILENT GRAPH <a:g>")
    tag = server.ask("ASK {}").headers["etag"]
    answer = server.update(update)
    assert (answer.status_code, answer.text) == (status, text)
    assert server.ask("ASK {}").headers["etag"] == tag
    first, _, rest = update.partition(" GRAPH ")
    if rest:
        assert server.update(f"{first} SILENT GRAPH {rest}").status_code == 204


def test_an_update_past_its_time_changes_nothing(server: Server) -> None:
    server.update("INSERT DATA { " + " ".join(f"<a:{n}> <a:p> {n} ." for n in range(300)) + " }")
    answer = server.update(
        "INSERT { ?a <a:q> ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    )
    assert (answer.status_code, "longer than 4 seconds" in answer.text) == (503, True)
    assert server.true("ASK { FILTER NOT EXISTS { ?s <a:q> ?o } <a:1> <a:p> 1 }")
    assert server.update("INSERT DATA { <a:s> <a:q> 1 }").status_code == 204


def test_a_query_sees_what_was_acknowledged_before(server: Server) -> None:
    tags = set()
    for number in range(5):
        server.update(f"INSERT DATA {{ <a:s> <a:p> {number} }}")
        answer = server.http.get("/sparql", params={"query": "SELECT ?o { <a:s> <a:p> ?o }"})
        assert len(answer.json()["results"]["bindings"]) == number + 1
        tags.add(answer.headers["etag"])
    assert len(tags) == 5


def test_graphs_are_put_read_and_removed(server: Server) -> None:
    path = "/graphs/person/1.ttl"
    base = server.url + path
    put = server.http.put(path, content=person("John"), headers=TURTLE)
    assert (put.status_code, put.headers["location"]) == (201, base)
    assert same(server, "/graphs?graph=/graphs/person/1.ttl", person("John"), base)
    again = server.http.put(path, content=person("Jane"), headers=TURTLE)
    assert again.status_code == 204
    assert same(server, path, person("Jane"), base)
    assert server.http.head(path).status_code == 200
    assert server.http.head("/graphs/person/4.ttl").status_code == 404
    assert server.http.delete(path).status_code == 200
    assert server.http.get(path).status_code == 404
    assert server.http.delete(path).status_code == 404


def test_the_default_graph(server: Server) -> None:
    base = f"{server.url}/graphs"
    assert (
        server.http.put("/graphs?default", content=person("A"), headers=TURTLE).status_code == 201
    )
    assert same(server, "/graphs?default", person("A"), base)
    assert (
        server.http.put("/graphs?default", content=person("B"), headers=TURTLE).status_code == 204
    )
    assert same(server, "/graphs?default", person("B"), base)
    assert server.http.delete("/graphs?default").status_code == 200
    assert same(server, "/graphs?default", "")


def test_post_adds(server: Server) -> None:
    path = "/graphs/person/1.ttl"
    server.http.put(path, content="<> <a:p> 1 .", headers=TURTLE)
    assert server.http.post(path, content="<> <a:p> 2 .", headers=TURTLE).status_code == 200
    parts = {
        "x.ttl": ("x.ttl", "<> <a:p> 3 .", "text/turtle"),
        "y": ("y", "<> <a:p> 4 .", "text/turtle"),
    }
    assert server.http.post(path, files=parts).status_code == 200
    assert server.http.post(path, content="", headers=TURTLE).status_code == 204
    assert same(server, path, "<> <a:p> 1, 2, 3, 4 .", server.url + path)


def test_post_to_the_store_makes_a_graph(server: Server) -> None:
    answer = server.http.post("/graphs", content=person("Alice"), headers=TURTLE)
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert place.startswith(f"{server.url}/graphs/")
    assert same(server, place, person("Alice"), place)


def test_names_of_graphs_in_any_script(server: Server) -> None:
    for path, place in [
        ("/graphs/\u65e5\u672c", f"{server.url}/graphs/%E6%97%A5%E6%9C%AC"),
        ("/graphs?graph=http://example.org/\u65e5%2520%23x", "http://example.org/%E6%97%A5%20#x"),
        ("/graphs?graph=urn:x", "urn:x"),
    ]:
        put = server.http.put(path, content="<> <a:p> 1 .", headers=TURTLE)
        assert (put.status_code, put.headers["location"]) == (201, place)
        assert "a:p" in server.http.get(path).text
    assert server.true("ASK { GRAPH <http://example.org/\u65e5%20#x> { ?s <a:p> 1 } }")


def test_changes_on_a_condition(server: Server) -> None:
    def put(name: str, value: str) -> int:
        headers = {**TURTLE, name: value}
        return server.http.put("/graphs/x", content="<> <a:p> 1 .", headers=headers).status_code

    assert put("If-Match", "*") == 412
    assert put("If-None-Match", "*") == 201
    assert put("If-None-Match", "*") == 412
    assert put("If-Match", "*") == 204
    assert put("If-Match", server.http.get("/graphs/x").headers["etag"]) == 412
    assert server.http.delete("/graphs/x", headers={"If-Match": "*"}).status_code == 200


def test_an_empty_graph_is_there(server: Server) -> None:
    assert server.http.put("/graphs/none", content="", headers=TURTLE).status_code == 201
    assert same(server, "/graphs/none", "")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib calls what it deprecates
def test_each_format_goes_in_and_out(server: Server) -> None:
    turtle = '<a:s> <a:p> "é\\n\\"\\\\", "x"@en, 1.5, <a:o> .'
    expected = rdflib.Graph().parse(data=turtle, format="turtle")
    for kind, form in [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        (None, "xml"),  # without a Content-Type, it is RDF/XML
    ]:
        content = expected.serialize(format=form, encoding="utf-8")
        headers = {"Content-Type": kind} if kind else {}
        put = server.http.put("/graphs/x", content=content, headers=headers)
        assert put.status_code in (201, 204), put.text
        accept = {"Accept": kind or "application/rdf+xml"}
        read = server.http.get("/graphs/x", headers=accept)
        assert isomorphic(rdflib.Graph().parse(data=read.text, format=form), expected)


def test_triples_about_triples_go_in(server: Server) -> None:
    turtle = '<a:s> <a:p> <<( <a:x> <a:y> <<( <a:x> <a:y> "z"@en )>> )>> .'
    for kind in ("text/turtle", "application/n-triples"):
        put = server.http.put("/graphs/x", content=turtle, headers={"Content-Type": kind})
        assert put.status_code in (201, 204), put.text
        read = server.http.get("/graphs/x", headers={"Accept": "application/n-triples"})
        assert read.text == f"{turtle}\n"
    refused = server.http.get("/graphs/x", headers={"Accept": "application/ld+json"})
    assert (refused.status_code, refused.text) == (
        406,
        "JSON-LD cannot hold a triple within a triple; write turtle or ntriples\n",
    )


@pytest.mark.parametrize(
    ("method", "path", "kind", "body", "status"),
    [
        ("PUT", "/graphs?default", "application/rdf+xml", "<a:s> <a:p> 1 .", 400),
        ("PUT", "/graphs/x", "text/turtle", "<a:s> <a:p> .", 400),
        ("PUT", "/graphs/x", "application/trig", "<a:g> { <a:s> <a:p> 1 }", 400),
        ("PUT", "/graphs/x", "image/png", "", 415),
        ("PUT", "/graphs/x", "text/turtle; charset=utf-16", "", 415),
        ("PUT", "/graphs", "text/turtle", "", 400),
        ("PUT", "/graphs?default&graph=a:b", "text/turtle", "", 400),
        ("PUT", "/graphs/x?default", "text/turtle", "", 400),
        ("PUT", "/graphs?graph=%7Bx", "text/turtle", "", 400),
        ("PUT", "/graphs?graph=https://w3id.org/passex/workings", "text/turtle", "", 403),
        ("DELETE", "/graphs?graph=https://w3id.org/passex/workings", "", "", 404),
        ("PATCH", "/graphs/x", "text/turtle", "", 405),
        ("GET", "/graphs?default", "", "", 406),
    ],
)
def test_refusals_of_the_graph_store(
    server: Server, method: str, path: str, kind: str, body: str, status: int
) -> None:
    headers = {"Content-Type": kind, "Accept": "image/png"}
    answer = server.http.request(method, path, content=body.encode(), headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") == 1


def test_the_description_of_a_service_that_changes(server: Server) -> None:
    server.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }")
    text = server.http.get("/sparql").text
    assert "sd:SPARQL11Update" in text
    assert "sd:name <a:g>" in text


def test_what_was_acknowledged_survives_a_crash(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    acknowledged: list[int] = []
    with serving(*writable(folder, "--empty")) as one:

        def write() -> None:
            number = 0
            while True:
                text = f"INSERT DATA {{ <a:{number}> <a:p> 1 . <a:{number}> <a:q> 1 }}"
                try:
                    if one.update(text).status_code == 204:
                        acknowledged.append(number)
                except Exception:
                    return
                number += 1

        thread = threading.Thread(target=write)
        thread.start()
        eventually(lambda: len(acknowledged) > 20)
        one.process.kill()
        thread.join()
    with serving(*writable(folder)) as two:
        rows = two.ask("SELECT ?s { ?s <a:p> 1 }").json()["results"]["bindings"]
        there = {int(row["s"]["value"][2:]) for row in rows}
        assert set(acknowledged) <= there
        # None is half there, and at most the one that was under way is there unacknowledged.
        assert two.true("ASK { FILTER NOT EXISTS { ?s <a:p> 1 FILTER NOT EXISTS { ?s <a:q> 1 } } }")
        assert len(there) <= len(acknowledged) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_a_full_disk(small_disk: Path) -> None:
    folder = small_disk / "store"
    words = "x" * 1000
    with serving(*writable(folder, "--empty")) as one:
        done = -1
        for number in range(200):
            rows = " ".join(f'<a:{number}> <a:p{n}> "{words}{number}-{n}" .' for n in range(50))
            answer = one.update(f"INSERT DATA {{ {rows} }}")
            if answer.status_code != 204:
                break
            done = number
        assert done >= 0
        assert (answer.status_code, answer.text) == (
            507,
            "the disk is full: nothing was changed\n",
        )
        assert one.http.get("/health").status_code == 200
        left = children(one.process.pid)
        one.kill()
        eventually(lambda: not any(map(lives, left)))  # none still writes to the disk
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    with serving(*writable(folder)) as two:
        found = two.ask("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s").json()
        there = {
            int(row["s"]["value"][2:]): int(row["n"]["value"])
            for row in found["results"]["bindings"]
        }
        assert there == dict.fromkeys(range(done + 1), 50)
        assert two.update("INSERT DATA { <a:s> <a:p> 1 }").status_code == 204


def test_a_new_store_begins_with_the_graph(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(*writable(folder)) as one:
        assert one.http.get("/ask/partners?actor=Japan").json()
        assert not one.true("ASK { GRAPH ?g { ?s ?p ?o } }")
        one.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }")
        assert one.true(
            "ASK { GRAPH <a:g> { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?h { ?s nr:x ?o } } }"
        )
        assert one.stop() == 0
    with serving(*writable(folder)) as two:
        assert two.true(
            "ASK { GRAPH <a:g> { <a:s> <a:p> 1 } <https://w3id.org/passex/id/japan> a ?c }"
        )


def test_folders_that_are_no_stores(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    with (
        pytest.raises(AssertionError, match="not a store; give an empty folder"),
        serving(*writable(tmp_path)),
    ):
        pass
    folder = tmp_path / "store"
    with serving(*writable(folder, "--empty")):
        with (
            pytest.raises(AssertionError, match="there is a store already"),
            serving(*writable(folder, "--empty")),
        ):
            pass
        with (
            pytest.raises(AssertionError, match="cannot be opened as a store"),
            serving(*writable(folder)),
        ):
            pass


def test_a_query_has_all_the_memory_of_one_whenever_its_store_is_opened(tmp_path: Path) -> None:
    # The threads that open a store each reserved as much as a quarter of this.
    with serving(*writable(tmp_path / "store", "--empty", "--max-memory", "256")) as one:
        for turn in range(5):
            assert one.update(f"INSERT DATA {{ <a:1> <a:p> {turn} }}").status_code == 204
            assert one.true(f"ASK {{ <a:1> <a:p> {turn} }}")
