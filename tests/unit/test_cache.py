from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

import passex
from passex.errors import CacheError
from passex.exports.rdf import nquads
from passex.exports.triples import whole
from passex.graph import cache, result_cache, rules, store
from passex.graph.store import Store

FACTS = """@prefix nr: <https://w3id.org/passex/ontology#> .
    @prefix nrc: <https://w3id.org/passex/concept/> .
    @prefix : <https://e.org/> .
    :a a nr:State . :b a nr:State . :a nr:trainedWith :b .
    :x a nr:Exercise ; nr:hasParticipant :a, :b ;
        nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.ttl"
    path.write_text(FACTS, encoding="utf-8")
    return path


def triples(kept: Store) -> tuple[int, set[str]]:
    """All quads by number, and those without a blank node, which has another name each time."""
    return len(kept.engine), {text for quad in kept.engine if "_:" not in (text := str(quad))}


def fresh(facts: Path) -> Store:
    made = store.load([facts])
    rules.derive(made)
    return made


def only(place: Path) -> Path:
    (path,) = (path for path in place.iterdir() if path.suffix != ".key")
    return path


def test_what_comes_out_is_what_went_in(place: Path, facts: Path) -> None:
    made = fresh(facts)
    cache.keep("k", made)
    kept = cache.fetch("k", made.files)
    assert kept is not None
    assert triples(kept) == triples(made)
    assert (kept.files, kept.ignored) == (made.files, 1)


def test_what_the_files_have_otherwise_comes_out_too(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.trig"
    said = '<http://e/a> <http://e/p> "x"@en-GB, "y"@en-GB, "z"@en-gb, "1", 1, "01"^^xsd:integer .'
    prefix = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    path.write_text(f"{prefix}{FACTS}\n{said}\n<http://e/g> {{ {said} }}", encoding="utf-8")
    made = fresh(path)
    cache.keep("k", made)
    kept = cache.fetch("k", made.files)
    assert kept is not None
    assert (kept.tags, kept.variants) == ({"en-gb": "en-GB"}, {"en-gb": "en-GB"})
    assert kept.changed() == [
        "1 literal in another form of the same value than the files have, also for STR(): such as "
        '"01"^^xsd:integer as "1"^^xsd:integer',
        "1 triple fewer than the files have: those that differ in the form of a value alone are "
        "one",
        "language tags in small letters: such as @en-GB as @en-gb",
    ]
    assert [*nquads(whole(kept))] == [*nquads(whole(made))]
    lines = b"".join(nquads(whole(kept))).splitlines()
    assert len([line for line in lines if b"<http://e/p>" in line]) == 12


def test_a_second_call_neither_parses_nor_derives(
    place: Path, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.warns(UserWarning, match="1 triple of derived properties in the data ignored"):
        first = passex.load(facts)
    monkeypatch.setattr(store, "read", None)
    monkeypatch.setattr(rules, "derive", None)
    with pytest.warns(UserWarning, match="1 triple of derived properties"):
        second = passex.load(facts)
    assert triples(second.store) == triples(first.store)


@pytest.mark.filterwarnings("ignore:1 triple")
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-9], id="cut"),
        pytest.param(lambda data: data.replace(b"/e.org/a", b"/e.org/z", 1), id="altered"),
        pytest.param(lambda data: b"# passex cache 0" + data[16:], id="another version"),
        pytest.param(lambda data: data[:16] + b"0" + data[17:], id="another graph"),
        pytest.param(lambda data: b"\xff\xfe" * 99, id="foreign"),
    ],
)
def test_damage_is_not_trusted_but_mended(place: Path, facts: Path, damage: object) -> None:
    expected = triples(passex.load(facts).store)
    path = only(place)
    data = path.read_bytes()
    assert callable(damage)
    path.write_bytes(damage(data))
    assert cache.fetch(path.stem, [facts]) is None
    assert triples(passex.load(facts).store) == expected
    assert cache.fetch(path.stem, [facts]) is not None


@pytest.mark.filterwarnings("ignore:1 triple")
def test_without_the_cache_nothing_is_written(place: Path, facts: Path) -> None:
    passex.load(facts, cached=False)
    assert not place.exists()


@pytest.mark.filterwarnings("ignore:1 triple")
def test_a_folder_that_cannot_be_written(place: Path, facts: Path) -> None:
    place.write_text("a file stands in the way", encoding="utf-8")
    with pytest.raises(CacheError, match=f"{place}: the cache cannot be written"):
        cache.keep("k", fresh(facts))
    with pytest.warns(UserWarning, match="the cache cannot be written"):
        assert len(passex.load(facts).store) > 0


def test_two_at_once_leave_one_whole_file(place: Path, facts: Path) -> None:
    made = fresh(facts)
    writers = [threading.Thread(target=cache.keep, args=("k", made)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert only(place).name == "k.nq"
    assert cache.fetch("k", made.files) is not None


def test_only_the_last_used_are_kept(place: Path, facts: Path) -> None:
    made = fresh(facts)
    for number in range(20):
        cache.keep(f"k{number:02}", made)
    assert len(list(place.iterdir())) == 20  # what was used just now may still be in use
    for number in range(20):
        os.utime(place / f"k{number:02}.nq", (number, number))
    cache.keep("k20", made)
    assert sorted(path.name for path in place.iterdir()) == [
        f"k{number:02}.nq" for number in range(5, 21)
    ]


def test_what_a_killed_process_left_goes_after_a_day(place: Path, facts: Path) -> None:
    (place / "old.tmp").mkdir(parents=True)
    (place / "old.tmp" / "000009.sst").touch()
    (place / "older.tmp").touch()
    (place / "new.tmp").mkdir()
    for name in ("old.tmp", "older.tmp"):
        os.utime(place / name, (0, 0))
    cache.keep("k", fresh(facts))
    assert sorted(path.name for path in place.iterdir()) == ["k.nq", "new.tmp"]


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [
        ("/own", "/shared", "/own"),
        ("", "/shared", "/shared/passex"),
        ("", "", "/home/me/.cache/passex"),
    ],
)
def test_where_it_is(monkeypatch: pytest.MonkeyPatch, own: str, shared: str, expected: str) -> None:
    monkeypatch.setenv("PASSEX_CACHE_DIR", own)
    monkeypatch.setenv("XDG_CACHE_HOME", shared)
    monkeypatch.setenv("HOME", "/home/me")
    assert result_cache.folder() == Path(expected)
