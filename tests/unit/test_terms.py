from __future__ import annotations

import re
from pathlib import Path

import pytest

from passex.errors import PassexError
from passex.graph import dataset
from passex.graph.standard_terms import LATER, unknown
from passex.graph.terms import DERIVED, ID, LEVELS, NR, PREFIXES, SH, expand, shorten
from passex.validation.rules.shapes import OF_DRAFTS


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (ID.japan, "id:japan"),
        (NR.Ship, "nr:Ship"),
        (ID.iri, f"<{ID}>"),
        (ID["a/b"], f"<{ID}a/b>"),
        ("https://example.org/x", "<https://example.org/x>"),
        ("_:b0", "_:b0"),
    ],
)
def test_shorten(iri: str, short: str) -> None:
    assert shorten(iri) == short


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("id:japan", ID.japan),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:x:y", "urn:x:y"),
        ("Japan", None),
        ("unknown:japan", None),
        ("JS: Kashima", None),
    ],
)
def test_expand(name: str, iri: str | None) -> None:
    assert expand(name) == iri


SOURCES = sorted((Path(__file__).parents[2] / "src" / "passex").rglob("*.py"))


def written(prefix: str) -> set[str]:
    """List the terms of a namespace that the code names."""
    pattern = re.compile(rf"\b{prefix}(?:\.(\w+)\b(?!\()|\[\"([\w-]+)\"\])")
    return {
        match[1] or match[2]
        for path in SOURCES
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    } - {"iri"}


def test_every_term_is_declared_by_the_ontology() -> None:
    text = (dataset.root() / "ontology" / "naval.ttl").read_text(encoding="utf-8")
    own = {*(NR[name] for name in written("NR")), *DERIVED, *LEVELS.values()}
    assert len(own) >= 30
    assert [t for t in sorted(own) if f"\n{shorten(t)} a owl:" not in text] == []


@pytest.mark.parametrize("prefix", ["rdf", "rdfs", "owl", "xsd", "skos", "sh"])
def test_no_term_of_a_closed_vocabulary_is_misspelt(prefix: str) -> None:
    space = {**PREFIXES, "sh": SH.iri}[prefix]
    names = written(prefix.upper())
    assert names
    # Terms of drafts, before SHACL and since, are named to say that nothing applies them.
    drafts = {*LATER, *OF_DRAFTS}
    assert sorted(n for n in names if unknown(space + n) and space + n not in drafts) == []


def test_an_error_is_one_line_with_its_hint() -> None:
    assert str(PassexError("a: wrong", "do b")) == "a: wrong; do b"
    assert str(PassexError("a: wrong")) == "a: wrong"
    assert PassexError("a").exit_code == 2
