"""Measure `passex validate` beside pySHACL's own command and beside loading alone.

Each measurement is a whole process, reports included: start-up counts, and memory is its own. The
sides take turns, and the least of each is kept: processor time, which says what there was to do,
and elapsed time, which threads shorten and other work on the machine lengthens. pySHACL is given
the ontology in one file with the data where ours is validated against; it knows no other way.

Example:
    python benchmarks/validate.py bundled 10k 100k --pyshacl-up-to 10k
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent
_ROOT: Final = _HERE.parent
_SHAPES: Final = {"16 shapes": _HERE / "shapes.ttl", "ours": _ROOT / "ontology" / "shapes.ttl"}
_ONTOLOGY: Final = [_ROOT / "ontology" / name for name in ("naval.ttl", "concepts.ttl")]
_LOAD: Final = "import sys, pyoxigraph; pyoxigraph.Store().bulk_load(path=sys.argv[1])"
_BUNDLED: Final = "bundled"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took.

    Attributes:
        processor: Seconds of processor time, of all its threads.
        elapsed: Seconds from its start to its end.
        memory: Its peak memory in megabytes.
    """

    processor: float
    elapsed: float
    memory: int

    def least(self, other: Cost) -> Cost:
        """Combine two runs: the least times, the most memory."""
        return Cost(
            min(self.processor, other.processor),
            min(self.elapsed, other.elapsed),
            max(self.memory, other.memory),
        )

    def __str__(self) -> str:
        return f"{self.processor:.2f} s ({self.elapsed:.2f} s elapsed), {self.memory} MB"


def measure(command: Sequence[str | Path]) -> Cost:
    """Run a command once; what it prints is thrown away.

    Args:
        command: The command.

    Returns:
        What it took.

    Raises:
        ChildProcessError: It could not do its work: 0 and 1 are the codes of a validation.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise ChildProcessError(f"{' '.join(map(str, command))}: failed")
    elapsed = time.perf_counter() - begun
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss // unit)


def turns(commands: Sequence[Sequence[str | Path]], rounds: int) -> list[Cost]:
    """Run commands in turns.

    Args:
        commands: The commands.
        rounds: How many times each.

    Returns:
        The least of each.
    """
    found = [measure(command) for command in commands]
    for _ in range(rounds - 1):
        found = [cost.least(measure(each)) for cost, each in zip(found, commands, strict=True)]
    return found


def _whole(size: str, folder: Path) -> list[Path]:
    """Give the files of a graph."""
    if size == _BUNDLED:
        return sorted((_ROOT / "graph").rglob("*.ttl"))
    data = folder / "data.ttl"
    script = _HERE / "generate.py"
    command: list[str | Path] = [sys.executable, script, str(triples(size)), "-o", data]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return [data]


def triples(size: str) -> int:
    """Read a size: ``10k``, ``1M``, ``5000``; the bundled graph counts as the smallest."""
    if size == _BUNDLED:
        return 0
    number = size.lower()
    for sign, factor in (("k", 1000), ("m", 1_000_000)):
        if number.endswith(sign):
            return int(float(number[:-1]) * factor)
    return int(number)


def compare(size: str, name: str, folder: Path, rounds: int, pyshacl: bool) -> None:
    """Measure one graph against one set of shapes, and print a row of a Markdown table."""
    files, shapes = _whole(size, folder), _SHAPES[name]
    mixed = [*files, *(_ONTOLOGY if name == "ours" else ())]
    together = folder / "all.ttl"
    together.write_bytes(b"\n".join(file.read_bytes() for file in mixed))
    own = [sys.executable, "-m", "passex", "validate"]
    if size != _BUNDLED or name != "ours":
        own += [*map(str, files), "--shapes", "bundled" if name == "ours" else str(shapes)]
    sides: list[Sequence[str | Path]] = [[sys.executable, "-c", _LOAD, together], own]
    load, passex = turns(sides, rounds)
    beside = "not run"
    if pyshacl:
        # Long enough that one run tells.
        theirs = measure([sys.executable, "-m", "pyshacl", "-s", shapes, together])
        ratio = theirs.processor / passex.processor
        beside = f"{theirs}; {ratio:.0f} x ({theirs.elapsed / passex.elapsed:.0f} x elapsed)"
    ratio = passex.processor / load.processor
    print(
        f"| {size} | {name} | {load} | {passex}; {ratio:.1f} x loading "
        f"({passex.elapsed / load.elapsed:.1f} x elapsed) | {beside} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", metavar="SIZE", help="bundled, or triples: 10k, 1M")
    parser.add_argument("--shapes", choices=[*_SHAPES], action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyshacl-up-to", default="0", metavar="SIZE")
    options = parser.parse_args()
    print("| size | shapes | load | `passex validate` | pySHACL, and how many times it takes |")
    print("| --- | --- | --- | --- | --- |")
    most = triples(options.pyshacl_up_to)
    for size in options.sizes:
        for name in options.shapes or _SHAPES:
            with tempfile.TemporaryDirectory() as folder:
                pyshacl = 0 < most >= triples(size)
                compare(size, name, Path(folder), options.rounds, pyshacl)


if __name__ == "__main__":
    main()
