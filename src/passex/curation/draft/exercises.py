"""Exercises: their names, and the words that make one, or a plan of one, of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from ...graph.terms import NRC
from .calendar import MONTHS, WEEKDAYS
from .mentions import Actor, Happening, Mention, Name
from .naming import CAPITAL, NAME, Iris, occurrences, slug
from .vocabulary import pattern_of, plain, words_of

_NOUN: Final = r"(?:exercises?|drills?|man(?:o|)euv(?:re|er)s|war ?games?|PASSEX(?:es)?)"
#: What goes on about an exercise, where it isn't called one.
_AGAIN: Final = re.compile(
    r"\b(?:tak(?:e|es|ing) part|took part|participat\w+|sent observers|observers?|observing|withdrew|pulled out|(?:has|have|had) joined|"
    r"(?:was|were|has been|have been) invited)\b"
)
#: What a name may have behind it: the year, the number of the edition.
_EDITION: Final = r"(?:(?:[ -]|['\u2019])(?:20)?\d\d(?!\d)|[ -][IVX]+(?!\w))?"
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:[Ee]xercises?|[Dd]rills?|[Oo]peration|[Ww]ar ?games?|PASSEX)(?:,)?(?: (?:named|called|dubbed|codenamed|"
    rf"code-named|known as))? [\"\u201c\u2018']?(?P<name>{NAME}{_EDITION})"
)
_BEFORE_NOUN: Final = re.compile(
    rf"(?<!\w)(?P<name>{NAME}{_EDITION})[\"\u201d']? (?:(?:naval|maritime|joint) )?{_NOUN}(?!\w)"
)
_APPOSED: Final = re.compile(
    rf"(?<!\w)(?P<name>{NAME}{_EDITION}),? (?:which is )?(?:an?|the) (?:(?:\w+-)*\w+ ){{0,4}}{_NOUN}(?!\w)"
)
_EDITION_OF: Final = re.compile(
    rf"\b(?:edition|iteration|series|phase) of (?:the )?[\"\u201c]?(?P<name>{NAME}{_EDITION})"
)
_HELD_ONE: Final = re.compile(
    rf"\b(?:held|hold|hosted|host|conducted|postponed|cancelled) (?P<name>{CAPITAL}\w+(?:[ -]{CAPITAL}\w+)+)"
    r"(?= (?:off|in|from|on|at|last|next|this)\b|[,.])"
)
_LEADING: Final = re.compile(
    r"(?:The|A|An|In|At|For|Of|And|But|During|This|Last|Largest|Exercise|Operation) "
)
_NONE: Final = frozenset(
    [*MONTHS, *WEEKDAYS]
    + """The A An In On Naval Navy Joint Military Multinational Annual Bilateral Maritime Live Passing Both They It Its
    Their This That These Those As At But And For If Here He She We You NATO Chief Director Minister Exercises PASSEX
    Command Three Two Four Five Last Next Year's""".split()
)
_CHANGES: Final = (
    ("cancelled", r"cancel(?:led|ed|s|ling)?|call(?:ed|s)? off|scrap(?:ped|s)?|abandon(?:ed|s)?"),
    ("postponed", r"postpon(?:ed|es?)|put off|delay(?:ed|s)|push(?:ed)? back"),
    ("broken-off", r"(?:broken|broke) off|cut short|aborted"),
)
_TO_COME: Final = (
    ("agreed", r"agree[ds]? (?:to|on)|have agreed|had agreed"),
    ("announced", r"announc(?:ed|es?|ing)"),
    (
        "planned",
        r"will|plan(?:s|ned|ning)?|(?:is|are) (?:set|due|expected|scheduled|likely|to)|set to|due to|scheduled|would|"
        r"to (?:hold|drill|conduct|restart|resume|stage|host|take part|exercise|train)|intends?|upcoming|expected to|"
        r"may|might|could|seeks? to|wants? to|considering|proposed?",
    ),
)
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|expected|likely|reportedly|possibl[ey]|probably|considering|said to)\b"
)
_UNDER_WAY: Final = (
    r"under ?way|beg[aiu]n|began|start(?:ed|s)|kick(?:ed|s) off|open(?:ed|s)|launch(?:ed|es)|(?:is|are) (?:also )?(?:taking part|"
    r"being held|holding|conducting|watching)|commenced|sailed (?:from|for|out)|involves?|hosts?|(?:is|are) watching|takes? place|is being|are being|resum(?:ed|es)|(?:is|are) held"
)
_HELD: Final = (
    r"held|conduct(?:ed|s)|carried out|took part|participat(?:ed|es)|complet(?:ed|es)|conclud(?:ed|es)|end(?:ed|s)|wrapp?ed up|"
    r"finish(?:ed|es)|train(?:ed)? (?:together )?(?:with)?|exercised|stag(?:ed|es)|join(?:ed|s)|sailed (?:together )?with|"
    r"drilled|has been held|have been held|trained together|practi[sc]ed"
)
#: Before a word, and adjectives of small letters, what says that it was told of before.
_THE: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose) (?:(?!an? |its |their |\w+ed |{_HELD.replace(' ', '[ ]')})[a-z][\w-]* )*\Z"
)
#: Without the word exercise, these make one.
TRAINED: Final = re.compile(
    r"\b(?:(?:have |has |had )?(?:trained|exercised|drilled)(?: together)?(?: with)?|sailed together(?: with)?|sailed with|to (?:drill|exercise)|"
    r"will (?:drill|exercise|train)(?! aboard)(?: together)?(?: with)?|may exercise|played the \w+ side)\b"
)
NOUN: Final = re.compile(
    rf"(?<![\w-])(?P<before>(?:[\w-]+ ){{0,6}}?)(?P<noun>{_NOUN}|editions?|next one)(?![\w-])"
)


