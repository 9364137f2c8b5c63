"""Numbers of things: at least two Chilean ships, a six-day exercise, the 13th edition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ...graph.terms import NRC
from .mentions import Actor, Count, Name, longest
from .vocabulary import pattern_of, plain, words_of

_WORDS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_WHOLE: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_IN_ORDER: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
#: An ordinal number, in words or digits.
ORDINAL: Final = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:{_IN_ORDER.replace(' ', '|')})\b)"
_UNITS: Final = _WORDS.split()
_TENS: Final = _WHOLE.split()
_ORDINALS: Final = _IN_ORDER.split()
_NUMBERS: Final = {word: number for number, word in enumerate(_UNITS, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_TEN: Final = f"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[:9])}))?"
NUMBER: Final = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}}(?![\d.,]*\d)|(?:(?:two|three|four|five|six) |a |"
    rf"half a )?dozen|{_TEN}"
    rf"|{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
)
#: Words before a number, and what they make of it.
_QUANTIFIERS: Final = (
    ("more than|over|in excess of|upwards of", "more-than"),
    ("at least|a minimum of|no fewer than|no less than", "at-least"),
    ("up to|as many as|no more than|a maximum of|at most", "up-to"),
    ("fewer than|less than|under", "fewer-than"),
    ("nearly|almost|close to", "nearly"),
    ("about|around|some|approximately|roughly|an estimated", "about"),
)
_QUANTIFIER: Final = "|".join(words for words, _ in _QUANTIFIERS)
_SCHEMES: Final = ("quantity", "ship-kind", "aircraft-kind")
_THINGS: Final = {
    plain(word): concepts[0]
    for scheme in reversed(_SCHEMES)
    for word, concepts in words_of(scheme).items()
}
_THING: Final = (
    rf"(?i:{pattern_of(word for s in _SCHEMES for word in words_of(s) if len(word) > 2)})"
)
#: What stands between no number and what it counts.
_NO_PART: Final = (
    r"(?:and|or|of|to|in|on|at|as|by|for|from|with|after|before|the|an?|is|are|was|were|be|"
    r"been|has|have|had|will|hurt|said|its|"
    r"their|his|her|who|which|that|men|people|(?!armed|manned|unmanned|crewed|uncrewed|"
    r"guided|powered)\w+ed)\b"
)
#: Behind what was said before stands no number of it: the two ministers.
_COUNT: Final = re.compile(
    rf"(?<![\w,.$\u20ac\u00a3-])(?:(?P<quantifier>(?i:{_QUANTIFIER})) )?(?P<number>(?i:{NUMBER}))"
    rf"(?P<more> or more)?(?P<words>(?:[ -](?!{_NO_PART})\w[\w\u2019'-]*){{0,4}}?)[ "
    rf"-](?P<thing>{_THING})(?![\w])"
)
_FROM: Final = re.compile(r" (?:from|of) (?:the )?(?!.{1,40}?(?:, | and )[A-Z])")
_ANAPHORA: Final = re.compile(
    r"\b(?:[Tt]he|[Bb]oth|[Tt]hese|[Tt]hose|[Aa]ll|[Tt]heir|[Ii]ts|[Oo]f the) \Z"
)
_PEOPLE: Final = re.compile(
    rf"(?<![\w,.-])(?:(?P<quantifier>(?i:{_QUANTIFIER})) )?(?P<number>(?i:{NUMBER}))(?: "
    rf"\w+){{0,3}}?"
    r" (?:was|were|are|is|have been)(?: \w+)? (?P<what>killed|dead|injured|hurt|wounded|"
    r"missing|rescued|detained)"
)
_EDITION: Final = re.compile(
    rf"(?<!\w)(?P<ordinal>\d{{1,3}}(?:st|nd|rd|th)|(?i:{'|'.join(_ORDINALS)}))(?= "
    rf"(?:(?:edition|iteration|such|round)\b|since\b|time\b))"
    rf"(?: (?:edition|iteration|round))?"
)
_BEFORE_NAME: Final = re.compile(
    rf"(?<!\w)(?P<ordinal>\d{{1,3}}(?:st|nd|rd|th)|(?i:{'|'.join(_ORDINALS)})) \Z"
)
#: Between 10 and 12 ships; two or three ships; a six- to eight-day exercise; 10-12 ships.
_TO: Final = re.compile(
    rf"(?<![\w,.])(?:(?i:between) (?i:{NUMBER})(?: \w+)? and|"
    rf"(?i:{NUMBER})-?(?: (?:to|or)|[-\u2013])) ?\Z"
)
_TO_BEHIND: Final = re.compile(r"[-\u2013]\d")
_EACH: Final = re.compile(r" (?:each|apiece|per (?:side|country|nation|navy))\b")
_FATES: Final = {
    "killed": "dead-people", "dead": "dead-people", "injured": "injured-people",
    "hurt": "injured-people", "wounded": "injured-people", "missing": "missing-people",
    "rescued": "rescued-people", "detained": "detained-people",
}  # fmt: skip


def find(text: str, actors: Sequence[Actor], drills: Sequence[Name] = ()) -> list[Count]:
    """Find the numbers of things in an English text.

    Args:
        actors: The actors in it, in its order: two Chilean ships are Chile's.
        drills: The names of exercises in it: the third Salt Road is an edition.

    Example:
        >>> for count in find("More than two dozen ships, 2,800 sailors; a six-day drill.", []):
        ...     print(count.value, count.concept.rpartition("/")[2])
        24 ships
        2800 sailors
        6 days
    """
    starts = [actor.start for actor in actors]
    found = []
    for match in _COUNT.finditer(text):
        if _ANAPHORA.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        at = bisect_left(starts, match.start())
        inside = [
            a
            for a in actors[at : at + 4]
            if a.start < match.start("thing") and a.of in ("State", "Navy", "Service")
        ]
        if behind := _FROM.match(text, match.end()):
            # At least two patrol aircraft from Borland, and of nobody else.
            at = bisect_left(starts, behind.end())
            inside = inside or [a for a in actors[at : at + 1] if a.start == behind.end()]
        between = text[match.end("number") : match.start("thing")]
        concept = _THINGS[plain(match["thing"])]
        words = between.strip(" -\u2019'")
        if plain(match[0]) == "one day" or (
            len(match["number"]) == 4 and 1900 <= value(match["number"]) < 2100
        ):
            continue
        supplied = inside[0].iri if len(inside) == 1 and not inside[0].ask else ""
        said = "" if not words or supplied else f"{words} {match['thing']}"
        quantifier = NRC["at-least"] if match["more"] else _quantifier(match["quantifier"])
        found.append(
            Count(
                *match.span(),
                match[0],
                _ask(text, match),
                value(match["number"]),
                quantifier,
                concept,
                supplied,
                said,
            )
        )
    for match in _PEOPLE.finditer(text):
        concept = NRC[_FATES[match["what"]]]
        found.append(
            Count(
                *match.span(),
                match[0],
                "",
                value(match["number"]),
                _quantifier(match["quantifier"]),
                concept,
            )
        )
    for match in _EDITION.finditer(text):
        if match["ordinal"].lower() != "first" or match[0].endswith("edition"):
            found.append(
                Count(*match.span(), match[0], "", ordinal(match["ordinal"]), "", NRC.edition)
            )
    for drill in drills:
        if edition := _BEFORE_NAME.search(text[max(0, drill.start - 20) : drill.start]):
            start = drill.start - len(edition[0])
            number = ordinal(edition["ordinal"])
            found.append(
                Count(start, drill.end, text[start : drill.end], "", number, "", NRC.edition)
            )
    return longest(found)


def _ask(text: str, match: re.Match[str]) -> str:
    """Ask about a number that isn't the one of what it counts: of two, or of each of several."""
    before = text[max(0, match.start("number") - 30) : match.start("number")]
    if _TO.search(before) or _TO_BEHIND.match(text, match.end("number")):
        return "one of two numbers: nrc:at-least the smaller, nrc:up-to the larger?"
    return "of each of how many?" if _EACH.match(text, match.end()) else ""


def _quantifier(words: str | None) -> str:
    if words is None:
        return ""
    return next(NRC[name] for pattern, name in _QUANTIFIERS if re.fullmatch(pattern, words.lower()))


def value(words: str) -> int:
    """Read a number, in digits or in words.

    Example:
        >>> value("2,800"), value("two dozen"), value("twenty-one"), value("half a dozen")
        (2800, 24, 21, 6)
    """
    words = words.lower()
    if words[0].isdecimal():
        return int(words.replace(",", ""))
    if words.endswith("dozen"):
        first = words.removesuffix("dozen").strip()
        return 6 if first == "half a" else 12 * _NUMBERS.get(first, 1)
    return sum(_NUMBERS[part] for part in words.split("-"))


def ordinal(words: str) -> int:
    """Read an ordinal number.

    Example:
        >>> ordinal("13th"), ordinal("Sixth")
        (13, 6)
    """
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else _ORDINALS.index(words.lower()) + 1
