"""Predicates and values as they are usually written, each matched as a whole.

Most triples are made of these, and to match them whole takes a fraction of the time. All else is
taken token by token.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from .scanner import DECIMAL, INTEGER, Scanner, Token, TurtleError, text_literal
from .tokens import IRI

#: What the word ``a`` stands for.
TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_NAMED: Final = rf"{IRI}|(?:[A-Za-z][A-Za-z0-9_-]*)?:[A-Za-z0-9_-]*"
_AFTER_VERB: Final = r"(?=[ \t\r\n<\"])"
#: A value and the sign behind it, but that a closing bracket is left alone. A string is complete
#: only with what follows, and so with the bracket: the engine then gives their triples together.
_OBJECT: Final = rf"""
    [ \t\r\n]* (?: (?P<node>{_NAMED})
    | "(?!"")(?P<string>[^"\\\r\n]*)"
        (?: (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*) | \^\^(?P<type>{_NAMED})
            | (?![ \t\r\n]*\]) )
    | (?P<number>[+-]?(?:[0-9]+\.)?[0-9]+) )
    (?P<end>[ \t\r\n]*) (?P<sign>[;,]|\.(?=[ \t\r\n]|\Z)|(?=\]))
"""
_VERB: Final = re.compile(rf"[ \t\r\n]*({_NAMED}|a){_AFTER_VERB}")
_VALUE: Final = re.compile(_OBJECT, re.VERBOSE)
_TRIPLE: Final = re.compile(
    rf"(?P<subject>{_NAMED}) [ \t\r\n]* (?P<verb>{_NAMED}|a){_AFTER_VERB} {_OBJECT}", re.VERBOSE
)


def verb(scanner: Scanner) -> Token | None:
    """Read a predicate.

    Args:
        scanner: Is moved behind it.

    Returns:
        The predicate; None, and nothing is read, if something else or another form comes next.

    Raises:
        TurtleError: It is an IRI that cannot be, or its prefix is not declared.
    """
    match = _VERB.match(scanner.text, scanner.position)
    if match is None:
        return None
    scanner.start, scanner.position = match.span(1)
    return _node(scanner, match, 1)


def value(scanner: Scanner) -> Token | None:
    """Read a value and the sign behind it.

    Args:
        scanner: Is moved behind the sign, which is its last token; or to a closing bracket, and
            then there is no last token.

    Returns:
        The value; None, and nothing is read, if something else or another form comes next.

    Raises:
        TurtleError: It is an IRI or a literal that cannot be, or a prefix is not declared.
    """
    match = _VALUE.match(scanner.text, scanner.position)
    if match is None:
        return None
    scanner.kind, scanner.word = "sign", match["sign"]
    scanner.start, scanner.position = match.span("sign")
    return _value(scanner, match)


def triple(scanner: Scanner, position: int) -> tuple[Token, Token, Token] | None:
    """Look at a statement that is a single triple.

    Args:
        scanner: Stays where it is.
        position: Where the statement begins.

    Returns:
        Subject, predicate and object; None if it is longer, or in another form.

    Raises:
        TurtleError: An IRI or a literal cannot be, or a prefix is not declared.
    """
    match = _TRIPLE.match(scanner.text, position)
    if match is None or match["sign"] != ".":
        return None
    subject, predicate = _node(scanner, match, "subject"), _node(scanner, match, "verb")
    return subject, predicate, _value(scanner, match)


def _node(scanner: Scanner, match: re.Match[str], group: str | int) -> Token:
    word = match[group]
    return Token(TYPE if word == "a" else scanner.named(word), *match.span(group))


def _value(scanner: Scanner, match: re.Match[str]) -> Token:
    if match["node"] is not None:
        return _node(scanner, match, "node")
    end = match.start("end")
    number = match["number"]
    if number is not None:
        exact = DECIMAL if "." in number else INTEGER
        return Token(ox.Literal(number, datatype=exact), match.start("number"), end)
    start = match.start("string") - 1
    datatype = scanner.named(match["type"]) if match["type"] else None
    try:
        literal = text_literal(match["string"], match["tag"] or "", datatype)
    except ValueError as error:
        raise TurtleError(start) from error
    return Token(literal, start, end)
