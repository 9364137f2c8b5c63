"""Small parts of sentences, days as they are written, and the sentence around a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, TypeVar

Thing = TypeVar("Thing")

#: So many things a long answer begins with, whatever shows it.
FIRST: Final = 20
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Closing quotation marks may stand between a full stop and the space after it.
_CLOSING: Final = "['\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*"
_BREAK: Final = re.compile(rf"[.!?]{_CLOSING}\s+|\n")
_STOP: Final = re.compile(rf"[.!?]{_CLOSING}(?=\s|$)|(?=\n)|$")


def say(number: int, word: str) -> str:
    """Say a number of things.

    Args:
        number: How many.
        word: What they are, in the singular; its plural ends in s.

    Returns:
        Number and word.

    Example:
        >>> say(1, "plan"), say(2, "plan")
        ('1 plan', '2 plans')
    """
    return f"{number} {word}" + ("" if number == 1 else "s")


def first(
    things: Sequence[Thing], number: int | None = FIRST, rest: str = "--all"
) -> tuple[Sequence[Thing], str]:
    """Cut a long list to what it begins with.

    Args:
        things: What matters most comes first.
        number: How many are given; None for all.
        rest: How to get all.

    Returns:
        The first things, and what is said of the rest; an empty text where there is none.

    Example:
        >>> first("abcd", 3)
        ('abc', '1 more (--all)')
        >>> first("abcd", None)
        ('abcd', '')
    """
    left = 0 if number is None else len(things) - number
    return things[:number], f"{left:,} more ({rest})" if left > 0 else ""


def day(text: str | None) -> str | None:
    """Read the day of an xsd:date, without its time zone; None for what is no day.

    Example:
        >>> day("2017-05-01Z"), day("soon")
        ('2017-05-01', None)
    """
    start = text[:10] if text is not None else ""
    # fromisoformat alone also takes weeks, and days without hyphens.
    if not _DAY.fullmatch(start):
        return None
    try:
        date.fromisoformat(start)
    except ValueError:
        return None
    return start


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Find the sentence around an anchor.

    A sentence ends with a full stop, a question or an exclamation mark before a space, or with a
    line. Abbreviations are not known: a sentence may come out too short, never wrong.

    What is returned stands before the anchor in its sentence, is the anchor, and stands after it.

    Example:
        >>> sentence("Ships met. Two navies trained at sea. It rained.", 15, 21)
        ('Two ', 'navies', ' trained at sea.')
    """
    before = max((match.end() for match in _BREAK.finditer(text[:start])), default=0)
    stop = _STOP.search(text, end)
    after = stop.end() if stop else len(text)
    return text[before:start].lstrip(), text[start:end], text[end:after]
