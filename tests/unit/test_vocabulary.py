from __future__ import annotations

import pytest

from passex.errors import PassexError
from passex.graph import dataset, vocabulary


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (vocabulary.ID + "japan", "id:japan"),
        (vocabulary.NR + "Ship", "nr:Ship"),
        (vocabulary.ID, f"<{vocabulary.ID}>"),
        (vocabulary.ID + "a/b", f"<{vocabulary.ID}a/b>"),
        ("https://example.org/x", "<https://example.org/x>"),
        ("_:b0", "_:b0"),
    ],
)
def test_shorten(iri: str, short: str) -> None:
    assert vocabulary.shorten(iri) == short


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("id:japan", vocabulary.ID + "japan"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:x:y", "urn:x:y"),
        ("Japan", None),
        ("unknown:japan", None),
        ("JS: Kashima", None),
    ],
)
def test_expand(name: str, iri: str | None) -> None:
    assert vocabulary.expand(name) == iri


def test_every_term_is_declared_by_the_ontology() -> None:
    text = (dataset.root() / "ontology" / "naval.ttl").read_text(encoding="utf-8")
    terms = [v for k, v in vars(vocabulary).items() if k.isupper() and isinstance(v, str)]
    terms += [*vocabulary.DERIVED, *vocabulary.LEVELS.values()]
    own = {term for term in terms if term.startswith(vocabulary.NR) and term != vocabulary.NR}
    assert len(own) == 16
    assert [t for t in sorted(own) if f"\n{vocabulary.shorten(t)} a owl:" not in text] == []


def test_an_error_is_one_line_with_its_hint() -> None:
    assert str(PassexError("a: wrong", "do b")) == "a: wrong; do b"
    assert str(PassexError("a: wrong")) == "a: wrong"
    assert PassexError("a").exit_code == 2
