"""Measure how long the first answer takes after a line of a folder of files was edited.

A folder is generated, four articles a file, loaded and derived with an empty cache, and opened
again. Then a line is added to one of the files, and taken away again. Processor time, with that of
the processes that derive.

Example:
    python benchmarks/editing.py 100000
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

import generate

from passex.graph.opening import open_store

_ARTICLES = 4
_LINE = """
id:new-drill a nr:Exercise ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval ;
    nr:hasParticipant id:navy-3, id:navy-7 .
"""


def _write(size: int, folder: Path) -> None:
    pieces = list(generate.generate(size))
    for number in range(0, len(pieces), _ARTICLES):
        triples = list(chain.from_iterable(pieces[number : number + _ARTICLES]))
        path = folder / f"{number:06}.ttl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"@prefix {n}: <{iri}> .\n" for n, iri in generate.PREFIXES.items())
            file.writelines(generate.turtle(triples))


def _open(folder: Path, what: str) -> None:
    before, begin = os.times(), time.monotonic()
    store = open_store([folder], True, lambda line: print(line, file=sys.stderr))
    after = os.times()
    seconds = sum(after[:4]) - sum(before[:4])
    print(f"{what}: {seconds:.2f} s, on the clock {time.monotonic() - begin:.2f} s", flush=True)
    del store


def main() -> None:
    """Measure at the size of the command line."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "facts"
        folder.mkdir()
        os.environ["PASSEX_CACHE_DIR"] = str(Path(place) / "cache")
        _write(size, folder)
        files = sorted(folder.iterdir())
        print(f"{len(files)} files")
        _open(folder, "at first")
        _open(folder, "again")
        path = files[len(files) // 2]
        text = path.read_text(encoding="utf-8")
        path.write_text(text + _LINE, encoding="utf-8")
        _open(folder, "an exercise more")
        path.write_text(text + "# nothing\n", encoding="utf-8")
        _open(folder, "without it")
        _open(folder, "again")


if __name__ == "__main__":
    main()
