"""Large graphs in the cache: stores on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import passex
from passex.errors import CacheError
from passex.graph import cache, cache_keys, rules, store
from passex.graph.names import resolve
from passex.graph.sources import Source
from passex.graph.store import Store

DATA = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_MANY", 100)
    return tmp_path / "cache"


def triples(kept: Store) -> tuple[int, set[str]]:
    return len(kept.engine), {text for quad in kept.engine if "_:" not in (text := str(quad))}


def entry(place: Path) -> Path:
    (path,) = (path for path in place.iterdir() if path.suffix == ".store")
    return path


def test_a_second_call_neither_parses_nor_derives(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = passex.load(DATA).store
    assert entry(place).name == cache_keys.key([Source(DATA)]) + ".store"
    monkeypatch.setattr(store, "read", None)
    monkeypatch.setattr(rules, "derive", None)
    second = passex.load(DATA).store
    assert triples(second) == triples(first)
    assert (second.files, second.ignored, second.foreign) == ((DATA,), 0, ())
    assert resolve(second, "ls1").iri == "https://w3id.org/passex/id/league-squadron"
    assert len(second) == len(first)


def others(place: Path) -> list[str]:
    """All but what is remembered of the keys, which depends on how old the checkout is."""
    return [path.name for path in place.iterdir() if path.suffix != ".key"]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def test_damage_to_any_file_is_noticed_and_mended(place: Path) -> None:
    made = passex.load(DATA).store
    expected = triples(made)
    name = cache_keys.key([Source(DATA)])
    damages: list[Callable[[Path], None]] = [_cut, _flip, Path.unlink]
    files = sorted(path.name for path in entry(place).iterdir())
    assert len(files) > 10
    for number, file in enumerate(files):
        path = entry(place) / file
        damage = damages[number % 3] if path.stat().st_size else Path.unlink
        damage(path)
        assert cache.fetch(name, [DATA]) is None, (file, damage)
        cache.keep(name, made)
    mended = cache.fetch(name, [DATA])
    assert mended is not None
    assert triples(mended) == expected
    assert others(place) == [f"{name}.store"]


@pytest.mark.parametrize("kind", ["file", "empty folder", "foreign folder", "copy", "another"])
def test_what_is_foreign_is_not_trusted_but_replaced(place: Path, kind: str) -> None:
    made = passex.load(DATA).store
    path = entry(place)
    name = path.stem
    if kind == "another":
        other = "0" * 64
        os.rename(path, place / f"{other}.store")
        assert cache.fetch(other, [DATA]) is None
        return
    aside = path.rename(place.parent / "aside")
    if kind == "file":
        path.write_text("?", encoding="utf-8")
    elif kind == "copy":
        shutil.copytree(aside, path)
    else:
        path.mkdir()
        if kind == "foreign folder":
            (path / "CURRENT").write_text("?", encoding="utf-8")
    assert cache.fetch(name, [DATA]) is None
    cache.keep(name, made)
    assert cache.fetch(name, [DATA]) is not None
    assert others(place) == [f"{name}.store"]


def test_one_that_was_quicker_stays(place: Path) -> None:
    made = passex.load(DATA).store
    before = entry(place).stat().st_ino
    cache.keep(entry(place).stem, made)
    assert entry(place).stat().st_ino == before
    assert others(place) == [entry(place).name]


_LOAD = f"""
import sys
import passex
from passex.graph import cache
cache._MANY = 100
kg = passex.load({str(DATA)!r})
print(len(kg.store), kg.resolve("ls1").kind)
"""


def test_processes_at_once_do_not_hurt_each_other(place: Path) -> None:
    for _ in range(3):
        running = [
            subprocess.Popen(
                [sys.executable, "-W", "error", "-c", _LOAD],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        done = [process.communicate() for process in running]
        assert len(set(done)) == 1
        assert done[0][0].endswith(" Formation\n")
        assert done[0][1] == ""
        assert others(place) == [entry(place).name]
        # The next round meets a damaged one, which all want to mend.
        (entry(place) / "CURRENT").write_text("?", encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no limits of this kind")
def test_a_full_disk_leaves_nothing_behind(place: Path) -> None:
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)){_LOAD}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" Formation\n")
    assert f"{place}: the cache cannot be written (" in done.stderr
    assert done.stderr.count("cannot be written") == 1
    assert others(place) == []


def test_a_folder_that_cannot_be_written(place: Path) -> None:
    made = passex.load(DATA, cached=False).store
    place.write_text("a file stands in the way", encoding="utf-8")
    with pytest.raises(CacheError, match=f"{place}: the cache cannot be written"):
        cache.keep("k", made)


def test_what_rots_on_the_disk_the_engine_finds(place: Path) -> None:
    passex.load(DATA)
    path = entry(place)
    for file in path.glob("*.sst"):
        data = bytearray(file.read_bytes())
        if len(data) > 10_000:  # of a small file all is read when it is opened
            data[10] ^= 0xFF
            file.write_bytes(data)
    # As if no file had been written to.
    body = b"# ignored 0\n"
    (path / "passex").write_bytes(cache._sealed(path.stem, body + cache._listed(path)))
    kept = cache.fetch(path.stem, [DATA])
    assert kept is not None
    with pytest.raises(RuntimeError) as error:
        list(kept.engine)
    assert cache.is_damage(error.value)
    assert not cache.is_damage(RuntimeError("something else"))


@pytest.mark.filterwarnings("ignore:.*cannot be written")
def test_a_file_that_changes_meanwhile_is_kept_under_what_was_read(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.ttl"
    path.write_bytes(DATA.read_bytes())
    read = store.read

    def late(sources: list[Source], *others: Any) -> Store:
        path.write_bytes(DATA.read_bytes() + b"# more\n")
        return read(sources, *others)

    monkeypatch.setattr(store, "read", late)
    before = cache_keys.key([Source(path)])
    passex.load(path)
    after = cache_keys.key([Source(path)])
    assert after != before
    assert entry(place).stem == after
