"""Exercises: the words that make one, or a plan of one, of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from ...graph.terms import NRC
from . import clauses, doubts
from .counts import NUMBER
from .date_readings import PUT_OFF
from .exercise_names import NOUN
from .mentions import Happening, Name
from .vocabulary import pattern_of, plain, words_of

#: Where a verb stands in its sentence.
_Place: TypeAlias = "tuple[int, int]"

_PHRASE: Final = re.compile(
    rf"(?<![\w-])(?P<before>(?:[\w-]+ ){{0,6}}?)(?P<noun>{NOUN}|editions?|next one)(?![\w-])"
)
#: Behind trained, what tells of a course: sailors trained aboard, Borland trained 300 sailors.
_TAUGHT: Final = (
    r"(?! (?:aboard|on board|for)\b| (?:(?:about|some|nearly|over|more than|up to) )?\d| "
    r"(?:\w+ )?(?:of )?(?:[A-Z]\w+ )?(?:sailors|crews?|cadets|officers|marines|personnel|people)\b)"
)
#: Without the word exercise, these make one.
_TRAINED: Final = re.compile(
    rf"\b(?:(?:have |has |had )?(?:trained{_TAUGHT}|exercised|drilled)(?: together)?(?: with)?|"
    r"to (?:drill|exercise)|"
    r"will (?:drill|exercise|train)(?! aboard)(?: together)?(?: with)?|may exercise|"
    r"played the \w+ side)\b"
)
#: Together at sea they may have trained, or not.
TOGETHER: Final = re.compile(
    r"\b(?:sailed|steamed|cruised|operated|manoeuvred|maneuvered) "
    r"(?:together|alongside|in company|in formation|with(?! \d| (?:its|her|his|their|an?|the) ))"
)
#: What goes on about an exercise, where it isn't called one.
_AGAIN: Final = re.compile(
    r"\b(?:tak(?:e|es|ing) part|took part|participat\w+|sent observers|observers?|observing|"
    r"withdrew|(?:is|are|was|were) (?:supplying|supporting|refuelling|refueling)|"
    r"(?:supplied|refuel?led|supported) (?:the|its|their)|"
    r"pulled out|(?:has|have|had) joined|(?:was|were|has been|have been) invited)\b"
)
_HALTED: Final = r"(?:halted|suspended|interrupted|terminated)"
_CHANGES: Final = (
    (
        "cancelled",
        r"cancel(?:led|ed|s|ling)?|call(?:ed|s)? off|scrap(?:ped|s)?|abandon(?:ed|s)?|"
        r"cancellation of",
    ),
    ("postponed", f"{PUT_OFF}|postponement of"),
    (
        "broken-off",
        r"(?:broken|broke) off|cut short|abort(?:ed|s)|"
        # Much else is halted.
        rf"(?:was|were|been|is|are) (?:\w+ )?{_HALTED}|"
        rf"(?:cut|{_HALTED}) (?:the|its|their|this|that) (?:[\w-]+ ){{0,4}}?{NOUN}(?: short)?|"
        r"(?:ended|finished) (?:early|prematurely|abruptly)",
    ),
)
_TO_COME: Final = (
    ("agreed", r"agree[ds]? (?:to|on)|have agreed|had agreed"),
    # Who announces that it ended, or its end, announces none.
    (
        "announced",
        r"announc(?:ed|es?|ing)(?! (?:\w+ ){0,3}that\b| the (?:\w+ )?"
        r"(?:end|conclusion|completion|cancellation|postponement|suspension) of\b)",
    ),
    (
        "planned",
        r"will|plan(?:s|ned(?! as)|ning)?|(?:is|are) (?:set|due|expected|scheduled|likely|to)|"
        r"set to|due to|scheduled|"
        r"would(?! (?:prefer|rather|welcome|like to see)\b)|intends?|upcoming|"
        r"expected to|may|might|could|seeks? to|"
        r"wants? to|considering|proposed?|(?<!agree )(?<!agreed )(?<!agrees )to (?:hold|drill|"
        r"conduct|restart|resume|stage|host|take part|exercise|train)",
    ),
)
#: So near behind an agreement stands what is to be: agreed that they will hold.
_NEAR: Final = 20
_AGREED: Final = re.compile(r"\bagree[ds]?(?: [\w-]+){0,4}? (?:to|that)\b")
_DONE: Final = (
    (
        "under-way",
        r"under ?way|beg[aiu]n|start(?:ed|s)|kick(?:ed|s) off|open(?:ed|s)|launch(?:ed|es)|"
        r"commenced|"
        r"(?:is|are) (?:also )?(?:taking part|being held|holding|conducting|watching)|is "
        r"being|are being|"
        r"sailed (?:from|for|out)|involves?|hosts?|takes? place|resum(?:ed|es)|(?:is|are) held",
    ),
    (
        "held",
        r"announc(?:ed|es|ing) the (?:\w+ )?(?:end|conclusion|completion) of|"
        r"ran (?:from|until|for|between)|lasted|"
        r"held|conduct(?:ed|s)|carried out|took part|participat(?:ed|es)|complet(?:ed|es)|"
        r"conclud(?:ed|es)|end(?:ed|s)|wrapp?ed up|finish(?:ed|es)|exercised|stag(?:ed|es)|"
        r"join(?:ed|s)|"
        r"train(?:ed)? (?:together )?(?:with)?|sailed together(?: with)?|sailed with|drilled|"
        r"(?:has|have) been held|trained together|practi[sc]ed|played the \w+ side",
    ),
)
_VERBS: Final = "|".join(pattern for _, pattern in _DONE).replace(" ", "[ ]")
#: Before a word, and adjectives of small letters, what says that it was told of before.
_THE: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose) "
    rf"(?:(?!an? |its |their |\w+ed |{_VERBS}|"
    r"(?:will|would|may|might|can|could|to|and|next|coming|new|future) )[a-z][\w-]* )*\Z"
)
_HAD: Final = re.compile(r"\b(?:had|has|have|was|were) (?:\w+ )?\Z")
_DURING: Final = re.compile(r"\bduring (?:[\w-]+ )*\Z")
_OWN: Final = re.compile(r"\b(?:its|their) own\b")
_PLANS: Final = frozenset(("agreed", "announced", "planned", "postponed", "cancelled"))
#: Of a number of exercises one plan is made, and they aren't lumped together.
_NUMBERED: Final = re.compile(
    rf"(?<![\w.,-])(?i:{NUMBER}) "
    r"(?:(?!(?:in|of|at|for|to|with|the|and|on|by|from|part)\b)[\w-]+ )*\Z"
)
#: Words for more than one.
PLURAL: Final = re.compile(r"exercises|drills|man(?:o|)euv(?:res|ers)")
#: Adjectives between what is exercised and the word itself, and that word.
_PLAIN_WORDS: Final = re.compile(
    r"(?:(?:naval|joint|military|bilateral|trilateral|multilateral|maritime|large-scale|\w+-day) )*"
    rf"(?:{NOUN}|training|next one|editions?) \Z"
)
_IN: Final = re.compile(r"(?:es|s)? in (?:the )?(.{3,80})")
#: Who did, or is to do something about an exercise, may take part in it: in whatever state it is.
DOES: Final = re.compile(
    rf"\b(?:{'|'.join(pattern for _, pattern in (*_CHANGES, *_TO_COME, *_DONE))})\b|"
    rf"{_AGAIN.pattern}|"
    r"\b(?:host|join|lead|led|observ|watch|withdr|pull|invit|suppl|support|refuel|attend|run|ran|"
    r"have|has|had|sen[dt]|suspend|halt|interrupt)"
)
_TRAINS_AND: Final = re.compile(
    r"\b(?:train(?:ed)?|drill(?:ed)?|exercised?)\b(?: together)?(?: with| alongside)?\b"
    r".*(?:[,;] (?:and|but)|but|[,;]) (?:[\w-]+ )*\Z"
)
#: So near to the other verb one to come governs it: will be held.
_GOVERNS: Final = 60


def find(text: str, start: int, end: int, called: Sequence[Name]) -> Happening | None:
    """Find the exercise or the plan of one that a sentence tells of.

    Args:
        start: Where the sentence begins, and where it ends.
        called: The names of exercises in it.

    Example:
        >>> for text in ("They held a drill", "They will hold one more drill", "They may exercise"):
        ...     found = find(text, 0, len(text), [])
        ...     print(found.of, found.status.rpartition("/")[2], found.hedged)
        Exercise held False
        ExercisePlan planned False
        ExercisePlan planned True
    """
    # What is said of somebody in between is another's: Corvia, which runs drills, will hold one.
    sentence = clauses.main(text[start:end])
    phrase, trained = _PHRASE.search(sentence), _TRAINED.search(sentence)
    before = ""
    if phrase is not None:
        at, stop, noun, before = (
            phrase.start("noun"),
            phrase.end(),
            phrase["noun"],
            phrase["before"],
        )
    elif called:
        at, stop, noun = called[0].start - start, called[0].end - start, "exercise"
    elif trained is not None:
        at, stop, noun = *trained.span(), "exercise"
    else:
        again = _AGAIN.search(sentence)
        if again is None:
            return None
        place = (start + again.start(), start + again.end())
        return Happening(*place, again[0], of="Exercise", verb=place, definite=True)
    status, verb = _status(sentence, at)
    plan = status in _PLANS
    kinds = _kinds(sentence, before, noun, stop)
    first = _begin(at, before) if kinds else at
    several = PLURAL.fullmatch(noun) is not None and bool(_NUMBERED.search(before))
    if plan and not kinds and not several and PLURAL.fullmatch(noun):
        kinds.append(NRC["exercises-lumped-together"])
    if _OWN.search(before):
        kinds.append(NRC["unilateral-exercise"])
    definite = phrase is not None and bool(_THE.search(before))
    # They were to train, but the drill was called off: that is theirs, and none before.
    definite = definite and not _TRAINS_AND.search(sentence[max(0, at - 200) : at])
    if called:
        # The exercise, Sama Dagat, was told of before; the exercise Sama Dagat is new.
        definite = definite and sentence[stop : stop + 1] == ","
    place = (start + first, start + stop)
    return Happening(
        *place,
        text[slice(*place)],
        ask="" if status else "was it held, or is it to come?",
        of="ExercisePlan" if plan else "Exercise",
        status=NRC[status] if status else "",
        concepts=tuple(dict.fromkeys(kinds)),
        noun=noun,
        hedged=bool(doubts.find(text, start, end).hedge),
        verb=(start + verb[0], start + verb[1]) if status else place,
        definite=definite,
        several=several,
        setting=phrase is not None and bool(_DURING.search(sentence[max(0, at - 80) : at])),
    )


def _begin(at: int, before: str) -> int:
    """Give the place of the third word before another: there its adjectives are."""
    return at - sum(len(match[0]) for match in [*re.finditer(r"[\w-]+ ", before)][-3:])


def _kinds(sentence: str, before: str, noun: str, stop: int) -> list[str]:
    """Read what is exercised: right before the word, or behind it."""
    pattern, stems = _stems()
    found: list[str] = []
    # A mine-clearing exercise; no landing craft in one.
    rest = _PLAIN_WORDS.sub("", f"{before}{noun} ")
    while matches := [m for m in pattern.finditer(rest) if m.end() >= len(rest.rstrip())]:
        found.insert(0, stems[plain(matches[0][0])])
        rest = re.sub(r"(?: and|,) \Z", " ", rest[: matches[0].start()])
    if behind := _IN.match(sentence[stop:]):
        found += [stems[plain(match[0])] for match in pattern.finditer(behind[1] + " ")]
    if noun.startswith("PASSEX"):
        found.append(NRC["passing-exercise"])
    if noun.startswith("war") and not found:
        found.append(NRC["war-game"])
    return found


@cache
def _stems() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Give what stands before the word exercise, for each kind of exercise."""
    none = NRC["combined-arms-exercise"], NRC["unilateral-exercise"]
    stems = {
        plain(word).removesuffix(" exercise"): concepts[0]
        for word, concepts in words_of("exercise-kind").items()
        if word.endswith(" exercise") and concepts[0] not in none
    }
    more = {
        "anti submarine warfare": "anti-submarine", "mine clearing": "mine-countermeasures",
        "minehunting": "mine-countermeasures", "mine hunting": "mine-countermeasures",
        "landing": "amphibious", "rescue": "search-and-rescue", "live firing": "live-fire",
        "missile tracking": "missile-tracking",
    }  # fmt: skip
    stems |= {words: NRC[f"{kind}-exercise"] for words, kind in more.items()}
    return re.compile(rf"(?i:{pattern_of(stems)})(?= )"), stems


