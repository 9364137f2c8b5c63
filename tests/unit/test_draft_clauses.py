"""Whose a role, a time and a body are: what is said in between of something else stays apart."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from passex.graph.store import Store, load

from .drafts import remarks, statements

STORY = Path(__file__).parents[1] / "data" / "story"
BEGAN = (
    "The navies of Portugal and Chile began the annual exercise Salt Road off Madeira on Monday. "
)


@cache
def story() -> Store:
    """A graph of the story's actors alone: of some navies no affiliation says whose they are."""
    return load([STORY / "actors.ttl"])


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Estonia is observing, and the Norwegian Navy is supplying fuel.", "id:royal-norwegian-navy"),
        ("Norway is observing, and the Spanish Navy provides logistic support.", "id:spanish-navy"),
        ("The Spanish Navy refuelled the ships.", "id:spanish-navy"),
    ],
)  # fmt: skip
def test_who_supplies_is_a_supporter_and_no_participant(sentence: str, who: str) -> None:
    assert statements(BEGAN + sentence, "id:salt-31 nr:hasSupporter ") == [
        f"id:salt-31 nr:hasSupporter {who} ."
    ]
    assert statements(BEGAN + sentence, "id:salt-31 nr:hasParticipant ") == []


def test_who_is_supplied_is_asked_about() -> None:
    sentence = BEGAN + "The Spanish Navy is supplying the Swedish Navy."
    assert statements(sentence, "id:salt-31 nr:hasParticipant ") == []
    assert remarks(sentence) == ['? "Swedish Navy": does it take part in id:salt-31?']


def test_of_how_many_it_is_one_makes_no_plan_of_it() -> None:
    text = "In April Peru and Chile held Marn One, the first of the 27 exercises that they plan this year."
    [held] = statements(text, "a nr:Exercise ;")
    assert held.startswith('id:marn-31 a nr:Exercise ; rdfs:label "Marn One, April 2031"@en')
    assert "nr:hasParticipant id:peru, id:chile ;" in held
    assert (
        'nr:earliest "2031-04-01"^^xsd:date ; nr:latest "2031-04-30"^^xsd:date ; nr:dateWords "In April"'
        in held
    )
    assert statements(text, "a nr:ExercisePlan") == []
    assert statements(text, "nr:quantityOf") == []


def test_the_time_is_that_of_the_verb_and_not_of_how_many_there_are() -> None:
    text = "Peru and Chile held Marn Two, the second of their 27 exercises this year, on 9 May."
    [held] = statements(text, "a nr:Exercise ;")
    assert (
        'nr:earliest "2031-05-09"^^xsd:date ; nr:latest "2031-05-09"^^xsd:date ; nr:dateWords "on 9 May"'
        in held
    )


def test_what_ended_on_a_day_has_no_first_day() -> None:
    text = "In the naval exercise Amber Tide, which ended on Sunday, the Chilean Navy trained with the Peruvian Navy."
    [held] = statements(text, "a nr:Exercise ;")
    assert "nr:earliest" not in held
    assert 'nr:latest "2031-06-01"^^xsd:date ; nr:dateWords "on Sunday"' in held


def test_the_day_of_another_clause_is_not_that_of_the_exercise() -> None:
    text = "Chile, which received Peru's minister on Monday, held a drill with Spain."
    assert statements(text, "nr:dateWords") == []


def test_who_arrived_on_a_day_met_on_one_that_is_asked() -> None:
    text = (
        "Defence Minister Ana Rivas of Chile arrived in Porto on Monday and met General Rui Costa."
    )
    [visit] = statements(text, "a nr:Visit")
    assert 'nr:dateWords "on Monday"' in visit
    [meeting] = statements(text, "a nr:Meeting")
    assert "nr:dateWords" not in meeting
    assert '? "on Monday": is it the time of "met" too?' in remarks(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Portuguese and Chilean navies held a drill.", "id:portuguese-navy, id:chilean-navy"),
        ("The Aldrian and Borland navies held a drill.", "id:aldrian-navy, id:borland-navy"),
        ("The Aldrian, Borland and Falmar navies held a drill.",
         "id:aldrian-navy, id:borland-navy, id:falmar-navy"),
        ("The navies of Castria, Estoria and Chile held a drill.",
         "id:castrian-navy, id:estorian-navy, id:chilean-navy"),
        ("Dunmark's coast guard held a drill with the navy of Chile.",
         "id:dunmark-coast-guard, id:chilean-navy"),
    ],
)  # fmt: skip
def test_each_adjective_and_each_state_has_its_navy(text: str, who: str) -> None:
    [held] = statements(text, "a nr:Exercise ;", story())
    assert f"nr:hasParticipant {who}" in held
    assert statements(text, "a nr:Navy", story()) == []