def names(text: str, actors: Iterable[Mention], iris: Iris) -> list[Name]:
    """Find the names of exercises in a text, each as often as it stands there.

    Args:
        actors: What else is named there: an actor's name is none of an exercise.
    """
    taken = {at for actor in actors for at in range(actor.start, actor.end)}
    found: dict[str, str] = {}
    for actor in actors:
        if isinstance(actor, Actor) and actor.of == "Series":
            found[actor.text] = actor.iri
            taken -= set(range(actor.start, actor.end))
    for pattern in (_NAMED, _EDITION_OF, _BEFORE_NOUN, _APPOSED, _HELD_ONE):
        for match in pattern.finditer(text):
            name, start = match["name"], match.start("name")
            while leading := _LEADING.match(name):
                name, start = name[leading.end() :], start + leading.end()
            single = " " not in name and pattern is not _NAMED
            if (
                start not in taken
                and not single
                and name.split(" ")[0] not in _NONE
                and name not in found
                and len(name) > 2
            ):
                words = series(name)
                if slug(words) and not (words.isupper() and len(words) < 4):
                    found[name] = iris.mint("series", words, slug(words))
    return [
        Name(start, end, name, "", found[name], series(name), iris.knows(found[name]))
        for start, end, name in occurrences(text, found)
        if start not in taken
    ]


def series(name: str) -> str:
    """Take year and number off the name of an exercise.

    Example:
        >>> series("Malabar 2031"), series("Cobra Gold-31")
        ('Malabar', 'Cobra Gold')
    """
    return re.sub(rf"{_EDITION}\Z", "", name)


#: Adjectives between what is exercised and the word itself, and that word.
_PLAIN_WORDS: Final = re.compile(
    rf"(?:(?:naval|joint|military|bilateral|trilateral|multilateral|maritime|large-scale|\w+-day) )*(?:{_NOUN}|training|next one|editions?) \Z"
)


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, str]]:
    """Give what stands before the word exercise, for each kind of exercise."""
    stems = {
        plain(word).removesuffix(" exercise"): concepts[0]
        for word, concepts in words_of("exercise-kind").items()
        if word.endswith(" exercise")
        and concepts[0] not in (NRC["combined-arms-exercise"], NRC["unilateral-exercise"])
    }
    stems |= {
        "anti submarine warfare": NRC["anti-submarine-exercise"], "mine clearing": NRC["mine-countermeasures-exercise"],
        "minehunting": NRC["mine-countermeasures-exercise"], "mine hunting": NRC["mine-countermeasures-exercise"],
        "anti submarine warfare": NRC["anti-submarine-exercise"], "air": NRC["air-exercise"],
        "landing": NRC["amphibious-exercise"], "search and rescue": NRC["search-and-rescue-exercise"],
        "rescue": NRC["search-and-rescue-exercise"], "missile tracking": NRC["missile-tracking-exercise"],
        "passing": NRC["passing-exercise"], "live firing": NRC["live-fire-exercise"],
    }  # fmt: skip
    return re.compile(rf"(?i:{pattern_of(stems)})(?= )"), stems


