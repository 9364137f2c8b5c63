"""`passex serve` over real connections: reading."""

from __future__ import annotations

import gzip
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
import rdflib
from click.testing import CliRunner
from processes import children, eventually, leaves, lives, works
from serving import Server, serving

import passex
from passex.cli import cli
from passex.questions import answers, catalogue

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
#: Each would run for longer than anybody waits.
HOSTILE = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "deep path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?c (!<a:b>|^!<a:b>)* ?d . "
    "?e (!<a:b>|^!<a:b>)* ?f }",
    "huge VALUES": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(200)))} }}" for i in range(6))
    + " }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '(a+)+(b+)+$')) }",
    "endless sum": "SELECT (SUM(STRLEN(CONCAT(STR(?c), STR(?f)))) AS ?n) { ?a ?b ?c . ?d ?e ?f . "
    "?g ?h ?i } GROUP BY ?a",
    "doubling": "SELECT (STRLEN(?a40) AS ?n) { BIND('"
    + "a" * 1000
    + "' AS ?a0) "
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(40))
    + " }",
    "replacing": "SELECT (STRLEN(?b) AS ?n) { BIND(REPLACE(REPLACE('"
    + "a" * 2000
    + "', 'a', '"
    + "b" * 2000
    + "'), 'b', '"
    + "c" * 500
    + "') AS ?b) }",
    "nested paths": "ASK { ?s " + "(" * 5000 + "nr:x" + ")*" * 5000 + " ?o }",
    "memory": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--timeout", "3", "--max-memory", "600", "--cors", "https://example.org") as one:
        yield one


def test_anybodys_rdf_with_its_graphs(tmp_path: Path) -> None:
    data = tmp_path / "news.trig"
    data.write_text(
        '@prefix ex: <http://e/> . ex:a ex:says "z" . ex:g { ex:a ex:says "x"@EN, 1.50, [] }',
        encoding="utf-8",
    )
    with serving("--data", str(data), "--facts-only") as one:

        def rows(query: str) -> list[str]:
            return one.ask(f"PREFIX ex: <http://e/> {query}", accept="text/csv").text.split()

        assert rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["n", "4"]
        assert rows("SELECT * { GRAPH ?g { ?z ex:says ?b FILTER isBlank(?b) } }") == [
            *("g,z,b", "http://e/g,http://e/a,_:b1"),
        ]
        assert rows("SELECT (COUNT(*) AS ?n) FROM ex:g { ?s ?p ?o }") == ["n", "3"]
        assert rows("SELECT ?x { ex:nowhere ex:p* ?x }") == ["x", "http://e/nowhere"]
        one.log.seek(0)
        said = one.log.read()
    assert "1 literal in another form of the same value than the files have" in said
    assert "language tags in small letters: such as @EN as @en" in said


def test_select_in_each_format(server: Server) -> None:
    query = "SELECT ?s { ?s a nr:State } ORDER BY ?s"
    rows = sorted(str(row[0]) for row in passex.load().store.rows(query))
    for accept, kind in [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ]:
        answer = server.http.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert sorted(set(re.findall(r"https://w3id.org/passex/id/[\w-]+", answer.text))) == rows


@pytest.mark.parametrize(
    ("accept", "kind", "form"),
    [
        ("application/jsonl", "application/jsonl", "jsonl"),
        ("application/x-ndjson", "application/jsonl", "jsonl"),
        ("text/markdown", "text/markdown; charset=utf-8", "markdown"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o ?none { ?s rdfs:label ?o } ORDER BY ?s ?o LIMIT 20",
        'SELECT (1.5 AS ?n) ("a|b\\n<c>"@en AS ?text) (<urn:x> AS ?iri) {}',
        "SELECT ?s { ?s a nr:Nothing }",
        "ASK {}",
    ],
)
def test_formats_that_the_command_has(
    server: Server, query: str, accept: str, kind: str, form: str
) -> None:
    answer = server.ask(query, Accept=f"{accept}, application/sparql-results+json;q=0.5")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.text == CliRunner().invoke(cli, ["query", "--format", form, query]).stdout


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s a nr:State }", "DESCRIBE id:japan"])
def test_graphs_in_each_format(server: Server, query: str) -> None:
    first = rdflib.Graph().parse(data=server.ask(query, Accept="text/turtle").text, format="ttl")
    assert len(first) > 2
    for accept, form in [("application/n-triples", "nt"), ("application/rdf+xml", "xml")]:
        answer = server.ask(query, Accept=accept)
        assert answer.headers["content-type"] == accept
        assert set(rdflib.Graph().parse(data=answer.text, format=form)) == set(first)