def test_a_navy_that_only_its_name_makes_a_state_s_is_asked_about() -> None:
    text = "The navies of Aldria and Chile held a drill."
    [held] = statements(text, "a nr:Exercise ;", story())
    assert "nr:hasParticipant id:chilean-navy ;" in held
    assert remarks(text, story()) == ['? "navies of Aldria": Aldrian Navy?']


def test_armed_forces_are_no_state_and_are_asked_about() -> None:
    for text in (
        "The Chilean Navy and the armed forces of Estoria held a drill.",
        "The Chilean Navy and Estoria's armed forces held a drill.",
    ):
        [held] = statements(text, "a nr:Exercise ;", story())
        assert "nr:hasParticipant id:chilean-navy ;" in held
        [asked] = remarks(text, story())
        assert asked.endswith(": does it take part in id:drill-31?")
    assert statements(text, "nr:Institution", story()) == []


def test_a_domain_is_stated_only_where_the_quote_says_it() -> None:
    text = "The sailors of both navies watched while Chile and Peru held a drill."
    [claim] = statements(text, "nr:onProperty nr:hasDomain")
    assert "nr:hasValue nrc:naval ; nr:hasBasis nrc:inferred" in claim
    [claim] = statements("Chile and Peru held a naval drill.", "nr:onProperty nr:hasDomain")
    assert "nr:hasBasis" not in claim


def test_sides_of_a_war_game_held_it() -> None:
    text = "In a naval war game last week, the Chilean Navy played the red side against the Peruvian Navy."
    [held] = statements(text, "a nr:Exercise ;")
    assert "nr:hasStatus nrc:held ; nr:hasKind nrc:war-game" in held


@pytest.mark.parametrize(
    ("named", "of", "whole"),
    [
        ("Kenya Coast Guard Service", "Service", "kenya"),
        ("Kenya's Coast Guard Service", "Service", "kenya"),
        ("Royal Thai Marine Corps", "Service", "thailand"),
        ("Somalia Maritime Police Force", "Service", "somalia"),
        ("Nigerian Maritime Security Command", "Formation", "nigeria"),
        ("Italian Navy Special Operations Command", "Formation", "italian-navy"),
        ("Chilean Navy Submarine Force", "Formation", "chilean-navy"),
        ("German Navy League", "Institution", ""),
        ("Japan Coast Guard Academy", "Institution", ""),
        ("Australian Defence Force", "Institution", ""),
    ],
)
def test_a_name_goes_on_behind_one_that_is_known(named: str, of: str, whole: str) -> None:
    text = f"The {named} and the Peruvian Navy held a naval drill on Monday."
    label = named.replace("'s", "")
    iri = f"id:{label.lower().replace(' ', '-')}"
    [node] = [line for line in statements(text, f'rdfs:label "{label}"@en') if line.startswith(iri)]
    assert node.startswith(f"{iri} a nr:{of} ;")
    members = [line for line in statements(text, "org:member") if iri in line]
    assert [line.partition("org:organization ")[2].partition(" ;")[0] for line in members] == (
        [f"id:{whole}"] if whole else []
    )
    [drill] = statements(text, "a nr:Exercise ;")
    parties = f"{iri}, id:peruvian-navy" if whole else "id:peruvian-navy"
    assert f"nr:hasParticipant {parties} ;" in drill


def test_a_name_that_goes_on_with_of_is_not_cut() -> None:
    text = "The U.S. Department of Health and the Peruvian Navy met on Monday."
    assert statements(text, 'rdfs:label "U.S. Department') == []
