"""Measure `passex validate` beside other SHACL engines and beside loading alone.

Each measurement is a whole process, reports included: start-up counts, and memory is its own. The
sides take turns, and the least of each is kept: processor time, which says what there was to do,
and elapsed time, which threads shorten and other work on the machine lengthens. What takes longer
than half a minute runs once. Slips are made at places spread over the data, and what each engine
says of them is compared: how many results, about which nodes. The other engines are given the
ontology in one file with the data where ours is validated against; they know no other way.

Example:
    python benchmarks/validate.py 10k 100k --slips 0 350 --beside pyshacl pyrudof --python PYTHON
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from engines import ENGINES

_HERE: Final = Path(__file__).resolve().parent
_ROOT: Final = _HERE.parent
_SHAPES: Final = {"16 shapes": _HERE / "shapes.ttl", "ours": _ROOT / "ontology" / "shapes.ttl"}
_ONTOLOGY: Final = [_ROOT / "ontology" / name for name in ("naval.ttl", "concepts.ttl")]
_LOAD: Final = "import sys, pyoxigraph; pyoxigraph.Store().bulk_load(path=sys.argv[1])"
_START: Final = "import click, networkx"
_BUNDLED: Final = "bundled"
_SH: Final = "http://www.w3.org/ns/shacl#"
#: In seconds: long enough that one run tells.
_LONG: Final = 30
#: Slips as people make them, each by what takes the place of what is right.
_SLIPS: Final = (
    (r'(oa:exact ".*)"', r'\1 and many words more than an anchor may have, be it long or short"'),
    (r'(nr:earliest "[0-9-]+")\^\^xsd:date', r"\1"),
    (r"nr:hasCertainty nrc:\w+", "nr:hasCertainty nrc:hopeful"),
    (r"org:member\b", "org:memberOf"),
    (r'(rdf:type nr:Exercise ;\n    rdfs:label ".*"@)en', r"\1fr"),
    (r"nr:onProperty nr:\w+ ;\n", ""),
)


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


def measure(command: Sequence[str | Path]) -> Cost:
    """Run a command once; what it prints is thrown away.

    Args:
        command: The command. It may write bytecode, as it would where it is installed.

    Returns:
        What it took.

    Raises:
        ChildProcessError: It could not do its work: 0 and 1 are the codes of a validation.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise ChildProcessError(f"{' '.join(map(str, command))}: failed")
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss // unit)


def turns(commands: dict[str, Sequence[str | Path]], rounds: int) -> dict[str, Cost]:
    """Run commands in turns.

    Args:
        commands: The commands by name.
        rounds: How many times each.

    Returns:
        The least of each that can do its work.
    """
    found: dict[str, Cost] = {}
    for name, command in commands.items():
        try:
            found[name] = measure(command)
        except ChildProcessError as error:
            print(error, file=sys.stderr)
    again = [name for name, cost in found.items() if cost.elapsed < _LONG]
    for _ in range(rounds - 1):
        for name in again:
            found[name] = found[name].least(measure(commands[name]))
    return found


