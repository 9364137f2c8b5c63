"""The terms of a statement while it is read, which get their names when they are complete."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

import pyoxigraph as ox

from .scanner import Term, Token

#: A blank node before it has a name.
UNNAMED: Final = ox.BlankNode("unnamed")


class Triple(NamedTuple):
    """A triple as it is written; in collections, the predicate is where the member is."""

    subject: Token
    predicate: Token
    object: Token


class Blank(Token):
    """A blank node, which gets its name when its first triple is complete."""

    __slots__ = ("label",)

    def __init__(self, start: int, end: int, label: str = "") -> None:
        super().__init__(UNNAMED, start, end)
        self.label = label


class Nested(Token):
    """A triple as a term, which is made when its blank nodes have names."""

    __slots__ = ("triple",)

    def __init__(self, triple: Triple, start: int, end: int) -> None:
        super().__init__(UNNAMED, start, end)
        self.triple = triple

    def make(self) -> None:
        """Make the term of its parts, which have names."""
        terms = (token.term for token in self.triple)
        # A term of RDF 1.2, which comes where others do.
        self.term = cast("Term", ox.Triple(*terms))  # type: ignore[arg-type]


class Frame:
    """What is open: a statement (no bracket), a blank node, a collection or, of RDF 1.2, a triple.

    Brackets are those of the text: ``[``, ``(``, ``{|``, ``<<`` and ``<<(``.
    """

    __slots__ = ("bracket", "node", "object", "predicate", "reifier", "subject")

    def __init__(self, bracket: str, node: Token) -> None:
        self.bracket = bracket
        #: The blank node or collection itself.
        self.node = node
        #: Of what the next triple is: for a collection its last cell, or None before the first.
        self.subject: Token | None = node if bracket in ("[", "{|") else None
        self.predicate = node
        #: The last value, which an annotation may follow, and what the last ``~`` names.
        self.object: Token | None = None
        self.reifier: Token | None = None