def test_three_ways_to_ask(server: Server) -> None:
    query = "ASK { id:japan a nr:State }"
    form = server.http.post("/sparql/", data={"query": query})
    direct = server.ask(query)
    get = server.http.get("/sparql/", params={"query": query})
    assert form.json() == direct.json() == get.json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "words"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", {}, "", 405, "PUT is no method here"),
        ("GET", "/sparql?query=ASK%7B", {}, "", 400, "not a SPARQL query: error at 1:5"),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, "", 400, "more than one query"),
        ("POST", "/sparql", {"content-type": "text/plain"}, "ASK {}", 415, "not text/plain"),
        ("GET", "/sparql?query=ASK%7B%7D", {"accept": "image/png"}, "", 406, "comes as applica"),
        ("GET", "/sparql?query=ASK%7B%7D", {"accept": "text/turtle"}, "", 406, "comes as applica"),
        ("GET", "/sparql", {"accept": "text/csv"}, "", 406, "the service description comes as"),
        (
            "POST",
            "/sparql",
            {"content-type": "application/sparql-update"},
            "CLEAR ALL",
            403,
            "this server is read-only",
        ),
        ("DELETE", "/graphs?default", {}, "", 405, "DELETE is no method here"),
        ("GET", "/graphs", {}, "", 400, "no graph"),
        ("GET", "/graphs?graph=https://w3id.org/passex/workings", {}, "", 404, "no graph"),
        ("GET", "/sparql?query=ASK%7BSERVICE%3Ca:b%3E%7B%7D%7D", {}, "", 403, "SERVICE is off"),
        ("GET", "/elsewhere", {}, "", 404, "nothing has the address /elsewhere"),
        ("GET", "/sparql?query=ASK%7B%7D", {"host": "evil.example"}, "", 421, "not called that"),
    ],
)
def test_refusals_are_a_line_of_text(
    server: Server,
    method: str,
    path: str,
    headers: dict[str, str],
    body: str,
    status: int,
    words: str,
) -> None:
    answer = server.http.request(method, path, headers=headers, content=body.encode())
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/plain; charset=utf-8",
    )
    assert words in answer.text
    assert answer.text.count("\n") == 1
    assert ("allow" in answer.headers) is (status == 405)


NO_QUESTION = "'partnrs' is no question; did you mean partners or plans or actors?"


@pytest.mark.parametrize(
    ("path", "accept", "status", "words"),
    [
        ("/sparql?query=SELEC", "text/html", 400, "did you mean SELECT?"),
        ("/sparql?query=SELEC", "image/png", 400, "did you mean SELECT?\n"),
        ("/sparql?query=ASK%7B", "text/html;q=0.5", 400, "is not closed."),
        ("/sparql?query=ASK%7B%7D", "text/html", 406, "The answer to this query comes as "),
        ("/sparql?query=ASK%7B%7D", "image/png", 406, "the answer to this query comes as "),
        ("/ask/partnrs", "text/plain", 404, f"{NO_QUESTION}\n"),
        ("/ask/partnrs?format=xml", "text/plain", 404, f"{NO_QUESTION}\n"),
        ("/ask/partners", "text/plain", 406, "there is no such format of this; it comes as "),
    ],
)
def test_what_is_wrong_is_said_whatever_a_right_request_would_be_answered_in(
    server: Server, path: str, accept: str, status: int, words: str
) -> None:
    answer = server.http.get(path, headers={"Accept": accept})
    assert answer.status_code == status
    assert words in unescape(answer.text)
    kind = "text/html" if accept.startswith("text/html") else "text/plain"
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"


def test_too_long_a_request(server: Server) -> None:
    answer = server.ask("ASK {} #" + "x" * (17 << 20))
    assert (answer.status_code, answer.text) == (413, "the request is longer than 16777216 bytes\n")


def test_the_workings_are_hidden(server: Server) -> None:
    assert not server.true("ASK { GRAPH ?g { ?s ?p ?o } }")
    graph = "https://w3id.org/passex/workings"
    for name in ("default-graph-uri", "named-graph-uri"):
        answer = server.http.get(
            "/sparql", params={"query": "ASK { { ?s ?p ?o } UNION { GRAPH ?g { } } }", name: graph}
        )
        assert answer.json()["boolean"] is False


