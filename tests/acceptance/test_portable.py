"""What Passex promises where it isn't Linux: it imports, validates, asks and ranks.

One test simulates: what Windows lacks is taken away from Python first. The others run there too.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli

EXAMPLES = Path(__file__).parents[2].joinpath("docs", "examples").as_posix()
PEOPLE = f"{EXAMPLES}/people.ttl"
SHIPS = "SELECT ?name { ?s a nr:Ship ; rdfs:label ?name } ORDER BY ?name LIMIT 1"
#: Commands with a part of what they print.
COMMANDS = {
    ("validate", "--level", "target-matches-nothing=off", "--timeout", "60"): "No problems in ",
    (
        "validate", PEOPLE, "--shapes", f"{EXAMPLES}/people.shapes.ttl", "--engine", "pyshacl",
        "--timeout", "60", "--level", "https://example.org/PersonShape=info",
    ): "people.ttl:4:14: info[ex:PersonShape Node]",
    ("query", SHIPS, "--no-cache", "--format", "csv", "--timeout", "60"): "name\n",
    ("network", "--no-cache"): "Who trains with whom: service level;",
    ("why", "JMSDF", "SNMG1", "--no-cache"): "Japan Maritime Self-Defense Force and Standing NATO",
    ("show", "JMSDF", "--no-cache"): "Japan Maritime Self-Defense Force",
}  # fmt: skip
#: Modules, and what of others, that Windows doesn't have: "Availability" in Python's manual.
MISSING = """
import os, signal, socket, sys, time

MODULES = (
    "curses", "fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty",
    "uvloop",
)
NAMES = {
    os: (
        "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg",
        "mkfifo", "nice", "openpty", "posix_spawn", "sched_getaffinity", "setsid", "uname",
        "WNOHANG",
    ),
    signal: (
        "ITIMER_REAL", "SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGTSTP",
        "SIGUSR1", "alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer",
    ),
    socket: ("AF_UNIX",),
    time: ("tzset",),
}
for name in MODULES:
    sys.modules[name] = None
for module, names in NAMES.items():
    for name in names:
        delattr(module, name)
"""


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_commands(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, list(arguments), prog_name="passex")
    assert (result.exit_code, result.stderr) == (0, "")
    assert COMMANDS[arguments] in result.stdout


def test_problems_have_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("facts").mkdir()
    Path("facts", "x.ttl").write_bytes(
        b"@prefix nr: <https://w3id.org/passex/ontology#> .\r\n<urn:x> a nr:Shipp .\r\n"
    )
    result = CliRunner().invoke(cli, ["validate", "facts"], prog_name="passex")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("facts/x.ttl:2:11: violation[nrs:DeclaredClass SPARQL]")


@pytest.mark.skipif(sys.platform == "win32", reason="this is Windows")
def test_without_what_windows_lacks() -> None:
    """Import every module, and run the commands, in a Python without it."""
    # What others have written is imported before: their modules look at the system themselves.
    code = """
import asyncio.subprocess, concurrent.futures, getpass, http.client, importlib, multiprocessing
import pkgutil, shutil, ssl, subprocess, tempfile
import click.testing, networkx, pyoxigraph, pyshacl, rdflib

for name in ("httpx", "igraph", "numpy", "orjson", "owlready2", "prompt_toolkit", "pyarrow.parquet",
             "scipy.sparse", "starlette.applications", "uvicorn", "zstandard"):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        pass
""" + MISSING + textwrap.dedent(f"""
        import passex
        from passex.cli import cli

        for found in pkgutil.walk_packages(passex.__path__, "passex."):
            try:
                importlib.import_module(found.name)
            except passex.errors.PassexError as error:
                assert "which is not installed" in str(error), error  # an extra
        for arguments, part in {COMMANDS!r}.items():
            result = click.testing.CliRunner().invoke(cli, arguments, prog_name="passex")
            assert (result.exit_code, result.stderr) == (0, ""), (arguments, result)
            assert part in result.stdout, arguments
        print("all is well")
    """)  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout, done.returncode) == ("", "all is well\n", 0)
