"""The ways in which IRIs may be spelled in a text whose prefixes and base stay the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from .iris import resolve
from .tokens import unescape

#: What ends a name or a word, for a character class.
NO_NAME: Final = r"\x00-\x20<>\"'(){}\[\]#;,"
_AFTER_NAME: Final = re.compile(rf"\.*(?:[{NO_NAME}]|\Z)")


class UnsureError(Exception):
    """Only the whole text could tell."""


def occurrences(text: str, word: str) -> Iterator[int]:
    """Find a word, or what has it in it.

    Args:
        text: The text.
        word: The word.

    Yields:
        The offsets.
    """
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


class Spellings:
    r"""How some IRIs may be spelled.

    Args:
        nodes: The IRIs.
        prefixes: The prefixes of the text.
        base: Its base IRI; empty if there is none.
        escapes: Whether there are backslashes in the text.

    Attributes:
        usual: The usual spellings, each with its IRI.
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
        self.usual = {f"<{node}>": node for node in nodes}
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
        """Tell which IRI a word stands for.

        Args:
            word: A whole word, as it is written.

        Returns:
            The IRI, if it is one of those.
        """
        found = self.usual.get(word)
        if found is None and not self.plain:
            if "\\" in word:
                word = unescape(word)
                found = self.usual.get(word)
            if found is None and self._relative and word[0] == "<":
                found = resolve(self._base, word[1:-1])
        return found if found in self._nodes else None

    def places(self, text: str, few: int) -> dict[str, list[int]]:
        """Find what looks like one of the IRIs; it may be in a string or a comment.

        Args:
            text: The text.
            few: Up to so many spellings are looked for one by one.

        Returns:
            The offsets for each of the IRIs that there is, in ascending order.

        Raises:
            UnsureError: A name has escapes.
        """
        found: dict[str, list[int]] = {}
        if self.plain and len(self.usual) <= few:
            for word, node in self.usual.items():
                for place in occurrences(text, word):
                    if word[0] == "<" or _AFTER_NAME.match(text, place + len(word)):
                        found.setdefault(node, []).append(place)
        else:
            for place, word in self._words(text):
                written = self.node(word)
                if written:
                    found.setdefault(written, []).append(place)
        return {node: sorted(places) for node, places in found.items()}

    def _words(self, text: str) -> Iterator[tuple[int, str]]:
        """Find all IRIs, and all names with a prefix that one of the IRIs may have."""
        for match in re.finditer(r"<[^\x00-\x20<>]*>", text):
            yield match.start(), match[0]
        for prefix in {word.partition(":")[0] for word in self.usual if word[0] != "<"}:
            for match in re.finditer(rf"{re.escape(prefix)}:[^{NO_NAME}]*", text):
                if "\\" in match[0]:
                    raise UnsureError
                yield match.start(), match[0].rstrip(".")
