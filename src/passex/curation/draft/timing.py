"""The time of what happens: its first and its last day, from the words for it and the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as calendar_day
from datetime import timedelta
from typing import Final

from ...graph.terms import NRC
from ...text.wording import say_month
from .date_readings import NEW
from .mentions import Date, Happening
from .statements import day, literal

_BEGINS: Final = re.compile(r"beg[aiu]n|start|kick|open|launch|sailed|commenc")
_ENDS: Final = re.compile(
    r"\bend(?:ed|s)?\b|conclud|wrapp?ed|finish|complet|bro(?:ke|ken) off|cut short|abort|"
    r"halt|suspend|interrupt|terminat"
)


def bounds(date: Date, verb: str, happening: Happening, days: Sequence[int]) -> tuple[str, str]:
    """Read from verb and time the first and the last day; empty for what is open.

    Args:
        verb: The verb, with what follows.
        days: How many days it lasts, if an adjective says so.

    Returns:
        What began on a day and goes on has no last day yet; what ended on one, no first.
    """
    one = bool(date.earliest) and date.earliest == date.latest
    under_way = happening.status == NRC["under-way"]
    if one and _ENDS.search(verb):
        return "", date.latest
    if one and days and (_BEGINS.search(verb) or under_way):
        first = calendar_day.fromisoformat(date.earliest)
        return date.earliest, (first + timedelta(days=days[0] - 1)).isoformat()
    if one and under_way:
        return date.earliest, ""
    return date.earliest, date.latest


def parts(date: Date | None, when: tuple[str, str]) -> list[tuple[str, Sequence[str]]]:
    """Write a time as what is said of a node; nothing, where it is a question."""
    if date is None or date.ask:
        return []
    known = any(when)
    # It is that of the first day: what ended on Sunday has none.
    weekday = date.weekday if when[0] and date.earliest == date.latest else ""
    return [
        ("nr:earliest", [day(when[0])] if when[0] else []),
        ("nr:latest", [day(when[1])] if when[1] else []),
        ("nr:dateWords", [literal(date.text)]),
        ("nr:weekday", [literal(weekday)] if weekday else []),
        ("nr:dateBasis", [f"nrc:date-from-{date.basis}"] if known and date.basis else []),
    ]


def say(date: Date) -> str:
    """Say the days of a time.

    Example:
        >>> say(Date(0, 9, "last week", "", "2031-05-26", "2031-06-01"))
        '2031-05-26 to 2031-06-01'
    """
    if not date.earliest and not date.latest:
        return "a time without a day: the article's day isn't known"
    if date.earliest == date.latest:
        return date.earliest
    if not date.earliest:
        return f"until {date.latest}"
    return f"{date.earliest} to {date.latest}" if date.latest else f"from {date.earliest}"


def month(when: tuple[str, str]) -> str:
    """Say the month or the year that a time lies in; empty where it is longer.

    Example:
        >>> month(("2031-06-02", "2031-06-07")), month(("2032-03-01", "2032-05-31"))
        ('June 2031', '2032')
    """
    first, last = when[0] or when[1], when[1] or when[0]
    if not first or first[:4] != last[:4]:
        return ""
    return say_month(first, last) if first[:7] == last[:7] else first[:4]


def nearest(dates: Sequence[Date], happening: Happening) -> Date | None:
    """Find the time that stands nearest to what happens; of what is put off, the new one."""
    at = happening.verb[0]
    if happening.status == NRC.postponed:
        dates = [date for date in dates if date.text.startswith(NEW)] or dates

    def distance(date: Date) -> int:
        return min(abs(date.start - at), abs(date.start - happening.end))

    return min(dates, key=distance) if dates else None
