"""Zones of a text, and its day, by their form alone."""

# ruff: noqa: E501 (texts, and lines of files, as they are)
from __future__ import annotations

from datetime import date

import pytest

from passex.curation.draft.head import dateline, language
from passex.curation.draft.zones import Zone, zones

BODY = "LISBON, 5 June 2031 - Two navies met off Madeira on Monday."


def parts(text: str) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    found, questions = zones(text)
    return [(zone.kind, text[zone.start : zone.end]) for zone in found], questions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODY}\n", [("body", BODY)]),
        (f"Navies drill\n\n{BODY}\n", [("headline", "Navies drill"), ("body", BODY)]),
        (f"Navies drill\n{BODY}", [("headline", "Navies drill"), ("body", BODY)]),
        ("Navies drill\nTwo navies met.\nThey left.\n", [("headline", "Navies drill"), ("body", "Two navies met.\nThey left.")]),
        (f"Navies drill\n\nThey met.\n\n{BODY}\n", [("headline", "Navies drill"), ("summary", "They met."), ("body", BODY)]),
        (f"Navies drill\n\nKey points: drills\n  • one\n  • two\n\n{BODY}\n",
         [("headline", "Navies drill"), ("key-points", "Key points: drills\n  • one\n  • two"), ("body", BODY)]),
        (f"{BODY}\n\n- ANI\n", [("body", BODY), ("credit", "- ANI")]),
        (f"{BODY}\nWith reporting by AFP.\n", [("body", BODY), ("credit", "With reporting by AFP.")]),
        (f"{BODY}\n\nShare this article:\n\nReader Comments\n\nA\nGood.\n",
         [("body", BODY), ("comments", "Reader Comments\n\nA\nGood.")]),
        (f"{BODY}\n\n\n  1. Good.\n\n    • Why?\n\n\nPlease enter your comment!\n",
         [("body", BODY), ("comments", "1. Good.\n\n    • Why?\n\n\nPlease enter your comment!")]),
        ("FOR IMMEDIATE RELEASE\nNavies drill\n\n14 March 2027\n\nPortsmouth — HMS Kent left.\n",
         [("headline", "Navies drill"), ("body", "14 March 2027\n\nPortsmouth — HMS Kent left.")]),
    ],
)  # fmt: skip
def test_zones_by_their_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == (expected, ())


def test_what_may_be_comments_stays_in_the_body_and_is_asked_about() -> None:
    text = f"{BODY}\n\n\n  1. Good.\n\n\n  2. Bad.\n"
    assert parts(text) == (
        [("body", f"{BODY}\n\n\n  1. Good.\n\n\n  2. Bad.")],
        ("Are these comments of readers, from character 64 on? They are no evidence.",),
    )


@pytest.mark.parametrize(
    ("text", "given", "day", "words", "source", "ask"),
    [
        (BODY, None, date(2031, 6, 5), "5 June 2031", "", ""),
        ("JAKARTA, Nov. 3, 2030 /PRNewswire/ -- It", None, date(2030, 11, 3), "Nov. 3, 2030", "", ""),
        ("BERGEN, Norway, 14 October 2030 (Reuters) - Warships", None, date(2030, 10, 14),
         "14 October 2030", "", ""),
        ("Seoul, January 31\n\nSouth Korea", None, date(2031, 1, 31), "January 31",
         "The year is that of the file's name, 2031. TO DO: how it is known", ""),
        ("Seoul, Saturday, January 31 - It", None, date(2031, 1, 31), "January 31",
         "The year is that of the file's name, 2031. TO DO: how it is known",
         "2031-01-31 is no Saturday: is it another year?"),
        ("They met on 5 June 2031 off Madeira.", None, None, "", "", ""),
        ("They met off Madeira.", date(2031, 6, 5), date(2031, 6, 5), "",
         "TO DO: where the day is known from", ""),
        (BODY, date(2031, 6, 6), date(2031, 6, 5), "5 June 2031", "",
         "the text says 5 June 2031, and you 2031-06-06"),
    ],
)  # fmt: skip
def test_the_day_of_an_article(
    text: str, given: date | None, day: date | None, words: str, source: str, ask: str
) -> None:
    found = dateline(text, Zone(0, len(text), "body"), 2031, given)
    assert (found.day, found.source, found.ask) == (day, source, ask)
    assert (text[found.start : found.end] if found.start >= 0 else "") == words


def test_a_language_is_english_or_not_known() -> None:
    assert language("The navies of the two states met in the bay.") == "en"
    assert language("Die Fregatten der Marine trafen sich am Montag in der Bucht.") == "und"
    assert language("") == "und"
    assert language("Rui Costa visited Chile and Peru.") == "en"
    assert language("Rui Costa besuchte Chile.") == "und"
