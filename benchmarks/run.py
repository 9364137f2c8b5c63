"""Measure Passex beside what it could be compared with, and print the ratios as a table.

Times depend on the machine and on what else it does; ratios of runs that take turns depend on them
less. So the sides of a comparison run one after the other, several times, each in a process of its
own, and the least times are compared: what else goes on only adds. Peak memory is that of such a
process.

Example:
    python benchmarks/run.py --size bundled --size 100k --two-mode
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

#: The parent imports no library: a child's peak memory begins at its parent's size.
_HERE: Final = Path(__file__).resolve()
_PASSEX: Final = str(Path(sys.executable).parent / "passex")

Result = dict[str, float]


def _child(script: str, task: str, arguments: Sequence[str]) -> Result:
    command = [sys.executable, str(_HERE.with_name(script)), task, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: Result = json.loads(done.stdout)
    return result


def _process(command: Sequence[str]) -> Result:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {"seconds": time.perf_counter() - start}


def _first(command: Sequence[str]) -> Result:
    """Ask what was not asked before: the graph is in the cache, and no answer is."""
    for answer in Path(os.environ["PASSEX_CACHE_DIR"]).glob("*.answer"):
        answer.unlink()
    return _process(command)


def turns(sides: Sequence[Callable[[], Result]], rounds: int) -> list[Result]:
    """Run the sides of a comparison in turns.

    Args:
        sides: What to run.
        rounds: How many times each.

    Returns:
        The least of what each side reports.
    """
    found: list[list[Result]] = [[] for _ in sides]
    for number in range(rounds):
        # Every other round backwards: none always follows the same one.
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for side in order:
            found[side].append(sides[side]())
    return [{key: min(run[key] for run in runs) for key in runs[0]} for runs in found]


class Table:
    """A Markdown table that is printed as it grows: a long run shows how far it is."""

    def __init__(self) -> None:
        print("| size | what | Passex | beside it | ratio | peak memory |")
        print("| --- | --- | --- | --- | --- | --- |")

    def row(self, size: str, what: str, sides: Sequence[Result], faster: bool = False) -> None:
        """Print a comparison.

        Args:
            size: The size of the graph.
            what: What was compared.
            sides: What Passex took, and what the other side took.
            faster: Whether the ratio is how many times faster Passex is; else it is how many
                times longer it takes.
        """
        ours, other = sides
        a, b = ours["seconds"], other["seconds"]
        ratio = f"{b / a:.1f} x faster" if faster else f"{a / b:.2f} x"
        if ours.get("ties") != other.get("ties") and "ties" in ours and "ties" in other:
            what += f" ({ours['ties']:.0f} and {other['ties']:.0f} ties)"
        memory = " / ".join(f"{r['peak'] / 1024:.0f} MB" for r in (ours, other) if "peak" in r)
        print(f"| {size} | {what} | {_ms(a)} | {_ms(b)} | {ratio} | {memory} |", flush=True)


def _ms(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def compare(size: str, files: list[str], options: argparse.Namespace, table: Table) -> None:
    """Make all comparisons on one graph.

    Args:
        size: What to call it.
        files: Its files; none for the bundled graph.
        options: The command line.
        table: Where the results go.
    """
    rounds = options.rounds
    data = [part for path in files for part in ("--data", path)]
    _child("tasks.py", "cached", files)  # fills the cache
    click = [sys.executable, "-c", "import click"]
    both = [sys.executable, "-c", "import click, networkx"]
    if files:
        # What an answer takes depends on its length, and a hub has been in most exercises.
        actors = _child("tasks.py", "actors", files)
        rows = {name: int(number) for name, number in actors.items() if name.startswith("id:")}
        asks = [[_PASSEX, "ask", "partners", name, *data] for name in rows]
        for number, ask in zip(rows.values(), asks, strict=True):
            sides = [partial(_first, ask), partial(_process, ask), partial(_process, click)]
            first, again, other = turns(sides, max(rounds, 5))
            what = f"`passex ask partners`, {number} rows"
            table.row(size, f"{what}, the first time, `import click`", [first, other])
            table.row(size, f"{what}, again, `import click`", [again, other])
    else:
        ask = [_PASSEX, "ask", "partners", "Japan"]
        network = [_PASSEX, "network"]
        sides = [
            partial(_first, ask),
            *(partial(_process, command) for command in (ask, click, network, both)),
        ]
        first, again, alone, *rest = turns(sides, 4 * rounds)
        table.row(size, "`passex ask partners`, the first time, `import click`", [first, alone])
        table.row(size, "`passex ask partners`, again, `import click`", [again, alone])
        table.row(size, "`passex network`, `import click, networkx`", rest)

    def task(name: str) -> Callable[[], Result]:
        return lambda: _child("tasks.py", name, files)

    select = turns([task("select")], rounds)[0]
    table.row(size, "SELECT, bare pyoxigraph", [select, {"seconds": select["bare"]}])
    slow = options.rdflib and not (options.rdflib_up_to < _triples(size))
    load, derive, fresh, cached = turns(
        [task("load"), task("derive"), task("fresh"), task("cached")], rounds
    )
    if slow:
        pair = turns([task("load"), task("rdflib-load")], rounds)
        table.row(size, "load, rdflib", pair, faster=True)
    table.row(size, "derive, load", [derive, load])
    table.row(size, "cached load, fresh load with derive", [cached, fresh], faster=True)
    table.row(size, "network, cached load", [turns([task("network")], rounds)[0], cached])
    project = turns([task("project")], rounds)[0]
    if slow:
        pair = turns([task("project"), task("rdflib-project")], rounds)
        table.row(size, "projection from the store, SPARQL in rdflib", pair, faster=True)
    else:
        table.row(size, "projection from the store, cached load", [project, cached])
    _projection(size, "tasks.py", files, rounds, table)


def _projection(
    size: str, script: str, files: Sequence[str], rounds: int, table: Table, once: int = 0
) -> None:
    """Compare the projection from memberships; networkx may be so slow that it runs once."""

    def task(name: str) -> Callable[[], Result]:
        return lambda: _child(script, name, files)

    pair = turns([task("ties"), task("networkx-ties")], once or rounds)
    table.row(size, "projection of memberships, networkx", pair, faster=True)
    if find_spec("scipy"):
        pair = turns([task("ties"), task("scipy-ties")], rounds)
        table.row(size, "projection of memberships, scipy B·Bᵀ", pair)
    else:
        print(f"| {size} | projection of memberships, scipy B·Bᵀ | | | not measured: no scipy | |")


def compare_two_mode(rounds: int, table: Table) -> None:
    """Make the comparisons on 5000 actors and 100,000 exercises.

    Args:
        rounds: How many times each side runs; networkx runs once where it takes long.
        table: Where the results go.
    """
    size = "5k x 100k"
    _projection(size, "two_mode.py", (), rounds, table, once=1)
    for what, ours, other in (
        ("PageRank, networkx (plain, to 1e-15)", "pagerank", "pagerank"),
        ("PageRank, networkx (plain, its own tolerance)", "pagerank", "pagerank-default"),
        ("PageRank, networkx (by SciPy, its own tolerance)", "pagerank", "pagerank-scipy"),
        ("betweenness, networkx (25 sources, scaled)", "betweenness", "betweenness"),
        ("closeness, networkx (25 actors, scaled)", "closeness", "closeness"),
        ("constraint, networkx (by SciPy)", "constraint", "constraint"),
        ("eigenvector, networkx (to 1e-14)", "eigenvector", "eigenvector"),
        ("core, networkx", "core", "core"),
    ):
        sides = [ours, f"networkx-{other}"]
        pair = [_child("two_mode.py", side, ()) for side in sides]
        table.row(size, what, pair, faster=True)


def _triples(size: str) -> int:
    units = {"k": 1000, "m": 1_000_000}
    if size == "bundled":
        return 0
    unit = size[-1:].lower()
    return int(size[:-1]) * units[unit] if unit in units else int(size)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments; without them, those of the process.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Measure Passex beside other libraries.")
    parser.add_argument(
        "--size",
        action="append",
        help="bundled, or a number of triples such as 10k, 100k or 1M; may be repeated",
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument("--no-rdflib", dest="rdflib", action="store_false", help="leave rdflib out")
    parser.add_argument(
        "--rdflib-up-to",
        type=_triples,
        default="100k",
        help="the largest graph that rdflib is given (default: 100k)",
    )
    parser.add_argument(
        "--two-mode",
        action="store_true",
        help="measure projection and measures of 5000 actors and 100,000 exercises too",
    )
    options = parser.parse_args(arguments)
    sizes = options.size or ([] if options.two_mode else ["bundled", "100k"])
    try:
        wanted = {size: _triples(size) for size in sizes}
    except ValueError:
        parser.error("a size is 'bundled' or a number such as 100k or 1M")
    with tempfile.TemporaryDirectory() as folder:
        # A cache of its own: what was kept by another run must not be measured.
        os.environ["PASSEX_CACHE_DIR"] = str(Path(folder) / "cache")
        table = Table()
        for size, number in wanted.items():
            files = []
            if number:
                path = Path(folder) / f"{number}.ttl"
                script = str(_HERE.with_name("generate.py"))
                command = [sys.executable, script, str(number), "-o", str(path)]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                files = [str(path)]
            compare(size, files, options, table)
        if options.two_mode:
            compare_two_mode(options.rounds, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