def test_head_has_the_headers_alone(server: Server) -> None:
    for query in ("ASK {}", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"):
        answer = server.http.head("/sparql", params={"query": query})
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert "content-length" not in answer.headers
    assert server.true("ASK {}")


def test_an_etag_saves_the_answer(server: Server) -> None:
    params = {"query": "SELECT ?s { ?s a nr:State }"}
    first = server.http.get("/sparql", params=params)
    tag = first.headers["etag"]
    again = server.http.get("/sparql", params=params, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = server.http.get("/sparql", params=params, headers={"Accept": "text/csv"})
    assert other.headers["etag"] != tag
    varying = server.http.get("/sparql", params={"query": "SELECT (RAND() AS ?x) {}"})
    assert "etag" not in varying.headers
    assert varying.headers["cache-control"] == "no-store"


def test_functions_that_need_the_system(server: Server) -> None:
    parts = ["NOW()", "UUID()", "STRUUID()", "BNODE()", "RAND()", "SHA256('x')", "TZ(NOW())"]
    query = " ".join(f"({part} AS ?v{n})" for n, part in enumerate(parts))
    [row] = server.ask(f"SELECT {query} {{}}").json()["results"]["bindings"]
    assert len(row) == len(parts)


def test_a_body_that_does_not_come(server: Server) -> None:
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as raw, raw.makefile("rb") as stream:
        raw.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        assert stream.readline() == b"HTTP/1.1 408 Request Timeout\r\n"


def test_gzip(server: Server) -> None:
    query = "SELECT * { ?a ?b ?c . ?d a nr:State }"
    with server.http.stream(
        "GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip"}
    ) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    plain = server.http.get("/sparql", params={"query": query}, headers={"Accept-Encoding": ""})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) * 5 < len(plain.content)


def test_options_and_cors(server: Server) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = server.http.options("/sparql", headers=asked)
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert answer.headers["access-control-allow-origin"] == "https://example.org"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    other = server.http.get("/health", headers={"Origin": "https://example.com"})
    assert "access-control-allow-origin" not in other.headers


def test_security_headers_are_everywhere(server: Server) -> None:
    for path in ("/health", "/nothing", "/sparql?query=ASK%7B%7D"):
        headers = server.http.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; ")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "ttl"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
)
def test_the_service_description(server: Server, accept: str, form: str) -> None:
    answer = server.http.get("/sparql", headers={"Accept": accept})
    graph = rdflib.Graph().parse(data=answer.text, format=form)
    [service] = graph.subjects(rdflib.RDF.type, SD.Service)
    assert set(graph.objects(service, SD.endpoint)) == {rdflib.URIRef(f"{server.url}/sparql")}
    assert set(graph.objects(service, SD.supportedLanguage)) == {
        SD.SPARQL10Query,
        SD.SPARQL11Query,
    }
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
    [data] = graph.objects(service, SD.defaultDataset)
    assert (data, rdflib.RDF.type, SD.Dataset) in graph
    [default] = graph.objects(data, SD.defaultGraph)
    assert (default, rdflib.RDF.type, SD.Graph) in graph


