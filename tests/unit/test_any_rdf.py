"""Files of other fields: read as they are, asked, counted, shown and written as they came."""

from __future__ import annotations

import io
import json
import pickle
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib.compare import isomorphic

from passex import KnowledgeGraph, load
from passex.cli import cli
from passex.errors import VocabularyError
from passex.exports.build import Choice
from passex.graph import cache, store
from passex.query.errors import silent_service
from passex.web import worker
from passex.web.errors import HTTPError
from passex.web.frames import Output
from passex.web.negotiation import SOLUTIONS

XSD = "http://www.w3.org/2001/XMLSchema#"
FILES = {
    "people.jsonld": """{"@context": {"@vocab": "https://schema.org/"}, "@graph": [
        {"@id": "http://e/ada", "@type": "Person", "name": "Ada", "birthDate": "1815-12-10",
         "knows": {"@type": "Person", "name": "Charles"}},
        {"@id": "http://e/mary", "@type": "Person", "name": "Mary"}]}""",
    "thesaurus.ttl": """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <http://e/> .
        <sea> a skos:Concept ; skos:prefLabel "sea"@en-GB, "Meer"@de-AT ; skos:narrower <bay> .
        <bay> a skos:Concept ; skos:prefLabel "bay"@en-GB ; skos:notation "01"^^<c> .""",
    "catalogue.rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
        <dcat:Catalog rdf:about="http://e/cat"><dct:title xml:lang="pt-BR">Um</dct:title>
        <dcat:dataset><dcat:Dataset><dct:title>D</dct:title></dcat:Dataset></dcat:dataset>
        </dcat:Catalog></rdf:RDF>""",
    "history.ttl": f"""@prefix prov: <http://www.w3.org/ns/prov#> . @base <http://e/> .
        <run> a prov:Activity ; prov:used <in> ;
            prov:startedAtTime "2020-01-01T00:00:00.000Z"^^<{XSD}dateTime> .
        <out> a prov:Entity ; prov:wasGeneratedBy <run> ; prov:value "1.50"^^<{XSD}decimal>,
            "01"^^<{XSD}integer>, "+5"^^<{XSD}int> .""",
    "wine.owl": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:owl="http://www.w3.org/2002/07/owl#"
        xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
        <owl:Ontology rdf:about="http://e/wine"/>
        <owl:Class rdf:about="http://e/wine#Red"><rdfs:subClassOf><owl:Restriction>
        <owl:onProperty rdf:resource="http://e/wine#colour"/>
        <owl:hasValue>red</owl:hasValue></owl:Restriction></rdfs:subClassOf></owl:Class>
        </rdf:RDF>""",
    "places.ttl": f"""@prefix geo: <http://www.opengis.net/ont/geosparql#> . @base <http://e/> .
        @prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
        <p> wgs84:lat "034.50"^^<{XSD}decimal> ; geo:hasGeometry _:g .
        _:g geo:asWKT "POINT(1 2)"^^geo:wktLiteral .""",
    "news.nq": """<http://e/a> <http://e/says> "x" <http://e/monday> .
<http://e/a> <http://e/says> "y"@EN <http://e/tuesday> .
<http://e/a> <http://e/says> "z" .
_:b <http://e/says> "b" <http://e/tuesday> .
""",
    "twice.trig": """@base <http://e/> . <a> <says> "x", 1 . <g> { <a> <says> "x", "y" }
        <h> { <a> <says> "x", "y" }""",
    "schemes.ttl": """@prefix dct: <http://purl.org/dc/terms/> . @base <http://e/> .
        <a> a <http://www.w3.org/ns/dcat#Dataset> ; <tel> <tel:+44> ; <urn> <urn:x:y> ;
            dct:relation <dcterms:b>, <prov:c> ; dct:title "<owl:Class> its:dir=" .""",
}
NAMED = "news.nq"
#: Of rdflib, about itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="passex")


def read(name: str, text: str | None = None, form: str | None = None) -> rdflib.Dataset:
    graph = rdflib.Dataset()
    graph.parse(None if text else name, data=text, format=form)
    return graph


def default(dataset: rdflib.Dataset) -> rdflib.Graph:
    """All triples together, whatever graph they are in, by their forms."""
    graph = rdflib.Graph()
    for subject, name, value, _ in dataset.quads():
        graph.add((subject, name, value))
    return graph


