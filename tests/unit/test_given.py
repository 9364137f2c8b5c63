"""What a person gives in Python: graphs of all kinds, nodes for names, choices of exports."""

from __future__ import annotations

import copy
import io
import pickle
import pydoc
import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF
from rdflib.compare import isomorphic

import passex
from passex.errors import (
    EndpointError,
    InputError,
    PassexError,
    QueryError,
    UnknownNameError,
)
from passex.query.remote import pushing
from passex.query.remote.layout import Note

DATA = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"
TEXT = DATA.read_text(encoding="utf-8")
SHIP = "<urn:a> a <https://w3id.org/passex/ontology#Ship> ."


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load(DATA)


def of_rdflib(graph: rdflib.Graph) -> rdflib.Graph:
    return graph.parse(DATA)


def of_pyoxigraph() -> ox.Store:
    store = ox.Store()
    store.load(path=str(DATA))
    return store


@pytest.mark.parametrize(
    "given",
    [
        lambda: DATA,
        lambda: str(DATA),
        lambda: TEXT,
        lambda: TEXT.encode(),
        lambda: io.StringIO(TEXT),
        lambda: io.BytesIO(TEXT.encode()),
        lambda: DATA.open(encoding="utf-8"),
        lambda: DATA.open("rb"),
        lambda: of_rdflib(rdflib.Graph()),
        lambda: of_rdflib(rdflib.Dataset()),
        of_pyoxigraph,
        lambda: ox.Dataset(of_pyoxigraph()),
        lambda: [DATA, (TEXT,)],
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_graph_is_given_in_any_way(given: Any, kg: passex.KnowledgeGraph) -> None:
    graph = passex.load(given())
    assert len(graph.store) == len(kg.store)
    assert graph.ties() == kg.ties()


def test_several_are_one_graph(kg: passex.KnowledgeGraph) -> None:
    both = passex.load(DATA, SHIP, b"<urn:b> a <https://w3id.org/passex/ontology#Ship> .")
    names = {row["s"].value for row in both.select("SELECT ?s { ?s a nr:Ship }")}
    assert {"urn:a", "urn:b"} < names
    assert len(names) == 2 + len(kg.select("SELECT ?s { ?s a nr:Ship }"))
    nquads = SHIP.replace(" a ", f" <{RDF.type}> ").replace(" .", " <urn:g> .")
    assert passex.load(nquads, format="nquads").ask_query("ASK { <urn:a> a nr:Ship }")


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        (io.StringIO(""), InputError, "stream: no triples; give files that hold facts"),
        ([], InputError, "an empty list; give files, or nothing for the bundled graph"),
        (3, QueryError, "int is no graph; give a path, a text, bytes, an open file, or a graph of"),
        ("nowhere.ttl", InputError, "nowhere.ttl: no such file or folder; check the path"),
        ("<urn:a> a b .", InputError, "text:1:11: not Turtle: "),
        ("<urn:a>\n  <urn:b> .", InputError, "text:2:11: not Turtle: "),
        (b"\xff", InputError, "bytes:1:1: not UTF-8 (byte 0xff at offset 0); save the file"),
        ("\ud800\n", InputError, "text:1:1: not UTF-8"),
        (rdflib.Graph(), InputError, "rdflib: no triples; give files that hold facts"),
    ],
)
def test_what_is_no_graph(given: Any, kind: type[PassexError], message: str) -> None:
    with pytest.raises(PassexError) as error:
        passex.load(given)
    assert isinstance(error.value, kind)
    assert str(error.value).startswith(message)


def test_a_closed_file_and_a_wrong_format() -> None:
    file = DATA.open(encoding="utf-8")
    file.close()
    with pytest.raises(InputError, match="cannot be read"):
        passex.load(file)
    with pytest.raises(QueryError, match="'turtel' is no format; give one of turtle, nt"):
        passex.load(SHIP, format="turtel")


def test_a_file_of_that_name_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b.").write_text(SHIP, encoding="utf-8")
    assert passex.load("a b.", format="turtle").ask_query("ASK { <urn:a> a nr:Ship }")
    Path("a b.").unlink()
    with pytest.raises(InputError, match="text:1:1: not Turtle"):
        passex.load("a b.")


