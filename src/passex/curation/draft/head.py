"""The head of an article's file: what it is, from when, and how its text is divided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ...evidence.texts import digest
from ...graph.terms import PREFIXES
from ..quotes import quote_line
from . import calendar
from .calendar import DAY, MONTH, YEAR
from .statements import day, literal, statement
from .zones import Zone, dateline_end

_PREFIXES: Final = (
    "nr",
    "nrc",
    "id",
    "rdfs",
    "xsd",
    "skos",
    "dcterms",
    "prov",
    "oa",
    "org",
    "schema",
)
_DATE: Final = re.compile(
    rf"(?<!\w)(?P<day>{DAY}) (?P<month>{MONTH}),? (?P<year>{YEAR})"
    rf"|(?<!\w)(?P<year0>{YEAR})-(?P<month0>\d\d)-(?P<day0>\d\d)(?!\d)"
    rf"|(?<!\w)(?P<month1>{MONTH}) (?P<day1>{DAY})(?:,? (?P<year1>{YEAR}))?"
    rf"|(?<!\w)(?P<day2>{DAY}) (?P<month2>{MONTH})"
)
#: Behind the place of a dateline, who reports: (Reuters).
_BRACKETED: Final = re.compile(r"\((?P<who>[A-Z][A-Za-z/ ]{1,28})\)")
_WEEKDAY: Final = re.compile(calendar.WEEKDAY)
#: So far into the body reaches a dateline at most.
_DATELINE: Final = 90
#: Words that every English text has, and no other language in this number.
_COMMONEST: Final = "the of and to in is was for with on that by are from at will were said"
_ENGLISH: Final = frozenset(_COMMONEST.split())
_ENGLISH_ALONE: Final = frozenset(("the", "and", "with", "that", "from", "were", "will", "said"))
_SHARE: Final = 0.14
_FEW: Final = 30


@dataclass(frozen=True, slots=True)
class Dateline:
    """The day of an article, and how it is known.

    Attributes:
        day: The day; None where it isn't known.
        start: Where the words for it begin in the text; -1 where none are printed.
        end: Where they end.
        source: How it is known beside the text; empty where the text alone gives it.
        ask: What isn't sure about it.
    """

    day: date | None
    start: int = -1
    end: int = -1
    source: str = ""
    ask: str = ""


def dateline(text: str, body: Zone, year: int, given: date | None) -> Dateline:
    """Read the day of an article from its dateline.

    Args:
        year: The year of the file's name, for a day that is printed without one.
        given: The day, where the curator knows it: what is printed must not say another.
    """
    match = _DATE.search(text, body.start, min(body.end, body.start + _DATELINE))
    if match is not None and not _ends_dateline(text, match.end(), body):
        match = None
    if match is None:
        return Dateline(given, source="TO DO: where the day is known from" if given else "")
    parts = match.groupdict()
    number = next(v for k, v in parts.items() if k.startswith("day") and v)
    month = next(v for k, v in parts.items() if k.startswith("month") and v)
    printed = next((v for k, v in parts.items() if k.startswith("year") and v), "")
    month_number = int(month) if month.isdecimal() else calendar.month_number(month)
    found = calendar.day(
        int(printed) if printed else given.year if given else year,
        month_number,
        calendar.day_number(number),
    )
    if found is None:
        return Dateline(given, source="TO DO: where the day is known from" if given else "")
    weekday = _WEEKDAY.search(text, body.start, match.start())
    ask = ""
    if weekday and calendar.WEEKDAYS[found.weekday()] != weekday[0]:
        ask = f"{found} is no {weekday[0]}: is it another year?"
    if given and given != found:
        ask = f"the text says {match[0]}, and you {given}"
    source = (
        ""
        if printed
        else f"The year is that of the file's name, {found.year}. TO DO: how it is known"
    )
    return Dateline(found, *match.span(), source, ask)


def credited(text: str, found: Sequence[Zone], body: Zone) -> str:
    """Find the words that say whose a text is: a line of credit, or brackets in the dateline.

    Example:
        >>> text = "LISBON, 5 June 2031 (NorthStar) - Two navies met."
        >>> credited(text, (), Zone(0, len(text), "body"))
        'NorthStar'
    """
    for zone in found:
        if zone.kind == "credit":
            return " ".join(text[zone.start : zone.end].split())
    match = _BRACKETED.search(text, body.start, dateline_end(text, body))
    return match["who"] if match else ""


def _ends_dateline(text: str, end: int, body: Zone) -> bool:
    """Tell whether behind a day comes what ends a dateline: a dash, a colon, a line's end."""
    return bool(
        re.match(
            r"(?: ?\([^()\n]{2,40}\))?[.:,]? ?(?:[-\u2013\u2014:]|/|\n|\))|\Z",
            text[end : min(end + 50, body.end)],
        )
    )