@pytest.fixture(autouse=True)
def forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    monkeypatch.setattr(rdflib.term, "_NORMALIZE_LITERALS", False, raising=False)


@pytest.mark.parametrize("name", FILES)
def test_query_counts_as_rdflib(name: str) -> None:
    result = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--data", name, "--format", "csv")
    assert result.stdout.split() == ["n", str(len(default(read(name))))]
    assert result.exit_code == 0
    assert "no node of a class of the Passex ontology" in result.stderr
    assert "are taken as they are, without ontology and rules" in result.stderr


@pytest.mark.parametrize("form", ["ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml"])
@pytest.mark.parametrize("name", FILES)
def test_export_gives_what_came(name: str, form: str) -> None:
    result = run("export", form, "--data", name)
    assert result.exit_code == 0
    names = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    written = read(name, result.stdout, names.get(form, form))
    assert isomorphic(default(written), default(read(name)))
    if form in ("nquads", "trig", "jsonld"):
        assert {g.identifier: len(g) for g in written.graphs()} == {
            g.identifier: len(g) for g in read(name).graphs()
        }


def test_literals_and_tags_are_written_as_they_came() -> None:
    lines = [
        line
        for name in FILES
        for line in run("export", "ntriples", "--data", name).stdout.splitlines()
    ]
    ends = [line.split(" ", 2)[2].removesuffix(" .") for line in lines]
    for value in (
        *(f'"1.50"^^<{XSD}decimal>', f'"01"^^<{XSD}integer>', f'"+5"^^<{XSD}int>'),
        f'"034.50"^^<{XSD}decimal>',
        f'"2020-01-01T00:00:00.000Z"^^<{XSD}dateTime>',
        *('"sea"@en-GB', '"Meer"@de-AT', '"Um"@pt-BR', '"y"@EN'),
    ):
        assert value in ends


@pytest.mark.parametrize(
    ("form", "declared", "pattern"),
    [
        ("turtle", "dcat dcterms", r"^@prefix (\w+):"),
        ("rdfxml", "dcterms rdf", r" xmlns:(\w+)="),
        # One that is how an IRI begins would make another IRI of it.
        ("jsonld", "dcat", r'^  "(\w+)": "[^"]*[/#]"'),
    ],
)
def test_prefixes_that_nothing_uses_are_not_declared(
    form: str, declared: str, pattern: str
) -> None:
    written = run("export", form, "--data", "schemes.ttl").stdout
    assert sorted(re.findall(pattern, written, re.MULTILINE)) == declared.split()


def test_the_prefix_of_a_direction_is_declared() -> None:
    Path("a.ttl").write_text('<http://e/a> <http://e/p> "x"@ar--rtl .')
    written = run("export", "rdfxml", "--data", "a.ttl").stdout
    assert sorted(re.findall(r" xmlns:(\w+)=", written)) == ["its", "rdf"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("integer", ("1", "01", "+1")),
        ("decimal", ("1.50", "1.5")),
        ("double", ("1e0", "1.0E0", "1")),
        ("dateTime", ("2020-01-01T00:00:00.0Z", "2020-01-01T00:00:00Z")),
    ],
)
def test_forms_of_one_value_all_go_out(kind: str, values: tuple[str, ...]) -> None:
    lines = [f'<http://e/a> <http://e/p> "{value}"^^<{XSD}{kind}> .' for value in values]
    for number, line in enumerate(lines):
        Path(f"{number}.ttl").write_text(line + "\n")
    Path("all.ttl").write_text("\n".join(lines))
    # In any order, and together or apart.
    apart = [f"{number}.ttl" for number in range(len(lines))]
    for data in (apart, apart[::-1], ["all.ttl"]):
        given = [word for name in data for word in ("--data", name)]
        assert run("export", "ntriples", *given).stdout.splitlines() == sorted(lines)
        result = run("query", "SELECT * { ?s ?p ?o }", *given, "--format", "csv")
        assert len(result.stdout.splitlines()) == 2
        fewer = "1 triple" if len(lines) == 2 else "2 triples"
        assert (
            f"passex: {fewer} fewer than the files have: those that differ in the form of a value "
            "alone are one\n"
        ) in result.stderr


