"""Periods: the days from one to another, and what may lie or certainly lies in them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from ..errors import QueryError
from ..text.wording import day


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one to another, both of them in it.

    Attributes:
        first: The first day, ``YYYY-MM-DD``; None if it has no beginning.
        last: The last day; None if it has no end.
    """

    first: str | None
    last: str | None

    @classmethod
    def parse(cls, since: str | int | None, until: str | int | None) -> Period:
        """Read a period from a year (``2017``), a month, or a day, or None, on either side.

        Raises:
            QueryError: Something is no year, month or day, or the end comes before the beginning.

        Example:
            >>> Period.parse(2017, "2018-05-01")
            Period(first='2017-01-01', last='2018-05-01')
            >>> Period.parse("2016-02", "2016-02")
            Period(first='2016-02-01', last='2016-02-29')
        """
        first, last = _bound(since, "01"), _bound(until, "12")
        if first and last and first > last:
            raise QueryError(
                f"since {since} is later than until {until}", "give the earlier one first"
            )
        return cls(first, last)

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
        too_early = latest and self.first and latest < self.first
        return not (too_early or (earliest and self.last and earliest > self.last))

    def must_hold(self, earliest: str | None, latest: str | None) -> bool:
        """Tell whether what is possible between two days was in the period for certain, wholly.

        Example:
            >>> Period("2017-05-01", None).must_hold("2017-01-01", "2017-12-31")
            False
        """
        begins = self.first is None or (earliest is not None and earliest >= self.first)
        return begins and (self.last is None or (latest is not None and latest <= self.last))


def _bound(given: str | int | None, month: str) -> str | None:
    """Give the day with which a period begins, or ends: of a year that of a month, 01 or 12."""
    if given is None:
        return None
    text = str(given)
    full = f"{text}-{month}" if re.fullmatch("[0-9]{4}", text) else text
    if match := re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", full):
        full += f"-{monthrange(int(match[1]), int(match[2]))[1]}" if month == "12" else "-01"
    if day(full) != full:
        raise QueryError(
            f"'{text}' is no year, month or day", "write it as 2017, 2017-05 or 2017-05-01"
        )
    return full
