"""Tell whether words of Turtle go on with a statement or begin another, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...query.lexer import Token

_PAIRS: Final = {"[": "]", "(": ")"}
_AFTER_VALUE: Final = (";", ",", ".", "]")


def goes_on(words: Sequence[Token]) -> bool:
    """Tell whether words begin with a property, one value of it and what may stand behind that.

    Example:
        >>> from passex.query.lexer import tokens
        >>> [goes_on(list(tokens(text))) for text in ("ex:name 'Wren'@en ;", "ex:wren a ex:Ship .")]
        [True, False]
    """
    end = _term(words, 1)
    return _is_property(words, 0) and end < len(words) and words[end].text in _AFTER_VALUE


def begins(words: Sequence[Token]) -> bool:
    """Tell whether words begin with a node, a property of it and a value.

    Example:
        >>> from passex.query.lexer import tokens
        >>> [begins(list(tokens(text))) for text in ("ex:name 'Wren'@en ;", "ex:wren a ex:Ship .")]
        [False, True]
    """
    if not words or words[0].kind not in ("name", "iri", "blank"):
        return False
    return _is_property(words, 1) and _term(words, 2) <= len(words)


def _is_property(words: Sequence[Token], at: int) -> bool:
    if at >= len(words):
        return False
    return words[at].kind in ("name", "iri") or words[at].text == "a"


def _term(words: Sequence[Token], at: int) -> int:
    """Give the number of the word behind a term; more than there are where none is there."""
    none = len(words) + 1
    if at >= len(words):
        return none
    word = words[at]
    if word.text in ("+", "-"):
        return _term(words, at + 1)
    if word.text in _PAIRS:
        return _closed(words, at)
    if word.kind == "string":
        behind = words[at + 1] if at + 1 < len(words) else None
        if behind is not None and behind.text == "^^":
            return at + 3
        return at + 1 + (behind is not None and behind.kind == "language")
    plain = word.kind in ("name", "iri", "blank", "number") or word.text in ("true", "false")
    return at + 1 if plain else none


def _closed(words: Sequence[Token], at: int) -> int:
    """Give the number of the word behind a bracket that is opened."""
    depth = 0
    for number in range(at, len(words)):
        if words[number].text in _PAIRS:
            depth += 1
        elif words[number].text in _PAIRS.values():
            depth -= 1
        if not depth:
            return number + 1
    return len(words) + 1
