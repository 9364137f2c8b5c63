"""Lexical spaces of datatypes, as XML Schema has them, whatever Python does.

A literal has the lexical form that is written: no white space is taken off.

Source: XML Schema Definition Language (XSD) 1.1 part 2, W3C Recommendation 2012; RDF 1.1 Concepts,
section 5. Durations and days without a year are elementpath's to judge, which is imported for them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from ..graph.terms import RDF, RDFS, XSD
from .results import Term

_DIGITS: Final = "[+-]?[0-9]+"
_REAL: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DOUBLE: Final = rf"{_REAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_NAME: Final = r"[^\W\d][\w.\-\u00b7]*"
_ZONE: Final = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR: Final = "(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_CLOCK: Final = (
    r"(?:([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9](?:\.[0-9]+)?)|(24):(00):(00(?:\.0+)?))"
)

#: Datatypes that a pattern tells; those of integers have bounds besides.
_FORMS: Final = {
    XSD[name]: re.compile(form, re.DOTALL)
    for name, form in {
        "decimal": _REAL,
        "double": _DOUBLE,
        "float": _DOUBLE,
        "boolean": "true|false|1|0",
        "hexBinary": "(?:[0-9a-fA-F]{2})*",
        "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
        "normalizedString": r"[^\t\n\r]*",
        "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
        "NMTOKEN": r"[\w.\-:\u00b7]+",
        "Name": r"(?:[^\W\d]|:)[\w.\-:\u00b7]*",
        "NCName": _NAME,
    }.items()
}
#: The least and the greatest of each datatype of integers.
_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    XSD[name]: bounds
    for name, bounds in {
        "integer": (None, None),
        "nonNegativeInteger": (0, None),
        "positiveInteger": (1, None),
        "nonPositiveInteger": (None, 0),
        "negativeInteger": (None, -1),
        **{n: (-(1 << b), (1 << b) - 1) for n, b in (("long", 63), ("int", 31), ("short", 15))},
        "byte": (-128, 127),
        **{f"unsigned{n}": (0, (1 << b) - 1) for n, b in (("Long", 64), ("Int", 32))},
        **{f"unsigned{n}": (0, (1 << b) - 1) for n, b in (("Short", 16), ("Byte", 8))},
    }.items()
}
#: The classes of elementpath for the others.
_CLASSES: Final = {
    XSD[name]: called
    for name, called in {
        "gMonth": "GregorianMonth",
        "gMonthDay": "GregorianMonthDay",
        "gDay": "GregorianDay",
        "base64Binary": "Base64Binary",
    }.items()
}
#: The datatypes of numbers.
NUMBERS: Final = frozenset(_BOUNDS) | {XSD.decimal, XSD.double, XSD.float}
#: Durations by datatype, and the letters that are not in it, before and behind the T.
DURATIONS: Final = {
    XSD.duration: ("", ""),
    XSD.dayTimeDuration: ("YM", ""),
    XSD.yearMonthDuration: ("D", "HMS"),
}
#: Where times lie on one line: as groups, year, month, day, the clock and the zone.
TIMES: Final = {
    XSD[name]: re.compile(form)
    for name, form in {
        "dateTime": rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})T{_CLOCK}{_ZONE}",
        "date": rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})()()()()()(){_ZONE}",
        "time": rf"()()(){_CLOCK}{_ZONE}",
        "gYearMonth": rf"{_YEAR}-([0-9]{{2}})()()()()()()(){_ZONE}",
        "gYear": rf"{_YEAR}()()()()()()()(){_ZONE}",
    }.items()
}
#: A duration: as groups, years, months, days, hours, minutes and seconds.
DURATION: Final = re.compile(
    r"-?P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)


@lru_cache(maxsize=100_000)
def is_well_formed(text: str, datatype: str) -> bool:
    """Tell whether a text is in the lexical space of a datatype; one that is not known takes all.

    Example:
        >>> is_well_formed("-0012-11-29", XSD.date), is_well_formed(" 1", XSD.integer)
        (True, False)
        >>> is_well_formed("2018-08-21T24:00:00", XSD.dateTime), is_well_formed("256", XSD.byte)
        (True, False)
    """
    if datatype in _BOUNDS:
        if not re.fullmatch(_DIGITS, text):
            return False
        least, most = _BOUNDS[datatype]
        # Longer than Python likes to read it is out of all bounds, but not without any.
        number = Decimal(text)
        return (least is None or number >= least) and (most is None or number <= most)
    if datatype in _FORMS:
        return _FORMS[datatype].fullmatch(text) is not None
    if datatype in TIMES:
        return _is_time(text, datatype)
    if datatype == XSD.dateTimeStamp:
        found = TIMES[XSD.dateTime].fullmatch(text)
        return found is not None and bool(found[found.re.groups]) and _is_time(text, XSD.dateTime)
    if datatype in DURATIONS:
        parts = zip(text.partition("T")[::2], DURATIONS[datatype], strict=True)
        lacking = not any(set(part) & set(letters) for part, letters in parts)
        return lacking and DURATION.fullmatch(text) is not None
    if datatype in _CLASSES:
        return text == text.strip() and text.isascii() and _read(text, datatype) is not None
    if datatype == RDF.JSON:
        import json

        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return False
    if datatype == RDF.XMLLiteral:
        return _is_xml(text)
    return datatype not in (RDF.langString, f"{RDF}dirLangString")


def _is_time(text: str, datatype: str) -> bool:
    """Tell whether a text is a time of a datatype, and its day one of the calendar."""
    found = TIMES[datatype].fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(number(part or "1")) for part in found.groups()[:3])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = {2: 28 + leap, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return 1 <= month <= 12 and 1 <= day <= last


def has_datatype(term: Term, datatype: str) -> bool:
    """Tell whether a term conforms to ``sh:datatype``."""
    if not isinstance(term, ox.Literal):
        return False
    if datatype == RDFS.Literal:
        return True
    if term.language:
        wanted = RDF.langString if term.direction is None else f"{RDF}dirLangString"
        return datatype == wanted
    if datatype == RDFS.Datatype:
        # As pySHACL has it: whatever is written with a datatype.
        return term.datatype.value != XSD.string
    return term.datatype.value == datatype and is_well_formed(term.value, datatype)


def _is_xml(text: str) -> bool:
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(f"<a>{text}</a>", True)
    except expat.ExpatError:
        return False
    return True


@lru_cache(maxsize=10_000)
def _read(text: str, datatype: str) -> Any:
    """Read a value; None where it is none."""
    from elementpath import datatypes

    try:
        return getattr(datatypes, _CLASSES[datatype]).fromstring(text)
    except OverflowError:
        # Further away than it can reckon, and in its form.
        return text
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        return _base64(text) if datatype == XSD.base64Binary else None


def _base64(text: str) -> bytes | None:
    import base64
    import binascii

    try:
        return base64.b64decode(text.replace(" ", ""), validate=True)
    except binascii.Error:
        return None


def number(text: str) -> Fraction:
    """Read a number exactly, also one of more digits than Python likes to read."""
    return Fraction(Decimal(text))
