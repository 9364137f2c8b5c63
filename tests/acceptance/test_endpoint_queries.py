"""`passex query` on a server: the server answers, and nothing else is fetched."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hostile import Answer, Asked, Handler, hostile, send
from processes import started
from servers import Server

import passex
from passex.cli import cli
from passex.errors import EndpointError, QueryError, VocabularyError
from passex.query.solutions import Solutions, Triples

SHIPS = "SELECT ?ship { ?ship a nr:Ship } ORDER BY ?ship"
GRAPH = "https://w3id.org/passex/graph"
DBPEDIA = b"""@prefix dbo: <http://dbpedia.org/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:kobe> a dbo:City ; rdfs:label "Kobe"@en, "Kobe"@de ; dbo:mayor [ rdfs:label "A mayor" ] .
<urn:nara> a dbo:City ; rdfs:label "Nara"@en ; dbo:population 354000 .
<urn:nara2> a dbo:Town ; rdfs:label "Nara"@en .
"""


def query(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli, ["query", *arguments], prog_name="passex")


def said(server_url: str, text: str) -> str:
    return f"passex: {server_url}: {text}\n"


# --- servers that are real


@pytest.fixture(autouse=True)
def own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "server" in request.fixturenames or "pushed" in request.fixturenames:
        for name, value in request.getfixturevalue("server").environment.items():
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def foreign(server: Server) -> str:
    server.put("urn:dbpedia", DBPEDIA)
    return f"{server.url}?default-graph-uri=urn:dbpedia"


@pytest.mark.parametrize(
    "arguments",
    [
        (SHIPS,),
        (SHIPS, "--labels"),
        (SHIPS, "--why"),
        ("SELECT ?b { id:jmsdf nr:trainedWith ?b } ORDER BY ?b", "--why"),
        (SHIPS, "--limit", "2"),
        (SHIPS, "--limit", "3", "--format", "csv"),
        (SHIPS, "--limit", "2", "--format", "json"),
        (SHIPS, "--format", "xml"),
        (SHIPS, "--format", "tsv"),
        (SHIPS, "--format", "jsonl"),
        (SHIPS, "--format", "markdown", "--labels"),
        ("SELECT ?s { ?s a nr:Nothing }",),
        ("SELECT ?s { ?s a nr:Ship }", "--bind", "s=JS Kashima"),
        ("SELECT ?s { ?s rdfs:label ?l }", "--bind", 'l="JS Kashima"@en'),
        ("SELECT ?s { ?s a nr:Ship } ORDER BY ?s", "--bind", "s=js KASHIMA", "--labels"),
        ("ASK { id:japan a nr:State }",),
        ("ASK { id:japan a nr:Ship }",),
        ("ASK { id:japan a nr:State }", "--format", "json"),
        ("ASK { id:japan a nr:Ship }", "--format", "csv"),
        ("CONSTRUCT { ?s a nr:Ship } { ?s a nr:Ship FILTER(?s = id:js-kashima) }",),
        ("CONSTRUCT { ?s a nr:Ship } { ?s a nr:Ship }", "--limit", "2", "--format", "ntriples"),
        ("SELECT ?s {",),
        ("SELECT ?s { ?s a nrr:Ship }",),
        (SHIPS, "--show"),
        (SHIPS, "--explain"),
        (SHIPS, "--bind", "x=1"),
    ],
    ids=" ".join,
)
def test_the_server_answers_as_files_do(pushed: str, arguments: tuple[str, ...]) -> None:
    here, there = query(*arguments), query(*arguments, "--endpoint", pushed)
    if "ntriples" in arguments:  # in any order
        assert there.stdout.count("\n") == here.stdout.count("\n") == 2
    else:
        assert there.stdout_bytes == here.stdout_bytes
    assert (there.exit_code, there.stderr) == (here.exit_code, here.stderr)


def test_claims_in_formats_for_programs(pushed: str) -> None:
    command = ("SELECT ?e { ?e a nr:Visit }", "--why", "--format", "csv")
    here, there = query(*command), query(*command, "--endpoint", pushed)
    assert sorted(there.stdout.splitlines()) == sorted(here.stdout.splitlines())
    assert len(here.stdout.splitlines()) > 10


def test_data_of_others(foreign: str, server: Server) -> None:
    cities = "PREFIX d: <http://dbpedia.org/ontology/> SELECT ?c ?n { ?c d:population ?n }"
    found = query(cities, "--labels", "--endpoint", foreign)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == "c          n\nNara  354000\n"
    kobe = query("SELECT ?k { ?c a ?k }", "--bind", "c=kobe", "--endpoint", foreign)
    assert kobe.stdout == "k\n<http://dbpedia.org/ontology/City>\n"
    both = query("SELECT ?k { ?c a ?k }", "--bind", "c=Nara", "--endpoint", foreign)
    assert (both.exit_code, both.stderr) == (
        2,
        "passex: 'Nara' is the name of 2 nodes: Nara (<urn:nara>), Nara (<urn:nara2>); give one of "
        "the names in brackets instead\n",
    )
    none = query("SELECT ?k { ?c a ?k }", "--bind", "c=Osaka", "--endpoint", foreign)
    assert (none.exit_code, none.stderr) == (
        2,
        f"passex: 'Osaka': nothing on {server.url} is called so; for a text, quote it\n",
    )


def test_blank_nodes_can_be_read(foreign: str) -> None:
    mayors = "SELECT ?m ?l { ?c <http://dbpedia.org/ontology/mayor> ?m . ?m rdfs:label ?l }"
    found = query(mayors, "--format", "json", "--endpoint", foreign)
    [row] = json.loads(found.stdout)["results"]["bindings"]
    assert row["m"]["type"] == "bnode"
    assert row["l"]["value"] == "A mayor"
    graph = query("DESCRIBE <urn:kobe>", "--format", "ntriples", "--endpoint", foreign)
    assert len(list(ox.parse(graph.stdout.encode(), ox.RdfFormat.N_TRIPLES))) >= 4


def test_a_query_that_names_its_graphs(pushed: str, foreign: str) -> None:
    text = "SELECT ?c FROM <urn:dbpedia> { ?c a <http://dbpedia.org/ontology/Town> }"
    assert query(text, "--endpoint", pushed).stdout == "c\n<urn:nara2>\n"
    text = "SELECT ?c { GRAPH <urn:dbpedia> { ?c a <http://dbpedia.org/ontology/Town> } }"
    assert query(text, "--endpoint", pushed).stdout == "c\n<urn:nara2>\n"


def test_what_the_server_does_not_like_is_said_in_its_words(server: Server, foreign: str) -> None:
    text = "SELECT (<urn:no-such-function>(?s) AS ?x) { ?s ?p ?o } LIMIT 1"
    found = query(text, "--endpoint", f"{server.url}?default-graph-uri=urn:dbpedia")
    assert (found.exit_code, found.stdout) == (2, "")
    assert re.fullmatch(
        rf"passex: {re.escape(server.url)}: [45]\d\d [^:]+: .*(custom|Undefined).*\n", found.stderr
    )


def test_what_the_server_cuts_is_an_error(server: Server) -> None:
    many = b"".join(b"<urn:s:%d> <urn:p> %d .\n" % (n, n) for n in range(10_001))
    server.put("urn:cut", many)
    url = f"{server.url}?default-graph-uri=urn:cut"
    texts = [
        "SELECT ?s { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s a ?o } FROM <urn:cut> WHERE { ?s ?p ?o }",
    ]
    cuts = "sparql-graph-crud" in server.graphs
    for text in texts:
        form = "csv" if text.startswith("SELECT") else "ntriples"
        asked = server.url if "FROM" in text else url
        found = query(text, "--format", form, "--endpoint", asked)
        assert (found.exit_code, found.stderr) == (
            (
                2,
                said(
                    server.url,
                    "gives 10000 rows and no more, and there are more; raise the server's limit of "
                    "rows, or ask in parts with LIMIT and OFFSET",
                ),
            )
            if cuts
            else (0, "")
        )
    for text in ("SELECT ?s { ?s ?p ?o } LIMIT 10000", "SELECT ?s { ?s ?p ?o FILTER(?o > 0) }"):
        found = query(text, "--format", "csv", "--endpoint", url)
        assert (found.exit_code, found.stdout.count("\n"), found.stderr) == (0, 10_001, "")


def test_the_library_asks_the_server(pushed: str, foreign: str) -> None:
    kg = passex.connect(foreign)
    assert repr(kg) == f"<KnowledgeGraph: {pushed}>"
    assert kg.query("ASK { <urn:kobe> ?p ?o }") is True
    assert kg.query("ASK { <urn:japan> ?p ?o }") is False
    found = kg.query("SELECT ?c ?n { ?c <http://dbpedia.org/ontology/population> ?n }")
    assert isinstance(found, Solutions)
    assert found.columns == ("c", "n")
    assert [str(row["c"]) for row in found] == ["<urn:nara>"]
    assert len(found) == 1
    assert found.records() == [{"c": "Nara", "n": "354000"}]
    triples = kg.query("CONSTRUCT WHERE { <urn:nara2> ?p ?o }")
    assert isinstance(triples, Triples)
    assert len(list(triples)) == len(triples) == 2
    with pytest.raises(QueryError, match="query:2:2: the prefix 'nrr:' is not declared"):
        kg.query("ASK { ?s nrr:x ?o }".replace("ASK { ?s", "ASK { #\n"))
    kg.query("SELECT * { ?s ?p ?o }")  # and nobody reads it
    with (
        pytest.warns(match="10 facts fetched"),
        pytest.raises(VocabularyError, match="no node of a class of the Passex ontology"),
    ):
        kg.stats()


def test_any_thread_reads_what_a_server_gives(foreign: str) -> None:
    code = """
