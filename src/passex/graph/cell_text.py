"""Values of cells as text: what a person sees of them, where that is what they say."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

#: What stands in a number format without being part of a date: texts, colours, escapes.
_ASIDE: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MINUTES: Final = re.compile(r"(?<=h)([^ymd]*?)m+|m+(?=[^ymdh]*s)")
_ZEROS: Final = re.compile("0{2,}")


def cell_text(value: object, form: str = "") -> str:
    r"""Give the text of a value.

    A number has the fifteen digits that a spreadsheet has, without a fraction of nothing; a date is
    as exact as its format shows it, and has a time if it has one of its own.

    Args:
        form: The number format of a spreadsheet's cell (ISO/IEC 29500-1, 18.8.31); empty for none.

    Example:
        >>> cell_text(2005.0), cell_text(0.1 + 0.2), cell_text(7, "000"), cell_text(True)
        ('2005', '0.3', '007', 'TRUE')
        >>> day = datetime(2005, 5, 1)
        >>> cell_text(day, "d/m/yy"), cell_text(day, "mmm yyyy"), cell_text(day, "yyyy")
        ('2005-05-01', '2005-05', '2005')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, form)
    if isinstance(value, datetime):
        if value.time() != time():
            return value.isoformat()
        return value.date().isoformat()[: _precision(form)]
    if isinstance(value, date):
        return value.isoformat()[: _precision(form)]
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _number(value: float | Decimal, form: str) -> str:
    if value != value:  # not a number: how programs of statistics write what is missing
        return ""
    if isinstance(value, float):
        if value in (float("inf"), float("-inf")):
            return str(value)
        value = Decimal(f"{value:.15g}")
    text = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
    return text.zfill(len(form)) if _ZEROS.fullmatch(form) and text.isdecimal() else text


def _precision(form: str) -> int:
    """Count the characters of an ISO date that a format shows: the day, the month or the year."""
    signs = _MINUTES.sub("", _ASIDE.sub("", form.partition(";")[0].lower()))
    if "d" in signs or not ("m" in signs or "y" in signs):
        return 10
    return 7 if "m" in signs else 4
