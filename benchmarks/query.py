"""Measure `passex query` beside rdflib's own command for SPARQL on files, whole processes both.

The sides take turns, and the best of several rounds of each is compared: a machine that is busy
makes a run longer, and never shorter. Passex has its cache, as it has after its first run; rdflib
has none to have. Both answer from the same files (Passex has the derived triples besides, which the
query does not ask for), and their answers are compared.

Example:
    python benchmarks/query.py --size bundled --size 100k
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve()
_ROOT: Final = _HERE.parents[1]
_BIN: Final = Path(sys.executable).parent
_QUERY: Final = """PREFIX nr: <https://w3id.org/passex/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?event ?label ?actor {
    ?event a nr:Exercise ; rdfs:label ?label ; nr:hasParticipant ?actor
}"""


def _time(command: list[str], environment: dict[str, str]) -> tuple[float, set[str]]:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    seconds = time.perf_counter() - start
    rows = json.loads(done.stdout)["results"]["bindings"]
    return seconds, {json.dumps({k: v["value"] for k, v in sorted(row.items())}) for row in rows}


def measure(size: str, rounds: int) -> tuple[float, float, int]:
    """Take the best time of each side.

    Args:
        size: ``bundled``, or a number of triples such as ``100k``.
        rounds: How often each side runs.

    Returns:
        The seconds of Passex, those of rdflib, and how many rows both found.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = sorted((_ROOT / "graph").rglob("*.ttl"))
        data: list[str] = []
        if size != "bundled":
            path = Path(folder, "fleet.ttl")
            number = str(int(size.removesuffix("k")) * 1000 if size.endswith("k") else int(size))
            script = str(_HERE.with_name("generate.py"))
            subprocess.run([sys.executable, script, number, "-o", str(path)], check=True)
            files, data = [path], ["--data", str(path)]
        ontology = [_ROOT / "ontology" / name for name in ("naval.ttl", "concepts.ttl")]
        environment = {**os.environ, "PASSEX_CACHE_DIR": str(Path(folder, "cache"))}
        ours = [str(_BIN / "passex"), "query", _QUERY, "--format", "json", *data]
        theirs = [str(_BIN / "sparqlquery"), *map(str, [*ontology, *files])]
        theirs += ["-q", _QUERY, "--format", "json"]
        _time(ours, environment)  # fills the cache
        best = [float("inf"), float("inf")]
        for _ in range(rounds):
            one, found = _time(ours, environment)
            other, expected = _time(theirs, environment)
            if found != expected:
                raise SystemExit(f"{size}: the answers differ")
            best = [min(best[0], one), min(best[1], other)]
        return best[0], best[1], len(found)


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", action="append", help="bundled, or a number such as 100k")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print("| graph | rows | passex query | sparqlquery of rdflib | times as fast |")
    print("| --- | --- | --- | --- | --- |")
    for size in options.size or ["bundled", "100k"]:
        ours, theirs, rows = measure(size, options.rounds)
        print(
            f"| {size} | {rows} | {ours:.2f} s | {theirs:.2f} s | {theirs / ours:.1f} |", flush=True
        )


if __name__ == "__main__":
    main()
