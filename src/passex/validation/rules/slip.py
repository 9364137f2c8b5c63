"""Slips in Turtle, and what is known of the place where the parser stopped at one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...query.lexer import Token


class Slip(NamedTuple):
    """What is wrong, what to write instead, and the stretch of the text that is meant."""

    message: str
    hint: str
    start: int
    end: int


class Stop(NamedTuple):
    """Where and why the parser stopped.

    Attributes:
        text: The whole text.
        at: The offset.
        before: The words before it.
        here: The word there, or the next one.
        said: The parser's words.
        declared: The namespaces by prefix.
    """

    text: str
    at: int
    before: list[Token]
    here: Token | None
    said: str
    declared: Mapping[str, str]
