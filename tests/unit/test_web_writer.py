"""What a writable store begins with."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import passex
from passex.graph import cache, reading
from passex.graph.store import Store
from passex.web import marking, writer
from passex.web.deriving import Pending

DATA = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"


def kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Load a graph as a large one, which the cache has as a store on disk."""
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(data.parent / "cache"))
    monkeypatch.setattr(cache, "_MANY", 100)
    monkeypatch.setattr(reading, "LARGE", 100)
    return passex.load(data).store


def test_a_graph_of_the_cache_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "azure.ttl"
    data.write_bytes(DATA.read_bytes())
    store = kept(data, monkeypatch)
    folder = tmp_path / "served"
    assert writer.take(folder, store)
    assert marking.read(folder)
    engine = ox.Store(folder)
    taken = set(engine)
    assert taken == set(store.engine)
    # The same as what a start without it derives.
    Pending().derive(engine, 0)
    assert set(engine) == taken
    # The cache's own is as it was.
    engine.clear()
    del engine, store
    assert set(passex.load(data).store.engine) == taken


def test_what_keeps_literals_as_files_have_them_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "azure.ttl"
    number = '<urn:x> <urn:y> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    data.write_bytes(DATA.read_bytes() + number.encode())
    assert not writer.take(tmp_path / "served", kept(data, monkeypatch))
    assert not (tmp_path / "served").exists()


def test_a_small_graph_is_not_taken(tmp_path: Path) -> None:
    assert not writer.take(tmp_path / "served", passex.load(DATA, cached=False).store)
