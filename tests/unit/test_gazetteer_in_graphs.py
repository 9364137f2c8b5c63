"""What a graph has of the gazetteer: what its facts name, and what goes with that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import passex
from passex.errors import AmbiguousNameError, UnknownNameError
from passex.graph import cache_keys, dataset, labelling, names, rules
from passex.graph.store import Store, load
from passex.graph.terms import ID, NR, PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
#: An exercise of the ships and states given, on the day given.
DRILL = """id:drill a nr:Exercise ; rdfs:label "Drill"@en ; nr:hasStatus nrc:held ;
    nr:hasDomain nrc:%s ; nr:hasParticipant %s ; %s ."""
DAY = 'nr:earliest "%s"^^xsd:date ; nr:latest "%s"^^xsd:date'

Graph = Callable[[str], Store]


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """Load facts in Turtle, and derive what follows from them."""

    def run(facts: str) -> Store:
        path = tmp_path / "facts.ttl"
        path.write_text(HEAD + facts, encoding="utf-8")
        store = load([path])
        rules.derive(store)
        return store

    return run


def entries(store: Store) -> set[str]:
    rows = store.rows("SELECT ?s { ?s rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> }")
    return {str(iri).removeprefix(ID.iri) for (iri,) in rows}


def drill(parties: str, day: str = "2018-08-21", domain: str = "naval") -> str:
    return DRILL % (domain, parties, DAY % (day, day))


def test_the_bundled_graph_has_what_its_articles_name() -> None:
    store = load()
    states = {"japan", "south-korea", "north-korea", "china", "russia", "united-states", "malaysia"}
    navies = {"jmsdf", "navy-of-south-korea", "navy-of-united-states", "navy-of-russia"}
    assert entries(store) == states | navies | {"taiwan"}
    rows = store.rows("SELECT ?s { ?s a nr:State }")
    assert {str(iri).removeprefix(ID.iri) for (iri,) in rows} == states
    assert names.resolve(store, "Taiwan").kind == "Territory"


@pytest.mark.parametrize(
    ("facts", "there"),
    [
        ('id:port a nr:Place ; rdfs:label "Port"@en .', set()),
        ("id:port a nr:Place ; dcterms:isPartOf id:bermuda .", {"bermuda", "united-kingdom"}),
        ("id:a org:member id:ship ; org:organization id:royal-navy . id:ship a nr:Ship .",
         {"royal-navy", "united-kingdom"}),
        (drill("id:france, id:iceland"),
         {"france", "french-navy", "iceland", "icelandic-coast-guard"}),
        (drill("id:france", domain="land"), {"france"}),
        (drill("id:georgia", "2008-01-01"), {"georgia", "georgian-navy"}),
        (drill("id:georgia", "2018-01-01"), {"georgia", "georgian-coast-guard"}),
        (drill("id:soviet-union", "1980-01-01"), {"soviet-union", "soviet-navy"}),
        (drill("id:japan, id:ours") + """ id:ours a nr:Navy ; rdfs:label "Ours"@en .
            id:a a nr:Affiliation ; org:member id:ours ; org:organization id:japan .""",
         {"japan"}),
    ],
)  # fmt: skip
def test_a_graph_has_what_its_facts_name(graph: Graph, facts: str, there: set[str]) -> None:
    assert entries(graph(facts)) == there


@pytest.mark.parametrize(
    ("facts", "naval"),
    [
        ("id:e a nr:Exercise ; nr:hasKind nrc:minesweeping-drill ; nr:hasParticipant id:france .",
         False),  # no such kind
        ("id:e a nr:Exercise ; nr:hasKind nrc:mine-countermeasures-exercise ;"
         "    nr:hasParticipant id:france .", True),
        ("id:e a nr:Exercise ; nr:hasKind nrc:mine-countermeasures-exercise ;"
         "    nr:hasDomain nrc:air ;"
         "    nr:hasParticipant id:france .", False),
        ("id:e a nr:Exercise ; nr:hasKind nrc:mine-countermeasures-exercise ;"
         "    nr:leavesOpen nr:hasDomain ; nr:hasParticipant id:france .", False),
        ("id:w a nr:Exercise ; nr:hasDomain nrc:naval . id:e a nr:Exercise ;"
         "    dcterms:isPartOf id:w ; nr:hasParticipant id:france .", True),
        ("id:w a nr:Exercise ; nr:hasKind nrc:mine-countermeasures-exercise . id:e a nr:Exercise ;"
         "    dcterms:isPartOf id:w ; nr:hasParticipant id:france .", True),
        ("id:w a nr:Exercise ; nr:hasDomain nrc:naval . id:e a nr:Exercise ; nr:hasDomain nrc:air ;"
         "    dcterms:isPartOf id:w ; nr:hasParticipant id:france .", False),
        ("id:w a nr:Exercise ; nr:hasDomain nrc:naval . id:e a nr:Exercise ; nr:hasDomain nrc:air ;"
         "    owl:sameAs id:w ; nr:hasParticipant id:france .", True),
        ("id:w a nr:Exercise ; nr:hasKind nrc:mine-countermeasures-exercise ; owl:sameAs id:x ."
         "    id:x a nr:Exercise . id:e a nr:Exercise ; nr:leavesOpen nr:hasDomain ;"
         "    owl:sameAs id:x ; nr:hasParticipant id:france .", True),
    ],
)  # fmt: skip
def test_the_domain_that_goes_without_saying_brings_navies(
    graph: Graph, facts: str, naval: bool
) -> None:
    assert entries(graph(facts)) == {"france"} | ({"french-navy"} if naval else set())


OF_STATES = """id:kent a nr:Ship . id:darussalam a nr:Ship .
    id:a a nr:Affiliation ; org:member id:kent ; org:organization id:united-kingdom .
    id:b a nr:Affiliation ; org:member id:darussalam ; org:organization id:squadron .
    id:squadron a nr:Formation .
    id:c a nr:Affiliation ; org:member id:squadron ; org:organization id:brunei .
    id:e a nr:Exercise ; nr:hasParticipant id:kent, id:darussalam """


@pytest.mark.parametrize(
    ("more", "navies"),
    [
        (".", {"royal-navy", "royal-brunei-navy"}),  # naval, since ships alone take part
        ("; nr:hasDomain nrc:naval .", {"royal-navy", "royal-brunei-navy"}),
        ("; nr:hasDomain nrc:air .", set()),
        ("; nr:leavesOpen nr:hasDomain .", set()),
        (", id:brunei .", set()),  # anybody's exercise
        (", id:brunei ; nr:hasDomain nrc:naval .", {"royal-navy", "royal-brunei-navy"}),
        (". id:d a nr:Affiliation ; org:member id:kent ; org:organization id:guard . "
         "id:guard a nr:Service .", {"royal-brunei-navy"}),
        (". id:d a nr:Affiliation ; org:member id:own ; org:organization id:united-kingdom . "
         "id:own a nr:Navy .", {"royal-brunei-navy"}),
    ],
)  # fmt: skip
def test_a_ship_of_a_state_brings_its_navy(graph: Graph, more: str, navies: set[str]) -> None:
    assert entries(graph(OF_STATES + more)) == {"united-kingdom", "brunei"} | navies


def test_ships_of_states_tie_their_navies(graph: Graph) -> None:
    kg = passex.KnowledgeGraph(graph(OF_STATES + "; nr:hasStatus nrc:held ."))
    [(one, other, tie)] = kg.network().edges(data=True)
    assert {one, other} == {ID["royal-navy"], ID["royal-brunei-navy"]}
    assert tie["basis"] == "inferred"


def test_a_tie_by_way_of_the_gazetteer_says_so(graph: Graph) -> None:
    kg = passex.KnowledgeGraph(
        graph(
            drill("id:hms-kent, id:france")
            + """ id:hms-kent a nr:Ship ; rdfs:label "HMS Kent"@en .
            id:a a nr:Affiliation ; rdfs:label "Kent is of the Royal Navy"@en ;
                org:member id:hms-kent ; org:organization id:royal-navy ."""
        )
    )
    [reason] = kg.why("UK", "French Navy").occasions or kg.why("UK", "France").occasions
    [route] = reason.routes_a
    assert [link.label for link in route.links] == [
        "Kent is of the Royal Navy",
        "Royal Navy is of United Kingdom, by the gazetteer",
    ]
    [reason] = kg.why("RN", "French Navy").occasions
    [route] = reason.routes_b
    assert route.inferred
    assert [link.label for link in route.links] == ["French Navy is of France, by the gazetteer"]


def test_what_came_after_stays_away_until_a_fact_names_it(graph: Graph) -> None:
    after = "SELECT ?b { id:soviet-navy dcterms:isReplacedBy ?b }"
    assert list(graph(drill("id:soviet-navy")).rows(after)) == []
    both = graph(drill("id:soviet-navy, id:navy-of-russia"))
    assert list(both.rows(after)) == [(ID["navy-of-russia"],)]


def test_facts_keep_their_own_class_and_label(graph: Graph) -> None:
    store = graph('id:taiwan a nr:Place ; rdfs:label "Formosa"@en .')
    assert store.objects(ID.taiwan, PREFIXES["rdf"] + "type") == [NR.Place]
    assert labelling.labels(store, [ID.taiwan]) == {ID.taiwan: "Formosa"}
    assert "Taiwan" in store.objects(ID.taiwan, PREFIXES["skos"] + "altLabel")


def test_a_second_look_finds_nothing_more(graph: Graph) -> None:
    from passex.graph import background

    assert list(background.missing(graph(drill("id:france, id:bermuda")).engine)) == []


def test_the_gazetteer_is_in_the_key_of_a_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cache_keys.own_key()
    copy = tmp_path / "gazetteer.ttl"
    shutil.copy(dataset.gazetteer_file(), copy)
    monkeypatch.setattr(dataset, "gazetteer_file", lambda: copy)
    assert cache_keys.own_key() == before
    copy.write_text(copy.read_text(encoding="utf-8") + "# changed", encoding="utf-8")
    assert cache_keys.own_key() != before


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("ROK", "south-korea"),
        ("Korea (South)", "south-korea"),
        ("KOR", "south-korea"),
        ("iso3166-1-alpha-2:JP", "japan"),
        ("USN", "navy-of-united-states"),
        ("Navy of South Korea", "navy-of-south-korea"),
        ("SNMG-1", "snmg1"),
        ("SNMG1", "snmg1"),
        ("Standing NATO Maritime Group 1", "snmg1"),
        ("Standing NATO Maritime Group Two", "snmg2"),
        ("TV3508", "js-kashima"),
    ],
)
def test_names_lead_to_nodes_of_the_bundled_graph(name: str, node: str) -> None:
    assert names.resolve(load(), name).iri == ID[node]


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [
        ("Moscow", "Russia", "Moscow: taken for Russia, whose capital it is"),
        ("peking", "China", "peking: taken for China, whose capital it is or was"),
        ("Tokyo", "Japan", "Tokyo: taken for Japan, whose capital it is"),
    ],
)
def test_a_capital_is_taken_for_its_state_and_that_is_said(
    name: str, label: str, words: str
) -> None:
    with pytest.warns(UserWarning, match="taken for") as said:
        assert names.resolve(load(), name).label == label
    assert [str(warning.message) for warning in said] == [words]


def test_a_place_that_the_facts_name_comes_before_a_capital() -> None:
    store = load()
    assert names.resolve(store, "Tokyo", NR.Place).kind == "Place"
    assert names.resolve(store, "Tokyo", NR.Actor, NR.Place).kind == "Place"
    with pytest.raises(UnknownNameError, match="'Moscow': no place of this graph has that name"):
        names.resolve(store, "Moscow", NR.Place)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Congo", ["Democratic Republic of the Congo", "Republic of the Congo"]),
        ("Korea", ["North Korea", "South Korea"]),
        ("ROC", ["Republic of the Congo", "Taiwan"]),
        ("Guinea", ["Equatorial Guinea", "Guinea", "Guinea-Bissau"]),
        ("SLV", ["El Salvador", "Slovenia"]),
    ],
)
def test_an_ambiguous_name_lists_the_candidates(name: str, listed: list[str]) -> None:
    with pytest.raises(AmbiguousNameError) as error:
        names.resolve(load(), name)
    ends = (part.split(" (")[0] for part in str(error.value).split(": ", 1)[1].split("), "))
    assert list(ends) == listed


@pytest.mark.parametrize("name", ["Royal Navy", "id:royal-navy", "RN"])
def test_a_name_that_the_gazetteer_alone_has_is_known(name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        names.resolve(load(), name)
    assert str(error.value) == (
        f"'{name}' is known, as Royal Navy (Navy, id:royal-navy) of United Kingdom, "
        "but no fact of this graph names it"
    )


def test_of_what_existed_for_a_time_is_said_when(graph: Graph) -> None:
    kg = passex.KnowledgeGraph(graph(drill("id:czechoslovakia, id:hungary", "1985-05-01")))
    with pytest.raises(UnknownNameError) as error:
        kg.why("CSSR", "Soviet Navy")
    assert str(error.value) == (
        "'Soviet Navy' is known, as Soviet Navy (Navy, id:soviet-navy) of Soviet Union, which "
        "existed until 1991-12-25, but no fact of this graph names it"
    )
    slovak = 'id:visit a nr:Visit ; rdfs:label "Visit"@en ; nr:hasParticipant id:slovakia .'
    kg = passex.KnowledgeGraph(graph(drill("id:czechoslovakia, id:hungary") + slovak))
    assert [reason.sentence for reason in kg.why("CSSR", "Slovakia").why_not] == [
        "The two never existed at the same time: Czechoslovakia until 1992-12-31; Slovakia from "
        "1993-01-01.",
        "No exercise or plan in this graph names Slovakia.",
    ]


SHIPS = """
    id:js-kashima a nr:Ship ; rdfs:label "JS Kashima"@en ; dcterms:identifier "TV-3508" .
    id:hnoms-kong a nr:Ship ; rdfs:label "HNoMS Kong"@en .
    id:uss-kent a nr:Ship ; rdfs:label "USS Kent"@en ; dcterms:identifier "DDG 9" .
    id:hms-kent a nr:Ship ; rdfs:label "HMS Kent"@en ; dcterms:identifier "F78" ."""


def test_ships_are_found_without_their_prefix_and_by_number(graph: Graph) -> None:
    store = graph(SHIPS)
    for name, node in [("kashima", "js-kashima"), ("Kong", "hnoms-kong"), ("F 78", "hms-kent"),
                       ("DDG-9", "uss-kent"), ("USS Kent", "uss-kent")]:  # fmt: skip
        assert names.resolve(store, name).iri == ID[node]


def test_two_ships_of_one_name_are_told_apart(graph: Graph) -> None:
    with pytest.raises(AmbiguousNameError) as error:
        names.resolve(graph(SHIPS), "Kent")
    assert str(error.value) == (
        "'Kent' is the name of 2 nodes: HMS Kent (Ship, id:hms-kent), USS Kent (Ship, "
        "id:uss-kent); give one of the names in brackets instead"
    )


@pytest.mark.parametrize(
    ("day", "services", "states"),
    [("1985-06-01", {"soviet-navy"}, {"soviet-union"}), ("2005-06-01", set(), set())],
)
def test_a_ship_of_a_navy_that_ended_is_nobodys_after_its_end(
    graph: Graph, day: str, services: set[str], states: set[str]
) -> None:
    """An article says of a ship whose she was, and not until when."""
    ship = """ id:ship a nr:Ship . id:a a nr:Affiliation ; org:member id:ship ;
        org:organization id:soviet-navy ."""
    store = graph(drill("id:ship, id:france", day) + ship)
    found = {
        level: {
            str(iri).removeprefix(ID.iri) for (iri,) in store.rows(f"SELECT ?a {{ ?e {level} ?a }}")
        }
        for level in ("nr:involvesService", "nr:involvesState")
    }
    assert found == {
        "nr:involvesService": services | {"french-navy"},
        "nr:involvesState": states | {"france"},
    }