def test_tags_that_differ_in_capitals_are_written_as_most_are() -> None:
    Path("a.ttl").write_text(
        '<http://e/a> <http://e/p> "1"@en, "2"@en, "3"@EN, "4"@en-GB, "5"@en-gb, "6"@en-GB .'
    )
    result = run("export", "ntriples", "--data", "a.ttl")
    assert re.findall("@(.*) [.]", result.stdout) == ["en", "en", "en", "en-GB", "en-GB", "en-GB"]
    said = "passex: language tags that differ in capitals alone made one: such as @EN as @en\n"
    assert said in result.stderr
    result = run("query", "ASK {}", "--data", "a.ttl")
    assert "language tags in small letters: such as @EN as @en\n" in result.stderr
    assert "made one" not in run("export", "ntriples", "--data", "thesaurus.ttl").stderr


def test_tags_that_are_keys_of_json_ld_are_written_as_they_came() -> None:
    Path("a.jsonld").write_text("""{"@context": {"label": {"@id": "http://e/label",
        "@container": ["@language", "@set"]}, "ID": "http://e/id"},
        "@id": "http://e/a", "label": {"en-GB": "colour", "pt-BR": ["cor"], "de": "Farbe"}}""")
    lines = run("export", "ntriples", "--data", "a.jsonld").stdout
    assert re.findall("@(.*) [.]", lines) == ["de", "en-GB", "pt-BR"]


def test_a_query_says_what_has_another_form() -> None:
    result = run("query", "ASK {}", "--data", "history.ttl")
    assert (
        "passex: 4 literals in another form of the same value than the files have, also for STR(): "
        'such as "+5"^^xsd:int as "5"^^xsd:integer\n'
    ) in result.stderr
    result = run("query", "ASK {}", "--data", "thesaurus.ttl")
    assert "language tags in small letters: such as @de-AT as @de-at\n" in result.stderr


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }", ["monday,x", "tuesday,b", "tuesday,y"]),
        ("SELECT ?o FROM <http://e/monday> { ?s ?p ?o }", ["x"]),
        ("SELECT ?o FROM NAMED <http://e/monday> { GRAPH ?g { ?s ?p ?o } }", ["x"]),
        ("SELECT ?o FROM <http://e/monday> FROM <http://e/tuesday> { ?s ?p ?o }", ["b", "x", "y"]),
        ("SELECT ?o FROM <https://w3id.org/passex/graph> { ?s ?p ?o }", ["b", "x", "y", "z"]),
        ("SELECT ?o FROM <https://w3id.org/passex/written> { ?s ?p ?o }", []),
    ],
)
def test_queries_reach_the_graphs_of_the_files(query: str, rows: list[str]) -> None:
    result = run("query", query, "--data", NAMED, "--format", "csv")
    assert sorted(result.stdout.replace("http://e/", "").splitlines()[1:]) == rows


OVERLAPPING = "<urn:a> { <urn:s> <urn:p> 1, 2 } <urn:b> { <urn:s> <urn:p> 1, 3 }"


@pytest.mark.parametrize(
    ("clauses", "number"),
    [
        ("FROM <urn:a> FROM <urn:b>", 3),
        ("FROM <urn:a> FROM <urn:a>", 2),
        ("FROM <urn:a> FROM <urn:b> FROM NAMED <urn:b>", 3),
        ("FROM NAMED <urn:a>", 0),
    ],
)
def test_several_graphs_after_from_are_merged(clauses: str, number: int) -> None:
    Path("two.trig").write_text(OVERLAPPING, encoding="utf-8")
    query = f"SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}"
    assert run("query", query, "--data", "two.trig", "--format", "csv").stdout == f"n\n{number}\n"
    engine = ox.Store()
    engine.load(OVERLAPPING, ox.RdfFormat.TRIG)
    assert _served(engine, query) == f"n\n{number}\n"


@pytest.mark.parametrize(
    ("default", "named", "numbers"),
    [(["urn:a", "urn:b"], ["urn:b"], "3,2"), (["urn:a", "urn:a"], [], "2,0")],
)
def test_several_graphs_of_the_protocol_are_merged(
    default: list[str], named: list[str], numbers: str
) -> None:
    engine = ox.Store()
    engine.load(OVERLAPPING, ox.RdfFormat.TRIG)
    query = """SELECT ?n ?m { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }
        { SELECT (COUNT(*) AS ?m) { GRAPH ?g { ?s ?p ?o } } } }"""
    assert _served(engine, query, default, named) == f"n,m\n{numbers}\n"


