"""Servers for tests: real processes on loopback, each with a port of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx


class Server:
    """A running ``passex serve``."""

    def __init__(self, process: subprocess.Popen[str], log: IO[str]) -> None:
        self.process = process
        self.log = log
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        if not line:
            process.wait()
            log.seek(0)
            raise AssertionError(log.read())
        self.url = line.rstrip("/")
        self.http = httpx.Client(base_url=self.url, timeout=60)

    def ask(self, query: str, **headers: str) -> httpx.Response:
        """Send a query as the body of a POST."""
        return self.http.post(
            "/sparql",
            content=query.encode(),
            headers={"Content-Type": "application/sparql-query", **headers},
        )

    def true(self, query: str) -> bool:
        """Give the answer to an ASK query."""
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["boolean"])

    def update(self, text: str, **parameters: str) -> httpx.Response:
        """Send an update as the body of a POST."""
        return self.http.post(
            "/sparql",
            params=parameters,
            content=text.encode(),
            headers={"Content-Type": "application/sparql-update"},
        )

    def entries(self) -> list[dict[str, object]]:
        """The access log so far."""
        self.log.seek(0)
        return [json.loads(line) for line in self.log.read().splitlines() if line.startswith("{")]

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()
        self.http.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it as a person would."""
        self.http.close()
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def serving(*arguments: str, before: str = "", patience: float = 60.0) -> Iterator[Server]:
    """Run a server; `before` is Python that its process runs first.

    However busy the machine is, a query sees the changes before it, unless its `patience` ends.
    """
    patient = f"import passex.web.graphs; passex.web.graphs.PATIENCE = {patience}"
    code = f"{before}\n{patient}\nfrom passex.cli import main; main()"
    # What is read has a position of its own: to seek would move the one that the server writes at.
    with tempfile.NamedTemporaryFile() as written, open(written.name, encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
        )
        server = None
        try:
            server = Server(process, log)
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=30)
            if process.stdout:
                process.stdout.close()
            if server:
                server.http.close()


def writable(folder: Path, *more: str) -> list[str]:
    """Arguments for a server that writes."""
    return ["--writable", "--store", str(folder), *more]
