"""Measure what a cheap query takes while others attack `passex serve`.

One client asks `ASK {}`, each time with another comment so that no cache has it, over a new
connection, and waits for the answer before it asks again. Other clients, in a process of their own,
do meanwhile what servers have to bear with. The table goes into docs/serve.md.

Example:
    python benchmarks/attacks.py --seconds 12
    python benchmarks/attacks.py --only readers --only slow
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

_HERE: Final = "127.0.0.1"
_ELSEWHERE: Final = "127.0.0.2"
_CROSS: Final = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_SLOW: Final = f"SELECT (COUNT(*) AS ?n) {_CROSS}"
_LONG: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
_NESTED: Final = f"SELECT ({'(' * 10_000}1{')' * 10_000} AS ?x) {{}}"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
#: Attacks one server at an address, once; is done again and again.
Attack = Callable[[int], None]


def _post(port: int, body: bytes, kind: str, path: str = "/sparql", **headers: str) -> None:
    connection = http.client.HTTPConnection(_HERE, port, timeout=60)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        method = "PUT" if path.startswith("/graphs") else "POST"
        connection.request(method, path, body, {"Content-Type": kind, **headers})
        connection.getresponse().read()


def _query(text: str, port: int) -> None:
    _post(port, f"{text} # {time.monotonic()}".encode(), _QUERY)


def _update(text: str, port: int) -> None:
    _post(port, text.encode(), _UPDATE)


def _packed(make: Callable[[], bytes], port: int) -> None:
    _post(port, make(), _QUERY, **{"Content-Encoding": "gzip"})


@functools.cache
def _members() -> bytes:
    return gzip.compress(b"") * 800_000


@functools.cache
def _spaces() -> bytes:
    return gzip.compress(bytes(300 << 20).replace(b"\0", b" "), 1)


def _graph(kind: str, port: int) -> None:
    """Put a graph of four megabytes that nobody had before."""
    name = time.monotonic_ns()
    rows = "".join(f'<a:{n}> <a:p> "{name}{"x" * 400}" .\n' for n in range(9000))
    _post(port, rows.encode(), kind, f"/graphs?graph=a:{name}")


def _read_nothing(port: int) -> None:
    """Ask for a long answer, and leave it in the buffers until the server has had enough."""
    with socket.socket() as client, contextlib.suppress(OSError):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect((_HERE, port))
        asked = quote(f"{_LONG} # {time.monotonic()}")
        client.sendall(f"GET /sparql?query={asked} HTTP/1.1\r\nHost: {_HERE}\r\n\r\n".encode())
        while client.recv(1):
            time.sleep(1)


def _come_and_go(port: int) -> None:
    """Ask what takes long, and be gone soon."""
    with socket.socket() as client, contextlib.suppress(OSError):
        client.connect((_HERE, port))
        asked = quote(f"{_SLOW} # {time.monotonic()}")
        client.sendall(f"GET /sparql?query={asked} HTTP/1.1\r\nHost: {_HERE}\r\n\r\n".encode())
        time.sleep(0.1)


def _start_again(store: str, port: int) -> None:
    command = [sys.executable, "-m", "passex", "serve", "--port", "0", "--writable"]
    subprocess.run([*command, "--store", store], capture_output=True, check=False)


@dataclass(frozen=True)
class _Row:
    """An attack.

    Attributes:
        name: What it is called on the command line.
        said: What it is, in the table.
        clients: How many clients do it.
        attack: Does it once.
        store: Whether the server is writable: ``disk``, or ``small`` for a disk that is full soon.
        asks_from: The address that the cheap queries come from; the attack comes from the first.
    """

    name: str
    said: str
    clients: int
    attack: Attack
    store: str = ""
    asks_from: str = _HERE


def _rows(store: str) -> list[_Row]:
    members = functools.partial(_packed, _members)
    spaces = functools.partial(_packed, _spaces)
    insert = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ {{ {_SLOW} }} }}"
    slow, read = functools.partial(_query, _SLOW), _read_nothing
    turtle = functools.partial(_graph, "text/turtle")
    unknown = functools.partial(_query, "SELECT (<a:no-function>(1) AS ?x) {}")
    heavy = functools.partial(_update, insert)
    nested = functools.partial(_query, _NESTED)
    again = functools.partial(_start_again, store)
    elsewhere = {"asks_from": _ELSEWHERE}
    return [
        _Row("none", "none", 0, lambda port: None),
        _Row("members", "six send 16 MB of empty gzip members", 6, members),
        _Row("spaces", "six send 300 MiB of spaces in gzip", 6, spaces),
        _Row("start", "a second server is started on the store", 1, again, "disk"),
        _Row("nested", "two send expressions of 10,000 parentheses", 2, nested),
        _Row("updates", "one sends updates that run into the limit", 1, heavy, "disk"),
        _Row("graphs", "two put graphs of 4 MB", 2, turtle, "disk"),
        _Row("full", "one fills the disk, and goes on", 1, turtle, "small"),
        _Row("unknown", "six call functions that there are not", 6, unknown),
        _Row("two-slow", "two send slow queries", 2, slow),
        _Row("six-slow", "six send slow queries", 6, slow),
        _Row("slow", "twenty send slow queries", 20, slow),
        _Row("slow-elsewhere", "the same, from another address", 20, slow, **elsewhere),
        _Row("gone", "twenty ask slow queries and are gone after 0.1 s", 20, _come_and_go),
        _Row("readers", "twenty ask for long answers and read nothing", 20, read),
        _Row("readers-elsewhere", "the same, from another address", 20, read, **elsewhere),
    ]


def _attack(row: _Row, port: int) -> None:
    """Attack until somebody ends this process; says so when the first have begun."""

    begun = threading.Event()

    def again() -> None:
        while True:
            begun.set()
            row.attack(port)

    if row.name == "spaces":
        _spaces()  # takes its time
    threads = [threading.Thread(target=again, daemon=True) for _ in range(row.clients)]
    for thread in threads:
        thread.start()
    if threads:
        begun.wait()
    print("begun", flush=True)
    threading.Event().wait()


def _ask(port: int, address: str) -> bool:
    """Tell whether the cheap query is answered."""
    query = quote(f"ASK {{}} # {time.monotonic()}")
    connection = http.client.HTTPConnection(_HERE, port, timeout=60, source_address=(address, 0))
    with contextlib.closing(connection):
        connection.request("GET", f"/sparql?query={query}")
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200


@contextlib.contextmanager
def _server(row: _Row, store: str, timeout: float) -> Iterator[int]:
    command = [sys.executable, "-m", "passex", "serve", "--port", "0", "--quiet"]
    command += ["--timeout", f"{timeout:g}"]
    command += ["--writable", "--store", store] if row.store else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@contextlib.contextmanager
def _disk(row: _Row, folder: str) -> Iterator[str]:
    """Give the place of a store; a disk of 12 MB takes the right to mount one."""
    if row.store == "small":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], check=True)
    try:
        yield str(Path(folder) / "store")
    finally:
        if row.store == "small":
            subprocess.run(["umount", "-l", folder], check=True)


def _measure(row: _Row, seconds: float, timeout: float) -> tuple[list[float], int]:
    """Give how long each cheap query took, in order of that, and how many were answered."""
    times, answered = [], 0
    with (
        # A server that was begun as an attack may be on its way out still.
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        _disk(row, folder) as store,
        _server(row, store, timeout) as port,
    ):
        attack = [sys.executable, __file__, "--attack", row.name, str(port), store]
        attacker = subprocess.Popen(attack, stdout=subprocess.PIPE, start_new_session=True)
        assert attacker.stdout is not None
        attacker.stdout.readline()
        try:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                begun = time.monotonic()
                answered += _ask(port, row.asks_from)
                times.append(time.monotonic() - begun)
                time.sleep(0.02)
        finally:
            attacker.kill()
            attacker.wait()
            attacker.stdout.close()
    return sorted(times), answered


def _said(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds >= 0.1 else f"{seconds * 1000:.0f} ms"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure a cheap query while others attack.")
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--timeout", type=float, default=10, help="of the server")
    parser.add_argument("--only", action="append", choices=[row.name for row in _rows("")])
    parser.add_argument("--attack", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.attack:
        name, port, store = options.attack
        _attack(next(row for row in _rows(store) if row.name == name), int(port))
    print("| attack | p50 | p99 | longest | answered |\n| --- | --- | --- | --- | --- |")
    for row in _rows(""):
        if options.only and row.name not in options.only:
            continue
        times, answered = _measure(row, options.seconds, options.timeout)
        middle, most = times[len(times) // 2], times[int(len(times) * 0.99)]
        figures = " | ".join(map(_said, (middle, most, times[-1])))
        print(f"| {row.said} | {figures} | {answered} of {len(times)} |", flush=True)
    load = os.getloadavg()[0]
    print(f"\n{os.cpu_count()} processors, {load:.1f} processes at work in the last minute.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