def _served(
    engine: ox.Store, query: str, default: Sequence[str] = (), named: Sequence[str] = ()
) -> str:
    pipe = io.BytesIO()
    output = Output(pipe, 1 << 20, gzip=False, head_only=False)
    csv = next(kind for kind in SOLUTIONS if "csv" in kind)
    request = {"text": query, "default": default, "named": named, "service": True}
    worker.query(
        worker.Graph(engine=engine),
        {**request, "base": None, "solutions": csv, "graphs": None},
        output,
    )
    output.finish()
    return pipe.getvalue().decode().rpartition("}")[2].replace("\r", "")


def test_a_graph_that_is_not_there() -> None:
    result = run("query", "ASK { GRAPH <http://e/sunday> { ?s ?p ?o } }", "--data", NAMED)
    assert "query:1:13: <http://e/sunday> is no graph here; the files have" in result.stderr
    result = run("query", "ASK { GRAPH <http://e/monday> { ?s ?p ?o } }", "--data", NAMED)
    assert result.stdout == "true\n"
    assert "no graph here" not in result.stderr


def test_formats_without_graphs_say_that_they_are_merged() -> None:
    result = run("export", "turtle", "--data", NAMED)
    assert (
        "2 named graphs merged with the rest: Turtle has none; use trig or nquads" in result.stderr
    )


@pytest.mark.parametrize("name", FILES)
def test_blank_nodes_are_called_the_same_each_time(name: str) -> None:
    query = ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--data", name, "--format", "ntriples")
    assert sorted(run(*query).stdout.splitlines()) == sorted(run(*query).stdout.splitlines())


def test_what_is_made_has_the_prefixes_of_the_query_and_no_others() -> None:
    query = "PREFIX ex: <http://e/> CONSTRUCT { ?s ex:n ?o, 1, ex:x } { ?s skos:prefLabel ?o }"
    result = run("query", query, "--data", "thesaurus.ttl")
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.startswith("@prefix")] == ["@prefix ex: <http://e/> ."]
    assert "<http" not in "".join(lines[1:])


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld"])
def test_nodes_that_a_query_makes_are_called_the_same_each_time(form: str) -> None:
    query = "CONSTRUCT { [] foaf:name ?l } { ?s skos:prefLabel ?l }"
    arguments = ("query", query, "--data", "thesaurus.ttl", "--format", form)
    assert "_:c1" in run(*arguments).stdout
    assert "_:c4" not in run(*arguments).stdout
    assert run(*arguments).stdout == run(*arguments).stdout


OURS = """@prefix nr: <https://w3id.org/passex/ontology#> .
    @prefix id: <https://w3id.org/passex/id/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    id:x a nr:Place ; rdfs:label "X"@en ; <http://e/height> 3 ."""


@pytest.mark.parametrize(
    ("options", "data", "least", "most"),
    [
        (("--facts-only",), OURS, 3, 3),
        ((), OURS, 900, 9000),
        (("--with-ontology",), FILES["thesaurus.ttl"], 900, 9000),
        (("--facts-only",), FILES["thesaurus.ttl"], 7, 7),
    ],
)
def test_the_ontology_is_mixed_in_or_not(
    options: tuple[str, ...], data: str, least: int, most: int
) -> None:
    Path("x.ttl").write_text(data, encoding="utf-8")
    count = ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv", "--no-cache")
    result = run("query", *count, "--data", "x.ttl", *options)
    assert least <= int(result.stdout.split()[1]) <= most
    assert "without ontology" not in result.stderr
    stats = json.loads(run("stats", "--format", "json", "--data", "x.ttl", *options).stdout)
    assert least <= stats["triples"] <= most


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "SELECT * { ?s ?p ?o }", "--format", "tsv"),
        ("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--format", "csv"),
        ("export", "nquads", "--what", "graph"),
        ("stats", "--format", "json"),
        ("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--facts-only"),
    ],
)
def test_from_the_cache_comes_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(cache, "_MANY", 1)
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    command = (*arguments, "--data", name)
    read = run(*command, "--no-cache")
    assert not (tmp_path / "cache").exists()
    run("stats", "--data", name)  # keeps it
    monkeypatch.setattr(store, "as_written", None)
    kept = run(*command)
    assert (kept.exit_code, kept.stderr) == (read.exit_code, read.stderr) == (0, read.stderr)
    # SPARQL has no order where none is asked for.
    assert sorted(kept.stdout.splitlines()) == sorted(read.stdout.splitlines())
    assert run(*command).stdout == kept.stdout
    # What needs our model says so, without reading the files.
    assert run("network", "--data", name).stderr.startswith(f"passex: {name}: no node of a class")


