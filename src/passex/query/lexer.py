"""The words of SPARQL and Turtle with their places, whether or not the text is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

#: What a name may hold beside letters, digits and ``_`` (PN_CHARS of the grammar).
_CHAR: Final = r"\w\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED: Final = r"\\[_~.!$&'()*+,;=/?#@%-]|%[0-9A-Fa-f]{2}"
# No alternative can begin where another one of its group may go on, and the prefix of a name has an
# end: so that no text, however wrong, takes more than linear time.
_IRI: Final = r"""(?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)|"""
# What comes before a word: each run is taken whole or not at all.
_SPACE: Final = r"(?:\s+(?!\s)|[#][^\n\r]*(?![^\n\r]))*"
_REST: Final = rf"""
     (?P<variable>[?$][{_CHAR}]+)
    |(?P<blank>_:\w(?:[{_CHAR}.-]*[{_CHAR}-])?)
    |(?P<name>(?:[^\W\d_](?:[{_CHAR}.-]{{0,99}}[{_CHAR}-])?)?:
        (?:(?:[{_CHAR}:]|{_ESCAPED})(?:[{_CHAR}:-]|{_ESCAPED}|\.+(?=[{_CHAR}:%\\-]))*)?)
    |(?P<string>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
        |"(?!"")(?:[^"\\\n\r]|\\.)*"|'(?!'')(?:[^'\\\n\r]|\\.)*')
    |(?P<open>\"{{3}}|'{{3}}|"|')
    |(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    |(?P<language>@\w+(?:-\w+)*(?:--\w+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><<\(|\)>>|<<|>>|\{{\||\|\}}|\^\^|&&|\|\||[!<>]=|[^\s#])"""
_LINE_END: Final = re.compile(r"[\n\r]")
#: Escapes of texts; in the group, what is none.
_ESCAPES: Final = re.compile(
    r"""\\(?:[tbnrf"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(\\.?)""", re.DOTALL
)


class Token(NamedTuple):
    """A word.

    Attributes:
        kind: ``iri``, ``variable``, ``blank``, ``name`` (with a prefix), ``string``, ``open`` (a
            quotation mark that is never closed), ``number`` (without its sign), ``language`` (with
            ``@``; also ``@prefix``), ``word`` or ``sign``.
        text: Its text.
        start: Its first code point in the whole text.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The code point after its last."""
        return self.start + len(self.text)

    def says(self, *keywords: str) -> bool:
        """Tell whether it is one of some keywords, which are given in capitals."""
        return self.kind == "word" and self.text.upper() in keywords


@cache
def _pattern(iris: bool) -> re.Pattern[str]:
    return re.compile(f"{_SPACE}(?:{_IRI if iris else ''}{_REST})", re.VERBOSE | re.DOTALL)


def token(text: str, at: int, iris: bool = True) -> Token | None:
    """Read the next word; white space and comments are passed over.

    Args:
        iris: Whether a ``<`` may begin an IRI; else it means less than.

    Returns:
        The word; None at the end of the text.
    """
    match = _pattern(iris).match(text, at)
    if match is None:
        return None
    kind = match.lastgroup or ""
    return Token(kind, match[kind], match.start(kind))


def tokens(text: str, at: int = 0) -> Iterator[Token]:
    """Take Turtle or SPARQL apart.

    Yields:
        The words in order, without white space and comments, and without what follows a quotation
        mark that is never closed: to the end of the line, or of the text for a threefold mark.

    Example:
        >>> [t.text for t in tokens("ex:a <p> 'b'@en-GB, 1.5e3 . # c")]
        ['ex:a', '<p>', "'b'", '@en-GB', ',', '1.5e3', '.']
    """
    match_at = _pattern(iris=True).match
    while match := match_at(text, at):
        kind = match.lastgroup or ""
        word = tuple.__new__(Token, (kind, match[kind], match.start(kind)))
        yield word
        at = match.end()
        if kind == "open":
            # No mark in what follows is tried again: each would be looked for to the end of the
            # line, or of the file.
            stop = _LINE_END.search(text, at) if len(word.text) == 1 else None
            at = stop.start() if stop else len(text)


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Token, ...]:
    """List the words of a query, once for all checks that look at it."""
    return tuple(tokens(text))


def prefixes(words: Iterable[Token]) -> dict[str, str]:
    """Read the namespaces that a text declares, by prefix without the colon.

    Example:
        >>> prefixes(tokens("PREFIX ex: <http://e/>"))
        {'ex': 'http://e/'}
    """
    listed = list(words)
    return {
        name.text.partition(":")[0]: iri.text[1:-1]
        for word, name, iri in zip(listed, listed[1:], listed[2:], strict=False)
        if word.text.lower() in ("prefix", "@prefix") and name.kind == "name" and iri.kind == "iri"
    }


def bad_escapes(word: Token) -> Iterator[tuple[int, str]]:
    """Find what looks like an escape in a string and is none, with its first code point."""
    for match in _ESCAPES.finditer(word.text) if word.kind == "string" else ():
        if match[1]:
            yield word.start + match.start(), match[1]


def open_brackets(words: Iterable[Token], closing: Mapping[str, str]) -> list[Token]:
    """List the brackets that are open behind some words, the innermost last.

    Args:
        closing: By each bracket that opens, the one that closes it.

    Example:
        >>> [word.text for word in open_brackets(tokens("{ ( ) ["), {"{": "}", "(": ")"})]
        ['{']
    """
    opened: list[Token] = []
    for word in words:
        if word.text in closing:
            opened.append(word)
        elif word.text in closing.values() and opened:
            opened.pop()
    return opened
