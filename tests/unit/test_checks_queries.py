"""The checks of an ontology that are queries: files that say all that there is to say of a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import dataset
from passex.questions import heads
from passex.validation.rules import review, rules

FILES = sorted((dataset.root() / "ontology" / "checks").glob("*.rq"))
KEYS = ["title", "severity", "summary", "reason", "message", "hint"]


def test_every_query_is_asked() -> None:
    of_ontology = {rule.id for rule in review.CHECK.rules}
    assert {path.stem for path in FILES} == of_ontology - {
        "hierarchy-cycle", "deprecated-term", "unused-term",
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_head_says_everything(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = {entry.key: entry.value for entry in heads.entries(text, path.name)}
    assert list(head) == KEYS
    assert all(head.values())
    rows = ox.Store().query(text)
    assert isinstance(rows, ox.QuerySolutions)
    shown = set(re.findall(r"\{\?(\w+)\}", head["message"] + head["hint"]))
    assert shown <= {variable.value for variable in rows.variables}
    rule = rules()[path.stem]
    assert (rule.name, rule.description) == (head["title"], head["summary"])
    assert (rule.severity.value, rule.reason) == (head["severity"], head["reason"])
