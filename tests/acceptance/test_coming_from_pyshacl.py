"""The page for those who come from pySHACL: each option is on it, and what it says is there."""

from __future__ import annotations

import json
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


SEVERITIES = ("Info", "Warning", "Violation")
#: Options of pySHACL, and ours that do the same.
OPTIONS = [
    ([], ["--fail-on", "info"]),
    (["--allow-infos"], ["--fail-on", "warning"]),
    (["--allow-warnings"], ["--fail-on", "violation"]),
]
DATA = {"wrong": PREFIXES + "e:a a e:C .", "right": PREFIXES + "e:a a e:C ; e:n 1 ."}
#: Run the command again and again: most of what it takes is its start.
RUNS = """
import json, os, sys
from pyshacl.cli import main

codes = []
for arguments in json.load(sys.stdin):
    sys.argv = ["pyshacl", "-o", os.devnull, *arguments]  # it closes what it writes
    try:
        main()
    except SystemExit as end:
        codes.append(end.code)
print(json.dumps(codes))
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with shapes of each severity, and with data."""
    folder = tmp_path_factory.mktemp("verdicts")
    for severity in SEVERITIES:
        (folder / f"{severity}.ttl").write_text(SHAPES % severity)
    for name, text in DATA.items():
        (folder / f"{name}.ttl").write_text(text)
    return folder


@pytest.fixture(scope="module")
def theirs(files: Path) -> dict[str, int]:
    """The exit codes of pySHACL by its arguments, with spaces between them."""
    runs = [
        ["-s", f"{severity}.ttl", *options, f"{name}.ttl"]
        for severity in SEVERITIES
        for options, _ in OPTIONS
        for name in DATA
    ]
    done = subprocess.run(
        [sys.executable, "-c", RUNS],
        cwd=files,
        input=json.dumps(runs),
        capture_output=True,
        text=True,
        check=True,
    )
    codes = json.loads(done.stdout)
    return {" ".join(run): code for run, code in zip(runs, codes, strict=True)}


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize(("options", "ours"), OPTIONS)
def test_verdicts_are_the_same(
    severity: str, options: list[str], ours: list[str], files: Path, theirs: dict[str, int]
) -> None:
    wanted, found = {}, {}
    for name in DATA:
        wanted[name] = theirs[" ".join(["-s", f"{severity}.ttl", *options, f"{name}.ttl"])]
        arguments = ["validate", f"{name}.ttl", "--shapes", f"{severity}.ttl", *ours]
        found[name] = passex(files, *arguments)[0]
    assert wanted == found
    assert found["right"] == 0
