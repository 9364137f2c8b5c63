"""`passex validate` on files that nobody would write: it ends, in words, and calls nobody."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from passex.cli import cli

URL = "http://127.0.0.1:{port}/x"
PREFIXES = """
@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
HEADS = [
    *("SELECT $this", "SELECT ?this ?value", "SELECT *", "SELECT (COUNT(*) AS ?this)", "ASK"),
    *("CONSTRUCT { $this :made ?o } WHERE", "DESCRIBE ?this", "SELECT", "", "DELETE", "INSERT"),
    *("SELECT DISTINCT ?this FROM <URL>", "SELECT $this FROM NAMED <URL>", "LOAD <URL> ; SELECT"),
    *("CLEAR ALL ; ASK", "PREFIX : <URL> SELECT ?this", "BASE <URL> SELECT $this", "SERVICE <URL>"),
]
PARTS = [
    *("$this ?p ?o .", "?s ?p ?o .", "$this :p ?value .", "?this a :C .", "$this $PATH ?value ."),
    *("SERVICE <URL> { ?s ?p ?o }", "SERVICE SILENT <URL> { }", "SERVICE ?s { ?s ?p ?o }"),
    *("GRAPH ?g { $this ?p ?o }", "GRAPH <URL> { ?s ?p ?o }", "GRAPH $shapesGraph { ?s ?p ?o }"),
    *("FILTER(<http://e/f>(?o))", "FILTER(:small(?o))", "FILTER(<URL>(?o, 1))", "FILTER(1 = 1)"),
    *("VALUES ?x { 1 2 3 }", "MINUS { ?s ?p ?o }", "BIND(1 AS ?this)", "BIND(?o AS ?value)"),
    *("OPTIONAL { $this :q ?x }", "{ $this :p ?o } UNION { ?s ?p ?o FILTER(?o > 1) }"),
    *("FILTER EXISTS { ?s :p ?o . FILTER(?o = $this) }", "{ SELECT ?this { ?this ?p ?o } }"),
    *("$this (:p/:q*)+|^:p ?x .", "FILTER REGEX(STR(?o), '(a+)+$')", "# SERVICE <URL> { }"),
    *('FILTER(?o IN (1, 2, "three"@en))', "?s ?p << ?a ?b ?c >> .", "LATERAL { ?s ?p ?o }"),
    *("}", "{", "'", '"', "\\u007d", "<", "?", "FILTER(", ")", "e:p", "foaf:name ?n .", "\\\\"),
    *("FILTER((((((((1 = 1))))))))", "$this :p 'BIG' .", "ORDER BY ?o", "LIMIT 1", "a a a .", "."),
    *("?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l .", "FILTER(?nope > ?never)", "BIND(1/0 AS ?z)"),
]
SHAPES = [
    ':S sh:targetClass :C ; sh:sparql [ sh:select """Q""" ] .',
    ':S sh:targetClass :C ; sh:property [ sh:path :p ; sh:sparql [ sh:select """Q""" ] ] .',
    ':S sh:target [ sh:select """Q""" ] ; sh:nodeKind sh:IRI .',
    ":S sh:target [ a :T ; :kind :C ] ; sh:nodeKind sh:IRI . :T a sh:SPARQLTargetType ; "
    'rdfs:subClassOf sh:Target ; sh:parameter [ sh:path :kind ] ; sh:select """Q""" .',
    ':S sh:targetClass :C ; sh:rule [ a sh:SPARQLRule ; sh:construct """Q""" ] .',
    ":S sh:targetClass :C ; sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :p ; "
    "sh:object [ :small ( 1 ) ] ] .",
    ":S sh:targetClass :C ; sh:expression [ :small ( sh:this ) ] .",
    ":S sh:targetClass :C ; sh:expression [ sh:filterShape :S ; sh:nodes [ sh:path :p ] ] .",
    ':V a sh:SPARQLAskValidator ; sh:ask """Q""" . :C1 a sh:ConstraintComponent ; '
    "sh:parameter [ sh:path :of ] ; sh:validator :V . :S sh:targetClass :C ; :of 1 .",
    ':V a sh:SPARQLSelectValidator ; sh:select """Q""" . :C1 a sh:ConstraintComponent ; '
    "sh:parameter [ sh:path :of ] ; sh:propertyValidator :V . "
    ":S sh:targetClass :C ; sh:property [ sh:path :p ; :of 1 ] .",
    ':small a sh:SPARQLFunction ; sh:parameter [ sh:path :one ] ; sh:ask """Q""" .',
    ':small a sh:SPARQLFunction ; sh:parameter [ sh:path :one ] ; sh:select """Q""" .',
    ':S sh:targetNode :a ; sh:js [ sh:jsFunctionName "f" ; sh:jsLibraryURL <URL> ] .',
    ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:pattern '(a|a)*$' ] ; sh:node :S .",
    ":S sh:targetNode [ sh:path :p ], 1, :a ; sh:targetClass [ ] ; sh:nodeKind sh:IRI .",
    ":S sh:targetClass :C ; sh:select 'Q' ; sh:severity 1 ; sh:message :m ; sh:order 'x' .",
    ":S sh:targetClass :C ; sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; sh:in () ] .",
    ":S sh:targetClass :C ; sh:closed true ; sh:ignoredProperties ( 1 ) ; sh:flags 'z' .",
    ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:lessThan :q ; sh:maxInclusive 'z' ] .",
    ":S sh:targetClass :C ; sh:or ( :T [ sh:nodeKind sh:Literal ] ) ; sh:not [ ] .",
    "<http://e/> owl:imports <URL> ; sh:shapesGraph <URL> ; sh:entailment <URL> .",
    '<http://e/> sh:declare [ sh:prefix "e" ; sh:namespace "URL> SELECT { Q" ] . '
    ':S sh:targetClass :C ; sh:sparql [ sh:prefixes <http://e/> ; sh:select """e:p Q""" ] .',
    ":S sh:targetClass :C ; sh:datatype ( 1 ) ; sh:in :p ; sh:path [ sh:inversePath :S ] .",
]
DATA = [
    *(
        ":a a :C ; :p 1 , :b , 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' .",
        ":b a :C ; :q 01 , 1.50 .",
    ),
    *(
        "<http://e/> owl:imports <URL> .",
        ":a :p 'BIG' .",
        ":a sh:shapesGraph <URL> .",
        ":a :p _:x .",
    ),
    *("<< :a :p :b >> :q :c .", ":D rdfs:subClassOf :C . :d a :D .", ":a :p", "}"),
]
FILES = {
    "more.jsonld": '{"@context": "URL", "@id": "http://e/a", "http://e/p": 1}',
    "more.rdf": '<!DOCTYPE r [<!ENTITY x SYSTEM "URL">]><r>&x;</r>',
    "more.nt": '<http://e/a> <http://e/p> "x" .\n',
    "q.rq": "#+ summary: Which?\nQ",
}

