"""Evidence against texts, located at what is wrong."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from passex.graph import dataset
from passex.graph.terms import shorten
from passex.validation.results import Severity
from passex.validation.rules import anchors

from .checks_harness import scope

DATA = Path(__file__).resolve().parents[1] / "data"
#: An anchor that is off by one.
MOVED = (
    ("<#char=130,142> oa:exact", "<#char=131,143> oa:exact"),
    ("nr:hasEvidence <#char=130,142>", "nr:hasEvidence <#char=131,143>"),
)


def found(folder: Path, texts: Path | None, *changes: tuple[str, str]) -> list[tuple[str, ...]]:
    text = (DATA / "azure.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    ontology = {p.name: p.read_text(encoding="utf-8") for p in dataset.ontology_files()}
    files = {"data.ttl": text, "ontology.ttl": ontology["naval.ttl"]}
    looked_at = scope(folder, files)
    looked_at = replace(looked_at, inputs=replace(looked_at.inputs, texts=texts))
    return [
        (f.rule, shorten(str(f.subject).strip("<>")), shorten(f.predicate or ""), f.hint)
        for f in anchors.run(looked_at)
    ]


def test_all_is_well(tmp_path: Path) -> None:
    assert found(tmp_path, DATA / "texts") == []


def test_a_text_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[str]()
    read = Path.read_bytes

    def reading(path: Path) -> bytes:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    assert found(tmp_path, DATA / "texts") == []
    assert opened.count("harbour.txt") == 1


def test_nothing_was_asked_for(tmp_path: Path) -> None:
    assert found(tmp_path, None, *MOVED) == []


def test_an_absent_text_is_said_once_an_article(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    [(rule, subject, predicate, _)] = found(tmp_path, tmp_path / "texts")
    assert (rule, subject, predicate) == ("texts-absent", "id:article-harbour", "nr:sha256")


def test_a_file_of_actors_has_no_claims_that_could_have_evidence(tmp_path: Path) -> None:
    facts = "@prefix nr: <https://w3id.org/passex/ontology#> . <urn:a> a nr:State ."
    for more, hint in (
        ("", "it has no claims: give the files of the articles too, or no texts"),
        ("<urn:c> nr:about <urn:a> .", "add nr:hasEvidence to its claims"),
    ):
        looked_at = scope(tmp_path, {"data.ttl": f"{facts} {more}"})
        looked_at = replace(looked_at, inputs=replace(looked_at.inputs, texts=DATA / "texts"))
        assert [f.hint for f in anchors.run(looked_at)] == [hint]


def test_a_moved_anchor_is_found_where_it_stands(tmp_path: Path) -> None:
    [(rule, subject, predicate, hint)] = found(tmp_path, DATA / "texts", *MOVED)
    assert (rule, predicate, hint) == ("evidence-anchor", "oa:exact", "it is <#char=130,142>")
    assert subject == "<https://w3id.org/passex/id/article-harbour#char=131,143>"


def test_a_quote_of_no_article(tmp_path: Path) -> None:
    elsewhere = [(old, new.replace("#char=131,143", "urn:x#char=0,2")) for old, new in MOVED]
    [(rule, subject, predicate, _)] = found(tmp_path, DATA / "texts", *elsewhere)
    assert (rule, subject, predicate) == ("evidence-absent", "<urn:x#char=0,2>", "<>")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ('oa:exact "AZ Heron led"', 'oa:exact "AZ heron led"'),
            ("evidence-anchor", 'did you mean "AZ Heron led": <#char=130,142>?'),
        ),
        (
            ('oa:exact "AZ Heron led"', 'oa:exact "six unheard-of things"'),
            ("evidence-anchor", "the text has this phrase nowhere"),
        ),
        (
            ('oa:exact "AZ Heron led"', 'rdfs:label "x"'),
            ("evidence-anchor", "give the phrase with oa:exact"),
        ),
    ],
)
def test_hints(change: tuple[str, str], expected: tuple[str, str], tmp_path: Path) -> None:
    [(rule, _, _, hint)] = found(tmp_path, DATA / "texts", change)
    assert (rule, hint) == expected


#: Two articles of which nobody has the text.
OTHERS = '<urn:{}> a schema:NewsArticle ; nr:sha256 "{}" .\n'


def with_others(folder: Path) -> list[tuple[str, str, str]]:
    text = (DATA / "azure.ttl").read_text(encoding="utf-8")
    text += "@base <urn:none> .\n" + OTHERS.format("a", "1" * 64) + OTHERS.format("b", "2" * 64)
    ontology = {p.name: p.read_text(encoding="utf-8") for p in dataset.ontology_files()}
    looked_at = scope(folder / "graph", {"data.ttl": text, "ontology.ttl": ontology["naval.ttl"]})
    looked_at = replace(looked_at, inputs=replace(looked_at.inputs, texts=folder / "texts"))
    rules = {"texts-absent": Severity.VIOLATION}
    return [
        (f.rule, (f.severity or rules[f.rule]).value, f.message) for f in anchors.run(looked_at)
    ]


def test_texts_of_other_articles_are_said_once_as_information(tmp_path: Path) -> None:
    shutil.copytree(DATA / "texts", tmp_path / "texts")
    (tmp_path / "graph").mkdir()
    message = "The texts of 2 of 3 articles are not at hand: <urn:a>, <urn:b>."
    assert with_others(tmp_path) == [("texts-absent", "info", message)]


def test_a_text_that_is_nobodys_may_be_that_of_an_article(tmp_path: Path) -> None:
    shutil.copytree(DATA / "texts", tmp_path / "texts")
    (tmp_path / "graph").mkdir()
    (tmp_path / "texts" / "b.txt").write_text("Two navies met.")
    assert with_others(tmp_path) == [
        (
            "texts-absent",
            "violation",
            f"No file in the folder of texts is the text of <urn:{name}>.",
        )
        for name in "ab"
    ]


def test_no_text_at_all_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "graph").mkdir()
    assert [severity for _, severity, _ in with_others(tmp_path)] == ["violation"] * 3
