"""What only a process shows: streams that are closed, full or narrow, and usage errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PASSEX = [sys.executable, "-m", "passex"]


def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [*PASSEX, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("network", "--level", "fleet"), "passex: Invalid value for '--level': 'fleet' is not"),
        (("why",), "passex: Missing argument 'A'; see 'passex --help'"),
        (("fly",), "passex: No such command 'fly'"),
        (("network", "-x"), "passex: No such option"),
        (("network", "--data", ""), "passex: an empty path; give a file or folder with --data"),
        (("network", "--data", "x" * 5000 + ".ttl"), "passex: xxxx"),
        (("why", "id:baltic-sea", "NATO"), "passex: 'id:baltic-sea' is no actor: Baltic Sea"),
    ],
)
def test_one_line_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PASSEX, "network"], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "passex: cannot write the answer (No space left on device)\n"


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop() -> None:
    code, out, err = run("show", "nara", PASSEX_CACHE_DIR="/dev/null/cache")
    assert code == 0
    assert out.startswith("Nara (Place, id:nara)\n")
    assert err == (
        "passex: /dev/null/cache: the cache cannot be written (Not a directory); "
        "set PASSEX_CACHE_DIR to a folder that can, or give --no-cache\n"
    )


def test_a_narrow_encoding_gets_question_marks() -> None:
    code, out, err = run("why", "JMSDF", "SNMG2", PYTHONIOENCODING="latin-1")
    assert (code, err) == (0, "")
    assert "?they sailed with?" in out


@pytest.mark.parametrize(
    "command", [(), ("network",), ("why",), ("ask",), ("query",), ("show",), ("stats",)]
)
def test_help_has_an_example_set_apart(command: tuple[str, ...]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "\n  Example:\n    passex " in out
    assert "\\b" not in out
