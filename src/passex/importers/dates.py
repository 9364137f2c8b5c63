"""Dates of tables: bounds that are as wide as what the cells say, and no guesses."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

#: What stands for a part that isn't known.
_UNKNOWN: Final = re.compile(r"[xX?]+|0{1,2}|")
_PART: Final = r"(?:-(\d{1,2}|[xX?]{1,2}))?"
_ISO: Final = re.compile(rf"(\d{{4}}){_PART}{_PART}(?:[T ]\d\d?:.*)?")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
#: Two dates of ISO 8601, as it has them in a span, or as people do.
_SPAN: Final = re.compile(r"(\d{4}[-\dxX?]*)(?: ?/ ?| (?:to|-|\u2013|\u2014) )(\d{4}[-\dxX?]*)")
#: A span of people's: 1-5 March 2019; March to May 2019; 30 March - 4 April 2019.
_PEOPLE: Final = re.compile(r"(.*\w)(?: ?[-\u2013\u2014] ?| (?:to|until) )(\w.*)")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")
_SEASON: Final = re.compile(r"(?:spring|summer|autumn|fall|winter)\b.*", re.IGNORECASE)
_WORDS: Final = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?"
    r"(?: (\d{1,2})(?:st|nd|rd|th)?,?)?[ -](\d{4})"
)
#: What its end completes, and an end that its start completes: March 1-5, 2019.
_DAY: Final = re.compile(r"\d{1,2}\.?")
_NO_YEAR: Final = re.compile(r"(?:\d{1,2}\.? )?([A-Za-z]{3,9})\.?(?: \d{1,2})?")
_NO_MONTH: Final = re.compile(r"\d{1,2},? \d{4}")
_MONTHS: Final = {name.lower(): number for number, name in enumerate(month_name) if name}
#: How the two short numbers of a date are meant.
ORDERS: Final = ("month-day", "day-month")


class DateError(ValueError):
    """A cell that is no date, or may be two; it says which.

    Args:
        hint: What to do about it, where more can be said than of every one.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day of something, as ``YYYY-MM-DD``; one may be unknown: empty."""

    first: str
    last: str


def of_parts(year: str, month: str, day: str, century: int | None = None) -> Bounds | None:
    """Read a date from its parts, of which day, or day and month, may be unknown.

    Args:
        century: The first of the hundred years that two digits may mean.

    Returns:
        The bounds; None if the year isn't known.

    Raises:
        DateError: There is no such day, or its year may be more than one.

    Example:
        >>> of_parts("1995", "7", "xx")
        Bounds(first='1995-07-01', last='1995-07-31')
        >>> of_parts("2019", "Mar", "3").first
        '2019-03-03'
        >>> of_parts("03", "", "", 1950)
        Bounds(first='2003-01-01', last='2003-12-31')
    """
    # Where two digits are a year, two zeros are one, too.
    if _UNKNOWN.fullmatch(year) and (century is None or year != "00"):
        return None
    year, month = _year(year, century), _month(month.rstrip(".")) or month
    try:
        if _UNKNOWN.fullmatch(month):
            if not _UNKNOWN.fullmatch(day):
                raise DateError("has a day and no month")
            return Bounds(date(int(year), 1, 1).isoformat(), date(int(year), 12, 31).isoformat())
        if not _UNKNOWN.fullmatch(day):
            on = date(int(year), int(month), int(day)).isoformat()
            return Bounds(on, on)
        last = monthrange(int(year), int(month))[1]
        first = date(int(year), int(month), 1)
        return Bounds(first.isoformat(), first.replace(day=last).isoformat())
    except DateError:
        raise
    except ValueError as error:
        raise DateError("is no date") from error


def of_text(text: str, order: str = "", century: int | None = None) -> Bounds:
    """Read a date from a text.

    Args:
        order: One of `ORDERS`, for dates such as ``3/4/05``.
        century: The first of the hundred years that two digits may mean.

    Raises:
        DateError: It is none, or may be more than one.

    Example:
        >>> of_text("4/9/80", "month-day", 1980)
        Bounds(first='1980-04-09', last='1980-04-09')
        >>> of_text("2007-05-xx").last, of_text("12 May 2007").last, of_text("May 2007").last
        ('2007-05-31', '2007-05-12', '2007-05-31')
        >>> of_text("30 March - 4 April 2019"), of_text("03/2019").first
        (Bounds(first='2019-03-30', last='2019-04-04'), '2019-03-01')
        >>> of_text("2007-05-30/2007-06-02")
        Bounds(first='2007-05-30', last='2007-06-02')
        >>> of_text("3/4/2005")
        Traceback (most recent call last):
        passex.importers.dates.DateError: may be the 3rd or the 4th day of a month
    """
    found: Bounds | None = None
    if match := _ISO.fullmatch(text):
        found = of_parts(match[1], match[2] or "", match[3] or "")
    elif match := _NUMBERS.fullmatch(text):
        found = of_parts(_year(match[3], century), *_month_day(match[1], match[2], order))
    elif match := _SPAN.fullmatch(text):
        first, last = of_text(match[1]), of_text(match[2])
        if last.last < first.first:
            raise DateError("ends before it starts")
        found = Bounds(first.first, last.last)
    elif match := _MONTH_YEAR.fullmatch(text):
        found = of_parts(match[2], match[1], "")
    elif match := _WORDS.fullmatch(text):
        if _month(match[2]) and not (match[1] and match[3]):
            found = of_parts(match[4], match[2], match[1] or match[3] or "")
    elif match := _PEOPLE.fullmatch(text):
        found = _span(match[1], match[2], order, century)
    if found is None and _SEASON.fullmatch(text):
        hint = "write the months, 2019-03/2019-05: south of the equator they are others"
        raise DateError("is a season", hint)
    if found is None:
        raise DateError("is no date")
    return found


def _span(first: str, last: str, order: str, century: int | None) -> Bounds | None:
    """Read a span of people's; None where it is none, or may be something else."""
    month = _NO_YEAR.fullmatch(first)
    if month and _NO_MONTH.fullmatch(last):
        last = f"{month[1]} {last}"
    end = _WORDS.fullmatch(last)
    if end and _DAY.fullmatch(first):
        first = f"{first} {end[2]} {end[4]}"
    elif end and month:
        first = f"{first} {end[4]}"
    bounds = [of_text(text, order, century) for text in (first, last)]
    if bounds[1].last < bounds[0].first:
        raise DateError("ends before it starts")
    return Bounds(bounds[0].first, bounds[1].last)


