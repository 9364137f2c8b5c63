"""Every format, held to what rdflib reads back."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from rdflib.query import Result

from passex.cli import _options, query
from passex.errors import OutputError
from passex.graph import tables
from passex.graph.xml_text import XmlText
from passex.query.formats import GRAPHS, SOLUTIONS, write

PARSERS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
    "nquads": "nquads",
}
# What XML cannot hold, no parser of XML reads back.
TEXT = st.text(
    st.characters(min_codepoint=0x20, blacklist_categories=("Cs", "Cn", "Cc", "Co")), max_size=12
)
NODES = st.sampled_from([ox.NamedNode(f"https://example.org/n{n}") for n in range(4)])
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXT),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), TEXT, st.sampled_from(["en", "ja"])
    ),
    st.builds(ox.Literal, st.integers()),
    st.builds(ox.Literal, st.booleans()),
    st.sampled_from([ox.Literal('"\\ \t\n<&>,;|')]),
)
TERMS = st.one_of(NODES, LITERALS)
TRIPLES = st.lists(st.builds(ox.Triple, NODES, NODES, TERMS), max_size=8)


def term(value: object) -> rdflib.term.Identifier:
    if isinstance(value, ox.NamedNode):
        return rdflib.URIRef(value.value)
    assert isinstance(value, ox.Literal)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    kind = value.datatype.value
    plain = kind == str(rdflib.XSD.string)
    return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(kind))


def written(store: ox.Store, query: str, form: str) -> bytes:
    out = io.BytesIO()
    write(store.query(query), out, {**SOLUTIONS, **GRAPHS}[form])
    return out.getvalue()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib calls what it deprecates
@pytest.mark.parametrize("form", GRAPHS)
@settings(deadline=None)
@given(triples=TRIPLES)
def test_graphs(form: str, triples: list[ox.Triple]) -> None:
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    expected = rdflib.Graph()
    for one in triples:
        expected.add((term(one.subject), term(one.predicate), term(one.object)))
    text = written(store, "CONSTRUCT WHERE { ?s ?p ?o }", form)
    read = rdflib.Dataset()
    read.parse(data=text.decode(), format=PARSERS[form])
    assert isomorphic(read.default_graph, expected)


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv"])
@settings(deadline=None)
@given(rows=st.lists(st.tuples(NODES, st.none() | TERMS), max_size=6))
def test_solutions(form: str, rows: list[tuple[object, object]]) -> None:
    cells = " ".join(f"({a} {'UNDEF' if b is None else b})" for a, b in rows)
    text = written(ox.Store(), f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {cells} }} }}", form)
    expected = [(term(a), None if b is None else term(b)) for a, b in rows]
    read = Result.parse(io.BytesIO(text), format=form)
    found = [(row[0], row[1]) for row in read]  # type: ignore[index]
    if form == "csv":
        # CSV has no types: the texts alone are there, and what is unbound is empty.
        assert [tuple("" if cell is None else str(cell) for cell in row) for row in found] == [
            tuple("" if cell is None else str(cell) for cell in row) for row in expected
        ]
    else:
        assert found == expected


@pytest.mark.parametrize("answer", [True, False])
def test_booleans(answer: bool) -> None:
    query = "ASK {}" if answer else "ASK { <a:b> <a:b> <a:b> }"
    word = str(answer).lower()
    assert json.loads(written(ox.Store(), query, "json"))["boolean"] is answer
    xml = Result.parse(io.BytesIO(written(ox.Store(), query, "xml")), format="xml")
    assert xml.askAnswer is answer
    assert written(ox.Store(), query, "csv") == word.encode()
    assert written(ox.Store(), query, "tsv") == word.encode()


def refusal(store: ox.Store, query: str, form: str) -> str:
    # An error that is kept keeps the engine's object too, which has to end in this thread.
    try:
        written(store, query, form)
    except OutputError as error:
        return str(error)
    return ""


HOLD = ["a\rb", "a\r\nb", "\n", "\t", "\x7f", "]]>", "&amp;", " a ", "\ufeff", "\U0010fffd"]


@pytest.mark.parametrize("text", HOLD)
@pytest.mark.parametrize("form", ["xml", "rdfxml"])
def test_xml_keeps_what_it_can_hold(form: str, text: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p:p"), ox.Literal(text)))
    if form == "xml":
        [row] = Result.parse(io.BytesIO(written(store, "SELECT ?o { ?s ?p ?o }", form))).bindings
        assert str(row[rdflib.Variable("o")]) == text
    else:
        data = written(store, "CONSTRUCT WHERE { ?s ?p ?o }", form)
        assert [str(o) for o in rdflib.Graph().parse(data=data, format="xml").objects()] == [text]


@pytest.mark.parametrize("text", ["\0", "a\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
@pytest.mark.parametrize("form", ["xml", "rdfxml"])
def test_xml_refuses_what_it_cannot_hold(form: str, text: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p:p"), ox.Literal(text)))
    query = "SELECT ?o { ?s ?p ?o }" if form == "xml" else "CONSTRUCT WHERE { ?s ?p ?o }"
    assert refusal(store, query, form) == (
        f"the answer has the character U+{ord(text[-1]):04X} in it, which XML cannot hold; write "
        "another format"
    )


def test_two_bytes_of_three_at_the_end_of_a_piece() -> None:
    out = XmlText(io.BytesIO())
    out.write(b"<a>\xef\xbf")
    with pytest.raises(OutputError, match=r"U\+FFFF"):
        out.write(b"\xbf</a>")


@pytest.mark.parametrize("predicate", ["http://e.org/123", "http://e.org/", "urn:p:a²"])
def test_predicates_that_are_no_names(predicate: str) -> None:
    query = f"CONSTRUCT {{ <urn:a> <{predicate}> 1 }} {{}}"
    assert refusal(ox.Store(), query, "rdfxml") == (
        f"RDF/XML cannot hold the predicate <{predicate}>, which does not end in a name; write "
        "another format"
    )
    for form in set(PARSERS) - {"rdfxml"}:
        assert predicate.encode() in written(ox.Store(), query, form)


def test_triples_within_triples() -> None:
    query = "CONSTRUCT { <urn:a> <urn:p:p> <<( <urn:b> <urn:p:q> 'c'@ar--rtl )>> } {}"
    for form in set(PARSERS) - {"jsonld"}:
        data = written(ox.Store(), query, form)
        [triple] = [quad.triple for quad in ox.parse(data, GRAPHS[form].engine)]  # type: ignore[arg-type]
        assert isinstance(triple.object, ox.Triple)
        assert triple.object.object == ox.Literal(
            "c", language="ar", direction=ox.BaseDirection.RTL
        )
    assert refusal(ox.Store(), query, "jsonld") == (
        "JSON-LD cannot hold a triple within a triple; write turtle or ntriples"
    )


def test_names_and_extensions_are_unique() -> None:
    both = [*SOLUTIONS.values(), *GRAPHS.values()]
    assert len({form.extension for form in both}) == len({form.name for form in both}) == 10
    for form in both:
        kind = ox.QueryResultsFormat if form.name in SOLUTIONS else ox.RdfFormat
        assert kind.from_extension(form.extension) == form.engine
        assert kind.from_media_type(form.media_type) == form.engine


def test_the_command_line_offers_every_format() -> None:
    # It lists them itself, so that its help loads no engine.
    assert ("table", *tables.FORMATS) == _options.ROW_FORMATS
    assert set(query._SOLUTIONS) == {*SOLUTIONS, *_options.ROW_FORMATS}
    assert tuple(GRAPHS) == query._GRAPHS
