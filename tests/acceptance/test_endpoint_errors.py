"""Servers as they can be: each failure is one line that says what, where and what to do."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hostile import Answer, Asked, Handler, hostile, send

import passex
from passex.cli import cli
from passex.errors import EndpointError
from passex.graph.terms import GRAPH
from passex.query.remote import pushing
from passex.query.remote.client import Client
from passex.text.places import Place

ROW = b'{"s":{"type":"uri","value":"urn:a"}}'
Sent = Callable[[Handler], object]


def rows(number: int) -> bytes:
    return b'{"head":{"vars":["s"]},"results":{"bindings":[' + b",".join([ROW] * number) + b"]}}"


def cut(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def always(sent: Sent) -> Answer:
    def answer(handler: Handler, asked: Asked) -> None:
        sent(handler)

    return answer


def stats(url: str) -> Result:
    return CliRunner().invoke(cli, ["stats", "--endpoint", url], prog_name="passex")


def chunked(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"10\r\n" + rows(3)[:16] + b"\r\n")
    cut(handler)


def short(handler: Handler) -> None:
    send(handler, rows(3), length=5000)
    cut(handler)


def stalled(handler: Handler) -> None:
    send(handler, rows(3)[:40], length=5000)
    time.sleep(1.5)


HTML = (
    b"<html><title>Log in</title><script>1</script><body><h1>Please &amp; thanks</h1></body></html>"
)
NO_RESULT = "the answer is no whole result of SPARQL: "
LOG = "; see the server's log, or try again"
BROKEN: list[tuple[Sent, str]] = [
    (
        lambda h: send(h, HTML, kind="text/html; charset=utf-8"),
        "the answer is text/html, no result of SPARQL (Log in Please & thanks); check that this is "
        "the URL of a SPARQL endpoint",
    ),
    (lambda h: send(h, HTML), f"{NO_RESULT}Log in Please & thanks{LOG}"),
    (lambda h: send(h), f"{NO_RESULT}it is empty{LOG}"),
    (
        lambda h: send(h, b"Virtuoso 42000 Error out of memory\nSELECT"),
        f"{NO_RESULT}Virtuoso 42000 Error out of memory{LOG}",
    ),
    (
        lambda h: send(h, rows(300)[:-5] + b"\nVirtuoso 42000 Error out of memory"),
        f"{NO_RESULT}its 11178 bytes end with 'Virtuoso 42000 Error out of memory'{LOG}",
    ),
    (
        lambda h: send(h, rows(300)[:-40]),
        f"{NO_RESULT}its 11108 bytes end with "
        f'\'…"uri","value":"urn:a"}}}},{{"s":{{"type":"uri","value":"urn:a"}}}}\'{LOG}',
    ),
    (
        short,
        "the answer broke off (peer closed connection without sending complete message body "
        "(received 159 bytes, expected 5000)); try again",
    ),
    (
        chunked,
        "the answer broke off (peer closed connection without sending complete message body "
        "(incomplete chunked read)); try again",
    ),
    (cut, "the answer broke off (Server disconnected without a response.); try again"),
    (
        lambda h: send(h, b"no gzip" * 9, Content_Encoding="gzip"),
        "the answer is compressed and damaged (Error -3 while decompressing data: incorrect header "
        "check); try again",
    ),
    (
        lambda h: send(h, gzip.compress(rows(1000))[:-9], Content_Encoding="gzip"),
        "the answer is compressed and damaged (it ends before its end); try again",
    ),
    (
        lambda h: send(h, rows(3), X_SQL_State="S1TAT", X_SQL_Message="incomplete results"),
        "the answer is a part of the whole (incomplete results); raise the server's time limit",
    ),
    (
        lambda h: send(h, b"\n\nSP030: syntax error\nat 1", "text/plain", 500),
        "500 Internal Server Error: SP030: syntax error",
    ),
    (
        lambda h: send(h, HTML, "text/html", 404),
        "404 Not Found: Log in Please & thanks; check that this is the URL of a SPARQL endpoint",
    ),
    (
        lambda h: send(h, b"busy\x1b[31m", "text/plain", 503),
        "503 Service Unavailable: busy?[31m; try again later",
    ),
    (
        lambda h: send(h, b"who?", "text/plain", 401),
        "401 Unauthorized: who?; set PASSEX_USER and PASSEX_PASSWORD, or PASSEX_TOKEN, or name the "
        "host in ~/.netrc",
    ),
    (
        stalled,
        "nothing came for 0.5 s; set PASSEX_TIMEOUT to more seconds, or try again later",
    ),
    (lambda h: send(h, status=302, Location="/sparql"), "more than 5 redirects; check the URL"),
    (
        lambda h: send(h, status=307, Location="ftp://a:b@example.org/x"),
        "redirects to ftp://example.org/x, and ftp is not followed; give the URL of the endpoint "
        "itself",
    ),
]


@pytest.mark.parametrize(("sent", "message"), BROKEN)
def test_what_is_wrong_is_said_in_a_line(
    sent: Sent, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSEX_TIMEOUT", "0.5")
    with hostile(always(sent)) as server:
        with Client(server.url) as client, pytest.raises(EndpointError) as caught:
            list(client.select("SELECT ?s { ?s ?p ?o }", "s"))
        assert str(caught.value).replace("sending a response", "a response") == (
            f"{server.url}: {message}"
        )
        found = stats(server.url)
        assert (found.exit_code, found.stdout) == (2, "")
        assert found.stderr.startswith(f"passex: {server.url}: ")
        assert found.stderr.count("\n") == 1
        with pytest.raises(EndpointError):
            passex.connect(server.url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "http://127.0.0.1:1/x",
            "http://127.0.0.1:1/x: connection refused; check that the server is running",
        ),
        ("http://nosuch.invalid/x", "http://nosuch.invalid/x: no such host; check the URL"),
        (
            "ftp://a/b",
            "'ftp://a/b' is no URL of an endpoint; give one as http://localhost:7878/query",
        ),
        (
            "me:sesame@example.org/sparql?key=sesame",
            "'example.org/sparql' is no URL of an endpoint; give one as "
            "http://localhost:7878/query",
        ),
        (
            "ftp://me:sesame@example.org/",
            "ftp://example.org/: credentials in the URL would end up in logs; set PASSEX_USER and "
            "PASSEX_PASSWORD instead",
        ),
        ("japan", "'japan' is no URL of an endpoint; give one as http://localhost:7878/query"),
        ("http://[::1", "that is no URL; give one as http://localhost:7878/query"),
        (
            "http://me:sesame@127.0.0.1:1/x",
            "http://127.0.0.1:1/x: credentials in the URL would end up in logs; set PASSEX_USER "
            "and PASSEX_PASSWORD instead",
        ),
        (
            "http://127.0.0.1:1/x?default-graph-uri=no%20iri%3E",
            "'no iri>' is no IRI of a graph; give an absolute IRI",
        ),
    ],
)
def test_what_is_no_endpoint(url: str, message: str) -> None:
    found = stats(url)
    assert (found.exit_code, found.stdout, found.stderr) == (2, "", f"passex: {message}\n")


def test_an_error_has_fields() -> None:
    with hostile(always(lambda h: send(h, b"busy", "text/plain", 503))) as server:
        with Client(f"{server.url}?key=sesame") as client, pytest.raises(EndpointError) as caught:
            client.ask("ASK {}")
        error = caught.value
        assert error.place == Place(server.url)
        assert (error.kind, error.message) == ("503", "503 Service Unavailable: busy")
        assert error.hint == "try again later"


def test_no_tls_where_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_TIMEOUT", "1")
    with hostile(always(lambda h: send(h, rows(1)))) as server:
        found = stats(server.url.replace("http:", "https:"))
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(f"passex: {server.url.replace('http:', 'https:')}: no ")
    assert found.stderr.count("\n") == 1


def test_an_answer_to_another_query() -> None:
    with hostile(always(lambda h: send(h, b'{"head":{},"boolean":true}'))) as server:
        found = stats(server.url)
        assert (found.exit_code, found.stderr) == (
            2,
            f"passex: {server.url}: answers another query than the one that was sent; see what "
            "stands between here and the server\n",
        )


def ask(url: str) -> int:
    with Client(url, 5) as client:
        return sum(1 for _ in client.select("SELECT ?s { ?s ?p ?o }", "s"))


def test_answers_are_read_as_they_come_and_unpacked() -> None:
    with hostile(
        always(lambda h: send(h, gzip.compress(rows(1000)), Content_Encoding="gzip"))
    ) as s:
        assert ask(s.url) == 1000
    with (
        hostile(always(lambda h: send(h, rows(300_000)))) as server,
        Client(server.url, 5) as client,
    ):
        solutions = client.select("SELECT ?s { ?s ?p ?o }", "s")
        assert str(next(solutions)[0]) == "<urn:a>"
        solutions.close()


def test_a_long_query_goes_by_post_and_a_redirect_keeps_it() -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        if asked.path.startswith("/sparql"):
            send(handler, status=307, Location="/moved")
        else:
            send(handler, rows(2))

    query = "SELECT ?s { ?s ?p ?o } # " + "long " * 400
    with hostile(answer) as server, Client(server.url, 5) as client:
        assert len(list(client.select(query, "s"))) == 2
        assert len(list(client.select("SELECT ?s { ?s ?p ?o }", "s"))) == 2
        assert [(one.method, one.query) for one in server.asked[:2]] == [("POST", query)] * 2
        assert [one.method for one in server.asked[2:]] == ["GET", "GET"]


def test_a_change_does_not_follow_what_would_lose_it() -> None:
    moved = always(lambda h: send(h, status=302, Location="/elsewhere"))
    with hostile(moved) as server, Client(server.url, 5) as client:
        with pytest.raises(EndpointError, match=r"moved to http://[^ ]*/elsewhere; give that URL"):
            client.write("PUT", server.url, b"<urn:a> <urn:b> <urn:c> .", "application/n-triples")
        assert len(server.asked) == 1


def guarded(handler: Handler, asked: Asked) -> None:
    if "Authorization" in asked.headers:
        send(handler, rows(1))
    else:
        send(handler, b"log in", "text/plain", 401, WWW_Authenticate='Basic realm="x"')


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_USER", "me")
    monkeypatch.setenv("PASSEX_PASSWORD", "sesame")
    with hostile(guarded) as server:
        assert ask(server.url) == 1
        assert "Authorization" not in server.asked[0].headers
        assert server.asked[1].headers["Authorization"] == "Basic bWU6c2VzYW1l"
    monkeypatch.delenv("PASSEX_PASSWORD")
    found = stats(server.url)
    assert found.stderr == "passex: PASSEX_USER is set without PASSEX_PASSWORD; set both\n"


def test_credentials_come_from_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password sesame\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    with hostile(guarded) as server:
        assert ask(server.url) == 1


@pytest.mark.parametrize("kind", ["password", "token"])
def test_credentials_go_to_no_other_host(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "token":
        monkeypatch.setenv("PASSEX_TOKEN", "sesame")
    else:
        monkeypatch.setenv("PASSEX_USER", "me")
        monkeypatch.setenv("PASSEX_PASSWORD", "sesame")
    with hostile(guarded) as other:

        def answer(handler: Handler, asked: Asked) -> None:
            if "Authorization" in asked.headers:
                send(handler, status=307, Location=other.url)
            else:
                guarded(handler, asked)

        with hostile(answer) as server:
            found = stats(server.url)
            assert any("Authorization" in one.headers for one in server.asked)
    assert other.asked
    assert not any("Authorization" in one.headers for one in other.asked)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(
        f"passex: {other.url}: 401 Unauthorized: log in; set PASSEX_USER"
    )
    assert "sesame" not in found.stderr


def test_a_server_that_gives_more_or_less_than_it_counts() -> None:
    def lying(number: bytes) -> Answer:
        def answer(handler: Handler, asked: Asked) -> None:
            if "COUNT" in asked.query:
                value = b'{"n":{"type":"literal","value":"' + number + b'"}}'
                send(handler, b'{"head":{"vars":["n"]},"results":{"bindings":[' + value + b"]}}")
            elif "?s ?p ?o {" in asked.query:
                row = b'{"s":%b,"p":%b,"o":%b}'.replace(b"%b", b'{"type":"uri","value":"urn:a"}')
                both = row + b"," + row
                head = b'{"head":{"vars":["s","p","o"]},"results":{"bindings":['
                send(handler, head + both + b"]}}")
            else:
                send(handler, b'{"head":{"vars":["p","o"]},"results":{"bindings":[]}}')

        return answer

    for number, told in ((b"5", "1 of"), (b"1", "more than")):
        with hostile(lying(number)) as server:
            found = stats(server.url)
        assert found.stderr.startswith(f"passex: {server.url}: gives {told} the {number.decode()} ")
        assert found.exit_code == 2


def test_files_and_a_server_at_once_are_refused() -> None:
    arguments = ["stats", "--data", "bundled", "--endpoint", "http://127.0.0.1:1/"]
    found = CliRunner().invoke(cli, arguments, prog_name="passex")
    expected = "both --data and --endpoint say where the graph is; give one of them"
    assert (found.exit_code, found.stderr) == (2, f"passex: {expected}\n")


def test_the_environment_names_a_server_and_files_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_ENDPOINT", "http://127.0.0.1:1/x")
    run = CliRunner().invoke
    assert run(cli, ["stats"], prog_name="passex").stderr.startswith(
        "passex: http://127.0.0.1:1/x:"
    )
    assert run(cli, ["stats", "--data", "bundled"], prog_name="passex").exit_code == 0
    found = run(cli, ["push", "--endpoint", ""], prog_name="passex")
    assert found.exit_code == 2


def test_a_push_needs_a_server_that_it_knows() -> None:
    run = CliRunner().invoke
    found = run(cli, ["push"], prog_name="passex")
    assert found.stderr == "passex: no server to push to; give --endpoint URL\n"
    empty = always(lambda h: send(h, b'{"head":{"vars":["p","o"]},"results":{"bindings":[]}}'))
    with hostile(empty) as server:
        found = run(cli, ["push", "--endpoint", server.url], prog_name="passex")
    assert found.exit_code == 2
    assert "no graph store is known for this server (Hostile)" in found.stderr
    assert (
        "give its address with --graph-store, or the one for updates with --update, or both"
        in found.stderr
    )


REFUSALS = [
    (403, b"read-only", "403 Forbidden: read-only; use an account that may do this: PASSEX_USER "),
    (413, b"too big", "413 Request Entity Too Large: too big; the server takes no request of "),
    (500, HTML, "500 Internal Server Error: Log in Please & thanks"),
    (507, b"disk full\nat 5", "507 Insufficient Storage: disk full"),
]


@pytest.mark.parametrize("step", ["PUT /store", "POST /store", "POST /update"])
@pytest.mark.parametrize(("status", "body", "message"), REFUSALS)
def test_a_push_that_is_refused_moves_nothing(
    step: str, status: int, body: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "BATCH", 1000)
    held = ox.Store()

    def answer(handler: Handler, asked: Asked) -> None:
        path = asked.path.partition("?")[0]
        if f"{asked.method} {path}" == step:
            send(handler, body, "text/plain" if body != HTML else "text/html", status)
        elif path == "/store":
            graph = ox.NamedNode(parse_qs(urlsplit(asked.path).query)["graph"][0])
            if asked.method == "PUT":
                held.remove_graph(graph)
            held.load(asked.body, ox.RdfFormat.N_TRIPLES, to_graph=graph)
            send(handler, status=204)
        elif path == "/update":
            held.update(asked.body.decode())
            send(handler, status=204)
        else:
            found = held.query(asked.query)
            assert isinstance(found, ox.QuerySolutions)
            text = found.serialize(None, ox.QueryResultsFormat.JSON)
            assert text is not None
            send(handler, text)

    with hostile(answer) as server:
        base = server.url.removesuffix("/sparql")
        arguments = ["push", "--endpoint", server.url, "--graph-store", f"{base}/store"]
        arguments += ["--update", f"{base}/update"]
        found = CliRunner().invoke(cli, arguments, prog_name="passex")
        assert (found.exit_code, found.stdout) == (2, "")
        assert found.stderr.startswith(f"passex: {base}/{step.partition('/')[2]}: {message}")
        assert found.stderr.count("\n") == 1
        names = {graph.value for graph in held.named_graphs() if isinstance(graph, ox.NamedNode)}
        # A push that fails clears away what it has put there, if it is let.
        assert all("/loading/" in name for name in names)
        assert not names or step == "POST /update"
        step = "nothing"
        again = CliRunner().invoke(cli, arguments, prog_name="passex")
        assert (again.exit_code, again.stderr) == (0, f"passex: {whole()} triples pushed\n")
        left = {graph.value for graph in held.named_graphs() if isinstance(graph, ox.NamedNode)}
        assert left >= PUSHED
        assert left == PUSHED or names


PUSHED = {GRAPH, *(f"{GRAPH}/{part}" for part in ("filled", "pushed", "workings"))}


def test_a_server_without_a_graph_store_is_sent_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "BATCH", 1000)
    held = ox.Store()

    def answer(handler: Handler, asked: Asked) -> None:
        if asked.path == "/update":
            held.update(asked.body.decode())
            send(handler, status=204)
            return
        found = held.query(asked.query)
        assert isinstance(found, ox.QuerySolutions)
        text = found.serialize(None, ox.QueryResultsFormat.JSON)
        assert text is not None
        send(handler, text)

    with hostile(answer) as server:
        update = server.url.replace("/sparql", "/update")
        arguments = ["push", "--endpoint", server.url, "--update", update]
        found = CliRunner().invoke(cli, arguments, prog_name="passex")
    assert (found.exit_code, found.stderr) == (0, f"passex: {whole()} triples pushed\n")
    names = {graph.value for graph in held.named_graphs() if isinstance(graph, ox.NamedNode)}
    assert names == PUSHED
    quads = held.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))
    assert sum(1 for _ in quads) == whole()


def whole() -> int:
    return len(passex.load().store)
