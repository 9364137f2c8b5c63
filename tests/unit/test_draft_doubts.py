"""What a sentence denies, hedges or only leads to: no fact is proposed of it, and it is asked."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

import pytest

from passex.curation.draft.doubts import Doubts, find

from .drafts import remarks, statements

BEGAN = (
    "The navies of Portugal and Chile began the annual exercise Salt Road off Madeira on Monday. "
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chile never trained with Peru.", "never"),
        ("Chile denied that it had trained with Peru last month.", "denied"),
        ("Chile rejected reports that Peru and Brazil held a drill last week.", "rejected"),
        ("The Chilean Navy did not take part in a drill, which Peru and Brazil held in May.", "not"),
        ("Chile and Peru have not agreed to hold a drill in July.", "not"),
        ("Portugal has refused to host the annual drill Salt Road in 2032.", "refused"),
        ("Chile and Peru failed to hold the exercise Amber Tide in April.", "failed to"),
        ("Chile didn\u2019t hold a drill with Peru.", "didn\u2019t"),
        ("Peru and Brazil held a drill without Chile.", "without"),
        ("Chile has yet to hold a drill with Peru.", "has yet to"),
        ("A Chilean official denied reports that Peru would join.", "denied"),
        ("Chile no longer trained with Peru.", "no"),
        ("No Peruvian ship took part in the drill.", "No"),
        ("Chile ruled out joining the drill of Peru.", "ruled out"),
        ("Chile, unlike Peru, took part in the drill of Brazil.", "unlike"),
        ("Peru kept Chile's ships from joining the drill.", "kept Chile's ships from"),
    ],
)  # fmt: skip
def test_of_what_is_denied_nothing_is_proposed(text: str, words: str) -> None:
    asked = f"? \"{words}\": what is it that isn't so? What happened isn't proposed here."
    assert statements(text) == []
    assert asked in remarks(text)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Norwegian Navy is not taking part in Salt Road.", "not"),
        ("Chile will not take part in Salt Road next year.", "not"),
        ("None of them saw 40 ships.", "None"),
    ],
)
def test_nobody_is_put_into_an_exercise_by_a_denial(sentence: str, words: str) -> None:
    assert statements(BEGAN + sentence) == statements(BEGAN)
    assert remarks(BEGAN + sentence) == [
        f"? \"{words}\": what is it that isn't so? What happened isn't proposed here."
    ]


@pytest.mark.parametrize(
    "text",
    ["Ship No. 3 of Peru sailed.", "Chile and Peru held a drill in disputed waters.",
     "Not only Chile held a drill, Peru did."],
)  # fmt: skip
def test_a_number_and_a_word_that_only_looks_like_one_deny_nothing(text: str) -> None:
    assert find(text, 0, len(text)) == Doubts()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Chile wants to host the annual drill Salt Road in 2032.", "wants"),
        ("Chile may host the annual drill Salt Road in 2032.", "may"),
        ("If it can, Chile will host the annual drill Salt Road in 2032.", "If"),
        ("Chile is said to host the annual drill Salt Road in 2032.", "is said to"),
        ("Chile hopes to host the annual drill Salt Road in 2032.", "hopes"),
    ],
)
def test_each_claim_of_what_is_hedged_or_wished_is_probable(sentence: str, words: str) -> None:
    asked = f'? "{words}": is it so? Its claims are probable, as far as any are right.'
    claims = statements(sentence, "nr:about id:salt-32 ;")
    assert len(claims) >= 3
    assert [claim for claim in claims if "; nr:hasCertainty nrc:probable ;" not in claim] == []
    assert [claim for claim in claims if "nr:onProperty nr:hasHost ; nr:hasValue id:chile" in claim]
    assert remarks(sentence) == [asked]


def test_who_may_take_part_in_what_is_held_stands_in_the_claim_alone() -> None:
    sentence = "The Peruvian Navy may join the exercise, with up to 20 ships."
    more = [line for line in statements(BEGAN + sentence) if line not in statements(BEGAN)]
    assert [line.partition(" ; nr:hasEvidence")[0] for line in more if " oa:exact" not in line] == [
        "<#c6> nr:about id:salt-31 ; nr:onProperty nr:hasParticipant ; nr:hasValue id:peruvian-navy ; nr:hasCertainty nrc:probable",
        "<#c7> nr:about id:salt-31 ; nr:hasValue 20 ; nr:hasQuantifier nrc:up-to ; nr:quantityOf nrc:ships ; nr:hasCertainty nrc:probable",
    ]


def test_who_took_part_in_the_end_does() -> None:
    text = (
        BEGAN
        + "The Peruvian Navy may join the exercise. The Peruvian Navy has joined the exercise."
    )
    assert statements(text, "id:salt-31 nr:hasParticipant ") == [
        "id:salt-31 nr:hasParticipant id:peruvian-navy ."
    ]


def test_what_is_called_for_is_neither_held_nor_planned() -> None:
    text = "Portugal called for a joint exercise with Spain next year."
    assert statements(text) == []
    assert remarks(text) == [
        '? "called for": is it so? Who may take part, or what, isn\'t proposed here.'
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Peru accused Chile of holding a drill with Brazil in May.",
         ['? "accused": is it so? Who may take part, or what, isn\'t proposed here.']),
        ("Did Chile and Peru hold a drill?",
         ['? "?": is it so? Who may take part, or what, isn\'t proposed here.']),
        ("Chile halted a drill with Peru, the ministry said.",
         ['? "drill": was it held, or is it to come?']),
    ],
)  # fmt: skip
def test_of_what_may_be_held_or_planned_neither_is_proposed(text: str, asked: list[str]) -> None:
    assert statements(text) == []
    assert remarks(text) == asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Had Chile agreed, Peru would have trained with it in May.", "would have"),
        ("Peru had hoped that Chile would join the drill that Peru and Brazil held.", "had hoped"),
        ("Chile was to have joined Peru in a naval drill off Callao last week.", "was to have"),
        ("Peru was supposed to join Chile in the exercise Amber Tide in May.", "was supposed to"),
        ("The drill of Peru and Chile, which Brazil had planned to join, ended.", "had planned"),
        ("Peru almost joined Chile and Brazil in a drill that ended in May.", "almost joined"),
        ("Chile intended to send a ship to the drill that Peru held in May.", "intended to"),
        ("Chile could have taken part in the drill held by Peru and Brazil.", "could have"),
        ("Chile missed the naval drill held by Peru and Brazil in May.", "missed the"),
        ("Chile was left out of the naval drill that Peru and Brazil held.", "left out"),
        ("Chile was invited to a drill that Peru and Brazil held but stayed home.", "stayed home"),
        ("Chile was due to join the drill that Peru and Brazil held.", "was due to join"),
        (
            "Chile wanted to take part in the drill that Peru and Brazil held.",
            "wanted to take part",
        ),
        ("Peru and Brazil began a drill in May that Chile had been due to join.", "had been due"),
        ("Two ships were meant to train with Chile in the drill that Peru held.", "meant to"),
    ],
)
def test_what_did_not_come_about_is_neither_held_nor_planned(text: str, words: str) -> None:
    assert [
        line for line in statements(text) if " a nr:Exercise" in line or "nr:about" in line
    ] == []
    assert (
        f"? \"{words}\": what is it that isn't so? What happened isn't proposed here."
        in remarks(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru planned to hold a drill in July.",
        "Chile and Peru were due to hold a drill in July.",
        "Chile and Peru cancelled the drill that would have begun in July.",
        "Peru, which had planned to send a ship, withdrew.",
        "Chile missed the target in the drill.",
    ],
)
def test_what_is_planned_or_called_off_is_told(text: str) -> None:
    assert find(text, 0, len(text)).denial == ""


def test_who_withdrew_is_who_stands_before_the_word() -> None:
    text = "Brazil pulled out of the naval exercise Amber Tide with Chile and Peru before it began."
    assert [
        line for line in statements(text) if "nr:hasWithdrawn " in line and "<#" not in line
    ] == ["id:amber-31 nr:hasWithdrawn id:brazil ."]
    assert not [line for line in statements(text) if "nr:hasParticipant id:" in line]
    assert '? "Chile": does it take part in id:amber-31?' in remarks(text)


def test_a_meeting_that_may_have_been_is_asked_about() -> None:
    text = "General Rui Costa of the Portuguese Navy reportedly visited Chile."
    assert statements(text, "a nr:Visit") == []
    assert '? "visited": an nr:Visit? It isn\'t certain here.' in remarks(text)


@pytest.mark.parametrize(
    "words", ["Read also:", "Related:", "READ MORE:", "See also", "Video:", "More stories |"]
)
def test_a_line_that_leads_to_another_article_is_no_part_of_this_one(words: str) -> None:
    text = f"{BEGAN}{words} Chile and Peru held a drill."
    assert statements(text) == statements(BEGAN)
    assert remarks(text) == [
        f'? "{words}": does the sentence lead to another article? Nothing is proposed for it.'
    ]


def test_the_two_sides_of_an_exercise_are_named_with_it() -> None:
    text = "Chile's exercise with Peru ended on Sunday."
    [exercise] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:chile, id:peru ;" in exercise


def test_what_was_to_be_and_is_called_off_is_no_doubt() -> None:
    text = "Chile and Peru have cancelled a naval exercise that was to begin on 15 June."
    assert find(text, 0, len(text)) == Doubts()
    assert not [line for line in statements(text) if "probable" in line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Brazil has protested against that exercise.",
        "The fleet that led the exercise was split between Brazil and Argentina.",
        "The exercise was condemned by Brazil.",
        "A ship of Brazil shadowed the exercise.",
    ],
)
def test_nobody_is_put_into_an_exercise_by_being_against_it(sentence: str) -> None:
    told = [line for line in statements(BEGAN + sentence) if "hasParticipant" in line]
    assert told
    assert not [line for line in told if "id:brazil" in line and "nr:Event" not in line]