def find(text: str, start: int, end: int, called: Sequence[Name]) -> Happening | None:
    """Find the exercise or the plan of one that a sentence tells of.

    Args:
        start: Where the sentence begins, and where it ends.
        called: The names of exercises in it.
    """
    sentence = text[start:end]
    noun = NOUN.search(sentence)
    trained = TRAINED.search(sentence)
    if noun is None and trained is None and not called:
        again = _AGAIN.search(sentence)
        if again is None:
            return None
        place = (start + again.start(), start + again.end())
        return Happening(*place, again[0], of="Exercise", verb=place, definite=True)
    if noun is not None:
        at, stop, word = noun.start("noun"), noun.end(), noun["noun"]
        before = noun["before"]
    elif called:
        at, stop, word, before = called[0].start - start, called[0].end - start, "exercise", ""
    else:
        assert trained is not None
        at, stop, word, before = trained.start(), trained.end(), "training", ""
    status, verb = _status(sentence, at)
    pattern, stems = _stems()
    phrase = f"{before}{word} "
    kinds = _kinds(phrase, pattern, stems)
    if behind := re.match(r"(?:es|s)? in (?:the )?(.{3,80})", sentence[stop:]):
        kinds += [stems[plain(match[0])] for match in pattern.finditer(behind[1] + " ")]
    if noun is not None and word.startswith("PASSEX"):
        kinds.append(NRC["passing-exercise"])
    if not kinds and word.startswith("war"):
        kinds.append(NRC["war-game"])
    first = (
        at - sum(len(match[0]) for match in [*re.finditer(r"[\w-]+ ", before)][-3:])
        if kinds
        else at
    )
    plan = status in ("agreed", "announced", "planned", "postponed", "cancelled")
    definite = bool(noun and _THE.search(before))
    setting = bool(noun and re.search(r"\bduring (?:[\w-]+ )*\Z", sentence[:at][-80:]))
    if (
        plan
        and noun
        and re.fullmatch(r"exercises|drills|man(?:o|)euv(?:res|ers)", word)
        and not kinds
    ):
        kinds.append(NRC["exercises-lumped-together"])
    if noun and re.search(r"\b(?:its|their) own\b", before):
        kinds.append(NRC["unilateral-exercise"])
    ask = "" if status else "was it held, or is it to come?"
    hedge = _HEDGE.search(sentence[max(0, verb[0] - 5) : verb[1] + 15]) if plan else None
    return Happening(
        start + first, start + stop, text[start + first : start + stop], ask,
        "ExercisePlan" if plan else "Exercise", NRC[status] if status else "",
        tuple(dict.fromkeys(kinds)), word, bool(hedge),
        (start + verb[0], start + verb[1]), definite, setting,
    )  # fmt: skip


def _kinds(phrase: str, pattern: re.Pattern[str], stems: Mapping[str, str]) -> list[str]:
    """Read what stands right before the word: a mine-clearing exercise, no landing craft in one."""
    found: list[str] = []
    rest = _PLAIN_WORDS.sub("", phrase)
    while matches := [m for m in pattern.finditer(rest) if m.end() >= len(rest.rstrip())]:
        found.insert(0, stems[plain(matches[0][0])])
        rest = re.sub(r"(?: and|,) \Z", " ", rest[: matches[0].start()])
    return found


def _status(sentence: str, at: int) -> tuple[str, tuple[int, int]]:
    """Read from the verb nearest to a word how far an exercise has come."""

    def nearest(patterns: Iterable[tuple[str, str]]) -> tuple[str, tuple[int, int]] | None:
        found = [
            (abs(match.start() - at), status, match.span())
            for status, pattern in patterns
            for match in re.finditer(rf"\b(?:{pattern})\b", sentence)
        ]
        return min(found)[1:] if found else None

    changed = nearest(_CHANGES)
    if changed:
        return changed
    to_come = nearest(_TO_COME)
    done = nearest((("under-way", _UNDER_WAY), ("held", _HELD)))
    if to_come and done:
        # Will be held, agreed to resume: what is to come governs a verb behind it.
        first, last = to_come[1][0], done[1][0]
        return (
            to_come
            if first < last and last - first < 60 or abs(first - at) < abs(last - at)
            else done
        )
    return to_come or done or ("", (at, at))
