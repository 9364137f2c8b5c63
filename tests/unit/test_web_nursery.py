"""Workers that are copies of one process, where the system copies processes."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from passex.web import copies
from passex.web.errors import HTTPError
from passex.web.nursery import Nursery
from passex.web.process import Process

pytestmark = pytest.mark.skipif(not copies.AVAILABLE, reason="here, no process is copied")

MODULE = "passex.web.worker"
QUERY = {
    **{"op": "query", "service": False, "base": "http://a/", "default": [], "named": []},
    **{"graphs": "turtle", "solutions": "csv", "seconds": 30},
    **{"limit": 10_000, "gzip": False, "head": False},
}


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nq"
    path.write_text("<a:s> <a:p> _:c .\n_:c <a:p> _:d <a:g> .\n", encoding="utf-8")
    return path


def nursing(graph: Path, what: Callable[[Nursery], Awaitable[None]]) -> None:
    """Do something with the workers of a graph."""

    async def main() -> None:
        nursery = Nursery(MODULE, {"graph": str(graph), "memory": 64 << 20})
        try:
            await what(nursery)
        finally:
            await nursery.close()

    asyncio.run(main())


async def ask(worker: Process, graph: Path, text: str) -> str:
    return (await worker.ask({**QUERY, "graph": str(graph), "text": text})).body.decode()


def test_copies_have_nothing_random_in_common(graph: Path) -> None:
    text = "SELECT (UUID() AS ?u) (STR(RAND()) AS ?r) (BNODE() AS ?b) {}"

    async def what(nursery: Nursery) -> None:
        found: list[str] = []
        for turn in range(4):
            if turn == 2:
                await asyncio.sleep(2)  # by then the original has imported what comes later
            worker = await nursery.worker()
            found += (await ask(worker, graph, text)).splitlines()[1].split(",")
            await worker.close()
        assert len(set(found)) == 12, found

    nursing(graph, what)


def test_copies_have_the_graph_and_no_files(graph: Path) -> None:
    async def what(nursery: Nursery) -> None:
        first, second = await asyncio.gather(nursery.worker(), nursery.worker())
        graph.unlink()
        for one in (first, second):
            asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
            assert await ask(one, graph, asked) == "n\r\n1\r\n"
        original = nursery._original
        assert original is not None
        pids = Path(f"/proc/{original._process.pid}/task/{original._process.pid}/children")
        for pid in pids.read_text().split():
            files = [one.readlink() for one in Path(f"/proc/{pid}/fd").iterdir()]
            # The socket it is asked by, the pipe of its errors, and where it answers.
            assert len(files) == 4
            assert len(set(files)) == 2
        await asyncio.gather(first.close(), second.close())
        # They have ended by themselves.
        assert (first._handle.returncode, second._handle.returncode) == (0, 0)

    nursing(graph, what)


def test_how_a_copy_ends_is_known(graph: Path) -> None:
    async def what(nursery: Nursery) -> None:
        first, second = await nursery.worker(), await nursery.worker()
        first.make_way()
        first.kill("it was to be")
        await first._handle.wait()
        with pytest.raises(HTTPError, match="it was to be"):
            await ask(first, graph, "ASK {}")
        assert first._handle.returncode == -signal.SIGKILL
        nested = f"SELECT ({'(' * 10_000}1{')' * 10_000} AS ?x) {{}}"
        with pytest.raises(HTTPError, match="nested too deeply"):
            await ask(second, graph, nested)
        assert second._handle.returncode == -signal.SIGSEGV
        assert not second.running
        await asyncio.gather(first.close(), second.close())

    nursing(graph, what)


def test_copies_end_with_their_original_and_there_is_another(graph: Path) -> None:
    async def what(nursery: Nursery) -> None:
        worker = await nursery.worker()
        assert nursery._original is not None
        os.kill(nursery._original._process.pid, signal.SIGKILL)
        await worker._handle.wait()
        with pytest.raises(HTTPError, match="the process that ran the query failed"):
            await ask(worker, graph, "ASK {}")
        await worker.close()
        other = await nursery.worker()
        assert re.fullmatch("true", await ask(other, graph, "ASK {}"))
        await other.close()

    nursing(graph, what)


def test_a_copy_that_is_said_to_have_ended_is_not_asked(graph: Path) -> None:
    async def what(nursery: Nursery) -> None:
        worker = await nursery.worker()
        # When its original ends, a copy outlives it by a moment.
        assert nursery._original is not None
        (copy,) = nursery._original._copies.values()
        copy.end(-signal.SIGKILL)
        with pytest.raises(HTTPError, match="the process that ran the query failed"):
            await ask(worker, graph, "ASK {}")
        await worker.close()
        assert worker._last_words.all.done()

    nursing(graph, what)


def test_a_graph_that_cannot_be_read(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_text("no triples", encoding="utf-8")

    async def what(nursery: Nursery) -> None:
        with pytest.raises(HTTPError, match="the graph cannot be opened"):
            await nursery.worker()

    nursing(graph, what)
