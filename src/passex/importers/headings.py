"""Headings of columns: what a column may hold by what it is called, in English."""

from __future__ import annotations

import json
import re
from typing import Final

#: So much of a column has to be of a kind, for a guess.
MOST: Final = 0.8
#: Words in headings, by what their columns are; where a heading has several, the first counts.
_CALLED: Final = {
    # Whoever is one of these took no part.
    "no-party": (
        *("invited", "invitees", "withdrew", "withdrawn", "withdrawals", "absent", "declined"),
        *("supporter", "supporters", "supporting", "cancelled", "excluded"),
    ),
    "observers": ("observer", "observers", "observing", "watcher", "watchers", "watching"),
    "part_of": ("parent", "part"),
    "series": ("series",),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "long", "lng", "longitude"),
    "source": ("source", "sources", "url", "link", "ref", "reference", "references", "citation"),
    "description": (
        *("remark", "remarks", "note", "notes", "comment", "comments", "description", "details"),
    ),
    "end": ("end", "ends", "ended", "ending", "until", "finish", "finishes", "finished", "to"),
    "start": (
        *("start", "starts", "started", "begin", "begins", "began", "beginning", "from"),
        *("date", "dates", "day", "when", "period", "held", "year", "month"),
    ),
    "host": ("host", "hosts", "organiser", "organizer"),
    "place": ("location", "place", "where", "venue", "area", "region", "waters"),
    "name": ("name", "title", "exercise"),
}
#: Words for the parts of a date.
PARTS: Final = ("year", "month", "day")
#: What columns of parties are called whose names the gazetteer may not have.
WHO: Final = re.compile(
    r"part(y|ies|icipants?)|countr|states?\b|nations?\b|members?\b|\b(?:took|taking) part\b",
    re.I,
)
#: What such a column is called that has those who took part, and not where it was.
TAKE_PART: Final = re.compile(r"part(y|ies|icip)|members|\b(?:took|taking) part\b", re.I)
_TOOK_PART: Final = re.compile(r"\b(?:took|taking) part\b", re.I)
_KEY: Final = re.compile(r"(^|[^a-z])id|id$|key|(^|[^a-z])(no|nr|number)\W*$|^#$", re.I)


def words(name: str) -> list[str]:
    """Give the words of a heading.

    Example:
        >>> words("StartDate (UTC)")
        ['start', 'date', 'utc']
    """
    return re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())


def means(name: str) -> str:
    """Tell what a column is, as `Columns` calls it, by its heading; nothing where it doesn't say.

    ``no-party`` is who is known to have taken no part.

    Example:
        >>> [means(name) for name in ("Watchers", "Ends", "Host nation", "Invited", "Nations")]
        ['observers', 'end', 'host', 'no-party', '']
    """
    own = {*words(_TOOK_PART.sub("", name))}
    return next((term for term, those in _CALLED.items() if not own.isdisjoint(those)), "")


def is_key(name: str) -> bool:
    """Tell whether a column is called as one that tells rows apart.

    Example:
        >>> is_key("ExID"), is_key("No."), is_key("Number of ships")
        (True, True, False)
    """
    return bool(_KEY.search(name))


def quoted(text: str) -> str:
    """Write a text as TOML does, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
