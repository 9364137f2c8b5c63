from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from passex.errors import InputError
from passex.evidence.claims import sentence
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


def test_line_ends_are_not_translated(azure: Store, tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(TEXT.read_bytes().replace(b"\n", b"\r\n"))
    assert check(azure, tmp_path).articles == 0


def test_an_anchor_off_by_one(tmp_path: Path) -> None:
    found = edited(tmp_path, ("oa:start 130 ; oa:end 142", "oa:start 131 ; oa:end 143"))
    assert found.findings == (
        Finding(ARTICLE, ID["ev-2"], "anchor", "'AZ Heron led' at 131 to 143", "'Z Heron led '"),
    )


def test_an_anchor_that_differs_by_case(tmp_path: Path) -> None:
    [finding] = edited(tmp_path, ('oa:exact "AZ Heron led"', 'oa:exact "AZ heron led"')).findings
    assert (finding.what, finding.found) == ("anchor", "'AZ Heron led'")


@pytest.mark.parametrize(
    "place", ["oa:start 0 ; oa:end 0", "oa:start 142 ; oa:end 130", "oa:start 5", "oa:end 5"]
)
def test_an_anchor_without_a_place(tmp_path: Path, place: str) -> None:
    whats = {f.what for f in edited(tmp_path, ("oa:start 130 ; oa:end 142", place)).findings}
    assert whats == {"anchor", "zone"}


def test_an_anchor_without_words(tmp_path: Path) -> None:
    found = edited(
        tmp_path, ('a oa:TextQuoteSelector ; oa:exact "AZ Heron led"', "a oa:TextQuoteSelector")
    )
    assert [f.what for f in found.findings] == ["anchor"]


def test_an_anchor_outside_its_zone(tmp_path: Path) -> None:
    found = edited(
        tmp_path,
        ("oa:start 130 ; oa:end 142", "oa:start 0 ; oa:end 17"),
        ('oa:exact "AZ Heron led"', 'oa:exact "Azure opens drill"'),
    )
    assert found.findings == (Finding(ARTICLE, ID["ev-2"], "zone", "within 18 to 241", "0 to 17"),)


def test_evidence_in_no_zone_or_in_that_of_another_article(tmp_path: Path) -> None:
    zone = "nr:inZone id:article-harbour-body ; oa:hasSelector id:ev-2-position, id:ev-2-quote ."
    gone = edited(tmp_path, (zone, zone[len("nr:inZone id:article-harbour-body ; ") :]))
    assert gone.findings == (Finding(ARTICLE, ID["ev-2"], "zone", "a zone of the article", "none"),)
    other = edited(tmp_path, (zone, zone.replace("harbour-body", "elsewhere")))
    assert [f.found for f in other.findings] == [ID["article-elsewhere"]]


def test_a_wrong_length(tmp_path: Path) -> None:
    length = len(TEXT.read_text(encoding="utf-8"))
    found = edited(tmp_path, (f"nr:textLength {length}", f"nr:textLength {length + 1}"))
    assert found.findings == (Finding(ARTICLE, "", "text length", str(length + 1), str(length)),)


def test_zones_that_go_too_far(tmp_path: Path) -> None:
    found = edited(
        tmp_path,
        ("nrc:headline ; oa:start 0 ; oa:end 17", "nrc:headline ; oa:start 0 ; oa:end 9999"),
    )
    assert [(f.what, f.found) for f in found.findings] == [("zone bounds", "0 to 9999")]


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


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("One two.", "two", ("One ", "two", ".")),
        ("A. Bee sea! D", "sea", ("Bee ", "sea", "!")),
        ("First line\nsecond line\nthird", "second", ("", "second", " line")),
        ('He said "yes." She left.', "left", ("She ", "left", ".")),
        ("ends. in two. parts", "ends. in", ("", "ends. in", " two.")),
        ("at 2.5 knots", "knots", ("at 2.5 ", "knots", "")),
    ],
)
def test_sentence(text: str, anchor: str, expected: tuple[str, str, str]) -> None:
    start = text.index(anchor)
    assert sentence(text, start, start + len(anchor)) == expected
