"""The recipe for pytest in the documentation: what passes, what fails, and what is printed then."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import passex

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
PREFIX = "@prefix ex: <http://example.org/> .\n"
SHAPES = f"""{PREFIX}@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""  # noqa: E501
LACKING = PREFIX + '\nex:ann a ex:Person ;\n    ex:nane "Ann" .\n'


def test_the_recipe(tmp_path: Path) -> None:
    (recipe,) = re.findall(r"```pytest\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in {
        "tests/test_data.py": recipe,
        "shapes.ttl": SHAPES,
        "data/good.ttl": PREFIX + 'ex:ann a ex:Person ; ex:name "Ann" .\n',
        "data/more/bad.ttl": LACKING,
        "data/more/broken.ttl": PREFIX + "ex:ann a ex:Person ;\n ex:age 12kg .\n",
        "invalid/nameless.ttl": "# breaks: ex:PersonShape\n" + LACKING,
        "invalid/named.ttl": f'# breaks: ex:PersonShape\n{PREFIX}ex:a a ex:Person ; ex:name "A" .',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-rA", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = re.findall(r"^(PASSED|FAILED) tests/test_data.py::(\S+)", done.stdout, re.MULTILINE)
    assert sorted(outcomes) == [
        ("FAILED", "test_breaks_its_rules[invalid/named.ttl]"),
        ("FAILED", "test_conforms[data/more/bad.ttl]"),
        ("FAILED", "test_conforms[data/more/broken.ttl]"),
        ("PASSED", "test_breaks_its_rules[invalid/nameless.ttl]"),
        ("PASSED", "test_conforms[data/good.ttl]"),
    ]
    folder = tmp_path.as_posix()
    for line in (
        f"{folder}/data/more/bad.ttl:3:1: violation[ex:PersonShape MinCount] less than 1 value",
        f"{folder}/data/more/broken.ttl:3:9: violation[turtle-syntax] 12kg isn't a number.",
        "= hint: ex:nane is there; did you mean ex:name?",
        "3 | ex:ann a ex:Person ;",
    ):
        assert line in done.stdout
    # Nothing of how the report is made.
    assert "Problem(" not in done.stdout


def test_a_report_is_one_line_to_the_debugger(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES)
    (tmp_path / "d.ttl").write_text(LACKING)
    report = passex.validate(tmp_path / "d.ttl", tmp_path / "s.ttl")
    place = f"{(tmp_path / 'd.ttl').as_posix()}:3:1"
    said = "violation[ex:PersonShape MinCount] less than 1 value for `ex:name`"
    assert repr(report) == f"<ValidationReport: {place}: {said}>"
    assert report.failing == report.problems
    mild = passex.validate(
        tmp_path / "d.ttl", tmp_path / "s.ttl", levels={"http://example.org/PersonShape": "info"}
    )
    assert (mild.failing, mild.conforms, len(mild.problems)) == ((), True, 1)
    assert repr(mild) == (
        "<ValidationReport: 1 problem (1 info) in 1 file (2 triples, 1 focus node, 1 shape).>"
    )
    (tmp_path / "e.ttl").write_text(LACKING.replace("ex:ann", "ex:bob"))
    both = passex.validate([tmp_path / "d.ttl", tmp_path / "e.ttl"], tmp_path / "s.ttl")
    assert repr(both).endswith("less than 1 value for `ex:name` (and 1 more)>")