def test_answers_have_addresses(server: Server) -> None:
    def said(*arguments: str) -> str:
        return CliRunner().invoke(cli, [*arguments, "--format", "json"]).output

    get = server.http.get
    assert get("/ask/partners?actor=Japan").text == said("ask", "partners", "Japan")
    assert get("/why?a=Japan&b=Russia").text == said("why", "Japan", "Russia")
    assert get("/why?a=Japan&b=Russia&level=state&include=planned").text == said(
        *("why", "Japan", "Russia", "--level", "state", "--include", "planned")
    )
    assert get("/why?a=Valery+Gerasimov&all=true").text == said("why", "Valery Gerasimov", "--all")
    assert get("/network?level=state&communities=true").text == said(
        "network", "--level", "state", "--communities"
    )
    assert get(
        "/network?level=named&basis=stated&communities=leiden&resolution=2&seed=5"
    ).text == said(
        *("network", "--level", "named", "--basis", "stated", "--communities", "leiden"),
        *("--resolution", "2", "--seed", "5"),
    )
    assert get("/network?backbone=disparity&alpha=0.45&weight=count").text == said(
        *("network", "--backbone", "disparity", "--alpha", "0.45", "--weight", "count")
    )
    assert get("/why?a=JMSDF&b=SNMG1&basis=stated&level=named").text == said(
        *("why", "JMSDF", "SNMG1", "--basis", "stated", "--level", "named")
    )
    assert get("/entity/japan").text == get("/entity/id:japan").text == said("show", "id:japan")
    assert get("/show?name=JMSDF").text == said("show", "JMSDF")
    csv = get("/ask/partners?actor=Japan", headers={"Accept": "text/csv"})
    assert csv.content.startswith(b"partner,partner_iri,level,basis,")


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/ask/partner", 404, "'partner' is no question"),
        ("/ask/partners", 400, "the parameter 'actor' is missing"),
        ("/ask/partners?actor=Japan&to=x", 400, "'to' is no parameter here"),
        ("/ask/partners?actor=Atlantis", 404, "'Atlantis': no actor of this graph has that name"),
        (
            "/ask/exercises-of-kind?kind=boarding",
            404,
            "'boarding' is no kind of exercise: boarding (kind of event, nrc:boarding)",
        ),
        ("/entity/atlantis", 404, "'id:atlantis': no node of this graph has that name"),
        ("/why?b=Japan", 400, "the parameter 'a' is missing"),
        ("/why?a=Japan&all=x", 400, "'x' is neither true nor false"),
        ("/why?a=Japan&b=Russia&level=x", 400, "'x' is no level"),
        ("/why?a=Japan&a=Japan", 400, "the parameter 'a' is given twice"),
        ("/network?level=fleet", 400, "'fleet' is no level"),
        ("/network?measure=size", 400, "'size' is no measure"),
        ("/network?min-events=x", 400, "'x' is no number of exercises"),
        ("/network?basis=x", 400, "'x' is no basis"),
        ("/network?backbone=x", 400, "'x' is no backbone"),
        ("/network?alpha=2", 400, "2.0 is no significance level"),
        ("/network?communities=x", 400, "'x' is no way to divide a network"),
        ("/network?communities=louvain&resolution=x", 400, "'x' is no resolution"),
    ],
)
def test_errors_of_answers_are_json(server: Server, path: str, status: int, error: str) -> None:
    answer = server.http.get(path)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["hint"]


def test_the_description_of_the_api_leads_to_answers(server: Server) -> None:
    document = server.http.get("/openapi.json").json()
    assert document["servers"] == [{"url": server.url}]
    free = [
        path
        for path, item in document["paths"].items()
        if path.startswith("/ask/") and not any(p["required"] for p in item["get"]["parameters"])
    ]
    assert len(free) > 10
    for path in free:
        assert server.http.get(path).status_code == 200, path


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_queries_end_while_others_are_served(server: Server, name: str) -> None:
    found: list[httpx.Response] = []

    def attack() -> None:
        with httpx.Client(base_url=server.url, timeout=60) as http:
            found.append(http.post("/sparql", data={"query": HOSTILE[name]}))

    thread = threading.Thread(target=attack)
    thread.start()
    while thread.is_alive():
        assert server.http.get("/ask/partners?actor=Japan").status_code == 200
        assert server.true(f"ASK {{ id:japan a nr:State }} # {time.monotonic()}")
        thread.join(0.2)
    assert found[0].status_code == 503
    assert re.search(r"longer than 3 seconds|more memory than", found[0].text), found[0].text
    eventually(lambda: server.http.get("/health").json()["workers"] == 2)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "ASK { " + "{" * 50_000 + "}" * 50_000 + " }",
        "ASK { FILTER(" + "!" * 200_000 + "true) }",
    ],
)
def test_nesting_that_the_engine_does_not_survive(server: Server, query: str) -> None:
    answer = server.ask(query)
    assert (answer.status_code, answer.text) == (
        400,
        "the query is nested too deeply, or too long, for the engine\n",
    )
    assert server.true("ASK {}")


def test_what_takes_minutes_to_plan_is_refused(server: Server) -> None:
    answer = server.ask("ASK { " + "?s a ?c . " * 201 + "}")
    assert (answer.status_code, answer.text) == (
        400,
        "the query is too large at 1:2012: more than 200 patterns and steps of paths are joined "
        "here; give lists of values with VALUES, or ask several queries\n",
    )


def test_an_answer_that_breaks_off_does_not_look_whole(server: Server) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with server.http.stream("GET", "/sparql", params={"query": query}) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            sum(len(part) for part in answer.iter_raw())
    eventually(lambda: server.entries()[-1]["outcome"] != "complete")
    assert str(server.entries()[-1]["outcome"]).startswith("aborted: it took longer than 3 seconds")


