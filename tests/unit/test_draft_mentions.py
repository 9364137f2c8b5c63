"""Mentions of a text: names in whatever form, ships, people with rank and post, numbers."""

# ruff: noqa: E501 (texts, and lines of files, as they are)
from __future__ import annotations

from functools import cache

import pytest

from passex.curation.draft import bodies, counts, exercise_names, exercises, people, ships
from passex.curation.draft.lexicon import Lexicon
from passex.curation.draft.mentions import Actor
from passex.curation.draft.naming import Iris
from passex.graph.store import load
from passex.graph.terms import shorten


@cache
def lexicon() -> Lexicon:
    return Lexicon(load())


def iris() -> Iris:
    return Iris(lexicon().taken, "31")


def actors(text: str) -> list[Actor]:
    return bodies.find(text, [*lexicon().find(text)], iris())


def local(iri: str) -> str:
    return iri.rpartition("/")[2]


@pytest.mark.parametrize(
    ("text", "iri", "words", "by"),
    [
        ("Ships of Japan.", "id:japan", "Japan", "name"),
        ("Japan's ships.", "id:japan", "Japan", "name"),
        ("Japan\u2019s ships.", "id:japan", "Japan", "name"),
        ("Japanese ships.", "id:japan", "Japanese", "demonym"),
        ("The Dutch came.", "id:netherlands", "Dutch", "demonym"),
        ("Ships of the U.S. met.", "id:united-states", "U.S.", "name"),
        ("U.S.-led ships.", "id:united-states", "U.S.", "name"),
        ("South Korea's plan.", "id:south-korea", "South Korea", "name"),
        ("South Korean ships.", "id:south-korea", "South Korean", "demonym"),
        ("They are in Cote d'Ivoire.", "id:cote-d-ivoire", "Cote d'Ivoire", "name"),
        ("The Swedish Navy.", "id:swedish-navy", "Swedish Navy", "name"),
        ("Chile's navy.", "id:chilean-navy", "Chile's navy", "name"),
        ("SNMG 1 and", "id:snmg1", "SNMG 1", "name"),
        ("Russian General Staff", "id:russian-general-staff", "Russian General Staff", "name"),
        (
            "Russia\u2019s General Staff",
            "id:russian-general-staff",
            "Russia\u2019s General Staff",
            "name",
        ),
        (
            "Seoul's defence ministry",
            "id:south-korean-defence-ministry",
            "Seoul's defence ministry",
            "name",
        ),
        (
            "the Norwegian Armed Forces",
            "id:norwegian-armed-forces",
            "Norwegian Armed Forces",
            "name",
        ),
    ],
)
def test_a_name_is_found_in_whatever_form(text: str, iri: str, words: str, by: str) -> None:
    [actor] = actors(text)
    assert (shorten(actor.iri), actor.text, actor.by, actor.ask) == (iri, words, by, "")


@pytest.mark.parametrize(
    ("text", "words", "ask"),
    [
        ("Tokyo denied it.", "Tokyo", "the place, or Japan?"),
        ("Lima denied it.", "Lima", "Peru, or the place itself?"),
        ("Korean ships.", "Korean", "North Korea or South Korea?"),
        (
            "The Congolese ship.",
            "Congolese",
            "Democratic Republic of the Congo or Republic of the Congo?",
        ),
        ("Lee spoke.", "Lee", "Lee Jae-Myung, or somebody else of that name?"),
    ],
)
def test_what_may_be_another_asks(text: str, words: str, ask: str) -> None:
    [actor] = lexicon().find(text)
    assert (actor.text, actor.ask) == (words, ask)


@pytest.mark.parametrize(
    "text",
    [
        "They told us to polish the china.",
        "Off the Korean peninsula and in the Sea of Japan.",
        "In the Norwegian Sea, the Indian Ocean.",
        "It was seen by Michael Jordan and Georgia Smith.",
    ],
)
def test_what_is_no_state_is_none(text: str) -> None:
    assert [actor.text for actor in actors(text) if actor.of == "State"] == []


def test_a_list_of_navies() -> None:
    found = actors("The navies of Denmark, Estonia and the Netherlands met Poland.")
    assert [(local(actor.iri), actor.text) for actor in found] == [
        ("royal-danish-navy", "navies of Denmark"),
        ("estonian-navy", "Estonia"),
        ("royal-netherlands-navy", "Netherlands"),
        ("poland", "Poland"),
    ]


