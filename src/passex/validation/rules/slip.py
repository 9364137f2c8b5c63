"""Slips in Turtle, and what is known of the place where the parser stopped at one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...query.lexer import Token
from ...text.edits import Edit


class Slip(NamedTuple):
    """What is wrong, what to write instead, and the stretch of the text that is meant.

    The edits write it, where that is certain.
    """

    message: str
    hint: str
    start: int
    end: int
    edits: tuple[Edit, ...] = ()


class Stop(NamedTuple):
    """Where and why the parser stopped.

    Attributes:
        text: The whole text.
        at: The offset.
        before: The words before it.
        here: The word there, or the next one.
        said: The parser's words.
        declared: The namespaces by prefix.
        words: All words.
    """

    text: str
    at: int
    before: list[Token]
    here: Token | None
    said: str
    declared: Mapping[str, str]
    words: Sequence[Token] = ()

    def since(self, word: Token) -> Sequence[Token]:
        """Give the words from one of them on."""
        return self.words[bisect_left(self.words, word.start, key=lambda other: other.start) :]
