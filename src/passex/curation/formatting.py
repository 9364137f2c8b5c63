"""Canonical Turtle: what `passex format` makes of a file, and that it means the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import InputError, PassexError
from ..graph.parsing import opened
from ..graph.sources import Source
from ..graph.terms import RDF
from ..text.places import place
from ..text.turtle import Reader, Token, TurtleError
from ..text.turtle.statement_terms import Nested
from .layout import lines
from .taking_apart import line_end, statements

_FIRST: Final = ox.NamedNode(RDF.first)
#: The base of texts that declare none; relative IRIs stay as they are written.
BASE: Final = "https://base.invalid/"


def format_turtle(text: str | bytes) -> str:
    """Lay Turtle out as ``passex format`` does.

    Nodes, values, comments and prefixes stay where they are, terms as they are written. Lines have
    at most 120 columns; those of facts are filled, with the predicates in the order that the
    articles of Passex have; all else has a line for each predicate. Line ends are those that the
    text has most often, a byte-order mark goes, and an empty line stays one.

    Args:
        text: Turtle 1.1, or 1.2; bytes are UTF-8.

    Returns:
        The text, which means the same: the triples of both were compared.

    Raises:
        InputError: It is not Turtle; the error has line and column.
        PassexError: It is neither text nor bytes; or it would not mean the same, which is a fault
            of Passex.

    Example:
        >>> print(format_turtle("<u:a> <u:p> <u:b>;<u:q> 1,2 . # why"), end="")
        <u:a> <u:p> <u:b> ;
            <u:q> 1, 2 . # why
    """
    if not isinstance(text, str | bytes):
        raise PassexError(f"{type(text).__name__} is no text", "give the text of a Turtle file")
    try:
        content = text.encode() if isinstance(text, str) else text
        return formatted(Source(Path("text"), "turtle", content))[1]
    except UnicodeEncodeError as error:
        raise InputError("the text has half a surrogate pair in it", "correct it") from error


def formatted(source: Source) -> tuple[str, str]:
    """Lay a file out.

    Returns:
        Its text as it is, and as it is to be.

    Raises:
        InputError: It cannot be read, or is not Turtle; with line and column where they are known.
        PassexError: It would not mean the same, which is a fault of Passex.
    """
    before, old = read_turtle(source)
    text = old.removeprefix("\ufeff")
    try:
        end = line_end(text)
        new = "".join(line + end for line in lines(statements(text, BASE)))
        same = new == text or _same(source, before, text, new)
    except TurtleError as error:
        raise InputError(
            "cannot be laid out from here on",
            "write it more simply",
            place(source.name, text, error.offset, error.offset),
        ) from error
    except RecursionError as error:
        raise InputError(
            f"{source.name}: brackets in brackets are too deep to be laid out", "name some nodes"
        ) from error
    if not same:
        raise PassexError(
            f"{source.name}: would not mean the same when it is laid out; left as it is",
            "this is a fault of passex: report it with the file",
        )
    return old, new


def read_turtle(source: Source) -> tuple[list[ox.Triple], str]:
    """Read a file of Turtle.

    Returns:
        Its triples, with `BASE` for relative IRIs where it declares none; and its text as it is.

    Raises:
        InputError: It cannot be read, or is not Turtle; with line and column where they are known.
    """
    with opened(source, ox.RdfFormat.TURTLE) as file:
        quads = ox.parse(file, ox.RdfFormat.TURTLE, base_iri=BASE)
        triples = [quad.triple for quad in quads]
    with source.open() as file:
        return triples, file.read().decode()


def _same(source: Source, before: list[ox.Triple], text: str, new: str) -> bool:
    """Tell whether two texts have the same triples, as the engine and as our own reader see it."""
    try:
        after, _ = read_turtle(Source(source.path, "turtle", new.encode()))
    except InputError:
        return False
    return _without_nodes(before) == _without_nodes(after) and _read(text) == _read(new)


def _without_nodes(triples: Iterable[ox.Triple]) -> list[str]:
    """Write triples so that they can be compared, whatever their blank nodes are called."""

    def term(node: object) -> str:
        if isinstance(node, ox.Triple):
            return f"<<{' '.join(map(term, node))}>>"
        return "_" if isinstance(node, ox.BlankNode) else str(node)

    return sorted(map(term, triples))


def _read(text: str) -> list[str]:
    """Write the triples of a text with their blank nodes, so that they can be compared.

    A blank node with a label is called by it. One without is called by its number in the text,
    where no two of them are ever put in another order.
    """
    triples = [t for found in Reader(text, labelled="l", base=BASE) for t in found]
    places: dict[ox.BlankNode, tuple[int, bool]] = {}

    def note(token: Token, first: bool = False) -> None:
        if isinstance(token, Nested):
            for part in token.triple:
                note(part)
        if isinstance(token.term, ox.BlankNode):
            place = (token.start, not first)
            places[token.term] = min(place, places.get(token.term, place))

    for subject, predicate, value in triples:
        # A cell of a list begins where its member does, which may be a blank node too.
        cell = predicate.term == _FIRST and predicate.start == subject.start
        note(subject, cell)
        note(value)
    order = sorted(places, key=places.__getitem__)
    numbers = {node: f"_{number}" for number, node in enumerate(order)}

    def term(node: object) -> str:
        if isinstance(node, ox.Triple):
            return f"<<{' '.join(map(term, node))}>>"
        if isinstance(node, ox.BlankNode) and not node.value.startswith("l"):
            return numbers.get(node, str(node))
        return str(node)

    return sorted(" ".join(term(token.term) for token in triple) for triple in triples)
