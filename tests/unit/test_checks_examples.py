"""Each rule's examples: what passes, and exactly what is said of what fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from passex.validation.rules import CHECKS, rules
from passex.validation.rules.model import examples

from .checks_harness import GROUP, scope, told

ALL = {name: example for check in CHECKS for name, example in examples(check.name).items()}
REASONED = ("inconsistent", "unsatisfiable-class", "reasoner-absent")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")


def found(rule: str, folder: Path, files: dict[str, str]) -> str:
    group = GROUP[rule]
    looked_at = scope(folder, files, rule in REASONED, based=group.name == "heads")
    return told([f for f in group.run(looked_at) if f.rule == rule], folder)


def test_every_rule_has_examples() -> None:
    assert list(ALL) == list(rules())
    assert all(example.good and example.bad and example.says for example in ALL.values())


@pytest.mark.parametrize("rule", [n for n in ALL if n not in REASONED])
def test_examples(rule: str, tmp_path: Path) -> None:
    assert found(rule, tmp_path / "bad", ALL[rule].bad) == ALL[rule].says
    assert found(rule, tmp_path / "good", ALL[rule].good) == ""


@needs_java
@pytest.mark.parametrize("rule", REASONED[:2])
def test_examples_for_the_reasoner(rule: str, tmp_path: Path) -> None:
    pytest.importorskip("owlready2")
    assert found(rule, tmp_path / "bad", ALL[rule].bad) == ALL[rule].says
    assert found(rule, tmp_path / "good", ALL[rule].good) == ""


def test_a_reasoner_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    rule = "reasoner-absent"
    assert found(rule, tmp_path, ALL[rule].bad) == ALL[rule].says
    assert [*GROUP[rule].run(scope(tmp_path, {}))] == []
