"""What a draft asks instead of proposing it: phases, contingents, launches, and what has no form."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

import pytest

from .drafts import remarks, statements

BEGAN = (
    "The navies of Portugal and Chile began the annual exercise Salt Road off Madeira on Monday. "
)


def test_parties_place_and_day_of_a_phase_stay_off_the_whole() -> None:
    text = (
        BEGAN
        + "The sea phase of the exercise, with the Spanish Navy, will start off Porto on 9 June."
    )
    assert statements(text) == statements(BEGAN)
    assert remarks(text) == [
        '? "sea phase": a part of id:salt-31 (dcterms:isPartOf), with its own parties, place and time?'
    ]


def test_a_phase_is_no_exercise_of_its_own() -> None:
    text = BEGAN + "In its harbour phase the Spanish Navy trained with the Swedish Navy."
    assert statements(text) == statements(BEGAN)


def test_an_exercise_is_told_of_with_its_phase() -> None:
    text = "In the harbour phase of the naval exercise Amber Tide, which ended on Sunday, the Chilean Navy trained with the Peruvian Navy."
    [held] = statements(text, "a nr:Exercise ;")
    assert held == (
        'id:amber-31 a nr:Exercise ; rdfs:label "Amber Tide, June 2031"@en ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;'
        ' nr:latest "2031-06-01"^^xsd:date ; nr:dateWords "on Sunday" ;'
        " nr:dateBasis nrc:date-from-calendar ; nr:leavesOpen nr:hasParticipant ."
    )


def test_a_group_that_trained_with_another_may_be_a_contingent() -> None:
    asked = '? "trained with": are they contingents (nr:inContingent), tied only across?'
    text = "HMS Kent and HMS York trained with the Spanish frigate Ulloa."
    assert remarks(text)[-1:] == [asked]
    assert asked not in remarks("HMS Kent trained with the Spanish frigate Ulloa.")


def test_a_number_of_exercises_is_one_plan_and_not_lumped_together() -> None:
    text = "Peru and Chile plan 27 joint naval exercises this year."
    [plan] = statements(text, "a nr:ExercisePlan")
    assert 'rdfs:label "Exercises of Peru and Chile, 2031"@en' in plan
    assert "lumped" not in plan
    [count] = statements(text, "nr:quantityOf nrc:exercises")
    assert "nr:about id:drill-31-plan ; nr:hasValue 27 ;" in count
    [plan] = statements("Peru and Chile plan joint naval exercises this year.", "a nr:ExercisePlan")
    assert "nr:hasKind nrc:exercises-lumped-together" in plan


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru and Chile agreed last week to hold a naval drill in July.", "agreed"),
        ("Peru and Chile have agreed on Monday to hold a naval drill in July.", "agreed"),
        ("Peru and Chile agreed that they will hold a naval drill in July.", "agreed"),
        ("Peru and Chile are to hold a naval drill in July.", "planned"),
    ],
)
def test_what_was_agreed_is_agreed(text: str, status: str) -> None:
    [claim] = statements(text, "nr:onProperty nr:hasStatus")
    assert f"nr:hasValue nrc:{status} ;" in claim


def test_a_launch_is_a_test_only_where_the_words_say_so() -> None:
    launch = "Chile launched a missile into the Gulf of Marn on Monday."
    [event] = statements(launch, " a nr:")[:1]
    assert event.startswith("id:missile-launch-chile-31 a nr:Event ;")
    assert "nr:hasKind nrc:missile-launch ; nr:hasParticipant id:chile" in event
    assert remarks(launch) == [
        '? "launched a missile": was it a test (nr:MissileTest)? The words don\'t say so.'
    ]
    for text in (
        "Chile launched a test missile on Monday, and the ship saw it.",
        "Chile tested a ballistic missile on Monday, and the ship saw it.",
    ):
        assert [line.split(" ")[2] for line in statements(text, " a nr:")] == ["nr:MissileTest"]
        assert remarks(text) == []


def test_a_drill_in_tracking_missiles_launches_none() -> None:
    assert statements("Chile and Peru launched two-day missile tracking drills.", "nr:Event") == []


def test_drills_that_were_held_may_be_several() -> None:
    asked = '? "drills": one exercise, or several (nrc:unspecified-exercises, an nr:Event)?'
    assert asked in remarks("Chile and Peru held drills on Monday.")
    assert asked not in remarks("Chile and Peru will hold drills on Monday.")
    assert (
        "lumped" in statements("No. 3 Squadron and Chile will hold drills.", "a nr:ExercisePlan")[0]
    )


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("It began on 1 June and is to last until 10 June.",
         ['? "on 1 June": a time of id:salt-31? It is 2031-06-01.',
          '? "until 10 June": a time of id:salt-31? It is until 2031-06-10.']),
        ("The exercise is held at sea and in the air.", ['? "at sea": nr:hasDomain of id:salt-31?']),
        ("It follows a row between the two over fishing.", ['? "row": an nr:Tension, and its parties?']),
        ("A submarine is in port.", ['? "A submarine": a number of one (nr:suppliedBy whose it is), or a ship with a name?']),
        ("Rui Costa led the exercise.", ['? "led the exercise": an org:Post of who leads it?']),
        ("A spokeswoman told the Coastal News Agency.",
         ['? "told the Coastal News Agency": who passed on what was said (nr:reportedVia)?']),
        ("The Tidemark group has pulled out.", ['? "pulled out": who, and what is the part in id:salt-31?']),
    ],
)  # fmt: skip
def test_what_has_no_proposal_is_asked(sentence: str, asked: list[str]) -> None:
    assert [line for line in remarks(BEGAN + sentence) if line not in remarks(BEGAN)] == asked


def test_what_is_told_of_no_exercise_asks_of_which() -> None:
    assert remarks("Chile has pulled out, and the ships are in port.") == [
        '? "pulled out": of which exercise or plan?'
    ]


def test_what_aircraft_come_from_supplies_them() -> None:
    [count] = statements(
        BEGAN + "At least two patrol aircraft from Peru are there.", "nr:quantityOf"
    )
    assert "nr:hasValue 2 ;" in count
    assert "nr:suppliedBy id:peru ;" in count


def test_a_time_of_two_readings_is_one_question() -> None:
    text = "Peru and Chile held a drill on 4 August."
    assert remarks(text) == ['? "on 4 August": 2030 or 2031? One reading is 2030-08-04.']
