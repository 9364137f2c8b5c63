"""`passex serve` and clients that do not behave: heads, bodies, connections, the log."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import time
from collections.abc import Iterator

import pytest
from processes import eventually
from serving import Server, serving

QUERY = {"Content-Type": "application/sparql-query"}
GET = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--max-body", "1") as one:
        yield one


@pytest.fixture(scope="module")
def impatient() -> Iterator[Server]:
    quick = "from passex.web import connection; connection._PATIENCE = 1"
    with serving("--timeout", "2", before=quick) as one:
        yield one


class Client:
    """A connection that sends what no library would."""

    def __init__(self, server: Server) -> None:
        host, _, port = server.url.removeprefix("http://").partition(":")
        self.raw = socket.create_connection((host, int(port)), timeout=20)
        self.stream = self.raw.makefile("rb")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        self.stream.close()
        self.raw.close()

    def send(self, data: bytes) -> None:
        self.raw.sendall(data)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Read a response with a Content-Length."""
        status = int(self.stream.readline().split()[1])
        headers = {}
        while line := self.stream.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name] = value
        return status, headers, self.stream.read(int(headers.get("content-length", 0)))

    def closed(self) -> bool:
        """Whether the server has closed the connection, without another word."""
        try:
            return self.stream.read(1) == b""
        except ConnectionError:
            return True


def said(server: Server, data: bytes) -> tuple[int, bytes]:
    with Client(server) as client:
        client.send(data)
        status, headers, body = client.answer()
        assert headers["x-content-type-options"] == "nosniff"
        return status, body


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET /hea", GET, GET + b"X-Slow: "])
def test_a_head_that_does_not_come(impatient: Server, sent: bytes) -> None:
    with Client(impatient) as client:
        client.send(sent)
        if sent.strip():
            status, headers, body = client.answer()
            assert (status, headers["connection"]) == (408, "close")
            assert body == b"the rest of the request did not come\n"
        assert client.closed()


def test_a_head_that_comes_drop_by_drop(impatient: Server) -> None:
    with Client(impatient) as client:
        client.send(GET)
        for _ in range(100):
            try:
                client.send(b"X")
            except ConnectionError:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the server still reads")


def test_a_second_head_that_does_not_come(impatient: Server) -> None:
    with Client(impatient) as client:
        client.send(GET + b"\r\n")
        assert client.answer()[0] == 200
        client.send(b"GET /hea")
        assert client.answer()[0] == 408
        assert client.closed()


def test_a_body_that_comes_drop_by_drop(impatient: Server) -> None:
    with Client(impatient) as client:
        client.send(POST + b"Content-Length: 100\r\n\r\n")
        client.raw.setblocking(False)
        for _ in range(60):
            time.sleep(0.1)
            with contextlib.suppress(BlockingIOError):
                assert client.raw.recv(1 << 16).startswith(b"HTTP/1.1 408 ")
                break
            client.send(b" ")
        else:
            raise AssertionError("the server still reads")


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (GET + b"X-Long: " + b"a" * (1 << 20), 431, b"the headers are too long\n"),
        (GET + b"X-Many: a\r\n" * 100_000, 431, b"the headers are too long\n"),
        (
            b"GET /health?" + b"a" * (1 << 16) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
            414,
            b"the address is too long; send the query with POST\n",
        ),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400, b"this is no HTTP request\n"),
        (GET.replace(b"GET", b"BREW") + b"\r\n", 400, b"this is no HTTP request\n"),
        (
            POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            b"this is no HTTP request\n",
        ),
        (b"GET /health HTTP/1.1\r\n\r\n", 400, b"a request names its host, once\n"),
        (GET + b"Host: localhost\r\n\r\n", 400, b"a request names its host, once\n"),
        (
            POST + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n",
            413,
            b"the request is longer than 1048576 bytes\n",
        ),
    ],
)
def test_heads_that_are_refused(server: Server, head: bytes, status: int, words: bytes) -> None:
    assert said(server, head) == (status, words)


