"""Answers of all questions, held against plain counts on three graphs."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from passex import KnowledgeGraph, Policy, load
from passex.graph.rows import iri
from passex.graph.store import Term
from passex.graph.terms import PREFIXES
from passex.questions.catalogue import LITERALS, questions

ROOT = Path(__file__).resolve().parents[2]
NR = rdflib.Namespace("https://w3id.org/passex/ontology#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
STORY = ROOT / "tests" / "data" / "story"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module", params=["bundled", "begun", "story", "generated"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    if request.param == "bundled":
        return sorted((ROOT / "graph").rglob("*.ttl"))
    if request.param == "story":
        return sorted(STORY.glob("*.ttl"))
    if request.param == "begun":
        return [STORY / "actors.ttl", *sorted(STORY.glob("*-grey-heron-*.ttl"))]
    spec = importlib.util.spec_from_file_location("gen", ROOT / "benchmarks" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("generated") / "fleet.ttl"
    module.write(10_000, path)
    return [path]


@pytest.fixture(scope="module")
def kg(files: list[Path]) -> KnowledgeGraph:
    return load(*files)


@pytest.fixture(scope="module")
def plain(files: list[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in files:
        graph.parse(path)
    return graph


def text(term: Term | None) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def values(kg: KnowledgeGraph, types: list[str]) -> Iterator[str]:
    """Give every node that a parameter may be, of the classes and lists that it takes."""
    listed = " ".join(f"<{each}>" for each in types)
    within = f"VALUES ?c {{ {listed} }} ?n a|skos:inScheme ?c"
    for row in kg.store.rows(f"SELECT DISTINCT ?n {{ {within} }}"):
        yield f"<{row[0]}>"


@pytest.mark.parametrize("name", sorted(questions()))
def test_no_row_comes_twice(kg: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    asked: list[tuple[str, ...]] = [()]
    if question.parameters:
        [parameter] = question.parameters
        days = {"xsd:integer": ["2017", "2031"], "xsd:date": ["2017-12-11", "2031-05-03"]}
        given = days.get(parameter.type) or sorted(values(kg, parameter.classes))[:40]
        asked = [(value,) for value in given]
        assert parameter.type in LITERALS or asked or name == "ships-in"
    for arguments in asked:
        rows = kg.ask(name, *arguments).rows
        assert len(set(rows)) == len(rows), arguments


def test_statements_claims_and_places_of_speakers_are_counted(
    kg: KnowledgeGraph, plain: rdflib.Graph
) -> None:
    claims: dict[str, set[object]] = defaultdict(set)
    statements: dict[str, set[object]] = defaultdict(set)
    quotes: dict[str, set[object]] = defaultdict(set)
    about = defaultdict(set)
    for claim, node in plain.subject_objects(NR.about):
        about[node].add(claim)
    for what, speaker in plain.subject_objects(PROV.wasAttributedTo):
        if (what, NR.about, None) in plain:
            claims[str(speaker)].add(what)
            quotes[str(speaker)].update(plain.objects(what, NR.hasEvidence))
        if (what, rdflib.RDF.type, NR.Statement) in plain:
            statements[str(speaker)].add(what)
            for claim in about[what]:
                quotes[str(speaker)].update(plain.objects(claim, NR.hasEvidence))
    answer = kg.ask("spokespersons")
    assert answer.columns == ("speaker", "class", "statements", "claims", "places")
    assert answer.rows
    for row in answer.rows:
        who = text(row[0])
        expected = (len(statements[who]), len(claims[who]), len(quotes[who]))
        assert tuple(int(text(count)) for count in row[2:]) == expected, who


def test_partners_are_the_ties_of_the_network(kg: KnowledgeGraph) -> None:
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for level in ("unit", "service", "state", "organisation"):
        for tie in kg.ties(Policy(level=level, domain="all")).ties:
            for occasion in tie.occasions:
                event = occasion.activity.iri
                expected[tie.source.iri].add((tie.target.iri, event))
                expected[tie.target.iri].add((tie.source.iri, event))
    for actor in sorted(expected)[:25]:
        answer = kg.ask("partners", f"<{actor}>")
        ends = [answer.columns.index(name) for name in ("partner", "exercise")]
        found = {tuple(text(term) for term in (row[ends[0]], row[ends[1]])) for row in answer.rows}
        assert found == expected[actor], actor


def test_ties_of_one_article_are_those_of_the_network(kg: KnowledgeGraph) -> None:
    behind: dict[frozenset[str], set[str]] = defaultdict(set)
    for level in ("unit", "service", "state", "organisation"):
        for tie in kg.ties(Policy(level=level, domain="all")).ties:
            ends = frozenset({tie.source.iri, tie.target.iri})
            behind[ends] |= {source.iri for source in tie.sources}
    rows = kg.ask("single-source-ties").rows
    found = {frozenset({text(row[0]), text(row[1])}): text(row[3]) for row in rows}
    assert found == {ends: next(iter(own)) for ends, own in behind.items() if len(own) == 1}


TOLD = """
@prefix : <https://example.org/> .
:one a schema:NewsArticle ; rdfs:label "One"@en . :two a schema:NewsArticle ; rdfs:label "Two"@en .
:three a schema:NewsArticle ; rdfs:label "Three"@en .
:a a nr:State . :b a nr:State . :c a nr:State . :d a nr:State .
:e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :a, :b, :c, :d .
:c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a, :b ;
    nr:hasEvidence <https://example.org/one#char=0,5> .