def test_validate_takes_them_too() -> None:
    wrong = SHIP.replace("Ship", "Shipp")
    for given in (wrong, wrong.encode(), io.StringIO(wrong), rdflib.Graph().parse(data=wrong)):
        report = passex.validate(given)
        assert [problem.focus for problem in report] == ["<urn:a>"]
        assert report.problems[0].place is None
    assert passex.validate([DATA, SHIP]).report.triples > passex.validate(DATA).report.triples


def test_files_of_others_among_temporary_ones_are_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "others.ttl").write_text(SHIP.replace("urn:a", "urn:b"))
    report = passex.validate(
        SHIP[:-1] + "; <http://www.w3.org/2000/01/rdf-schema#seeAlso> <urn:b> ."
    )
    assert [problem.rule for problem in report] == ["https://w3id.org/passex/shape/Label"]


def test_nodes_stand_for_names(kg: passex.KnowledgeGraph) -> None:
    azure = kg.resolve("Azure")
    term = ox.NamedNode(azure.iri)
    assert kg.resolve(azure) == kg.resolve(term) == azure
    assert repr(kg.why(azure)) == repr(kg.why("Azure"))
    assert kg.why(azure, kg.resolve("Cobalt")).occasions == kg.why("Azure", "Cobalt").occasions
    assert kg.show(term).node == kg.show("Azure").node
    assert kg.ask("partners", azure).rows == kg.ask("partners", "Azure").rows
    assert passex.names.resolve(kg.store, azure) == azure
    [occasion] = kg.why("Azure Navy", "Cobalt Navy").occasions[:1]
    assert {claim.iri for claim in occasion.claims} == {
        claim.iri for way in (*occasion.routes_a, *occasion.routes_b) for claim in way.claims
    }
    with pytest.raises(UnknownNameError, match="<urn:nobody>"):
        kg.why(ox.NamedNode("urn:nobody"))
    with pytest.raises(UnknownNameError) as error:
        kg.resolve("Azur Navy")
    assert error.value.near[0] == "Azure Navy"


def test_facts_go_to_rdflib_and_back(kg: passex.KnowledgeGraph) -> None:
    graph = kg.to_rdflib()
    turtle = kg.export("turtle", what="graph")
    assert isomorphic(graph, rdflib.Graph().parse(data=turtle, format="turtle"))
    assert passex.load(graph).ties() == kg.ties()
    assert dict(graph.namespaces())["nr"] == rdflib.URIRef("https://w3id.org/passex/ontology#")
    trained = rdflib.URIRef("https://w3id.org/passex/ontology#trainedWith")
    assert (None, trained, None) not in graph
    with_derived = kg.to_rdflib(derived=True)
    assert (None, trained, None) in with_derived
    assert len(with_derived) > len(graph)


def test_what_is_exported_is_named(kg: passex.KnowledgeGraph) -> None:
    assert kg.export("turtle", what="graph", around=kg.resolve("Azure"), hops=2).splitlines()[
        0
    ] == ("# The knowledge graph around Azure: 2 steps")
    assert kg.export(format="gexf", policy=passex.Policy("state")) == (
        kg.network(level="state").export("gexf")
    )
    assert kg.export("csv", what="meetings") != kg.export("csv", what="two-mode")
    for wrong, message in (
        ({"what": "grpah"}, "'grpah' is nothing to export; use one of network, two-mode, graph"),
        ({"wat": "graph"}, "'wat' is nothing that an export looks at; did you mean what?"),
        ({"policy": "state"}, "'state' is no policy; give a passex.Policy"),
        ({"hops": -1, "around": "Azure"}, "-1 is no number of steps; give 0 or more"),
    ):
        arguments: Any = wrong
        with pytest.raises(QueryError) as error:
            kg.export("turtle", **arguments)
        assert str(error.value).startswith(message)
    with pytest.raises(QueryError, match="the page shows the network"):
        kg.export("html", what="meetings")


def test_a_graph_is_pickled_and_copied(kg: passex.KnowledgeGraph) -> None:
    for again in (pickle.loads(pickle.dumps(kg)), copy.deepcopy(kg)):
        assert repr(again) == repr(kg)
        assert again.ties() == kg.ties()
        assert again.resolve("Azure Navy") == kg.resolve("Azure Navy")
        assert again.ask_query("ASK { id:azure nr:trainedWith id:cobalt }")


