"""What is behind endpoints: names for blank nodes, digests, pages, and the addresses of servers."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Generator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.errors import EndpointError
from passex.graph.terms import GENID, NR
from passex.query.remote import body, facts, failures, fetching, layout, pushing
from passex.query.remote.client import Client
from passex.query.remote.layout import Note, skolemized, unskolemized

IRIS = st.sampled_from([ox.NamedNode(f"urn:{name}") for name in "abcd"])
BLANKS = st.sampled_from([ox.BlankNode(name) for name in "wxyz"])
LITERALS = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(ox.Literal, st.integers()),
    st.builds(ox.Literal, st.booleans()),
    st.builds(lambda text: ox.Literal(text, language="en-gb"), st.text()),
)
QUADS = st.lists(
    st.builds(ox.Quad, st.one_of(IRIS, BLANKS), IRIS, st.one_of(IRIS, BLANKS, LITERALS)),
    max_size=12,
)


def store(quads: list[ox.Quad]) -> ox.Store:
    made = ox.Store()
    made.extend(quads)
    return made


def digest(quads: list[ox.Quad]) -> str:
    return layout.digest(skolemized(store(quads), ox.DefaultGraph()))


@given(QUADS)
def test_blank_nodes_get_names_and_lose_them(quads: list[ox.Quad]) -> None:
    there: list[Any] = list(skolemized(store(quads), ox.DefaultGraph()))
    assert not any(
        isinstance(term, ox.BlankNode)
        for triple in there
        for term in (triple.subject, triple.object)
    )
    back = ox.Dataset(
        ox.Quad(unskolemized(t.subject), t.predicate, unskolemized(t.object)) for t in there
    )
    before = ox.Dataset(store(quads))
    for data in (before, back):
        data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(back) == set(before)


@given(QUADS, st.randoms())
def test_a_digest_knows_content_and_not_order_or_blank_names(
    quads: list[ox.Quad], random: Any
) -> None:
    other = dict(zip("wxyz", "zwxy", strict=True))

    def renamed_node(term: Any) -> Any:
        return ox.BlankNode(other[term.value]) if isinstance(term, ox.BlankNode) else term

    renamed = [ox.Quad(renamed_node(q.subject), q.predicate, renamed_node(q.object)) for q in quads]
    random.shuffle(renamed)
    assert digest(renamed) == digest(quads)
    more = ox.Quad(ox.NamedNode("urn:new"), ox.NamedNode("urn:p"), ox.Literal("x"))
    assert digest([*quads, more]) != digest(quads)


class Cutting(Client):
    """A server of some triples that gives so many rows and no more."""

    def __init__(self, held: ox.Store, most: int) -> None:
        super().__init__("http://localhost/sparql")
        self.held = held
        self.most = most
        self.asked = 0

    def select(
        self, sparql: str, *names: str, graph: str | None = None, cut: bool = False
    ) -> Generator[tuple[Any, ...], None, None]:
        self.asked += 1
        found = self.held.query(sparql)
        assert isinstance(found, ox.QuerySolutions)
        for number, row in enumerate(found):
            if number == self.most:
                return
            yield tuple(row[name] for name in names)


@pytest.fixture
def many() -> ox.Store:
    quads = [
        ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode(f"urn:p{n % 2}"), ox.Literal(m))
        for n in range(50)
        for m in range(3)
    ]
    return store(quads)


@pytest.mark.parametrize("most", [7, 10, 149, 150, 1000])
def test_what_a_server_cuts_is_read_in_pages(many: ox.Store, most: int) -> None:
    with Cutting(many, most) as client:
        assert set(fetching.triples(client, None)) == set(many)
        assert (client.asked == 2) == (most >= 150)


def test_pages_smaller_than_what_one_subject_says_are_an_error(many: ox.Store) -> None:
    with Cutting(many, 3) as client, pytest.raises(EndpointError) as caught:
        fetching.triples(client, None)
    assert re.fullmatch(
        r"http://localhost/sparql: gives \d of the 150 triples of its default graph; raise the "
        r"server's limit of rows, or try again if the graph was being written",
        str(caught.value),
    )


def test_what_is_ours_is_followed_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_BATCH", 1)
    text = f"""@prefix nr: <{NR}> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix u: <urn:> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        u:Frigate rdfs:subClassOf nr:Ship . u:Stealthy rdfs:subClassOf u:Frigate .
        u:ship a u:Stealthy ; rdfs:label "A ship" ; u:knows u:stranger ; nr:hasAffiliation u:link .
        u:claim nr:about u:ship ; nr:hasEvidence <urn:article#char=0,5> .
        <urn:article#char=0,5> oa:exact "words" ; u:knows u:stranger .
        u:article a u:Page ; rdfs:label "A page" .
        u:stranger a u:Page ; rdfs:label "No ship", "Not ours" . u:fan u:likes u:ship ."""
    held = ox.Store()
    held.load(text, ox.RdfFormat.TURTLE)
    seen: list[int] = []
    with Cutting(held, 1000) as client:
        found = facts.fetch_ours(client, None, 1000, seen.append)
        with pytest.raises(EndpointError) as caught:
            facts.fetch_ours(client, None, 5, seen.append)
    assert facts.left_out(found) == 0
    node = ox.BlankNode("lost")
    found_out = store([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), node)])
    assert facts.left_out(found_out) == 1
    left_out = {"urn:stranger", "urn:fan"}
    assert set(found) == {
        quad
        for quad in held
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in left_out
    }
    assert str(caught.value) == (
        "http://localhost/sparql: more than 5 triples of our ontology, too many to be derived "
        "from; put the graph there with 'passex push'"
    )


def test_a_note_is_read_as_it_was_written() -> None:
    said = Note("ab" * 32, 5, 2, 0, "cd" * 32)
    held = ox.Store()
    text = said.ntriples("urn:g").encode()
    held.load(text, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(layout.note_graph("urn:g")))
    with Cutting(held, 100) as client:
        assert layout.read_note(client, "urn:g") == said
        assert layout.read_note(client, "urn:h") is None
    broken = store(list(held)[1:])
    with Cutting(broken, 100) as client:
        assert layout.read_note(client, "urn:g") is None


@pytest.mark.parametrize(
    ("server", "url", "graphs", "update"),
    [
        ("Oxigraph/0.5.1", "http://a:1/query", "http://a:1/store", "http://a:1/update"),
        (
            "Virtuoso/07.20 (Linux)",
            "http://a/sparql?x=1",
            "http://a/sparql-graph-crud-auth",
            "http://a/sparql-auth",
        ),
        ("Apache Jena Fuseki", "https://a/ds/sparql", "https://a/ds/data", "https://a/ds/update"),
        ("", "http://a/sparql", "http://a/graphs", "http://a/sparql"),
    ],
)
def test_addresses_by_the_kind_of_server(server: str, url: str, graphs: str, update: str) -> None:
    with Client(url) as client:
        client.server = server
        assert pushing.find_services(client) == pushing.Services(graphs, update)
        given = pushing.find_services(client, "http://b/g")
    assert given == pushing.Services("http://b/g", None)


def test_an_unknown_server_has_to_be_told_of() -> None:
    with Client("http://a/sparql") as client:
        client.server = "nginx"
        with pytest.raises(EndpointError) as caught:
            pushing.find_services(client)
    assert str(caught.value) == (
        "http://a/sparql: no graph store is known for this server (nginx); give its address with "
        "--graph-store, or the one for updates with --update, or both"
    )


@given(st.lists(st.text("abx", max_size=5)))
def test_what_is_replaced_in_a_stream_however_it_is_cut(pieces: list[str]) -> None:
    chunks = [piece.encode() for piece in pieces]
    for old in (b"ab", b"aab", b"abab"):
        assert b"".join(body.replaced(iter(chunks), old, b"-")) == b"".join(chunks).replace(
            old, b"-"
        )


@given(st.lists(st.binary(max_size=40)), st.integers(1, 7), st.sampled_from(["gzip", "deflate"]))
def test_what_is_compressed_however_it_is_cut(
    pieces: list[bytes], size: int, encoding: str
) -> None:
    text = b"".join(pieces)
    data = gzip.compress(text) if encoding == "gzip" else zlib.compress(text)
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(body.unpacked(iter(chunks), encoding)) == text
    with pytest.raises(httpx.DecodingError, match="it ends before its end"):
        list(body.unpacked(iter(chunks[:-1]), encoding))


def test_a_small_body_that_holds_much_comes_in_small_pieces() -> None:
    packed = gzip.compress(bytes(40 << 20)) + gzip.compress(b"more")
    sizes = [len(piece) for piece in body.unpacked(iter([packed]), "gzip")]
    assert max(sizes) == 1 << 20
    assert sum(sizes) == (40 << 20) + 4


@given(st.binary(max_size=300))
def test_whatever_a_server_says_is_one_line(told: bytes) -> None:
    said = failures.first_words(told)
    assert len(said) <= 240
    assert said.isprintable()


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "inf", "nan"])
def test_a_timeout_is_a_number_of_seconds(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("PASSEX_TIMEOUT", seconds)
    with pytest.raises(EndpointError) as caught:
        Client("http://a/sparql")
    assert str(caught.value) == f"PASSEX_TIMEOUT is '{seconds}'; give a number of seconds"


def test_names_of_blank_nodes_are_well_known() -> None:
    assert "/.well-known/genid/" in GENID
