"""Edits of a source: what they leave alone, and the diff that shows them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.text.edits import Edit, EditConflictError, apply, apply_bytes, in_order, unified_diff

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
_TEXTS = st.text("ab\u00e9\U0001f6a2\r\n", max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Draw a text and edits of it that do not overlap."""
    text = draw(_TEXTS)
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [
        Edit(start, end, draw(st.text("xy\n", max_size=4)))
        for start, end in zip(bounds[::2], bounds[1::2], strict=False)
    ]
    return text, edits


def patched(text: str, diff: list[str]) -> str:
    """Apply a unified diff as `patch` does, and hold each of its lines to the text."""
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    done: list[str] = []
    at = 0
    assert not diff or diff[:2] == ["--- n\n", "+++ n\n"]
    for piece in diff[2:]:
        if hunk := _HUNK.fullmatch(piece):
            old, new = int(hunk[1]) - (hunk[2] != "0"), int(hunk[3]) - (hunk[4] != "0")
            done += lines[at:old]
            at = old
            assert new == len(done)
            continue
        mark, line = piece[0], piece[1:].removesuffix("\n\\ No newline at end of file\n")
        if mark in " -":
            assert lines[at] == line
            at += 1
        if mark in " +":
            done.append(line)
    return "".join(done + lines[at:])


def test_edits_stand_in_the_order_of_the_text_and_of_their_giving() -> None:
    edits = [Edit(4, 6, "z"), Edit(0, 1, ""), Edit(4, 4, "b"), Edit(4, 4, "a"), Edit(0, 1, "")]
    assert in_order(edits) == [
        Edit(0, 1, ""), Edit(4, 4, "b"), Edit(4, 4, "a"), Edit(4, 6, "z"),
    ]  # fmt: skip
    assert apply("0123456", edits) == "123baz6"


@pytest.mark.parametrize("other", [Edit(1, 2, ""), Edit(2, 2, "x"), Edit(1, 3, "y")])
def test_edits_that_overlap_are_refused(other: Edit) -> None:
    with pytest.raises(EditConflictError) as caught:
        apply("abcd", [other, Edit(1, 3, "")])
    assert {caught.value.first, caught.value.second} == {other, Edit(1, 3, "")}


def test_edits_side_by_side_do_not_overlap() -> None:
    assert apply("abcd", [Edit(1, 2, "x"), Edit(2, 3, "y"), Edit(3, 3, "z")]) == "axyzd"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_keep_their_mark_and_line_ends(mark: bytes, end: bytes) -> None:
    data = mark + "é = 1".encode() + end + "\U0001f6a2 = 2".encode() + end
    line = 6 if len(end) == 1 else 7
    found = apply_bytes(data, [Edit(4, 5, "3\n4"), Edit(line + 4, line + 5, "\u2603")])
    expected = "é = 3".encode() + end + b"4" + end + "\U0001f6a2 = \u2603".encode() + end
    assert found == mark + expected


def test_line_ends_that_are_mixed_stay() -> None:
    data = b"a\r\nb\r\nc\nd\re"
    assert apply_bytes(data, [Edit(8, 8, "x\n")]) == b"a\r\nb\r\nc\nx\r\nd\re"
    assert apply_bytes(data, [Edit(8, 9, "x\r\n")]) == b"a\r\nb\r\nc\nx\r\n\re"
    assert apply_bytes(data, []) == data


def test_a_diff_shows_three_lines_around() -> None:
    text = "".join(f"{number}\n" for number in range(1, 21))
    edits = [
        Edit(text.index("5\n"), text.index("5\n") + 1, "five"),
        Edit(len(text), len(text), "21\n"),
    ]
    assert "".join(unified_diff("n", text, edits)) == (
        "--- n\n+++ n\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        "@@ -18,3 +18,4 @@\n 18\n 19\n 20\n+21\n"
    )


def test_a_diff_of_nothing_is_empty() -> None:
    assert (
        list(unified_diff("n", "a\n", []))
        == list(unified_diff("n", "a\n", [Edit(0, 1, "a")]))
        == []
    )
    assert list(unified_diff("n", "", [])) == []


@given(edited())
def test_a_diff_makes_of_the_text_what_the_edits_make(given: tuple[str, list[Edit]]) -> None:
    text, edits = given
    assert patched(text, list(unified_diff("n", text, edits))) == apply(text, edits)


@given(_TEXTS, _TEXTS)
def test_one_edit_may_replace_all(before: str, after: str) -> None:
    whole = [Edit(0, len(before), after)]
    assert patched(before, list(unified_diff("n", before, whole))) == apply(before, whole)


@given(edited(), st.booleans())
def test_all_else_stays_byte_for_byte(given: tuple[str, list[Edit]], mark: bool) -> None:
    text, edits = given
    data = b"\xef\xbb\xbf" * mark + text.encode()
    found = apply_bytes(data, edits)
    assert found.startswith(b"\xef\xbb\xbf") == mark
    kept = [
        text[a.end : b.start] for a, b in zip(in_order(edits), in_order(edits)[1:], strict=False)
    ]
    assert all(piece.encode() in found for piece in kept)
