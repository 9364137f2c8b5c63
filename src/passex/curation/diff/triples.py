"""Differences of two graphs triple by triple, as lines of N-Triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from ...graph.parsing import parse
from ...graph.sources import Source
from ...graph.terms import INTERNAL
from .blank_nodes import differences
from .patterns import Pattern, has_blank_nodes


@dataclass(frozen=True)
class TripleChanges:
    """The triples that only one of two graphs has.

    Blank nodes are matched first: what differs in its names alone is no change. A blank node that
    was matched has one name in both lists. Of a triple in a named graph the line is N-Quads.

    Attributes:
        removed: Lines of the old graph that the new one lacks, sorted.
        added: Lines of the new graph that the old one lacks, sorted.
    """

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.removed or self.added)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The IRIs of the nodes of which something is said in one graph alone."""
        firsts = (line.partition(" ")[0] for line in (*self.removed, *self.added))
        return frozenset(first[1:-1] for first in firsts if first.startswith("<"))

    def lines(self) -> Iterator[str]:
        """Give each line behind its sign, ``-`` or ``+``; sorted by line, the old one first."""
        signed = [(line, "-") for line in self.removed] + [(line, "+") for line in self.added]
        return (f"{sign} {line}" for line, sign in sorted(signed, key=_subject_first))


def _subject_first(signed: tuple[str, str]) -> tuple[str, bool, str]:
    """Keep what is said of one node with one property together, what it was before what it is."""
    line, sign = signed
    subject, _, rest = line.partition(" ")
    return f"{subject} {rest.partition(' ')[0]}", sign == "+", line


def compare(old: Sequence[Source], new: Sequence[Source]) -> TripleChanges:
    """Find the triples that only one of two lists of files has.

    Files of one content on both sides are not compared with each other.

    Raises:
        InputError: A file cannot be read.

    Example:
        >>> from pathlib import Path
        >>> old = Source(Path("old"), content=b"<urn:a> <urn:p> [ <urn:q> 1 ] .")
        >>> new = Source(Path("new"), content=b"_:x <urn:q> 1 . <urn:a> <urn:p> _:x, 2 .")
        >>> for line in compare([old], [new]).lines():
        ...     print(line)
        + <urn:a> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
    """
    same = _counted(old) & _counted(new)
    ours, shared = _apart(old, same)
    theirs, _ = _apart(new, same)
    before, after = _Lines(ours), _Lines(theirs)
    removed, added = before.ground - after.ground, after.ground - before.ground
    for source in shared:
        # What also stands in a file that both have is in both; and a file has to be one of RDF.
        for quad in parse(source):
            if removed or added:
                line = f"{quad} ."
                removed.discard(line)
                added.discard(line)
    gone, come = differences(before.patterns, after.patterns)
    return TripleChanges(tuple(sorted({*removed, *gone})), tuple(sorted({*added, *come})))


def _counted(sources: Iterable[Source]) -> Counter[tuple[str, str]]:
    return Counter((source.extension, source.hash()) for source in sources)


def _apart(
    sources: Iterable[Source], same: Counter[tuple[str, str]]
) -> tuple[list[Source], list[Source]]:
    """Part the files that the other side has too, as often as it has them, from the others."""
    left, other, shared = Counter(same), list[Source](), list[Source]()
    for source in sources:
        key = source.extension, source.hash()
        if left[key]:
            left[key] -= 1
            shared.append(source)
        else:
            other.append(source)
    return other, shared


class _Lines:
    """The triples of some files.

    Attributes:
        ground: Those without blank nodes, as lines.
        patterns: The others. Blank nodes are their file's own.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self.ground = set[str]()
        patterns = dict[Pattern, None]()
        for source in sources:
            for quad in parse(source):
                if has_blank_nodes(quad):
                    patterns[Pattern.of(quad)] = None
                elif not _internal(quad):
                    self.ground.add(f"{quad} .")
        self.patterns = tuple(patterns)


def _internal(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in INTERNAL
