"""A little HTTP server that does to a client whatever a test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        """The SPARQL query, from the URL or the form."""
        text = urlsplit(self.path).query if self.method == "GET" else self.body.decode()
        return parse_qs(text).get("query", [""])[0]


@dataclass
class Hostile:
    """A running server."""

    url: str
    asked: list[Asked] = field(default_factory=list)


Handler = BaseHTTPRequestHandler
#: Answers a request by writing to the handler.
Answer = Callable[[Handler, Asked], None]


@contextmanager
def hostile(answer: Answer, name: str = "Hostile") -> Iterator[Hostile]:
    """Run a server on loopback that answers as it is told, and calls itself by a name."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: clients that hang up are what is tested."""

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = name, ""

        def _any(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            came = Asked(self.command, self.path, dict(self.headers), self.rfile.read(length))
            running.asked.append(came)
            answer(self, came)

        do_GET = do_POST = do_PUT = do_DELETE = _any

        def log_message(self, format: str, *args: object) -> None:
            """Keep no log."""

    server = Server(("127.0.0.1", 0), Requests)
    running = Hostile(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(
    handler: Handler,
    body: bytes = b"",
    kind: str = "application/sparql-results+json",
    status: int = 200,
    length: int | None = None,
    **headers: str,
) -> None:
    """Send an answer; header names with _ for -."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
