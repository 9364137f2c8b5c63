from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from passex.graph import cache_keys, dataset
from passex.graph.sources import Source


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.ttl"
    path.write_text("<a:b> <a:b> <a:b> .", encoding="utf-8")
    return path


def key(*paths: Path) -> str:
    return cache_keys.key([Source(path) for path in paths])


def age(path: Path) -> None:
    """Make a file look like one of long ago, whose times nobody doubts."""
    os.utime(path, (1, 1))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds after whatever was written."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 3_000_000_000)


def test_every_input_is_in_the_key(facts: Path, tmp_path: Path) -> None:
    base = key(facts)
    other = tmp_path / "facts.nt"
    other.write_bytes(facts.read_bytes())
    assert key(other) != base
    assert key(facts, facts) != base
    facts.write_text("<a:b> <a:b> <a:c> .", encoding="utf-8")
    assert key(facts) != base


def test_only_the_content_of_facts_counts(facts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_bytes(facts.read_bytes())
    assert key(other) == key(facts)


def test_the_rules_are_in_the_key(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = key(facts)
    monkeypatch.setattr(dataset, "rule_files", lambda: ())
    assert key(facts) != base


@pytest.mark.usefixtures("settled")
def test_a_file_that_is_as_it_was_is_not_read(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cache"
    first = cache_keys.remembered_key([Source(facts)], place)
    assert first == key(facts)
    assert len(list(place.iterdir())) == 1
    monkeypatch.setattr(Source, "hash", None)
    assert cache_keys.remembered_key([Source(facts)], place) == first


@pytest.mark.usefixtures("settled")
def test_a_file_of_the_same_size_and_age_is_read_again(facts: Path, tmp_path: Path) -> None:
    age(facts)
    first = cache_keys.remembered_key([Source(facts)], tmp_path / "cache")
    facts.write_text("<a:b> <a:b> <a:z> .", encoding="utf-8")
    age(facts)
    second = cache_keys.remembered_key([Source(facts)], tmp_path / "cache")
    assert second == key(facts) != first


def test_what_was_written_just_now_is_not_remembered(facts: Path, tmp_path: Path) -> None:
    assert cache_keys.remembered_key([Source(facts)], tmp_path / "cache") == key(facts)
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("damage", [b"", b"\xff\xff", None])
def test_a_damaged_memory_is_not_trusted_but_mended(
    facts: Path, tmp_path: Path, damage: bytes | None
) -> None:
    place = tmp_path / "cache"
    expected = cache_keys.remembered_key([Source(facts)], place)
    (path,) = place.iterdir()
    sound = path.read_bytes()
    flipped = sound.replace(expected.encode(), b"0" * 64)
    assert flipped != sound
    path.write_bytes(flipped if damage is None else damage)
    assert cache_keys.remembered_key([Source(facts)], place) == expected
    assert path.read_bytes() == sound


@pytest.mark.usefixtures("settled")
def test_where_nothing_can_be_remembered_the_key_is_the_same(facts: Path) -> None:
    assert cache_keys.remembered_key([Source(facts)], Path("/dev/null/cache")) == key(facts)


def test_a_day_is_in_the_key(facts: Path, tmp_path: Path) -> None:
    sources, place = [Source(facts)], tmp_path / "cache"
    age(facts)
    days = (None, "2031-01-10", "2031-02-10")
    assert len({cache_keys.key(sources, day) for day in days}) == len(days)
    for _ in range(2):  # worked out, and remembered
        found = [cache_keys.remembered_key(sources, place, day) for day in days]
        assert found == [cache_keys.key(sources, day) for day in days]
