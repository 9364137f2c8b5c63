"""On the inputs of pySHACL's own tests Passex finds what pySHACL finds, but for known differences.

The tests are no part of the project. Their folder is what PASSEX_PYSHACL_TESTS names, or
tests/consumers/.pyshacl/test, where .ci/run puts it: hidden, so that nobody takes them for ours.
Each difference is explained in a table of docs/differences.md, which this test holds to be
complete.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox
import pytest

from passex.validation.request import Request
from passex.validation.results import EngineName, Result, Term
from passex.validation.run import validate

TESTS = Path(
    os.environ.get("PASSEX_PYSHACL_TESTS")
    or Path(__file__).parents[1] / "consumers" / ".pyshacl" / "test"
).resolve()
DOCS = Path(__file__).parents[2] / "docs" / "differences.md"
#: An IRI or a literal: rdflib and pyoxigraph write the rest of a literal in two ways.
PLAIN = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<[^>]*>|@[\w-]+)?')


def _term(term: Term | None) -> str:
    return "" if term is None else "_" if isinstance(term, ox.BlankNode) else str(term)


def _line(result: Result) -> str:
    path = result.path
    parts = (
        _term(result.focus),
        _term(path) if path is None or isinstance(path, ox.NamedNode) else "_",
        _term(result.value),
        f"<{result.component}>",
        f"<{result.severity}>",
    )
    return " ".join(parts)


def _comparable(lines: list[str]) -> list[str]:
    return sorted(PLAIN.sub(r'"\1"', line) for line in lines)


def _different(case: dict[str, Any], folder: Path, engine: EngineName) -> bool:
    files = []
    for role, suffix in (("data", "nt"), ("shapes", "ttl"), ("ontology", "nt")):
        (folder / f"{role}.{suffix}").write_text(case[role], encoding="utf-8")
        files.append(str(folder / f"{role}.{suffix}"))
    data, shapes, ontology = files
    own = (ontology,) if case["ontology"].strip() else ("none",)
    report = validate(Request((data,), (shapes,), own, engine=engine)).report
    if case["found"] is None:
        return True
    return _comparable([_line(r) for r in report.results]) != _comparable(case["found"])


def _explained() -> set[str]:
    """The inputs that the documentation names, each in a row of a table."""
    return set(re.findall(r"^\| `([^`]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    script = Path(__file__).with_name("capture_pyshacl.py")
    done = subprocess.run(
        [sys.executable, str(script), str(TESTS)], capture_output=True, check=True, timeout=600
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not TESTS.is_dir(), reason="the tests of pySHACL are not there")
def test_the_same_but_for_what_is_explained(cases: list[dict[str, Any]], tmp_path: Path) -> None:
    assert len(cases) > 80
    different = {
        (case["name"], engine)
        for case in cases
        for engine in get_args(EngineName)
        if _different(case, tmp_path, engine)
    }
    assert different == {(name, engine) for name in _explained() for engine in get_args(EngineName)}
