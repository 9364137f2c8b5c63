"""Turtle taken to statements.

The words are those of `passex.text.turtle`, and the engine has said before that they are Turtle:
here is only told what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..text.turtle.scanner import Scanner, TurtleError
from .statements import Group, Node, Statement, Unit, Word

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_IN_A_GAP: Final = re.compile(r"#[^\r\n]*|\r\n|\r|\n")
_CLOSING: Final = {"[": "]", "(": ")", "{|": "|}", "<<": ">>", "<<(": ")>>"}
#: Brackets in which predicates and values stand.
_LISTING: Final = ("[", "{|")
#: Directives, each with its words behind the first where no full stop ends it.
_DIRECTIVES: Final = {"prefix": 2, "base": 1, "version": 1}


def statements(text: str, base: str) -> list[Statement]:
    """Take a text apart.

    Args:
        text: Turtle that the engine has accepted.
        base: The base IRI before any that the text declares.

    Returns:
        The statements and directives; the last one has only the comments at the end.

    Raises:
        TurtleError: It is not Turtle.
    """
    return list(_Reader(text, base).statements())


def line_end(text: str) -> str:
    r"""Give the line end that a text has most often outside of its strings.

    Example:
        >>> line_end('<u:a> <u:b> "x\\ny" .\n')
        '\n'
    """
    found: list[str] = []
    reader = _Reader(text, "")
    while True:
        found += _LINE_END.findall(reader.gap)
        if not reader.kind:
            return max(("\n", "\r\n", "\r"), key=found.count)
        reader.next()


class _Reader:
    """Reads word after word; what it is at hasn't been taken yet."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._scanner = Scanner(text, 0, {}, base)
        self._last: Word | None = None
        self._waiting: list[str] = []
        self._begun = False
        self._prefixes: dict[str, str] = {}
        #: Where the last word ends.
        self._end = 0
        self.next(self._scanner.position)

    @property
    def kind(self) -> str:
        return self._scanner.kind

    def next(self, end: int | None = None) -> None:
        """Go to the next word; what lies between is the gap."""
        self._end = self._scanner.position if end is None else end
        self._scanner.next()
        self.gap = self._text[self._end : self._scanner.start]
        self.sign = self._scanner.word if self._scanner.kind == "sign" else ""

    def statements(self) -> Iterator[Statement]:
        while self.kind:
            statement = Statement()
            self._between(statement)
            self._last, statement.start = None, self._scanner.start
            self._fill(statement)
            yield statement
        last = Statement()
        self._between(last)
        yield last

    def _between(self, statement: Statement) -> None:
        """Take in comments and empty lines before a statement, and what ends the one before."""
        ends = 0 if self._last else 2
        for match in _IN_A_GAP.finditer(self.gap):
            if match[0][0] != "#":
                ends += 1
                continue
            comment = match[0].rstrip(" \t")
            if self._last is not None and not ends:
                self._last.after = comment
            else:
                begun = self._begun or bool(statement.comments)
                statement.comments.append((ends > 1 and begun, comment))
            ends = 0
        statement.spaced = ends > 1 and (self._begun or bool(statement.comments))
        self._begun, self.gap = True, ""

    def _fill(self, statement: Statement) -> None:
        word = self._scanner.word
        name = word.lower() if self.kind == "word" else word[1:] if self.kind == "tag" else ""
        if name in _DIRECTIVES:
            self._directive(statement, name, sparql=self.kind == "word")
            self._prefixes = dict(self._scanner.prefixes)
        else:
            statement.subject = self._term()
            statement.units = self._units()
            statement.closing = self._sign()
        statement.end = self._end
        statement.prefixes, statement.base = self._prefixes, self._scanner.base

    def _directive(self, statement: Statement, name: str, sparql: bool) -> None:
        words = statement.words
        words.append(self._take())
        for _ in range(_DIRECTIVES[name]):
            if self.kind == "iri":
                self._scanner.declare(words[-1].text[:-1] if name == "prefix" else None)
            words.append(self._take(term=False))
        if not sparql:
            words.append(self._sign())

    def _units(self) -> list[Unit]:
        """Read predicates and values up to a closing bracket or full stop, which isn't taken."""
        units: list[Unit] = []
        while self.sign not in (".", "]", "|}"):
            if self.sign == ";":
                self._separator()
                continue
            unit = Unit(self._take(), [self._value()])
            while self.sign == ",":
                self._separator()
                unit.values.append(self._value())
            units.append(unit)
        return units

    def _value(self) -> list[Node]:
        parts = [self._term()]
        while self.sign in ("~", "{|"):
            if self.sign == "{|":
                parts.append(self._term())
                continue
            parts.append(self._sign())
            if self.sign == "[" or self.kind in ("iri", "name", "label"):
                parts.append(self._term())
        return parts

    def _term(self) -> Node:
        if self.sign not in _CLOSING:
            return self._take()
        opening = self._sign()
        group = Group(opening, [], [], opening)
        if opening.text in _LISTING:
            group.units = self._units()
        while self.sign != _CLOSING[opening.text]:
            group.items.append(self._sign() if self.sign == "~" else self._term())
        group.closing = self._sign()
        if group.units or group.items or group.closing.before or opening.after:
            return group
        word = self._last = Word(opening.text + group.closing.text, "", opening.before)
        return word

    def _take(self, term: bool = True) -> Word:
        """Take a word that is no sign, a literal with its language or datatype."""
        self._comments()
        scanner = self._scanner
        if not self.kind:
            raise TurtleError(scanner.start)
        start, string = scanner.start, self.kind == "string"
        word = Word(self._text[start : scanner.position], "", self._waiting)
        if term and self.kind in ("iri", "name"):
            word.iri = scanner.iri().value
        self._waiting, self._last = [], word
        self.next()
        while string and self.kind in ("tag", "type"):
            string = False
            self._comments()
            word.text += self._text[scanner.start : scanner.position]
            if self.kind == "type":
                self.next()
                self._comments()
                word.text += self._text[scanner.start : scanner.position]
                word.iri = scanner.iri().value
            self.next()
        return word

    def _sign(self) -> Word:
        """Take a bracket or a full stop."""
        self._comments()
        word = Word(self.sign, "", self._waiting)
        self._waiting, self._last = [], word
        self.next()
        return word

    def _separator(self) -> None:
        """Pass over a semicolon or comma; what is noted around it waits for what follows."""
        self._comments()
        self.next()

    def _comments(self) -> None:
        """Take in the comments before the word that it is at."""
        ended = False
        for match in _IN_A_GAP.finditer(self.gap):
            if match[0][0] != "#":
                ended = True
            elif self._last is None or ended or self._last.after or self._waiting:
                self._waiting.append(match[0].rstrip(" \t"))
            else:
                self._last.after = match[0].rstrip(" \t")
        self.gap = ""