@pytest.mark.parametrize(
    "request_line", [b"GET /health HTTP/1.0\r\n", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n"]
)
def test_heads_that_are_not(server: Server, request_line: bytes) -> None:
    assert said(server, request_line + b"\r\n")[0] in (200, 204)


def test_upgrades_are_not_for_us(server: Server) -> None:
    upgrade = (
        GET + b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert json.loads(said(server, upgrade)[1])["status"] == "ok"


def test_pipelining_keeps_the_order(server: Server) -> None:
    with Client(server) as client:
        client.send(b"".join(GET.replace(b"/health", b"/%d" % n) + b"\r\n" for n in range(30)))
        for number in range(30):
            assert client.answer()[2] == b"nothing has the address /%d\n" % number


def test_a_body_in_gzip(server: Server) -> None:
    def post(body: bytes, coding: str = "gzip") -> tuple[int, str]:
        headers = {**QUERY, "Content-Encoding": coding}
        answer = server.http.post("/sparql", content=body, headers=headers)
        return answer.status_code, answer.text

    whole = gzip.compress(b"ASK {}")
    yes = (200, '{"head":{},"boolean":true}')
    assert post(whole) == post(whole, "X-GZIP") == yes
    assert post(gzip.compress(b"ASK ") + gzip.compress(b"{}")) == yes
    assert post(whole[:-9]) == (400, "the gzip of the body breaks off\n")
    assert post(b"ASK {}") == (400, "the body is not gzip, as Content-Encoding says it is\n")
    # A bomb is not unpacked beyond the limit.
    assert post(gzip.compress(b" " * (64 << 20))) == (
        413,
        "the request is longer than 1048576 bytes\n",
    )
    assert post(gzip.compress(b"ASK {}" + b" " * ((1 << 20) - 6))) == yes
    assert post(whole, "br") == (415, "a body is read as it is, or as gzip\n")
    # Each member costs time, and may hold nothing.
    assert post(gzip.compress(b"") * 15 + whole) == yes
    many = (400, "the gzip of the body has more than 16 members\n")
    assert post(gzip.compress(b"") * 16 + whole) == many
    assert post(gzip.compress(b"") * 50_000) == many  # a megabyte


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2fserver.py",
        "/static/..%5cserver.py",
        "/static//etc/passwd",
        "/static/main.js%00.css",
        "/static/",
        "/static/nothing.js",
        "/%2e%2e/pyproject.toml",
    ],
)
def test_no_file_but_the_pages_files(server: Server, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    status, body = said(server, request)
    assert status == 404
    assert (body[:24], body.count(b"\n")) == (b"nothing has the address ", 1)
    assert b"\0" not in body


def test_what_a_client_says_stays_in_its_line(server: Server) -> None:
    evil = "/a%0d%0a%7B%22status%22:200%7D%1b[31m%c2%9b%e2%80%ae%e2%80%a8x"
    answer = server.http.get(evil)
    assert answer.status_code == 404
    assert answer.text == (
        'nothing has the address /a\ufffd\ufffd{"status":200}\ufffd[31m\ufffd\ufffd\ufffdx\n'
    )
    path = '/a\r\n{"status":200}\x1b[31m\x9b\u202e\u2028x'
    eventually(lambda: server.entries()[-1]["path"] == path)
    server.log.seek(0)
    last = server.log.read().splitlines()[-1]
    assert last.isascii()
    assert last.isprintable()


def test_entries_of_what_was_no_request(server: Server) -> None:
    said(server, b"nonsense\r\n\r\n")
    eventually(lambda: server.entries()[-1]["outcome"] == "this is no HTTP request")
    entry = server.entries()[-1]
    assert (entry["method"], entry["path"], entry["status"]) == (None, None, 400)


@pytest.mark.parametrize(
    "path", ["/ask/partners?actor=Japan", "/sparql?query=ASK{}", "/static/main.js", "/terms"]
)
def test_tags_in_lists(server: Server, path: str) -> None:
    tag = server.http.get(path).headers["etag"].removeprefix("W/")
    for given in (tag, f"W/{tag}", f'"x", W/{tag}', f'{tag},W/"y"', "*"):
        again = server.http.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b""), given
    assert server.http.get(path, headers={"If-None-Match": '"x", W/"y"'}).status_code == 200
    ranged = server.http.get(path, headers={"Range": "bytes=0-3"})
    assert (ranged.status_code, len(ranged.content) > 4) == (200, True)


@pytest.mark.parametrize(
    ("path", "accept", "status", "kind"),
    [
        ("/nothing", "*/*", 404, "text/plain; charset=utf-8"),
        ("/nothing", "application/json", 404, "application/json"),
        ("/nothing", "text/html", 404, "text/html; charset=utf-8"),
        ("/nothing", "image/png", 404, "text/plain; charset=utf-8"),
        ("/sparql?query=x", "application/sparql-results+json", 400, "text/plain; charset=utf-8"),
        ("/sparql?query=x", "application/json", 400, "application/json"),
        # Where answers are JSON to who does not mind, errors are.
        ("/network?level=x", "*/*", 400, "application/json"),
        ("/network?level=a&level=b", "*/*", 400, "application/json"),
        ("/network?level=a&level=b", "text/html", 400, "text/html; charset=utf-8"),
        ("/network?format=xml", "*/*", 406, "application/json"),
        ("/network", "image/png", 406, "application/json"),
        ("/network?x=%ff", "*/*", 400, "application/json"),
    ],
)
def test_errors_as_the_client_would_have_them(
    server: Server, path: str, accept: str, status: int, kind: str
) -> None:
    answer = server.http.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)
    if kind == "application/json":
        assert sorted(answer.json()) == ["error", "hint"]
        assert answer.json()["error"]


def test_a_person_who_looks_for_the_service_finds_the_editor(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = server.http.get("/sparql", headers={"Accept": browser})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    answer = server.http.get("/sparql", headers={"Accept": "text/html;q=0.1, text/turtle"})
    assert (answer.status_code, "sd:Service" in answer.text) == (200, True)


def test_clients_that_hold_on_keep_nobody_out(server: Server) -> None:
    held = [Client(server) for _ in range(150)]
    try:
        for number, client in enumerate(held):
            client.send(GET if number % 2 else b"")
        assert server.http.get("/health").status_code == 200
        eventually(lambda: all(one.closed() for one in held[::2]))
    finally:
        for client in held:
            client.__exit__()
