"""The shell of `passex query --interactive`, on a terminal of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import Asked, Handler, hostile, send

from passex.graph.store import Store, load
from passex.query.completion import Completer, complete_query

if sys.platform == "win32":
    pytest.skip("no terminals of this kind", allow_module_level=True)

import pexpect


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def shell(state: Path) -> Iterator[Any]:
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "TERM": "dumb", "NO_COLOR": "1"}
    command = ["-m", "passex", "query", "-i", "--format", "csv"]
    child = pexpect.spawn(sys.executable, command, env=environment, timeout=30, encoding="utf-8")
    child.expect("SPARQL over this graph; .help says more.")
    child.expect("passex> ")
    yield child
    child.close(force=True)


def test_queries_of_several_lines_history_and_leaving(shell: Any, state: Path) -> None:
    shell.send("SELECT ?l {\r")
    shell.send("id:nara rdfs:label ?l }\r")
    shell.expect("l\\s+Nara\\s+passex> ")
    shell.send("ASK { ?s a rdff:x }\r")
    shell.expect("passex: standard input:1:12: the prefix 'rdff:' is not declared")
    shell.send(".format table\r")
    shell.send("SELECT (5 AS ?number) {}\r")
    shell.expect("number\\s+5\\s+passex> ")
    shell.send(".nonsense\r")
    shell.expect("no such command; .help lists them")
    shell.send(".quit\r")
    shell.expect(pexpect.EOF)
    shell.wait()
    assert shell.exitstatus == 0
    history = (state / "passex" / "query-history").read_text(encoding="utf-8")
    assert "+SELECT ?l {\n+id:nara rdfs:label ?l }\n" in history
    assert (state / "passex" / "query-history").stat().st_mode & 0o077 == 0


def test_ctrl_c_stops_the_query_and_not_the_shell(shell: Any) -> None:
    shell.send("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }\r")
    with pytest.raises(pexpect.TIMEOUT):
        shell.expect("\\d{9}", timeout=2)
    shell.sendintr()
    shell.expect("passex: interrupted")
    shell.send("ASK { id:nara a nr:Place }\r")
    shell.expect("true\\s+passex> ")
    for _ in range(20):
        # The prompt stands there a moment before the terminal is listened to.
        shell.sendeof()
        if shell.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1) == 0:
            return
    pytest.fail("Ctrl-D does not leave the shell")


def test_a_server_is_asked_and_nothing_is_fetched(state: Path) -> None:
    pytest.importorskip("httpx")
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}'

    def answer(handler: Handler, asked: Asked) -> None:
        send(handler, body)

    environment = {**os.environ, "XDG_STATE_HOME": str(state), "TERM": "dumb", "NO_COLOR": "1"}
    with hostile(answer) as server:
        url = f"{server.url}?default-graph-uri=urn:g"
        command = ["-m", "passex", "query", "-i", "--endpoint", url, "--format", "csv"]
        child = pexpect.spawn(
            sys.executable, command, env=environment, timeout=30, encoding="utf-8"
        )
        child.expect("passex> ")
        assert server.asked == []
        child.send("SELECT ?s { ?s a foaf:Person }\r")
        child.expect("s\\s+urn:a\\s+passex> ")
        assert [asked.query.splitlines()[-1] for asked in server.asked] == [
            "SELECT ?s { ?s a foaf:Person }"
        ]
        child.send("SELECT ?s { ?s a nr:Shi\t")
        child.expect("nr:Ship")
        child.close(force=True)


def test_without_prompt_toolkit(tmp_path: Path) -> None:
    (tmp_path / "prompt_toolkit.py").write_text("raise ModuleNotFoundError\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "passex", "query", "-i"]
    assert subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 2
    environment = {**os.environ, "PYTHONPATH": path}
    child = pexpect.spawn(command[0], command[1:], env=environment, timeout=30, encoding="utf-8")
    child.expect_exact(
        "passex: no shell without prompt_toolkit; "
        "pip install --editable '.[shell]' in a checkout of Passex\r\n"
    )
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 2


@pytest.fixture(scope="module")
def bundled() -> Store:
    return load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { ?s nr:hasParti", [("nr:hasParticipant", 11)]),
        ("ASK { ?s ?p South Ko", [("id:south-korea", 8), ("id:south-korean-military", 8)]),
        ("ASK { id:js-kas", [("id:js-kashima", 9)]),
        ("ASK { ?ship ?port ?sh", [("?ship", 3)]),
        ("ASK { ?s foa", [("foaf:", 3)]),
        ("SELECT * { ?s ?p ?o OPTI", [("OPTIONAL", 4)]),
        ("ASK { ", []),
    ],
)
def test_completion(bundled: Store, text: str, expected: list[tuple[str, int]]) -> None:
    found = [(c.text, c.length) for c in Completer(bundled).complete(text)]
    assert found[: max(1, len(expected))] == expected


def test_what_is_whole() -> None:
    assert not complete_query("SELECT * {")
    assert not complete_query('ASK { ?s ?p """text\n')
    assert complete_query("ASK { ?s ?p 'text }")
    assert complete_query("ASK { } }")