:c2 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a, :c ;
    nr:hasEvidence <https://example.org/two#char=0,5> .
:c3 nr:about :e ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:held ;
    nr:hasEvidence <https://example.org/three#char=0,5> .
<https://example.org/one#char=0,5> oa:exact "words" .
<https://example.org/two#char=0,5> oa:exact "words" .
<https://example.org/three#char=0,5> oa:exact "words" .
:port a nr:Place ; dcterms:isPartOf :county . :county a nr:Place ; dcterms:isPartOf :a .
:ship a nr:Ship . :talks a nr:Meeting ; nr:hasPlace :ship . :visit a nr:Visit ; nr:hasPlace :port .
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    path = tmp_path_factory.mktemp("told") / "told.ttl"
    path.write_text(HEAD + TOLD, encoding="utf-8")
    return load(path)


def names(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(term, "value", term)).rpartition("/")[2] for term in row)


def test_an_article_behind_a_tie_names_both(told: KnowledgeGraph) -> None:
    ties = told.ties(Policy(level="state")).ties
    assert {
        (tie.source.iri[-1], tie.target.iri[-1]): (
            [source.label for source in tie.sources],
            sorted(article.label for article in tie.occasions[0].needed),
        )
        for tie in ties
    } == {
        ("a", "b"): (["One"], ["One"]),
        ("a", "c"): (["Two"], ["Two"]),
        # No article names both: the two together.
        ("b", "c"): (["One", "Two"], ["One", "Two"]),
        # Nobody names d, so that only the other counts.
        ("a", "d"): (["One", "Two"], []),
        ("b", "d"): (["One"], ["One"]),
        ("c", "d"): (["Two"], ["Two"]),
    }
    assert [names(row) for row in told.ask("single-source-ties").rows] == [
        ("a", "b", "state", "one"),
        ("a", "c", "state", "two"),
        ("b", "d", "state", "one"),
        ("c", "d", "state", "two"),
    ]


@pytest.mark.parametrize(
    ("place", "found"), [("a", "visit"), ("county", "visit"), ("port", "visit"), ("ship", "talks")]
)
def test_what_happened_within_a_place_is_found(
    told: KnowledgeGraph, place: str, found: str
) -> None:
    rows = told.ask("happened-at", f"<https://example.org/{place}>").rows
    assert [names(row)[:2] for row in rows] == [(found, "port" if found == "visit" else "ship")]


def test_a_query_sees_the_workings_only_if_it_names_them(told: KnowledgeGraph) -> None:
    def any_in(graph: str) -> bool:
        return bool(told.store.query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"))

    assert any_in("<https://w3id.org/passex/workings>")
    assert not any_in("?graph")
    assert not any_in("<https://w3id.org/passex/filled>")


def test_a_status_that_ages_says_as_of_when() -> None:
    answer = load().ask("partners", "South Korea").table()
    place = answer.columns.index("status")
    statuses = {answer.label(row[place]) for row in answer.rows}
    assert statuses == {"held", "under way when reported, December 2017"}
    node = next(row[place] for row in answer.rows if answer.label(row[place]) != "held")
    assert iri(node) == "https://w3id.org/passex/concept/under-way"


def test_the_bounds_of_a_date_are_each_inferred_on_their_own() -> None:
    answer = load().ask("inferred")
    air = "https://w3id.org/passex/id/air-exercise-united-states-south-korea-2017-12"
    days = {
        (text(row[2]).rpartition("#")[2], text(row[3]))
        for row in answer.rows
        if text(row[1]) == air and isinstance(row[3], ox.Literal)
    }
    assert days == {("earliest", "2017-12-03"), ("latest", "2017-12-10")}
