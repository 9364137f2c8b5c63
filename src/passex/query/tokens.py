"""The words of Turtle and SPARQL, with their places, in files that need not be right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..text.places import Place
from .lexer import Token, prefixes, tokens


@lru_cache(maxsize=512)
def _words(query: str) -> tuple[Token, ...]:
    """Take a query apart once: more than one check looks at it."""
    return tuple(tokens(query))


def named(text: str, known: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    """Go through the IRIs that a query names.

    Args:
        text: The query.
        known: Namespaces by prefix that need no declaration.

    Yields:
        Each IRI with its first code point and the one after its last; without the namespaces that
        the query declares, and without names of undeclared prefixes.

    Example:
        >>> list(named("PREFIX ex: <http://e/> ASK { ?s ex:p <http://f/o> }", {}))
        [('http://e/p', 32, 36), ('http://f/o', 37, 49)]
    """
    words = _words(text)
    spaces = {**known, **prefixes(words)}
    before = ""
    for word in words:
        if word.kind == "iri" and not before.endswith(":"):
            yield word.text[1:-1], word.start, word.end
        elif word.kind == "name":
            prefix, _, local = word.text.partition(":")
            if prefix in spaces and local:
                yield spaces[prefix] + local.replace("\\", ""), word.start, word.end
        before = word.text


def place(file: str, text: str, start: int, end: int) -> Place:
    r"""Make a place of a stretch of a text.

    Args:
        file: The file's name in reports.
        text: What it holds.
        start: The first code point.
        end: The code point after the last.

    Returns:
        The place.

    Example:
        >>> place("f", "ab\ncd", 4, 5)
        Place(file='f', line=2, column=2, end_line=2, end_column=3, source='cd', end_source='')
    """
    line, column = _position(text, start)
    end_line, end_column = _position(text, end)
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    source = text[begin : stop if stop >= 0 else len(text)].rstrip("\r")
    return Place(file, line, column, end_line, end_column, source)


def offset(text: str, line: int, column: int) -> int:
    r"""Turn a line and a column into a code point.

    Args:
        text: The text.
        line: A line, from 1.
        column: A column, from 1.

    Returns:
        The index of the code point; the end of the text where it ends before.

    Example:
        >>> offset("ab\ncd", 2, 2)
        4
    """
    start = 0
    for _ in range(line - 1):
        found = text.find("\n", start)
        if found < 0:
            return len(text)
        start = found + 1
    return min(start + column - 1, len(text))


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
