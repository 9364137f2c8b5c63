"""What networks in brief are made of is kept beside a large graph, and gives the same."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import passex
from passex.graph import cache, reading
from passex.graph.terms import LEVELS, NAMED
from passex.network import activities, brief, chains, columns, twomode
from passex.network.policy import Policy

from .test_batches import AZURE
from .worlds import STORY

EVERY = ("held", "under-way", "planned")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_MANY", 100)
    (tmp_path / "story.ttl").write_text(STORY, encoding="utf-8")
    return [str(AZURE), str(tmp_path / "story.ttl")]


def test_what_is_kept_gives_the_same_network(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGE", 100)
    made = passex.load(*files).store
    # Those of actors as named are kept once they are asked for.
    assert len(list((tmp_path / "cache").glob("*.columns"))) == 2 + len(LEVELS)
    columns.read_members(made, NAMED)
    columns.read_inferred(made, NAMED)
    plain = passex.load(*files, cached=False).store
    assert (made.key != "", plain.key) == (True, "")
    policies = [
        Policy(level=level, include=include, basis=basis, since=since, domain="all")
        for level, include, basis, since in product(
            (*LEVELS, NAMED), (EVERY, ("held",)), ("any", "stated"), (None, "2018")
        )
    ]
    expected = [brief.build(plain, policy) for policy in policies]
    assert [brief.build(made, policy) for policy in policies] == expected
    assert sum(len(network.ties) for network in expected) > 100
    assert columns.read_inferred(made, "state")
    # Nothing of it is read from the graph again.
    for module, name in ((activities, "without_names"), (twomode, "read"), (chains, "inferred")):
        monkeypatch.setattr(module, name, None)
    again = passex.load(*files).store
    assert again.key == made.key
    assert [brief.build(again, policy) for policy in policies] == expected


def test_of_a_graph_in_memory_nothing_is_kept(files: list[str], tmp_path: Path) -> None:
    brief.build(passex.load(*files, cached=False).store, Policy(level="state"))
    assert list(tmp_path.glob("cache/*.columns")) == []


def test_columns_that_are_damaged_are_made_anew(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGE", 100)
    store = passex.load(*files).store
    expected = brief.build(store, Policy(level="state"))
    for path in tmp_path.glob("cache/*.columns"):
        path.write_bytes(path.read_bytes()[:-9] + b"]")
    assert brief.build(store, Policy(level="state")) == expected
