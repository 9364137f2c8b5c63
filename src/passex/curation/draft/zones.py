"""Zones of an article's text, by their form: headline, summary, body, credit, comments.

A form is taken for a zone only where it leaves no doubt; what is doubtful is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...text.words import sentences

#: The end of a sentence, with what may close it.
_SENTENCE: Final = re.compile(r"[.!?\u3002\u2026][\"'\u2019\u201d)\]]*$")
#: A place, and a dash behind it; a place and a day; or one of capital letters, and a colon.
_DATELINE: Final = re.compile(
    r"[A-Z\u00c0-\u017f][\w .,'\u2019/-]{1,60}?(?:\([A-Za-z0-9/., ]{2,30}\) ?)?(?: "
    r"?[-\u2013\u2014]{1,2} )(?=[A-Z\u00c0-\u017f\"\u201c])"
    r"|[A-Z\u00c0-\u017f][\w .'\u2019-]{1,40}, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} "
    r"[A-Z][a-z]+)(?:,? \d{4})?(?:[.:]?$|: )"
    r"|(?:[A-Z][a-z]+day,? )?(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2}),? (?:19|20)\d\d$"
    r"|(?!(?:MEDIA|PRESS|NEWS) )"
    r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'\u2019-]{2,40}(?:,[^.:]{1,30})?: "
    r"(?=[A-Z\u00c0-\u017f\"\u201c])"
)
_COMMENTS: Final = re.compile(
    r"(?:reader |readers['\u2019] |\d+ |user )?comments?(?: \(\d+\))?:?|leave a (?:comment|"
    r"reply)|join the (?:discussion|conversation)",
    re.I,
)
_FORM: Final = re.compile(
    r"(?:please enter your (?:comment|name)|leave a (?:comment|reply)|post a comment|write "
    r"a comment)\b",
    re.I,
)
_THREAD: Final = re.compile(r"[ \t]+(?:\d+\.|[\u2022*-])[ \t]")
_CREDIT: Final = re.compile(
    r"(?:-{1,2}|\u2013|\u2014)? ?[A-Z][A-Za-z]{1,12}$|with (?:reporting|additional "
    r"reporting|inputs?) (?:by|from) .{1,60}|(?:\(|\[)?(?:reporting|editing|writing|source|photo)"
    r"(?: by|:) .{1,80}|by [A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}(?:,.{1,60})?|\u00a9 .{1,80}|"
    r"copyright .{1,80}", re.I,
)  # fmt: skip
_AGENCY: Final = re.compile(r"(?:-{1,2}|\u2013|\u2014) ?[A-Z]")
_KEY_POINTS: Final = re.compile(r"key (?:points|takeaways|facts)\b", re.I)
_BULLET: Final = re.compile(r"[ \t]*[\u2022\u25cf*-] ")
_CHROME: Final = re.compile(
    r"for immediate release|press release|share this(?: article)?:?|\d+ min(?:ute)?s? read|"
    r"read (?:also|more):?.{0,120}|advertisement|subscribe.{0,60}",
    re.I,
)
_QUOTE: Final = re.compile(r"[\"\u201c].*[\"\u201d]?$", re.S)
_MOST: Final = 200
#: Longer than this no sentence is.
_LONGEST: Final = 1200


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a text.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        kind: The local name of its kind, such as ``body``.
    """

    start: int
    end: int
    kind: str


def zones(text: str) -> tuple[tuple[Zone, ...], tuple[str, ...]]:
    r"""Divide the text of an article into zones, exactly one of them the body.

    Returns:
        The zones in the text's order, and questions about what isn't sure.

    Example:
        >>> text = "Navies drill\n\nLISBON, 5 June 2031 - Two navies met.\n- ANI\n"
        >>> found, questions = zones(text)
        >>> [(zone.kind, zone.start, zone.end) for zone in found], questions
        ([('headline', 0, 12), ('body', 14, 51), ('credit', 52, 57)], ())
    """
    lines = [
        (m.start(), m.start() + len(m[0].rstrip()))
        for m in re.finditer(r"[^\n]+", text)
        if m[0].strip()
    ]
    found: list[Zone] = []
    questions: list[str] = []
    last = _comments(text, lines, found, questions)
    first = _head(text, lines[:last], found)
    while last > first + 1 and _CHROME.fullmatch(_line(text, lines[last - 1])):
        last -= 1
    while last > first + 1 and _is_credit(_line(text, lines[last - 1])):
        last -= 1
        found.append(Zone(*_trimmed(text, lines[last]), "credit"))
    found.append(Zone(_trimmed(text, lines[first])[0], lines[last - 1][1], "body"))
    return tuple(sorted(found, key=lambda zone: zone.start)), tuple(questions)


