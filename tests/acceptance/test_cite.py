"""`passex cite`: lines on standard output, and all that is said on standard error."""

from __future__ import annotations

import hashlib
import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from passex.cli import cli

TEXT = """Portugal and Chile drill off Madeira

LISBON, 5 June 2031 - The navies of Portugal and Chile began a drill named Salt Road
on Monday. Portugal\u2019s frigate Aurora takes part.
It is the third Salt Road, and Norway has sent observers.
"""


def line(words: str, nth: int = 0) -> str:
    """The line of words that stand in the text, the first time or a later one."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    written = words.replace("\n", "\\n")
    return f'<#char={start},{start + len(words)}> oa:exact "{written}" .\n'


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("salt.txt").write_text(TEXT, encoding="utf-8")
    return "salt.txt"


def run(*arguments: str, given: bytes | None = None) -> tuple[int, str, str]:
    result: Result = CliRunner().invoke(cli, ["cite", *arguments], given)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_line_and_its_sentence(path: str) -> None:
    assert run(path, "sent observers", "Portugal's  frigate Aurora") == (
        0,
        line("sent observers") + line("Portugal\u2019s frigate Aurora"),
        "  line 5: It is the third Salt Road, and Norway has [sent observers].\n"
        "  line 4: [Portugal\u2019s frigate Aurora] takes part.\n"
        'passex: the text has "Portugal\u2019s frigate Aurora" for "Portugal\'s frigate Aurora"\n',
    )


def test_across_lines(path: str) -> None:
    code, out, _ = run(path, "Salt Road on Monday")
    assert (code, out) == (0, line("Salt Road\non Monday"))


def test_more_than_one_place(path: str) -> None:
    assert run(path, "Salt Road", "third") == (
        1,
        line("third"),
        'passex: "Salt Road" stands 2 times; give more words, --nth or --all\n'
        "  1  line 3: LISBON, 5 June 2031 - The navies of Portugal and Chile began a drill named "
        "[Salt Road]\n"
        '     only here: "named Salt Road"\n'
        "  2  line 5: It is the third [Salt Road], and Norway has sent observers.\n"
        '     only here: "Salt Road, and"\n'
        "  line 5: It is the [third] Salt Road, and Norway has sent observers.\n",
    )


def test_all_places_or_one(path: str) -> None:
    lines = [line("Salt Road"), line("Salt Road", 1)]
    assert run(path, "Salt Road", "--all")[:2] == (0, "".join(lines))
    for number in (1, 2):
        assert run(path, "Salt Road", "--nth", str(number))[:2] == (0, lines[number - 1])
    code, out, err = run(path, "Salt Road", "--nth", "3")
    assert (code, out) == (1, "")
    assert err.startswith('passex: "Salt Road" stands 2 times, and --nth asks for 3\n  1  line 3: ')
    assert run(path, "third", "--nth", "2")[2].startswith(
        'passex: "third" stands 1 time, and --nth asks for 2\n'
    )


def test_many_places(path: str) -> None:
    Path(path).write_text("navy " * 30, encoding="utf-8")
    code, out, err = run(path, "navy")
    assert (code, out, err.count("[navy]")) == (1, "", 20)
    assert err.endswith("  10 more (--all)\n")
    assert run(path, "navy", "--all")[1].count("\n") == 30


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (
            "the navies of Peru",
            'did you mean "The navies of Portugal"?\n'
            "  line 3: LISBON, 5 June 2031 - [The navies of Portugal] and Chile began a drill "
            "named Salt Road\n",
        ),
        ("warship sank", 'it has nowhere "warship", "sank"\n'),
        ("drill observers Monday", "it has the words, and not together\n"),
    ],
)
def test_what_is_not_there(path: str, phrase: str, said: str) -> None:
    expected = f'passex: the text does not have "{phrase}"; {said}'
    assert run(path, phrase) == (1, "", expected)


def test_what_an_anchor_should_not_be(path: str) -> None:
    code, out, err = run(path, "avies of Portugal")
    assert (code, out) == (0, '<#char=65,82> oa:exact "avies of Portugal" .\n')
    assert err.splitlines()[1:] == [
        'passex: The anchor begins inside a word; quote "navies of Portugal": <#char=64,82>'
    ]
    _, _, err = run(path, TEXT.splitlines()[4])
    assert err.splitlines()[1:] == [
        "passex: The anchor has 11 words, where hyphens and dashes part them; quote the 8 that "
        "carry the fact, or fewer",
        "passex: The anchor ends with a full stop; quote it without",
    ]


def test_the_head_of_the_file(path: str) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    head = f'nr:sha256 "{digest}" ; nr:textLength {len(TEXT)} ;\n'
    assert run(path) == (0, head, "")
    windows = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert run("-", given=windows) == (0, head, "")


def test_json(path: str) -> None:
    code, out, err = run(path, "Salt Road", "named  Salt", "warship", "--format", "json")
    assert (code, err) == (1, "")
    answer = json.loads(out)
    assert answer["length"] == len(TEXT)
    assert answer["phrases"][1:] == [
        {
            "phrase": "named  Salt",
            "quotes": [
                {
                    "start": TEXT.index("named"),
                    "end": TEXT.index(" Road\n"),
                    "exact": "named Salt",
                    "line": 3,
                    "sentence": [
                        "LISBON, 5 June 2031 - The navies of Portugal and Chile began a drill ",
                        "named Salt",
                        " Road",
                    ],
                    "turtle": line("named Salt").rstrip(),
                    "unique": None,
                    "faults": [],
                }
            ],
            "near": [],
            "lacking": [],
        },
        {"phrase": "warship", "quotes": [], "near": [], "lacking": ["warship"]},
    ]
    assert [q["unique"] for q in answer["phrases"][0]["quotes"]] == [
        "named Salt Road",
        "Salt Road, and",
    ]
    assert run(path, "Salt Road", "--all", "--format", "json")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("nowhere.txt x", "nowhere.txt: no such file; give the article's text"),
        (". x", ".: cannot be read (Is a directory); give a text file"),
        ("salt.txt ''", "no phrase to look for; give some words of the text"),
        ("salt.txt x --all --nth 1", "--all and --nth both choose places; give one of them"),
        ("salt.txt x y --nth 1", "--nth is for one phrase; give one phrase at a time"),
        ("salt.txt --nth 1", "--nth is for one phrase; give one phrase at a time"),
    ],
)
def test_what_cannot_be_done(path: str, arguments: str, said: str) -> None:
    assert run(*shlex.split(arguments)) == (2, "", f"passex: {said}\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"\xff\xfe", "not UTF-8 at byte 0; save it as UTF-8, as plain text"),
        (b" \n", "no text in it; give the article's text"),
    ],
)
def test_what_is_no_text(given: bytes, said: str) -> None:
    assert run("-", "x", given=given) == (2, "", f"passex: standard input: {said}\n")


def test_a_text_cannot_steer_the_terminal(path: str) -> None:
    Path(path).write_text("One \x1b[31m navy \u202e met", encoding="utf-8")
    code, out, err = run(path, "One \x1b[31m navy")
    assert (code, out) == (0, '<#char=0,14> oa:exact "One \\u001B[31m navy" .\n')
    assert err == "  line 1: [One \u241b[31m navy] \ufffd met\n"
