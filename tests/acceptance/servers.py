"""SPARQL servers of others, on loopback, each on a port and in a folder of its own."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        url: Its endpoint.
        graphs: Its graph store.
        environment: What a client needs to be let in.
    """

    url: str
    graphs: str
    environment: dict[str, str]

    def put(self, graph: str, turtle: bytes, method: str = "PUT") -> None:
        """Put a graph there, past Passex."""
        user = self.environment.get("PASSEX_USER")
        auth = httpx.DigestAuth(user, self.environment["PASSEX_PASSWORD"]) if user else None
        named = {"graph": graph} if graph else {"default": ""}
        kind = {"Content-Type": "text/turtle"}
        answer = httpx.request(
            method, self.graphs, params=named, content=turtle, headers=kind, auth=auth, timeout=60
        )
        assert answer.is_success, answer.text


def _port() -> int:
    """Find a port below those that a system hands out, or it does before a slow server listens."""
    while True:
        number = random.randrange(20_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", number))
            return number


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 180
        while True:
            try:
                httpx.get(url, params={"query": "ASK {}"}, timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, (folder / "output.log").read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run Oxigraph's server (from PyPI: oxigraph)."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    address = f"127.0.0.1:{_port()}"
    base = f"http://{address}"
    with _running([program, "serve", "--bind", address], folder, f"{base}/query"):
        yield Server(f"{base}/query", f"{base}/store", {})


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso (from Debian: virtuoso-opensource-7-bin)."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin")
    port = _port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=_port(), http=port), encoding="utf-8")
    base = f"http://127.0.0.1:{port}"
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"{base}/sparql"):
        login = {"PASSEX_USER": "dba", "PASSEX_PASSWORD": "dba"}
        yield Server(f"{base}/sparql", f"{base}/sparql-graph-crud-auth", login)


SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
