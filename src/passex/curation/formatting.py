"""Canonical Turtle: what `passex format` makes of a file, and that it means the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import InputError, PassexError
from ..graph.reading import opened
from ..graph.sources import Source
from ..text.places import place
from ..text.turtle import TurtleError
from .layout import lines
from .statements import Statement, line_end, statements, words_of

#: The base of texts that declare none; relative IRIs stay as they are written.
_BASE: Final = "https://base.invalid/"


def format_turtle(text: str) -> str:
    """Lay Turtle out as ``passex format`` does.

    Nodes, values, comments and prefixes stay where they are, terms as they are written. Lines have
    at most 120 columns; those of facts are filled, with the predicates in the order that the
    articles of Passex have; all else has a line for each predicate. Line ends are those that the
    text has most often, a byte-order mark goes, and an empty line stays one.

    Args:
        text: Turtle 1.1, or 1.2.

    Returns:
        The text, which means the same: the triples of both were compared.

    Raises:
        InputError: It is not Turtle; the error has line and column.
        PassexError: It would not mean the same, which is a fault of Passex.

    Example:
        >>> print(format_turtle("<u:a> <u:p> <u:b>;<u:q> 1,2 . # why"), end="")
        <u:a> <u:p> <u:b> ;
            <u:q> 1, 2 . # why
    """
    try:
        return formatted(Source(Path("text"), "turtle", text.encode()))[1]
    except UnicodeEncodeError as error:
        raise InputError("the text has half a surrogate pair in it", "correct it") from error


def formatted(source: Source) -> tuple[str, str]:
    """Lay a file out.

    Returns:
        Its text without byte-order mark, and as it is to be.

    Raises:
        InputError: It cannot be read, or is not Turtle; with line and column where they are known.
        PassexError: It would not mean the same, which is a fault of Passex.
    """
    before, text = _parsed(source)
    try:
        found = statements(text, _BASE)
        new = "".join(line + end for end in [line_end(text)] for line in lines(found))
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
    if new != text:
        after, _ = _parsed(Source(source.path, "turtle", new.encode()))
        labels = _labels(found)
        if _named(before, labels) != _named(after, labels):
            raise PassexError(
                f"{source.name}: would not mean the same when it is laid out; left as it is",
                "this is a fault of passex: report it with the file",
            )
    return text, new


def _parsed(source: Source) -> tuple[list[ox.Triple], str]:
    """Read a file of Turtle: its triples, and its text."""
    with opened(source, ox.RdfFormat.TURTLE) as file:
        content = b"".join(iter(lambda: file.read(1 << 20), b""))
        quads = ox.parse(content, ox.RdfFormat.TURTLE, base_iri=_BASE)
        return [quad.triple for quad in quads], content.decode("utf-8-sig")


def _labels(found: Iterable[Statement]) -> set[str]:
    """The blank nodes that have a label in the text: they keep it, wherever they stand."""
    parts = [unit for statement in found for unit in statement.units]
    words = [word for part in parts for word in words_of(part)]
    words += [word for one in found if one.subject for word in words_of(one.subject)]
    return {word.text[2:] for word in words if word.text.startswith("_:")}


def _named(triples: Iterable[ox.Triple], labels: set[str]) -> list[str]:
    """Write triples so that they can be compared, in order.

    Blank nodes without a label are numbered as they come: those of one statement are never put in
    another order.
    """
    numbers: dict[ox.BlankNode, str] = {}

    def term(node: object) -> str:
        if isinstance(node, ox.Triple):
            return f"<<{' '.join(map(term, node))}>>"
        if isinstance(node, ox.BlankNode) and node.value not in labels:
            return numbers.setdefault(node, f"_{len(numbers)}")
        return str(node)

    return sorted(term(triple) for triple in triples)
