"""Small parts of sentences, and days as they are written."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
