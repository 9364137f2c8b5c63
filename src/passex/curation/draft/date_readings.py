"""Readings of the words for a time: bounds no narrower than the words, and what to ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeAlias

from . import calendar
from .calendar import MONTHS, WEEKDAYS, Bounds

#: What a time is found to be: bounds, what to ask, the basis, a weekday, whether it is vague.
Reading: TypeAlias = "tuple[Bounds | None, str, str, str, bool]"
_Match: TypeAlias = "re.Match[str]"

_TO_COME: Final = re.compile(
    r"\b(?:will|would|shall|is to|are to|to be|plans?|planned|"
    r"planning(?! (?:conference|meeting|session|stage|phase|group)s?)|scheduled|due|expected|"
    r"to (?:hold|conduct|take|train|exercise|drill|visit|meet|sail|send|join|begin|host|stage)|"
    r"set to|set for|going to|agreed? (?:to|on)|aims?|intends?|(?-i:may)|might|could|until|"
    r"leaves?|next|upcoming|announced)\b",
    re.IGNORECASE,
)
_HAPPENED: Final = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|met|held|began|took|left|sank|ran|struck|caught|"
    r"fell|broke|came|went|sent|gave|saw|lost|flew|brought|"
    r"(?!named|called|based|planned|dubbed)\w{3,}ed)\b",
    re.IGNORECASE,
)
#: What was to come may have been put off, or may have come: neither way does it tell the day.
_WAS_TO_COME: Final = re.compile(
    r"\b(?:was|were|had been)(?: (?:first|originally|initially|once))? (?:due|scheduled|expected|"
    r"planned|set|supposed|meant)(?: to \w+)?\b|"
    r"\b(?:was|were|had been|had (?:planned|hoped|intended|wanted|meant|wished)) to "
    r"(?!the\b|an?\b|its\b|his\b|her\b|their\b)[a-z]+\b",
    re.IGNORECASE,
)
#: What puts off, as a pattern.
PUT_OFF: Final = r"postpon(?:ed|es?)|put off|delay(?:ed|s)|push(?:ed)? back"
#: Behind these stands the new time.
_MOVED: Final = re.compile(rf"\b(?:{PUT_OFF}) (?:to )?\Z")
#: What a new time begins with.
NEW: Final = "to "
#: Behind these stands when it was made known.
_MADE_KNOWN: Final = re.compile(r"\b(?:was|were|been)(?: \w+ly| first)? announced \Z")
#: The day on which it was put off.
_ON: Final = re.compile(r"on ", re.IGNORECASE)
#: So near a day without its year has to be that no other year is meant.
_NEAR: Final = timedelta(days=120)
_UNTIL: Final = ("until", "till", "through", "by", "before")
_TEXT: Final = "text"
_CALENDAR: Final = "calendar"


def _open(bounds: Bounds | None, word: str) -> Bounds | None:
    """Leave open what a word before a time leaves open."""
    word = word.strip().lower()
    if bounds and word in _UNTIL:
        return Bounds(None, bounds.latest)
    if bounds and word in ("since", "from", "starting", "beginning"):
        return Bounds(bounds.earliest, None)
    return bounds


def _before(match: _Match) -> str:
    return (match.groupdict().get("before") or "").strip().lower()


def _tense(match: _Match) -> str:
    """Tell from the words around a time whether it is past or to come; empty if they don't tell."""
    text = match.string
    around = text[max(0, match.start() - 120) : match.start()]
    around = re.split(r"[.!?;\n]\s", around)[-1]
    behind = re.split(r"[.!?;,\n]", text[match.end() : match.end() + 60])[0]
    if match[0].startswith(NEW) or (_MOVED.search(around) and not _ON.match(match[0])):
        return "future"
    if _MADE_KNOWN.search(around):
        return "past"
    # The nearest verb decides: "said on Sunday it would" is past, "would begin on Sunday" isn't.
    to_come = [m.end() for m in _TO_COME.finditer(around)]
    happened = [m.end() for m in _HAPPENED.finditer(around)]
    was_to_come = [m.end() for m in _WAS_TO_COME.finditer(around)]
    if was_to_come and max(was_to_come) >= max(to_come + happened):
        return ""
    if to_come or happened:
        return "future" if max(to_come, default=-1) >= max(happened, default=-1) else "past"
    if _TO_COME.search(behind):
        return "future"
    return "past" if _HAPPENED.search(behind) else ""


