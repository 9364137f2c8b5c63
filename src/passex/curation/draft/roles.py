"""Roles: who in a sentence takes part, hosts, watches, is invited, stays away, or speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from . import clauses, exercises
from .exercise_names import NOUN
from .mentions import Actor, Mention, Name, Person, Ship

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
_WATCHES: Final = re.compile(r"(?:watch|observ(?:es?|ed|ing)\b)")
_SPEAKS: Final = re.compile(
    r"(?:, (?:in|at|after) [\w ]{1,50},|,)? "
    r"(?:(?:has|have|had|also|both|then|later|\w+ly|yesterday|today|(?:on|last) \w+) )*"
    r"(?:said|says?|told|added|stated|confirmed|reported|quoted|"
    r"(?:declared|insisted|noted|revealed|disclosed|explained|admitted|stressed|wrote)(?= that\b)|"
    r"announced(?= (?:that|on|in|last)\b|[,.]|\Z| [^,;.]{1,60}? (?:had|has|would|was|were)\b|"
    r" the (?:\w+ )?(?:end|conclusion|completion|cancellation|postponement|suspension) of\b)|"
    r"called(?! off| at| on))\b"
)
#: Between those who do something together: Peru, Chile and Brazil said.
_AND: Final = re.compile("(?: and|,? as well as|,? (?:together|along) with) (?:the )?")
#: Behind these, those who speak are not the states: the navy chiefs of Peru and Chile said.
_HEADS: Final = re.compile(
    r"\b(?:chiefs|ministers|presidents|leaders|heads|commanders|admirals|ambassadors|premiers) "
    r"(?:of|from) (?:the )?\Z"
)
_COMMA: Final = re.compile(",(?: and)? (?:the )?")
_OUTSIDE: Final = (
    r"(?:protest|condemn|complain|object|warn|shadow|slam|blast|rebuk|censur|applaud|laud|commend|"
    r"thank|mock|hail|fear|regret|resent|lament|track|monitor|film|photograph|question|"
    r"welcom|prais|criticiz|criticis|denounc|deplor|oppos|ridicul|downplay|congratulat|brand|label|"
    r"describ|accus|blam|endors|back|defend)(?:e?s|e?d|ing|med|ming)|"
    r"decr(?:y|ies|ied|ying)|spied on|spying on|took issue|takes issue|lashed out|hit out|"
    r"called(?! off| at| on)|"
    r"(?:expressed|voiced|lodged|reacted|responded|commented)|"
    r"(?:closely|warily|nervously|anxiously) watch(?:es|ed|ing)|"
    r"watch(?:es|ed|ing)(?= [^;.]{0,80}?\b"
    r"(?:closely|warily|with (?:concern|suspicion|unease|alarm)))"
)
#: Who judges an exercise, or looks at it from outside, takes no part by that.
OUTSIDE: Final = re.compile(rf"\b(?:{_OUTSIDE})\b")
#: What a drill does to those who are outside of it.
_STIRS: Final = re.compile(
    r"\b(?:anger|alarm|annoy|irk|upset|unnerv|irritat|provok|infuriat|enrag|outrag|rattl|displeas|"
    r"worr|concern)(?:e?s|e?d|ies|ied)?\b"
)
_AND_THEN: Final = re.compile(r"\band (?:\w+ly |then |later )?")
_JUDGEMENT: Final = re.compile(
    r"\b(?:protests?|condemnations?|criticism|praise|warnings?|complaints?|objections?|anger|"
    r"rebukes?|denunciations?|concerns?)\b"
)
_FROM_WHOM: Final = re.compile(r"(?: \w+ly)? (?:from|by|in) (?:the )?")
_BY_WHOM: Final = re.compile(r"(?: \w+){0,3}? by (?:the )?")
_IS: Final = re.compile(r"\b(?:was|were|is|are|be|been|being) (?:\w+ly )?\Z")
#: Where another thing begins to be told.
_APART: Final = re.compile(
    r"; |, (?:and|but|which|who|where|as) | (?:while|after|before|when|which|that|as|because) "
)
#: What an exercise is called, or that somebody trains.
_DRILL: Final = re.compile(rf"(?<![\w-])(?:{NOUN}|train(?:ed|ing)|[Ee]xercise)(?![\w-])")
#: Before those whose exercise it is.
_WHOSE: Final = re.compile(r" (?:of|by|between|involving|among) (?:the )?")
_BEHIND_OF: Final = re.compile(
    r"\b(?:of|with|between|among|by|from|involving|alongside) (?:the )?\Z"
)
_OWN: Final = re.compile(r"\b(?:its|their)\b")
_DURING: Final = re.compile(r"\bduring (?:[\w-]+ )*\Z")
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
    r"sailor|observer|journalist)s? (?:from|of|in) (?:the )?"
    r"(?:(?-i:[A-Z])[\w-]*(?: (?-i:[A-Z])[\w-]*)?(?:, and|,| and) (?:the )?){0,3}\Z",
    re.IGNORECASE,
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
    saying, heads = _together(text, start, end, mentions)
    outside = [*_outside(text, start, end, mentions)]
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
        before = text[max(start, mention.start - 60) : mention.start]
        if isinstance(mention, Actor) and _SOMEBODY.search(before):
            continue  # an officer from Latvia
        if mention in heads:
            continue
        if mention in saying:
            found.speakers.append(mention)
        elif any(first <= mention.start < last for first, last, _ in outside):
            if all(asked for first, last, asked in outside if first <= mention.start < last):
                found.asked.append(mention)
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


def _together(
    text: str, start: int, end: int, mentions: Sequence[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Find the actors who speak, alone or with others, and those whose heads do."""
    actors = [m for m in mentions if isinstance(m, Actor) and start <= m.start < end]
    found: list[Mention] = []
    heads: list[Mention] = []
    for number, actor in enumerate(actors):
        if not _speaks(text, actor, end):
            continue
        group = [actor]
        if not _SPEAKS.match(text, actor.end, end):
            # According to Peru and Chile.
            behind = actors[number + 1 : number + 2]
            group += [m for m in behind if _AND.fullmatch(text, actor.end, m.start)]
        else:
            link = _AND
            for other in reversed(actors[:number]):
                between = (other.end, group[0].start)
                # Behind a comma alone somebody else begins, unless others follow.
                listed = link is _COMMA or (link is _AND and _is_list(text, actors, number))
                fits = link.fullmatch(text, *between)
                if not fits and not (listed and _COMMA.fullmatch(text, *between)):
                    break
                group.insert(0, other)
                link = _COMMA
            before = text[max(start, group[0].start - 30) : group[0].start]
            if _HEADS.search(before):
                heads += group
            elif len(group) > 1 and _BEHIND_OF.search(before):
                group = [actor]
        found += group
    return found, heads


