"""Measure declared constraint components (ASK and SELECT) beside pySHACL.

Every focus node has two values, and one in ten nodes has one that is wrong. Each side is a whole
process: `passex validate`, which asks a component once for all nodes; the same with pySHACL as its
engine, which asks it for each node or value; and pySHACL alone. They take turns, as those of
`validate.py` do, and results are compared.

Example:
    python benchmarks/components.py 2000 20000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engines import ENGINES
from validate import agreement, found, turns

_HERE: Final = Path(__file__).resolve().parent
_PREFIXES: Final = """@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
: sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
_COMPONENTS: Final = {
    "ASK": """:Within a sh:ConstraintComponent ; sh:parameter [ sh:path :within ] ;
    sh:validator [ sh:message "{?value} is more than {$within}" ; sh:ask
        "ASK { FILTER(isNumeric($value) && $value <= $within) }" ] .
:S sh:targetClass :Ship ; sh:property [ sh:path :crew ; :within 900 ] .
""",
    "SELECT": """:Above a sh:ConstraintComponent ; sh:parameter [ sh:path :above ] ;
    sh:propertyValidator [ sh:prefixes : ; sh:message "{?value} is more than that of {?other}" ;
        sh:select '''SELECT $this ?value ?other {
            $this $above ?other . $this $PATH ?value . ?other $PATH ?limit
            FILTER(?value > ?limit && ?value > 900)
        }''' ] .
:S sh:targetClass :Ship ; sh:property [ sh:path :crew ; :above :escort ] .
""",
}


def data(number: int) -> str:
    """Write some ships, each with an escort and two numbers."""
    # No zero: pySHACL does not give it to an ASK.
    lines = (
        f":s{i} a :Ship ; :escort :s{(i + 1) % number} ; :crew {1 + i % 900}, "
        f"{901 + i % 90 if i % 10 == 0 else 1 + (i * 7) % 900} ."
        for i in range(number)
    )
    return _PREFIXES + "\n".join(lines) + "\n"


def compare(number: int, name: str, folder: Path, options: argparse.Namespace) -> None:
    """Measure one kind of validator, and print rows of a Markdown table."""
    files = folder / "data.ttl", folder / "shapes.ttl"
    files[0].write_text(data(number), encoding="utf-8")
    files[1].write_text(_PREFIXES + _COMPONENTS[name], encoding="utf-8")
    own: list[str | Path] = [sys.executable, "-m", "passex", "validate", files[0]]
    own += ["--shapes", files[1]]
    sides: dict[str, Sequence[str | Path]] = {
        "`passex validate`": own,
        "`--engine pyshacl`": [*own, "--engine", "pyshacl"],
    }
    if number <= options.pyshacl_up_to:
        engine = _HERE / "engines.py"
        sides["pyshacl"] = [sys.executable, engine, "pyshacl", *files, folder / "pyshacl"]
    costs = turns(sides, options.rounds)
    ours, counted = costs["`passex validate`"], found(own, folder)
    for side, cost in costs.items():
        results = str(counted.total())
        if side in ENGINES:
            results = agreement(counted, folder / side)
        elif cost is not ours:
            same = found(sides[side], folder) == counted
            results = f"the same {counted.total()}" if same else "others"
        ratio = f"{cost.elapsed / ours.elapsed:.1f} ({cost.processor / ours.processor:.1f})"
        print(
            f"| {number} | {name} | {side} | {cost.elapsed:.2f} | {cost.processor:.2f} "
            f"| {cost.memory} | {ratio} | {results} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="+", type=int, metavar="NODES")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyshacl-up-to", type=int, default=2000, metavar="NODES")
    options = parser.parse_args()
    print("| nodes | validator | program | elapsed | processor | MB | times | results |")
    print("| --- " * 8 + "|")
    for number in options.numbers:
        for name in _COMPONENTS:
            with tempfile.TemporaryDirectory() as folder:
                compare(number, name, Path(folder), options)


if __name__ == "__main__":
    main()
