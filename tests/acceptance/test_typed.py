"""What users write against the package passes strict type checks, and runs."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "data" / "user_script.py"
HEAD = "import datetime\nimport passex\nkg = passex.load()\n"
#: Mistakes, each with what mypy says about it.
MISTAKES = {
    "kg.network().to_gefx()": '"TiesGraph" has no attribute "to_gefx"',
    'kg.network().to_gexf("x.gexf", mesure="y")': 'Unexpected keyword argument "mesure"',
    'x: bytes = kg.network().export("gexf")': 'expression has type "str"',
    "y: str = kg.ties().to_png()": 'expression has type "bytes"',
    'z: str = kg.export("parquet", what="graph")': 'expression has type "bytes"',
    'kg.export("gexf", wat="graph")': 'Unexpected keyword argument "wat"',
    'kg.construct("DESCRIBE id:nara").records()': '"Triples" has no attribute "records"',
    'kg.query("ASK {}", limits=3)': 'Unexpected keyword argument "limits"',
    'w: str = kg.ask_query("ASK {}")': 'expression has type "bool"',
}


def examples(page: Path) -> str:
    """The code of the examples of a page."""
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    parse = doctest.DocTestParser().get_examples
    return "".join(example.source for block in blocks for example in parse(block))


def test_examples_and_a_script_are_typed(tmp_path: Path) -> None:
    page, wrong = tmp_path / "page.py", tmp_path / "wrong.py"
    page.write_text(examples(ROOT / "docs" / "python.md"), encoding="utf-8")
    wrong.write_text(HEAD + "\n".join(MISTAKES), encoding="utf-8")
    # Strict, as our own settings are: with them, what the package is checked for is known already.
    command = [sys.executable, "-m", "mypy", "--no-error-summary"]
    done = subprocess.run(
        [*command, page, wrong, SCRIPT], capture_output=True, text=True, check=False, cwd=ROOT
    )
    errors: dict[str, str] = {}
    for line in done.stdout.splitlines():
        place, error, message = line.partition(": error: ")
        if error:
            errors.setdefault(Path(place).name, message)
    assert list(errors) == [f"wrong.py:{number}" for number in range(4, 4 + len(MISTAKES))]
    for found, message in zip(errors.values(), MISTAKES.values(), strict=True):
        assert message in found


def test_the_script_runs() -> None:
    pytest.importorskip("pandas")
    done = subprocess.run(
        [sys.executable, "-W", "error", SCRIPT], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3 2 3 []\n3 True\n"