@pytest.mark.parametrize(
    ("text", "label", "kind", "owner", "words", "ask"),
    [
        ("the German frigate Greifswald,", "Greifswald", "frigate", "germany", "German frigate Greifswald", ""),
        ("the tug BRP Igang.", "BRP Igang", "ocean-tug", "", "tug BRP Igang", "whose? BRP is of the Philippines"),
        ("INS Kavra came.", "INS Kavra", "", "", "INS Kavra", "whose? INS is of India or Israel"),
        ("HMS Kent left.", "HMS Kent", "", "", "HMS Kent", "whose? HMS is of the United Kingdom or Sweden"),
        ("the Indian Navy frigate INS Malwan", "INS Malwan", "frigate", "indian-navy",
         "Indian Navy frigate INS Malwan", ""),
        ("HMCS Halifax of the Royal Canadian Navy", "HMCS Halifax", "", "royal-canadian-navy",
         "HMCS Halifax of the Royal Canadian Navy", ""),
        ("survey ship Shi Lan 5 was", "Shi Lan 5", "survey-ship", "", "survey ship Shi Lan 5", "whose?"),
        ("The patrol boat, BRP Malakas, was", "BRP Malakas", "patrol-boat", "", "patrol boat, BRP Malakas",
         "whose? BRP is of the Philippines"),
        ("HMS Prince of Wales in port", "HMS Prince of Wales", "", "", "HMS Prince of Wales",
         "whose? HMS is of the United Kingdom or Sweden"),
    ],
)  # fmt: skip
def test_a_ship(text: str, label: str, kind: str, owner: str, words: str, ask: str) -> None:
    [ship] = ships.find(text, actors(text), iris())
    assert (ship.label, local(ship.concept), local(ship.owner)) == (label, kind, owner)
    assert (text[ship.first : ship.last], ship.ask) == (words, ask)


def test_ships_in_a_list_and_once_more() -> None:
    text = "The corvettes Gromky and Rezky met HMS Kent. Kent left with the Gromky."
    found = ships.find(text, [], iris())
    assert [local(ship.iri) for ship in found] == [
        "gromky",
        "rezky",
        "hms-kent",
        "hms-kent",
        "gromky",
    ]


@pytest.mark.parametrize(
    ("text", "label", "rank", "post", "post_in", "kind"),
    [
        ("Rear Admiral Rui Costa, who heads the Portuguese Navy, said", "Rui Costa", "rear-admiral",
         "head", "portuguese-navy", "chief-of-navy"),
        ("Adm. Sun said", "Sun", "admiral", "", "", ""),
        ("Lt. Cmdr. Dewi Sari told", "Dewi Sari", "lieutenant-commander", "", "", ""),
        ("Captain Arun Deshpande said", "Arun Deshpande", "", "", "", ""),
        ("Norwegian Defence Minister Arne Solvang met", "Arne Solvang", "", "defence minister", "norway",
         "defence-minister"),
        ("Japan's Prime Minister Ana Kato spoke", "Ana Kato", "", "prime minister", "japan", "prime-minister"),
        ("Vice Admiral Leo Brandt, the commander of the Finnish Navy,", "Leo Brandt", "vice-admiral",
         "commander", "finnish-navy", "chief-of-navy"),
        ("Commander of SNMG1, Commodore Jan Falk, said", "Jan Falk", "commodore", "commander", "snmg1",
         "unit-commander"),
        ("Commodore Ingrid Solheim, who commands the exercise, said", "Ingrid Solheim", "commodore",
         "commander of the exercise", "", "exercise-director"),
        ("India's High Commissioner, Priya Menon, said", "Priya Menon", "", "high commissioner", "india",
         "ambassador"),
    ],
)  # fmt: skip
def test_a_person(text: str, label: str, rank: str, post: str, post_in: str, kind: str) -> None:
    [person] = people.find(text, actors(text), [], iris())
    assert (person.label, local(person.rank), person.post) == (label, rank, post)
    assert (local(person.post_in), local(person.post_kind)) == (post_in, kind)


def test_a_captain_may_be_of_an_army() -> None:
    [person] = people.find("Captain Arun Deshpande said", [], [], iris())
    assert person.ask == "Captain of a navy, or of an army?"


def test_a_surname_and_a_counterpart() -> None:
    text = "Norwegian Defence Minister Arne Solvang met his British counterpart, Mark Ashley. Ashley left."
    found = people.find(text, actors(text), [], iris())
    assert [(p.label, p.post, local(p.post_in)) for p in found] == [
        ("Arne Solvang", "defence minister", "norway"),
        ("Mark Ashley", "defence minister", "united-kingdom"),
        ("Mark Ashley", "", ""),
    ]


