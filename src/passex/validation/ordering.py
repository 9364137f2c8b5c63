"""The order of values, as XML Schema has it, whatever Python does.

Two values that have no order between them, such as a date and a dateTime, or a time with a zone and
one without that may come before or after it, cannot be compared.

Source: XML Schema Definition Language (XSD) 1.1 part 2, W3C Recommendation 2012.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pyoxigraph as ox

from ..graph.terms import XSD
from .results import Term
from .values import DURATION, DURATIONS, NUMBERS, TIMES, is_well_formed, number

#: The months from which XML Schema looks at durations, each counted from the year 0.
_FIRST_MONTHS: Final = tuple(
    year * 12 + month - 1 for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
)
#: A time without a zone is somewhere within these seconds before and after.
_ANY_ZONE: Final = 14 * 3600


def compare(one: ox.Literal, other: ox.Literal) -> int | None:
    """Compare two values.

    Returns:
        Less than, more than or exactly 0; None where they cannot be compared.

    Example:
        >>> date, moment = ox.NamedNode(XSD.date), ox.NamedNode(XSD.dateTime)
        >>> first = ox.Literal("-0044-03-15", datatype=date)
        >>> compare(first, ox.Literal("0001-01-01", datatype=date))
        -1
        >>> compare(first, ox.Literal("0001-01-01T00:00:00", datatype=moment))
    """
    kinds = one.datatype.value, other.datatype.value
    if not all(
        is_well_formed(term.value, kind) or term.language
        for term, kind in zip((one, other), kinds, strict=True)
    ):
        # As the store has it: what is the same is equal, if it means nothing.
        return 0 if one == other else None
    if NUMBERS.issuperset(kinds):
        return _order(*_as_numbers(one.value, other.value, kinds))
    one_kind, other_kind = (XSD.dateTime if k == XSD.dateTimeStamp else k for k in kinds)
    if DURATIONS.keys() >= set(kinds):
        return _of_durations(one.value, other.value)
    if one_kind != other_kind or one.language != other.language:
        return None
    if one_kind in TIMES:
        return _of_times(one.value, other.value, one_kind)
    if one_kind == XSD.boolean:
        return _order(one.value in ("true", "1"), other.value in ("true", "1"))
    # Texts in a language have no order in SPARQL, be it the same one.
    if one_kind == XSD.string or one == other:
        return _order(one.value, other.value)
    return None


def is_before(one: Term, other: Term, or_equal: bool) -> bool:
    """Tell whether a value conforms to ``sh:lessThan``, or to ``sh:lessThanOrEquals``."""
    if isinstance(one, ox.Literal) and isinstance(other, ox.Literal):
        order = compare(one, other)
        return order is not None and (order < 0 or (or_equal and order == 0))
    return False  # only literals have an order in SPARQL


def _order(one: Any, other: Any) -> int | None:
    if one == other:
        return 0
    # Neither of NaN.
    return -1 if one < other else 1 if one > other else None


def _as_numbers(one: str, other: str, kinds: tuple[str, ...]) -> tuple[Any, Any]:
    if XSD.double in kinds or XSD.float in kinds:
        return float(one), float(other)
    return Decimal(one), Decimal(other)


def _of_durations(one: str, other: str) -> int | None:
    # A month is no number of days: they have an order if it is the same from each of these months.
    (months, seconds), (other_months, other_seconds) = map(_months_and_seconds, (one, other))
    orders = {
        _order(_day_after(first, months) + seconds, _day_after(first, other_months) + other_seconds)
        for first in _FIRST_MONTHS
    }
    return orders.pop() if len(orders) == 1 else None


def _months_and_seconds(text: str) -> tuple[int, Fraction]:
    found = DURATION.fullmatch(text)
    assert found is not None, "it is well-formed"
    years, months, days, hours, minutes, seconds = (number(part or "0") for part in found.groups())
    sign = -1 if text.startswith("-") else 1
    clock = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return sign * int(years * 12 + months), sign * clock


def _day_after(first: int, months: int) -> int:
    """Give the day, in seconds, that is some months after the first of a month."""
    year, month = divmod(first + months, 12)
    return _days(year, month + 1, 1) * 86400


def _of_times(one: str, other: str, kind: str) -> int | None:
    (first, zoned), (second, other_zoned) = (_instant(text, kind) for text in (one, other))
    if zoned == other_zoned or abs(first - second) > _ANY_ZONE:
        return _order(first, second)
    return None


def _instant(text: str, kind: str) -> tuple[Fraction, bool]:
    """Give the seconds since the year 0, and whether there is a time zone."""
    found = TIMES[kind].fullmatch(text)
    assert found is not None
    year, month, day, *clock, zone = found.groups()
    hours, minutes, seconds = (
        number(part or "0") for part in (clock[:3] if clock[0] else clock[3:])
    )
    if kind == XSD.time:
        hours %= 24  # the end of a day that has no date is its beginning
    total = _days(int(number(year or "1")), int(month or 1), int(day or 1)) * 86400
    total += int(hours) * 3600 + int(minutes) * 60
    if zone and zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        total -= sign * (int(zone[1:3]) * 3600 + int(zone[4:]) * 60)
    return total + seconds, zone is not None


def _days(year: int, month: int, day: int) -> int:
    """Count the days of the Gregorian calendar, carried on to both sides, since the year 0."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day
