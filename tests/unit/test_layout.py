from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passex.cli import _layout
from passex.text.excerpts import width

LINE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60)


def on(columns: int | None, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(_layout, "room", lambda: columns)


@given(LINE, st.integers(2, 30))
def test_broken_lines_fit_and_lose_nothing(text: str, space: int) -> None:
    lines = _layout.broken(text, space)
    assert all(width(line) <= space for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(LINE, st.integers(10, 30))
@example(" 000000⺀", 10)
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        on(columns, patch)
        lines = _layout.wrap(text, "- ", "  ")
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines)[2:].replace(" ", "") == text.replace(" ", "")


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(LINE, min_size=n, max_size=n), min_size=1, max_size=4)
    ),
    st.integers(40, 90),
)
def test_tables_fit_and_lose_nothing(rows: list[list[str]], columns: int) -> None:
    header = [f"c{i}" for i in range(len(rows[0]))]
    with pytest.MonkeyPatch.context() as patch:
        on(columns, patch)
        lines = _layout.table(header, rows)
    assert all(width(line) <= columns for line in lines)
    shown = sorted("".join(lines).replace(" ", ""))
    for character in set("".join(map("".join, rows)).replace(" ", "")):
        assert shown.count(character) >= "".join(map("".join, rows)).count(character)


def test_what_is_piped_is_one_line_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    on(None, monkeypatch)
    assert _layout.table(["a", "n"], [["x" * 300, "1"]], [1]) == [
        "a" + " " * 301 + "n",
        "x" * 300 + "  1",
    ]


def test_wide_characters_and_numbers_on_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    on(40, monkeypatch)
    name = "\N{CJK UNIFIED IDEOGRAPH-65E5}" * 22
    assert _layout.table(["name", "n"], [[name, "10"]], [1]) == [
        "name                                   n",
        name[:18] + "  10",
        name[18:],
    ]
