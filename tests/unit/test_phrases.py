"""Where phrases stand in a text, however it writes them, and what is near to them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.text.alike import windows
from passex.text.phrases import FoldedText


def found(text: str, phrase: str) -> list[str]:
    return [text[slice(*span)] for span in FoldedText(text).places(phrase)]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("two navies met", "navies", ["navies"]),
        # Inside of words only where it is nowhere else; places may overlap.
        ("women, men", "men", ["men"]),
        ("aaa", "aa", ["aa", "aa"]),
        # Space and line breaks of any kind, also around the phrase.
        ("two \n\t navies", "two navies", ["two \n\t navies"]),
        ("two navies", " two\u00a0 navies\n", ["two navies"]),
        ("two\u2009\u200b navies", "two navies", ["two\u2009\u200b navies"]),
        # Quotation marks and apostrophes.
        ("Japan\u2019s \u201cown\u201d", "Japan's \"own\"", ["Japan\u2019s \u201cown\u201d"]),
        ("\u00abLumen\u00bb `s", "\"Lumen\" \u2018s", ["\u00abLumen\u00bb `s"]),
        # Dashes and hyphens, ellipses.
        ("2018\u20132019 \u2014 U.S.\u2011led", "2018-2019 -- U.S.-led", None),
        ("wait\u2026 what", "wait... what", None),
        ("wait\u2026 what", "wait..", []),
        # What nobody sees.
        ("exer\u00adcise\ufeff Lu\u200dmen", "exercise Lumen", None),
        ("exercise", "exer\u00adcise", ["exercise"]),
        ("men\u00ad met", "men", ["men"]),
        ("\u2693\ufe0f at sea", "\u2693 at", ["\u2693\ufe0f at"]),
        # Accents in one character or two, in any order; ligatures, widths, Hangul.
        ("caf\u00e9 cafe\u0301", "caf\u00e9", ["caf\u00e9", "cafe\u0301"]),
        ("caf\u00e9 cafe\u0301", "cafe\u0301", ["caf\u00e9", "cafe\u0301"]),
        ("caf\u00e9 cafe\u0301", "cafe", []),
        ("e\u0301 ", "\u0301", []),
        ("\u1ec7 e\u0323\u0302", "\u1ec7", ["\u1ec7", "e\u0323\u0302"]),
        ("\u1ec7 e\u0302\u0323", "e\u0302\u0323", ["\u1ec7", "e\u0302\u0323"]),
        ("e\u0302\u0323", "\u1ec7", None),
        ("\u0302\u0323", "\u0323\u0302", None),
        ("of\ufb01ce \uff11\uff12", "office 12", None),
        ("of\ufb01ce", "of", ["of"]),
        ("of\ufb01ce", "off", []),
        ("of\ufb01ce", "i", []),
        ("\ud55c\uad6d", unicodedata.normalize("NFD", "\ud55c\uad6d"), ["\ud55c\uad6d"]),
        # Case counts, and so does what stands between words.
        ("Two navies", "two navies", []),
        ("two, navies", "two navies", []),
        ("two navies", "twonavies", []),
        ("two navies", "", []),
        ("two navies", " \u200b", []),
        ("", "two", []),
        ("- - -", "-", ["-", "-", "-"]),
    ],
)  # fmt: skip
def test_places(text: str, phrase: str, expected: list[str] | None) -> None:
    assert found(text, phrase) == ([text] if expected is None else expected)


SIGNS = "aeéü\u0301\u0323 \n\u00a0-\u2014\u2019'\"\u201d\u00ad\u200bﬁßİ한\U0001f44d…"


@given(st.text(SIGNS, min_size=1), st.text(SIGNS), st.text(SIGNS))
def test_what_stands_between_two_words_is_found_in_every_form(
    phrase: str, before: str, after: str
) -> None:
    text = f"{before} |{phrase}| {after}"
    start = len(before) + 1
    wanted = start, start + len(phrase) + 2
    for form in ("NFC", "NFD"):
        straight = unicodedata.normalize(form, f"|{phrase}|").replace("\u2019", "'")
        assert wanted in FoldedText(text).places(straight)


@given(st.text(SIGNS), st.text(SIGNS, min_size=1))
def test_what_is_found_is_the_phrase_in_another_form(text: str, phrase: str) -> None:
    def plain(written: str) -> str:
        """As the finder reads it, in another way: whole strings, one step after the other."""
        for marks, sign in (
            ("\u2019", "'"),
            ("\u201d", '"'),
            ("\u2014", "-"),
            ("\u00ad\u200b", ""),
        ):
            for mark in marks:
                written = written.replace(mark, sign)
        written = " ".join(unicodedata.normalize("NFKD", written).split())
        while "--" in written:
            written = written.replace("--", "-")
        return written

    for start, end in FoldedText(text).places(phrase):
        assert plain(text[start:end]) == plain(phrase)


@pytest.mark.parametrize(
    ("phrase", "near"),
    [
        ("TWO NAVIES", ["two navies"]),
        ("LYR", ["Lyr"]),
        ("Navies of lyr", ["navies of Lyr"]),
        ("\u00e9cole NAVALE", ["\u00c9cole navale"]),
        # A word misspelt, left out, put in, taken for another, in the middle and at either end.
        ("two navvies trained", ["two navies trained"]),
        ("navies off Port Lumen", ["navies trained off Port Lumen"]),
        ("navies trained together off Port", ["navies trained off Port"]),
        ("two navies exercised off Port Lumen", ["two navies trained off Port Lumen"]),
        ("the three navies trained", ["The two navies trained"]),
        ("seven navies trained off", ["two navies trained off"]),
        ("navies trained off Port Ambra", ["navies trained off Port Lumen"]),
        # The same words with other signs between them.
        ("two navies, trained", ["two navies trained"]),
        ("anti-submarine drill", ["anti-\nsubmarine drill"]),
        # Not enough of it is there.
        ("the six", []),
        ("the admiral", []),
        ("some other thing", []),
        ("xx", []),
    ],
)
def test_what_is_near(phrase: str, near: list[str]) -> None:
    text = "The two navies trained off Port Lumen. Lyrans and navies of Lyr held an "
    text += "anti-\nsubmarine drill. \u00c9cole navale."
    places = FoldedText(text).nearest(phrase)
    assert [text[slice(*span)] for span in places] == near


@pytest.mark.parametrize(
    ("phrase", "near"),
    [
        # Not across the end of a sentence or of a line, but where a sentence goes on.
        ("Lyr denied search", ["Lyr denied"]),
        ("three navies took part", ["three navies"]),
        ("drill off Lyrr Marn", ["drill off Lyr"]),
        ("saw those navies", ["saw the\nnavies"]),
        # Most words in common, and then as long as the phrase.
        ("the Royal Navy", ["the Royal Lorinian Navy"]),
        ("two Marnian ships", ["Two Marnian coast guard ships"]),
    ],
)
def test_what_is_near_is_of_one_sentence(phrase: str, near: list[str]) -> None:
    text = "A drill off Lyr\nMARN - Two Marnian coast guard ships came, as Lyr denied.\n"
    text += "Search of the Royal Lorinian Navy. It has three navies.\nCommodore Bo saw the\nnavies."
    places = FoldedText(text).nearest(phrase)
    assert [text[slice(*span)] for span in places] == near


def test_near_places_are_the_best_ones_and_three_at_most() -> None:
    text = "two ships, two navies, two navys, two ships, two ships, two ships"
    assert FoldedText(text).nearest("two shipps") == ((0, 9), (34, 43), (45, 54))
    assert windows(["two", "shipps"], ["two", "ships"] * 2) == [(0, 1), (2, 3)]
    # What is the same is nearer than what is like it; none overlaps with another.
    text = "all navvies met here, all navies met there"
    assert FoldedText(text).nearest("six navies met") == ((22, 36),)
    assert windows(["alpha", "beta", "gam"], ["alpha", "beta"] * 2 + ["x"]) == [(0, 2)]
    assert windows([], ["two"]) == windows(["two"], []) == []


def test_words_that_a_text_lacks() -> None:
    text = FoldedText("The caf\u00e9s of Lyr\u2019s navy, \u00c9tats")
    assert text.lacking("\u00e9tats CAFE\u0301S of Lyr's fleet, fleet and Navy") == ("fleet", "and")


@given(st.text("ab cé\n"), st.text("ab cé\n", min_size=1))
def test_what_is_near_lies_in_the_text(text: str, phrase: str) -> None:
    for start, end in FoldedText(text).nearest(phrase):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