def test_few_triples_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    assert run("stats", "--data", NAMED).exit_code == 0
    assert not [path for path in tmp_path.glob("cache/*") if path.suffix != ".key"]


def test_a_term_of_ours_is_known_where_the_ontology_is_not_mixed_in() -> None:
    Path("x.ttl").write_text(OURS, encoding="utf-8")
    result = run("query", "ASK { ?x a nr:Place }", "--data", "x.ttl", "--facts-only")
    assert (result.stdout, result.stderr) == ("true\n", "")


def test_stats_counts_classes_of_any_vocabulary() -> None:
    stats = json.loads(run("stats", "--format", "json", "--data", "thesaurus.ttl").stdout)
    assert (stats["triples"], stats["classes"]) == (7, {"skos:Concept": 2})
    assert json.loads(run("stats", "--format", "json", "--data", NAMED).stdout)["graphs"] == 2


def test_stats_counts_articles_and_quotes_without_the_ontology() -> None:
    whole, alone = (
        json.loads(run("stats", "--format", "json", *options).stdout)
        for options in ((), ("--facts-only",))
    )
    assert (alone["articles"], alone["evidence"]) == (whole["articles"], whole["evidence"])
    assert alone["articles"] == 3
    assert (alone["claims"], alone["derived"]) == ({}, 0)


@pytest.mark.parametrize("name", ["Ada", "ADA", "http://e/ada"])
def test_show_finds_nodes_by_their_names(name: str) -> None:
    result = run("show", name, "--data", "people.jsonld")
    assert result.stdout.splitlines()[0] == "Ada (Person, <http://e/ada>)"
    assert result.exit_code == 0


def test_show_suggests() -> None:
    result = run("show", "Adda", "--data", "people.jsonld")
    assert result.stderr.splitlines(True)[-1] == (
        "passex: 'Adda': no node of these files has that name; did you mean Ada?\n"
    )


def test_a_picture_has_the_nodes() -> None:
    picture = json.loads(run("export", "nodelink", "--data", "thesaurus.ttl").stdout)
    assert [node["id"] for node in picture["nodes"]] == ["http://e/bay", "http://e/sea"]


@pytest.mark.parametrize(
    "command",
    [
        ("network",),
        ("why", "Ada"),
        ("ask", "partners", "Ada"),
        ("export", "gexf", "--what", "network"),
    ],
)
def test_what_needs_our_model_is_refused(command: tuple[str, ...]) -> None:
    result = run(*command, "--data", "people.jsonld")
    assert result.stderr == (
        "passex: people.jsonld: no node of a class of the Passex ontology; the vocabulary there: "
        "<https://schema.org/>; describe exercises and actors with classes of "
        "<https://w3id.org/passex/ontology#>\n"
    )


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("given", ["file", "graph", "text"])
def test_python_takes_them_as_they_are(name: str, given: str) -> None:
    data: Any = {"file": name, "graph": read(name), "text": FILES[name]}[given]
    forms = {"jsonld": "jsonld", "ttl": "turtle", "nq": "nquads", "trig": "trig"}
    form = forms.get(name.split(".")[1], "rdfxml")
    with pytest.warns(UserWarning, match="no node of a class of the Passex ontology") as told:
        kg = load(data, format=form, cached=False)
    [warned] = [str(w.message) for w in told if w.category is UserWarning]
    assert warned.endswith("; the files are taken as they are, without ontology and rules")
    assert [Path(w.filename) for w in told if w.category is UserWarning] == [Path(__file__)]
    rows = kg.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert rows.records() == [{"n": str(len(default(read(name))))}]
    assert isomorphic(kg.to_rdflib(), default(read(name)))  # with capitals in language tags
    written = kg.export("nquads")
    assert isomorphic(default(read(name, written, "nquads")), default(read(name)))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("graphs", [("",), ("<http://e/g>",), ("", "<http://e/g>")])
