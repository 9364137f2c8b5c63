"""Places with a name: waters, capes, and what stands behind in, at and off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...graph.folding import slug
from .calendar import MONTHS, WEEKDAYS
from .mentions import Actor, Place, longest
from .naming import NAME, WORD, Iris

_WATERS: Final = re.compile(
    rf"(?<!\w)(?:(?:{WORD}) ){{1,3}}(?:Sea|Ocean|Straits?|Channel|Gulf|Bay|[Pp]eninsula|"
    rf"Islands?|Basin|Sound|Bank)(?!\w)"
    rf"|(?<!\w)(?:Sea|Gulf|Straits?|Bay|Cape|Port|Isle|Bight|Firth)(?: of)? {WORD}(?: {WORD})?"
)
_OFF: Final = re.compile(
    rf"(?<!\w)(?<!call )(?<!calls )(?<!called )(?<!broke )(?<!broken )(?<!set )off (?:of "
    rf")?(?:the )?(?:(?:[a-z]+ )?coasts? of )?(?:the )?(?P<name>{NAME})"
)
_IN: Final = re.compile(
    rf"(?<!\w)(?:in|at|near|from|port city of|city of|port of|base at|to) (?P<name>{NAME})(?!\w)"
)
_THE: Final = re.compile(r"(?:The|In|Off|At|From|And|But) ")
_WORDS: Final = (
    "The A An Tensions Sea I It He She They This That Mr Mrs Ms English French Exercise Operation"
)
_NONE: Final = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *_WORDS.split(),
    ]
)


def find(
    text: str, actors: Sequence[Actor], taken: Sequence[tuple[int, int]], iris: Iris
) -> list[Place]:
    """Find the places of a text.

    Args:
        actors: What graph and gazetteer know of the text; places among them.
        taken: What names something else there, in the text's order.
        iris: Gives IRIs to places that have none.
    """
    found = [
        Place(a.start, a.end, a.text, a.ask, a.iri, a.label, True)
        for a in actors
        if a.of == "Place"
    ]
    other = {at for start, end in taken for at in (start, end - 1)}
    states = {actor.start: actor for actor in actors if actor.of in ("State", "Territory")}
    for match in _WATERS.finditer(text):
        start = match.start()
        while article := _THE.match(text, start):
            start = article.end()
        # Exercise Sea Shield has a name that goes on: it tells of no Exercise Sea.
        if any(first < match.end() < last for first, last in taken):
            continue
        found.append(_place(text, start, match.end(), iris))
    for match in _OFF.finditer(text):
        label = " ".join(match["name"].split())
        if label not in MONTHS:
            called = f"waters off {label}"
            iri = iris.called(called) or iris.mint("place", called, slug(f"off {label}"))
            found.append(Place(*match.span(), match[0], "", iri, f"waters off {label}"))
    for match in _IN.finditer(text):
        start, end = match.span("name")
        ask = ""
        if (actor := states.get(start)) and actor.by == "capital":
            # Washington denied it, but ships arrived in Colombo: there, the place is meant.
            end = actor.end
        elif match[0].split(" ")[0] in ("from", "to") or start in other:
            continue
        if text[start:end].split(" ")[0] in _NONE or text[start:end].isupper():
            continue
        if start not in other or start in states:
            found.append(_place(text, start, end, iris, ask))
    return longest(found)


def _place(text: str, start: int, end: int, iris: Iris, ask: str = "") -> Place:
    label = " ".join(text[start:end].split())
    return Place(start, end, text[start:end], ask, iris.mint("place", label, slug(label)), label)