import sys
from concurrent.futures import ThreadPoolExecutor
import passex
kg = passex.connect(sys.argv[1])
pool = ThreadPoolExecutor(1)
rows = iter(kg.query("SELECT ?s { ?s ?p ?o FILTER(isIRI(?s)) } ORDER BY ?s ?o LIMIT 3"))
print([str(row["s"]) for row in [next(rows), pool.submit(next, rows).result(), *rows]])
print(len(pool.submit(kg.query, "CONSTRUCT WHERE { <urn:nara2> ?p ?o }").result()))
found = pool.submit(kg.query, "SELECT * { ?s ?p ?o }").result()
del found
print(pool.submit(kg.query, "ASK { <urn:kobe> ?p ?o }").result())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, foreign],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["['<urn:kobe>', '<urn:kobe>', '<urn:kobe>']", "2", "True"]


# --- what is sent


def results(number: int, name: str = "s") -> bytes:
    row = f'{{"{name}":{{"type":"uri","value":"urn:a"}}}}'.encode()
    head = f'{{"head":{{"vars":["{name}"]}},"results":{{"bindings":['.encode()
    return head + b",".join([row] * number) + b"]}}"


def answering(body: bytes, **headers: Any) -> Answer:
    """Say that no graph of ours is there, and then this."""

    def answer(handler: Handler, asked: Asked) -> None:
        if asked.query.startswith("ASK"):
            send(handler, b'{"head":{},"boolean":false}')
        else:
            send(handler, body, **headers)

    return answer


