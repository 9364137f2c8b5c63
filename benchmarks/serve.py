"""Measure `passex serve` beside the Oxigraph server: the same graph, the same query, in turns.

Many clients ask a named question's SPARQL over connections that stay open. Servers take turns:
Oxigraph's (from PyPI: pip install oxigraph), ours without its cache of answers, with each number of
workers (`--max-queries` of passex serve), and ours as it is. Throughput depends on what else the
machine does; the processor time that a request takes depends on it less, so both are printed: the
best round of each server, and how many times as much as Oxigraph's in the same round, the median of
all rounds.

Example:
    python benchmarks/serve.py --clients 50 --seconds 10 --rounds 3
    python benchmarks/serve.py --workers 1 --workers 2 --workers 3
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import pyoxigraph as ox

import passex
from passex.questions import answers, catalogue

_QUESTION: Final = ("partners", "Japan")


class Client(asyncio.Protocol):
    """One connection that asks again as soon as it has an answer."""

    def __init__(self, request: bytes, until: float, times: list[float]) -> None:
        self.request = request
        self.until = until
        self.times = times
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._begun = time.perf_counter()
        self._transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = bytes(self._answer).partition(b"\r\n\r\n")
        if not found or not _whole(head.lower(), body):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self.done.set_exception(RuntimeError(head.decode()))
            self._transport.close()
            return
        self.times.append(time.perf_counter() - self._begun)
        self._answer.clear()
        if time.perf_counter() < self.until:
            self._ask()
        else:
            self._transport.close()
            self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


def _whole(head: bytes, body: bytes) -> bool:
    if b"transfer-encoding: chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length)


async def _load(port: int, path: str, clients: int, seconds: float) -> list[float]:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Accept: application/sparql-results+json\r\n\r\n"
    ).encode()
    times: list[float] = []
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Client(request, until, times), "127.0.0.1", port)
        for _ in range(clients)
    ]
    await asyncio.gather(*(client.done for _, client in made))
    return times


def processor(pid: int) -> float:
    """The processor time that a process and those below it have taken, in seconds (Linux)."""
    total = 0
    processes = [str(pid)]
    for one in processes:
        with suppress(FileNotFoundError):  # a worker that has ended since
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        processes += subprocess.run(
            ["pgrep", "-P", one], capture_output=True, text=True, check=False
        ).stdout.split()
    return total / os.sysconf("SC_CLK_TCK")


@contextmanager
def _oxigraph(quads: bytes) -> Iterator[tuple[int, int]]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    port = 7931
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        headers = {"Content-Type": "application/n-quads"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/store", quads, headers)
        for _ in range(100):
            try:
                urllib.request.urlopen(request).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _passex(*arguments: str) -> Iterator[tuple[int, int]]:
    command = [sys.executable, "-m", "passex", "serve", "--port", "0", "--quiet", *arguments]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        try:
            yield process.pid, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


def _sparql(graph: passex.KnowledgeGraph) -> str:
    name, *values = _QUESTION
    question = catalogue.find(name)
    return answers.sparql(question, answers.bind(graph.store, question, values))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure passex serve beside Oxigraph's server.")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, action="append", help="2 if not given")
    options = parser.parse_args(arguments)
    graph = passex.load()
    query = urllib.parse.quote(_sparql(graph))
    quads = graph.store.engine.dump(format=ox.RdfFormat.N_QUADS)
    assert quads is not None
    with ExitStack() as stack:
        sides = {
            "Oxigraph": (*stack.enter_context(_oxigraph(quads)), f"/query?query={query}"),
            "Passex": (*stack.enter_context(_passex()), f"/sparql?query={query}"),
        }
        for workers in options.workers or [2]:
            given = "--answer-cache", "0", "--max-queries", str(workers)
            name = f"Passex, no cache of answers, {workers} worker{'s' if workers > 1 else ''}"
            sides[name] = (*stack.enter_context(_passex(*given)), f"/sparql?query={query}")
        rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, (pid, port, path) in sides.items():
                before = processor(pid)
                times = sorted(asyncio.run(_load(port, path, options.clients, options.seconds)))
                spent = (processor(pid) - before) / len(times)
                late = times[int(len(times) * 0.99)]
                rounds[name].append((len(times) / options.seconds, late, spent))
    print("| server | requests a second | ratio | p99 | processor time a request | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    base = rounds["Oxigraph"]
    for name, found in rounds.items():
        rate, late, _ = max(found)
        spent = min(each[2] for each in found)
        rates = statistics.median(own[0] / its[0] for own, its in zip(found, base, strict=True))
        times_as_dear = statistics.median(
            own[2] / its[2] for own, its in zip(found, base, strict=True)
        )
        print(
            f"| {name} | {rate:.0f} | {rates:.2f} | {late * 1000:.0f} ms "
            f"| {spent * 1000:.2f} ms | {times_as_dear:.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