def _month(text: str) -> str:
    """Give the number of a month, by its name or the first letters of it; else nothing."""
    months = [n for name, n in _MONTHS.items() if name.startswith(text.lower())]
    return str(months[0]) if len(text) > 2 and len(months) == 1 else ""


def only_order(text: str) -> str:
    """Tell in which order, one of `ORDERS`, a text can only be read; nothing where it shows none.

    Example:
        >>> only_order("1/14/80"), only_order("14.1.80"), only_order("3/4/05"), only_order("May")
        ('month-day', 'day-month', '', '')
    """
    if match := _NUMBERS.fullmatch(text):
        for order, number in zip(ORDERS, (match[2], match[1]), strict=True):
            if int(number) > 12:
                return order
    return ""


def _month_day(one: str, other: str, order: str) -> tuple[str, str]:
    if order == "day-month" or (not order and int(one) > 12):
        return other, one
    if not order and int(other) <= 12 and int(one) != int(other):
        message = f"may be the {_ordinal(one)} or the {_ordinal(other)} day of a month"
        hint = f"write 2005-05-31, or give the mapping its date_order: {' or '.join(ORDERS)}"
        raise DateError(message, hint)
    return one, other


def _year(text: str, century: int | None) -> str:
    if re.fullmatch("[0-9]{4}", text):
        return text
    if not re.fullmatch("[0-9]{1,2}", text):
        raise DateError("is no date")
    if century is None:
        raise DateError("has a year of two digits: give the mapping its century")
    return str(century + (int(text) - century) % 100)


def _ordinal(number: str) -> str:
    return f"{int(number)}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(int(number), 'th') }"
