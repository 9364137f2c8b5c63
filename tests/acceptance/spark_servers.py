"""Servers of Spark Connect on loopback, each a process of its own on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

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


#: Where `.ci/run` puts Apache Spark: what the package `pyspark` has, and no dependencies.
_HOME = Path(__file__).resolve().parents[1] / "consumers" / ".spark" / "pyspark"
_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    """Run a server of Apache Spark, with two cores of this machine.

    Args:
        folder: An empty folder for what it writes.

    Yields:
        Its URL.
    """
    pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")
    home = Path(os.environ.get("SPARK_HOME", _HOME))
    if not (home / "jars").is_dir() or shutil.which("java") is None:
        pytest.skip(f"no Java, or no Apache Spark at {home} (.ci/run gets it)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 2,
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": folder / "warehouse",
    }
    command = [home / "bin" / "spark-submit", "--master", "local[2]", "--class", _SERVER]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }
    with (folder / "log").open("wb") as log:
        # A group of its own: a script, and Java, which starts Python.
        process = subprocess.Popen(
            [*map(str, command), "spark-internal"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + 240
        while process.poll() is None and time.monotonic() < until:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.5)
        else:
            pytest.fail((folder / "log").read_text()[-2000:])
        yield f"sc://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