def parameters(asked: Asked) -> dict[str, list[str]]:
    text = urlsplit(asked.path).query if asked.method == "GET" else asked.body.decode()
    return parse_qs(text)


def test_one_request_a_query_and_nothing_fetched() -> None:
    with hostile(answering(results(2))) as server:
        url = f"{server.url}?default-graph-uri=urn:g&apikey=7"
        assert query("SELECT ?s { ?s a foaf:Person }", "--endpoint", url).stdout == (
            "s\n<urn:a>\n<urn:a>\n"
        )
        [asked] = server.asked
    assert asked.method == "GET"
    assert parameters(asked) == {
        "apikey": ["7"],
        "default-graph-uri": ["urn:g"],
        "query": [
            "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\nSELECT ?s { ?s a foaf:Person }",
        ],
    }
    assert asked.headers["Accept"] == (
        "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
        "text/tab-separated-values;q=0.3"
    )


def test_without_a_graph_in_the_url_one_question_finds_it() -> None:
    with hostile(answering(results(1))) as server:
        query(SHIPS, "--endpoint", server.url)
        assert [parameters(a)["query"][0].split()[0] for a in server.asked] == ["ASK", "PREFIX"]
        assert "default-graph-uri" not in parameters(server.asked[1])

    def ours(handler: Handler, asked: Asked) -> None:
        ask = asked.query.startswith("ASK")
        send(handler, b'{"head":{},"boolean":true}' if ask else results(1))

    with hostile(ours) as server:
        query(SHIPS, "--endpoint", server.url)
        assert parameters(server.asked[1])["default-graph-uri"] == [GRAPH]
        query("SELECT ?s { GRAPH <urn:g> { ?s ?p ?o } }", "--endpoint", server.url)
        assert len(server.asked) == 3
        assert "default-graph-uri" not in parameters(server.asked[2])