def _yearless(
    match: _Match, today: date, read: Callable[[int], Bounds | None]
) -> tuple[Bounds | None, str]:
    """Give a time without its year the year that it is in, and ask where that isn't plain."""
    # Until when it lasts a verb before it doesn't tell: it began on Monday and runs until 9 June.
    tense = "" if _before(match) in _UNTIL else _tense(match)
    around = (today.year - 1, today.year, today.year + 1)
    readings = [bounds for year in around if (bounds := read(year)) and bounds.earliest]
    if tense == "past":
        fitting = [b for b in readings if b.earliest and b.earliest <= today][-1:]
    elif tense == "future":
        fitting = [b for b in readings if b.latest and b.latest >= today][:1]
    else:
        fitting = readings

    def distance(bounds: Bounds) -> timedelta:
        assert bounds.earliest is not None
        assert bounds.latest is not None
        return max(bounds.earliest - today, today - bounds.latest, timedelta())

    fitting.sort(key=distance)
    if not fitting:
        return None, ""
    best, nearest = fitting[0], min(readings, key=distance)
    near = distance(nearest) <= _NEAR
    # The verb may be another's: against what lies near it decides nothing, and alone it does.
    sure = (best == nearest and near) or (bool(tense) and not near)
    years = sorted({b.earliest.year for b in (best, nearest) if b.earliest})
    said = " or ".join(map(str, years)) if len(years) > 1 else f"{years[0]}, or another year"
    return best, "" if sure else f"{said}?"


def read_day(match: _Match, today: date | None) -> Reading:
    """Read a day, or days of one or two months, with or without the year."""
    # The first day may have a month of its own: from 28 May to 3 June, May 28 to June 3.
    groups = match.groupdict()
    month = calendar.month_number(groups.get("own") or match["month"])
    ends = calendar.month_number(groups.get("end") or match["month"])
    number = calendar.day_number(match["day"])
    last = calendar.day_number(match["last"]) if match["last"] else number

    def read(year: int) -> Bounds | None:
        first = calendar.day(year, month, number)
        end = calendar.day(year + (ends < month), ends, last)
        return Bounds(first, end) if first and end and first <= end else None

    before = _before(match)
    bounds: Bounds | None
    if match["year"]:
        bounds, ask, basis = read(int(match["year"])), "", _TEXT
        if match["last"]:
            basis = _CALENDAR
    elif today is None:
        bounds, ask, basis = None, "", ""
    else:
        (bounds, ask), basis = _yearless(match, today, read), _CALENDAR
    # From 1 to 10 May has both ends.
    return (bounds if match["last"] else _open(bounds, before)), ask, basis, "", False


def read_iso(match: _Match, today: date | None) -> Reading:
    """Read a day as programs write it."""
    found = calendar.day(*(int(match[name]) for name in ("year", "month", "day")))
    return (Bounds(found, found) if found else None), "", _TEXT, "", False


def read_weekday(match: _Match, today: date | None) -> Reading:
    """Read a day of the week: on Monday, last Monday, until Monday."""
    name, which = match["weekday"], (match["which"] or "").strip().lower()
    before = _before(match)
    weekday = "" if before in ("until", "till", "through", "by", "since", "before") else name
    if last := match["last"] or match["also"]:
        return _weekdays(match, today, name, last)
    if today is None:
        return None, "", "", weekday, False
    back = (today.weekday() - WEEKDAYS.index(name)) % 7
    past = today - timedelta(days=back or (7 if which == "last" else 0))
    to_come = today + timedelta(days=(7 - back) % 7 or (7 if which == "next" else 0))
    tense = {"last": "past", "next": "future"}.get(which) or _tense(match)
    if before in ("until", "till", "by", "from"):
        tense = tense if tense == "past" and before == "from" else "future"
    ask = ""
    if which == "last" and back not in (0, 7):
        ask = f"{past}, or the week before?"
    elif which == "next" and back:
        ask = f"{to_come}, or the week after?"
    elif not tense and back:
        ask = f"{past}, or {to_come}?"
    day = to_come if tense == "future" else past
    return _open(Bounds(day, day), before), ask, _CALENDAR, weekday, False


def _weekdays(match: _Match, today: date | None, name: str, last: str) -> Reading:
    """Read from one day of the week to the next one of another: on Monday and Tuesday."""
    if today is None:
        return None, "", "", "", False
    days = (WEEKDAYS.index(last) - WEEKDAYS.index(name)) % 7 or 7
    ends = today - timedelta(days=(today.weekday() - WEEKDAYS.index(last)) % 7)
    past = Bounds(ends - timedelta(days=days), ends)
    begins = today + timedelta(days=(WEEKDAYS.index(name) - today.weekday()) % 7)
    to_come = Bounds(begins, begins + timedelta(days=days))
    which = (match["which"] or "").strip().lower()
    tense = {"last": "past", "next": "future"}.get(which) or _tense(match)
    ask = "" if tense else "of which week?"
    return (to_come if tense == "future" else past), ask, _CALENDAR, "", False


def read_near_day(match: _Match, today: date | None) -> Reading:
    """Read today, yesterday, tomorrow, three days ago."""
    steps = {"yesterday": -1, "tomorrow": 1}
    word = match[0].lower()
    if today is None:
        return None, "", "", "", False
    if match["number"]:
        number = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}.get(match["number"].lower())
        steps[word] = -(number or int(match["number"]))
    day = today + timedelta(days=steps.get(word, 0))
    return Bounds(day, day), "", _CALENDAR, "", False


