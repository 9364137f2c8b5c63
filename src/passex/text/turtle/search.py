"""Statements about a few nodes, found in a large text without reading all of it.

Places where a statement may begin are found by regular expressions, those of nodes that are not
asked for are left aside, and what remains is looked at closely. What is written in an unusual way
raises an error: then the whole text has to be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import Final

import pyoxigraph as ox

from . import fast_path
from .lines import has_lone_cr
from .reader import Reader
from .scanner import Token, TurtleError
from .spellings import (
    NO_NAME,
    NeedsFullParseError,
    Spellings,
    alternation,
    has_escaped_names,
    is_quicker,
    occurrences,
)
from .statement_bounds import LineBounds, StatementBounds
from .statement_terms import Triple

#: A subject, a bracket, the word of a directive; a name that has escapes may be cut short.
_WORD: Final = rf"(<[^\x00-\x20<>]*>|[\[(]|[^{NO_NAME}.][^{NO_NAME}]*)"
# What looks like a full stop may be in a comment, and the word behind it may end in a real one.
_STOP: Final = re.compile(rf"\.(?=(?:[ \t\r\n]+|(?=[<\[(])){_WORD})")
_COMMENT: Final = re.compile(rf"#[^\r\n]*(?=[\r\n]+[ \t\r\n]*{_WORD})")
_TIGHT: Final = re.compile(r"\.(?=@|[Pp][Rr][Ee][Ff][Ii][Xx]|[Bb][Aa][Ss][Ee])")
_BRACES: Final = tuple(re.compile(rf"{brace}[ \t\r\n]*{_WORD}") for brace in (r"\{", r"\}"))
_SUBJECT: Final = r"<[^>]*>|_:[^ \t<]+"
_FIRST: Final = re.compile(_WORD)
#: What can be written without its name.
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_IMPLIED: Final = frozenset(_RDF + name for name in ("type", "first", "rest", "nil"))
_DIRECTIVES: Final = frozenset(
    {"@prefix", "@base"}
    | {
        "".join(letters)
        for word in ("prefix", "base")
        for letters in product(*((letter, letter.upper()) for letter in word))
    }
)


class Search:
    """Finds statements in a text.

    Args:
        text: The text: Turtle, N-Triples, TriG or N-Quads that the engine has accepted.
        lines: Whether each line is a statement of its own (N-Triples, N-Quads).
        graphs: Whether there are named graphs in braces (TriG).
        blank: What the names of blank nodes begin with. The offset of their statement follows,
            and ``b`` with a number; or, for one that has a label, ``l`` and the label.
        base: The base IRI before any that the text declares.

    Raises:
        NeedsFullParseError: The text has to be read as a whole.

    Example:
        >>> search = Search("@prefix : <u:> . :a :p 1 . :b :p 2 . :a :p 3 .")
        >>> [t.object.term.value for found in search.about({"u:a"}) for t in found]
        ['1', '3']
    """

    def __init__(
        self,
        text: str,
        lines: bool = False,
        graphs: bool = False,
        blank: str = "s",
        base: str = "",
    ) -> None:
        self._text = text
        self._blank = blank
        reader = Reader(text, base=base)
        try:
            while reader.directive():
                pass
            self._first = reader.scanner.start
            around: StatementBounds | LineBounds = LineBounds(text, self._first)
            if not lines:
                around = StatementBounds(text, self._first, ".{}" if graphs else ".")
        except TurtleError as error:
            raise NeedsFullParseError from error
        self._around = around
        self._top = reader
        self._escapes = has_escaped_names(text)
        #: Whether prefixes and base are known to stay as they are at the beginning.
        self._settled = lines
        self._line_end = "" if not lines else "[\\n\\r]" if has_lone_cr(text) else "\\n"
        self._patterns = [_STOP, *([_COMMENT] if "#" in text else [])]
        self._patterns += _BRACES if graphs else ()

    def about(self, nodes: Collection[str]) -> Iterator[list[Triple]]:
        """Find the statements whose subject is one of some nodes.

        Args:
            nodes: IRIs, and blank nodes by their labels, such as ``_:x``.

        Yields:
            The triples of a statement, in the order of the text.

        Raises:
            NeedsFullParseError: The text has to be read as a whole.
        """
        if _RDF + "nil" in nodes:
            raise NeedsFullParseError
        spellings = self._spellings(nodes)
        words = spellings.usual
        patterns = self._lines(words if spellings.plain else ()) if self._line_end else ()
        if spellings.plain:
            wanted = words.keys() | (frozenset() if self._settled else _DIRECTIVES)
            found = self._words(
                lambda matches: [m.start(1) for m in matches if m[1] in wanted], patterns
            )
            found = self._settle(found)
        else:
            self._settle()
            # A name that has escapes may be cut short after a backslash.
            found = self._words(
                lambda matches: [
                    m.start(1) for m in matches if spellings.node(m[1]) or m[1][-1] == "\\"
                ],
                patterns,
            )
        named = () if self._line_end else (word for word in words if word[0] != "<")
        for prefix in {word.partition(":")[0] for word in named}:
            found += [place + 1 for place in occurrences(self._text, f".{prefix}:")]
        for start in sorted(set(found)):
            if self._begins(start):
                statement = self._statement(start)
                if any(self._key(triple.subject) in nodes for triple in statement):
                    yield statement

    def mentions(self, first: Collection[str], every: Collection[str]) -> Iterator[list[Triple]]:
        """Find the statements in which some nodes stand, but as a subject.

        Args:
            first: Nodes of which one mention is enough, as in `about`.
            every: Nodes of which all are wanted.

        Yields:
            The triples of a statement, in the order of the text.

        Raises:
            NeedsFullParseError: The text has to be read as a whole.
        """
        wanted = {*first, *every}
        if not _IMPLIED.isdisjoint(wanted):
            raise NeedsFullParseError
        self._settle()
        end = -1
        written: set[tuple[int, str]] = set()
        given = False
        for place, node in self._spellings(wanted).places(self._text):
            if node not in wanted:
                continue
            if place >= end:
                reader = self._reader(self._start(place))
                found, given = self._read(reader), False
                end = reader.scanner.position
                tokens = [token for triple in found for token in triple[1:]]
                written = {(token.start, self._key(token)) for token in tokens}
            # It may be in a string or a comment, or be the subject.
            if (place, node) not in written:
                continue
            if not given:
                given = True
                yield found
            if node not in every:
                wanted.discard(node)
                if not wanted:
                    return

    def _key(self, token: Token) -> str:
        """Give a token's node as `about` takes it; empty for other terms."""
        if isinstance(token.term, ox.NamedNode):
            return token.term.value
        label, own = f"{self._blank}l", token.term.value
        if isinstance(token.term, ox.BlankNode) and own.startswith(label):
            return "_:" + own.removeprefix(label)
        return ""

    def _words(
        self,
        choose: Callable[[Iterable[re.Match[str]]], list[int]],
        patterns: Sequence[re.Pattern[str]] = (),
    ) -> list[int]:
        """Choose among the words with which a statement may begin."""
        first = _FIRST.match(self._text, self._first)
        found = choose([first] if first else [])
        for pattern in patterns or self._patterns:
            found += choose(pattern.finditer(self._text))
        return found

    def _lines(self, words: Collection[str]) -> Sequence[re.Pattern[str]]:
        """Give a pattern for the lines that begin with some words, and perhaps for others too."""
        chosen = alternation(words) if is_quicker(words, self._text) else _SUBJECT
        return [re.compile(rf"{self._line_end}[ \t]*({chosen})")]

    def _spellings(self, nodes: Collection[str]) -> Spellings:
        top = self._top.scanner
        return Spellings(nodes, top.prefixes, top.base, self._escapes)

    def _settle(self, words: list[int] | None = None) -> list[int]:
        """Make sure that prefixes and base stay as they are; leave directives out of the words."""
        if self._settled:
            return words or []
        if any(self._begins(match.end()) for match in _TIGHT.finditer(self._text)):
            raise NeedsFullParseError
        if words is None:
            words = self._words(lambda ms: [m.start(1) for m in ms if m[1] in _DIRECTIVES])
        others = []
        for start in sorted(words):
            word = _FIRST.match(self._text, start)
            if not word or word[1] not in _DIRECTIVES:
                others.append(start)
            elif self._begins(start):
                reader = self._reader(start)
                self._read(reader, directive=True)
                after = reader.scanner
                top = self._top.scanner
                same = after.prefixes == top.prefixes and after.base == top.base
                if self._text[start] != "@" or not same:
                    raise NeedsFullParseError
        self._settled = True
        return others

    def _begins(self, offset: int) -> bool:
        try:
            return self._around.begins(offset)
        except TurtleError as error:
            raise NeedsFullParseError from error

    def _start(self, place: int) -> int:
        try:
            return self._around.start(place)
        except TurtleError as error:
            raise NeedsFullParseError from error

    def _reader(self, start: int) -> Reader:
        return self._top.at(start, f"{self._blank}{start}b", f"{self._blank}l")

    def _statement(self, start: int) -> list[Triple]:
        try:
            single = fast_path.triple(self._top.scanner, start)
        except TurtleError as error:
            raise NeedsFullParseError from error
        return [Triple(*single)] if single else self._read(self._reader(start))

    def _read(self, reader: Reader, directive: bool = False) -> list[Triple]:
        try:
            if directive:
                reader.directive()
                return []
            return reader.statement()
        except TurtleError as error:
            raise NeedsFullParseError from error
