"""`passex serve` under attack: what is cheap is answered while something dear goes on."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from processes import children, eventually, lives
from serving import Server, serving, writable

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: More than the buffers of sockets and pipes hold.
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
SOME = " ".join(f"<a:{n}> <a:q> {n} ." for n in range(300))
STORES = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--timeout", "60", "--max-queries", "2") as one:
        yield one


def cheap(server: Server, ours: str = "/ask/partners?actor=Japan") -> None:
    """Ask what no cache has, and one of the product's own questions, and wait for no others."""
    begun = time.monotonic()
    for _ in range(5):
        assert server.true(f"ASK {{}} # {time.monotonic()}")
    assert server.http.get(ours).status_code == 200
    # Of the sixty seconds that a slow one may take; it is some tenths on a machine that is quiet.
    assert time.monotonic() - begun < 20


@contextlib.contextmanager
def attacking(server: Server, times: int, **request: object) -> Iterator[None]:
    """Have clients send a request again and again, for a while."""
    over = threading.Event()

    def attack() -> None:
        with httpx.Client(base_url=server.url, timeout=60) as http:
            while not over.is_set():
                with contextlib.suppress(httpx.HTTPError):
                    http.request(**request)  # type: ignore[arg-type]

    threads = [threading.Thread(target=attack) for _ in range(times)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@contextlib.contextmanager
def asking(server: Server, query: str, times: int) -> Iterator[None]:
    """Have many clients ask, and read nothing of what they get, for a while."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    with contextlib.ExitStack() as stack:
        for number in range(times):
            client = stack.enter_context(socket.create_connection((host, int(port))))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            asked = quote(f"{query} # {number}")
            head = f"GET /sparql?query={asked} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
            client.sendall(head.encode())
        yield
    eventually(lambda: workers(server) == 2)


def workers(server: Server) -> int:
    """Count the processes that answer queries."""
    return int(server.http.get("/health").json()["workers"])


@pytest.mark.parametrize("queries", [2, 6, 20])
def test_slow_queries_hold_up_no_cheap_one(server: Server, queries: int) -> None:
    with asking(server, SLOW, queries):
        # Two have become slow ones, and there are two processes more.
        eventually(lambda: workers(server) == 4)
        cheap(server)
        # No more than that for longer: those that stood aside are begun again later.
        eventually(lambda: workers(server) == 4)


def test_slow_readers_hold_up_no_cheap_query(server: Server) -> None:
    with asking(server, LONG, 20):
        # Eight that are read; the slowest of the others were ended.
        eventually(lambda: workers(server) == 10)
        cheap(server)
        assert workers(server) <= 14


def test_queries_that_nobody_waits_for_hold_up_none(server: Server) -> None:
    for turn in range(5):
        with asking(server, f"{SLOW} # {turn}", 40):
            pass
        cheap(server)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        # Many empty members, and little that becomes much.
        (gzip.compress(b"") * 200_000, {"Content-Encoding": "gzip"}, 400),
        (gzip.compress(bytes(100 << 20), 1), {"Content-Encoding": "gzip"}, 413),
        (b"SELECT (" + b"(" * 10_000 + b"1" + b")" * 10_000 + b" AS ?x) {}", {}, 400),
        (b"SELECT (<a:no-function>(1) AS ?x) {}", {}, 400),
        (b" " * (17 << 20), {}, 413),
    ],
    ids=["members", "bomb", "nested", "no function", "too long"],
)
def test_what_is_refused_holds_up_no_cheap_query(
    server: Server, body: bytes, headers: dict[str, str], status: int
) -> None:
    request = {"method": "POST", "url": "/sparql", "content": body}
    typed = {"Content-Type": "application/sparql-query", **headers}
    assert server.http.request(**request, headers=typed).status_code == status  # type: ignore[arg-type]
    with attacking(server, 6, **request, headers=typed):
        cheap(server)


@STORES
def test_large_graphs_and_updates_hold_up_no_cheap_query(tmp_path: Path) -> None:
    rows = "".join(f'<a:{n}> <a:p> "{"x" * 400}" .\n' for n in range(5000))
    heavy = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ {{ {SLOW} }} }}"
    put = {"method": "PUT", "url": "/graphs?graph=a:g", "content": rows}
    post = {"method": "POST", "url": "/sparql", "content": heavy}
    # No more patience than a server has that nobody tests.
    usual = "--timeout", "2", "--empty"
    with serving(*writable(tmp_path / "store", *usual), patience=2.0) as one:
        assert one.update(f"INSERT DATA {{ {SOME} }}").status_code == 204
        with (
            attacking(one, 1, **put, headers={"Content-Type": "text/turtle"}),
            attacking(one, 1, **post, headers={"Content-Type": "application/sparql-update"}),
        ):
            for _ in range(10):
                cheap(one, "/terms")


@STORES
def test_a_second_start_on_a_store_does_the_first_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(*writable(folder, "--empty")) as one:
        assert one.update("INSERT DATA { <a:s> <a:p> 1 }").status_code == 204
        assert one.true("ASK { <a:s> <a:p> 1 }")
        with (
            pytest.raises(AssertionError, match="cannot be opened as a store"),
            serving(*writable(folder)),
        ):
            pass
        before = set(children(one.process.pid))
        one.http.post(
            "/sparql", data={"query": f"SELECT ({'(' * 10_000}1{')' * 10_000} AS ?x) {{}}"}
        )
        eventually(lambda: set(children(one.process.pid)) - before)
        for turn in range(4):  # also of the worker that is new
            assert one.true(f"ASK {{ <a:s> <a:p> 1 }} # {turn}")
        # Nor does it do harm if the copies are gone: they are made again.
        shutil.rmtree(folder / "passex-snapshots")
        for turn in range(4):
            assert one.true(f"ASK {{ <a:s> <a:p> 1 }} # again {turn}")


@STORES
def test_a_writer_does_not_outlive_its_server(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    heavy = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ {{ {SLOW} }} }}"
    with serving(*writable(folder, "--empty")) as one:
        assert one.update(f"INSERT DATA {{ {SOME} }}").status_code == 204

        def attack() -> None:
            with contextlib.suppress(httpx.HTTPError):
                one.update(heavy)

        thread = threading.Thread(target=attack)
        thread.start()
        left = children(one.process.pid)
        time.sleep(1)
        one.process.kill()
        thread.join()
        one.kill()
    eventually(lambda: not any(map(lives, left)), 10)
    with serving(*writable(folder)) as two:
        assert two.true("ASK { FILTER NOT EXISTS { <a:s> <a:p> ?n } }")


def test_on_a_full_disk_the_last_copy_answers_and_delete_makes_room(small_disk: Path) -> None:
    folder = small_disk / "store"
    words = "x" * 5000
    with serving(*writable(folder, "--empty")) as one:
        for number in range(200):
            rows = " ".join(f'<a:{number}> <a:p{n}> "{words}{number}-{n}" .' for n in range(50))
            answer = one.http.put(
                f"/graphs?graph=a:g{number}", content=rows, headers={"Content-Type": "text/turtle"}
            )
            if answer.status_code != 201:
                break
            # There may be no room for a copy any more; then the one before answers.
            assert one.ask(f"ASK {{ GRAPH <a:g{number}> {{ ?s ?p ?o }} }}").status_code == 200
        assert answer.status_code == 507
        for turn in range(3):
            assert one.true(f"ASK {{ GRAPH <a:g0> {{ ?s ?p ?o }} }} # {turn}")
        gone = one.http.delete("/graphs?graph=a:g0")
        assert gone.status_code == 200, gone.text
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    with serving(*writable(folder)) as two:
        # What was acknowledged is there, and what was removed is not.
        assert two.true("ASK { GRAPH <a:g1> { ?s ?p ?o } }")
        assert not two.true("ASK { GRAPH <a:g0> { ?s ?p ?o } }")
        assert two.http.get("/health").json()["status"] == "ok"
