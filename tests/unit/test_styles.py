from __future__ import annotations

import io

import pytest

from passex.text import styles

SAYS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("given", "pipe", "terminal"),
    [
        ({}, False, True),
        ({"NO_COLOR": ""}, False, True),
        ({"NO_COLOR": "1"}, False, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "0"}, False, True),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
    ids=str,
)
def test_where_there_is_colour(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], pipe: bool, terminal: bool
) -> None:
    for name in SAYS:
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert styles.is_coloured(io.StringIO()) is pipe
    assert styles.is_coloured(Terminal()) is terminal


def test_marks_take_no_room_and_become_styles() -> None:
    text = f"a {styles.mark('b c', 'strong')} d {styles.mark('', 'dim')}"
    assert styles.unmarked(text) == "a b c d "
    assert styles.painted(text) == "a \x1b[1mb c\x1b[0m d "
    lines = styles.closed(text.split(" "))
    assert [styles.painted(line) for line in lines] == [
        *("a", "\x1b[1mb\x1b[0m", "\x1b[1mc\x1b[0m", "d", "")
    ]


def test_every_style_is_one_of_click() -> None:
    for name in styles.STYLES:
        assert styles.paint("x", name).endswith("mx\x1b[0m")
        assert styles.painted(styles.mark("x", name)) == styles.paint("x", name)