def language(text: str) -> str:
    """Tell whether a text is English, by its commonest words; ``und`` for whatever else it is.

    Example:
        >>> language("The navies of the two states met in the bay."), language("Die Marine")
        ('en', 'und')
    """
    found = re.findall(r"[^\W\d_]+", text[:20000].lower())
    if sum(word in _ENGLISH for word in found) >= _SHARE * max(len(found), 1):
        return "en"
    # A few words are English if one is that no other language has.
    return "en" if len(found) < _FEW and not _ENGLISH_ALONE.isdisjoint(found) else "und"


def head(
    text: str,
    slug: str,
    spoken: str,
    found: Sequence[Zone],
    dated: Dateline,
    today: date,
    contributor: str,
    credited: str,
) -> list[str]:
    """Write the head of an article's file.

    Args:
        slug: The file's name: a year, a hyphen and words.
        spoken: The language's code.
        found: The zones.
        dated: The article's day.
        today: The day on which the file is drafted: later than that, the article isn't.
        contributor: The IRI of the agency that the text is credited to, if the graph knows it.
        credited: The words by which it is credited to anybody.
    """
    year, _, words = slug.partition("-")
    lines = [f"@base <https://w3id.org/passex/id/article-{slug}> ."]
    lines += [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _PREFIXES]
    lines.append("")
    quote = f"<#char={dated.start},{dated.end}>"
    if dated.start >= 0:
        lines.append(quote_line(text, dated.start, dated.end))
    parts: list[tuple[str, list[str]]] = [
        ("a", ["schema:NewsArticle"]),
        ("rdfs:label", [literal(f"Article on {words.replace('-', ' ')}, {year}", "en")]),
        ("dcterms:language", [literal(spoken)]),
    ]
    title = next((zone for zone in found if zone.kind == "headline"), None)
    left_open = [] if contributor else ["dcterms:publisher"]
    if not contributor and not credited:
        left_open.append("dcterms:contributor")
    if title:
        parts.append(("dcterms:title", [literal(" ".join(text[title.start : title.end].split()))]))
    else:
        left_open.insert(0, "dcterms:title")
    parts += [("nr:sha256", [literal(digest(text))]), ("nr:textLength", [str(len(text))])]
    last = dated.day or today
    if dated.day:
        parts.append(("nr:earliest", [day(last.isoformat())]))
    parts.append(("nr:latest", [day(last.isoformat())]))
    if dated.start >= 0:
        parts.append(("nr:dateWords", [literal(text[dated.start : dated.end])]))
    from_text = dated.start >= 0 and not dated.source
    parts.append(
        ("nr:dateBasis", ["nrc:date-from-text" if from_text else "nrc:date-from-background"])
    )
    if contributor:
        parts.append(("dcterms:contributor", [contributor]))
        left_open.append("dcterms:publisher")
    if left_open:
        parts.append(("nr:leavesOpen", left_open))
    parts.append(("nr:hasZone", [f"<#char={zone.start},{zone.end}>" for zone in found]))
    lines += statement("<>", parts)
    for number, zone in enumerate(found):
        kinds = [z.kind for z in found[:number]]
        lines += statement(
            f"<#char={zone.start},{zone.end}>", _zone(zone, kinds.count(zone.kind), words, year)
        )
    claim: list[tuple[str, list[str]]] = [
        ("nr:about", ["<>"]),
        ("nr:onProperty", ["nr:earliest", "nr:latest"] if dated.day else ["nr:latest"]),
        ("nr:hasValue", [day(last.isoformat())]),
    ]
    if dated.start >= 0:
        claim.append(("nr:hasEvidence", [quote]))
    source = dated.source or (
        "" if from_text else "The text was at hand on that day. TO DO: when it was published"
    )
    if source:
        claim.append(("dcterms:source", [literal(source)]))
    return lines + statement("<#c0>", claim)


def _zone(zone: Zone, before: int, words: str, year: str) -> list[tuple[str, list[str]]]:
    """Say what a zone is; the second of a kind needs a label of its own."""
    parts = [("nr:hasKind", [f"nrc:{zone.kind}"])]
    if before:
        label = f"Article on {words.replace('-', ' ')}, {year}: {zone.kind} {before + 1}"
        parts.append(("rdfs:label", [literal(label, "en")]))
    return parts
