"""Triples in the order in which the engine gives them, each term with its place.

It is the engine that says what is valid; this reader takes what it takes and stops at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

import pyoxigraph as ox

from .scanner import Scanner, Token, TurtleError, text_literal

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE: Final = ox.NamedNode(_RDF + "type")
_FIRST: Final = ox.NamedNode(_RDF + "first")
_REST: Final = ox.NamedNode(_RDF + "rest")
_NIL: Final = ox.NamedNode(_RDF + "nil")
_UNNAMED: Final = ox.BlankNode("unnamed")

#: What may come next: see the methods of `Reader` that are called so.
_State: TypeAlias = Literal[
    "subject", "graph", "verb", "object", "member", "suffix", "datatype", "after", "done"
]


class Triple(NamedTuple):
    """A triple as it is written; in collections, the predicate is where the member is."""

    subject: Token
    predicate: Token
    object: Token


class _Blank(Token):
    """A blank node, which gets its name when its first triple is complete."""

    __slots__ = ("label",)

    def __init__(self, start: int, end: int, label: str = "") -> None:
        super().__init__(_UNNAMED, start, end)
        self.label = label


class _Frame:
    """What is open: a statement (no bracket), a blank node or a collection."""

    __slots__ = ("bracket", "node", "predicate", "subject")

    def __init__(self, bracket: str, node: Token) -> None:
        self.bracket = bracket
        #: The blank node or collection itself.
        self.node = node
        #: Of what the next triple is: for a collection its last cell, or None before the first.
        self.subject: Token | None = node if bracket == "[" else None
        self.predicate = node


class Reader:
    """Reads statements one after the other.

    Args:
        text: The text.
        position: Where to begin: at the beginning of a statement.
        blank: What the names of blank nodes begin with; their number follows.
        labelled: The same for blank nodes that have a label, if it is to be different.
        prefixes: The prefixes in force there.
        base: The base IRI in force there; empty if there is none.

    Attributes:
        scanner: Where it is, and the prefixes and base in force there.

    Example:
        >>> for statement in Reader("PREFIX : <http://e/> :a :b [] ."):
        ...     for triple in statement:
        ...         print(triple.object)
        Token(term=<BlankNode value=b0>, start=27, end=29)
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
        self._labelled = labelled or blank
        self._labels: dict[str, ox.BlankNode] = {}
        self._count = 0
        self._stack: list[_Frame] = []
        #: What one token completes. The engine gives that last in, first out.
        self._step: list[Triple] = []
        self._string = "", 0, 0

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
        self._stack = [_Frame("", Token(_UNNAMED, 0, 0))]
        state: _State = "subject"
        while state != "done":
            self.scanner.next()
            if not self.scanner.kind:
                raise TurtleError(self.scanner.start)
            state = self._take(state)
            while self._step:
                triple = self._step.pop()
                for token in triple:
                    if token.term is _UNNAMED:
                        self._name(token)
                found.append(triple)
        return found

    def _take(self, state: _State) -> _State:
        # The states of an ordinary triple come first: there are most of them.
        if state == "object":
            return self._object()
        if state == "suffix":
            return self._suffix()
        if state == "after":
            return self._after()
        if state == "verb":
            return self._verb()
        if state == "member":
            return self._member()
        if state == "datatype":
            text, start, _ = self._string
            datatype = self.scanner.iri()
            literal = text_literal(text, datatype=datatype)
            return self._complete(Token(literal, start, self.scanner.position))
        if state == "graph":
            return "done" if self.scanner.word == "{" else "graph"
        return self._subject()

    def _subject(self) -> _State:
        scanner = self.scanner
        if scanner.kind == "sign" and scanner.word in "{}":
            return "done"
        if scanner.kind == "word" and scanner.word.lower() == "graph":
            return "graph"
        if scanner.kind == "sign":
            return self._open()
        token = self._term()
        if token is None:
            raise TurtleError(scanner.start)
        self._stack[-1].subject = token
        return "verb"

    def _verb(self) -> _State:
        scanner, frame = self.scanner, self._stack[-1]
        if scanner.kind == "word" and scanner.word == "a":
            frame.predicate = Token(_TYPE, scanner.start, scanner.position)
            return "object"
        if scanner.kind != "sign":
            frame.predicate = Token(scanner.iri(), scanner.start, scanner.position)
            return "object"
        # The name of a graph looks like a subject until its brace.
        if scanner.word == "{" and not frame.bracket:
            return "done"
        return "verb" if scanner.word == ";" else self._close()

    def _object(self) -> _State:
        scanner = self.scanner
        if scanner.kind == "string":
            self._string = scanner.word, scanner.start, scanner.position
            return "suffix"
        token = self._term()
        return self._complete(token) if token else self._open()

    def _member(self) -> _State:
        scanner, frame = self.scanner, self._stack[-1]
        start, end = scanner.start, scanner.position
        first = frame.subject is None
        if scanner.kind == "sign" and scanner.word == ")":
            self._stack.pop()
            frame.node.end = end
            if first:
                frame.node.term = _NIL
                return self._complete(Token(_NIL, frame.node.start, end))
            assert frame.subject is not None
            self._emit(frame.subject, Token(_REST, start, end), Token(_NIL, start, end))
            return self._closed(frame.node)
        before = frame.subject
        if before is None:
            frame.subject = frame.node
            outer = self._stack[-2]
            if outer.subject is not None:
                self._emit(outer.subject, outer.predicate, frame.node)
        else:
            frame.subject = _Blank(start, end)
            self._emit(before, Token(_REST, start, end), frame.subject)
        frame.predicate = Token(_FIRST, start, end)
        return self._object()

    def _suffix(self) -> _State:
        scanner = self.scanner
        text, start, end = self._string
        if scanner.kind == "type":
            return "datatype"
        if scanner.kind == "tag":
            try:
                literal = text_literal(text, scanner.word)
            except ValueError as error:
                raise TurtleError(scanner.start) from error
            return self._complete(Token(literal, start, scanner.position))
        return self._take(self._complete(Token(text_literal(text), start, end)))

    def _after(self) -> _State:
        scanner = self.scanner
        if scanner.kind != "sign":
            # The fourth term of N-Quads.
            if len(self._stack) == 1 and scanner.kind in ("iri", "label"):
                return "after"
            raise TurtleError(scanner.start)
        if scanner.word == ",":
            return "object"
        return "verb" if scanner.word == ";" else self._close()

    def _term(self) -> Token | None:
        scanner = self.scanner
        if scanner.kind == "label":
            return _Blank(scanner.start, scanner.position, scanner.word)
        return scanner.term()

    def _open(self) -> _State:
        scanner = self.scanner
        if scanner.kind != "sign" or scanner.word not in "[(":
            raise TurtleError(scanner.start)
        self._stack.append(_Frame(scanner.word, _Blank(scanner.start, scanner.position)))
        return "verb" if scanner.word == "[" else "member"

    def _close(self) -> _State:
        scanner, frame = self.scanner, self._stack[-1]
        if not frame.bracket and scanner.word in ".}":
            return "done"
        if frame.bracket == "[" and scanner.word == "]":
            self._stack.pop()
            frame.node.end = scanner.position
            return self._complete(frame.node)
        raise TurtleError(scanner.start)

    def _complete(self, value: Token) -> _State:
        """Go on after a whole term, which may be a subject, an object or a member."""
        frame = self._stack[-1]
        if frame.subject is not None:
            self._emit(frame.subject, frame.predicate, value)
        return self._closed(value)

    def _closed(self, value: Token) -> _State:
        frame = self._stack[-1]
        if frame.bracket == "(":
            assert frame.subject is not None
            frame.predicate.end = value.end
            if frame.subject is not frame.node:
                frame.subject.end = value.end
            return "member"
        if frame.subject is None:
            frame.subject = value
            return "verb"
        return "after"

    def _emit(self, subject: Token, predicate: Token, value: Token) -> None:
        self._step.append(Triple(subject, predicate, value))

    def _name(self, token: Token) -> None:
        label = token.label if isinstance(token, _Blank) else ""
        if label in self._labels:
            token.term = self._labels[label]
            return
        token.term = ox.BlankNode(f"{self._labelled if label else self._blank}{self._count}")
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