def _is_list(text: str, actors: Sequence[Actor], number: int) -> bool:
    """Tell whether somebody ends a list of three or more: Peru, Chile, and Brazil."""
    if number < 2:
        return False
    first, second, last = actors[number - 2 : number + 1]
    return bool(
        re.fullmatch(", (?:the )?", text[first.end : second.start])
        and re.fullmatch(", and (?:the )?", text[second.end : last.start])
    )


def _outside(
    text: str, start: int, end: int, mentions: Sequence[Mention]
) -> Iterator[tuple[int, int, bool]]:
    """Find where those stand who judge an exercise of others, and whether that is a question."""
    drills = [match.span() for match in _DRILL.finditer(text, start, end)]
    drills += [(name.start, name.end) for name in mentions if isinstance(name, Name)]
    actors = [m for m in mentions if isinstance(m, Actor)]
    for match in OUTSIDE.finditer(text, start, end):
        first, last = _clause(text, start, end, match)
        if by := _BY_WHOM.match(text, match.end(), last):
            # Peru, backed by Chile, held a drill with Brazil.
            done = exercises.DOES.search(text, by.end(), last)
            yield by.end(), done.start() if done else last, False
        elif not _IS.search(text, start, match.start()):
            before = [drill for drill in drills if first <= drill[0] < match.start()]
            behind = [drill for drill in drills if match.end() <= drill[0] < last]
            if before:
                # Peru held a drill, Chile condemned it; a drill of Peru welcomed ships.
                near = [m for m in actors if max(before)[1] <= m.start and m.end <= match.start()]
                if not near or _BEHIND_OF.search(text, start, near[0].start):
                    continue
                yield near[0].start, match.start(), False
            elif behind:
                until = min(behind)[0]
                then = _AND_THEN.finditer(text, match.end(), until)
                if any(exercises.DOES.match(text, also.end()) for also in then):
                    continue  # condemned piracy, and held a drill
                # Peru welcomed two Chilean ships for a drill, or to its own.
                own = _OWN.search(text, match.end(), until) is not None
                own = own or any(match.end() <= m.start < until for m in actors)
                yield first, match.start(), own
            elif first > start:
                yield first, match.start(), False  # a drill, which Chile condemned
    for match in _STIRS.finditer(text, start, end):
        first, last = _clause(text, start, end, match)
        if _IS.search(text, start, match.start()):
            yield first, match.start(), False
        elif any(first <= drill[0] < match.start() for drill in drills):
            yield match.end(), last, False
    for match in _JUDGEMENT.finditer(text, start, end):
        if whose := _FROM_WHOM.match(text, match.end(), end):
            yield whose.end(), _clause(text, start, end, match)[1], False
    for first, last in drills:
        whose = _WHOSE.match(text, last, end)
        if whose and any(whose.end() == m.start for m in actors):
            told = [m.end for m in actors if m.end <= first]
            # What else somebody did than hold it, of others: joined is done in it.
            done = exercises.DOES.search(text, max(told, default=first), first)
            if told and (not done or _DURING.search(text, done.end(), first)):
                yield start, first, True


def _clause(text: str, start: int, end: int, within: re.Match[str]) -> tuple[int, int]:
    """Find the part of a sentence around some words that tells of one thing."""
    for parted in _APART.finditer(text, start, end):
        if parted.end() <= within.start():
            start = parted.end()
        elif parted.start() >= within.end():
            return start, parted.start()
    return start, end


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
        # Brazil watched what Peru and Chile held.
        watched = match and _WATCHES.match(match[0]) and at > match.start()
        if match and watched and not sentence[match.end() :].startswith(" by "):
            continue
        # Norway hosts, is observing; Norway was invited, the navy invited Norway.
        if match and (at < match.start() or role != "hasHost" or "by" in match[0]):
            return role
    return ""