@pytest.mark.parametrize(
    ("text", "value", "quantifier", "concept", "supplied"),
    [
        ("27 exercises", 27, "", "exercises", ""),
        ("More than two dozen ships", 24, "more-than", "ships", ""),
        ("nearly 190 aircraft", 190, "nearly", "aircraft", ""),
        ("at least two Chilean ships", 2, "at-least", "ships", "chile"),
        ("two or more frigates", 2, "at-least", "frigate", ""),
        ("Up to 20 warships", 20, "up-to", "warship", ""),
        ("Fewer than 15 ships", 15, "fewer-than", "ships", ""),
        ("some 2,800 personnel", 2800, "about", "people", ""),
        ("twenty-one sailors", 21, "", "sailors", ""),
        ("a six-day exercise", 6, "", "days", ""),
        ("the 13th edition", 13, "", "edition", ""),
        ("the sixth since June", 6, "", "edition", ""),
        ("two sailors were hurt", 2, "", "injured-people", ""),
        ("eight navies", 8, "", "navies", ""),
    ],
)
def test_a_number(text: str, value: int, quantifier: str, concept: str, supplied: str) -> None:
    [count] = counts.find(text, [*lexicon().find(text)])
    assert (count.value, local(count.quantifier), local(count.concept)) == (
        value,
        quantifier,
        concept,
    )
    assert local(count.supplied_by) == supplied


@pytest.mark.parametrize(
    "text",
    [
        "the two ministers and the two countries",
        "3 March 2031 - The navies",
        "take control one day",
        "several ships",
    ],
)
def test_what_is_no_number_of_things(text: str) -> None:
    assert counts.find(text, []) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a six-day exercise named Salt Road off Madeira", "Salt Road"),
        ("the exercise Dynamic Petrel in the sea", "Dynamic Petrel"),
        ("for Amber Shield, an eleven-day exercise in", "Amber Shield"),
        ("The Iron Gull drill ended", "Iron Gull"),
        ("the 13th edition of Grey Heron off", "Grey Heron"),
        ("completed Exercise Konkan 2027 in", "Konkan 2027"),
        ("navies held Naseem Al Bahr off Goa", "Naseem Al Bahr"),
        ("Oman will host Naseem Al Bahr 34 off Sur", "Naseem Al Bahr 34"),
    ],
)
def test_the_name_of_an_exercise(text: str, name: str) -> None:
    assert [found.text for found in exercise_names.names(text, [], iris())] == [name]


@pytest.mark.parametrize(
    ("text", "of", "status", "hedged"),
    [
        ("They held a drill", "Exercise", "held", False),
        ("A drill began on Monday", "Exercise", "under-way", False),
        ("They will hold a drill", "ExercisePlan", "planned", False),
        ("They agreed to hold a drill", "ExercisePlan", "agreed", False),
        ("They announced a drill", "ExercisePlan", "announced", False),
        ("They may exercise next year", "ExercisePlan", "planned", True),
        ("A drill is expected to be held", "ExercisePlan", "planned", True),
        ("The drill was cancelled", "ExercisePlan", "cancelled", False),
        ("The drill was postponed", "ExercisePlan", "postponed", False),
        ("They trained with the navy", "Exercise", "held", False),
        ("A drill of two navies", "Exercise", "", False),
    ],
)
def test_what_makes_an_exercise_or_a_plan(text: str, of: str, status: str, hedged: bool) -> None:
    found = exercises.find(text, 0, len(text), [])
    assert found is not None
    assert (found.of, local(found.status), found.hedged) == (of, status, hedged)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("held an anti-submarine exercise", ["anti-submarine-exercise"]),
        ("held a joint mine-clearing exercise", ["mine-countermeasures-exercise"]),
        ("held an exercise in mine countermeasures and anti-submarine warfare",
         ["mine-countermeasures-exercise", "anti-submarine-exercise"]),
        ("a landing craft in a joint exercise was held", []),
        ("held its own live-fire exercise", ["live-fire-exercise", "unilateral-exercise"]),
        ("will hold naval drills", ["exercises-lumped-together"]),
    ],
)  # fmt: skip
def test_the_kind_of_an_exercise(text: str, kinds: list[str]) -> None:
    found = exercises.find(text, 0, len(text), [])
    assert found is not None
    assert [local(kind) for kind in found.concepts] == kinds