def read_week(match: _Match, today: date | None) -> Reading:
    """Read last, this or next week."""
    if today is None:
        return None, "", "", "", False
    which, part = match["which"].lower(), (match["part"] or "").lower()
    bounds = calendar.week(today + timedelta(days={"last": -7, "next": 7}.get(which, 0)))
    return _this(match, bounds, which, part, today)


def _this(match: _Match, bounds: Bounds, which: str, part: str, today: date) -> Reading:
    """Cut this week, month or year where what happened, or is to come, can't lie."""
    if which == "this" and "earlier" in part:
        bounds = Bounds(bounds.earliest, today - timedelta(days=1))
    elif which == "this" and "later" in part:
        bounds = Bounds(today + timedelta(days=1), bounds.latest)
    elif which == "this" and _tense(match) == "past":
        bounds = Bounds(bounds.earliest, today)
    first, last = bounds.earliest, bounds.latest
    if first and last and first > last:
        return None, "", "", "", False
    return bounds, "", _CALENDAR, "", False


def read_period(match: _Match, today: date | None) -> Reading:
    """Read last month, this year, late next year."""
    if today is None:
        return None, "", "", "", False
    which, part = match["which"].lower(), (match["part"] or "").strip(" -").lower()
    steps = {"last": -1, "next": 1}.get(which, 0)
    if match["unit"].lower() == "month":
        bounds = calendar.month(*calendar.shifted_month(today, steps), part)
    else:
        bounds = calendar.year(today.year + steps, part)
    if part in ("early", "mid", "late"):
        vague = match["unit"].lower() == "year"
        return _open(bounds, _before(match)), "", _CALENDAR, "", vague
    return _this(match, bounds, which, part, today)


def read_month(match: _Match, today: date | None) -> Reading:
    """Read in May, last November, early August 2018, November last year."""
    month, part = calendar.month_number(match["month"]), (match["part"] or "").lower()
    which, before = (match["which"] or "").strip().lower(), _before(match)
    beside = (match["beside"] or "").split()
    if match["year"]:
        bounds = calendar.month(int(match["year"]), month, part)
        return _open(bounds, before), "", _CALENDAR if part else _TEXT, "", False
    if today is None:
        return None, "", "", "", False
    ask = ""
    if beside:
        year = today.year + {"last": -1, "next": 1}.get(beside[0].lower(), 0)
        bounds = calendar.month(year, month, part)
    elif which:
        year = (
            today.year
            + (which == "next" and month <= today.month)
            - (which == "last" and month >= today.month)
        )
        bounds = calendar.month(year, month, part)
        # Last June, said in December, may be that of the year before.
        if which in ("last", "next") and year == today.year:
            ask = (
                f"{MONTHS[month - 1]} {year}, or a year {'before' if which == 'last' else 'after'}?"
            )
    else:
        found, ask = _yearless(match, today, lambda year: calendar.month(year, month, part))
        if found is None:
            return None, ask, "", "", False
        bounds = found
    week = match.groupdict().get("week")
    if week and bounds.earliest and bounds.latest:
        first, last = bounds.earliest, bounds.latest
        seven = timedelta(days=6)
        bounds = Bounds(first, first + seven) if week == "first" else Bounds(last - seven, last)
    return _open(bounds, before), ask, _CALENDAR, "", bool(week)


def read_season(match: _Match, today: date | None) -> Reading:
    """Read a season: in spring 2032, next spring."""
    name, which = match["season"].lower(), (match["which"] or "").strip().lower()
    ask = "the winter that begins or that ends in it?" if name == "winter" else ""
    if match["year"]:
        return (
            _open(calendar.season(int(match["year"]), name), _before(match)),
            ask,
            _TEXT,
            "",
            False,
        )
    if today is None:
        return None, "", "", "", False
    readings = [calendar.season(today.year + step, name) for step in (-2, -1, 0, 1, 2)]
    past = [b for b in readings if b.latest and b.latest < today]
    to_come = [b for b in readings if b.earliest and b.earliest > today]
    if which == "next":
        bounds = to_come[0]
        first = bounds.earliest
        if first and first.year == today.year:
            ask = ask or f"{first.year}, or a year after?"
    elif which == "last":
        bounds = past[-1]
        if bounds.earliest and bounds.earliest.year == today.year:
            ask = ask or f"{today.year}, or a year before?"
    else:
        bounds = calendar.season(today.year, name)
        ask = ask or ("" if which == "this" else f"{today.year}, or another year?")
    return _open(bounds, _before(match)), ask, _CALENDAR, "", False


def read_year(match: _Match, today: date | None) -> Reading:
    """Read a year, a part of one, or a decade."""
    number, part = int(match["year"]), (match["part"] or "").strip(" -").lower()
    if match["decade"]:
        first, last = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(part, (0, 9))
        bounds = Bounds(date(number + first, 1, 1), date(number + last, 12, 31))
        return _open(bounds, _before(match)), "", _TEXT, "", bool(part)
    return _open(calendar.year(number, part), _before(match)), "", _TEXT, "", bool(part)