def spoil(text: str, number: int) -> str:
    """Make slips in a graph of `generate.py`, spread over it.

    Args:
        text: The graph in Turtle.
        number: How many slips.

    Returns:
        The graph with them.
    """
    found = [(match, new) for old, new in _SLIPS for match in re.finditer(old, text)]
    found.sort(key=lambda place: place[0].start())
    parts, at = list[str](), 0
    for i in range(number):
        match, new = found[i * len(found) // number]
        parts += [text[at : match.start()], match.expand(new)]
        at = match.end()
    return "".join([*parts, text[at:]])


def _data(size: str, slips: int, folder: Path) -> list[Path]:
    """Give the files of a graph."""
    if size == _BUNDLED:
        return sorted((_ROOT / "graph").rglob("*.ttl"))
    data = folder / "data.ttl"
    command: list[str | Path] = [sys.executable, _HERE / "generate.py", str(triples(size))]
    subprocess.run([*command, "-o", data], check=True, stdout=subprocess.DEVNULL)
    if slips:
        data.write_text(spoil(data.read_text(encoding="utf-8"), slips), encoding="utf-8")
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


def found(own: Sequence[str | Path], folder: Path) -> Counter[str]:
    """Count the results of Passex by focus node, as its report for the W3C has them."""
    report = folder / "report.ttl"
    command = [*own, "--report", "turtle", "-o", report]
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    store = ox.Store()
    store.load(path=report)
    results = store.quads_for_pattern(None, ox.NamedNode(f"{_SH}result"), None)
    focus = ox.NamedNode(f"{_SH}focusNode")
    about = (next(store.quads_for_pattern(_node(each), focus, None)) for each in results)
    return Counter(_node(quad).value for quad in about)


def _node(quad: ox.Quad) -> ox.NamedNode | ox.BlankNode:
    """Give the object of a triple that leads to a node."""
    assert isinstance(quad.object, ox.NamedNode | ox.BlankNode)
    return quad.object


def agreement(own: Counter[str], path: Path) -> str:
    """Say whether the results of another engine are those of Passex."""
    theirs = Counter(path.read_text(encoding="utf-8").splitlines())
    if own == theirs:
        return f"the same {own.total()}"
    differing = len([node for node in own | theirs if own[node] != theirs[node]])
    return f"{theirs.total()} for {own.total()}; other at {differing} nodes"


def compare(size: str, name: str, slips: int, folder: Path, options: argparse.Namespace) -> None:
    """Measure one graph against one set of shapes, and print rows of a Markdown table."""
    files, shapes = _data(size, slips, folder), _SHAPES[name]
    mixed = [*files, *(_ONTOLOGY if name == "ours" else ())]
    together = folder / "all.ttl"
    together.write_bytes(b"\n".join(file.read_bytes() for file in mixed))
    own: list[str | Path] = [sys.executable, "-m", "passex", "validate"]
    if size != _BUNDLED or name != "ours":
        own += [*files, "--shapes", "bundled" if name == "ours" else shapes]
    sides: dict[str, Sequence[str | Path]] = {
        "`passex validate`": own,
        "loading alone": [sys.executable, "-c", _LOAD, together],
        f"`{_START}`": [sys.executable, "-c", _START],
    }
    for engine in options.beside:
        if engine != "pyshacl" or triples(size) <= triples(options.pyshacl_up_to):
            python = sys.executable if engine == "pyshacl" else options.python
            sides[engine] = [
                python,
                _HERE / "engines.py",
                engine,
                together,
                shapes,
                folder / engine,
            ]
    costs = turns(sides, options.rounds)
    ours, counted = costs["`passex validate`"], found(own, folder)
    for side, cost in costs.items():
        ratio = f"{cost.elapsed / ours.elapsed:.2f} ({cost.processor / ours.processor:.2f})"
        results = str(counted.total()) if cost is ours else ""
        if side in ENGINES:
            results = agreement(counted, folder / side)
        print(
            f"| {size} | {slips} | {name} | {side} | {cost.elapsed:.2f} | {cost.processor:.2f} "
            f"| {cost.memory} | {ratio} | {results} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", metavar="SIZE", help="bundled, or triples: 10k, 1M")
    parser.add_argument("--shapes", choices=[*_SHAPES], action="append")
    parser.add_argument("--slips", type=int, nargs="+", default=[0], metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", nargs="+", choices=[*ENGINES], default=[], metavar="ENGINE")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has them")
    parser.add_argument("--pyshacl-up-to", default="100k", metavar="SIZE")
    options = parser.parse_args()
    print("| size | slips | shapes | program | elapsed | processor | MB | times | results |")
    print("| --- " * 9 + "|")
    for size in options.sizes:
        for name in options.shapes or _SHAPES:
            for slips in options.slips if size != _BUNDLED else [0]:
                with tempfile.TemporaryDirectory() as folder:
                    compare(size, name, slips, Path(folder), options)


if __name__ == "__main__":
    main()
