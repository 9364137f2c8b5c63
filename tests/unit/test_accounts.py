"""Exercises that are said to be one count as one node would; and those that may be one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from passex.api.knowledge import KnowledgeGraph
from passex.evidence.why import why
from passex.graph import names, rules
from passex.graph.store import Store
from passex.network import accounts, projection
from passex.network.policy import Policy
from passex.questions import answers, catalogue
from passex.web.welcome import welcome

from .conftest import build

#: Two states with a navy and a ship each, a third, and a group of ships of no state.
ACTORS = """:A a nr:State ; rdfs:label "A"@en . :B a nr:State ; rdfs:label "B"@en .
    :C a nr:State ; rdfs:label "C"@en . :an a nr:Navy ; rdfs:label "Navy of A"@en .
    :bn a nr:Navy ; rdfs:label "Navy of B"@en . :s a nr:Ship ; rdfs:label "S"@en .
    :g a nr:Formation ; rdfs:label "G"@en .
    :x1 a nr:Affiliation ; org:member :an ; org:organization :A .
    :x2 a nr:Affiliation ; org:member :bn ; org:organization :B .
    :x3 a nr:Affiliation ; org:member :s ; org:organization :an .
    """
WHO = [":A", ":B", ":C", ":an", ":bn", ":s", ":g"]
SAME = ":e owl:sameAs :f ."
Drawn = tuple[list[str], list[str]]
_parties = st.lists(st.sampled_from(WHO), max_size=4, unique=True)
_withdrawn = st.lists(st.sampled_from(WHO), max_size=1)


def described(node: str, drawn: Drawn) -> str:
    parties, withdrawn = drawn
    said = f"{node} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held"
    said += "".join(f" ; nr:hasParticipant {actor}" for actor in parties)
    return said + "".join(f" ; nr:hasWithdrawn {actor}" for actor in withdrawn) + " . "


def figures(facts: str) -> dict[tuple[str, str, str], tuple[int, float, str]]:
    store = build(ACTORS + facts)
    rules.derive(store)
    found = {}
    for level in ("unit", "service", "state", "named"):
        for tie in projection.build(store, Policy(level=level)).ties:
            ends = (level, tie.source.iri, tie.target.iri)
            found[ends] = tie.count, tie.weight, tie.basis
    return found


@settings(max_examples=examples(20))
@given(st.tuples(_parties, _withdrawn), st.tuples(_parties, _withdrawn))
def test_exercises_that_are_the_same_count_as_one_node(one: Drawn, other: Drawn) -> None:
    merged = (one[0] + [a for a in other[0] if a not in one[0]], one[1] + other[1])
    apart = described(":e", one) + described(":f", other)
    assert figures(apart + SAME) == figures(described(":e", merged))


@pytest.fixture
def both() -> Store:
    """Two tables and an article tell of what may be one exercise, and of two is said that it is."""
    facts = ACTORS
    for node, source, who in (
        ("e", "t", ":A, :B"),
        ("f", "u", ":A, :B, :C"),
        ("h", "n", ":an, :bn"),
    ):
        facts += (
            f":{node} a nr:Exercise ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;"
            f" nr:hasParticipant {who} ; nr:earliest '2030-05-01'^^xsd:date ;"
            f" nr:latest '2030-05-04'^^xsd:date ; rdfs:label 'Azure {node}'@en ;"
            " nr:hasPlace :bay ; nr:inSeries :azures . :bay a nr:Place ; rdfs:label 'Bay'@en ."
            " :azures a nr:Series ; rdfs:label 'Azures'@en ."
            f" :c{node} nr:about :{node} ; nr:onProperty nr:hasParticipant ; nr:hasValue {who} ;"
            f" nr:hasEvidence :q{node} . :q{node} oa:hasSource :{source} ; oa:exact '{node}' . "
        )
    for table in "tu":
        facts += f":{table} a dcat:Dataset ; nr:sha256 '{table}' ; rdfs:label 'Table {table}'@en . "
    store = build(facts + ":n a schema:NewsArticle ; rdfs:label 'News'@en . " + SAME)
    rules.derive(store)
    return store


def iri(name: str) -> str:
    return f"https://example.org/{name}"


def test_accounts_have_what_their_own_source_tells(both: Store) -> None:
    found = accounts.read(both)
    assert [(a.iri, {*a.parties}, a.names, {*a.sources}) for a in found.dated] == [
        (iri("e"), {iri("A"), iri("B")}, ("Azure e",), {iri("t")}),
        (iri("f"), {iri("A"), iri("B"), iri("C")}, ("Azure f",), {iri("u")}),
        (iri("h"), {iri("A"), iri("B")}, ("Azure h",), {""}),
    ]
    assert found.same == {iri("e"): iri("e"), iri("f"): iri("e")}
    assert found.sources == {iri("t"): "Table t", iri("u"): "Table u"}


def test_what_is_decided_is_proposed_no_more(both: Store) -> None:
    found = accounts.read(both)
    assert [(pair.one, pair.other) for pair in found.pairs()] == [
        (iri("h"), iri("e")),
        (iri("h"), iri("f")),
    ]
    asked = found.pairs(asked=[(iri("e"), iri("f"))])
    assert [(pair.one, pair.other) for pair in asked][:1] == [(iri("e"), iri("f"))]


def test_what_differs_from_one_differs_from_all_that_is_the_same(both: Store) -> None:
    both.engine.update(
        f"INSERT DATA {{ <{iri('f')}> <http://www.w3.org/2002/07/owl#differentFrom> <{iri('h')}> }}"
    )
    assert accounts.read(both).pairs() == []


def test_a_network_says_how_many_pairs_may_be_one(both: Store) -> None:
    note = (
        "1 pair of exercises of different sources may be one exercise, and counts twice: "
        "passex match lists them, to be decided."
    )
    # The account counts in the exercise, and the pair with it is of what counts already.
    assert note in projection.build(both, Policy(level="state")).notes
    decided = build(f"{ACTORS} :e a nr:Exercise .")
    rules.derive(decided)
    assert not any("one exercise" in said for said in projection.build(decided, Policy()).notes)


def test_why_shows_what_each_source_tells(both: Store) -> None:
    a, b = (names.resolve(both, label) for label in "AB")
    azure = next(r for r in why(both, a, b).occasions if r.happening.iri == iri("e"))
    assert [node.iri for node in azure.accounts] == [iri("f")]
    assert [claim.iri for claim in azure.claims] == [iri("ce"), iri("cf")]
    assert [len(way.claims) for way in azure.routes_a] == [1, 1]
    assert {party.label for party in azure.participants} == set("ABC")


def test_questions_count_an_exercise_once(both: Store) -> None:
    asked = catalogue.questions()
    for question, values in (("exercises", ()), ("exercises-in-year", ("2030",))):
        rows = answers.ask(both, asked[question], values).records()
        assert {row["exercise"] for row in rows} == {"Azure e", "Azure h"}
    rows = answers.ask(both, asked["happened-at"], ("Bay",)).records()
    assert [row["what"] for row in rows] == ["Azure e", "Azure h"]
    rows = answers.ask(both, asked["series"]).records()
    assert [row["member"] for row in rows] == ["Azure e", "Azure h"]
    found = answers.ask(both, asked["who-was-in"], ("Azure e",)).records()
    assert {row["actor"] for row in found} == set("ABC")
    assert welcome(KnowledgeGraph(both), {}).counts["exercise"] == 2


def test_labels_that_only_describe_are_no_names(make: Callable[[str], Store]) -> None:
    names_of = {
        "Malabar 07, September 2007": ("Malabar 07",),
        "Exercise of A and C, 2007-01-01 to 2007-02-02": (),
        "Passing exercise off Port": (),
        "Unitas 1990": ("Unitas 1990",),
    }
    facts = "".join(
        f":e{n} a nr:Exercise ; nr:hasParticipant :A ; nr:earliest '2007-01-01'^^xsd:date ;"
        f" nr:latest '2007-02-02'^^xsd:date ; rdfs:label '{label}'@en . "
        for n, label in enumerate(names_of)
    )
    found = accounts.read(make(f":A a nr:State ; rdfs:label 'A'@en . {facts}"))
    assert [account.names for account in found.dated] == list(names_of.values())
