"""Whose turn it is, and what is read while what follows from a change takes long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from passex.web import graphs, writer
from passex.web.errors import HTTPError
from passex.web.graphs import Changing
from passex.web.settings import Limits
from passex.web.turns import Turns


def test_ours_go_first_and_clients_have_turns() -> None:
    turns: Turns[str] = Turns()
    for name, client, ours in [
        ("greedy 1", "a", False),
        ("greedy 2", "a", False),
        ("greedy 3", "a", False),
        ("modest", "b", False),
        ("question", "a", True),
    ]:
        turns.join(name, client, ours)
    assert len(turns.waiting) == 5
    turns.leave("greedy 2")
    turns.leave("who is not there")
    assert len(turns.waiting) == 4
    assert turns.next() == "question"
    # What has had its turn for nothing goes before all, unless it does not wait any more.
    for again in ("question", "nobody"):
        turns.join_again(again)
    turns.leave("nobody")
    assert [turns.next() for _ in range(5)] == ["question", "greedy 1", "modest", "greedy 3", None]
    assert len(turns.waiting) == 0


def test_the_copy_before_is_read_while_the_next_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "PATIENCE", 0.05)
    folder = tmp_path / "store"
    writer.fill(folder, None)
    insert: dict[str, object] = {
        "op": "update",
        "text": "INSERT DATA { <a:s> <a:p> 1 }",
        "base": "http://a/",
    }
    insert |= {"default": [], "named": [], "service": False, "load": False}

    async def main() -> None:
        source = Changing(folder, Limits(), set)
        await source.start()
        derive, may = source._derive, asyncio.Event()

        async def late() -> None:
            await may.wait()
            await derive()

        try:

            async def current() -> str:
                await source.fresh()
                return source.path

            first = await current()
            monkeypatch.setattr(source, "_derive", late)
            assert (await source.change(insert)).head["status"] == 204
            # Twice: the second waits for nothing.
            assert [await current(), await current()] == [first, first]
            assert source.state == {"behind": 1}
            assert source.version_of(first) != source.version
            may.set()
            monkeypatch.setattr(graphs, "PATIENCE", 60.0)
            now = await current()
            assert now != first
            assert source.version_of(now) == source.version
            assert source.state == {"behind": 0}
        finally:
            await source.close()

    asyncio.run(main())


def test_a_change_without_an_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "PATIENCE", 60.0)
    folder = tmp_path / "store"
    writer.fill(folder, None)
    crossed = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9))
    heavy = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {crossed} }} }}"
    rows = " ".join(f"<a:s> <a:p> {n} ." for n in range(50))
    common: dict[str, object] = {"op": "update", "base": "http://a/", "default": [], "named": []}
    common |= {"service": False, "load": False}

    async def main() -> None:
        source = Changing(folder, Limits(seconds=1), set)
        await source.start()
        try:
            done = await source.change({**common, "text": f"INSERT DATA {{ {rows} }}"})
            assert done.head["status"] == 204
            await source.fresh()
            read, may = source.path, asyncio.Event()

            async def late() -> None:
                await may.wait()

            with pytest.raises(HTTPError, match="took longer than 1 second"):
                await source.change({**common, "text": heavy})
            # The next update has the store for long, and nobody was told of what is new.
            monkeypatch.setattr(source, "_derive", late)
            await asyncio.wait_for(source.fresh(), 5)
            assert (source.path, source.state) == (read, {"behind": 1})
            may.set()
            refreshing = source._refreshing
            assert refreshing is not None
            await refreshing
            assert source.state == {"behind": 0}
        finally:
            await source.close()

    asyncio.run(main())


def test_what_has_failed_is_tried_again_later_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    writer.fill(folder, None)
    insert: dict[str, object] = {"op": "update", "base": "http://a/", "default": [], "named": []}
    insert |= {"service": False, "load": False, "text": "INSERT DATA { <a:s> <a:p> 1 }"}
    tried = 0

    async def main() -> None:
        source = Changing(folder, Limits(), set)
        await source.start()

        async def full() -> None:
            nonlocal tried
            tried += 1
            raise HTTPError(507, "the disk is full")

        derive = source._derive
        try:
            assert (await source.change(insert)).head["status"] == 204
            monkeypatch.setattr(source, "_derive", full)
            for _ in range(3):
                await source.fresh()
            assert tried == 1
            assert source.state == {"behind": 1, "trouble": "the disk is full"}
            monkeypatch.setattr(source, "_derive", derive)
            monkeypatch.setattr(source, "_again", 1.0)  # long ago
            await source.fresh()
            assert source._refreshing is not None
            await source._refreshing
            assert source.state == {"behind": 0}
        finally:
            await source.close()

    asyncio.run(main())
