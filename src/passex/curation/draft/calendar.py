"""Days and months, as words of a text and as the bounds of a time."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: As English has them, whatever the language of the machine.
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
#: The first month of each; winter lies in two years, and is asked about.
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SHORT: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"

MONTH: Final = rf"(?:{'|'.join(MONTHS)}|(?:{_SHORT})\.?)(?![\w])"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]\d|\w)"
YEAR: Final = r"(?:19|20)\d\d(?![\d\w]|,\d)"
WEEKDAY: Final = rf"(?:{'|'.join(WEEKDAYS)})\b"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day of a time; None where one is open."""

    earliest: date | None
    latest: date | None


def month_number(word: str) -> int:
    """Read the name of a month, whole or short.

    Example:
        >>> month_number("Sept."), month_number("May")
        (9, 5)
    """
    start = word[:3].lower()
    return [month[:3].lower() for month in MONTHS].index(start) + 1


def day_number(word: str) -> int:
    """Read the number of a day.

    Example:
        >>> day_number("3rd")
        3
    """
    return int(re.sub(r"\D", "", word))


def day(year: int, month: int, number: int) -> date | None:
    """Give a day, or None where there is no such day.

    Example:
        >>> day(2031, 2, 29) is None
        True
    """
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int, part: str = "") -> Bounds:
    """Give a month, or its early, mid or late part.

    Example:
        >>> bounds = month(2031, 5, "late")
        >>> bounds.earliest.isoformat(), bounds.latest.isoformat()
        ('2031-05-21', '2031-05-31')
    """
    last = monthrange(year, number)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return Bounds(date(year, number, first), date(year, number, end))


def season(year: int, name: str) -> Bounds:
    """Give a season of the north, as it is counted by months.

    Example:
        >>> bounds = season(2032, "spring")
        >>> bounds.earliest.isoformat(), bounds.latest.isoformat()
        ('2032-03-01', '2032-05-31')
    """
    first = SEASONS[name]
    end = month(year + (first == 12), (first + 1) % 12 + 1)
    return Bounds(date(year, first, 1), end.latest)


def year(number: int, part: str = "") -> Bounds:
    """Give a year, or the widest reading of its early, mid or late part.

    Example:
        >>> bounds = year(2018, "late")
        >>> bounds.earliest.isoformat(), bounds.latest.isoformat()
        ('2018-07-01', '2018-12-31')
    """
    first, last = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}.get(part, (1, 12))
    return Bounds(date(number, first, 1), month(number, last).latest)


def week(of: date) -> Bounds:
    """Give the week of a day, from Monday to Sunday."""
    monday = of - timedelta(days=of.weekday())
    return Bounds(monday, monday + timedelta(days=6))


def shifted_month(of: date, months: int) -> tuple[int, int]:
    """Count months on from a day: year and month.

    Example:
        >>> shifted_month(date(2031, 1, 31), -1)
        (2030, 12)
    """
    count = of.year * 12 + of.month - 1 + months
    return count // 12, count % 12 + 1
