"""What people ask SPARQL servers with gets from `passex serve` what `kg.query` gives."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.query import Result, ResultRow
from serving import Server, serving, writable
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

import passex

PREFIXES = """PREFIX nr: <https://w3id.org/passex/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
SELECT = f"""{PREFIXES}SELECT ?event ?name ?earliest ?count {{
  ?event a nr:Event ; rdfs:label ?name .
  OPTIONAL {{ ?event nr:earliest ?earliest }}
  {{ SELECT ?event (COUNT(?actor) AS ?count) {{
    ?event a nr:Event OPTIONAL {{ ?event nr:hasParticipant ?actor }} }} GROUP BY ?event }}
}} ORDER BY ?event"""
CONSTRUCT = f"""{PREFIXES}CONSTRUCT {{ ?a nr:trainedWith ?b . ?a rdfs:label ?name }} WHERE {{
  ?a a nr:State ; nr:trainedWith ?b ; rdfs:label ?name . ?b a nr:State }}"""
ASKS = {
    f"{PREFIXES}ASK {{ ?s nr:trainedWith ?s }}": False,
    f"{PREFIXES}ASK {{ ?s nr:trainedWith ?o }}": True,
}
BROKEN = "SELECT ?s { ?s ?p }"
SENTENCE = (
    "not a SPARQL query: error at 1:19: expected a variable, an IRI, a literal, a blank node, "
    "'(' or '[', found '}'"
)
CONSUMERS = Path(__file__).resolve().parents[1] / "consumers"
Rows = list[tuple[str | None, ...]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(*writable(tmp_path_factory.mktemp("store") / "graph")) as one:
        yield one


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load()


@pytest.fixture(scope="module")
def rows(kg: passex.KnowledgeGraph) -> Rows:
    """The terms that `kg.query` finds, in N-Triples."""
    found = [tuple(term and str(term) for term in row) for row in kg.select(SELECT)]
    assert len(found) == 40
    assert {len(row) for row in found} == {4}
    assert any(row[2] is None for row in found)
    return found


@pytest.fixture(scope="module")
def triples(kg: passex.KnowledgeGraph) -> set[tuple[Any, ...]]:
    found = set(rdflib.Graph().parse(data=kg.construct(CONSTRUCT).serialize(), format="turtle"))
    assert len(found) == 9
    return found


def n3(terms: Iterable[Any]) -> tuple[str | None, ...]:
    """The terms of rdflib in N-Triples."""
    # rdflib would write whole numbers in Turtle's short form.
    return tuple(
        None
        if term is None
        else f'"{term}"^^<{term.datatype}>'
        if isinstance(term, rdflib.Literal) and term.datatype
        else term.n3()
        for term in terms
    )


def terms(result: Result) -> Rows:
    """The rows of an answer that rdflib read."""
    return [n3(row) for row in result if isinstance(row, ResultRow)]


def values(kg: passex.KnowledgeGraph) -> list[list[str]]:
    """What CSV has of the same answer: the values alone."""
    return [["" if t is None else t.value for t in row] for row in kg.select(SELECT)]


def wrapped(server: Server, query: str, form: str) -> Any:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=form)
    wrapper.setQuery(query)
    return wrapper.query().response.read()


