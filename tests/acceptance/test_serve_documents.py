"""`passex serve`: what an IRI of Passex leads to, in every format of RDF."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
from serving import Server, serving

from passex.graph.store import ontology
from passex.graph.terms import NR

TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
}
JAPAN = "https://w3id.org/passex/id/japan"
PATHS = ("/entity/japan", "/ontology", "/.well-known/void")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def read(text: str, media_type: str) -> list[str]:
    """Read triples, whatever graph they are in, with blank nodes named by what is said of them."""
    form = ox.RdfFormat.from_media_type(media_type)
    assert form is not None
    triples = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ox.parse(text, form)
    )
    triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, triples))


@pytest.mark.parametrize("path", PATHS)
def test_every_format_by_accept_and_by_ending_is_the_same_graph(server: Server, path: str) -> None:
    graphs = []
    for ending, media_type in TYPES.items():
        asked = server.http.get(path, headers={"Accept": media_type})
        assert asked.status_code == 200, asked.text
        assert asked.headers["content-type"].partition(";")[0] == media_type
        assert asked.headers["vary"] == "Accept, Accept-Encoding"
        link = f'<{path}.{ending}>; rel="alternate"; type="{media_type}"'
        assert link in asked.headers["link"].split(", ")
        named = server.http.get(f"{path}.{ending}", headers={"Accept": "image/png"})
        assert (named.text, named.headers["content-type"]) == (
            asked.text,
            asked.headers["content-type"],
        )
        assert named.headers["link"] == asked.headers["link"]
        graphs.append(read(asked.text, media_type))
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


def test_a_node_comes_with_its_claims(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server.http.get("/entity/japan.ttl").text)
    japan = rdflib.URIRef(JAPAN)
    assert str(graph.value(japan, rdflib.RDFS.label)) == "Japan"
    assert rdflib.URIRef(NR.State) in graph.objects(japan, rdflib.RDF.type)
    same = server.http.get("/show", params={"name": "Japan", "format": "turtle"})
    assert same.text == server.http.get("/entity/id:japan.ttl").text
    missing = server.http.get("/entity/atlantis.ttl")
    assert (missing.status_code, missing.json()["error"]) == (
        404,
        "'id:atlantis': no node of this graph has that name",
    )


@pytest.mark.parametrize("path", PATHS)
def test_what_there_is_not_is_said_with_what_there_is(server: Server, path: str) -> None:
    refused = server.http.get(path, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    for media_type in TYPES.values():
        assert media_type in refused.json()["hint"]


def test_the_ontology_is_a_page_for_people(server: Server) -> None:
    page = server.http.get("/ontology", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert server.http.get("/ontology.html").text == page.text
    terms = [
        str(iri)
        for iri in ontology().subjects(
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "http://www.w3.org/2002/07/owl#Class",
        )
        if iri.startswith(NR.iri)
    ]
    assert len(terms) > 20
    for iri in terms:
        assert f'id="nr:{iri.removeprefix(NR.iri)}"' in page.text
    # With definition, use and questions.
    part = page.text.partition('id="nr:hasParticipant"')[2].partition("<h3")[0]
    assert "Definition" in part
    assert "Example" in part
    assert "statements" in part
    assert '<a href="/ask/' in part
    assert server.http.get("/ontology.xyz").status_code == 404


@pytest.mark.parametrize(
    ("asked", "media_type", "start"),
    [
        ("query=ASK+{}&format=csv", "text/csv", "true"),
        ("query=SELECT+(1+AS+?x)+{}&format=csv", "text/csv", "x\r\n1\r\n"),
        ("query=DESCRIBE+id:japan&format=ntriples", "application/n-triples", f"<{JAPAN}>"),
        ("format=ntriples", "application/n-triples", "_:"),
        ("query=DESCRIBE+id:japan&format=xml&format=a", "application/rdf+xml", "<?xml"),
        ("query=ASK+{}&format=text/csv&format=csv", "text/csv", "true"),
    ],
)
def test_the_format_of_an_answer_in_the_address(
    server: Server, asked: str, media_type: str, start: str
) -> None:
    answer = server.http.get(f"/sparql?{asked}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        media_type,
    )
    assert answer.text.startswith(start)


def test_formats_that_there_are_not(server: Server) -> None:
    get = server.http.get
    none = get("/sparql?query=ASK+{}&format=png")
    assert (none.status_code, none.text) == (
        406,
        "'png' is no format; use one of json, xml, csv, tsv, jsonl, markdown, turtle, ntriples, "
        "trig, jsonld, rdfxml, nquads\n",
    )
    assert get("/sparql?query=ASK+{}&format=csv&format=xml").status_code == 400
    assert get("/sparql?query=ASK+{}&format=turtle").status_code == 406
