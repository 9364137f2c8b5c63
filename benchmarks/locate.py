"""Measure locating beside parsing the same file, and print the ratios as a table.

Questions are drawn from the graph: a value that is there, one that is missing, a node that is only
an object, a path of two steps, and, in a file of their own, blank nodes in brackets. Sides take
turns, and the minimum of the rounds counts: noise only ever adds.

Example:
    python benchmarks/locate.py 1000000 --rounds 5
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random

import pyoxigraph as ox

from passex.validation.inputs import load
from passex.validation.locate import Question, locate
from passex.validation.results import Compound

_CONCEPTS = "<https://w3id.org/passex/concept/"
_ABSENT = ox.NamedNode("https://example.org/absent")


def questions(path: Path, form: ox.RdfFormat, number: int) -> dict[str, list[Question]]:
    """Draw questions of each kind from a file."""
    random = Random(number)
    # Some from all parts of the file, and not all of it in memory.
    quads = [q for q in ox.parse(path=str(path), format=form) if random.random() < 0.02]
    chosen = random.sample(quads, number)
    found: dict[str, list[Question]] = {"value": [], "missing": [], "only object": [], "path": []}
    for quad in chosen:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        assert not isinstance(subject, ox.Triple)
        assert not isinstance(value, ox.Triple)
        found["value"].append(Question(subject, predicate, value))
        found["missing"].append(Question(subject, _ABSENT))
        way = Compound("sequence", (predicate, predicate))
        found["path"].append(Question(subject, way, value))
    objects = [
        q.object for q in quads if str(q.object).startswith("<https://w3id.org/passex/concept")
    ]
    found["only object"] = [Question(random.choice(objects)) for _ in range(number)]
    return found


def brackets(size: int, path: Path) -> None:
    """Write a file of about so many triples, in which each statement has a blank node."""
    with path.open("w", encoding="utf-8") as file:
        file.write("@prefix : <https://example.org/> .\n")
        for i in range(size // 7):
            file.write(f':n{i} a :T ; :w {i} ; :l "x {i}"@en ; :at [ a :A ; :x {i} ; :y "a" ] .\n')


def timed(task: Callable[[], object]) -> float:
    """Take the time of one run."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def measure(path: Path, rounds: int, blank: bool = False) -> None:
    """Measure one file."""
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    assert form is not None
    inputs, _ = load([path], [])
    nodes = sorted(
        (quad for quad in inputs.graph if isinstance(quad.subject, ox.BlankNode)), key=str
    )

    def parse() -> None:
        for _ in ox.parse(path=str(path), format=form):
            pass

    for number in (10, 1000):
        drawn = Random(number).sample(nodes, number) if blank else []
        kinds = {"blank nodes": [Question(q.subject, q.predicate, q.object) for q in drawn]}
        for kind, asked in (kinds if blank else questions(path, form, number)).items():
            parsing, locating = [], []
            for _ in range(rounds):
                parsing.append(timed(parse))
                locating.append(timed(partial(locate, inputs.data, asked, inputs.graph)))
            best, base = min(locating), min(parsing)
            print(
                f"{path.suffix} {kind:12} {number:5} questions: locate {best:6.2f} s, "
                f"parse {base:6.2f} s, ratio {best / base:.2f}",
                flush=True,
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments; without them, those of the process.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Measure locating beside parsing.")
    parser.add_argument("size", metavar="N", type=int, help="triples of the generated graph")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many (default 3)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".ttl", ".nt"):
            path = Path(folder) / f"graph{suffix}"
            import_module("generate").write(options.size, path)
            measure(path, options.rounds)
        path = Path(folder) / "brackets.ttl"
        brackets(options.size, path)
        measure(path, options.rounds, blank=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
