"""Tell whether words of Turtle go on with a statement or begin another, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ...graph.terms import PREFIXES
from ...query.lexer import Token

#: Prefixes of vocabularies; under those of nodes and kinds there are no properties.
_VOCABULARIES: Final = frozenset(PREFIXES.keys() - {"id", "nrc", "w"})
_PAIRS: Final = {"[": "]", "(": ")"}
_AFTER_VALUE: Final = (";", ",", ".", "]")


def goes_on(words: Sequence[Token], all_words: Sequence[Token], behind_stop: bool = False) -> bool:
    """Tell whether words begin with a property, one value of it and what may stand behind that.

    What is no property for certain may be a value before which a comma is missing: so it has to be
    one elsewhere in the text, or of a vocabulary.

    Args:
        words: The words.
        all_words: Those of the whole text.
        behind_stop: Whether they stand behind a full stop: then what has a text or a number behind
            it can only be a property.

    Example:
        >>> from passex.query.lexer import tokens
        >>> words = list(tokens("ex:wren a ex:Ship . dcterms:title 'Wren'@en ."))
        >>> goes_on(words[4:], words), goes_on(words, words)
        (True, False)
    """
    end = _term(words, 1)
    if not _is_property(words, 0) or end >= len(words) or words[end].text not in _AFTER_VALUE:
        return False
    name = words[0].text
    if name == "a" or name.partition(":")[0] in _VOCABULARIES:
        return True
    if behind_stop and words[1].kind in ("string", "number"):
        return True
    before = pairwise(all_words)
    return any(sign.text == ";" and word.text == name for sign, word in before)


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
