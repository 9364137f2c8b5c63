"""Workers that break down: some are played by processes that abort as the engine does."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.web import children, pool
from passex.web.children import Child
from passex.web.errors import HTTPError
from passex.web.pool import Pool
from passex.web.settings import Limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there, no process has a signal")

#: A worker: what is in the folder it is given says how it dies, and how many do. What it is asked
#: is what it answers, but for what it is to do before.
WORKER = """
import os, pathlib, sys, time
from passex.web import copies, frames

def answer(request, output):
    folder = pathlib.Path(request["graph"])
    dying = sorted(folder.glob("die*"))
    if dying:
        words = dying[0].read_bytes()
        dying[0].unlink()
        os.write(2, words)
        os.abort()
    text = request.get("text", "answered")
    if text == "abort":
        os.abort()
    if text.startswith("sleep"):
        time.sleep(float(text.split()[1]))
    output.head["type"] = "text/plain"
    output.write(text.encode())

if copies.AVAILABLE:
    copies.await_copies()
frames.serve(answer, frames.answer_pipe())
"""
THREAD = (
    b"terminate called after throwing an instance of 'std::system_error'\n"
    b"  what():  Resource temporarily unavailable\n"
)
#: More than a pipe holds, so that whoever waits for it to be read is seen to hang.
CHATTER = b"a library has much to say\n" * 10_000
#: Longer than any that the engine was seen to write.
BACKTRACE = b"   0: std::alloc::rust_oom\n" * 1000
MEMORY = "the query needs more memory than this server gives to one"
FAILED = "the process that ran the query failed"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dying_worker.py").write_text(WORKER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pool, "_MODULE", "dying_worker")
    return tmp_path


COMMON = {"limit": 1000, "gzip": False, "head": False}
QUERY = {
    **COMMON,
    **{"op": "query", "service": False, "base": "http://a/", "default": [], "named": []},
    **{"graphs": "turtle", "solutions": "csv", "seconds": 30},
}


async def ask(folder: Path) -> tuple[int, str]:
    """Give the status and the body, or the message, of the answer of a pool of one worker."""

    async def fresh() -> None:
        pass

    async def stay() -> None:
        await asyncio.Event().wait()

    one = Pool(Limits(workers=1), fresh, lambda: str(folder), "")
    await one.start()
    try:
        async with one.ask(COMMON, stay) as (answer, _):
            return answer.head["status"], answer.body.decode()
    except HTTPError as error:
        return error.status, error.message
    finally:
        await one.close()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        # The engine's own words, and those of its store.
        ([b"memory allocation of 1073741824 bytes failed\n"], (503, MEMORY)),
        ([b"terminate called after throwing an instance of 'std::bad_alloc'\n"], (503, MEMORY)),
        ([CHATTER + b"memory allocation of 64 bytes failed\n"], (503, MEMORY)),
        ([b"memory allocation of 64 bytes failed\n" + BACKTRACE], (503, MEMORY)),
        # What was not for want of memory is tried once more, and once only.
        ([THREAD], (200, "answered")),
        ([CHATTER + THREAD], (200, "answered")),
        ([b""], (200, "answered")),
        ([THREAD, THREAD], (500, FAILED)),
        ([THREAD, b"memory allocation of 64 bytes failed\n"], (503, MEMORY)),
    ],
)
def test_a_worker_that_aborts(folder: Path, words: list[bytes], answer: tuple[int, str]) -> None:
    for number, one in enumerate(words):
        (folder / f"die{number}").write_bytes(one)
    assert asyncio.run(ask(folder)) == answer
    assert not list(folder.glob("die*"))


def tell(folder: Path, limits: Limits, *words: str) -> list[str]:
    """Ask a pool all at once, and give the answers, or the messages, in their order of arrival."""
    arrived: list[str] = []

    async def fresh() -> None:
        pass

    async def stay() -> None:
        await asyncio.Event().wait()

    async def main() -> None:
        one = Pool(limits, fresh, lambda: str(folder), "")
        await one.start()

        async def ask(text: str) -> None:
            try:
                async with one.ask({**COMMON, "text": text}, stay, "client") as (answer, _):
                    arrived.append(answer.body.decode())
            except HTTPError as error:
                arrived.append(f"{text}: {error.message}")

        try:
            await asyncio.gather(*map(ask, words))
        finally:
            await one.close()

    asyncio.run(main())
    return arrived


def test_what_was_sent_ahead_of_a_slow_query_is_answered_before_it(folder: Path) -> None:
    words = ["first", "sleep 2", "ahead", "last"]
    answered = tell(folder, Limits(workers=1), *words)
    assert answered == ["first", "ahead", "last", "sleep 2"]


def test_what_was_sent_ahead_is_answered_whatever_ends_the_query_before_it(folder: Path) -> None:
    words = ["first", "abort", "ahead", "sleep 60", "another", "last"]
    answered = tell(folder, Limits(workers=1, seconds=3), *words)
    late = "sleep 60: it took longer than 3 seconds, the limit of this server"
    assert sorted(answered) == sorted(
        ["first", f"abort: {FAILED}", "ahead", late, "another", "last"]
    )
    assert answered[-1] == late


def test_no_more_wait_than_may(folder: Path) -> None:
    words = ["sleep 0.3", "one", "two", "three"]
    answered = tell(folder, Limits(workers=1, waiting=2), *words)
    assert answered[0] == "three: the server is busy"
    assert sorted(answered[1:]) == ["one", "sleep 0.3", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o FROM <a:g> { ?s ?p ?o }",
        "SELECT ?o { GRAPH <a:g> { ?s ?p ?o } VALUES ?s { <a:from> } }",
    ],
)
def test_the_first_query_of_a_worker_needs_no_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("<a:from> <a:p> <a:o> <a:g> .\n", encoding="utf-8")

    async def main() -> bytes:
        one = await children.start("passex.web.worker", {"graph": str(path), "memory": 0})
        try:
            return (await one.ask({**QUERY, "graph": str(path), "text": text})).body
        finally:
            await one.close()

    assert asyncio.run(main()) == b"o\r\na:o\r\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory so")
def test_the_limit_on_memory_is_for_the_query_and_not_for_its_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    engine = ox.Store(folder)
    engine.update("INSERT DATA { <a:1> <a:p> 1 , 2 , 3 , 4 , 5 , 6 , 7 , 8 , 9 }")
    copies = [tmp_path / str(number) for number in range(8)]
    for copy in copies:
        engine.backup(copy)
    del engine
    pattern = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(6))

    async def main() -> int:
        # To open a store takes more, and there is no second worker that could do it instead.
        one = await children.start("passex.web.worker", {"graph": "", "memory": 16 << 20})
        try:
            for copy in copies:
                request = {**QUERY, "graph": str(copy)}
                answer = await one.ask({**request, "text": "ASK { <a:1> <a:p> 9 }"})
                assert answer.body == b"true"
            assert isinstance(one._handle, Child)
            status = Path(f"/proc/{one._handle.pid}/status").read_text()
            with pytest.raises(HTTPError, match=MEMORY):
                await one.ask({**request, "text": f"SELECT * {{ {pattern} }} ORDER BY ?o0"})
        finally:
            await one.close()
        return next(int(line.split()[1]) for line in status.splitlines() if "VmPeak" in line)

    # It is half of this; with a heap for each thread, from 450 to as much as there is.
    assert asyncio.run(main()) < 400 * 1024
