"""Citations: each place of a phrase, and how it is told from the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import passex
from passex.curation.citing import CitedText
from passex.errors import InputError, QueryError

TEXT = """Salt Road begins

LISBON - The navies of Portugal and Chile began Salt Road on Monday.
Salt Road is Portugal\u2019s\u00a0own. Norway sent observers. Norway sent observers.
"""


def unique(phrase: str, text: str = TEXT) -> list[str | None]:
    return [quote.unique for quote in CitedText(text).cite(phrase).quotes]


def test_a_place_and_all_that_is_known_of_it() -> None:
    citation = CitedText(TEXT).cite("Portugal's own")
    [quote] = citation.quotes
    assert (citation.near, citation.lacking) == ((), ())
    assert (quote.start, quote.end, quote.line) == (100, 114, 4)
    assert quote.exact == TEXT[100:114] == "Portugal\u2019s\u00a0own"
    assert quote.sentence == ("Salt Road is ", quote.exact, ".")
    assert quote.turtle == '<#char=100,114> oa:exact "Portugal\u2019s\\u00A0own" .'
    assert (quote.unique, quote.faults) == (None, ())


def test_a_longer_phrase_tells_a_place_from_others() -> None:
    # What follows is tried before what leads up to a place, one word before two.
    assert unique("Salt Road") == ["Salt Road begins", "Salt Road on", "Salt Road is"]
    assert unique("Portugal") == ["Portugal and", "Portugal\u2019s"]
    assert unique("and Chile") == [None]
    # Part of a word is no other place of a word.
    assert unique("Lyr", "In Lyr men. In Lyr menus.") == ["Lyr men", "Lyr menus"]
    assert unique("two", "One two three. Four two five.") == ["two three", "two five"]
    assert unique("two", "One two. Three two.") == ["One two", "Three two"]


def test_what_stands_twice_in_one_way_is_told_apart_by_nothing() -> None:
    assert unique("sent observers") == [None, None]


def test_a_longer_phrase_has_eight_words_at_most() -> None:
    text = "a b c d e f g h one. a b c d e f g h two."
    assert unique("a b", text) == [None, None]
    assert unique("b c", text) == ["b c d e f g h one", "b c d e f g h two"]


def test_what_a_text_has_instead() -> None:
    citation = CitedText(TEXT).cite("the navies of Portugal and Peru")
    assert [quote.exact for quote in citation.near] == ["The navies of Portugal and Chile"]
    assert (citation.quotes, citation.lacking) == ((), ("peru",))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("", "no phrase to look for; give some words of the text"),
        (" \n", "no phrase to look for; give some words of the text"),
        ("Road \udcff", "the phrase has half a character; type it in UTF-8"),
    ],
)
def test_what_is_no_phrase(phrase: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        CitedText(TEXT).cite(phrase)
    assert str(error.value) == said


def test_from_python(tmp_path: Path) -> None:
    path = tmp_path / "salt.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    one, two = passex.cite(path, "own", "Salt Road")
    assert one == CitedText(TEXT).cite("own")
    assert len(two.quotes) == 3
    assert passex.cite(str(path), "own") == passex.cite(TEXT.encode(), "own") == (one,)
    with pytest.raises(InputError, match=r"nowhere.txt: no such file"):
        passex.cite("nowhere.txt", "own")
    with pytest.raises(QueryError, match="7 is not a phrase"):
        passex.cite(path, 7)  # type: ignore[arg-type]


@given(st.text("ab. \n\u00a0", max_size=40), st.text("ab ", min_size=1, max_size=3))
def test_places_are_exact_and_longer_phrases_stand_once(text: str, phrase: str) -> None:
    if not phrase.strip():
        return
    cited = CitedText(text)
    for quote in cited.cite(phrase).quotes:
        assert text[quote.start : quote.end] == quote.exact
        assert "".join(quote.sentence) in text
        if quote.unique is not None:
            assert phrase.strip() in " ".join(quote.unique.split())
            assert len(cited.cite(quote.unique).quotes) == 1
