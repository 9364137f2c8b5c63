"""Statements about a few nodes, found in a large text without reading all of it.

Places where a statement may begin are found by regular expressions, those of nodes that are not
asked for are left aside, and what remains is looked at closely. What is written in an unusual way
raises an error: then the whole text has to be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import product
from typing import Final

from .iris import resolve
from .reader import Reader, Triple
from .scanner import TurtleError
from .surroundings import Surroundings
from .tokens import unescape

_NO_NAME: Final = r"\x00-\x20<>\"'(){}\[\]#;,"
#: A subject, a bracket, the word of a directive; a name that has escapes may be cut short.
_WORD: Final = rf"(<[^\x00-\x20<>]*>|[\[(]|[^{_NO_NAME}.][^{_NO_NAME}]*)"
_STOP: Final = re.compile(rf"\.(?:[ \t\r\n]+|(?=[<@PpBb\[(])){_WORD}")
_COMMENT: Final = re.compile(rf"#[^\r\n]*[\r\n]+[ \t\r\n]*{_WORD}")
_BRACES: Final = tuple(re.compile(rf"{brace}[ \t\r\n]*{_WORD}") for brace in (r"\{", r"\}"))
_LINES: Final = tuple(re.compile(rf"{end}[ \t\r\n]*{_WORD}") for end in ("\n", "\r"))
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


class UnsureError(Exception):
    """Only the whole text could tell."""


class Search:
    """Finds statements in a text.

    Args:
        text: The text: Turtle, N-Triples, TriG or N-Quads that the engine has accepted.
        lines: Whether each line is a statement of its own (N-Triples, N-Quads).
        graphs: Whether there are named graphs in braces (TriG).
        blank: What the names of blank nodes begin with. The offset of their statement follows,
            and ``b`` or, for one that has a label and so may be in other statements too, ``l``.
        base: The base IRI before any that the text declares.

    Raises:
        UnsureError: The text has to be read as a whole.

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
            self._around = Surroundings(text, self._first, ".{}" if graphs else ".")
        except TurtleError as error:
            raise UnsureError from error
        self._by_line = lines
        self._prefixes = reader.scanner.prefixes
        self._base = reader.scanner.base
        self._escapes = "\\" in text
        self._starts: list[int] = []
        if lines:
            self._patterns = [_LINES[0]]
            if text.count("\r") != text.count("\r\n"):
                self._patterns.append(_LINES[1])
        else:
            self._patterns = [_STOP, *([_COMMENT] if "#" in text else [])]
            self._patterns += _BRACES if graphs else ()
            self._refuse_directives()

    def about(self, nodes: Collection[str]) -> Iterator[list[Triple]]:
        """Find the statements whose subject is one of some nodes.

        Args:
            nodes: IRIs.

        Yields:
            The triples of a statement, in the order of the text.

        Raises:
            UnsureError: The text has to be read as a whole.
        """
        if _RDF + "nil" in nodes:
            raise UnsureError
        for start in self._candidates(self._spellings(nodes), nodes):
            if self._begins(start):
                found = self._statement(start)
                if any(getattr(triple.subject.term, "value", "") in nodes for triple in found):
                    yield found

    def mentions(self, nodes: Collection[str]) -> dict[str, Iterator[list[Triple]]]:
        """Find the statements in which some nodes stand, but as a subject.

        Args:
            nodes: IRIs.

        Returns:
            For each of those that are written anywhere, the statements in the order of the text,
            as they are asked for. Asking for them raises `UnsureError` where the text has to be
            read as a whole.
        """
        if not _IMPLIED.isdisjoint(nodes):
            raise UnsureError
        spellings = self._spellings(nodes)
        places: dict[str, list[int]] = {}
        beginnings = {word.partition(":")[0] + ":" for word in spellings if word[0] != "<"}
        for beginning in beginnings:
            for match in re.finditer(rf"{re.escape(beginning)}[^{_NO_NAME}]*", self._text):
                node = spellings.get(match[0]) or spellings.get(match[0].rstrip("."))
                if node:
                    places.setdefault(node, []).append(match.start())
                elif self._escapes and "\\" in match[0]:
                    raise UnsureError
        relative = self._relative(nodes)
        for match in re.finditer(r"<[^\x00-\x20<>]*>", self._text):
            node = spellings.get(match[0])
            if node is None and (relative or (self._escapes and "\\" in match[0])):
                written = resolve(self._base, unescape(match[0][1:-1]))
                node = written if written in nodes else None
            if node:
                places.setdefault(node, []).append(match.start())
        return {node: self._holding(sorted(found)) for node, found in places.items()}

    def _holding(self, places: list[int]) -> Iterator[list[Triple]]:
        if not self._starts:
            self._starts = self._candidates(None, ())
        before, done = -1, -1
        for place in places:
            if place < done:
                continue
            index = bisect_right(self._starts, place) - 1
            while index >= 0 and not self._begins(self._starts[index]):
                index -= 1
            if index < 0 or self._starts[index] == before:
                continue
            before = self._starts[index]
            reader = self._reader(before)
            found = self._read(reader)
            done = reader.scanner.position
            if any(place in (triple.predicate.start, triple.object.start) for triple in found):
                yield found
            else:
                # In a string, a comment, or the subject; the next one may be a real one.
                before = done = -1

    def _spellings(self, nodes: Collection[str]) -> dict[str, str]:
        """Spell IRIs in the ways that are usual in this text."""
        found = {f"<{node}>": node for node in nodes}
        for prefix, namespace in self._prefixes.items():
            for node in nodes:
                if node.startswith(namespace):
                    found[f"{prefix}:{node[len(namespace) :]}"] = node
        return found

    def _candidates(self, spellings: Collection[str] | None, nodes: Collection[str]) -> list[int]:
        """List where a word stands that is asked for, and where a statement may begin."""
        found = set()
        first = _FIRST.match(self._text, self._first)
        if first and (spellings is None or self._wanted(first[1], spellings, nodes)):
            found.add(self._first)
        for pattern in self._patterns:
            matches = pattern.finditer(self._text)
            if spellings is None:
                found.update(match.start(1) for match in matches)
            elif self._escapes or self._relative(nodes):
                found.update(
                    match.start(1) for match in matches if self._wanted(match[1], spellings, nodes)
                )
            else:
                found.update(match.start(1) for match in matches if match[1] in spellings)
        for prefix in self._direct(spellings):
            place = self._text.find(f".{prefix}:")
            while place >= 0:
                found.add(place + 1)
                place = self._text.find(f".{prefix}:", place + 1)
        return sorted(found)

    def _relative(self, nodes: Collection[str]) -> bool:
        """Tell whether a relative IRI may stand for a node: it has the scheme of the base."""
        scheme = self._base.partition(":")[0] + ":"
        return bool(self._base) and any(node.startswith(scheme) for node in nodes)

    def _direct(self, spellings: Collection[str] | None) -> set[str]:
        """Give the prefixes that may stand behind a full stop with no blank space between."""
        if spellings is None:
            return set(self._prefixes)
        return {word.partition(":")[0] for word in spellings if word[0] != "<" and ":" in word}

    def _wanted(self, word: str, spellings: Collection[str], nodes: Collection[str]) -> bool:
        if word in spellings:
            return True
        if "\\" in word:
            word = unescape(word)
        if self._base and word[0] == "<":
            return resolve(self._base, word[1:-1]) in nodes
        return word in spellings or word[-1] == "\\"

    def _refuse_directives(self) -> None:
        """Make sure that prefixes and base stay as they are at the beginning."""
        for start in self._candidates(_DIRECTIVES, ()):
            if self._begins(start):
                reader = self._reader(start)
                self._read(reader, directive=True)
                after = reader.scanner
                same = after.prefixes == self._prefixes and after.base == self._base
                if self._text[start] != "@" or not same:
                    raise UnsureError

    def _begins(self, offset: int) -> bool:
        if self._by_line:
            return True
        try:
            return self._around.begins(offset)
        except TurtleError as error:
            raise UnsureError from error

    def _reader(self, start: int) -> Reader:
        blank = f"{self._blank}{start}"
        return Reader(self._text, start, f"{blank}b", f"{blank}l", self._prefixes, self._base)

    def _statement(self, start: int) -> list[Triple]:
        return self._read(self._reader(start))

    def _read(self, reader: Reader, directive: bool = False) -> list[Triple]:
        try:
            if directive:
                reader.directive()
                return []
            return reader.statement()
        except TurtleError as error:
            raise UnsureError from error
