"""Events that are no exercises: meetings, visits, accidents, and what else happened at sea."""

from __future__ import annotations

import re
from typing import Final

from ...graph.terms import NRC
from . import doubts
from .mentions import Happening

#: Class, kind, what to call it, and the words that make one.
_FORMS: Final = (
    ("Meeting", "", "meeting", r"met(?: with)?(?! by)|held (?:\w+ ){0,2}talks|talks with|"
                               r"(?:a )?meeting (?:with|between|of)|called on"),
    ("Visit", "", "visit", r"arrived (?:in|at)|(?:had )?visit(?:ed|ing)|docked (?:in|at)|"
                           r"called at|paid an? (?:\w+ ){0,2}visit|was in(?= [A-Z])|port call"),
    ("MissileTest", "", "missile test", r"missile tests?|test-(?:fir|launch)(?:ed|es|ing)|"
                                        r"(?:tested|tests? of)(?: an?)?(?: [\w-]+){0,3} missiles?|"
                                        r"(?:fired|launched) (?:an? )?test missiles?"),
    ("Event", "missile-launch", "missile launch", r"(?:fired|launched) (?:an? )?(?:[\w-]+ ){0,2}"
                                                  r"missiles?(?= (?:into|at|over|from|on|off|"
                                                  r"towards?|in|to|last|this|that|which|and|as|during|with|for|"
                                                  r"near)\b|[,.;]|\Z)"),
    ("Event", "collision", "collision", r"collid(?:ed|es)|collision"),
    ("Event", "grounding", "grounding", r"r[au]n aground|grounding"),
    ("Event", "fire", "fire", r"caught fire|a fire"),
    ("Event", "sinking", "sinking", r"sank|sunk|sinking"),
    ("Event", "shadowing", "shadowing", r"shadow(?:ed|ing)"),
    ("Event", "interception", "interception", r"intercept(?:ed|s|ion)"),
    ("Event", "towing", "tow", r"towed"),
    ("Event", "search", "search", r"search(?:ed|ing)? for"),
    ("Event", "rescue", "rescue", r"rescued|picked up"),
    ("Event", "joint-patrol", "joint patrol", r"(?:joint|co-?ordinated) patrols?"),
    ("Event", "commissioning", "commissioning", r"commissioned"),
    ("Event", "ship-transfer", "transfer", r"hand(?:ed)? over|handed (?:[^,;.]{1,60}? )?over|"
                                           r"turn(?:ed)? over|transfer(?:red)?|donated?|ceded"),
    ("Event", "transit", "transit", r"transit(?:ed|s)|sailed through"),
    ("Agreement", "", "agreement", r"agreed to|signed"),
)  # fmt: skip
_COMPILED: Final = tuple(
    (of, kind, noun, re.compile(rf"\b(?:{words})\b")) for of, kind, noun, words in _FORMS
)
#: What was told of before isn't told of again: the meeting between them.
_THE: Final = re.compile(r"\b(?:the|their|this|that) \Z", re.IGNORECASE)
#: Before a verb, what makes a plan of it; the kind stays that of what is to be.
_TO_COME: Final = re.compile(
    r"\b(?:will|would|to|plans?|is to|are to|may|might|could|agreed)\b(?: \w+){0,3} \Z"
)


def find(text: str, start: int, end: int) -> list[Happening]:
    """Find the events of a sentence, in its order: of each class and kind one.

    Args:
        start: Where the sentence begins, and where it ends.
    """
    found = []
    hedged = bool(doubts.find(text, start, end).hedge)
    for of, kind, noun, pattern in _COMPILED:
        match = pattern.search(text, start, end)
        if match is None or _THE.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        planned = of in ("Meeting", "Visit", "Event") and _TO_COME.search(
            text[max(start, match.start() - 40) : match.start()]
        )
        concepts = (NRC[kind],) if kind else ()
        if planned and not kind:
            continue
        found.append(
            Happening(
                *match.span(),
                match[0],
                of="Plan" if planned else of,
                status=NRC.planned if planned else "",
                concepts=concepts,
                noun=noun,
                hedged=hedged,
                verb=match.span(),
            )
        )
    if any(happening.of == "MissileTest" for happening in found):
        # What was launched as a test is told of once.
        found = [other for other in found if NRC["missile-launch"] not in other.concepts]
    return sorted(found, key=lambda happening: happening.start)