def test_a_client_that_goes_away_takes_its_query_along() -> None:
    # Before its time is up: the log says so, and another worker takes its place.
    with serving("--timeout", "60") as one:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{one.url}/sparql", params={"query": HOSTILE["cross product"]}, timeout=2)
        eventually(lambda: any(entry["outcome"] == "client gone" for entry in one.entries()))
        assert [entry["status"] for entry in one.entries()] == [0]
        eventually(lambda: one.http.get("/health").json()["workers"] == 2)


def test_the_log(server: Server) -> None:
    server.http.get("/health?secret=1")
    eventually(lambda: any(entry["path"] == "/health" for entry in server.entries()))
    entry = next(e for e in reversed(server.entries()) if e["path"] == "/health")
    assert set(entry) == {"time", "client", "method", "path", "status", "bytes", "ms", "outcome"}
    assert (entry["client"], entry["method"], entry["status"]) == ("127.0.0.1", "GET", 200)


def test_many_clients(server: Server) -> None:
    question = catalogue.find("partners")
    query = answers.sparql(question, answers.bind(passex.load().store, question, ["Japan"]))
    statuses: list[int] = []

    def client(number: int) -> None:
        with httpx.Client(base_url=server.url, timeout=60) as http:
            for turn in range(8):
                # Every other one is new to the cache.
                text = query + (f"\n# {number} {turn}" if turn % 2 else "")
                statuses.append(http.get("/sparql", params={"query": text}).status_code)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 400


def test_a_full_queue_says_come_again() -> None:
    with serving("--max-queries", "1", "--max-waiting", "0", "--timeout", "20") as one:
        (worker,) = leaves(one.process.pid)
        thread = threading.Thread(target=lambda: one.ask(HOSTILE["cross product"]))
        thread.start()
        works(worker, 0.5)
        # It has become a slow one, which there is place for one of.
        eventually(lambda: one.http.get("/health").json()["workers"] == 2)
        answer = httpx.post(
            f"{one.url}/sparql", data={"query": HOSTILE["cross product"]}, timeout=60
        )
        assert thread.is_alive()
        one.process.terminate()
        thread.join()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.text == "the server is busy; try again in a moment\n"


def test_a_limit_on_answers() -> None:
    with serving("--max-answer", "1") as one:
        with pytest.raises(httpx.RemoteProtocolError):
            one.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
        # HTTP/1.0 cannot tell an answer that broke off from a whole one: it gets an error instead.
        said = http_1_0(one, "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%7D")
        assert said.startswith(b"HTTP/1.1 503 ")
        assert b"the answer is longer than 1048576 bytes, the limit of this server" in said
        whole = http_1_0(one, "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc%7DLIMIT%202000")
        head, _, body = whole.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert len(json.loads(body)["results"]["bindings"]) == 2000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_memory_does_not_grow_with_the_answer() -> None:
    def peaks() -> list[int]:
        texts = [Path(f"/proc/{pid}/status").read_text() for pid in ids]
        return [int(re.findall(r"VmHWM:\s+(\d+) kB", text)[0]) for text in texts]

    with serving("--max-queries", "1") as one:
        one.ask("SELECT * { ?a ?b ?c } LIMIT 1000")
        ids = [one.process.pid, *children(one.process.pid)]
        before = peaks()
        after: list[int] = []
        query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 200000"
        size = 0
        plain = {"Accept-Encoding": "identity"}
        with one.http.stream("GET", "/sparql", params={"query": query}, headers=plain) as answer:
            for part in answer.iter_raw():
                # A client that reads slowly at first makes nobody gather what it does not read.
                time.sleep(0.5 if not size else 0)
                size += len(part)
                if size > 60_000_000 and not after:  # while the process that answers is there
                    after = peaks()
        assert size > 80_000_000
        assert max(now - at for now, at in zip(after, before, strict=True)) < 20_000


def http_1_0(server: Server, query: str) -> bytes:
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as raw, raw.makefile("rb") as stream:
        raw.sendall(f"GET /sparql?query={query} HTTP/1.0\r\n\r\n".encode())
        return stream.read()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_when_told_to(number: int, code: int) -> None:
    with serving() as one:
        assert one.true("ASK {}")
        assert one.stop(number) == code
        one.log.seek(0)
        assert "Traceback" not in one.log.read()


