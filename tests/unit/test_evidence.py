from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from passex.errors import InputError
from passex.evidence.texts import Check, Finding, check, read_texts
from passex.graph.store import Store, load
from passex.graph.terms import ID

DATA = Path(__file__).resolve().parents[1] / "data"
TEXT = DATA / "texts" / "harbour.txt"
ARTICLE = ID["article-harbour"]


def edited(folder: Path, *changes: tuple[str, str]) -> Check:
    """Check the fictional graph with changes made to its Turtle."""
    text = (DATA / "azure.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "edited.ttl"
    path.write_text(text, encoding="utf-8")
    return check(load([path]), DATA / "texts")


def test_all_is_well(azure: Store) -> None:
    assert check(azure, DATA / "texts") == Check((), articles=1, anchors=5)


def test_texts_are_found_by_content_in_any_folder(azure: Store, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "anything").write_bytes(TEXT.read_bytes())
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    assert list(read_texts(azure, tmp_path)) == [ARTICLE]


def test_a_text_that_is_missing_is_a_finding(azure: Store, tmp_path: Path) -> None:
    found = check(azure, tmp_path)
    assert (found.articles, found.anchors, len(found.findings)) == (0, 0, 6)
    assert found.findings[0].what == "text"
    assert found.findings[0].expected.startswith("a file with SHA-256 ")


def test_one_changed_byte_is_another_text(azure: Store, tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(TEXT.read_bytes().replace(b"Heron", b"heron"))
    assert check(azure, tmp_path).articles == 0


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_text_is_without_its_mark_and_has_lf_line_ends(
    azure: Store, tmp_path: Path, end: bytes
) -> None:
    (tmp_path / "t").write_bytes(b"\xef\xbb\xbf" + TEXT.read_bytes().replace(b"\n", end))
    assert check(azure, tmp_path) == check(azure, TEXT.parent)


def moved(char: str) -> tuple[tuple[str, str], ...]:
    """Move the second claim's quote to another place."""
    old = '<#char=130,142> oa:exact "AZ Heron led"'
    evidence = "nr:hasEvidence <#char=130,142>"
    return (old, f'<#{char}> oa:exact "AZ Heron led"'), (evidence, f"nr:hasEvidence <#{char}>")


def test_an_anchor_off_by_one(tmp_path: Path) -> None:
    found = edited(tmp_path, *moved("char=131,143"))
    quote = f"{ARTICLE}#char=131,143"
    assert found.findings == (
        Finding(ARTICLE, quote, "anchor", "'AZ Heron led' at 131 to 143", "'Z Heron led '"),
    )


def test_an_anchor_that_differs_by_case(tmp_path: Path) -> None:
    [finding] = edited(tmp_path, ('oa:exact "AZ Heron led"', 'oa:exact "AZ heron led"')).findings
    assert (finding.what, finding.found) == ("anchor", "'AZ Heron led'")


@pytest.mark.parametrize("place", ["char=0,0", "char=142,130", "char=900,912"])
def test_an_anchor_at_no_place(tmp_path: Path, place: str) -> None:
    assert {f.what for f in edited(tmp_path, *moved(place)).findings} == {"anchor", "zone"}


@pytest.mark.parametrize("place", ["char=5", "char=,5", "line=1,2", "somewhere"])
def test_a_quote_whose_iri_says_no_place(tmp_path: Path, place: str) -> None:
    [finding] = edited(tmp_path, *moved(place)).findings
    assert (finding.article, finding.what) == ("", "text")


def test_an_anchor_without_words(tmp_path: Path) -> None:
    words = ('<#char=130,142> oa:exact "AZ Heron led" .', "")
    assert [f.what for f in edited(tmp_path, words).findings] == ["anchor"]


def test_a_row_of_a_table_is_no_place_in_a_text(tmp_path: Path) -> None:
    assert edited(tmp_path, *moved("row=17")) == Check((), articles=1, anchors=4)


def test_an_anchor_between_zones(tmp_path: Path) -> None:
    found = edited(
        tmp_path,
        ('<#char=130,142> oa:exact "AZ Heron led"', '<#char=10,24> oa:exact "n drill\\nThe Az"'),
        ("nr:hasEvidence <#char=130,142>", "nr:hasEvidence <#char=10,24>"),
    )
    [finding] = [f for f in found.findings if f.what != "anchor"]
    expected = ("zone", "in a zone of the article", "10 to 24")
    assert (finding.what, finding.expected, finding.found) == expected


def test_a_wrong_length(tmp_path: Path) -> None:
    length = len(TEXT.read_text(encoding="utf-8"))
    found = edited(tmp_path, (f"nr:textLength {length}", f"nr:textLength {length + 1}"))
    assert found.findings == (Finding(ARTICLE, "", "text length", str(length + 1), str(length)),)


def test_zones_that_go_too_far(tmp_path: Path) -> None:
    path = tmp_path / "edited.ttl"
    text = (DATA / "azure.ttl").read_text(encoding="utf-8").replace("char=243,270", "char=243,9999")
    path.write_text(text, encoding="utf-8")
    found = check(load([path]), DATA / "texts")
    assert [(f.what, f.found) for f in found.findings] == [("zone bounds", "char=243,9999")]


def test_a_graph_without_evidence_does_not_pass(make: Callable[[str], Store]) -> None:
    assert check(make(":a a nr:State ."), DATA / "texts").findings == (
        Finding("", "", "evidence", "at least one anchor", "none in the graph"),
    )


def test_an_article_without_a_digest_is_a_finding(make: Callable[[str], Store]) -> None:
    found = check(make(":a a schema:NewsArticle ."), DATA / "texts").findings
    assert Finding("https://example.org/a", "", "text", "a SHA-256 in the graph", "none") in found


def test_folders_that_cannot_be_read(
    azure: Store, make: Callable[[str], Store], tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        read_texts(azure, tmp_path / "no")
    assert str(error.value) == (
        f"{tmp_path / 'no'}: no such folder; give the folder that holds the articles' texts"
    )
    import hashlib

    (tmp_path / "t").write_bytes(b"caf\xe9")
    digest = hashlib.sha256(b"caf\xe9").hexdigest()
    with pytest.raises(InputError, match="not UTF-8 at byte 3"):
        read_texts(make(f':a a schema:NewsArticle ; nr:sha256 "{digest}" .'), tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_a_text_that_may_not_be_read(azure: Store, tmp_path: Path) -> None:
    (tmp_path / "t").touch(mode=0)
    with pytest.raises(InputError, match="not readable"):
        read_texts(azure, tmp_path)
