"""What the GitHub action runs, and what a pre-commit hook is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.parametrize(
    ("text", "code", "annotations"),
    [
        ("nr:Shipp", 1, ["line=2,col=11,endLine=2,endColumn=19,title=nrs%3ADeclaredClass SPARQL"]),
        ("nr:Ship", 0, []),
        # What could not be checked is told at its place as well.
        ("nr:Ship ; nr:age 12kg", 2, ["line=2,col=28,endLine=2,endColumn=32,title=turtle-syntax"]),
    ],
)
def test_the_action_annotates_and_writes_sarif(
    tmp_path: Path, text: str, code: int, annotations: list[str]
) -> None:
    script = tmp_path / "passex"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m passex "$@"\n')
    script.chmod(0o755)
    data = tmp_path / "a b.ttl"
    data.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        f'<urn:x> a {text} ; <http://www.w3.org/2000/01/rdf-schema#label> "x"@en .\n'
    )
    assert BASH is not None
    done = subprocess.run(
        [BASH, str(ROOT / ".ci" / "action.sh")],
        cwd=tmp_path,
        env={**os.environ, "PASSEX": str(script), "PATHS": "a b.ttl\n", "SARIF": "out.sarif"},
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    assert (done.returncode, len(results), done.stderr) == (code, len(annotations), "")
    lines = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    found = [line.removeprefix("::error file=a b.ttl,").partition("::")[0] for line in lines]
    assert found == annotations


def test_every_input_of_the_action_is_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    inputs, _, steps = text.partition("\nruns:")
    declared = set(re.findall(r"^  ([\w-]+):$", inputs.partition("\ninputs:")[2], re.MULTILINE))
    assert declared == set(re.findall(r"inputs\.([\w-]+)", steps))
    variables = set(re.findall(r"^        ([A-Z_]+): ", steps, re.MULTILINE)) - {"ACTION"}
    script = (ROOT / ".ci" / "action.sh").read_text(encoding="utf-8")
    assert variables == set(re.findall(r"\$\{?([A-Z_]+)", script))
