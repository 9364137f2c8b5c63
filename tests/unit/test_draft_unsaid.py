"""Drafts assert nothing that isn't said: whose a time, a place, a party or a number is."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

import re

import pytest

from passex.curation.draft.drafting import draft

from .drafts import drafted, graph, remarks, statements

MET = "The Japanese destroyer JS Akikaze arrived in Puerto Princesa on Monday and held a passing exercise with the Philippine patrol ship BRP Andrés Bonifacio (PS-17)."


def test_time_and_place_of_an_arrival_are_none_of_the_exercise() -> None:
    [exercise] = statements(MET, "a nr:Exercise ;")
    assert exercise == (
        'id:passex-31 a nr:Exercise ; rdfs:label "Passing exercise of JS Akikaze and BRP Andrés Bonifacio"@en ; '
        "nr:hasStatus nrc:held ; nr:hasKind nrc:passing-exercise ; nr:hasParticipant id:js-akikaze, "
        "id:brp-andres-bonifacio ."
    )
    [visit] = statements(MET, "a nr:Visit ;")
    assert "nr:hasPlace id:puerto-princesa ; nr:earliest" in visit


@pytest.mark.parametrize(
    "sentence",
    [
        "On 2 June Peru and Chile held a drill off Lima.",
        "Peru and Chile held a drill off Lima on 2 June, before their ships returned to Callao on 3 June.",
        "The ships left Callao on 1 June, and Peru and Chile held a drill off Lima on 2 June.",
    ],
)
def test_a_time_behind_its_own_verb_is_the_exercises(sentence: str) -> None:
    [exercise] = statements(sentence, "a nr:Exercise ;")
    assert 'nr:earliest "2031-06-02"' in exercise
    assert "nr:hasPlace id:off-lima ;" in exercise


@pytest.mark.parametrize(
    "sentence",
    [
        "An official in Manila said Peru and Chile would hold a drill next year.",
        "Peru and Chile will hold a drill next year, the minister said in Manila.",
        "Peru and Chile will hold a drill next year, a diplomat at Manila said.",
    ],
)
def test_where_somebody_speaks_nothing_is_held(sentence: str) -> None:
    [plan] = statements(sentence, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:peru, id:chile ;" in plan
    assert "hasPlace" not in plan


def test_what_somebody_would_prefer_is_no_plan() -> None:
    text = "Officials said Chile would prefer a drill with more ships next year."
    assert statements(text, "nr:ExercisePlan") == []
    assert remarks(text)[0] == (
        '? "prefer": is it so? Who may take part, or what, isn\'t proposed here.'
    )


def test_the_exercise_to_come_is_none_that_was_held() -> None:
    text = 'Peru and Chile held a drill in 2029. "We would like to hold the exercise in November," he said.'
    assert statements(text, '"2031-11-01"') == []
    assert '? "exercise": of which exercise or plan?' in remarks(text)


def test_the_next_exercise_is_another_one() -> None:
    text = "The navies of Peru and Chile ended a drill. Peru and Brazil will hold the next drill in 2033."
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:peru, id:brazil ; nr:earliest" in plan
    assert not [line for line in statements(text, "id:drill-31 ") if "brazil" in line]


@pytest.mark.parametrize(
    "words",
    [
        "Peru and Chile have held such exercises every year since 2024.",
        "Peru and Chile hold drills each autumn.",
        "Grey Heron is a biennial exercise that brings together Peru and Chile.",
        "The Grey Heron drills take place each July.",
        "Peru and Chile signed an agreement to hold boarding drills every six months.",
    ],
)
def test_what_recurs_is_no_exercise(words: str) -> None:
    assert statements(words, "Exercise") == []
    assert [line for line in remarks(words) if line.endswith("No exercise is proposed here.")]


@pytest.mark.parametrize(
    "words",
    [
        "Exercise Sea Shield, which Peru has hosted every spring since 2015, ended on Monday with Chile.",
        "Peru and Chile began the annual exercise Sea Shield on Monday.",
    ],
)
def test_one_exercise_of_what_recurs_is_proposed(words: str) -> None:
    assert len(statements(words, "a nr:Exercise ;")) == 1


@pytest.mark.parametrize(
    ("words", "ship", "label", "number"),
    [
        (
            "The patrol ship BRP Andrés Bonifacio (PS-17) sailed.",
            "id:brp-andres-bonifacio",
            "BRP Andrés Bonifacio",
            "PS-17",
        ),
        ("The destroyer USS Larch (DDG 250) sailed.", "id:uss-larch", "USS Larch", "DDG 250"),
        ("The coast guard ship CSB 8021 sailed.", "id:csb-8021", "CSB 8021", ""),
        ("The M/V Sea Lark sailed.", "id:m-v-sea-lark", "M/V Sea Lark", ""),
        ("The minehunter Admiral Cowan sailed.", "id:admiral-cowan", "Admiral Cowan", ""),
    ],
)
def test_ships_keep_their_numbers(words: str, ship: str, label: str, number: str) -> None:
    [stated] = statements(words, "a nr:Ship ;")
    assert stated.startswith(f'{ship} a nr:Ship ; rdfs:label "{label}"@en ;')
    assert ("dcterms:identifier" in stated) is bool(number)
    assert f'dcterms:identifier "{number}"' in stated or not number
    assert statements(words, "a nr:Place") == []


@pytest.mark.parametrize(
    ("words", "ships"),
    [
        # Whose she is, and a word that says no kind, stand before her name.
        (
            "U.S. Coast Guard Cutter Alder and JS Akebono held a drill on Monday.",
            {"alder": "american-coast-guard"},
        ),
        (
            "The Philippine Coast Guard vessel Maria Sol met the Indonesian Navy ship Sri Wangi.",
            {"maria-sol": "philippine-coast-guard", "sri-wangi": "indonesian-navy"},
        ),
        # What is said of the first of a list is said of all.
        (
            "The Indian frigates Arali, Champa and Tulsi drilled with the Chinese ships Lindao "
            "and Songling.",
            {
                **dict.fromkeys(("arali", "champa", "tulsi"), "india"),
                **dict.fromkeys(("lindao", "songling"), "china"),
            },
        ),
        ("The frigate Arali met the Chinese and the Philippine Coast Guard ship.", {}),
        ("Chile met the U.S. Navy Ship Repair Facility.", {}),
    ],
)
def test_whose_ships_are(words: str, ships: dict[str, str]) -> None:
    named = {line.split(" ")[0] for line in statements(words, "a nr:Ship ;")}
    pattern = re.compile(r"org:member (?P<ship>id:\S+) ; org:organization id:(?P<owner>\S+) ;")
    links = map(pattern.search, statements(words, "a nr:Affiliation ;"))
    pairs = [(link["ship"], link["owner"]) for link in links if link]
    found = {ship.removeprefix("id:"): owner for ship, owner in pairs if ship in named}
    assert found == ships


def test_whose_the_last_ship_of_a_list_is_all_are() -> None:
    text = "The frigates Arali and Champa of the Indian Navy drilled with Chile on Monday."
    ships = statements(text, "a nr:Ship ;")
    assert [line.partition(" nr:hasEvidence")[0] for line in ships] == [
        f'id:{name} a nr:Ship ; rdfs:label "{name.title()}"@en ; nr:hasKind nrc:frigate ;'
        for name in ("arali", "champa")
    ]
    owned = " ".join(statements(text, "org:organization id:indian-navy"))
    assert "org:member id:arali" in owned
    assert "org:member id:champa" in owned


@pytest.mark.parametrize(
    "words",
    [
        "The former Danish patrol ship Tarnet, now Lithuanian,",
        "The ex-Danish frigate Tarnet",
        "The Danish frigate Tarnet, since sold to Lithuania,",
        "The Danish frigate Tarnet, which was later given to Lithuania,",
    ],
)
def test_whose_a_ship_was_is_asked(words: str) -> None:
    text = f"{words} held a drill with the Polish frigate Orlan on Monday."
    assert statements(text, "id:of-tarnet") == []
    assert '? "Tarnet": of Denmark until when, and whose now?' in remarks(text)
    [drill] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:tarnet, id:orlan ;" in drill


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("Norway handed over the corvette Tarnet to Latvia on Monday.", "id:norway, id:latvia"),
        ("Norway handed the corvette Tarnet over to Latvia on Monday.", "id:norway, id:latvia"),
        ("Norway's corvette Tarnet was handed over to Latvia on Monday.", "id:norway, id:latvia"),
        ("The corvette Tarnet was donated to Latvia by Norway on Monday.", "id:latvia, id:norway"),
    ],
)
def test_a_ship_is_handed_over_by_one_to_another(words: str, parties: str) -> None:
    [event] = statements(words, "a nr:Event ;")
    assert event.startswith(
        'id:transfer-tarnet-31 a nr:Event ; rdfs:label "Transfer of Tarnet, June 2031"@en ; '
        f"nr:hasKind nrc:ship-transfer ; nr:hasParticipant {parties} ; nr:concerns id:tarnet ;"
    )
    assert statements(words, "a nr:Affiliation") == []


def test_what_else_is_handed_over_is_no_ship() -> None:
    text = "Norway handed over command of the group to Latvia."
    assert statements(text, "a nr:Event") == []
    assert remarks(text) == [
        '? "handed over": an nr:Event? Which ship, who gives and who takes her?'
    ]


@pytest.mark.parametrize(
    "words",
    ["coast guards", "Coast Guards", "coastguards", "air forces", "border guards", "marine corps"],
)
def test_services_of_several_states_are_services(words: str) -> None:
    text = f"The {words} of Peru and Chile held an exercise on Monday."
    services = [line.split(" ")[0] for line in statements(text, "a nr:Service ;")]
    assert len(services) == 2
    [exercise] = statements(text, "a nr:Exercise ;")
    assert f"nr:hasParticipant {', '.join(services)} ;" in exercise


def test_air_forces_alone_train_in_the_air() -> None:
    [held] = statements("The air forces of Peru and Chile held a drill.", "a nr:Exercise ;")
    assert "nr:hasDomain nrc:air ;" in held


def test_services_are_called_as_the_text_calls_them() -> None:
    text = (
        "The Hellenic Coast Guard and the U.S. Marine Corps held a drill. "
        "The Greek coast guard sent ships."
    )
    labels = [re.search('rdfs:label "(.*?)"', line) for line in statements(text, "a nr:Service ;")]
    assert [label and label[1] for label in labels] == ["Hellenic Coast Guard", "U.S. Marine Corps"]


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("Peru and Chile will hold their own exercise.", False),
        ("Peru will hold its own exercise with Chile.", False),
        ("Peru will hold its own exercise.", True),
    ],
)
def test_an_exercise_of_one_party_has_one(words: str, alone: bool) -> None:
    [plan] = statements(words, "a nr:ExercisePlan ;")
    assert ("nrc:unilateral-exercise" in plan) is alone


@pytest.mark.parametrize(
    "words",
    [
        "The drill of Peru and Chile was broken off on Monday.",
        "The drill of Peru and Chile was halted on Monday.",
        "Peru and Chile aborted their drill on Monday.",
        "Peru and Chile suspended their naval drill on Monday after an accident.",
        "The drill of Peru and Chile ended early on Monday.",
    ],
)
def test_the_day_on_which_it_was_broken_off_is_the_last(words: str) -> None:
    [drill] = statements(words, "a nr:Exercise ;")
    assert "nr:hasStatus nrc:broken-off ;" in drill
    assert 'nr:latest "2031-06-02"^^xsd:date' in drill
    assert "nr:earliest" not in drill


def test_two_of_them_are_of_a_state_too() -> None:
    text = "Six Turkish ships and two Romanian ones held a drill on Monday."
    [drill] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:turkey, id:romania ;" in drill


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ecuador condemned the drill of Peru and Chile that ended on Sunday.", False),
        ("Ecuador and Brazil welcomed the drill of Peru and Chile that ended on Sunday.", False),
        ("Ecuador closely watched a drill that Peru and Chile held in May.", False),
        ("The drill of Peru and Chile that ended on Sunday was criticised by Ecuador.", False),
        ("A drill held by Peru and Chile in May drew protests from Brazil and Ecuador.", False),
        ("Peru and Chile held a drill in May, which Ecuador denounced.", False),
        ("Peru and Chile held a drill in May, and Ecuador praised it.", False),
        ("Ecuador was angered by the drill that Peru and Chile held in May.", False),
        # Of other words it isn't known.
        ("Ecuador sneered at the drill of Peru and Chile that ended on Sunday.", True),
        ("Ecuador fired a missile during a drill of Peru and Chile on Monday.", True),
    ],
)
def test_who_judges_a_drill_of_others_is_no_party_of_it(text: str, asked: bool) -> None:
    [drill] = statements(text, "a nr:Exercise ;")
    assert re.search(r"nr:has\w+ id:.*ecuador|nr:has\w+ id:.*brazil", drill) is None
    assert "nr:hasParticipant id:peru, id:chile" in drill
    assert ('? "Ecuador": does it take part in id:drill-31?' in remarks(text)) is asked


@pytest.mark.parametrize(
    "text",
    [
        "Ecuador joined a drill of Peru and Chile in May.",
        "Ecuador, Peru and Chile praised their crews after a drill that ended in May.",
        "Ecuador, Peru and Chile held a drill that was called a success.",
        "Ecuador, Peru and Chile condemned piracy and held a drill in May.",
        "Ecuador, backed by Brazil, held a drill with Peru and Chile in May.",
    ],
)
def test_who_takes_part_and_praises_takes_part(text: str) -> None:
    [drill] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:ecuador, id:peru, id:chile" in drill


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("said that the exercise Iron Gull had ended.", "Exercise ; held"),
        ("announced the exercise Iron Gull had ended.", "Exercise ; held"),
        ("announced that the exercise Iron Gull had ended.", "Exercise ; held"),
        ("announced the end of the exercise Iron Gull.", "Exercise ; held"),
        ("announced the postponement of the exercise Iron Gull.", "ExercisePlan ; postponed"),
        ("jointly said that exercise Iron Gull would be postponed.", "ExercisePlan ; postponed"),
        ("announced that exercise Iron Gull will be held in July.", "ExercisePlan ; planned"),
    ],
)
@pytest.mark.parametrize(
    ("who", "speakers"),
    [
        ("Peru and Chile", "id:peru, id:chile"),
        ("Brazil, Peru and Chile", "id:brazil, id:peru, id:chile"),
        ("In a joint note, Peru and Chile", "id:peru, id:chile"),
        ("Peru as well as Chile", "id:peru, id:chile"),
    ],
)
def test_who_says_something_together_speaks(words: str, node: str, who: str, speakers: str) -> None:
    of, status = node.split(" ; ")
    [told] = statements(f"{who} {words}", f"a nr:{of} ;")
    assert f"nr:hasStatus nrc:{status} ;" in told
    assert "nr:hasParticipant id:" not in told
    assert f"## said by {speakers}: " in drafted(f"{who} {words}").turtle


def test_who_says_that_they_will_hold_one_takes_part() -> None:
    text = "Peru and Chile said on Monday that they would hold a drill in July."
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:peru, id:chile ;" in plan


@pytest.mark.parametrize(
    "who", ["Officials from", "The navy chiefs of", "The defence ministers of"]
)
def test_who_speaks_for_states_is_none_of_them(who: str) -> None:
    text = f"{who} Peru and Chile said a drill of Brazil and Ecuador ended."
    assert "said by" not in drafted(text).turtle
    [drill] = statements(text, "a nr:Exercise ;")
    assert "nr:hasParticipant id:brazil, id:ecuador ." in drill


def test_who_welcomes_others_to_a_drill_is_asked() -> None:
    text = "Peru welcomed two Chilean ships for a drill that began on Monday."
    assert '? "Peru": does it take part in id:drill-31?' in remarks(text)


@pytest.mark.parametrize("verb", ["was to train", "had planned to exercise", "was due to drill"])
def test_what_was_to_be_and_was_called_off_is_none_before(verb: str) -> None:
    text = (
        "Brazil and Chile held the exercise Iron Gull in May. "
        f"Peru {verb} with Ecuador on Monday, but the drill was called off."
    )
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "nr:hasStatus nrc:cancelled ;" in plan
    assert "nr:hasParticipant id:peru, id:ecuador ." in plan
    assert statements(text, "id:iron-31 nr:has") == []


def test_what_was_held_is_not_called_off() -> None:
    text = "Brazil and Chile held the exercise Iron Gull in May. The drill was called off by Peru."
    assert '? "drill": of which exercise or plan?' in remarks(text)
    assert not [line for line in statements(text) if "id:peru" in line or "cancelled" in line]


@pytest.mark.parametrize("verb", ["sailed with", "operated alongside", "steamed together with"])
def test_who_sails_with_somebody_may_not_train(verb: str) -> None:
    text = f"The Chilean frigate Arali {verb} two Peruvian submarines on Monday."
    assert statements(text, "a nr:Exercise") == []
    asked = remarks(text)[0]
    assert asked.endswith("did they train (nr:Exercise)? Together at sea alone is none.")


def test_an_exercise_that_is_asked_about_may_be_the_one_that_is_meant() -> None:
    text = (
        "Peru and Chile held a drill in May. Exercise Iron Gull of India and Japan was off Goa. "
        "Ecuador took part for the first time."
    )
    assert [line for line in statements(text) if "ecuador" in line] == []
    assert '? "took part": of which exercise or plan?' in remarks(text)


def test_who_will_not_come_to_what_has_no_word_is_asked() -> None:
    text = "Peru will not attend Iron Gull, which Chile and Brazil will hold next month."
    assert statements(text) == []
    assert "? \"not\": what is it that isn't so? What happened isn't proposed here." in remarks(
        text
    )


def test_a_long_list_of_parties_is_cut_where_they_are_counted() -> None:
    text = (
        "The frigates Arali, Champa, Tulsi, Kewda, and Bela held a drill with HMS Kent on Monday."
    )
    [stated] = statements(text, "a nr:Exercise ;")
    assert 'rdfs:label "Drill of Arali, Champa, Tulsi and 3 more, June 2031"@en ;' in stated


COLLIDED = "Vietnam's coast guard ship CSB 8021 and Indonesia's KN Tanjung Datu collided on Tuesday, the day a joint drill of Malaysia and Brunei was cancelled."


def test_whose_ships_collided_is_no_party_of_a_drill_that_was_cancelled() -> None:
    [plan] = statements(COLLIDED, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:malaysia, id:brunei ." in plan
    assert "earliest" not in plan
    [collision] = statements(COLLIDED, "nrc:collision")
    assert "nr:hasParticipant id:csb-8021, id:kn-tanjung-datu ; nr:earliest" in collision
    text = "The frigate HMS Kent collided with a trawler hours after a drill of Peru and Chile was called off."
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:peru, id:chile ." in plan


def test_an_accident_is_that_of_the_ships_beside_its_verb() -> None:
    text = "The tanker MT Blue Coral caught fire near Lima, and INS Kirpan picked up 12 sailors."
    [fire] = statements(text, "nrc:fire")
    assert "nr:hasParticipant id:mt-blue-coral ;" in fire
    [rescue] = statements(text, "nrc:rescue ;")
    assert "nr:hasParticipant id:ins-kirpan ;" in rescue
    text = "Four ships of the group docked in Callao on Monday after an exercise with the Chilean Navy."
    assert statements(text, "a nr:Visit") == []


def test_who_planned_to_come_and_withdrew_takes_no_part() -> None:
    text = (
        "The navies of Peru and Chile held a drill. Brazil had planned to send a ship but withdrew."
    )
    assert statements(text, "hasWithdrawn id:brazil") == ["id:drill-31 nr:hasWithdrawn id:brazil ."]
    assert not [line for line in statements(text, "hasParticipant") if "id:brazil" in line]
    text = "The navies of Peru and Chile held a drill. Brazil decided against taking part."
    assert not [line for line in statements(text, "hasParticipant") if "id:brazil" in line]


def test_the_next_one_is_hosted_by_its_host() -> None:
    text = "The next iteration of Amber Reef will be hosted by Chile in 2033."
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "hasParticipant id:chile" not in plan
    assert "nr:hasHost id:chile ." in " ".join(statements(text, "hasHost"))


def test_who_took_part_in_which_of_two_is_asked() -> None:
    text = "The navies of Peru and Chile held Grey Heron, a drill, in May. The navies of Peru and Brazil held Iron Gull, a drill, in April. Ecuador took part. About 900 sailors were there."
    assert not [line for line in statements(text, "hasParticipant") if "id:ecuador" in line]
    assert remarks(text)[-2:] == [
        '? "took part": of which exercise or plan?',
        '? "About 900 sailors": 900 nrc:sailors of what?',
    ]


def test_an_officer_of_a_state_is_not_the_state() -> None:
    text = "An officer from Chile said Peru would hold a drill with Brazil."
    assert "said by" not in drafted(text).turtle
    [plan] = statements(text, "a nr:ExercisePlan ;")
    assert "nr:hasParticipant id:peru, id:brazil ." in plan
    text = "The navies of Peru and Chile began a drill. NATO observers are aboard the British frigate HMS Argyll."
    assert statements(text, "hasObserver")[0] == "id:drill-31 nr:hasObserver id:nato ."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ships meet\n\nBy Lt. Jane Doe, Public Affairs\n\nLIMA (June 3, 2031) - The navies of Peru and Chile met.\n",
            "By Lt. Jane Doe, Public Affairs",
        ),
        (
            "Ships meet\n\nLIMA, 3 June 2031 (NorthStar) - The navies of Peru and Chile met.\n",
            "NorthStar",
        ),
        (
            "Ships meet\n\nLIMA, 3 June 2031 - The navies of Peru and Chile met.\nReporting by Maria Cruz\n",
            "Reporting by Maria Cruz",
        ),
    ],
)
def test_whose_the_text_is_is_not_left_open_where_it_says_so(text: str, words: str) -> None:
    made = draft(text, "2031-some-drill", graph())
    assert "nr:leavesOpen dcterms:publisher ;" in made.turtle
    assert f'Whose is the text (dcterms:contributor)? It says "{words}"' in made.notes


def test_nobody_credited_is_left_open() -> None:
    made = draft(
        "Ships meet\n\nLIMA, 3 June 2031 - The navies of Peru and Chile met.\n", "2031-d", graph()
    )
    assert "nr:leavesOpen dcterms:publisher, dcterms:contributor ;" in made.turtle
    assert made.notes == ()


def test_two_spellings_of_a_body_are_one() -> None:
    text = (
        "The Vietnamese coast guard took part in a drill. The Vietnamese Coast Guard was content."
    )
    assert len(statements(text, "a nr:Service ;")) == 1


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("with between 10 and 12 ships", "12 ships"),
        ("with two to three ships", "three ships"),
        ("with two or three ships", "three ships"),
        ("with 10-12 ships", "10-12 ships"),
        ("with 10\u201312 ships", "12 ships"),
    ],
)
def test_of_two_numbers_neither_is_claimed(words: str, asked: str) -> None:
    text = f"Chile and Peru held a naval drill {words} on Monday."
    assert statements(text, "nr:quantityOf") == []
    assert (
        f'? "{asked}": one of two numbers: nrc:at-least the smaller, nrc:up-to the larger?'
        in remarks(text)
    )


def test_the_number_of_each_is_that_of_none_together() -> None:
    text = "Chile and Peru held a naval drill with two ships each on Monday."
    assert statements(text, "nr:quantityOf") == []
    assert '? "two ships": of each of how many?' in remarks(text)


def test_how_long_it_lasts_at_the_most_is_no_last_day() -> None:
    text = "Chile and Peru began a six- to eight-day naval drill on Monday."
    [drill] = statements(text, "a nr:Exercise ;")
    assert 'nr:earliest "2031-06-02"' in drill
    assert "nr:latest" not in drill


def test_no_fewer_denies_nothing() -> None:
    text = "Chile and Peru held a naval drill with no fewer than eight frigates on Monday."
    [count] = statements(text, "nr:quantityOf")
    assert "nr:hasValue 8 ; nr:hasQuantifier nrc:at-least ; nr:quantityOf nrc:frigate ;" in count


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("with 300 marines, or 40 fewer than last year, on Monday", "2031-06-02", "2031-06-02"),
        ("on Monday that was larger than the one in May", "2031-06-02", "2031-06-02"),
        # The month is no verb that tells of what is to come.
        (", larger than the one in May, on Monday", "2031-06-02", "2031-06-02"),
        ("the last week of May", "2031-05-25", "2031-05-31"),
    ],
)
def test_a_time_to_compare_with_is_none_of_the_exercise(words: str, first: str, last: str) -> None:
    [drill] = statements(f"Chile and Peru held a naval drill {words}.", "a nr:Exercise ;")
    assert f'nr:earliest "{first}"^^xsd:date ; nr:latest "{last}"^^xsd:date' in drill


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Chile and Peru held a naval drill the week of 12 May.",
            '? "12 May": the week from that day, or the one that it is in? '
            "One reading is 2031-05-12.",
        ),
        (
            "Chile and Peru were due to hold a naval drill on Monday.",
            '? "on Monday": 2031-06-02, or 2031-06-09?',
        ),
    ],
)
def test_a_day_that_may_be_another_is_asked(text: str, asked: str) -> None:
    assert asked in remarks(text)
    assert statements(text, "nr:earliest") == []


def test_what_was_held_twice_is_not_one_exercise() -> None:
    text = "Chile and Peru held a naval drill twice last year."
    assert statements(text, "a nr:Exercise") == []
    assert any(
        remark.startswith('? "held a naval drill twice": what recurs') for remark in remarks(text)
    )
