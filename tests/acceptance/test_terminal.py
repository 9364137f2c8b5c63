"""What a terminal shows, narrow and wide: all of it, and nothing beyond its edge."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from passex.text.excerpts import width

if sys.platform == "win32":
    pytest.skip("no terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

AZURE = str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")
VALID = str(Path(__file__).resolve().parents[1] / "shapes" / "valid.ttl")
NETWORK = ("network", "--data", AZURE, "--level", "state")
BOUNDS = ("earliest", "latest")
COMMANDS = {
    "ask": ("ask", "partners", "Azure", "--data", AZURE),
    "questions": ("ask",),
    "network": (*NETWORK, "--include", "held,under-way,planned"),
    "three columns": (*NETWORK, "--include", "held"),
    "show": ("show", "JS Kashima"),
    "kinds": ("kinds", "ship"),
    "stats": ("stats",),
    "why": ("why", "JMSDF", "SNMG2"),
    "long names": ("ask", "exercises"),
}
#: The line with the names of the columns, where it is not the first.
TITLE = {"network": 9, "three columns": 2}


#: What has a say in whether there is colour, and progress.
SAYS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI")


def environment(**given: str) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", *SAYS)}
    return {**own, "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **given}


def on_terminal(
    columns: int, *arguments: str, during: Callable[[], None] | None = None, **given: str
) -> str:
    """Run a command on a terminal of its own, of so many columns; without colour by default.

    It says nothing of how long it takes, unless it is told that this is no robot's terminal.
    """
    given = {"CI": "1", **(given or {"NO_COLOR": "1"})}
    try:
        ours, theirs = pty.openpty()
    except OSError:  # a container without /dev/pts
        pytest.skip("there is no pseudo-terminal here")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "passex", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**given),
    )
    os.close(theirs)
    if during is not None:
        during()
    data = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        data += more
    os.close(ours)
    assert process.wait() == 0
    return data.decode().replace("\r\n", "\n")


@cache
def piped(*arguments: str, **given: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "passex", *arguments],
        capture_output=True,
        check=True,
        env=environment(**given),
    )
    return done.stdout.decode()


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", [60, 200])
def test_it_fits_and_nothing_is_lost(name: str, columns: int) -> None:
    shown = on_terminal(columns, *COMMANDS[name])
    plain = piped(*COMMANDS[name])
    assert max(map(width, shown.splitlines())) <= columns
    words, all_words = Counter(shown.split()), Counter(plain.split())
    # A list says the names of the columns with a colon, and in every row.
    assert all_words - words <= Counter(plain.splitlines()[TITLE.get(name, 0)].split())
    if max(map(width, plain.splitlines())) <= columns:
        assert shown == plain


def _even(line: str) -> str:
    """Put two spaces between cells, however wide their columns are."""
    return re.sub(" {2,}", "  ", line)


def test_cells_are_broken_between_words() -> None:
    lines = on_terminal(100, *COMMANDS["ask"]).splitlines()[:5]
    assert [line.split("  ") for line in map(_even, lines)] == [
        ["partner", "level", "basis", "domain", "exercise", "status", "reported", *BOUNDS],
        ["Umber", "state", "stated", "air", "Air week", "held"],
        ["Cobalt", "state", "stated", "naval", "Three-way", "under way"],
        ["", "drill", "when"],
        ["", "reported"],
    ]


def test_too_many_columns_are_a_list() -> None:
    assert on_terminal(60, *COMMANDS["network"]).splitlines()[:22] == [
        "Who trains with whom: state level; exercises held and under",
        "  way, and plans not yet realised; naval domain",
        "",
        "3 actors, 3 ties, density 1.000; centralities in this",
        "  network:",
        "actor   degree  strength  betweenness",
        "Cobalt       2     4.000        1.000",
        "Azure        2     3.000        0.000",
        "Umber        2     2.000        0.000",
        "With Newman's weights an actor's strength is the number of",
        "  its exercises or plans of two or more parties (Newman",
        "  2001).",
        "",
        "actor: Azure",
        "actor: Cobalt",
        "exercises: 3",
        "weight: 2.50",
        "plans: 0",
        "plan weight: 0.00",
        "basis: stated",
        "sources: 1",
        "",
    ]


@pytest.mark.parametrize("columns", [60, 200])
def test_what_programs_read_is_never_broken(columns: int) -> None:
    arguments = ("why", "Azure Navy", "Cobalt Navy", "--data", AZURE, "--format", "tsv")
    assert on_terminal(columns, *arguments) == piped(*arguments)


def plain(text: str) -> str:
    return re.sub("\x1b\\[[0-9]+m", "", text)


@pytest.mark.parametrize("name", ["network", "show", "why"])
def test_colour_changes_nothing_but_colours(name: str) -> None:
    coloured = on_terminal(60, *COMMANDS[name], CLICOLOR="1")
    assert plain(coloured) == on_terminal(60, *COMMANDS[name])
    for line in coloured.splitlines():
        # A style ends where its line does.
        assert re.fullmatch("(?:[^\x1b]|(?:\x1b\\[[0-9]+m)+[^\x1b]+\x1b\\[0m)*", line), repr(line)


def test_names_status_and_provenance_have_styles_of_their_own() -> None:
    lines = on_terminal(200, *COMMANDS["why"], CLICOLOR="1").splitlines()
    assert lines[2:5] == [
        "1. \x1b[1mThe JMSDF training squadron and HMCS Ville de Québec sailing together off Spain"
        ", August 2018\x1b[0m (exercise, \x1b[32mheld\x1b[0m; naval)",
        "   when: 2018-08-01 to 2018-08-20 ('earlier this month'; from outside knowledge)",
        "   named: HMCS Ville de Québec, JMSDF Training Squadron",
    ]
    assert "\x1b[2m(Article on the passing exercise, 2018, body " in "\n".join(lines)
    asked = on_terminal(100, *COMMANDS["ask"], CLICOLOR="1").splitlines()[:3]
    header = ("partner", "level", "basis", "domain", "exercise", "status", "reported", *BOUNDS)
    assert [line.split("  ") for line in map(_even, asked)] == [
        [f"\x1b[2m{name}\x1b[0m" for name in header],
        ["\x1b[1mUmber\x1b[0m", "state", "stated", "air", "Air week", "\x1b[32mheld\x1b[0m"],
        [
            *("\x1b[1mCobalt\x1b[0m", "state", "stated", "naval", "Three-way"),
            "\x1b[36munder way\x1b[0m",
        ],
    ]


def test_a_style_goes_on_in_the_next_line() -> None:
    lines = on_terminal(60, "network", "--level", "state", CLICOLOR="1").splitlines()
    assert lines[-2:] == [
        "\x1b[2mNote: Japan is named in 3 of 3 articles: the choice of\x1b[0m",
        "  \x1b[2marticles alone puts it in the middle.\x1b[0m",
    ]


def test_a_pipe_has_colour_only_where_it_is_demanded() -> None:
    assert piped(*COMMANDS["ask"]).splitlines()[1].startswith("Umber ")
    forced = piped(*COMMANDS["ask"], FORCE_COLOR="1").splitlines()[1]
    assert forced.startswith("\x1b[1mUmber\x1b[0m ")


def test_a_graph_steers_no_terminal_also_in_colour(tmp_path: Path) -> None:
    path = tmp_path / "steering.ttl"
    text = Path(AZURE).read_text(encoding="utf-8")
    path.write_text(text.replace('"Umber"', '"U\\u001B[2Jm"'), encoding="utf-8")
    shown = on_terminal(80, "ask", "partners", "Azure", "--data", str(path), CLICOLOR="1")
    assert "\x1b[1mU␛[2Jm\x1b[0m" in shown
    assert "\x1b[2J" not in shown


def late(pipe: Path, data: Path) -> Callable[[], None]:
    """Write a graph into a named pipe, which is then awaited for more than a second."""

    def write() -> None:
        with pipe.open("wb") as stream:  # when the other end is opened
            time.sleep(1.3)
            stream.write(data.read_bytes())

    return write


@pytest.mark.parametrize(
    ("stage", "data", "arguments"),
    [
        ("reading the graph", AZURE, ("ask", "partners", "Azure", "--data")),
        ("reading the graph", AZURE, ("network", "--format", "json", "--data")),
        ("checking the graph", VALID, ("validate",)),
    ],
    ids=["ask", "json", "validate"],
)
def test_what_takes_long_says_so_and_takes_it_back(
    tmp_path: Path, stage: str, data: str, arguments: tuple[str, ...]
) -> None:
    def run(**given: str) -> str:
        pipe = tmp_path / str(len(given))
        os.mkfifo(pipe)
        during = late(pipe, Path(data))
        return on_terminal(200, *arguments, str(pipe), *turtle, during=during, **given)

    turtle = ("--input-format", "turtle")
    shown = run(CI="", NO_COLOR="1")
    line = re.compile(
        f"(\r\x1b\\[Kpassex: ({stage}|deriving its relations) … [1-9][0-9]* s)+\r\x1b\\[K"
    )
    match = line.match(shown)
    assert match is not None, repr(shown)
    rest = shown[match.end() :]
    assert "\x1b" not in rest
    if arguments[0] == "network":
        assert json.loads(rest)["ties"]
        assert run() == rest


def test_a_page_steers_no_terminal(tmp_path: Path) -> None:
    file = tmp_path / "drill.ttl"
    file.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> . "
        "<urn:a> a <https://schema.org/NewsArticle> ;"
        ' nr:textLength 3 ; <http://www.w3.org/2000/01/rdf-schema#label> "One \\u001b[31mred" .'
        " <urn:b> a nr:Ship .",
        encoding="utf-8",
    )
    arguments = ("review", "<urn:a>", "--data", str(file), "--no-cache")
    shown = on_terminal(200, *arguments)
    assert "\x1b" not in shown
    assert "<bdi>One \N{SYMBOL FOR ESCAPE}[31mred</bdi>" in shown
    assert "<bdi>One \x1b[31mred</bdi>" in piped(*arguments)
