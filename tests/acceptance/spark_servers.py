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
from typing import Final

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
#: Sail's allocator gives back what is freed at once: else it keeps nearly as much as it needs.
SAIL: Final = {"MIMALLOC_PURGE_DELAY": "0"}


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
        env={**os.environ, **SAIL},
    )
    try:
        assert process.stdout is not None
        yield f"sc://127.0.0.1:{int(process.stdout.readline())}", process
    finally:
        process.kill()
        process.communicate()


#: Where `.ci/run` puts Apache Spark: what the package `pyspark` has, and no dependencies.
_HOME = Path(__file__).resolve().parents[1] / "consumers" / ".spark" / "pyspark"
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


class Spark:
    """A master of Apache Spark, workers, and a server of Spark Connect, all on loopback.

    Args:
        home: Where Apache Spark is.
        folder: An empty folder for what it writes.
        lasting: Whether it is to run for more than seconds, with much to do.

    Attributes:
        url: Of Spark Connect.
        running: All processes, most of which begin others.
        workers: Those that begin an executor each.
    """

    def __init__(self, home: Path, folder: Path, lasting: bool) -> None:
        self._home, self._folder, self._lasting = home, folder, lasting
        self.running: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self._master, connect = _free(), _free()
        self.url = f"sc://127.0.0.1:{connect}"
        settings = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": connect,
            "spark.executor.memory": "2g" if lasting else "600m",
            "spark.executor.cores": 1,
            "spark.ui.enabled": "false",
            "spark.local.dir": folder,
            "spark.sql.warehouse.dir": folder / "warehouse",
        }
        if not lasting:
            settings["spark.sql.shuffle.partitions"] = 2
        self._settings = [f"--conf={name}={value}" for name, value in settings.items()]

    def start(self, workers: int) -> None:
        """Start all, and wait until they can be asked."""
        where = ["--host", "127.0.0.1", "--port", str(self._master), "--webui-port", "0"]
        master = self._run("master", "spark-class", _MASTER, *where)
        self._wait("master", master, self._master)
        for _ in range(workers):
            self.add()
        to = ["--master", f"spark://127.0.0.1:{self._master}", "--class", _SERVER]
        server = self._run("connect", "spark-submit", *to, *self._settings, "spark-internal")
        self._wait("connect", server, int(self.url.rpartition(":")[2]))

    def add(self, **environment: str) -> None:
        """Start one more worker, with one core."""
        name = f"worker-{len(self.workers)}"
        where = ["--host", "127.0.0.1", "--webui-port", "0", "--work-dir", str(self._folder / name)]
        to = f"spark://127.0.0.1:{self._master}"
        memory = "3g" if self._lasting else "1g"
        given = [_WORKER, *where, "--cores", "1", "--memory", memory, to]
        self.workers.append(self._run(name, "spark-class", *given, **environment))

    def _run(self, name: str, *command: str, **more: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "SPARK_HOME": str(self._home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            # For seconds, a compiler that thinks long isn't worth it.
            "JAVA_TOOL_OPTIONS": "-XX:+UseSerialGC"
            + ("" if self._lasting else " -XX:TieredStopAtLevel=1"),
            # Of the server of Spark Connect, too.
            "SPARK_DAEMON_MEMORY": "3g" if self._lasting else "700m",
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            **more,
        }
        with (self._folder / f"{name}.log").open("wb") as log:
            # A group of its own: a script, and Java, which starts Java or Python.
            process = subprocess.Popen(
                [str(self._home / "bin" / command[0]), *command[1:]],
                cwd=self._folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def _wait(self, name: str, process: subprocess.Popen[bytes], port: int) -> None:
        until = time.monotonic() + 240
        while process.poll() is None and time.monotonic() < until:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            time.sleep(0.2)
        pytest.fail((self._folder / f"{name}.log").read_text()[-2000:])

    def stop(self, *processes: subprocess.Popen[bytes]) -> None:
        """Kill processes with all that they began."""
        for process in processes or self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def spark(folder: Path, workers: int = 2, lasting: bool = False) -> Iterator[Spark]:
    """Run Apache Spark as a master and workers with one core each.

    Args:
        folder: As of `Spark`, as is ``lasting``.
    """
    pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")
    home = Path(os.environ.get("SPARK_HOME", _HOME))
    if not (home / "jars").is_dir() or shutil.which("java") is None:
        pytest.skip(f"no Java, or no Apache Spark at {home} (.ci/run gets it)")
    cluster = Spark(home, folder, lasting)
    try:
        cluster.start(workers)
        yield cluster
    finally:
        cluster.stop()