@pytest.mark.parametrize("status", [400, 501, 500])
def test_a_server_that_knows_no_graphs(status: int) -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        if asked.query.startswith("ASK"):
            send(handler, b"what is GRAPH?", "text/plain", status)
        else:
            send(handler, results(1))

    with hostile(answer) as server:
        found = query(SHIPS, "--endpoint", server.url)
        assert found.exit_code == (2 if status == 500 else 0)


def test_long_queries_go_by_post_and_values_are_terms() -> None:
    with hostile(answering(results(1, "x"))) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        text = "SELECT ?x { ?x rdfs:label ?l } #" + " long" * 400
        value = '"} DROP ALL # \\"\\n"'
        assert query(text, "--bind", f"l={value}", "--endpoint", url).exit_code == 0
        [asked] = server.asked
    assert asked.method == "POST"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    sent = parameters(asked)
    assert sent["default-graph-uri"] == ["urn:g"]
    assert 'SELECT ?x { VALUES ?l { "} DROP ALL # \\"\\n" } ?x rdfs:label ?l }' in sent["query"][0]


def test_warnings_ask_the_server_nothing() -> None:
    with hostile(answering(results(0))) as server:
        found = query(
            "SELECT ?s { ?s nr:hasParticipent id:nobody }",
            "--endpoint",
            f"{server.url}?default-graph-uri=urn:g",
        )
        assert len(server.asked) == 1
    assert found.stdout == "No solutions.\n"
    assert found.stderr.splitlines()[0] == (
        "passex: warning: query:1:16: nr:hasParticipent is not in the ontology; did you mean "
        "nr:hasParticipant?"
    )
    assert "id:nobody" not in found.stderr.splitlines()[0]
    assert found.stderr.count("warning") == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_server_with_facts_alone_has_no_derived_relations(there: bool) -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        [text] = parameters(asked)["query"]
        truth = f'{{"head":{{}},"boolean":{str(there).lower()}}}'.encode()
        send(handler, truth if text.startswith("ASK") else results(0))

    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        found = query("SELECT ?a { ?a nr:trainedWith ?b }", "--endpoint", url)
        assert len(server.asked) == 2
    said = (
        "passex: warning: query:1:16: nothing there has nr:trainedWith, which the rules derive; "
        "'passex ask' and 'passex network' derive it from the facts there, and 'passex push' puts "
        "it on a server"
    )
    assert (said in found.stderr) is not there


def test_a_graph_in_the_url_and_others_in_the_query() -> None:
    with hostile(answering(results(0))) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        found = query("SELECT ?s { GRAPH <urn:h> { ?s ?p ?o } }", "--endpoint", url)
    assert found.stderr.splitlines()[0] == (
        "passex: warning: query:1:13: the URL names the graph, and GRAPH finds no other; leave out "
        "default-graph-uri there"
    )