queries = st.builds(
    lambda head, parts, end: f"{head} {{ {' '.join(parts)} {end}",
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PARTS), max_size=4),
    st.sampled_from(["}"] * 8 + ["", "} GROUP BY ?this", "} LIMIT 1", "}}"]),
)
shapes = st.lists(st.tuples(st.sampled_from(SHAPES), queries), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def filled(text: str, query: str, port: int) -> str:
    """Put in a query, an address at which nobody may ask, and a large text."""
    text = text.replace("Q", query).replace("URL", URL.format(port=port))
    return text.replace("BIG", "x" * 20_000)


@given(
    shapes,
    st.lists(st.sampled_from(DATA), min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(sorted(FILES)), queries, max_size=1),
    st.sampled_from(["fast", "pyshacl"]),
    st.booleans(),
)
def test_it_ends_in_words(
    listener: socket.socket,
    shapes: list[tuple[str, str]],
    data: list[str],
    more: dict[str, str],
    engine: str,
    as_ontology: bool,
) -> None:
    port = listener.getsockname()[1]
    with TemporaryDirectory() as place:
        folder = Path(place)
        text = "\n".join(filled(shape, query, port) for shape, query in shapes)
        (folder / "shapes.ttl").write_text(PREFIXES + text, encoding="utf-8")
        said = "\n".join(filled(triples, "", port) for triples in data)
        (folder / "data.ttl").write_text(PREFIXES + said, encoding="utf-8")
        names = ["data.ttl", *more]
        for name, query in more.items():
            (folder / name).write_text(filled(FILES[name], query, port), encoding="utf-8")
        files = [str(folder / name) for name in names]
        options = ["--shapes", str(folder / "shapes.ttl"), "--engine", engine, "--timeout", "20"]
        if as_ontology:
            options += ["--ontology", str(folder / "data.ttl")]
        done = CliRunner().invoke(cli, ["validate", *files, *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output
    if done.exit_code == 2 and not done.stdout:
        assert done.stderr.startswith("passex: ")
    with pytest.raises(BlockingIOError):
        listener.accept()
