"""Roles: who in a sentence takes part, hosts, watches, is invited, stays away, or speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from . import clauses
from .exercise_names import NOUN
from .mentions import Actor, Mention, Person, Ship

_ADJECTIVE: Final = re.compile(
    r" (?:\w+ )?(?:drills?|exercises?|members?|nations|countries|all(?:y|ies)|states|partners?)\b"
)
#: Peru planned to come but withdrew: that is of Peru.
_CLAUSE: Final = re.compile(r"[;,]| while | but (?!(?:\w+ ){0,2}(?:withdr|pulled out))| which ")
#: Words of a clause, and the role of the actors before or after them.
_ROLES: Final = (
    ("hasObserver", re.compile(r"\bobserv(?:er|ers|ing|e|es|ed)\b|\bwatch(?:es|ing|ed)?\b")),
    ("hasWithdrawn", re.compile(r"\bwithdr(?:ew|awn|aw)\b|\bpulled out\b")),
    ("hasInvited", re.compile(r"\b(?:has|have|had|was|were|been) invited\b|\binvited\b")),
    (
        "hasSupporter",
        re.compile(
            r"\bsuppl(?:y|ies|ied|ying)\b|\b(?:refuel(?:s|led|ed|ling|ing)?|replenish(?:es|ed|ing)?|"
            r"support(?:s|ed|ing))\b|\b(?:provid(?:es?|ed|ing)|lend(?:s|ing)?|lent|giv(?:es?|ing)|"
            r"gave) (?:\w+ ){0,3}?(?:support|assistance|logistics|fuel|security|services|help)\b"
        ),
    ),
    ("hasHost", re.compile(r"\bhost(?:s|ed|ing)?\b(?: by\b)?|\borgani[sz]ed by\b")),
)
_SPEAKS: Final = re.compile(
    r",? (?:has |have |had |also )?(?:said|says|told|added|stated|confirmed|reported|quoted|"
    r"announced(?= (?:that|on|in|last)\b|[,.]|\Z)|called(?! off| at| on))\b"
)
_ACCORDING: Final = re.compile(
    r"\baccording to (?:the )?\Z|(?:[,\"\u201d]\s?(?:said|says|added)|\b(?:reported|cited|"
    r"quoted) by) (?:the )?\Z",
    re.IGNORECASE,
)
_ABOARD: Final = re.compile(r"\b(?:aboard|board) (?:the )?\Z")
#: Behind an adjective, what makes the state a party: Chilean ships, Chinese warships.
_OF: Final = re.compile(r" (?:of|from|with) (?:the )?")
_UNITS: Final = re.compile(
    r"(?:(?: and|,)(?: \w+){1,2})? (?:\w+ ){0,2}?(?:ships|warships|units|navies|vessels|"
    r"naval|forces|sailors|submarines|frigates|"
    r"destroyers|aircraft|marines|troops|ministers|ones)\b"
)
#: Chile's exercise with Peru is Chile's as well.
_WITH: Final = re.compile(rf" (?:[\w-]+ ){{0,4}}?{NOUN} (?:[\w-]+ ){{0,3}}?(?:with|alongside)\b")
_PARTIES: Final = ("State", "Navy", "Service", "Formation", "Territory", "Organisation")


@dataclass(slots=True)
class Cast:
    """The actors of a sentence by role.

    Attributes:
        parties: Who takes part, as far as the form tells.
        roles: Who has another role, by the property.
        speakers: Who says it.
        asked: Whose part is a question.
    """

    parties: list[Mention] = field(default_factory=list)
    roles: dict[str, list[Mention]] = field(default_factory=dict)
    speakers: list[Mention] = field(default_factory=list)
    asked: list[Actor | Ship] = field(default_factory=list)


#: An officer from Latvia speaks, and not Latvia; a body may be called by another's name.
_SOMEBODY: Final = re.compile(
    r"\b(?:officer|official|diplomat|spokes(?:man|woman|person)|source|analyst|expert|envoy|"
    r"sailor|observer|journalist)s? (?:from|of|in) (?:the )?\Z"
)
_IN_A_NAME: Final = re.compile(r"\b(?!The )[A-Z]\w+ \Z")


def cast(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Cast:
    """Sort the actors of a sentence into roles.

    Args:
        start: Where the sentence begins, and where it ends.
        mentions: What it mentions.
    """
    found = Cast()
    spans = [
        (m.first, m.last) for m in mentions if isinstance(m, Ship | Person) and m.first < m.last
    ]
    ends = [m.end for m in mentions if isinstance(m, Person)]
    for mention in mentions:
        if isinstance(mention, Person):
            if _speaks(text, mention, end):
                found.speakers.append(mention)
            continue
        if not isinstance(mention, Actor | Ship):
            continue
        if isinstance(mention, Actor) and any(
            first <= mention.start < last for first, last in spans
        ):
            continue  # whose the ship is, or in what body the post
        before = text[max(start, mention.start - 30) : mention.start]
        if isinstance(mention, Actor) and _SOMEBODY.search(before):
            continue  # an officer from Latvia
        if isinstance(mention, Actor) and _speaks(text, mention, end):
            found.speakers.append(mention)
        elif isinstance(mention, Actor) and (mention.ask or mention.of not in _PARTIES):
            forces = "armed forces" in mention.label or mention.concept.endswith("armed-forces")
            if mention.of in _PARTIES or forces:
                found.asked.append(mention)
        elif (
            isinstance(mention, Actor)
            and mention.by == "demonym"
            and not _UNITS.match(text, mention.end)
        ):
            continue
        elif (
            isinstance(mention, Actor)
            and re.match("['\u2019]s? ", text[mention.end : mention.end + 3])
            and not _UNITS.match(text, mention.end + 2)
            and not _WITH.match(text, mention.end + 2)
        ):
            continue  # Japan's remarks are no Japan
        elif any(_OF.fullmatch(text[end : mention.start]) for end in ends if end <= mention.start):
            continue  # Admiral Sun of Taiwan's navy
        elif _ABOARD.search(text[max(0, _first(mention) - 16) : _first(mention)]):
            continue  # where somebody met, or who watched was
        elif (
            isinstance(mention, Actor)
            and mention.of == "Organisation"
            and (_ADJECTIVE.match(text, mention.end) or _is_in_a_name(before, text, mention.end))
        ):
            continue  # the NATO drill; Standing NATO Mine Countermeasures Group One
        else:
            role = _role(text, start, end, mention)
            if role is None:
                found.asked.append(mention)
                continue
            (found.roles.setdefault(role, []) if role else found.parties).append(mention)
    return found


def _is_in_a_name(before: str, text: str, end: int) -> bool:
    """Tell whether a name stands within a longer one: with a capital letter on both sides."""
    return bool(_IN_A_NAME.search(before) and re.match(r" [A-Z]\w", text[end : end + 3]))


def _first(mention: Actor | Ship) -> int:
    """Give the place where the words for somebody begin: the German frigate Emden."""
    return mention.first if isinstance(mention, Ship) and mention.last else mention.start


def _speaks(text: str, mention: Mention, end: int) -> bool:
    """Tell whether somebody is the one who says it."""
    stop = mention.last if isinstance(mention, Person) and mention.last else mention.end
    if _SPEAKS.match(text, stop, end):
        return True
    first = mention.first if isinstance(mention, Person) and mention.last else mention.start
    return bool(_ACCORDING.search(text[max(0, first - 25) : first]))


def _role(text: str, start: int, end: int, mention: Mention) -> str | None:
    """Read the role of an actor from its clause; empty where it has none but taking part.

    Returns:
        None for who is supplied or supported, or from whose exercise somebody withdrew: whether
        that one takes part isn't said.
    """
    # What is said of somebody in between parts no clause: Denmark, which had a ship, withdrew.
    sentence = clauses.main(text[start:end])
    at, first, last = mention.start - start, 0, len(sentence)
    for parting in _CLAUSE.finditer(sentence):
        if parting.end() <= at:
            first = parting.end()
        elif parting.start() >= mention.end - start:
            last = parting.start()
            break
    for role, pattern in _ROLES:
        match = pattern.search(sentence, first, last)
        if match and role == "hasSupporter" and at > match.start():
            return None
        # Estonia withdrew from the exercise with Latvia: that is of Estonia alone.
        if match and role == "hasWithdrawn" and at > match.start():
            return role if sentence[match.end() :].startswith(" by ") else None
        # Norway hosts, is observing; Norway was invited, the navy invited Norway.
        if match and (at < match.start() or role != "hasHost" or "by" in match[0]):
            return role
    return ""
