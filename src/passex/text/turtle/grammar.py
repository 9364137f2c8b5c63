"""One statement, token by token, with a stack of its own: nesting may be as deep as it likes."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from . import fast_path
from .scanner import Scanner, Token, TurtleError, text_literal
from .statement_terms import UNNAMED, Blank, Frame, Nested, Triple

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST: Final = ox.NamedNode(_RDF + "first")
_REST: Final = ox.NamedNode(_RDF + "rest")
_NIL: Final = ox.NamedNode(_RDF + "nil")
_REIFIES: Final = ox.NamedNode(_RDF + "reifies")

#: What may come next: see the methods of `Statement` that are called so.
State: TypeAlias = Literal[
    "subject",
    "graph",
    "verb",
    "object",
    "member",
    "suffix",
    "datatype",
    "after",
    "reifier",
    "closing",
    "done",
]
#: What may come behind a sign.
_BEHIND: Final[dict[str, State]] = {";": "verb", ",": "object", ".": "done", "": "after"}


class Statement:
    """A statement that is being read.

    Args:
        scanner: Gives the tokens.

    Attributes:
        step: What the last token completed. The engine gives that last in, first out.
    """

    def __init__(self, scanner: Scanner) -> None:
        self.step: list[Triple] = []
        self._scanner = scanner
        self._stack = [Frame("", Token(UNNAMED, 0, 0))]
        #: A string that may have a language or a datatype: its characters, start and end.
        self._string = "", 0, 0

    def take_usual(self, state: State) -> State | None:
        """Take in a predicate, a value or both at once, where they have their usual form.

        Args:
            state: What may come.

        Returns:
            What may come next; None, and nothing is taken, where something else comes.

        Raises:
            TurtleError: An IRI or a literal cannot be.
        """
        frame = self._stack[-1]
        plain = frame.bracket in ("", "[", "{|") and frame.subject is not None
        if state not in ("verb", "object") or not plain:
            return None
        if state == "verb":
            predicate = fast_path.verb(self._scanner)
            if predicate is None:
                return None
            frame.predicate = predicate
        value = fast_path.value(self._scanner)
        if value is None:
            return "object" if state == "verb" else None
        if frame.bracket and self._scanner.word == ".":
            raise TurtleError(self._scanner.start)
        assert frame.subject is not None
        self.step.append(Triple(frame.subject, frame.predicate, value))
        return _BEHIND[self._scanner.word]

    def take(self, state: State) -> State:
        """Take in the token that the scanner is at.

        Args:
            state: What may come.

        Returns:
            What may come next.

        Raises:
            TurtleError: The token is none of what may come.
        """
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
            datatype = self._scanner.iri()
            literal = text_literal(text, datatype=datatype)
            return self._complete(Token(literal, start, self._scanner.position))
        if state == "closing":
            return self._closing()
        if state == "reifier":
            return self._reifier()
        if state == "graph":
            return "done" if self._scanner.word == "{" else "graph"
        return self._subject()

    def _subject(self) -> State:
        scanner = self._scanner
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

    def _verb(self) -> State:
        scanner, frame = self._scanner, self._stack[-1]
        if scanner.kind == "word" and scanner.word == "a":
            frame.predicate = Token(fast_path.TYPE, scanner.start, scanner.position)
            return "object"
        if scanner.kind != "sign":
            frame.predicate = Token(scanner.iri(), scanner.start, scanner.position)
            return "object"
        # The name of a graph looks like a subject until its brace.
        if scanner.word == "{" and not frame.bracket:
            return "done"
        return "verb" if scanner.word == ";" else self._close()

    def _object(self) -> State:
        scanner = self._scanner
        if scanner.kind == "string":
            self._string = scanner.word, scanner.start, scanner.position
            return "suffix"
        token = self._term()
        return self._complete(token) if token else self._open()

    def _member(self) -> State:
        scanner, frame = self._scanner, self._stack[-1]
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
            frame.subject = Blank(start, end)
            self._emit(before, Token(_REST, start, end), frame.subject)
        frame.predicate = Token(_FIRST, start, end)
        return self._object()

    def _suffix(self) -> State:
        scanner = self._scanner
        text, start, end = self._string
        if scanner.kind == "type":
            return "datatype"
        if scanner.kind == "tag":
            try:
                literal = text_literal(text, scanner.word)
            except ValueError as error:
                raise TurtleError(scanner.start) from error
            return self._complete(Token(literal, start, scanner.position))
        return self.take(self._complete(Token(text_literal(text), start, end)))

    def _after(self) -> State:
        scanner = self._scanner
        if scanner.kind != "sign":
            # The fourth term of N-Quads.
            if len(self._stack) == 1 and scanner.kind in ("iri", "label"):
                return "after"
            raise TurtleError(scanner.start)
        if scanner.word == ",":
            return "object"
        if scanner.word == "~":
            return "reifier"
        if scanner.word == "{|":
            frame = self._stack[-1]
            if frame.reifier is None:
                self._reify(Blank(scanner.start, scanner.position))
            assert frame.reifier is not None
            self._stack.append(Frame("{|", frame.reifier))
            frame.reifier = None
            return "verb"
        return "verb" if scanner.word == ";" else self._close()

    def _closing(self) -> State:
        """Take in what ends a triple in brackets."""
        scanner, frame = self._scanner, self._stack[-1]
        if scanner.word == "~" and frame.bracket == "<<":
            return "reifier"
        if scanner.kind != "sign" or scanner.word != {"<<": ">>", "<<(": ")>>"}[frame.bracket]:
            raise TurtleError(scanner.start)
        frame.node.end = scanner.position
        if frame.bracket == "<<(":
            self._stack.pop()
            return self._complete(self._nested(frame))
        if frame.reifier is None:
            self._reify(frame.node)
        assert frame.reifier is not None
        self._stack.pop()
        return self._complete(frame.reifier)

    def _reifier(self) -> State:
        """Take in what stands behind a ``~``, which may be nothing."""
        scanner = self._scanner
        state: State = "closing" if self._stack[-1].bracket == "<<" else "after"
        if scanner.kind in ("iri", "name", "label"):
            token = self._term()
            assert token is not None
            self._reify(token)
            return state
        self._reify(Blank(scanner.start, scanner.start))
        return self.take(state)

    def _reify(self, reifier: Token) -> None:
        frame = self._stack[-1]
        frame.reifier = reifier
        verb = Token(_REIFIES, reifier.start, reifier.end)
        self._emit(reifier, verb, self._nested(frame))

    def _nested(self, frame: Frame) -> Nested:
        subject, value = frame.subject, frame.object
        if subject is None or value is None:
            raise TurtleError(self._scanner.start)
        start, end = subject.start, value.end
        if frame.bracket[:2] == "<<":
            start, end = frame.node.start, max(frame.node.end, value.end)
        return Nested(Triple(subject, frame.predicate, value), start, end)

    def _term(self) -> Token | None:
        scanner = self._scanner
        if scanner.kind == "label":
            return Blank(scanner.start, scanner.position, scanner.word)
        return scanner.term()

    def _open(self) -> State:
        scanner = self._scanner
        behind: dict[str, State] = {"[": "verb", "(": "member", "<<": "subject", "<<(": "subject"}
        if scanner.kind != "sign" or scanner.word not in behind:
            raise TurtleError(scanner.start)
        self._stack.append(Frame(scanner.word, Blank(scanner.start, scanner.position)))
        return behind[scanner.word]

    def _close(self) -> State:
        scanner, frame = self._scanner, self._stack[-1]
        if not frame.bracket and scanner.word in ".}":
            return "done"
        if frame.bracket == "[" and scanner.word == "]":
            self._stack.pop()
            frame.node.end = scanner.position
            return self._complete(frame.node)
        if frame.bracket == "{|" and scanner.word == "|}":
            self._stack.pop()
            return "after"
        raise TurtleError(scanner.start)

    def _complete(self, value: Token) -> State:
        """Go on after a whole term, which may be a subject, an object or a member."""
        frame = self._stack[-1]
        if frame.subject is not None and frame.bracket[:2] != "<<":
            self._emit(frame.subject, frame.predicate, value)
        return self._closed(value)

    def _closed(self, value: Token) -> State:
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
        frame.object, frame.reifier = value, None
        return "closing" if frame.bracket[:2] == "<<" else "after"

    def _emit(self, subject: Token, predicate: Token, value: Token) -> None:
        self.step.append(Triple(subject, predicate, value))
