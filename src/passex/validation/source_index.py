"""An index of what all files of a validation say of some nodes, as far as it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..text.places import Place
from ..text.turtle import Token, Triple
from .blank_nodes import BlankNodePath, file_number, follow, is_local, owner, path_to
from .results import Term
from .source_file import Lookup, SourceFile

#: By node, where triples about it or linked to it stand.
_Index: TypeAlias = dict[Term, list[tuple[SourceFile, Triple]]]
_NIL: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
#: After so many rounds, blank nodes are looked for by reading all of their file.
_PATIENCE: Final = 8


class SourceIndex:
    """All files, and what has to be asked of them before a question can be answered.

    Args:
        files: The files.
        graph: What they hold, if it is known.

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
        self._about = _merged((file, file.subjects) for file in self._files)
        self._linked = _merged((file, file.objects) for file in self._files)
        for file in self._files:
            for node, token in file.mentions.items():
                self._mentions.setdefault(node, (file, token))

    def translated(self, node: Term) -> Term:
        """Call a node of the validation as the statements do that were read, as far as is known."""
        number = owner(node)
        file = None if number is None else self._by_number.get(number)
        if self._graph is None or file is None or file.whole:
            return node
        assert isinstance(node, ox.BlankNode)
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
