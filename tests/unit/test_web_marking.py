"""The mark of a store in which all is derived."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import cache_keys
from passex.web import marking
from passex.web.deriving import Pending

QUAD = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that was closed and marked."""
    engine = ox.Store(tmp_path)
    engine.add(QUAD)
    engine.flush()
    del engine
    marking.leave(tmp_path, 700)
    return tmp_path


def test_a_mark_is_good_once(folder: Path) -> None:
    mark = marking.read(folder)
    assert mark
    assert marking.take(folder, mark) == 700
    assert (marking.read(folder), marking.take(folder, mark)) == ("", 0)


def test_whoever_opens_the_store_spoils_the_mark(folder: Path) -> None:
    before = marking.read(folder)
    engine = ox.Store(folder)
    assert marking.read(folder) == ""
    del engine
    assert marking.read(folder) == ""
    marking.leave(folder, 700)
    # As when somebody else had it open between the two.
    assert marking.take(folder, before) == 0
    assert not (folder / marking.FILE).exists()


def test_another_passex_or_other_rules_spoil_the_mark(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("own_key", "code"):
        assert marking.passex()
        with monkeypatch.context() as patch:
            patch.setattr(cache_keys, name, lambda: "another")
            assert marking.read(folder)  # it is the one that is running
            marking.passex.cache_clear()
            assert marking.read(folder) == ""
            marking.passex.cache_clear()
    assert marking.read(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"most": 1, "state": []}', "\ufeff"])
def test_what_is_no_mark_is_not_believed(folder: Path, text: str) -> None:
    (folder / marking.FILE).write_text(text, encoding="utf-8")
    assert marking.read(folder) == ""


def test_what_failed_or_waits_is_not_done() -> None:
    engine = ox.Store()
    pending = Pending()
    assert not pending.done
    pending.trust(700)
    assert pending.done
    with pytest.raises(SyntaxError):
        pending.write(engine, None, lambda: engine.update("?"))
    assert pending.done
    with pytest.raises(RuntimeError):
        pending.write(engine, [], lambda: engine.update("CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>"))
    assert not pending.done
    pending = Pending()
    pending.trust(700)
    pending.write(engine, [QUAD], lambda: engine.add(QUAD))
    assert not pending.done
    assert pending.derive(engine, 0) == ""
    assert pending.done
