"""Whose turn it is, and what is read while what follows from a change takes long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from passex.web import graphs, writer
from passex.web.graphs import Changing
from passex.web.settings import Limits
from passex.web.turns import Turns


def test_ours_go_first_and_clients_have_turns() -> None:
    async def main() -> list[str]:
        turns: Turns[str] = Turns()
        names = {}
        for name, client, ours in [
            ("greedy 1", "a", False),
            ("greedy 2", "a", False),
            ("greedy 3", "a", False),
            ("modest", "b", False),
            ("question", "a", True),
        ]:
            names[turns.wait(client, ours)] = name
        assert len(turns) == 5
        gone = next(turn for turn, name in names.items() if name == "greedy 2")
        gone.cancel()
        assert len(turns) == 4
        order = []
        while turn := turns.next():
            order.append(names[turn])
        return order

    assert asyncio.run(main()) == ["question", "greedy 1", "modest", "greedy 3"]


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
            first = await source.current()
            monkeypatch.setattr(source, "_derive", late)
            assert (await source.change(insert)).head["status"] == 204
            # Twice: the second waits for nothing.
            assert [await source.current(), await source.current()] == [first, first]
            assert source.state == {"behind": 1}
            assert source.version_of(first) != source.version
            may.set()
            monkeypatch.setattr(graphs, "PATIENCE", 60.0)
            now = await source.current()
            assert now != first
            assert source.version_of(now) == source.version
            assert source.state == {"behind": 0}
        finally:
            await source.close()

    asyncio.run(main())
