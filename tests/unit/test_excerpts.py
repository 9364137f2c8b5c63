"""What the source line and its underline look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.cli._layout import table
from passex.text.excerpts import WIDTH, excerpt, visible, width
from passex.text.places import Place


def shown(source: str, start: int, end: int, lines: int = 0) -> tuple[str, str]:
    """Columns count from 0 here, as in a slice."""
    return excerpt(Place("a.ttl", 1, start + 1, 1 + lines, end + 1, source))


@pytest.mark.parametrize(
    ("source", "start", "end", "expected"),
    [
        ("id:x a nr:X .", 7, 11, ("id:x a nr:X .", "       ^^^^")),
        # Nothing is there: the end of the line, an empty span, a place behind the line.
        ("id:x", 4, 4, ("id:x", "    ^")),
        ("id:x a", 5, 5, ("id:x a", "     ^")),
        ("id:x", 9, 12, ("id:x", "    ^")),
        ("", 0, 0, ("", "^")),
        # Tabs reach to the next stop, also under the span.
        ("a\tb\tc", 4, 5, ("a   b   c", "        ^")),
        ("\t\tx", 1, 3, ("        x", "    ^^^^^")),
        # Wide characters, combining marks, and an emoji.
        ("海上 x", 3, 4, ("海上 x", "     ^")),
        ("海上 x", 0, 2, ("海上 x", "^^^^")),
        ("e\u0301e\u0301 x", 5, 6, ("e\u0301e\u0301 x", "   ^")),
        ("e\u0301x", 1, 2, ("e\u0301x", " ^")),
        ("🚢 x", 2, 3, ("🚢 x", "   ^")),
        # What steers a terminal is shown by a picture.
        ("\x1b[1m\x7f\x9b\u202ex", 7, 8, ("␛[1m␡\ufffd\ufffdx", "       ^")),
    ],
)
def test_short_lines(source: str, start: int, end: int, expected: tuple[str, str]) -> None:
    assert shown(source, start, end) == expected


def test_a_span_of_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    assert shown('id:x """a', 5, 1, lines=2) == ('id:x """a', "     ^^^^")


def test_a_line_that_just_fits() -> None:
    assert shown("x" * WIDTH, 98, 100) == ("x" * WIDTH, " " * 98 + "^^")


def test_a_long_line_is_seen_through_a_window() -> None:
    long = "a" * 500 + "HERE" + "b" * 500
    line, under = shown(long, 500, 504)
    assert line == "…" + "a" * 40 + "HERE" + "b" * 54 + "…"
    assert under == " " * 41 + "^^^^"
    assert len(line) == WIDTH


def test_a_window_at_either_end() -> None:
    assert shown("HERE" + "b" * 500, 0, 4) == ("HERE" + "b" * 94 + "…", "^^^^")
    assert shown("a" * 500 + "HERE", 500, 504) == ("…" + "a" * 40 + "HERE", " " * 41 + "^^^^")


def test_a_long_span_ends_with_the_window() -> None:
    line, under = shown("a" * 500, 10, 490)
    assert (line, under) == ("a" * 98 + "…", " " * 10 + "^" * 88)


def test_a_window_of_wide_characters_and_marks() -> None:
    line, under = shown("海" * 300, 150, 151)
    assert (line, under) == ("…" + "海" * 49 + "…", " " * 41 + "^^")
    # A mark is never parted from the letter that it stands on.
    line, under = shown("e\u0301" * 300, 300, 302)
    assert line == "…" + "e\u0301" * 98 + "…"
    assert under == " " * 42 + "^"


def test_text_that_is_plain_stays() -> None:
    assert visible("Québec 海 🚢") == "Québec 海 🚢"
    assert visible("a\tb\nc\u2066") == "a␉b␊c\ufffd"


@given(st.text(st.sampled_from("a\x00\x1b\x7f\x9b\u200e\u2028\u202e\u2066\ufeff海e\u0301\u200d")))
def test_a_text_is_as_wide_as_what_is_shown_of_it(text: str) -> None:
    assert width(text) == width(visible(text))


def test_columns_stand_below_each_other_whatever_turns_the_direction() -> None:
    rows = [["Per\u202ehaps", "1"], ["Surely so", "2"], ["\u2067\u2069", "3"]]
    lines = [visible(line) for line in table(["plan", "n"], rows)]
    assert lines == ["plan       n", "Per\ufffdhaps   1", "Surely so  2", "\ufffd\ufffd         3"]
