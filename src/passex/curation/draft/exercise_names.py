"""Names of exercises, which are those of their series."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ...graph.folding import slug
from .calendar import MONTHS, WEEKDAYS
from .counts import ORDINAL
from .mentions import Actor, Mention, Name
from .naming import CAPITAL, NAME, Iris, occurrences

#: The word for an exercise, in whatever number.
NOUN: Final = r"(?:exercises?|drills?|man(?:o|)euv(?:re|er)s|war ?games?|PASSEX(?:es)?)"
#: What a name may have behind it: the year, the number of the edition.
_NUMBERED: Final = r"(?:(?:[ -]|['\u2019])(?:20)?\d\d(?!\d)|[ -][IVX]+(?!\w))"
_EDITION: Final = f"{_NUMBERED}?"
_FORMER: Final = r"(?:planned|announced|agreed|billed)(?: (?:before|earlier|first))? as"
_NAME: Final = rf"(?P<name>{NAME}{_EDITION})"
_CALLED: Final = r"(?: (?:named|called|dubbed|codenamed|code-named|known as))?"
#: Exercise Salt Road; the drill named Salt Road.
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:[Ee]xercises?|[Dd]rills?|[Oo]peration|[Ww]ar ?games?|PASSEX),?{_CALLED} "
    rf"[\"\u201c\u2018']?{_NAME}"
)
#: The Iron Gull drill.
_BEFORE_NOUN: Final = re.compile(
    rf"(?<!\w){_NAME}[\"\u201d']? (?:(?:naval|maritime|joint) )?{NOUN}(?!\w)"
)
#: Deep Bell, an anti-submarine exercise.
_APPOSED: Final = re.compile(
    rf"(?<!\w){_NAME},? (?:which is )?(?:an?|the) (?:(?:\w+-)*\w+ ){{0,4}}{NOUN}(?!\w)"
)
#: The 13th edition of Grey Heron.
_EDITION_OF: Final = re.compile(
    rf"\b(?:edition|iteration|series|phase) of (?:the )?[\"\u201c]?{_NAME}"
)
#: Held Naseem Al Bahr off Goa.
_HELD: Final = re.compile(
    rf"\b(?:held|hold|hosted|host|conducted|postponed|cancelled) "
    rf"(?P<name>{CAPITAL}\w+(?:[ -]{CAPITAL}\w+)+{_EDITION})"
    r"(?= (?:off|in|from|on|at|last|next|this)\b|[,.])"
)
#: A drill under the name Quiet Water, planned as Clear Path; their exercise, Amber Tide, ended.
_UNDER: Final = re.compile(rf"\b(?:under the (?:code ?)?name(?: of)?|{_FORMER}) [\"\u201c]?{_NAME}")
_BEHIND_NOUN: Final = re.compile(
    rf"\b{NOUN}(?: (?:with|of) [^,;]{{1,40}})?, [\"\u201c]?{_NAME}[\"\u201d]?,"
)
_FORMS: Final = (_NAMED, _EDITION_OF, _BEFORE_NOUN, _APPOSED, _HELD, _UNDER, _BEHIND_NOUN)
#: Before or behind a name, what says that there are others of it.
_RECURS: Final = re.compile(
    rf"(?:(?:edition|iteration|series) of (?:the )?(?:(?:naval|maritime|joint|annual) )?"
    rf"(?:{NOUN} )?|\b(?:next|last|previous|annual|biennial|yearly|"
    rf"(?:this|last|next) year['\u2019]s|\d{{4}}['\u2019]s|{ORDINAL})"
    rf"(?: (?:edition of )?(?:the )?"
    rf"(?:{NOUN} )?)?)[\"\u201c]?\Z",
    re.IGNORECASE,
)
_RECURRING: Final = re.compile(
    rf"[\"\u201d]?(?:(?: (?:naval|joint))? (?:series|editions?)\b|,? (?:which )?(?:an?|the|is) "
    rf"(?:held )?(?:annual|yearly|biennial|every)|{_NUMBERED}|"
    r", which [^,;.]{0,60}\b(?:every|each|annually)\b)"
)
_LEADING: Final = re.compile(
    r"(?:The|A|An|In|At|For|Of|And|But|During|This|Last|Largest|Exercise|Operation) "
)
_WORDS: Final = """
    The A An In On Naval Navy Joint Military Multinational Annual Bilateral Maritime Live Passing
    Both They It Its Their This That These Those As At But And For If Here He She We You NATO Chief
    Director Minister Exercises PASSEX Command Three Two Four Five Last Next Year's
"""
#: With these no name of an exercise begins.
_NONE: Final = frozenset([*MONTHS, *WEEKDAYS, *_WORDS.split()])


def names(
    text: str, mentions: Iterable[Mention], iris: Iris, known: Iterable[str] = ()
) -> list[Name]:
    """Find the names of exercises in a text, each as often as it stands there.

    Args:
        mentions: What else is named there: its names are none of exercises. A series that the
            graph knows is.
        iris: Gives IRIs to series that have none.
        known: The names of exercises that the graph has.
    """
    taken: set[int] = set()
    found: dict[str, str] = {}
    for mention in mentions:
        if isinstance(mention, Actor) and mention.of == "Series":
            found[mention.text] = mention.iri
        elif not isinstance(mention, Actor) or mention.of != "Place":
            # Marn One may be named after Marn.
            taken.update(range(mention.start, mention.end))
    for pattern in _FORMS:
        for match in pattern.finditer(text):
            name, start = match["name"], match.start("name")
            while leading := _LEADING.match(name):
                name, start = name[leading.end() :], start + leading.end()
            # One word is a name only where the word for an exercise stands before it.
            if " " not in name and pattern is not _NAMED:
                continue
            label = series(name)
            short = len(label) < 3 or (label.isupper() and len(label) < 4)
            if start in taken or short or name.split(" ")[0] in _NONE or not slug(label):
                continue
            found.setdefault(name, iris.mint("series", label, slug(label)))
    for name in known:
        found.setdefault(name, iris.mint("series", name, slug(name)))
    places = [place for place in occurrences(text, found) if place[0] not in taken]
    recurring = {
        found[name]
        for start, end, name in places
        if iris.knows(found[name])
        or _RECURS.search(text[max(0, start - 40) : start])
        or _RECURRING.match(text, end)
        or name != series(name)
    }
    return [
        Name(
            start, end, name, "", found[name], series(name), iris.knows(found[name]),
            found[name] in recurring,
            re.search(rf"\b{_FORMER} [\"\u201c]?\Z", text[max(0, start - 30) : start]) is not None,
        )
        for start, end, name in places
    ]  # fmt: skip


def series(name: str) -> str:
    """Take year and number off the name of an exercise.

    Example:
        >>> series("Malabar 2031"), series("Cobra Gold-31")
        ('Malabar', 'Cobra Gold')
    """
    return re.sub(rf"{_EDITION}\Z", "", name)
