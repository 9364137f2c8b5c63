"""Measure validation against pySHACL's own command and against loading alone.

Each measurement is a process of its own, so that start-up counts and memory is its own. Times are
the least of several rounds.

Example:
    python benchmarks/validate.py 10000 100000 --pyshacl-up-to 10000
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
SHAPES = HERE / "shapes.ttl"
LOAD = "import sys, pyoxigraph; pyoxigraph.Store().bulk_load(path=sys.argv[1])"
VALIDATE = """
import sys
from passex.validation.inputs import load
from passex.validation.shacl import validate
inputs, failures = load([sys.argv[1]], [sys.argv[2]])
outcome = validate(inputs, jobs=int(sys.argv[3]))
print(len(outcome.results), len(outcome.delegated), "results, shapes delegated")
"""


def measure(command: Sequence[str], rounds: int) -> tuple[float, int, str]:
    """Run a command several times: seconds of the quickest, megabytes of the largest, output."""
    best, most, said = float("inf"), 0, ""
    for _ in range(rounds):
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _, _, usage = os.wait4(process.pid, 0)
        best = min(best, time.perf_counter() - begun)
        most = max(most, usage.ru_maxrss // 1024)
    return best, most, said.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="+", help="triples")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--shapes", type=Path, default=SHAPES)
    parser.add_argument("--pyshacl-up-to", type=int, default=0, metavar="TRIPLES")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = str(Path(folder, "data.ttl"))
            subprocess.run(
                [sys.executable, str(HERE / "generate.py"), str(size), "-o", data],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            load, _, _ = measure([sys.executable, "-c", LOAD, data], options.rounds)
            ours, memory, said = measure(
                [sys.executable, "-c", VALIDATE, data, str(options.shapes), str(options.jobs)],
                options.rounds,
            )
            print(f"{size}: loading {load:.2f} s; passex {ours:.2f} s, {memory} MB, "
                  f"{ours / load:.1f} x loading; {said}")  # fmt: skip
            if size <= options.pyshacl_up_to:
                command = [sys.executable, "-m", "pyshacl", "-s", str(options.shapes), data]
                theirs, memory, _ = measure(command, 1)
                print(f"{size}: pySHACL {theirs:.1f} s, {memory} MB, {theirs / ours:.0f} x passex")


if __name__ == "__main__":
    main()
