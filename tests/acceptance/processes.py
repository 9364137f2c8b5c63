"""Commands in a folder, and processes that tests start: their children, and what they have done."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli


def passex(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command in a folder, within this process: its exit code, and what it writes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(cli, arguments, prog_name="passex")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


@contextmanager
def started(command: list[str], folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process, with pipes to read from, which has ended when the test ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


def eventually(what: object, seconds: float = 60.0) -> None:
    """Wait until a condition holds."""
    assert callable(what)
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def works(pid: int, seconds: float) -> None:
    """Wait until a process has used so much more of the processor, however slow the machine is."""

    def used() -> float:
        ticks = file.read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    file = Path(f"/proc/{pid}/stat")
    if file.exists():
        start = used()
        eventually(lambda: used() - start > seconds)
    else:
        time.sleep(2 * seconds)


def children(pid: int) -> list[int]:
    """List the processes that a process has started, and those that these have."""
    if Path("/proc/self/stat").exists():
        pairs = []
        for file in Path("/proc").glob("[0-9]*/stat"):
            # A process may end while it is looked at; its name may have any character in it.
            with contextlib.suppress(OSError):
                pairs.append((file.parent.name, file.read_text().rpartition(")")[2].split()[1]))
    elif shutil.which("ps"):
        asked = ["ps", "-A", "-o", "pid=,ppid="]
        listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        pairs = [(one, parent) for one, parent in map(str.split, listed.splitlines())]
    else:
        pytest.skip("neither /proc nor ps here")
    found = [pid]
    for parent in found:
        found += [int(one) for one, of in pairs if int(of) == parent]
    return found[1:]


def leaves(pid: int) -> list[int]:
    """List those of them that have started none: the workers of a server, and its writer."""
    return [one for one in children(pid) if not children(one)]


def lives(pid: int) -> bool:
    """Tell whether there is a process of a number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
