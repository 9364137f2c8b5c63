from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.errors import InputError, QueryError, VocabularyError
from passex.graph import rules
from passex.graph.store import Store, load
from passex.graph.terms import ID, NR, RDF, RDFS, WORKINGS

TURTLE = """@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix id: <https://w3id.org/passex/id/> .
id:x a nr:State .
"""


def write(folder: Path, data: str | bytes, name: str = "x.ttl") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def states(store: Store) -> list[str]:
    return store.subjects(RDF.type, NR.State)


def test_ontology_and_facts_are_loaded(tmp_path: Path) -> None:
    store = load([write(tmp_path, TURTLE)])
    assert states(store) == [ID.x]
    assert store.objects(NR.State, RDFS.label) == ["state"]
    assert store.ignored == 0


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert len(states(load([write(tmp_path, b"\xef\xbb\xbf" + TURTLE.encode())]))) == 1


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("x.nt", ox.RdfFormat.N_TRIPLES),
        ("x.nq", ox.RdfFormat.N_QUADS),
        ("x.trig", ox.RdfFormat.TRIG),
        ("x.rdf", ox.RdfFormat.RDF_XML),
        ("x.jsonld", ox.RdfFormat.JSON_LD),
        ("x.TTL", ox.RdfFormat.TURTLE),
    ],
)
def test_formats_by_extension(tmp_path: Path, name: str, form: ox.RdfFormat) -> None:
    graph = ox.NamedNode("https://example.org/g") if form.supports_datasets else ox.DefaultGraph()
    term = ox.NamedNode(RDF.type)
    quad = ox.Quad(ox.NamedNode("https://example.org/s"), term, ox.NamedNode(NR.State), graph)
    facts = [quad] if form.supports_datasets else [quad.triple]
    data = ox.serialize(facts, format=form)
    assert data is not None
    assert states(load([write(tmp_path, data, name)])) == ["https://example.org/s"]


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    line = "_:x a <https://w3id.org/passex/ontology#State> .\n"
    paths = [write(tmp_path, line, name) for name in ("a.ttl", "b.ttl", "c.trig")]
    assert len(states(load(paths))) == 3


def test_asserted_derived_triples_are_dropped_and_counted(tmp_path: Path) -> None:
    text = TURTLE + "id:x nr:trainedWith id:y . id:e nr:involvesState id:x, id:y ."
    store = load([write(tmp_path, text)])
    rules.derive(store)
    assert store.ignored == 3
    assert list(store.rows("SELECT ?a ?b { ?a nr:trainedWith|nr:involvesState ?b }")) == []


def test_size_leaves_intermediate_results_out(azure: Store) -> None:
    plain = sum(isinstance(q.graph_name, ox.DefaultGraph) for q in azure.engine)
    assert len(azure) == plain < len(azure.engine)


def test_deriving_twice_changes_nothing(tmp_path: Path) -> None:
    store = load([Path(__file__).parents[1] / "data" / "azure.ttl"])
    rules.derive(store)
    once = len(store)
    workings = len(store.engine) - once
    rules.derive(store)
    assert (len(store), len(store.engine) - len(store)) == (once, workings)


def test_not_turtle(tmp_path: Path) -> None:
    path = write(tmp_path, TURTLE + "id:y a nr:State\nid:z a nr:State .\n")
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == (
        f"{path}:5:1: not Turtle: A dot is expected at the end of statements; "
        "correct the file there"
    )


def test_not_utf8(tmp_path: Path) -> None:
    head = TURTLE.encode() + b'id:x nr:dateWords "caf'
    path = write(tmp_path, head + b'\xe9" .\n')
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == (
        f"{path}:4:23: not UTF-8 (byte 0xe9 at offset {len(head)}); save the file as UTF-8"
    )


def test_no_triples(tmp_path: Path) -> None:
    path = write(tmp_path, "# nothing\n")
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == f"{path}: no triples; give files that hold facts"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_not_readable(tmp_path: Path) -> None:
    path = write(tmp_path, TURTLE)
    path.chmod(0)
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == f"{path}: not readable; check its permissions"


