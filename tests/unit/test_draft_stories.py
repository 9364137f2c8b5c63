"""Drafts of a few sentences: what goes on about what, who has which role, what is asked."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

import pytest

from passex.curation.draft import drafting

from .drafts import HEAD, drafted, remarks, statements

BEGAN = "The navies of Portugal and Chile began the exercise Salt Road off Madeira on Monday. "


def questions(text: str) -> list[str]:
    return [line[5:] for line in drafted(text).turtle.splitlines() if line.startswith("## ? ")]


def test_the_exercise_is_the_one_that_goes_on_and_none_that_was_cancelled() -> None:
    text = (
        BEGAN + "The last edition, planned for 2029, was cancelled. The exercise involves 40 ships."
    )
    [claim] = statements(text, "nr:quantityOf nrc:ships")
    assert claim.startswith("<#c")
    assert "nr:about id:salt-31 ; nr:hasValue 40" in claim
    [plan] = statements(text, "a nr:ExercisePlan")
    assert 'id:salt-29 a nr:ExercisePlan ; rdfs:label "Salt Road, 2029"@en' in plan
    assert "nr:hasStatus nrc:cancelled" in plan


def test_the_plan_is_none_that_was_cancelled() -> None:
    text = "Portugal and Chile will hold Salt Road, a drill. Iron Gull, a drill, was cancelled. The drill is to involve 40 ships."
    [claim] = statements(text, "nr:quantityOf nrc:ships")
    assert "nr:about id:salt-31 ;" in claim


def test_an_exercise_with_another_name_is_another_one() -> None:
    text = "Portugal and Chile held a drill. The exercise Open Wave began on Monday."
    assert [line.split(" ")[0] for line in statements(text, "a nr:Exercise ;")] == [
        "id:drill-31",
        "id:open-31",
    ]


def test_a_name_that_comes_later_is_that_of_the_exercise_before() -> None:
    text = "The Chilean Navy and the Portuguese Navy held a drill. The drill, Open Wave, ended on Monday."
    assert len(statements(text, "a nr:Exercise ;")) == 1
    [claim] = statements(text, "nr:onProperty skos:altLabel")
    assert (
        'nr:about id:drill-31 ; nr:onProperty skos:altLabel ; nr:hasValue "Open Wave"@en' in claim
    )
    again = text + " It was the third Open Wave."
    [claim] = statements(again, "nr:onProperty nr:inSeries")
    assert "nr:about id:drill-31 ; nr:onProperty nr:inSeries ; nr:hasValue id:open-wave" in claim


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("Portugal and Chile held the drill Iron Gull.", False),
        ("Portugal and Chile held the Iron Gull drill.", False),
        ("Portugal and Chile held Marn One, the first of 27 drills.", False),
        ("Portugal and Chile held the annual drill Iron Gull.", True),
        ("Portugal and Chile held the 13th edition of Iron Gull.", True),
        ("Portugal and Chile held the drill Iron Gull 2031.", True),
        ("Portugal and Chile held the drill Iron Gull. Last year's Iron Gull was larger.", True),
    ],
)
def test_a_name_is_that_of_a_series_where_the_text_says_that_it_recurs(
    text: str, recurs: bool
) -> None:
    assert [bool(statements(text, words)) for words in ("a nr:Series", "nr:inSeries")] == [
        recurs,
        recurs,
    ]
    asked = [question for question in questions(text) if "does it recur?" in question]
    assert bool(asked) is not recurs
    [held] = statements(text, "a nr:Exercise ;")
    name = "Marn One" if "Marn" in text else "Iron Gull"
    assert f'rdfs:label "{name}"@en' in held


@pytest.mark.parametrize(
    ("sentence", "role", "who"),
    [
        ("Norway and Peru have sent observers.", "hasObserver", "id:norway, id:peru"),
        ("Denmark, which had a ship ready, withdrew.", "hasWithdrawn", "id:denmark"),
        ("Peru has been invited.", "hasInvited", "id:peru"),
        ("Chile hosts the exercise.", "hasHost", "id:chile"),
        ("The Spanish frigate Ulloa is taking part.", "hasParticipant", "id:ulloa"),
    ],
)
def test_roles(sentence: str, role: str, who: str) -> None:
    found = statements(BEGAN + sentence, f"id:salt-31 nr:{role} ")
    assert found == [f"id:salt-31 nr:{role} {who} ."]
    claims = statements(BEGAN + sentence, f"nr:onProperty nr:{role} ; nr:hasValue {who} ;")
    assert len(claims) == 1


def test_what_is_hedged_is_probable_and_what_is_postponed_has_the_new_time() -> None:
    [claim] = statements("Portugal and Chile may exercise next year.", "nr:onProperty nr:hasStatus")
    assert "nr:hasValue nrc:planned ; nr:hasCertainty nrc:probable" in claim
    old = "The drill Iron Gull of Portugal and Chile, planned for July, was postponed."
    assert '"for July": 2031-07-01 to 2031-07-31; the old time, or the new one?' in questions(old)
    assert statements(old, "nr:dateWords") == []
    [plan] = statements("The drill Iron Gull was postponed to September.", "a nr:ExercisePlan")
    assert 'nr:earliest "2031-09-01"^^xsd:date ; nr:latest "2031-09-30"^^xsd:date' in plan


def test_meetings_and_visits_have_their_quotes_on_them() -> None:
    text = (
        "Chilean Defence Minister Ana Rivas arrived in Porto on Monday and met General Rui Costa."
    )
    [visit] = statements(text, "a nr:Visit")
    assert "nr:hasParticipant id:ana-rivas ; nr:hasPlace id:porto" in visit
    assert 'nr:weekday "Monday"' in visit
    [meeting] = statements(text, "a nr:Meeting")
    assert "nr:hasParticipant id:ana-rivas, id:rui-costa" in meeting
    assert statements(text, "nr:onProperty") == []


def test_who_visits_a_state_is_in_it() -> None:
    [visit] = statements("General Rui Costa visited Chile and Peru last week.", "a nr:Visit")
    assert "nr:hasParticipant id:rui-costa ; nr:hasPlace id:chile, id:peru" in visit
    asked = '"visited": an nr:Visit? Where to isn\'t named here.'
    assert questions("General Rui Costa visited the base.") == [asked]


def test_an_accident_during_an_exercise_has_its_time_and_its_numbers() -> None:
    text = "Two sailors were hurt when HMS Kent collided with the frigate Ulloa during a drill on Monday."
    [event] = statements(text, "a nr:Event")
    assert "nr:hasKind nrc:collision ; nr:hasParticipant id:hms-kent, id:ulloa" in event
    assert "nr:hasSetting id:drill-31" in event
    assert 'nr:earliest "2031-06-02"^^xsd:date' in event
    [exercise] = statements(text, "a nr:Exercise ;")
    assert "xsd:date" not in exercise
    [hurt] = statements(text, "nrc:injured-people")
    assert "nr:about id:collision-kent-31 ; nr:hasValue 2" in hurt


def test_who_speaks_takes_no_part() -> None:
    text = "Portugal and Chile held a drill, Norway said. According to Peru, it ended."
    [exercise] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:portugal, id:chile ." in exercise
    assert "said by id:norway:" in drafted(text).turtle
    assert "said by id:peru:" in drafted(text).turtle


def test_of_another_language_only_names_are_read() -> None:
    text = "Die Fregatte FS Lorraine met HMS Kent in Chile, collided, hat das Verteidigungsministerium mitgeteilt."
    found = statements(text, "")
    assert [line.split(" ")[0] for line in found if " a " in line] == [
        "id:fs-lorraine",
        "id:hms-kent",
    ]
    assert {mention.kind for mention in drafted(text).mentions} == {"ship", "actor"}


def test_a_very_long_text_is_looked_at_up_to_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drafting._MOST == 200_000  # docs/drafting.md says so
    monkeypatch.setattr(drafting, "_MOST", 20_000)
    made = drafted(BEGAN * 300)
    assert made.notes[0].startswith("The text is very long: what lies behind character 20000 ")
    assert made.sentences[-1][1] <= 20_000 + len(HEAD)
    assert [zone.end for zone in made.zones] == [len(HEAD + BEGAN * 300) - 1]


@pytest.mark.parametrize("name", ["Sea Shield", "Ocean Shield", "Bay Guard", "Black Sea Storm"])
def test_a_name_with_a_word_for_waters_is_no_place(name: str) -> None:
    text = f"Exercise {name} ended in the Tasman Sea on Monday with Peru and Chile."
    [node] = statements(text, "a nr:Exercise")
    assert f'rdfs:label "{name}, June 2031"@en' in node
    assert "nr:hasPlace id:tasman-sea" in node


@pytest.mark.parametrize(
    "text",
    [
        "The drill of Peru and Chile, planned for October, was cancelled on Monday.",
        "Peru cancelled the drill with Chile on Monday, which had been planned for October.",
        "The drill with Peru and Chile was called off on Monday.",
    ],
)
def test_the_day_of_a_decision_is_not_that_of_the_exercise(text: str) -> None:
    [plan] = statements(text, "a nr:ExercisePlan")
    assert "nr:hasStatus nrc:cancelled" in plan
    assert "2031-06-02" not in plan


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("About 60 sailors of the navy had trained aboard since May.", 0),
        ("The United Kingdom has trained 300 Ukrainian sailors in the past.", 0),
        ("The navy of Peru trained Chilean cadets in the use of it.", 0),
        ("Japan and India trained together in the Bay of Bengal.", 1),
        ("Japan trained with two ships of India.", 1),
    ],
)
def test_who_is_taught_holds_no_exercise(text: str, number: int) -> None:
    assert len(statements(text, "a nr:Exercise")) == number


def test_who_is_listed_may_not_have_come() -> None:
    text = BEGAN + "Brazil was listed as taking part, but says that it sent observers."
    [claim] = statements(text, "id:brazil")
    assert claim.startswith("<#c")
    assert "nr:hasCertainty nrc:probable" in claim
    assert any(line.startswith('? "listed as"') for line in remarks(text))


def test_since_when_there_is_a_series_is_no_time_of_the_exercise() -> None:
    text = "Exercise Sea Shield, which Peru has hosted every spring since 2015, ended on Monday with Chile."
    [node] = statements(text, "a nr:Exercise")
    assert 'rdfs:label "Sea Shield, June 2031"@en' in node
    assert "nr:inSeries id:sea-shield" in node
    assert "2015" not in node