class TestSPARQLWrapper:
    """SPARQLWrapper names the format in the address, too, once or twice."""

    @pytest.mark.parametrize("form", [JSON, XML, TSV])
    def test_select(self, server: Server, rows: Rows, form: str) -> None:
        answer = wrapped(server, SELECT, form)
        assert terms(Result.parse(io.BytesIO(answer), format=form)) == rows

    def test_select_as_csv(self, server: Server, kg: passex.KnowledgeGraph) -> None:
        table = server.http.get("/sparql", params={"query": SELECT, "format": "csv"}).content
        assert wrapped(server, SELECT, CSV) == table
        assert len(table.splitlines()) == 41

    @pytest.mark.parametrize(("query", "truth"), ASKS.items())
    def test_ask(self, server: Server, query: str, truth: bool) -> None:
        assert json.loads(wrapped(server, query, JSON))["boolean"] is truth

    @pytest.mark.parametrize(
        ("form", "parser"),
        [
            *((TURTLE, "turtle"), (N3, "turtle"), (XML, "xml"), (RDFXML, "xml")),
            *((JSONLD, "json-ld"), ("json", "json-ld")),
        ],
    )
    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
    @pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")
    def test_construct(
        self, server: Server, triples: set[tuple[Any, ...]], form: str, parser: str
    ) -> None:
        answer = wrapped(server, CONSTRUCT, form)
        assert set(rdflib.Graph().parse(data=answer, format=parser)) == triples

    def test_errors(self, server: Server) -> None:
        with pytest.raises(QueryBadFormed) as raised:
            wrapped(server, BROKEN, XML)
        assert repr(f"{SENTENCE}\n".encode()) in str(raised.value)

    def test_update(self, server: Server) -> None:
        wrapper = SPARQLWrapper(f"{server.url}/sparql")
        wrapper.setMethod(POST)
        wrapper.setQuery('INSERT DATA { GRAPH <a:wrapped> { <a:s> <a:p> "é"@fr } }')
        assert wrapper.query().response.status == 204
        assert server.true('ASK { GRAPH <a:wrapped> { <a:s> <a:p> "é"@fr } }')
        wrapper.setQuery("INSERT DATA { <a:s> <a:p> }")
        with pytest.raises(QueryBadFormed, match=r"not a SPARQL update: error at 1:"):
            wrapper.query()


class TestRdflib:
    @pytest.fixture
    def graph(self, server: Server) -> rdflib.Graph:
        # Otherwise rdflib puts thirty prefixes before each query, and its lines are others.
        return rdflib.Graph(SPARQLStore(f"{server.url}/sparql"), bind_namespaces="none")

    @pytest.mark.parametrize("form", ["xml", "json"])
    def test_select(self, server: Server, rows: Rows, form: str) -> None:
        store = SPARQLStore(f"{server.url}/sparql", returnFormat=form)
        assert terms(rdflib.Graph(store).query(SELECT)) == rows

    def test_ask(self, graph: rdflib.Graph) -> None:
        assert {query: graph.query(query).askAnswer for query in ASKS} == ASKS

    def test_construct(self, graph: rdflib.Graph, triples: set[tuple[Any, ...]]) -> None:
        assert set(graph.query(CONSTRUCT)) == triples

    def test_patterns(self, graph: rdflib.Graph, kg: passex.KnowledgeGraph) -> None:
        nr = rdflib.Namespace("https://w3id.org/passex/ontology#")
        states = kg.select("SELECT ?s { ?s a nr:State }")
        found = {str(node) for node in graph.subjects(rdflib.RDF.type, nr.State)}
        assert found == {row[0].value for row in states}
        assert len(graph) == len(kg.select("SELECT * { ?s ?p ?o }"))

    def test_errors(self, graph: rdflib.Graph) -> None:
        # rdflib has a sentence of its own; the server's is in the error beneath.
        with pytest.raises(ValueError, match="You did something wrong") as raised:
            graph.query(BROKEN)
        beneath = raised.value.__context__
        assert isinstance(beneath, HTTPError)
        assert (beneath.code, beneath.read().decode()) == (400, f"{SENTENCE}\n")

    def test_update(self, server: Server) -> None:
        address = f"{server.url}/sparql"
        store = SPARQLUpdateStore(address, address)
        graph = rdflib.Graph(store, rdflib.URIRef("a:stored"))
        said = {(rdflib.URIRef("a:s"), rdflib.URIRef("a:p"), rdflib.Literal('é\n"x', lang="fr"))}
        graph += said
        assert set(graph) == said
        assert server.true("ASK { GRAPH <a:stored> { <a:s> <a:p> ?o } }")
        graph.remove((None, None, None))
        assert set(graph) == set()
        with pytest.raises(HTTPError) as raised:
            store.update("INSERT DATA { <a:s> <a:p> }")
        assert raised.value.code == 400
        assert raised.value.read().decode().startswith("not a SPARQL update: error at 1:")


