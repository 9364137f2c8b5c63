"""The cases of the W3C's SPARQL 1.1 suites for servers, by the names that they have there.

The protocol, the Graph Store Protocol and the service description. Where a case of the Graph Store
Protocol contradicts the protocol's own text, the test says so and holds the server to the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic
from serving import Server, serving, writable

DATA = "http://example.org/data/{}.rdf"
ONE, TWO, THREE = (DATA.format(name) for name in ("one", "two", "three"))
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
TURTLE = "text/turtle; charset=utf-8"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("store") / "graph"
    with serving(*writable(folder, "--empty")) as one:
        yield one


@pytest.fixture
def documents(server: Server) -> Server:
    """Three graphs, each with a triple about itself."""
    assert server.update("DROP ALL").status_code == 204
    for name in (ONE, TWO, THREE):
        put = server.http.put(
            "/graphs",
            params={"graph": name},
            content="<> a <http://xmlns.com/foaf/0.1/Document> .",
            headers={"Content-Type": TURTLE},
        )
        assert put.status_code == 201
    return server


def post(server: Server, kind: str, body: str | bytes, **parameters: Any) -> httpx.Response:
    given = {key.replace("_", "-"): value for key, value in parameters.items()}
    headers = {"Content-Type": kind} if kind else {}
    content = body.encode() if isinstance(body, str) else body
    return server.http.post("/sparql/", params=given, content=content, headers=headers)


def boolean(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    return bool(answer.json()["boolean"])


def in_xml(server: Server, query: str) -> bool:
    headers = {"Content-Type": QUERY, "Accept": "application/sparql-results+xml"}
    answer = server.http.post("/sparql", content=query.encode(), headers=headers)
    assert answer.headers["content-type"] == "application/sparql-results+xml"
    found = ElementTree.fromstring(answer.content).find(f"{RESULTS}boolean")
    assert found is not None
    return found.text == "true"


BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
NAMED = "ASK { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("name", "how", "query", "parameters", "expected"),
    [
        ("query_post_form", "form", "ASK {}", {}, True),
        ("query_get", "get", "ASK {}", {}, True),
        ("query_post_direct", "direct", "ASK {}", {}, True),
        # A graph that nobody has is empty, not an error.
        ("query_get", "get", "ASK {}", {"default_graph_uri": DATA.format("none")}, True),
        ("default_graph", "form", f"ASK {{ <{ONE}> ?p ?o }}", {"default_graph_uri": ONE}, True),
        ("default_graphs_get", "get", BOTH, {"default_graph_uri": [ONE, TWO]}, True),
        ("default_graphs_get", "get", BOTH, {"default_graph_uri": [ONE]}, False),
        ("default_graphs_post", "direct", BOTH, {"default_graph_uri": [ONE, TWO]}, True),
        ("named_graphs_post", "direct", NAMED, {"named_graph_uri": [ONE, TWO]}, True),
        ("named_graphs_get", "get", NAMED, {"named_graph_uri": [ONE, TWO]}, True),
        (
            "query_multiple_dataset",
            "direct",
            f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}",
            {"default_graph_uri": TWO},
            False,
        ),
    ],
)
def test_queries(
    documents: Server,
    name: str,
    how: str,
    query: str,
    parameters: dict[str, str | list[str]],
    expected: bool,
) -> None:
    given = {key.replace("_", "-"): value for key, value in parameters.items()}
    if how == "get":
        answer = documents.http.get("/sparql", params={"query": query, **given})
    elif how == "form":
        answer = documents.http.post("/sparql/", data={"query": query, **given})
    else:
        answer = post(documents, QUERY, query, **parameters)
    assert boolean(answer) is expected, name


def test_query_dataset_full(documents: Server) -> None:
    answer = post(
        documents,
        QUERY,
        "SELECT ?g ?x ?s { ?x ?y ?o GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
        default_graph_uri=THREE,
        named_graph_uri=[ONE, TWO],
    )
    rows = [
        {name: term["value"] for name, term in row.items()}
        for row in answer.json()["results"]["bindings"]
    ]
    assert rows == [{"g": ONE, "x": THREE, "s": ONE}, {"g": TWO, "x": THREE, "s": TWO}]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT (1 AS ?value) {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        ("DESCRIBE <http://example.org/>", "text/turtle"),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle"),
    ],
)
def test_query_content_types(server: Server, query: str, kind: str) -> None:
    answer = post(server, QUERY, query)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)


SETUP = """PREFIX dc: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    CLEAR ALL ; INSERT DATA { """ + " ".join(
    f"GRAPH <{name}> {{ <{name}> a foaf:Document }}" for name in (ONE, TWO, THREE)
)
OUT = "http://example.org/update-dataset-test/"


@pytest.mark.parametrize(
    ("name", "parameters", "where", "found"),
    [
        ("default_graph", {"using_graph_uri": ONE}, "?s a foaf:Document", {ONE}),
        ("default_graphs", {"using_graph_uri": [ONE, TWO]}, "?s a foaf:Document", {ONE, TWO}),
        (
            "named_graphs",
            {"using_named_graph_uri": [ONE, TWO]},
            "GRAPH ?g { ?s a foaf:Document }",
            {ONE, TWO},
        ),
    ],
)
def test_update_datasets(
    server: Server, name: str, parameters: dict[str, Any], where: str, found: set[str]
) -> None:
    text = f"""{SETUP} }} ;
        INSERT {{ GRAPH <{OUT}> {{ ?s a dc:BibliographicResource }} }} WHERE {{ {where} }}"""
    assert post(server, UPDATE, text, **parameters).status_code == 204, name
    for document in (ONE, TWO, THREE):
        query = f"ASK {{ GRAPH <{OUT}> {{ <{document}> a dcterms:BibliographicResource }} }}"
        assert in_xml(server, query) is (document in found)


def test_update_dataset_full(server: Server) -> None:
    text = f"""{SETUP} }} ;
        INSERT {{ GRAPH <{OUT}> {{ ?s <http://example.org/in> ?in }} }} WHERE {{
            {{ GRAPH ?g {{ ?s a foaf:Document }} BIND(?g AS ?in) }}
            UNION {{ ?s a foaf:Document . BIND("default" AS ?in) }} }}"""
    done = post(server, UPDATE, text, using_graph_uri=ONE, using_named_graph_uri=TWO)
    assert done.status_code == 204
    answer = server.ask(f"SELECT ?s ?in {{ GRAPH <{OUT}> {{ ?s ?p ?in }} }} ORDER BY ?s")
    rows = [(r["s"]["value"], r["in"]["value"]) for r in answer.json()["results"]["bindings"]]
    assert rows == [(ONE, "default"), (TWO, TWO)]


def test_update_post_form_and_direct(documents: Server) -> None:
    assert post(documents, FORM, "update=CLEAR%20NAMED").status_code == 204
    assert not documents.true(NAMED)
    assert post(documents, UPDATE, "CLEAR ALL").status_code == 204


def test_update_base_uri(server: Server) -> None:
    graph = "http://example.org/protocol-base-test/"
    text = f"""CLEAR GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{
        <http://example.org/s> <http://example.org/p> <test> }} }}"""
    # CLEAR has to succeed where the graph is not there, too.
    server.update(f"DROP SILENT GRAPH <{graph}>")
    assert post(server, UPDATE, text).status_code == 204
    answer = server.ask(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    [row] = answer.json()["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": f"{server.url}/test"}


BILL = """using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople&update=WITH%20%3Chttp%3A%2F%2Fexample
%2Faddresses%3E%20DELETE%20%7B%20%3Fp%20%3Ca%3Ab%3E%20%27Bill%27%20%7D%20WHERE%20%7B%20%3Fp%20%3Ca
%3Ab%3E%20%27Bill%27%20%7D""".replace("\n", "")


@pytest.mark.parametrize(
    ("name", "method", "query", "kind", "body", "status"),
    [
        ("bad_query_method", "PUT", "?query=ASK%20%7B%7D", "", b"", 405),
        (
            "bad_multiple_queries",
            "GET",
            "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D",
            "",
            b"",
            400,
        ),
        ("bad_query_wrong_media_type", "POST", "", "text/plain", b"ASK {}", 415),
        ("bad_query_missing_form_type", "POST", "", "", b"query=ASK%20%7B%7D", 415),
        ("bad_query_missing_direct_type", "POST", "", "", b"ASK {}", 415),
        (
            "bad_query_non_utf8",
            "POST",
            "",
            f"{QUERY}; charset=UTF-16",
            "ASK {}".encode("utf-16"),
            415,
        ),
        ("bad_query_non_utf8", "POST", "", QUERY, "ASK {}".encode("utf-16"), 400),
        ("bad_query_syntax", "GET", "?query=ASK%20%7B", "", b"", 400),
        ("bad_update_get", "GET", "?update=CLEAR%20ALL", "", b"", 400),
        (
            "bad_multiple_updates",
            "POST",
            "",
            FORM,
            b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT",
            400,
        ),
        ("bad_update_wrong_media_type", "POST", "", "text/plain", b"CLEAR NAMED", 415),
        ("bad_update_missing_form_type", "POST", "", "", b"update=CLEAR%20NAMED", 415),
        (
            "bad_update_non_utf8",
            "POST",
            "",
            f"{UPDATE}; charset=UTF-16",
            "CLEAR NAMED".encode("utf-16"),
            415,
        ),
        ("bad_update_syntax", "POST", "", FORM, b"update=CLEAR%20XYZ", 400),
        ("bad_update_dataset_conflict", "POST", "", FORM, BILL.encode(), 400),
        # No query at all, and one in the body and in the address.
        ("other parameters alone", "GET", "?foo=bar", "", b"", 400),
        ("an empty form", "POST", "", FORM, b"", 400),
        ("a query and an update", "POST", "", FORM, b"query=ASK%7B%7D&update=CLEAR%20ALL", 400),
        ("one in each place", "POST", "?query=ASK%7B%7D", QUERY, b"ASK {}", 400),
        ("not the words of a query", "POST", "?using-graph-uri=a:b", QUERY, b"ASK {}", 400),
        ("not the words of an update", "POST", "?named-graph-uri=a:b", UPDATE, b"CLEAR ALL", 400),
    ],
)
def test_what_is_malformed_changes_nothing(
    documents: Server, name: str, method: str, query: str, kind: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = documents.http.request(method, f"/sparql{query}", headers=headers, content=body)
    assert answer.status_code == status, (name, answer.text)
    assert documents.true(NAMED)


HEAD = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix v: <http://www.w3.org/2006/vcard/ns#> .
"""


def card(server: Server, name: str, more: str = "") -> str:
    return f"""{HEAD} <{server.url}/graphs/person/1> a foaf:Person ;
        foaf:businessCard [ a v:VCard ; v:fn "{name}" ] {more} ."""


ALICE = f'{HEAD} [] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'


def holds(server: Server, path: str, turtle: str) -> bool:
    answer = server.http.get(path, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        "text/turtle",
    )
    found = rdflib.Graph().parse(data=answer.text, format="turtle")
    return isomorphic(found, rdflib.Graph().parse(data=turtle, format="turtle"))


def test_the_graph_store_protocol(server: Server) -> None:
    assert server.update("DROP ALL").status_code == 204
    http, turtle = server.http, {"Content-Type": TURTLE}
    one, two = "/graphs/person/1.ttl", "/graphs/person/2.ttl"

    def status(method: str, path: str, body: str = "", kind: str = TURTLE) -> int:
        headers = {"Content-Type": kind}
        return http.request(method, path, content=body.encode(), headers=headers).status_code

    # put__initial_state, put__graph_already_in_store
    assert status("PUT", one, card(server, "John Doe")) == 201
    for place in (one, server.url + one):
        assert holds(server, f"/graphs?graph={place}", card(server, "John Doe"))
    assert status("PUT", one, card(server, "Jane Doe")) == 204
    assert holds(server, one, card(server, "Jane Doe"))
    # put__default_graph. "put__mismatched_payload" puts the same there, and wants 400; its name
    # tells what it means: that the payload is not what the Content-Type says.
    assert status("PUT", "/graphs?default", ALICE) == 201
    assert holds(server, "/graphs?default", ALICE)
    assert status("PUT", "/graphs?default", card(server, "Jane"), "application/rdf+xml") == 400
    assert holds(server, "/graphs?default", ALICE)
    # put__empty_graph, put__replace_empty_graph
    assert status("PUT", two) == 201
    assert holds(server, two, "")
    assert status("PUT", f"/graphs?graph={server.url}{two}", ALICE) == 204
    assert holds(server, two, ALICE)
    # delete__existing_graph, delete__nonexistent_graph
    assert status("DELETE", two) == 200
    assert status("GET", two) == 404
    assert status("DELETE", two) == 404
    # post__existing_graph: its Turtle lacks the last full stop.
    name = f'{HEAD} <{server.url}/graphs/person/1> foaf:name "Jane Doe"\n'
    assert status("POST", one, name) == 200
    assert holds(server, one, card(server, "Jane Doe", '; foaf:name "Jane Doe"'))
    # post__multipart_formdata: so does this, and its lines end as lines do in a file.
    parts = "".join(
        f"--x\nContent-Disposition: form-data; name={part!r}; filename={part!r}\n"
        f"Content-Type: {TURTLE}\n\n{HEAD}"
        f'<{server.url}/graphs/person/1> foaf:{part} "{value}"\n\n'
        for part, value in [("familyName", "Doe"), ("givenName", "Jane")]
    )
    assert status("POST", one, f"{parts}--x--\n", "multipart/form-data; boundary=x") == 200
    more = '; foaf:name "Jane Doe" ; foaf:givenName "Jane" ; foaf:familyName "Doe"'
    assert holds(server, one, card(server, "Jane Doe", more))
    # post__create__new_graph, post__empty_graph_to_existing_graph
    made = http.post("/graphs", content=ALICE, headers=turtle)
    assert made.status_code == 201
    assert holds(server, made.headers["location"], ALICE)
    assert status("POST", made.headers["location"]) == 204
    assert holds(server, made.headers["location"], ALICE)
    # head_on_an_existing_graph, head_on_a_nonexisting_graph
    head = http.head(one, headers={"Accept": "text/turtle"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].partition(";")[0] == "text/turtle"
    assert status("HEAD", "/graphs/person/4.ttl") == 404


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("accept", [None, "*/*", "application/rdf+xml, text/turtle;q=0.5"])
def test_the_service_description(documents: Server, path: str, accept: str | None) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = documents.http.get(path, headers=headers)
    kind = answer.headers["content-type"].partition(";")[0]
    graph = rdflib.Graph().parse(data=answer.text, format=kind)
    # has-endpoint-triple: the address that was asked.
    [service] = graph.subjects(SD.endpoint, rdflib.URIRef(documents.url + path))
    types = {
        SD.Service: [service],
        SD.Dataset: graph.objects(service, SD.defaultDataset),
        SD.Graph: [*graph.objects(None, SD.graph), *graph.objects(None, SD.defaultGraph)],
        SD.NamedGraph: graph.objects(None, SD.namedGraph),
    }
    for kind_of, nodes in types.items():
        assert set(graph.subjects(rdflib.RDF.type, kind_of)) == set(nodes)
    assert {str(name) for name in graph.objects(None, SD.name)} == {ONE, TWO, THREE}
    assert set(graph.objects(service, SD.supportedLanguage)) == {
        SD.SPARQL10Query,
        SD.SPARQL11Query,
        SD.SPARQL11Update,
    }
    assert set(graph.objects(service, SD.feature)) == {SD.EmptyGraphs}
    assert len(set(graph.objects(service, SD.resultFormat))) == 10
