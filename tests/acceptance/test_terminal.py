"""What a terminal shows, narrow and wide: all of it, and nothing beyond its edge."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from passex.text.excerpts import width

if sys.platform == "win32":
    pytest.skip("no terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

AZURE = str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")
NETWORK = ("network", "--data", AZURE, "--level", "state")
COMMANDS = {
    "ask": ("ask", "partners", "Azure", "--data", AZURE),
    "questions": ("ask",),
    "network": (*NETWORK, "--include", "held,under-way,planned"),
    "three columns": (*NETWORK, "--include", "held"),
    "show": ("show", "JS Kashima"),
    "stats": ("stats",),
    "why": ("why", "JMSDF", "SNMG2"),
    "long names": ("ask", "exercises"),
}
#: The line with the names of the columns, where it is not the first.
TITLE = {"network": 9, "three columns": 2}


def on_terminal(columns: int, *arguments: str) -> str:
    """Run a command on a terminal of its own, of so many columns."""
    try:
        ours, theirs = pty.openpty()
    except OSError:  # a container without /dev/pts
        pytest.skip("there is no pseudo-terminal here")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "passex", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )
    os.close(theirs)
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


def piped(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "passex", *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
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


def test_cells_are_broken_between_words() -> None:
    assert on_terminal(60, *COMMANDS["ask"]).splitlines()[:5] == [
        "partner     exercise       status     earliest    latest",
        "Umber       Air week       held",
        "Cobalt      Three-way      under way",
        "            drill",
        "Umber       Three-way      under way",
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
