"""The page for those who come from pySHACL: each option is on it, and what it says is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from processes import passex

from passex.cli import cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coming-from-pyshacl.md"
ROWS = dict(re.findall(r"^\| (.+?) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .\n"
SHAPES = PREFIXES + "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P .\n"
SHAPES += "e:P sh:path e:n ; sh:minCount 1 ; sh:severity sh:%s ."


def test_each_option_of_pyshacl_is_on_the_page() -> None:
    text = subprocess.run(
        [sys.executable, "-m", "pyshacl", "--help"], capture_output=True, text=True, check=True
    ).stdout
    listed = re.findall(r"^  (-.*?)(?:  |$)", text, re.MULTILINE)
    options = {
        option for line in listed for option in re.findall(r"(?<!\w)--?[a-z][\w-]*", line, re.I)
    }
    named = {option for cell in ROWS for option in re.findall(r"`(-[^`]+)`", cell)}
    assert len(options) > 40
    assert named == options - {"-h", "--help"}


def test_each_option_that_it_names_is_there() -> None:
    command = cli.get_command(None, "validate")  # type: ignore[arg-type]
    assert command is not None
    known = {name for parameter in command.params for name in parameter.opts}
    cells = [cell for option, cell in ROWS.items() if option != "`-V`, `--version`"]
    named = {option for cell in cells for option in re.findall(r"`(--?[a-z][a-z-]*)", cell)}
    assert named - known == set()
    assert len(named) == 15


def verdicts(folder: Path, theirs: list[str], ours: list[str]) -> tuple[int, int]:
    command = [sys.executable, "-m", "pyshacl", "-s", "s.ttl", *theirs, "d.ttl"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, passex(folder, "validate", "d.ttl", "--shapes", "s.ttl", *ours)[0]


@pytest.mark.parametrize("severity", ["Info", "Warning", "Violation"])
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ([], ["--fail-on", "info"]),
        (["--allow-infos"], ["--fail-on", "warning"]),
        (["--allow-warnings"], ["--fail-on", "violation"]),
    ],
)
def test_verdicts_are_the_same(
    severity: str, theirs: list[str], ours: list[str], tmp_path: Path
) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES % severity)
    (tmp_path / "d.ttl").write_text(PREFIXES + "e:a a e:C .")
    wanted, found = verdicts(tmp_path, theirs, ours)
    assert wanted == found
    (tmp_path / "d.ttl").write_text(PREFIXES + "e:a a e:C ; e:n 1 .")
    assert verdicts(tmp_path, theirs, ours) == (0, 0)
