"""Measure a network in brief, or a validation, of N-Triples: here, and on a cluster.

Without a URL the cluster is a server of Sail that is started for it, on this machine too. Processor
time and the peak of memory are those of the command with its processes, and of that server. The
cache is empty.

Example:
    python benchmarks/clusters.py 100000 1000000
    python benchmarks/clusters.py 1000000 --spark sc://localhost:15002
    python benchmarks/clusters.py 250000 --validate
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

_SAIL = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
"""
_BRIEF = ("network", "--brief", "--level", "state", "--format", "csv")
_VALIDATE = ("validate", "--report", "json")


def _generate(size: str, path: Path) -> None:
    script = str(Path(__file__).with_name("generate.py"))
    turtle = path.with_suffix(".ttl")
    subprocess.run([sys.executable, script, size, "-o", str(turtle)], check=True)
    triples = (quad.triple for quad in ox.parse(path=turtle))
    ox.serialize(triples, str(path), ox.RdfFormat.N_TRIPLES)
    turtle.unlink()


def _run(side: str, path: Path, command: tuple[str, ...], *options: str) -> bytes:
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PASSEX_CACHE_DIR": cache}
        words = [sys.executable, "-m", "passex", *command, "--data", str(path), *options]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        answer = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    elapsed = time.perf_counter() - begin
    print(
        f"{side}: {seconds:.1f} s of processor time, {elapsed:.1f} s elapsed, "
        f"{usage.ru_maxrss // 1024} MB" + ("" if status == 0 else f", exit status {status}"),
        flush=True,
    )
    return answer


def _on_sail(path: Path, command: tuple[str, ...]) -> bytes:
    server = subprocess.Popen(
        [sys.executable, "-c", _SAIL],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert server.stdout is not None
        url = f"sc://127.0.0.1:{int(server.stdout.readline())}"
        answer = _run("Sail, the command", path, command, "--engine", "spark", "--spark", url)
        own = Path(f"/proc/{server.pid}")
        user, system = (own / "stat").read_text().rsplit(")", 1)[1].split()[11:13]
        seconds = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        peak = re.search(r"VmHWM:\s+(\d+)", (own / "status").read_text())
        assert peak is not None
        print(f"Sail, the server: {seconds:.1f} s of processor time, {int(peak[1]) // 1024} MB")
        return answer
    finally:
        server.kill()
        server.communicate()


def main() -> None:
    """Measure at the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", nargs="+", help="triples")
    parser.add_argument("--spark", metavar="URL", help="a cluster that runs")
    parser.add_argument("--validate", action="store_true", help="validate, in place of a network")
    options = parser.parse_args()
    command = _VALIDATE if options.validate else _BRIEF
    for size in options.size:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "fleet.nt"
            _generate(size, path)
            print(f"{size} triples, {path.stat().st_size >> 20} MB")
            here = _run("one machine", path, command)
            if options.spark:
                on = ("--engine", "spark", "--spark", options.spark)
                there = _run("cluster", path, command, *on)
            else:
                there = _on_sail(path, command)
            print("the same answer" if here == there else "ANOTHER ANSWER", flush=True)


if __name__ == "__main__":
    main()
