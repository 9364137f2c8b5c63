"""What each file gave to a graph: beside the graph in the cache, some twenty bytes a triple.

Of each triple the engine's hash is kept, and whose it is. So it can be told what an edited file no
longer gives, and what of that other files give, without the texts. Hashes of one version of the
engine are the same in every process.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

import pyoxigraph as ox

#: What names the content of a file: the extension of its format, and its SHA-256.
Name: TypeAlias = tuple[str, str]

#: The name of the file, in the folder of the graph.
FILE: Final = "passex-given"
_subject: Final = attrgetter("subject")


def _numbers() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Given:
    """What a file gave.

    Attributes:
        name: Its content's.
        ours: Whether its text has our namespace in it.
        tags: The language tags in it, and how often.
        hashes: The hashes of its triples, in the order of the file.
        subjects: Whose these are, as N-Triples: of each run of triples of one node.
        runs: How long each of the runs is.
    """

    name: Name = ("", "")
    ours: bool = False
    tags: Counter[str] = field(default_factory=Counter)
    hashes: array[int] = field(default_factory=_numbers)
    subjects: list[str] = field(default_factory=list)
    runs: array[int] = field(default_factory=_numbers)

    def add(self, quads: Sequence[ox.Quad]) -> None:
        """Add some of what it gave.

        Example:
            >>> triple = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))
            >>> given = Given()
            >>> given.add([triple, triple])
            >>> given.subjects, list(given.runs), given.hashes[0] == hash(triple)
            (['<a:s>'], [2], True)
        """
        self.hashes.extend(map(hash, quads))
        for subject, run in groupby(quads, _subject):
            self.subjects.append(str(subject))
            self.runs.append(sum(1 for _ in run))

    def subjects_of(self, wanted: Set[int]) -> Iterator[str]:
        """List whose the triples with some hashes are; some repeatedly."""
        start = 0
        for subject, run in zip(self.subjects, self.runs, strict=True):
            if not wanted.isdisjoint(self.hashes[start : start + run]):
                yield subject
            start += run


def write(place: Path, key: str, files: Sequence[Given]) -> None:
    """Write what files gave.

    Args:
        place: The folder of the graph.
        key: Names what else went into the graph.
        files: What each gave, in the order in which they were read.

    Raises:
        OSError: It cannot be written.
    """
    subjects = ["\n".join(one.subjects).encode() for one in files]
    listed = [
        [one.name, one.ours, one.tags, len(one.hashes), len(one.runs), len(text)]
        for one, text in zip(files, subjects, strict=True)
    ]
    head = json.dumps({"key": _here(key), "files": listed})
    with (place / FILE).open("wb") as file:
        file.write(head.encode() + b"\n")
        for one, text in zip(files, subjects, strict=True):
            one.hashes.tofile(file)
            one.runs.tofile(file)
            file.write(text)


def names(place: Path, key: str) -> list[Name]:
    """List the names of the files of a graph; none where something else went into it, too."""
    try:
        with (place / FILE).open("rb") as file:
            head = json.loads(file.readline())
            return [tuple(name) for name, *_ in head["files"]] if head["key"] == _here(key) else []
    except (OSError, ValueError, KeyError):
        return []


def read(place: Path) -> list[Given]:
    """Read what files gave, in the order in which they were read.

    Raises:
        OSError: It cannot be read.
        EOFError: It isn't whole.
    """
    with (place / FILE).open("rb") as file:
        return [_read(file, *one) for one in json.loads(file.readline())["files"]]


def _read(
    file: BinaryIO, name: list[str], ours: bool, tags: dict[str, int], *lengths: int
) -> Given:
    hashes, runs, text = lengths
    given = Given((name[0], name[1]), ours, Counter(tags))
    given.hashes.fromfile(file, hashes)
    given.runs.fromfile(file, runs)
    given.subjects = file.read(text).decode().split("\n") if text else []
    return given


def _here(key: str) -> str:
    return f"{key} {sys.byteorder} {sys.maxsize}"