def dateline_end(text: str, body: Zone) -> int:
    """Find where the first sentence begins behind the dateline, if the body has one."""
    first = text[body.start : min(body.end, body.start + 140)].split("\n")[0]
    match = _DATELINE.match(first[:120])
    if match is None:
        return body.start
    end = body.start + match.end()
    # A line with the day alone has the place in the next one.
    rest = text[end : min(body.end, end + 140)].lstrip("\n")
    again = _DATELINE.match(rest[:120]) if text[end : end + 1] == "\n" else None
    return text.index(rest, end) + again.end() if again else end


def body_sentences(text: str, body: Zone) -> list[tuple[int, int]]:
    """Find the sentences of a body, without its dateline and what has no letters.

    Returns:
        The first code point of each, and the one after its last word.

    Example:
        >>> text = "LISBON, 5 June 2031 - Two navies met. They trained."
        >>> body_sentences(text, Zone(0, 51, "body"))
        [(22, 36), (38, 50)]
    """
    first = dateline_end(text, body)
    found = (
        (start + body.start, end + body.start)
        for start, end in sentences(text[body.start : body.end])
    )
    return [
        place
        for start, end in found
        if end > first and any(map(str.isalpha, text[start:end]))
        for place in _parts(text, max(start, first), end)
    ]


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, such as a text without stops, behind words."""
    while end - start > _LONGEST:
        stop = max(text.rfind(" ", start, start + _LONGEST), start + _LONGEST // 2)
        yield start, stop
        start = stop + len(text[stop : stop + 1]) - len(text[stop : stop + 1].lstrip())
    yield start, end


def _line(text: str, place: tuple[int, int]) -> str:
    return text[place[0] : place[1]].strip()


def _trimmed(text: str, place: tuple[int, int]) -> tuple[int, int]:
    start, end = place
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _is_credit(line: str) -> bool:
    if len(line) > 120 or not _CREDIT.fullmatch(line.rstrip(".")):
        return False
    # One word alone at the end may be anything; behind a dash it is an agency.
    return bool(_AGENCY.match(line)) or " " in line


def _comments(
    text: str, lines: Sequence[tuple[int, int]], found: list[Zone], questions: list[str]
) -> int:
    """Find where the comments begin: under their heading, or above the form to write one."""
    heading = next(
        (n for n, place in enumerate(lines) if n and _COMMENTS.fullmatch(_line(text, place))), None
    )
    form = next((n for n, place in enumerate(lines) if n and _FORM.match(_line(text, place))), None)
    thread = next(
        (
            n
            for n, (start, end) in enumerate(lines)
            if n and _THREAD.match(text[start:end]) and "\n\n\n" in text[lines[n - 1][1] : start]
        ),
        None,
    )
    begin = heading
    if begin is None and form is not None:
        begin = thread if thread is not None and thread < form else form
        if begin == form:
            questions.append("Are there comments of readers before the form to write one?")
    if begin is None:
        if thread is not None:
            at = _trimmed(text, lines[thread])[0]
            questions.append(
                f"Are these comments of readers, from character {at} on? They are no evidence."
            )
        return len(lines)
    found.append(Zone(_trimmed(text, lines[begin])[0], lines[-1][1], "comments"))
    return max(begin, 1)


def _head(text: str, lines: Sequence[tuple[int, int]], found: list[Zone]) -> int:
    """Find the headline and what stands between it and the body; give the body's first line."""
    if len(lines) < 2:
        return 0
    if _CHROME.fullmatch(_line(text, lines[0])):
        return 1 + _head(text, lines[1:], found)
    dateline = next(
        (
            n
            for n, place in enumerate(lines[:30])
            if n and _DATELINE.match(_line(text, place)[:120])
        ),
        None,
    )
    line = _line(text, lines[0])
    if _DATELINE.match(line[:120]) or _SENTENCE.search(line) or len(line) > _MOST:
        return 0
    found.append(Zone(*_trimmed(text, lines[0]), "headline"))
    if dateline is None:
        first = 1
        while (
            first < len(lines) - 1
            and _CREDIT.fullmatch(_line(text, lines[first]))
            and " " in _line(text, lines[first])
        ):
            found.append(Zone(*_trimmed(text, lines[first]), "credit"))
            first += 1
        return first
    number = 1
    while number < dateline:
        start, end = _trimmed(text, lines[number])
        line = text[start:end]
        if _KEY_POINTS.match(line):
            while number + 1 < dateline and _BULLET.match(text, lines[number + 1][0]):
                number += 1
            found.append(Zone(start, lines[number][1], "key-points"))
        elif _QUOTE.match(line):
            found.append(Zone(start, end, "pull-quote"))
        elif _CREDIT.fullmatch(line.rstrip(".")) and " " in line:
            found.append(Zone(start, end, "credit"))
        elif not _CHROME.fullmatch(line):
            kind = "summary" if _SENTENCE.search(line) else "headline"
            found.append(Zone(start, end, kind))
        number += 1
    return dateline
