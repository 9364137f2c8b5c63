"""Servers of Spark Connect on loopback, each a process of its own on a free port."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

#: Begins a server, says on which port it listens, and stays until its input ends. What is done
#: before is as on a cluster where something else is installed.
_SAIL = """
import sys, types
{before}
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def sail(before: str = "") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a server of Sail, whose executors are in its own process.

    Yields:
        Its URL, and the process.
    """
    pytest.importorskip("pysail", reason="pip install pysail")
    pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")
    process = subprocess.Popen(
        [sys.executable, "-c", _SAIL.format(before=before)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield f"sc://127.0.0.1:{int(process.stdout.readline())}", process
    finally:
        process.kill()
        process.communicate()