def test_names_of_the_package_are_shown() -> None:
    assert dir(passex) == sorted(passex.__all__)
    for name in passex.__all__:
        assert getattr(passex, name) is not None
    text = pydoc.plain(pydoc.render_doc(passex))
    for name in ("load(", "connect(", "validate(", "class KnowledgeGraph", "class Policy"):
        assert name in text


def test_a_graph_is_pushed(kg: passex.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def push(*arguments: object) -> tuple[Note, bool]:
        asked.append(arguments)
        return Note("", 7, 1, 0, ""), True

    monkeypatch.setattr(pushing, "push", push)
    done = kg.push("http://127.0.0.1:1/query", "urn:g", update="http://127.0.0.1:1/update")
    assert (done.triples, done.sent) == (7, True)
    assert asked == [
        (kg.store, "http://127.0.0.1:1/query", "urn:g", None, "http://127.0.0.1:1/update")
    ]
    nothing: Any = None
    for call in (kg.push, passex.connect):
        with pytest.raises(QueryError, match="None is not"):
            call(nothing)
    with pytest.raises(EndpointError, match="connection refused"):
        passex.connect("http://127.0.0.1:1/query")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"fail_on": "x"}, "'x' is no severity; use one of "),
        ({"levels": {"vacuous": "loud"}}, "'loud' is no severity; use one of "),
        ({"levels": "vacuous"}, "'vacuous' gives rules no levels; give a dictionary"),
        ({"timeout": "soon"}, "'soon' is no time; give a number of seconds"),
        ({"jobs": 0}, "0 is no number of jobs; give 1 or more"),
    ],
)
def test_validate_refuses_what_is_no_value(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError) as error:
        passex.validate(SHIP, **arguments)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ('{"@id":"urn:a","@type":"https://w3id.org/passex/ontology#Ship"}', "jsonld"),
        ('[{"@id":"urn:a","@type":"https://w3id.org/passex/ontology#Ship"}]', "jsonld"),
        ("<urn:a>a<https://w3id.org/passex/ontology#Ship>.", None),
    ],
)
def test_a_text_without_a_space_is_no_path(given: str, form: str | None) -> None:
    assert passex.load(given, format=form).ask_query("ASK { <urn:a> ?p ?o }")


def test_a_report_is_pickled() -> None:
    report = passex.validate("<urn:a> a <https://w3id.org/passex/ontology#Shipp> .")
    again = pickle.loads(pickle.dumps(report))
    assert not again.conforms
    assert str(again) == str(report)
    assert again.write("sarif") == report.write("sarif")


@pytest.mark.parametrize(
    "call",
    [
        lambda name: passex.load(name),
        lambda name: passex.validate(name),
        lambda name: passex.validate(SHIP, texts=name),
        lambda name: passex.validate(SHIP, name),
        lambda name: passex.import_table(name, "mme"),
        lambda name: passex.cite(name, "x"),
        lambda name: passex.format_turtle(name),
        lambda name: passex.diff(name, name),
    ],
)
def test_a_path_that_is_too_long_is_an_error_of_ours(call: Any) -> None:
    with pytest.raises(PassexError):
        call("a" * 5000)


@pytest.mark.parametrize("text", [None, 3, [], Path("x")])
def test_what_is_laid_out_is_a_text(text: Any) -> None:
    with pytest.raises(PassexError, match=f"{type(text).__name__} is no text; give the text of"):
        passex.format_turtle(text)
    assert passex.format_turtle(b"<u:a> <u:p> 1,2 .") == "<u:a> <u:p> 1, 2 .\n"


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("x", "'x' is no engine; use one of fast, pyshacl"),
        ("pyshcl", "'pyshcl' is no engine; did you mean pyshacl?"),
        (None, "None is no engine; use one of fast, pyshacl"),
    ],
)
def test_an_engine_that_is_none_is_not_taken_for_one(engine: Any, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        passex.validate("<a:b> <a:b> <a:b> .", engine=engine)
    assert str(caught.value) == said


def test_an_import_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="'turtl' is no format here; did you mean turtle"):
        passex.import_table(tmp_path / "x.csv", "mme", format="turtl")
    with pytest.raises(QueryError, match="5 is no states here; use one of as-written, of-the-time"):
        passex.import_table(tmp_path / "x.csv", "mme", states=5)  # type: ignore[arg-type]
