"""Measure a network in brief, or a validation, of N-Triples: on one machine, and on clusters.

The clusters are begun for it, on this machine too: Sail as one process, Apache Spark as a master,
two workers with a core each, and a server of Spark Connect. The cache is empty. Processor time is
that of the command with its processes, and of those of the cluster since it could be asked; memory
is what all of these take at once, at the most (see `usage`). Answers are compared, to the byte.

Each figure is printed as soon as it is known, and growth beside the size before. An engine that
fails says why, and the others go on.

Example:
    python benchmarks/clusters.py 1000000 10000000
    python benchmarks/clusters.py 250000 --engines one,spark --validate
    python benchmarks/clusters.py 1000000 --engines one --spark sc://localhost:15002
    python benchmarks/clusters.py /data/fleet-10M /data/fleet-30M --engines sail
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox
from usage import Peak, seconds

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "acceptance"))

import pytest  # noqa: E402
import spark_servers  # noqa: E402

#: The URL of a cluster, or none for one machine, and the numbers of its processes.
Cluster: TypeAlias = tuple[str, Collection[int]]

_BRIEF: Final = ("network", "--brief", "--level", "state", "--format", "csv")
_VALIDATE: Final = ("validate", "--report", "json")
#: Engines read several files at a time, where they don't part one.
_FILES: Final = 4


class _FailedError(Exception):
    """A command that ended with an exit status of its own."""


#: What ends the measuring of one engine: its command, a server that doesn't begin, or isn't there.
_FAILURES: Final = (_FailedError, OSError, pytest.skip.Exception, pytest.fail.Exception)


@dataclass(frozen=True)
class Figures:
    """What an engine took.

    Attributes:
        command: Processor time of the command, in seconds.
        cluster: That of the cluster.
        elapsed: The time by the clock.
        peak: The most memory of both, in bytes.
        answer: A digest of what the command printed.
    """

    command: float
    cluster: float
    elapsed: float
    peak: int
    answer: str

    def __str__(self) -> str:
        there = f" (command {self.command:.1f}, cluster {self.cluster:.1f})" if self.cluster else ""
        return (
            f"{self.command + self.cluster:.1f} s of processor time{there}, "
            f"{self.elapsed:.1f} s elapsed, {self.peak / 1e9:.2f} GB, answer {self.answer[:12]}"
        )

    def growth(self, before: Figures) -> str:
        """Say how many times as much it is as for a smaller graph."""
        times = (
            (self.command + self.cluster) / (before.command + before.cluster),
            self.elapsed / before.elapsed,
            self.peak / before.peak,
        )
        return "grown to {:.1f} times the processor time, {:.1f} elapsed, {:.1f} memory".format(
            *times
        )


@contextmanager
def _sail() -> Iterator[Cluster]:
    with spark_servers.sail() as (url, process):
        yield url, [process.pid]


@contextmanager
def _spark() -> Iterator[Cluster]:
    with (
        tempfile.TemporaryDirectory() as folder,
        spark_servers.spark(Path(folder), lasting=True) as cluster,
    ):
        yield cluster.url, [process.pid for process in cluster.running]


_ENGINES: Final[dict[str, Callable[[], AbstractContextManager[Cluster]]]] = {
    "one": lambda: nullcontext(("", ())),
    "sail": _sail,
    "spark": _spark,
}


@contextmanager
def _facts(graph: str) -> Iterator[Path]:
    """Give the folder of a graph, or write one of so many triples: N-Triples, in several files."""
    if not graph.isdecimal():
        yield Path(graph)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield _generate(graph, Path(folder))


def _generate(size: str, folder: Path) -> Path:
    turtle = folder / "fleet.ttl"
    script = str(Path(__file__).with_name("generate.py"))
    subprocess.run([sys.executable, script, size, "-o", str(turtle)], check=True)
    facts = folder / "facts"
    facts.mkdir()
    files = [(facts / f"{number}.nt").open("wb") for number in range(_FILES)]
    # What is said of one node stands together, as in any dump.
    turn, last = cycle(files), None
    for quad in ox.parse(path=turtle):
        if quad.subject != last:
            file, last = next(turn), quad.subject
        file.write(f"{quad.triple} .\n".encode())
    for file in files:
        file.close()
    turtle.unlink()
    return facts


def _measure(cluster: Cluster, facts: Path, command: Sequence[str]) -> Figures:
    url, servers = cluster
    words = [sys.executable, "-m", "passex", *command, "--data", str(facts)]
    if url:
        words += ["--engine", "spark", "--spark", url]
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryFile() as errors:
        environment = {**os.environ, "PASSEX_CACHE_DIR": cache}
        begin, before = time.perf_counter(), seconds(servers)
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, env=environment)
        assert process.stdout is not None
        answer = sha256()
        with Peak([process.pid, *servers]) as peak:
            while part := process.stdout.read(1 << 20):
                answer.update(part)
            _, status, usage = os.wait4(process.pid, 0)
        elapsed, there = time.perf_counter() - begin, seconds(servers) - before
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
    figures = Figures(
        usage.ru_utime + usage.ru_stime, there, elapsed, peak.bytes, answer.hexdigest()
    )
    if status:
        code = os.waitstatus_to_exitcode(status)
        ended = f"exit status {code}" if code >= 0 else f"signal {-code}"
        raise _FailedError(f"{ended} after {figures}: {said}")
    return figures


def _tried(
    name: str, begin: Callable[[], AbstractContextManager[Cluster]], facts: Path, validate: bool
) -> Figures | None:
    """Measure an engine, and print what comes of it."""
    try:
        with begin() as cluster:
            figures = _measure(cluster, facts, _VALIDATE if validate else _BRIEF)
    except _FAILURES as error:
        print(f"{name}: FAILED, {error}", flush=True)
        return None
    print(f"{name}: {figures}", flush=True)
    return figures


def main() -> None:
    """Measure at the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("graph", nargs="+", help="how many triples, or a folder that has them")
    parser.add_argument("--engines", default=",".join(_ENGINES), help="by commas: %(default)s")
    parser.add_argument("--spark", metavar="URL", help="a cluster that runs, too")
    parser.add_argument("--validate", action="store_true", help="validate, in place of a network")
    options = parser.parse_args()
    asked = options.engines.split(",")
    if unknown := [name for name in asked if name not in _ENGINES]:
        parser.error(f"no engine is called {unknown[0]!r}: there are {', '.join(_ENGINES)}")
    engines = {name: _ENGINES[name] for name in asked}
    if options.spark:
        engines[options.spark] = lambda: nullcontext((options.spark, ()))
    before: dict[str, Figures] = {}
    for graph in options.graph:
        with _facts(graph) as facts:
            number = sum(path.stat().st_size for path in facts.iterdir())
            print(f"{graph}: {number >> 20} MB", flush=True)
            found: dict[str, Figures] = {}
            for name, begin in engines.items():
                figures = _tried(name, begin, facts, options.validate)
                if figures:
                    found[name] = figures
                    if name in before:
                        print(f"{name}: {figures.growth(before[name])}", flush=True)
            before = found
            answers = {figures.answer for figures in found.values()}
            if len(found) > 1:
                print("the same answer" if len(answers) == 1 else "ANOTHER ANSWER", flush=True)


if __name__ == "__main__":
    main()
