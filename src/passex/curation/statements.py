"""Statements of Turtle as words, with the comments and the empty lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ..graph.terms import RDF


@dataclass(slots=True)
class Word:
    """A word as it is written: a term, or a bracket.

    Attributes:
        text: Its characters; a literal has its language or datatype behind it.
        iri: The IRI that it stands for, or that is its datatype; empty without one.
        before: The comments on lines of their own before it.
        after: The comment behind it on its line; empty without one.
    """

    text: str
    iri: str = ""
    before: list[str] = field(default_factory=list)
    after: str = ""

    @property
    def node(self) -> str:
        """The IRI, where it is no datatype."""
        return "" if self.text[:1] in ("'", '"') else self.iri


@dataclass(slots=True)
class Group:
    """What stands in brackets: predicates with values, or terms.

    Attributes:
        opening: The opening bracket.
        units: The predicates with their values, in ``[]`` and ``{||}``.
        items: The terms, in ``()`` and ``<<>>``.
        closing: The closing bracket.
    """

    opening: Word
    units: list[Unit]
    items: list[Node]
    closing: Word


Node: TypeAlias = "Word | Group"


@dataclass(slots=True)
class Unit:
    """A predicate with its values; each is a term and what is said of that triple (RDF 1.2)."""

    verb: Word
    values: list[list[Node]]

    @property
    def iri(self) -> str:
        """The IRI of the predicate."""
        return RDF.type if self.verb.text == "a" else self.verb.iri


@dataclass(slots=True)
class Statement:
    """A statement or a directive.

    Attributes:
        spaced: Whether an empty line comes before it.
        comments: The comments before it, each with whether an empty line comes before.
        words: The words of a directive, the full stop among them.
        subject: Of what the statement tells; None for a directive, and at the end of the text.
        units: What it tells.
        closing: Its full stop; the comment behind it is the statement's.
        start: The offset of its first character.
        end: The offset after its full stop.
        prefixes: The prefixes in force.
        base: The base IRI in force; empty if there is none.
    """

    spaced: bool = False
    comments: list[tuple[bool, str]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    subject: Node | None = None
    units: list[Unit] = field(default_factory=list)
    closing: Word | None = None
    start: int = 0
    end: int = 0
    prefixes: Mapping[str, str] = field(default_factory=dict)
    base: str = ""


def words_of(part: Node | Unit | list[Node]) -> Iterator[Word]:
    """List the words of a part of a statement, in their order.

    Yields:
        Terms and brackets; the signs between them are no words.
    """
    if isinstance(part, Word):
        yield part
    elif isinstance(part, list):
        for node in part:
            yield from words_of(node)
    elif isinstance(part, Unit):
        yield part.verb
        for value in part.values:
            yield from words_of(value)
    else:
        yield part.opening
        for within in (*part.units, *part.items):
            yield from words_of(within)
        yield part.closing