def _status(sentence: str, at: int) -> tuple[str, _Place]:
    """Read from the verb nearest to a place how far an exercise has come."""

    def nearest(patterns: Iterable[tuple[str, str]]) -> tuple[int, str, _Place] | None:
        found = [
            (abs(match.start() - at), status, match.span())
            for status, pattern in patterns
            for match in re.finditer(rf"\b(?:{pattern})\b", sentence)
        ]
        return min(found) if found else None

    agreed = _AGREED.search(sentence)
    changed, to_come, done = nearest(_CHANGES), nearest(_TO_COME), nearest(_DONE)
    if agreed and to_come and agreed.start() < to_come[2][0] < agreed.end() + _NEAR:
        # Agreed last week to hold.
        to_come = (to_come[0], "agreed", agreed.span())
    if to_come and done and to_come[1] == "announced" and _HAD.search(sentence[: done[2][0]]):
        to_come = None  # announced it had ended
    if to_come and done and not changed:
        # Will be held, agreed to resume: what is to come governs a verb behind it.
        between = done[2][0] - to_come[2][0]
        if 0 < between < _GOVERNS or to_come[0] < done[0]:
            done = None
        else:
            to_come = None
    best = changed or to_come or done
    return (best[1], best[2]) if best else ("", (0, 0))
