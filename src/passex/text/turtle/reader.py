"""Triples in the order in which the engine gives them, each term with its place.

It is the engine that says what is valid; this reader takes what it takes and stops at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from .grammar import State, Statement
from .scanner import Scanner, Token, TurtleError
from .statement_terms import UNNAMED, Blank, Nested, Triple


class Reader:
    """Reads statements one after the other.

    Args:
        position: Where to begin: at the beginning of a statement.
        blank: What the names of blank nodes begin with; their number follows.
        labelled: What the names of blank nodes that have a label begin with, if it is to be
            different; their label follows.
        prefixes: The prefixes in force there.
        base: The base IRI in force there; empty if there is none.

    Attributes:
        scanner: Where it is, and the prefixes and base in force there.

    Example:
        >>> for statement in Reader("PREFIX : <http://e/> :a :b [] ."):
        ...     for triple in statement:
        ...         print(triple.object)
        Blank(term=<BlankNode value=b0>, start=27, end=29)
    """

    def __init__(
        self,
        text: str,
        position: int = 0,
        blank: str = "b",
        labelled: str = "",
        prefixes: dict[str, str] | None = None,
        base: str = "",
    ) -> None:
        self.scanner = Scanner(text, position, dict(prefixes or {}), base)
        self._blank = blank
        self._labelled = labelled
        self._labels: dict[str, ox.BlankNode] = {}
        self._count = 0

    def at(self, position: int, blank: str, labelled: str) -> Reader:
        """Give a reader that begins elsewhere, with the prefixes and the base in force here.

        What this one has found out about IRIs, that one need not find out again.

        Args:
            position: Where to begin: at the beginning of a statement.
            blank: What the names of its blank nodes begin with.
            labelled: The same for those that have a label, which follows.
        """
        scanner = self.scanner
        other = Reader(scanner.text, position, blank, labelled, scanner.prefixes, scanner.base)
        other.scanner.iris = scanner.iris
        return other

    def __iter__(self) -> Iterator[list[Triple]]:
        """Give the triples of one statement after the other.

        Yields:
            The triples of a statement; none for a brace or the name of a graph.

        Raises:
            TurtleError: The rest cannot be read.
        """
        while True:
            if not self.directive():
                if not self.scanner.kind:
                    return
                yield self.statement()

    def directive(self) -> bool:
        """Read a directive.

        Returns:
            Whether there was one; if not, nothing is read but blank space and comments.

        Raises:
            TurtleError: It cannot be read.
        """
        scanner = self.scanner
        scanner.next()
        sparql = scanner.kind == "word"
        word = scanner.word.lower() if sparql else scanner.word[1:]
        if scanner.kind not in ("word", "tag") or word not in ("prefix", "base", "version"):
            scanner.position = scanner.start
            return False
        scanner.next()
        if word == "base":
            scanner.declare(None)
        elif word == "prefix":
            name = scanner.word
            if scanner.kind != "name" or not name.endswith(":"):
                raise TurtleError(scanner.start)
            scanner.next()
            scanner.declare(name[:-1])
        if not sparql:
            scanner.next()
            if scanner.word != ".":
                raise TurtleError(scanner.start)
        return True

    def statement(self) -> list[Triple]:
        """Read a statement: up to its full stop, or a brace of a named graph.

        Returns:
            Its triples, in the order in which the engine gives them.

        Raises:
            TurtleError: It cannot be read.
        """
        found: list[Triple] = []
        statement = Statement(self.scanner)
        state: State = "subject"
        while state != "done":
            usual = statement.take_usual(state)
            if usual is None:
                self.scanner.next()
                if not self.scanner.kind:
                    raise TurtleError(self.scanner.start)
            state = usual or statement.take(state)
            while statement.step:
                triple = statement.step.pop()
                for token in triple:
                    if token.term is UNNAMED:
                        self._name(token)
                found.append(triple)
        return found

    def _name(self, token: Token) -> None:
        if isinstance(token, Nested):
            for part in token.triple:
                if part.term is UNNAMED:
                    self._name(part)
            token.make()
            return
        label = token.label if isinstance(token, Blank) else ""
        if label in self._labels:
            token.term = self._labels[label]
            return
        if label and self._labelled:
            token.term = ox.BlankNode(self._labelled + label.removeprefix("_:"))
        else:
            token.term = ox.BlankNode(f"{self._blank}{self._count}")
            self._count += 1
        if label:
            self._labels[label] = token.term


def read(text: str, blank: str = "b") -> Iterator[Triple]:
    """Read a whole text.

    Args:
        text: Turtle, N-Triples, TriG or N-Quads.
        blank: What the names of blank nodes begin with; their number, from 0, follows.

    Yields:
        The triples, in the order in which the engine gives them; those of a statement together.

    Raises:
        TurtleError: The rest cannot be read.

    Example:
        >>> [(t.object.term.value, t.object.start) for t in read("<u:a> <u:b> 1, 'c' .")]
        [('1', 12), ('c', 15)]
    """
    for statement in Reader(text, blank=blank):
        yield from statement
