"""Terms with their places, one token after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from .tokens import TOKEN, resolve, string_end, unescape

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
INTEGER: Final = ox.NamedNode(_XSD + "integer")
DECIMAL: Final = ox.NamedNode(_XSD + "decimal")
_DOUBLE: Final = ox.NamedNode(_XSD + "double")
_BOOLEAN: Final = ox.NamedNode(_XSD + "boolean")
_DIRECTIONS: Final = {"ltr": ox.BaseDirection.LTR, "rtl": ox.BaseDirection.RTL}
#: So many IRIs are kept, so that one that is used often is made once.
_KEPT: Final = 100_000


class TurtleError(Exception):
    """Something that is not Turtle, or is of RDF 1.2.

    Args:
        offset: Where.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(f"not readable as Turtle at offset {offset}")
        self.offset = offset


@dataclass(slots=True, eq=False)
class Token:
    """A term where it is written.

    A blank node in brackets and a collection reach from bracket to bracket; a later cell of a
    collection is where its member is. A reader completes `term` and `end` while it reads the
    statement; after that they stay.

    Attributes:
        term: The term.
        start: The offset of its first character, in code points.
        end: The offset after its last character.
    """

    term: Term
    start: int
    end: int


class Scanner:
    """Takes a text to pieces.

    Args:
        position: Where to begin; not within a token.
        prefixes: The prefixes in force there.
        base: The base IRI in force there; empty if there is none.

    Attributes:
        text: The text.
        position: The offset after the last token.
        start: The offset of the last token.
        kind: Its kind, as in `tokens.TOKEN`; empty at the end of the text.
        word: Its characters; for a string, those between the quotes.
        prefixes: The prefixes in force.
        base: The base IRI in force; empty if there is none.
        iris: The IRIs that words stand for, as far as they are known.
    """

    def __init__(self, text: str, position: int, prefixes: dict[str, str], base: str) -> None:
        self.position = 1 if position == 0 and text.startswith("\ufeff") else position
        self.start = self.position
        self.kind = self.word = ""
        self.prefixes = prefixes
        self.base = base
        self.text = text
        self.iris: dict[str, ox.NamedNode] = {}

    def next(self) -> None:
        """Go to the next token, past blank space and comments.

        Raises:
            TurtleError: There is none that Turtle has.
        """
        kind: str | None = "comment"
        while kind == "comment":
            match = TOKEN.match(self.text, self.position)
            if match is None:
                self._finish()
                return
            kind = match.lastgroup
            self.position = match.end()
        assert match is not None, "the loop ran"
        assert kind is not None, "each alternative has a name"
        word = match[kind]
        self.start = self.position - len(word)
        if kind == "name" or kind == "label":
            colon = word.index(":")
            if word[colon + 1 : colon + 2] == ".":
                word = word[: colon + 1]
            while word[-1] == "." and word[-2:] != "\\.":
                word = word[:-1]
            self.position = self.start + len(word)
        elif kind == "string":
            word = word[1:-1]
        elif kind == "quote":
            self.position = string_end(self.text, match.end(), word)
            if self.position < 0:
                raise TurtleError(self.start)
            word = self.text[match.end() : self.position - len(word)]
            kind = "string"
        self.kind, self.word = kind, word

    def term(self) -> Token | None:
        """Give the last token as a term.

        Returns:
            The IRI, number or truth value; None if it is something else. A string is not known
            before what follows it, and a blank node has no name of its own.

        Raises:
            TurtleError: It is an IRI that cannot be.
        """
        kind, word = self.kind, self.word
        if kind == "name" or kind == "iri":
            return Token(self.iri(), self.start, self.position)
        if kind == "number":
            exact = DECIMAL if "." in word else INTEGER
            return self._literal(_DOUBLE if "e" in word.lower() else exact)
        if kind == "word" and word in ("true", "false"):
            return self._literal(_BOOLEAN)
        return None

    def iri(self) -> ox.NamedNode:
        """Give the last token as an IRI.

        Raises:
            TurtleError: It is none, or its prefix is not declared.
        """
        if self.kind != "iri" and self.kind != "name":
            raise TurtleError(self.start)
        return self.named(self.word)

    def named(self, word: str) -> ox.NamedNode:
        """Give the IRI that a word stands for.

        Args:
            word: An IRI in angle brackets or a prefixed name.

        Raises:
            TurtleError: It cannot be one, or its prefix is not declared.
        """
        node = self.iris.get(word)
        if node is None:
            if len(self.iris) > _KEPT:
                self.iris.clear()
            try:
                node = self.iris[word] = ox.NamedNode(self._absolute(word))
            except (KeyError, ValueError) as error:
                raise TurtleError(self.start) from error
        return node

    def declare(self, prefix: str | None) -> None:
        """Take the last token as a base, or as the namespace of a prefix.

        Args:
            prefix: The prefix, without its colon; None for the base.

        Raises:
            TurtleError: It is no IRI.
        """
        if self.kind != "iri":
            raise TurtleError(self.start)
        if prefix is None:
            self.base = self._absolute(self.word)
        else:
            self.prefixes[prefix] = self._absolute(self.word)
        # Not cleared: another reader may go by it.
        self.iris = {}

    def _absolute(self, word: str) -> str:
        if word[0] == "<":
            return resolve(self.base, unescape(word[1:-1]))
        prefix, _, local = word.partition(":")
        return self.prefixes[prefix] + unescape(local)

    def _literal(self, datatype: ox.NamedNode) -> Token:
        return Token(ox.Literal(self.word, datatype=datatype), self.start, self.position)

    def _finish(self) -> None:
        rest = self.text[self.position :]
        if rest.strip(" \t\r\n"):
            raise TurtleError(len(self.text) - len(rest.lstrip(" \t\r\n")))
        self.start = self.position = len(self.text)
        self.kind = self.word = ""


def text_literal(text: str, tag: str = "", datatype: ox.NamedNode | None = None) -> ox.Literal:
    """Make a literal of a string.

    Args:
        text: What stands between its quotes.
        tag: Its language tag, with the ``@``; empty if there is none.
        datatype: Its datatype, if it has one.

    Raises:
        ValueError: No language has this tag.
    """
    value = unescape(text)
    if not tag:
        return ox.Literal(value, datatype=datatype)
    language, _, direction = tag[1:].partition("--")
    if direction:
        return ox.Literal(value, language=language, direction=_DIRECTIONS[direction])
    return ox.Literal(value, language=language)
