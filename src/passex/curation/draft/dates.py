"""Times in an English text, resolved against the article's day no further than their words go.

Nothing here guesses: where past and future, or two years, are as likely, the mention asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from .calendar import DAY, MONTH, SEASONS, WEEKDAY, YEAR
from .date_readings import (
    NEW,
    PUT_OFF,
    read_day,
    read_iso,
    read_month,
    read_near_day,
    read_period,
    read_season,
    read_week,
    read_weekday,
    read_year,
)
from .mentions import Date, longest

_PART: Final = r"(?P<part>early|mid|late)[ -]"
_SEASON: Final = rf"(?P<season>{'|'.join(SEASONS)})"


#: So far before a time may stand what was put off to it.
_CLAUSE: Final = 100
_PUT_OFF: Final = re.compile(rf"\b(?:{PUT_OFF})\b", re.IGNORECASE)


def find(text: str, today: date | None) -> list[Date]:
    """Find the times in a text.

    Args:
        today: The day of the article; without it, what is counted from it has no bounds.

    Example:
        >>> for words in ("on Monday", "last November", "late 2018", "may exercise", "Adm. Sun"):
        ...     print([(d.earliest, d.latest) for d in find(f"It was {words}.", date(2031, 6, 5))])
        [('2031-06-02', '2031-06-02')]
        [('2030-11-01', '2030-11-30')]
        [('2018-07-01', '2018-12-31')]
        []
        []
    """
    found = []
    for pattern, read in _FORMS:
        for match in _matches(pattern, text):
            try:
                bounds, ask, basis, weekday, vague = read(match, today)
            except OverflowError:  # before the first or after the last year that there is
                continue
            first, last = (bounds.earliest, bounds.latest) if bounds else (None, None)
            start, end = match.span()
            if _THAN.search(text, 0, start):
                continue  # 40 fewer than last year
            if not ask and first == last and _WEEK_OF.search(text, 0, start):
                ask = "the week from that day, or the one that it is in?"
            if _AS_EARLY.search(text, 0, start):
                last = None
            if first and (until := _TO_YEAR.match(text, end)) and _FROM_YEAR.fullmatch(match[0]):
                last, end = date(int(until[1]), 12, 31), until.end()
                if last < first:
                    continue
            found.append(
                Date(
                    start,
                    end,
                    text[start:end],
                    ask,
                    earliest=_written(first),
                    latest=_written(last),
                    basis=basis if first or last else "",
                    weekday=weekday,
                    vague=vague,
                )
            )
    return longest(found)


#: Behind these stands a day of a week that is meant.
_WEEK_OF: Final = re.compile(r"\bweek (?:of|commencing|beginning|starting) (?:on )?\Z")
#: Behind these stands a time of something else, which is compared.
_THAN: Final = re.compile(
    r"\b(?:(?<!earlier )(?<!later )(?<!sooner )than|compared (?:with|to)|like|unlike)"
    r"(?: (?:the|that|those|it|they)(?: \w+)?)?(?: (?:of|in|on))? \Z"
)
#: Behind these stands the first day on which it may be, and nothing is said of the last.
_AS_EARLY: Final = re.compile(r"\b(?:as early as|no earlier than)(?: in| on)? \Z")
#: Years of which the second stands behind.
_FROM_YEAR: Final = re.compile(rf"[Ff]rom {YEAR}")
_TO_YEAR: Final = re.compile(rf" (?:to|until|through) ({YEAR})(?![\w-])")


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find a form of times; *to* belongs to one only where something was put off to it."""
    at = 0
    while (match := pattern.search(text, at)) is not None:
        start = match.start()
        before = re.split(r"[.!?;\n]\s", text[max(0, start - _CLAUSE) : start])[-1]
        if match[0].startswith(NEW) and not _PUT_OFF.search(before):
            match = pattern.match(text, start + len(NEW))
        if match is not None:
            yield match
        at = match.end() if match is not None else start + 1


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_OPENING: Final = (
    r"(?:(?P<before>on|to|from|until|till|through|since|by|before|between|starting|beginning) )?"
)
_WHICH: Final = r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)"
#: Between the first and the last of several days.
_TO: Final = "(?:to|until|till|through|and|-|\u2013)"
#: Behind a last day that *and* joins, no thing of that number stands: on May 3 and 4 ships came.
_JOINED: Final = r"(?= (?:in|off|at|near|on|with|around|between|by|this|last|next)\b|[.,;:]|\Z)"
_MORE: Final = r"(?P<part>(?:[Ee]arlier|[Ll]ater) )?"
_IN: Final = (
    r"(?:(?P<before>since|until|till|by|before|through|[Ff]rom)|[Ii]n|[Dd]uring|[Ff]or|[Oo]f|"
    r"to|[Bb]etween)"
)
_FORMS: Final = (
    (_of(rf"(?<![\w-])(?P<year>{YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])"), read_iso),
    # 14 July, from 1 to 10 May 2031, from 28 May to 3 June; May 5, May 5-10, 2031.
    (
        _of(
            rf"(?<![\w.,])(?i:{_OPENING})(?:the )?(?P<day>{DAY})"
            rf"(?:(?: (?P<own>{MONTH}))?(?:, {DAY})*,? ?{_TO} ?(?P<last>{DAY}))?"
            rf" (?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
        ),
        read_day,
    ),
    (
        _of(
            rf"(?<!\w)(?:(?i:{_OPENING})(?P<month>{MONTH}) (?P<day>{DAY})"
            rf"(?:(?:, {DAY})*(?:,? and (?={MONTH}|{DAY}(?:{_JOINED}|,? {YEAR}))|"
            rf" ?(?!and){_TO} ?)(?:(?P<end>{MONTH}) )?(?P<last>{DAY}))?(?:,? (?P<year>{YEAR}))?)"
        ),
        read_day,
    ),
    (_of(rf"(?<!\w)(?:(?i:{_OPENING})(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his) "
         rf")?(?P<weekday>{WEEKDAY})(?:(?:, {WEEKDAY})*,? ?{_TO} ?(?P<last>{WEEKDAY})(?!['\u2019])|"
         rf" and on (?P<also>{WEEKDAY}){_JOINED})?)"), read_weekday),
    (
        _of(r"(?<!\w)(?i:today|yesterday|tomorrow|(?P<number>two|three|four|five|six|[2-9]) "
            r"days ago)(?!\w|['\u2019]s)"),
        read_near_day,
    ),
    (_of(rf"(?<!\w){_MORE}{_WHICH} week(?!\w| of\b)"), read_week),
    (_of(rf"(?<!\w)(?:(?P<before>since|until|by) )?(?P<part>(?:[Ee]arlier|[Ll]ater|[Ee]arly|"
         rf"[Mm]id|[Ll]ate)[ -])?{_WHICH} (?P<unit>month|year)(?!\w)"), read_period),
    (
        _of(
            rf"(?<!\w)(?:(?:{_IN} )?(?:(?:{_PART})|(?:{_WHICH} ))(?P<month>{MONTH})"
            rf"(?! {DAY})(?:,? (?P<year>{YEAR})|,? (?P<beside>(?:last|this|next) year))?)"
        ),
        read_month,
    ),
    (
        _of(
            rf"(?<!\w)(?:(?:{_IN} )?the (?P<week>first|last) week of "
            rf"(?P<part>)(?P<which>)(?P<month>{MONTH})"
            rf"(?! {DAY})(?:,? (?P<year>{YEAR})|,? (?P<beside>(?:last|this|next) year))?)"
        ),
        read_month,
    ),
    (
        _of(
            rf"(?<!\w)(?:{_IN} (?P<part>)(?P<which>)(?P<month>{MONTH})"
            rf"(?! {DAY})(?:,? (?P<year>{YEAR})|,? (?P<beside>(?:last|this|next) year))?)"
        ),
        read_month,
    ),
    (_of(rf"(?<!\w)(?P<before>)(?P<part>)(?P<which>)(?P<month>{MONTH}),? "
         rf"(?:(?P<year>{YEAR})|(?P<beside>(?:last|this|next) year))"), read_month),
    (_of(rf"(?<!\w)(?:{_IN} )?(?:(?:the )?{_WHICH} |the )?(?:(?:early|late) "
         rf")?{_SEASON}(?:(?: of)? (?P<year>{YEAR}))"), read_season),
    (_of(rf"(?<!\w)(?:{_IN} )?(?P<year>)(?:{_WHICH} ){_SEASON}(?!\w)"), read_season),
    (_of(rf"(?<!\w)(?:{_IN} (?:the )?(?P<part>(?:early|mid|late)[ -])?(?P<year>(?:19|"
         rf"20)\d\d)(?P<decade>s)?)(?![\d\w]|,\d)"), read_year),
    # A 2018 fleet review.
    (_of(r"(?:(?<=\ba )|(?<=\bthe )|(?<=\bits ))(?P<before>)(?P<part>)(?P<year>(?:19|20)\d\d)"
         r"(?P<decade>s)?(?= [a-z])"), read_year),
    (_of(r"(?<!\w)(?P<before>)(?P<part>(?:early|mid|late)[ -])(?P<year>(?:19|"
         r"20)\d\d)(?P<decade>s)?(?![\d\w]|,\d)"), read_year),
)  # fmt: skip
