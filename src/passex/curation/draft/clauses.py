"""Clauses within a sentence: what is said in between of somebody or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .counts import ORDINAL

#: Corvia, which runs drills, will hold one.
_RELATIVE: Final = re.compile(r", (?:which|who|whose|where)\b[^,;]*,")
#: Marn Two, the second of their 27 exercises this year, was held on 9 June.
_ONE_OF: Final = re.compile(
    rf",? (?:the|its|their|an?) (?:(?i:{ORDINAL})|last|latest|next|only|one|largest|biggest)"
    r"(?: (?!edition|iteration)\w+)? of (?:the|its|their|these|those|\d)\b[^,;]*(?:,|\Z)|"
    r",? one of (?:the|its|their|these|those|\d)\b[^,;]*(?:,|\Z)"
)


def relative(sentence: str) -> Iterator[tuple[int, int]]:
    """Find the clauses that say something of the word before them.

    Example:
        >>> list(relative("Salt Road, which ended on Sunday, was large."))
        [(9, 33)]
    """
    return (match.span() for match in _RELATIVE.finditer(sentence))


def one_of(sentence: str) -> Iterator[tuple[int, int]]:
    """Find the words that say of how many something is one.

    Example:
        >>> list(one_of("They held Marn Two, the second of their 27 drills this year, on 9 June"))
        [(18, 60)]
    """
    return (match.span() for match in _ONE_OF.finditer(sentence))


def main(sentence: str) -> str:
    """Blank what is said in between: each place of the rest stays where it is.

    Example:
        >>> main("Salt Road, which ended, was large.")
        'Salt Road               was large.'
    """
    for find in (relative, one_of):
        for start, end in find(sentence):
            sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    return sentence
