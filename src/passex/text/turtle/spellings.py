"""The ways in which IRIs may be spelled in a text whose prefixes and base stay the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Final

from .tokens import resolve, unescape

#: Alternatives within alternatives, no deeper: `re` reads them recursively.
_DEPTH: Final = 30
#: What ends a name or a word, for a character class.
NO_NAME: Final = r"\x00-\x20<>\"'(){}\[\]#;,"
#: A longer name is not looked at.
_LONG_NAME: Final = 1000
#: What neither an IRI nor a name has in it.
_APART: Final = " \t\r\n\"'"
#: It takes as long to make a pattern of a word as it spares in so many characters.
_TEXT_PER_WORD: Final = 25_000
_AFTER_NAME: Final = re.compile(rf"\.*(?:[{NO_NAME}]|\Z)")


class NeedsFullParseError(Exception):
    """Only the whole text could tell."""


def occurrences(text: str, word: str) -> Iterator[int]:
    """Find a word, or what has it in it."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def has_escaped_names(text: str) -> bool:
    """Tell whether there may be escapes in IRIs or names; a backslash in a string is mostly none.

    Returns:
        False only if there are none for certain.
    """
    for place in occurrences(text, "\\"):
        # An IRI has its bracket before it, a name its colon, and neither has a space in it.
        before = text[max(0, place - _LONG_NAME) : place]
        apart = max(map(before.rfind, _APART))
        if max(map(before.rfind, "<:")) > apart or (apart < 0 and len(before) == _LONG_NAME):
            return True
    return False


def is_quicker(words: Collection[str], text: str) -> bool:
    """Tell whether an `alternation` of some words finds them quicker than a look at all words."""
    return 0 < len(words) * _TEXT_PER_WORD <= len(text)


class Spellings:
    r"""How some nodes may be spelled.

    Args:
        nodes: IRIs, and blank nodes by their labels, such as ``_:x``.
        prefixes: The prefixes of the text.
        base: Its base IRI; empty if there is none.
        escapes: Whether there are escapes in IRIs or names of the text.

    Attributes:
        usual: The usual spellings, each with its node.
        plain: Whether there can be no others.

    Example:
        >>> found = Spellings({"http://e/a"}, {"": "http://e/"}, "http://e/b", escapes=True)
        >>> sorted(found.usual)
        [':a', '<http://e/a>']
        >>> found.node("<a>"), found.node(r"<http://e/\u0061>"), found.node(":b")
        ('http://e/a', 'http://e/a', None)
    """

    def __init__(
        self, nodes: Collection[str], prefixes: Mapping[str, str], base: str, escapes: bool
    ) -> None:
        self.usual = {node if node.startswith("_:") else f"<{node}>": node for node in nodes}
        for prefix, namespace in prefixes.items():
            for node in nodes:
                if node.startswith(namespace):
                    self.usual[f"{prefix}:{node[len(namespace) :]}"] = node
        self._nodes = nodes
        self._base = base
        # A relative IRI has the scheme of the base.
        scheme = base.partition(":")[0] + ":"
        self._relative = bool(base) and any(node.startswith(scheme) for node in nodes)
        self.plain = not escapes and not self._relative

    def node(self, word: str) -> str | None:
        """Tell which node a word stands for.

        Args:
            word: A whole word, as it is written.

        Returns:
            The node, if it is one of those.
        """
        found = self.usual.get(word)
        if found is None and not self.plain:
            if "\\" in word:
                word = unescape(word)
                found = self.usual.get(word)
            if found is None and self._relative and word[0] == "<":
                found = resolve(self._base, word[1:-1])
        return found if found in self._nodes else None

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Find what looks like one of the nodes; it may be in a string or a comment.

        Yields:
            Offset and node, in ascending order.

        Raises:
            NeedsFullParseError: A name has escapes.
        """
        if self.plain and is_quicker(self.usual, text):
            for match in re.finditer(alternation(self.usual), text):
                word = match[0]
                if word[0] == "<" or _AFTER_NAME.match(text, match.end()):
                    yield match.start(), self.usual[word]
            return
        prefixes = {word.partition(":")[0] for word in self.usual if word[0] != "<"}
        names = rf"|{alternation(prefixes)}:[^{NO_NAME}]*" if prefixes else ""
        for match in re.finditer(rf"<[^\x00-\x20<>]*>{names}", text):
            word = match[0]
            if word[0] != "<":
                if "\\" in word:
                    raise NeedsFullParseError
                word = word.rstrip(".")
            written = self.node(word)
            if written:
                yield match.start(), written


def alternation(words: Collection[str]) -> str:
    """Write a pattern that matches any of some words, the longest of those that fit.

    Words that begin alike share that part of it, so that it costs little to tell that none fits.

    Args:
        words: The words, at least one.

    Returns:
        The pattern, with no group that captures.

    Example:
        >>> alternation(["<u:a>", "<u:bc>", "<u:bd>"])
        '<u:(?:b(?:d>|c>)|a>)'
    """
    return _alternation(sorted(set(words), reverse=True), _DEPTH)


def _alternation(words: list[str], depth: int) -> str:
    if len(words) == 1:
        return re.escape(words[0])
    # They are sorted: what the first and the last have in common, all have.
    pairs = enumerate(zip(words[0], words[-1], strict=False))
    length = next((i for i, (one, other) in pairs if one != other), len(words[-1]))
    rest = [word[length:] for word in words]
    if depth:
        ways = [_alternation(list(group), depth - 1) for _, group in groupby(rest, lambda w: w[:1])]
    else:
        ways = [re.escape(word) for word in rest]
    # In descending order a word comes before those that it begins with; the empty one is the last.
    return f"{re.escape(words[0][:length])}(?:{'|'.join(ways)})"