def test_another_vocabulary(tmp_path: Path) -> None:
    text = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix ex: <https://example.org/> .
        ex:a a foaf:Person ; foaf:name "A" ; ex:likes ex:b , <urn:x:c> ; <urn:x:of> 1, 2 ."""
    path = write(tmp_path, text)
    with pytest.raises(VocabularyError) as error:
        load([path])
    assert str(error.value) == (
        f"{path}: no node of a class of the Passex ontology; the vocabulary there: "
        "<http://xmlns.com/foaf/0.1/>, <https://example.org/>, <urn:x:>; describe exercises and "
        "actors with classes of <https://w3id.org/passex/ontology#>"
    )


def test_a_subclass_of_ones_own_is_our_vocabulary(tmp_path: Path) -> None:
    text = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix ex: <https://example.org/> .
        ex:Kingdom rdfs:subClassOf <https://w3id.org/passex/ontology#State> .
        ex:k a ex:Kingdom ."""
    assert load([write(tmp_path, text)]).files


def test_a_broken_query(azure: Store) -> None:
    with pytest.raises(QueryError) as error:
        azure.query("SELECT * { ?s ?p")
    assert str(error.value) == "not a SPARQL query: error at 1:17; correct the query"


def test_blank_nodes_get_names_that_stay(tmp_path: Path) -> None:
    text = """@prefix nr: <https://w3id.org/passex/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        [] a nr:Exercise ; rdfs:label "Second" ; nr:hasParticipant _:a, <https://e.org/b> .
        [] a nr:Exercise ; rdfs:label "First" .
        _:a a nr:State ; rdfs:label "A" ."""
    store = load([write(tmp_path, text)])
    rows = sorted(store.rows("SELECT ?node ?label { ?node rdfs:label ?label; a nr:Exercise }"))
    assert rows == [("urn:passex:blank:1", "First"), ("urn:passex:blank:2", "Second")]
    assert store.objects(
        "urn:passex:blank:2", "https://w3id.org/passex/ontology#hasParticipant"
    ) == ["https://e.org/b", "urn:passex:blank:3"]


def test_not_utf_8_in_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"# fine\n# caf\xe9\n<a:b> <a:b> <a:b> .\n")
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == (
        f"{path}:2:6: not UTF-8 (byte 0xe9 at offset 12); save the file as UTF-8"
    )


def test_an_entity_of_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    path.write_text('<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r>&c;</r>')
    with pytest.raises(InputError, match="an XML entity made of entities; write them out"):
        load([path])


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a PUBLIC "-//A" "http://e.org/">%a;'],
)
def test_an_entity_from_elsewhere_is_refused_at_its_place(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "x.rdf"
    path.write_text(f'<!-- \n -->\n<!DOCTYPE r [ <!ENTITY b "c"> {declared} ]><r>&b;</r>')
    with pytest.raises(InputError) as error:
        load([path])
    assert str(error.value) == (
        f"{path}:3:31: an XML entity that stands for what lies elsewhere, which is never read; "
        "write out what it stands for"
    )


def test_what_looks_like_an_entity_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.rdf"
    rdf, ours = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "https://w3id.org/passex/ontology#"
    path.write_text(
        f'<!-- <!DOCTYPE r [ <!ENTITY a SYSTEM "x"> ]> --><rdf:RDF xmlns:rdf="{rdf}" '
        f'xmlns:n="{ours}"><n:State rdf:about="http://e.org/a"><n:p><![CDATA[<!ENTITY a SYSTEM '
        '"x">]]></n:p></n:State></rdf:RDF>'
    )
    assert states(load([path])) == ["http://e.org/a"]


def test_workings_are_no_part_of_answers() -> None:
    store = load()
    store.engine.add(
        ox.Quad(
            *(ox.NamedNode("a:b"), ox.NamedNode("a:b"), ox.NamedNode("a:b")),
            ox.NamedNode(WORKINGS),
        )
    )
    assert list(store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == []  # type: ignore[arg-type]
    assert len(list(store.rows("SELECT ?s { GRAPH ?g { ?s ?p ?o } }"))) == 1
