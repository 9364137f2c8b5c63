"""Measure loading, deriving and keeping a graph: in batches on the disk, and all at once in memory.

Each side is a process of its own with an empty cache. Processor time counts the processes that it
starts; the peak of memory is that of the largest of them, and that of all together at most.

Example:
    python benchmarks/deriving.py 300000 --at-once
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def _measure(path: str, at_once: bool) -> None:
    import passex
    from passex.graph import batches, reading

    if at_once:
        reading.LARGE = 1 << 62  # type: ignore[misc]
    begin = time.perf_counter()
    passex.load(path)
    elapsed = time.perf_counter() - begin
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime
    number = 0 if at_once else min(batches.MOST, os.cpu_count() or 1)
    side = "at once" if at_once else "batches"
    print(
        f"{side}: {seconds:.1f} s of processor time, {elapsed:.1f} s elapsed, "
        f"{own.ru_maxrss // 1024} MB, processes {number} of {theirs.ru_maxrss // 1024} MB",
        flush=True,
    )


def main() -> None:
    """Measure at the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", nargs="+", help="triples")
    parser.add_argument("--at-once", action="store_true", help="measure that, too")
    parser.add_argument("--measure", choices=("batches", "once"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure(options.size[0], options.measure == "once")
        return
    for size in options.size:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "fleet.ttl")
            script = str(Path(__file__).with_name("generate.py"))
            subprocess.run([sys.executable, script, size, "-o", path], check=True)
            for side in ("batches", *(("once",) if options.at_once else ())):
                subprocess.run(
                    [sys.executable, __file__, path, "--measure", side],
                    check=True,
                    env={**os.environ, "PASSEX_CACHE_DIR": str(Path(folder) / side)},
                )


if __name__ == "__main__":
    main()