# --- what comes back

XML = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>
<variable name="s"/></head><results><result><binding name="s"><uri>urn:a</uri></binding></result>
</results></sparql>"""
MEMBERS = gzip.compress(results(1)[:9]) + gzip.compress(results(1)[9:])
NT = b"<urn:a> <urn:p> <urn:b> .\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (results(1), {}),
        (results(1), {"kind": "application/json; charset=utf-8"}),
        (XML, {"kind": "application/sparql-results+xml"}),
        (XML, {"kind": "text/xml"}),
        (b"?s\n<urn:a>\n", {"kind": "text/tab-separated-values"}),
        (gzip.compress(results(1)), {"Content_Encoding": "gzip"}),
        (zlib.compress(results(1)), {"Content_Encoding": "deflate"}),
        (zlib.compress(results(1), wbits=-15), {"Content_Encoding": "deflate"}),
        (
            gzip.compress(results(1)[:9]) + gzip.compress(results(1)[9:]),
            {"Content_Encoding": "gzip"},
        ),
    ],
    ids=["json", "plain", "xml", "text", "tsv", "gzip", "deflate", "raw", "members"],
)
def test_formats_of_solutions(body: bytes, headers: dict[str, Any]) -> None:
    with hostile(answering(body, **headers)) as server:
        found = query("SELECT ?s { ?s ?p ?o }", "--format", "csv", "--endpoint", server.url)
    assert (found.exit_code, found.stdout_bytes, found.stderr) == (0, b"s\r\nurn:a\r\n", "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (NT, "application/n-triples"),
        (NT, "text/plain"),
        (b"@prefix u: <urn:> . u:a u:p u:b .", "text/turtle"),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            b'<rdf:Description rdf:about="urn:a"><u:p rdf:resource="urn:b"/></rdf:Description>'
            b"</rdf:RDF>",
            "application/rdf+xml",
        ),
        (b'{"@id":"urn:a","urn:p":[{"@id":"urn:b"}]}', "application/ld+json"),
    ],
)
def test_formats_of_graphs(body: bytes, kind: str) -> None:
    with hostile(answering(body, kind=kind)) as server:
        text = "CONSTRUCT WHERE { ?s ?p ?o }"
        found = query(text, "--format", "nquads", "--endpoint", server.url)
    assert (found.exit_code, found.stdout_bytes, found.stderr) == (0, NT, "")
    assert server.asked[-1].headers["Accept"].startswith("application/n-triples, text/turtle;")


def test_truth_as_virtuoso_tells_it() -> None:
    head = '{"head":{"link":[],"vars":["__ASK_RETVAL"]},"results":{"bindings":['
    one = '{"__ASK_RETVAL":{"type":"typed-literal","datatype":"urn:i","value":"1"}}'
    for row, expected in ((one, b"true"), ("", b"false")):
        body = f"{head}{row}]}}}}".encode()

        def answer(handler: Handler, asked: Asked, body: bytes = body) -> None:
            send(handler, body)

        with hostile(answer) as server:
            url = f"{server.url}?default-graph-uri=urn:g"
            found = query("ASK { ?s ?p ?o }", "--format", "csv", "--endpoint", url)
            assert (found.exit_code, found.stdout_bytes) == (0, expected)


def test_names_of_blank_nodes_as_virtuoso_writes_them() -> None:
    node = '{"s": { "type": "bnode", "value": "nodeID://b10012" }, "t": '
    text = '{ "type": "literal", "value": "\\"bnode\\", \\"value\\": \\"nodeID://x" } }'
    body = f'{{"head":{{"vars":["s","t"]}},"results":{{"bindings":[{node}{text}]}}}}'.encode()

    def answer(handler: Handler, asked: Asked) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for byte in body:  # so that it is cut wherever it can be
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()

    with hostile(answer, "Virtuoso/07.20") as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        found = query("SELECT ?s ?t { ?s ?p ?t }", "--format", "json", "--endpoint", url)
    assert json.loads(found.stdout)["results"]["bindings"] == [
        {
            "s": {"type": "bnode", "value": "b10012"},
            "t": {"type": "literal", "value": '"bnode", "value": "nodeID://x'},
        }
    ]


HTML = b"<html><title>Log in</title><body><script>x()</script><h1>Please &amp; thanks</h1></body>"
NO_RESULT = "the answer is no whole result of SPARQL"
#: A line, and nothing to show that there should be more.
CUT = gzip.compress(NT)[:-8]
LOG = "; see the server's log, or try again"
KIND = "; check that this is the URL of a SPARQL endpoint"


@pytest.mark.parametrize(
    ("text", "sent", "message"),
    [
        (
            "SELECT",
            {"body": HTML, "kind": "text/html"},
            f"the answer is text/html, no result of SPARQL (Log in Please & thanks){KIND}",
        ),
        (
            "CONSTRUCT",
            {"body": HTML, "kind": "text/html"},
            f"the answer is text/html, no graph (Log in Please & thanks){KIND}",
        ),
        (
            "CONSTRUCT",
            {"body": results(1)},
            "the answer is application/sparql-results+json, no graph "
            f"({results(1).decode()}){KIND}",
        ),
        ("SELECT", {"body": HTML}, f"{NO_RESULT}: Log in Please & thanks{LOG}"),
        ("SELECT", {"body": b""}, f"{NO_RESULT}: it is empty{LOG}"),
        (
            "SELECT",
            {"body": XML[:-40], "kind": "application/sparql-results+xml"},
            f"{NO_RESULT}: its 160 bytes end with "
            f'\'…"/></head><results><result><binding name="s"><uri>urn:a</uri\'{LOG}',
        ),
        (
            "SELECT",
            {"body": b"?s\n<urn:a>\n<urn", "kind": "text/tab-separated-values"},
            f"{NO_RESULT}: its 15 bytes end with '<urn'{LOG}",
        ),
        (
            "CONSTRUCT",
            {"body": NT + NT[:9], "kind": "application/n-triples"},
            f"{NO_RESULT}: its 35 bytes end with '<urn:a> <'{LOG}",
        ),
        (
            "CONSTRUCT",
            {"body": NT + NT[:-1], "kind": "application/n-triples"},
            f"{NO_RESULT}: its 51 bytes end with '<urn:a> <urn:p> <urn:b> .'{LOG}",
        ),
        (
            "CONSTRUCT",
            {"body": NT + b"Virtuoso 42000 Error out of memory", "kind": "text/turtle"},
            f"{NO_RESULT}: its 60 bytes end with 'Virtuoso 42000 Error out of memory'{LOG}",
        ),
        (
            "SELECT",
            {"body": results(3).replace(b"urn:a", b"no iri", 1)},
            f"{NO_RESULT} (Invalid uri value: Invalid IRI code point ' '): its 160 bytes "
            'end with \'…i","value":"urn:a"}},{"s":{"type":"uri","value":"urn:a"}}]}}\''
            f"{LOG}",
        ),
        (
            "SELECT",
            {"body": b'{"head":{},"boolean":true}'},
            "answers true or false to a SELECT; see what stands between here and the server",
        ),
        (
            "SELECT",
            {"body": results(2), "X_SQL_State": "S1TAT", "X_SQL_Message": "anytime"},
            "the answer is a part of the whole (anytime); raise the server's time limit",
        ),
        (
            "SELECT",
            {"body": b"no gzip at all", "Content_Encoding": "gzip"},
            "the answer is compressed and damaged (Error -3 while decompressing data: incorrect "
            "header check); try again",
        ),
        (
            "CONSTRUCT",
            {"body": CUT, "kind": "application/n-triples", "Content_Encoding": "gzip"},
            "the answer is compressed and damaged (it ends before its end); try again",
        ),
        (
            "SELECT",
            {"body": b"br", "Content_Encoding": "br"},
            "the answer is compressed and damaged ('br' is not what was asked for); try again",
        ),
        (
            "SELECT",
            {"body": results(2), "length": 5000},
            "the answer broke off (peer closed connection without sending complete message body "
            "(received 122 bytes, expected 5000)); try again",
        ),
        (
            "CONSTRUCT",
            {"body": NT, "kind": "application/n-triples", "length": 5000},
            "the answer broke off (peer closed connection without sending complete message body "
            "(received 26 bytes, expected 5000)); try again",
        ),
        (
            "SELECT",
            {"body": b"\n\nSP030: syntax error\nat 1", "kind": "text/plain", "status": 500},
            "500 Internal Server Error: SP030: syntax error",
        ),
        (
            "CONSTRUCT",
            {"body": HTML, "kind": "text/html", "status": 503},
            "503 Service Unavailable: Log in Please & thanks; try again later",
        ),
        ("SELECT", {"status": 303, "Location": "/sparql"}, "more than 5 redirects; check the URL"),
    ],
)
def test_what_is_wrong_with_an_answer(
    text: str, sent: dict[str, object], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        send(handler, **sent)  # type: ignore[arg-type]
        handler.close_connection = True

    asked = "SELECT ?s { ?s ?p ?o }" if text == "SELECT" else "CONSTRUCT WHERE { ?s ?p ?o }"
    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        for form in ("csv", "json", "jsonl") if text == "SELECT" else ("turtle", "ntriples"):
            found = query(asked, "--format", form, "--endpoint", url)
            assert (found.exit_code, found.stderr) == (2, said(server.url, message)), found.stdout
        with pytest.raises(EndpointError) as caught:
            everything(passex.connect(url), asked)
        assert str(caught.value) == f"{server.url}: {message}"


def everything(kg: passex.KnowledgeGraph, text: str) -> list[object]:
    found = kg.query(text)
    assert isinstance(found, Solutions | Triples)
    return list(found)


def test_what_a_server_gives_no_more_of() -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        more = "OFFSET 2" in asked.query
        send(handler, results(int(more) if more else 2), X_SPARQL_MaxRows="2")

    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        found = query("SELECT ?s { ?s ?p ?o }", "--format", "csv", "--endpoint", url)
        assert (found.exit_code, found.stdout, found.stderr) == (
            2,
            "s\nurn:a\nurn:a\n",
            said(
                server.url,
                "gives 2 rows and no more, and there are more; raise the server's limit of rows, "
                "or ask in parts with LIMIT and OFFSET",
            ),
        )
        assert server.asked[1].query == "SELECT ?s { ?s ?p ?o } LIMIT 1 OFFSET 2"
        whole = query("SELECT ?s { ?s ?p ?o } LIMIT 2", "--format", "csv", "--endpoint", url)
        assert (whole.exit_code, whole.stderr) == (0, "")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_credentials_are_not_passed_on(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSEX_TOKEN", "sesame")
    with hostile(answering(results(1))) as other:
        moved = f"{other.url}?query=x"

        def answer(handler: Handler, asked: Asked) -> None:
            send(handler, status=status, Location=moved)

        with hostile(answer) as server:
            found = query("SELECT ?s { ?s ?p ?o }", "--format", "csv", "--endpoint", server.url)
            assert all(a.headers["Authorization"] == "Bearer sesame" for a in server.asked)
    assert (found.exit_code, found.stdout_bytes) == (0, b"s\r\nurn:a\r\n")
    assert other.asked
    assert not any("Authorization" in asked.headers for asked in other.asked)


def test_secrets_are_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_TOKEN", "sesame-open")
    refuse: Answer = lambda h, asked: send(h, b"no", "text/plain", 403)  # noqa: E731
    with hostile(refuse) as server:
        found = query("ASK {}", "--endpoint", f"{server.url}?apikey=sesame-too")
        assert (found.exit_code, found.stderr) == (
            2,
            said(
                server.url,
                "403 Forbidden: no; use an account that may do this: PASSEX_USER and "
                "PASSEX_PASSWORD, or PASSEX_TOKEN",
            ),
        )
    found = query("ASK {}", "--endpoint", "http://me:sesame@127.0.0.1:1/")
    assert found.exit_code == 2
    assert "sesame" not in found.stdout + found.stderr


# --- how it ends


def endless(handler: Handler, asked: Asked) -> None:
    """Send rows, a few at a time, until nobody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.end_headers()
    row = b'{"s":{"type":"uri","value":"urn:a"}}'
    handler.wfile.write(b'{"head":{"vars":["s"]},"results":{"bindings":[' + row)
    while True:
        handler.wfile.write((b"," + row) * 500)
        handler.wfile.flush()
        time.sleep(0.01)


