"""Words, sentences, and places inside of words."""

from __future__ import annotations

import pytest

from passex.text.words import is_inside, sentence, sentence_at


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("of men", [False, True, False, False, True, True, False]),
        ("3,5 a", [False, True, True, False, False, False]),
        ("Korea's", [False, True, True, True, True, False, False, False]),
        ("e\u0301t", [False, True, True, False]),
        ("\U0001f1ef\U0001f1f5\U0001f1fa\U0001f1f8", [False, True, False, True, False]),
        ("\U0001f44d\U0001f3fd", [False, True, False]),
        ("\u6771\u4eac", [False, False, False]),
        ("F35 up", [False, True, True, False, False, True, False]),
        # A soft hyphen, a joiner of Persian, and a mark of direction behind a word.
        ("x\u00adly", [False, True, True, True, False]),
        ("\u0645\u06cc\u200c\u062e", [False, True, True, True, False]),
        ("\u05e9\u05dc\u200e.", [False, True, False, False, False]),
        ("a\u200bb", [False, False, False, False]),
        # An underscore within a name, and as a sign of emphasis.
        ("co_op", [False, True, True, True, True, False]),
        ("a _x_ b", [False] * 8),
        # The flag of Wales begins like this.
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", [False, True, True, True, False]),
    ],
)
def test_places_inside_of_words(text: str, inside: list[bool]) -> None:
    assert [is_inside(text, at) for at in range(len(text) + 1)] == inside


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("One two.", "two", ("One ", "two", ".")),
        ("A. Bee sea! D", "sea", ("A. Bee ", "sea", "!")),
        ("First line\nsecond line\nthird", "second", ("", "second", " line")),
        ('He said "yes." She left.', "left", ("She ", "left", ".")),
        ("ends. in two. parts", "ends. in", ("", "ends. in", " two.")),
        ("at 2.5 knots", "knots", ("at 2.5 ", "knots", "")),
    ],
)
def test_sentence(text: str, anchor: str, expected: tuple[str, str, str]) -> None:
    start = text.index(anchor)
    assert sentence(text, start, start + len(anchor)) == expected


def test_a_sentence_without_an_end_is_cut() -> None:
    assert sentence_at("a " * 5000, 4000, 4001) == (2000, 6001)
