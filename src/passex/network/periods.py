"""Stretches of time, as a person gives them: from a year or day to a year or day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..errors import QueryError

_YEAR: Final = re.compile("[0-9]{4}")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one to another, both of them in it.

    Attributes:
        first: The first day, ``YYYY-MM-DD``; None if it has no beginning.
        last: The last day; None if it has no end.
    """

    first: str | None
    last: str | None

    def may_hold(self, earliest: str | None, latest: str | None) -> bool:
        """Tell whether what is possible between two days may have been in the period, in part.

        Where a bound is missing, nothing limits that side; something without any dates is in no
        period but the one without limits.

        Example:
            >>> Period("2017-05-01", None).may_hold("2017-01-01", "2017-12-31")
            True
        """
        if self.first is self.last is None:
            return True
        if earliest is latest is None:
            return False
        # Days of this form sort as text.
        too_early = latest is not None and self.first is not None and latest < self.first
        too_late = earliest is not None and self.last is not None and earliest > self.last
        return not (too_early or too_late)


def period(since: str | int | None, until: str | int | None) -> Period:
    """Read a period.

    Args:
        since: A year or a day, ``2017`` or ``2017-05-01``; None for no beginning.
        until: A year, which is in the period to its last day, or a day; None for no end.

    Raises:
        QueryError: Something is no year or day, or the end comes before the beginning.

    Example:
        >>> period(2017, "2018-05-01")
        Period(first='2017-01-01', last='2018-05-01')
    """
    first, last = _day(since, "01-01"), _day(until, "12-31")
    if first is not None and last is not None and first > last:
        raise QueryError(f"since {since} is later than until {until}", "give the earlier one first")
    return Period(first, last)


def day(text: str | None) -> str | None:
    """Read the day of an xsd:date, without its time zone; None for what is no day.

    Example:
        >>> day("2017-05-01Z"), day("soon")
        ('2017-05-01', None)
    """
    start = text[:10] if text is not None else ""
    return start if _is_day(start) else None


def _day(given: str | int | None, of_year: str) -> str | None:
    if given is None:
        return None
    text = str(given)
    full = f"{text}-{of_year}" if _YEAR.fullmatch(text) else text
    if not _is_day(full):
        raise QueryError(f"'{text}' is no year or day", "write it as 2017 or 2017-05-01")
    return full


def _is_day(text: str) -> bool:
    # fromisoformat alone also takes weeks, and days without hyphens.
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
