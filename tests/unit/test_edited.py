"""A graph of edited files is the one that loading them makes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from thorough import examples

from passex.graph import cache, edited, opening
from passex.graph.opening import open_store
from passex.graph.store import Store

from .worlds import ACTOR_FACTS, HEAD, lines

Texts = dict[str, list[str]]
#: What names entries of the gazetteer, and no more once it goes.
STATES = [
    ":e0 nr:hasParticipant id:japan .",
    ":e1 a nr:Exercise ; nr:hasParticipant id:japan, id:france ; nr:hasDomain nrc:naval .",
    ":f nr:concerns id:france .",
    ":own a nr:Navy . :of-own a nr:Affiliation ; org:member :own ; org:organization id:japan .",
    'id:japan rdfs:label "Nippon"@ja .',
]
#: What loading does something of its own with.
ODD = [
    ":e2 nr:hasQuantity 01 .",
    ":e2 nr:hasQuantity 1 .",
    ":navy0 nr:trainedWith :navy1 .",
    "[] a nr:Exercise ; nr:hasParticipant :navy0, :navy1 .",
    ':navy0 skos:altLabel "First"@en-GB .',
    ':navy1 skos:altLabel "Second"@en-gb .',
    ":e3 a nr:Event .",
]
PREFIX = "@prefix id: <https://w3id.org/passex/id/> .\n"


@pytest.fixture(autouse=True)
def _large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_MANY", 100)


def written(folder: Path, texts: Texts) -> list[Path]:
    for old in folder.glob("*.ttl"):
        old.unlink()
    for name, statements in texts.items():
        text = "\n".join([HEAD + PREFIX, *statements])
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    return [folder]


def content(store: Store) -> dict[str, object]:
    files = [path.name for path in store.files]
    kept = (files, store.ignored, store.foreign, store.tags, store.variants)
    return {"quads": sorted(map(str, store.engine)), "kept": kept}


def loaded(data: list[Path], place: Path) -> dict[str, object]:
    """Load files into an empty cache."""
    before = os.environ["PASSEX_CACHE_DIR"]
    os.environ["PASSEX_CACHE_DIR"] = str(place)
    try:
        return content(open_store(data, True, lambda _: None))
    finally:
        os.environ["PASSEX_CACHE_DIR"] = before


def differences(one: dict[str, object], other: dict[str, object]) -> list[object]:
    """Only what differs: to show two whole graphs takes minutes."""
    quads, others = one["quads"], other["quads"]
    assert isinstance(quads, list)
    assert isinstance(others, list)
    found: list[object] = sorted(set(quads) ^ set(others))
    return found + ([] if one["kept"] == other["kept"] else [one["kept"], other["kept"]])


@settings(
    max_examples=examples(4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines(proved=True), st.lists(st.sampled_from(ODD), max_size=1), st.data())
def test_random_edits(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], odd: list[str], data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("edited")
    os.environ["PASSEX_CACHE_DIR"] = str(place / "cache")
    pool = [*first, *STATES, *odd]
    texts: Texts = {"actors": [ACTOR_FACTS], "a": first[::3], "b": first[1::3], "c": first[2::3]}
    for number in range(3):
        files = written(place, texts)
        made = content(open_store(files, True, lambda _: None))
        assert differences(made, loaded(files, place / f"empty-{number}")) == []
        for line in data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True)):
            name = data.draw(st.sampled_from("abc"))
            there = texts[name]
            kept = [one for one in there if one != line]
            texts = texts | {name: kept if len(kept) < len(there) else [*there, line]}


WORLD: Texts = {
    "actors": [ACTOR_FACTS],
    "a": [
        ":e0 a nr:Exercise ; nr:hasParticipant :ship0, :navy1 ; nr:hasStatus nrc:held .",
        ":x0 a nr:Affiliation ; org:member :ship0 ; org:organization :navy0 .",
    ],
    "b": [
        ":e1 a nr:Exercise ; nr:hasParticipant :navy0, :navy1 ; nr:hasStatus nrc:held .",
        ":c0 nr:about :e1 ; nr:onProperty nr:hasParticipant ; nr:hasValue :navy0 ; "
        "nr:hasEvidence <https://example.org/a#char=1,5> .",
        '<https://example.org/a#char=1,5> oa:exact "both" .',
        ":e2 a nr:Exercise ; nr:hasParticipant id:japan, id:france ; nr:hasDomain nrc:naval .",
    ],
    "c": [":e1 nr:hasParticipant :navy0 . :navy0 nr:inContingent :k ."],
    "d": [":e2 nr:hasPlace :sea .", ":f a nr:Statement ; nr:concerns id:chile ."],
}
#: What is edited, and whether it is derived by itself.
EDITS: dict[str, tuple[Texts, bool]] = {
    "an exercise more": (
        {"a": [*WORLD["a"], ":e9 a nr:Exercise ; nr:hasParticipant :ship1, :navy0 ."]},
        True,
    ),
    "an affiliation of a ship": ({"a": WORLD["a"][:1]}, True),
    "a claim": ({"b": [WORLD["b"][0], *WORLD["b"][3:]]}, True),
    "what another file gives too": (
        {"b": [":e1 a nr:Exercise ; nr:hasParticipant :navy1 .", *WORLD["b"][1:]]},
        True,
    ),
    "a file more": ({"e": [":e8 a nr:Exercise ; nr:hasParticipant :navy0, :ship1 ."]}, True),
    "what rules fill in": ({"c": [*WORLD["c"], ":e0 a nr:Event ."]}, True),
    "a label in another language": ({"c": [*WORLD["c"], ':navy0 rdfs:label "Un"@fr-CA .']}, True),
    "an exercise of states that are in no other": ({"b": WORLD["b"][:3]}, False),
    "a state that is mentioned no more": ({"d": WORLD["d"][:1]}, False),
    "an exercise that is naval no more": (
        {"b": [*WORLD["b"][:3], WORLD["b"][3].replace("nrc:naval", "nrc:air")]},
        False,
    ),
    "a ship of a state": (
        {
            "d": [
                *WORLD["d"],
                ":x1 a nr:Affiliation ; org:member :ship1 ; org:organization id:chile .",
                ":e7 a nr:Exercise ; nr:hasParticipant :ship0, :ship1 .",
            ]
        },
        True,
    ),
    "a node without a name": ({"c": [*WORLD["c"], "[] a nr:Exercise ."]}, False),
    "what only rules may write": ({"c": [*WORLD["c"], ":navy0 nr:trainedWith :navy1 ."]}, False),
    "a number in another form": ({"c": [*WORLD["c"], ":e1 nr:hasQuantity 01 ."]}, False),
    "an article's zones": ({"c": [*WORLD["c"], ":a nr:hasZone <a:a#char=0,9> ."]}, False),
}


@pytest.mark.parametrize("what", EDITS)
def test_each_edit(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change, alone = EDITS[what]
    there = content(open_store(written(tmp_path, WORLD), True, lambda _: None))
    files = written(tmp_path, WORLD | change)
    expected = loaded(files, tmp_path / "empty")
    assert differences(there, expected)
    with monkeypatch.context() as patch:
        if alone:
            patch.setattr(opening, "_derived", None)
        made = content(open_store(files, True, lambda _: None))
    assert differences(made, expected) == []
    # And back.
    back = open_store(written(tmp_path, WORLD), True, lambda _: None)
    assert differences(content(back), there) == []


def refused(source: str, target: str) -> None:
    raise OSError(errno.EXDEV, "another file system")


@pytest.mark.parametrize("linked", [True, False])
def test_an_edit_leaves_what_was_in_the_cache(
    linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = written(tmp_path, WORLD)
    before = content(open_store(files, True, lambda _: None))
    written(tmp_path, WORLD | EDITS["a claim"][0])
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_derived", None)
        if not linked:
            patch.setattr(os, "link", refused)
        open_store(files, True, lambda _: None)
    tables = [path.stat() for path in (tmp_path / "cache").glob("*.store/*.sst")]
    assert any(found.st_nlink > 1 for found in tables) == linked
    monkeypatch.setattr(opening, "_make", None)
    assert content(open_store(written(tmp_path, WORLD), True, lambda _: None)) == before


def test_a_record_that_is_damaged_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = written(tmp_path, WORLD)
    open_store(files, True, lambda _: None)
    (record,) = (tmp_path / "cache").glob("*.store/passex-given")
    record.write_bytes(record.read_bytes()[:-40])
    files = written(tmp_path, WORLD | EDITS["a claim"][0])
    made = content(open_store(files, True, lambda _: None))
    assert differences(made, loaded(files, tmp_path / "empty")) == []


def test_what_reaches_much_is_left_to_the_whole_derivation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = written(tmp_path, WORLD)
    open_store(files, True, lambda _: None)
    files = written(tmp_path, WORLD | EDITS["an exercise more"][0])
    monkeypatch.setattr(edited, "_TRIPLES", 1)
    made = content(open_store(files, True, lambda _: None))
    assert differences(made, loaded(files, tmp_path / "empty")) == []