@pytest.fixture
def gone() -> threading.Event:
    return threading.Event()


@pytest.fixture
def flowing(gone: threading.Event) -> Iterator[str]:
    def answer(handler: Handler, asked: Asked) -> None:
        try:
            endless(handler, asked)
        except OSError:
            gone.set()
            raise

    with hostile(answer) as server:
        yield f"{server.url}?default-graph-uri=urn:g"


def start(*arguments: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return started([sys.executable, "-m", "passex", "query", "SELECT ?s { ?s ?p ?o }", *arguments])


@pytest.mark.parametrize("form", ["csv", "table"])
def test_a_deadline_ends_the_request(flowing: str, gone: threading.Event, form: str) -> None:
    with start("--format", form, "--endpoint", flowing, "--timeout", "1.5") as process:
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (
        124,
        b"passex: timed out after 1.5 s; the answer is not whole\n",
    )
    assert output.startswith(b"s\r\nurn:a\r\n") if form == "csv" else output == b""
    assert gone.wait(20)


def test_a_server_that_says_nothing_is_no_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_TIMEOUT", "0.3")

    def answer(handler: Handler, asked: Asked) -> None:
        time.sleep(1)

    with hostile(answer) as server:
        found = query("ASK {}", "--endpoint", server.url)
        assert (found.exit_code, found.stderr) == (
            2,
            said(
                server.url,
                "nothing came for 0.3 s; set PASSEX_TIMEOUT to more seconds, or try again later",
            ),
        )


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind")
def test_ctrl_c_ends_the_request(flowing: str, gone: threading.Event) -> None:
    with start("--format", "csv", "--endpoint", flowing) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"s\r\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"passex: interrupted\n")
    assert gone.wait(20)


def test_whoever_reads_no_further_ends_the_request(flowing: str, gone: threading.Event) -> None:
    with start("--format", "csv", "--endpoint", flowing) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"s\r\n"
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")
    assert gone.wait(20)


def test_a_limit_ends_the_request(gone: threading.Event) -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/n-triples")
        handler.end_headers()
        try:
            for number in range(10**9):
                handler.wfile.write(b"<urn:%d> <urn:p> <urn:o> .\n" % number)
        except OSError:
            gone.set()
            raise

    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        arguments = ("--format", "ntriples", "--limit", "2", "--endpoint", url)
        found = query("CONSTRUCT WHERE { ?s ?p ?o }", *arguments)
    assert (found.exit_code, found.stdout, found.stderr) == (
        3,
        "<urn:0> <urn:p> <urn:o> .\n<urn:1> <urn:p> <urn:o> .\n",
        "passex: cut at 2 triples; there are more\n",
    )
    assert gone.wait(20)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc")
def test_memory_does_not_grow_with_what_comes() -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        send(handler, results(600_000))

    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        with start("--format", "tsv", "--endpoint", url) as process:
            assert process.stdout is not None
            peaks, lines = [], 0
            for _ in process.stdout:
                lines += 1
                if lines % 100_000 == 1 and lines < 600_000:
                    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                        peaks.append(int(re.findall(r"VmRSS:\s+(\d+)", status.read())[0]))
        assert (process.returncode, lines) == (0, 600_001)
    assert max(peaks) - peaks[0] < 20_000