@pytest.mark.parametrize(
    "value",
    [
        *(f'"{text}"^^<{XSD}decimal>' for text in ("1.50", "1.5")),
        *(f'"+1"^^<{XSD}integer>', f'"1"^^<{XSD}int>'),
        *('"x"@EN', '"x"@ar--rtl', f'<<( <http://e/b> <http://e/q> "1"^^<{XSD}integer> )>>'),
    ],
)
@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_what_stands_in_a_graph_and_in_none_comes_out_of_both(
    value: str, graphs: tuple[str, ...], form: str
) -> None:
    if form == "jsonld" and "<<" in value:
        return  # it has no triple terms
    # In whatever order they come.
    for order in (graphs, graphs[::-1]):
        text = "".join(f"<http://e/a> <http://e/p> {value} {graph} .\n" for graph in order)
        written = load(text, format="nquads", cached=False).export(form)
        suffix = {"nquads": "nq", "trig": "trig", "jsonld": "jsonld"}[form]
        found = ox.parse(written, ox.RdfFormat.from_extension(suffix))
        assert {str(quad) for quad in found} == {
            str(quad) for quad in ox.parse(text, ox.RdfFormat.N_QUADS)
        }


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_python_shows_and_draws_them() -> None:
    kg = load("people.jsonld")
    assert str(kg.show("Ada").node.iri) == "http://e/ada"
    picture = json.loads(kg.export("nodelink"))
    assert [node["id"] for node in picture["nodes"]] == ["http://e/ada", "http://e/mary"]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_pickled_graph_is_as_it_was() -> None:
    store = pickle.loads(pickle.dumps(load("thesaurus.ttl").store))
    assert (len(store), store.plain, store.tags) == (7, True, {"en-gb": "en-GB", "de-at": "de-AT"})


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "asked",
    [
        lambda kg: kg.network(),
        lambda kg: kg.ties(),
        lambda kg: kg.two_mode(),
        lambda kg: kg.meetings(),
        lambda kg: kg.series(),
        lambda kg: kg.rank(None),
        lambda kg: kg.ask("partners", "Ada"),
        lambda kg: kg.why("Ada"),
        lambda kg: kg.export("gexf", what="network"),
        lambda kg: kg.export("html"),
        lambda kg: kg.export("annotations"),
        lambda kg: kg.export("turtle", Choice()),
    ],
)
def test_python_refuses_what_needs_our_model(asked: Callable[[KnowledgeGraph], object]) -> None:
    kg = load("people.jsonld")
    with pytest.raises(VocabularyError) as refused:
        asked(kg)
    assert str(refused.value) == (
        "this needs the Passex ontology and rules, which are not mixed in here; describe exercises "
        "and actors with classes of <https://w3id.org/passex/ontology#>, or ask in SPARQL"
    )


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("resource", "parameters", "status", "answer"),
    [
        ("show", {"name": "ada"}, 200, b'"kind": "Person"'),
        ("network", {}, 404, b'{"error": "this needs the Passex ontology and rules, which are'),
        ("why", {"a": "Ada"}, 404, b'{"error": "this needs the Passex ontology'),
        ("ask", {"question": "partners", "actor": "Ada"}, 404, b'{"error": "this needs the'),
    ],
)
def test_the_server_shows_them_and_refuses_what_needs_our_model(
    resource: str, parameters: dict[str, str], status: int, answer: bytes
) -> None:
    pipe = io.BytesIO()
    output = Output(pipe, 1 << 20, gzip=False, head_only=False)
    request = {"resource": resource, "parameters": parameters, "type": "application/json"}
    worker.resource(worker.Graph(engine=load("people.jsonld").store.engine), request, output)
    output.finish()
    assert output.head["status"] == status
    assert answer in pipe.getvalue()


def test_a_service_that_does_not_answer() -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(OSError, match="9") as raised:
        _served(ox.Store(), query)
    assert silent_service(raised.value, "SELECT * { ?s ?p ?o }") is None
    refusal = silent_service(raised.value, query)
    assert refusal is not None
    assert str(refusal).startswith("SERVICE does not answer (")
    assert HTTPError.of(refusal).status == 502