@pytest.mark.parametrize("name", ["cross product", "endless answer"])
def test_requests_under_way_when_it_ends(name: str) -> None:
    query = HOSTILE.get(name, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    found: list[object] = []

    def ask(one: Server) -> None:
        try:
            url = f"{one.url}/sparql"
            with httpx.stream("POST", url, data={"query": query}, timeout=60) as answer:
                found.extend([answer.status_code, b"".join(answer.iter_bytes())])
        except httpx.RemoteProtocolError:
            found.append("broken off")

    grace = "from passex.web import server; server._GRACE = 1"
    with serving("--max-queries", "1", before=grace) as one:
        workers = leaves(one.process.pid)
        thread = threading.Thread(target=ask, args=(one,))
        thread.start()
        works(workers[0], 0.5)
        one.process.send_signal(signal.SIGTERM)
        thread.join()
        assert one.stop() == 0
        last = one.entries()[-1]
        eventually(lambda: not any(map(lives, workers)))
    assert last["outcome"] == "ended with the server"
    if name == "cross product":
        assert found == [503, b"the server is shutting down\n"]
        assert last["status"] == 503
    else:
        assert found[-1] == "broken off"


def test_workers_do_not_outlive_their_server() -> None:
    with serving() as one:
        assert len(leaves(one.process.pid)) == 2
        workers = children(one.process.pid)
        one.kill()
        eventually(lambda: not any(map(lives, workers)))


def run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "passex", "serve", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_what_it_cannot_start_with() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("--port", str(port)) == (
            2,
            f"passex: cannot listen at 127.0.0.1:{port} (Address already in use); "
            "give another --port, or 0 for a free one\n",
        )
    assert run("--host", "203.0.113.1", "--port", "0") == (
        2,
        "passex: cannot listen at 203.0.113.1:0 (Cannot assign requested address); "
        "give a --host that is an address of this machine\n",
    )
    assert run("--host", "") == (
        2,
        "passex: --host is empty; give an address, such as 127.0.0.1\n",
    )
    for value, words in [
        ("nan", "Invalid value for '--timeout': nan is no number; see "),
        ("inf", "Invalid value for '--timeout': inf is not in the range 0.1<=x<=86400.0"),
    ]:
        assert run("--timeout", value)[0] == 2
        assert words in run("--timeout", value)[1]
    assert "'--max-memory': 1048577 is not in the range" in run("--max-memory", "1048577")[1]
    assert run("--writable") == (
        2,
        "passex: --writable and --store go together; give both, or neither\n",
    )
    assert run("--cors", "example.org") == (
        2,
        "passex: 'example.org' is no origin; give one such as https://example.org, or *\n",
    )
    assert run("--data", "nowhere.ttl")[0] == 2


@pytest.mark.parametrize("module", ["uvicorn", "starlette", "httptools"])
def test_without_the_extra(module: str) -> None:
    code = (
        f"import sys; sys.modules['{module}'] = None\n"
        "from passex.cli import main; sys.argv[1:] = ['serve']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"passex: no server without {module}; "
        "pip install --editable '.[web]' in a checkout of Passex\n"
    )


def test_health_is_json(server: Server) -> None:
    assert json.loads(server.http.get("/health").text) == {"status": "ok", "workers": 2}


def test_a_function_that_the_engine_does_not_have(server: Server) -> None:
    for accept in ("*/*", "text/csv"):
        answer = server.ask("SELECT (<urn:f>(?s) AS ?x) { ?s ?p ?o }", Accept=accept)
        assert (answer.status_code, answer.text) == (
            400,
            "there is no function <urn:f> here; "
            "use one of SPARQL 1.1, or ask a server that has it\n",
        )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ASK {", "error at 1:6: expected "),
        ("SELECT ?x {\n  FILTER(\n}", "error at 3:1: expected "),
        ("SELECT ?x { ?x a foo:Ship }", "error at 1:18: the prefix 'foo:' is not declared; "),
        ("SELEC ?x { ?x ?y ?z }", "found 'SELEC'; did you mean SELECT?"),
        ("ASK { ?s ?p 'x }", "error at 1:13: the text that begins with ' is never closed; "),
        ("CLEAR ALL", "error at 1:1: CLEAR is an update; send it as 'update'"),
        (" ", "nothing in it; give a SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("ASK { VALUES ?s { '" + "x" * 110_000 + "'", "error at 1:110021; correct the query"),
    ],
)
def test_errors_point_to_their_place(server: Server, query: str, said: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == 400
    assert answer.text.startswith("not a SPARQL query: ")
    assert said in answer.text
    assert answer.text.count("\n") == 1