class TestCurl:
    @staticmethod
    def curl(server: Server, *arguments: str) -> tuple[int, str]:
        program = shutil.which("curl")
        if program is None:
            pytest.skip("curl is not installed")
        address = f"{server.url}/sparql"
        command = [program, "--silent", "--write-out", "%{stderr}%{http_code}", *arguments, address]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
        return int(done.stderr), done.stdout.decode()

    def test_select(self, server: Server, rows: Rows) -> None:
        kind = "Accept: text/tab-separated-values"
        status, text = self.curl(server, "-H", kind, "--data-urlencode", f"query={SELECT}")
        assert status == 200
        assert terms(Result.parse(io.BytesIO(text.encode()), format="tsv")) == rows

    def test_ask_and_construct(self, server: Server, triples: set[tuple[Any, ...]]) -> None:
        for query, truth in ASKS.items():
            status, text = self.curl(server, "-G", "--data-urlencode", f"query={query}")
            assert (status, json.loads(text)["boolean"]) == (200, truth)
        status, text = self.curl(server, "--compressed", "--data-urlencode", f"query={CONSTRUCT}")
        assert status == 200
        assert set(rdflib.Graph().parse(data=text, format="turtle")) == triples

    def test_errors_and_updates(self, server: Server) -> None:
        wrong = self.curl(server, "--data-urlencode", f"query={BROKEN}")
        assert wrong == (400, f"{SENTENCE}\n")
        insert = "INSERT DATA { GRAPH <a:curled> { <a:s> <a:p> 1 } }"
        assert self.curl(server, "--data-urlencode", f"update={insert}") == (204, "")
        assert server.true("ASK { GRAPH <a:curled> { <a:s> <a:p> 1 } }")


class TestPandas:
    def test_csv(self, server: Server, kg: passex.KnowledgeGraph) -> None:
        pandas = pytest.importorskip("pandas")
        address = f"{server.url}/sparql?{urlencode({'query': SELECT, 'format': 'csv'})}"
        frame = pandas.read_csv(address, parse_dates=["earliest"])
        ours = kg.select(SELECT).to_pandas()
        assert list(frame.columns) == ["event", "name", "earliest", "count"]
        assert list(frame["event"]) == list(ours["event_iri"])
        assert list(frame["name"]) == list(ours["name"])
        assert list(frame["count"]) == list(ours["count"])
        assert frame["earliest"].equals(ours["earliest"].astype(frame["earliest"].dtype))
        assert frame["earliest"].isna().sum() > 0
        texts = pandas.read_csv(address, dtype=str, keep_default_na=False)
        assert texts.values.tolist() == values(kg)

    def test_errors(self, server: Server) -> None:
        pandas = pytest.importorskip("pandas")
        with pytest.raises(HTTPError) as raised:
            pandas.read_csv(f"{server.url}/sparql?{urlencode({'query': BROKEN, 'format': 'csv'})}")
        assert (raised.value.code, raised.value.read().decode()) == (400, f"{SENTENCE}\n")


def test_comunica(server: Server, rows: Rows, triples: set[tuple[Any, ...]]) -> None:
    node = shutil.which("node")
    if node is None or not (CONSUMERS / "node_modules" / "@comunica").is_dir():
        pytest.skip("node, or what tests/consumers/package.json names, is not installed")
    # Comunica parses queries itself; what the server alone refuses arrives with its words.
    refused = "SELECT (<a:f>(1) AS ?x) { ?s ?p ?o }"
    command = [node, str(CONSUMERS / "query.js"), f"{server.url}/sparql"]
    done = subprocess.run(
        [*command, SELECT, *ASKS, CONSTRUCT, refused], capture_output=True, check=True, timeout=120
    )
    select, *asked, construct, error = json.loads(done.stdout)
    found = terms(Result.parse(io.BytesIO(select.encode()), format="json"))
    # Comunica 4 reads no language tags in SPARQL JSON, whatever server it is.
    untagged = [tuple(term and term.removesuffix("@en") for term in row) for row in rows]
    assert [tuple(term and term.removesuffix("@en") for term in row) for row in found] == untagged
    assert [json.loads(answer)["boolean"] for answer in asked] == list(ASKS.values())
    assert set(rdflib.Graph().parse(data=construct, format="nt")) == triples
    assert error == (
        f"Invalid SPARQL endpoint response from {server.url}/sparql (HTTP status 400):\n"
        "there is no function <a:f> here; use one of SPARQL 1.1, or ask a server that has it\n"
    )
