"""An index of what all files of a validation say of some nodes, as far as it was asked for.

A file does not say what a validation calls its blank nodes: for that it would have to be read from
the beginning. But the graph knows which triples lead to a blank node from one with an IRI, and
their statements can be found and read alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..text.places import Place
from ..text.turtle import Token, Triple
from .results import Term
from .source_file import Lookup, SourceFile

#: A blank node of a file, and its number: see `inputs`.
_NUMBERED: Final = re.compile(r"f([0-9]+)b([0-9]+)")
#: A blank node that is called so or as in a statement that was read alone: see `source_file`.
_OF_A_FILE: Final = re.compile(r"f([0-9]+)[bs]")
#: One without a label in such a statement: offset of the statement, and number.
_LOCAL: Final = re.compile(r"f[0-9]+s([0-9]+)b([0-9]+)")
#: No path is longer.
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class PathStep:
    """One triple of a path.

    Attributes:
        predicate: Its predicate.
        place: Which it is among the blank values of that predicate, in the order of the text.
        number: How many they are.
    """

    predicate: ox.NamedNode
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class BlankNodePath:
    """How to get to a blank node: where to begin, and the triples from there."""

    start: ox.NamedNode
    steps: tuple[PathStep, ...]


def owner(node: Term) -> int | None:
    """Give the number of the file that a blank node of a validation is from, else None."""
    return next((file for file, _ in _numbered([node])), None)


def file_number(node: Term) -> int | None:
    """Give the number of the file that a blank node is from, also one of a statement read alone."""
    found = _OF_A_FILE.match(node.value) if isinstance(node, ox.BlankNode) else None
    return int(found[1]) if found else None


def is_local(node: Term) -> bool:
    """Tell whether a node is a blank node without a label, in a statement that was read alone."""
    return isinstance(node, ox.BlankNode) and _LOCAL.fullmatch(node.value) is not None


def path_to(node: ox.BlankNode, graph: ox.Store) -> BlankNodePath | None:
    """Find a path to a blank node of a graph; None if none begins at a node with an IRI."""
    steps: list[PathStep] = []
    while len(steps) < _LONGEST:
        # An IRI, which ends the path, comes before a blank node in this order.
        leading = graph.quads_for_pattern(None, None, node)
        others = (q for q in leading if q.subject != node and not isinstance(q.subject, ox.Triple))
        above = sorted(others, key=str)
        if not above:
            return None
        subject, predicate = above[0].subject, above[0].predicate
        values = _numbered(q.object for q in graph.quads_for_pattern(subject, predicate, None))
        [own] = _numbered([node])
        same = sorted(value for value in values if value[0] == own[0])
        steps.append(PathStep(predicate, same.index(own), len(same)))
        if isinstance(subject, ox.NamedNode):
            return BlankNodePath(subject, tuple(reversed(steps)))
        assert isinstance(subject, ox.BlankNode)
        node = subject
    return None


def _numbered(nodes: Iterable[object]) -> list[tuple[int, int]]:
    """Give numbers of file and node for the blank nodes among some terms."""
    names = (node.value for node in nodes if isinstance(node, ox.BlankNode))
    found = (_NUMBERED.fullmatch(name) for name in names)
    return [(int(match[1]), int(match[2])) for match in found if match]


def follow(step: PathStep, values: Iterable[Term]) -> Term | None:
    """Choose the value that a step leads to among those of its predicate at a node.

    The statements with the values were read alone; None if it cannot be told which it is.
    """
    blank = {value for value in values if isinstance(value, ox.BlankNode)}
    if len(blank) != step.number:
        return None
    if step.number == 1:
        return blank.pop()
    # Blank nodes are counted in the order of the text; those with a label, where it comes first.
    found = {value: _LOCAL.fullmatch(value.value) for value in blank}
    order = {value: (int(m[1]), int(m[2])) for value, m in found.items() if m}
    if len(order) != step.number:
        return None
    return sorted(order, key=order.__getitem__)[step.place]


#: By node, where triples about it or linked to it stand.
_ByValue: TypeAlias = dict[tuple[Term | None, Term], tuple[SourceFile, Triple]]
_Index: TypeAlias = dict[Term, list[tuple[SourceFile, Triple]]]
_NIL: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
#: After so many rounds, blank nodes are looked for by reading all of their file.
_PATIENCE: Final = 8


class SourceIndex:
    """All files, and what has to be asked of them before a question can be answered.

    Attributes:
        missing: Whether something was looked for that has not been asked of the files yet.
    """

    def __init__(self, files: list[SourceFile], graph: ox.Store | None) -> None:
        self._files = files
        self._by_number = {file.number: file for file in files}
        self._graph = graph
        self._paths: dict[ox.BlankNode, BlankNodePath | None] = {}
        self._asked: set[Lookup] = set()
        self._wanted: set[Lookup] = set()
        self._about: _Index = {}
        #: The triples of a node by property and value, for those that were asked for.
        self._values: dict[Term, _ByValue] = {}
        self._linked: _Index = {}
        self._mentions: dict[Term, tuple[SourceFile, Token]] = {}
        #: The numbers of files in which a blank node can be found in no other way.
        self._to_read: set[int] = set()
        self._rounds = 0
        self.missing = False

    def about(self, node: Term) -> Iterator[tuple[SourceFile, Triple]]:
        """Give the triples of a node, as far as they are known, in the order of the files."""
        if isinstance(node, ox.Literal) or node == _NIL:
            return
        self._want(Lookup("subject", node))
        yield from self._about.get(node, ())

    def stating(
        self, node: Term, predicate: Term | None, value: Term
    ) -> tuple[SourceFile, Triple] | None:
        """Give the first triple of a node that has a value, with one property or with any."""
        if isinstance(node, ox.Literal) or node == _NIL:
            return None
        self._want(Lookup("subject", node))
        found = self._values.get(node)
        if found is None:
            # A node may have many values, and each may be asked for.
            found = self._values[node] = {}
            for file, triple in self._about.get(node, ()):
                said, told = triple.object.term, (file, triple)
                found.setdefault((None, said), told)
                found.setdefault((triple.predicate.term, said), told)
        return found.get((predicate, value))

    def linked(self, node: Term) -> Iterator[tuple[SourceFile, Triple]]:
        """Give the triples whose object is a node, as far as they are known."""
        self._want(Lookup("object", node))
        yield from self._linked.get(node, ())

    def mention(self, node: Term) -> Place | None:
        """Give the first place where a node is an object or a predicate."""
        if is_local(node):
            linked = self._linked.get(node)
            return linked[0][0].place(linked[0][1].object) if linked else None
        self._want(Lookup("mention", node))
        if node not in self._mentions:
            return None
        file, token = self._mentions[node]
        return file.place(token)

    def _want(self, lookup: Lookup) -> None:
        if not is_local(lookup.node) and lookup not in self._asked:
            self._wanted.add(lookup)
            self.missing = True

    def fetch(self) -> None:
        """Ask the files for what was wanted."""
        self._rounds += 1
        wanted, self._wanted = self._wanted, set()
        self._asked |= wanted
        own: dict[int | None, set[Term]] = {}
        for node in {lookup.node for lookup in wanted}:
            if not isinstance(node, ox.NamedNode):
                own.setdefault(file_number(node), set()).add(node)
        unnamed = set[Term]().union(*own.values())
        literals = own.get(None, set())
        for file in self._files:
            if file.number in self._to_read:
                file.read_whole()
            mine = own.get(file.number, set())
            foreign = unnamed - mine - literals
            numbered = {node for node in mine if owner(node) is not None}
            asked = {lookup for lookup in wanted if lookup.node not in foreign}
            file.ask(asked, literals | numbered)
        self._values.clear()
        self._about = _merged((file, file.subjects) for file in self._files)
        self._linked = _merged((file, file.objects) for file in self._files)
        for file in self._files:
            for node, token in file.mentions.items():
                self._mentions.setdefault(node, (file, token))

    def translated(self, node: Term) -> Term:
        """Call a node of the validation as the statements do that were read, as far as is known."""
        if not isinstance(node, ox.BlankNode):
            return node
        number = owner(node)
        file = None if number is None else self._by_number.get(number)
        if self._graph is None or file is None or file.whole:
            return node
        if node not in self._paths:
            self._paths[node] = path_to(node, self._graph)
        # From one node with a label to the next takes a round.
        path = self._paths[node] if self._rounds < _PATIENCE else None
        found: Term | None = None if path is None else path.start
        for step in () if path is None else path.steps:
            assert found is not None
            known = [t for f, t in self.about(found) if f is file]
            if self.missing:
                return node
            found = follow(
                step, (t.object.term for t in known if t.predicate.term == step.predicate)
            )
            if found is None:
                break
        if found is None:
            self._to_read.add(file.number)
            self.missing = True
            return node
        return found


def _merged(indices: Iterable[tuple[SourceFile, dict[Term, list[Triple]]]]) -> _Index:
    """Put together what the files say of nodes, in the order of the files and of each text."""
    found: _Index = {}
    for file, index in indices:
        for node, triples in index.items():
            ordered = sorted(triples, key=lambda triple: triple.object.start)
            found.setdefault(node, []).extend((file, triple) for triple in ordered)
    return found
