"""A sentence as a scene: what it tells of, who is in it, and when; and what was told of before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from . import clauses
from .known import Known
from .mentions import Actor, Date, Happening, Mention, Name, Person, Place, Ship, of_kind
from .page import Page
from .roles import Cast

#: Right behind these, a day is that of the speech: said on Monday.
_SPOKEN: Final = re.compile(
    r"\b(?:said|told \w+|announced|added|stated|reported|agreed|decided)(?: \w+){0,2} \Z"
)
#: Right behind these, a day is that of the decision: cancelled on Thursday.
_DECIDED: Final = re.compile(
    r"\b(?:cancell?ed|called off|scrapped|abandoned|postponed|put off|delayed|pushed back)"
    r"(?: (?:it|them|(?:the|its|their|a) [^,;.]{1,40}))? \Z"
)
#: Since then there is a series, or what two do: no exercise lasts for years.
_SINCE_A_YEAR: Final = re.compile(r"since (?:early |mid-|late )?\d{4}\Z", re.IGNORECASE)
_ON: Final = re.compile(r"on \w|yesterday|today|(?:last |this |earlier )")
#: What a phase has of its own isn't the whole exercise's.
_PHASE: Final = re.compile(
    r"\b(?:(?:first|second|third|fourth|last|final|opening|closing|harbou?r|sea|shore|land|air|live|"
    r"planning) (?:phase|stage|part)s?|phase (?:one|two|three|1|2|3|I+))\b"
)
#: Where somebody is from, goes to or speaks, nothing is held: said in Lima, an official in Lima.
_FROM: Final = re.compile(
    r"\b(?:from|to|(?:said|says|told \w+|spoke|speaking|added|announced|statement)(?: \w+)? "
    r"(?:in|at)|"
    r"(?:official|diplomat|minister|ministry|spokes(?:man|woman|person)|source|analyst|expert|"
    r"attach\u00e9|reporter|journalist|commander|officer|embassy|government|resident|protester)s? "
    r"(?:in|at)) \Z"
)
#: What stands behind these is no time or place of an exercise: arrived in Lima on Monday, and held.
_MOVED: Final = re.compile(
    r"\b(?:arriv(?:ed|es|ing)|depart(?:ed|s|ing)|reach(?:ed|es)|moored|docked|anchored|berthed|"
    r"returned|left)\b"
)
#: Behind these, another thing is told of: hours after a drill, the day it was cancelled.
_WHEN: Final = (
    r"[;,]? (?:(?:\w+ ){0,2}(?:(?:minute|hour|day|week|month)s?|the (?:same )?(?:day|week)) )?"
    r"(?:after|before|when|while|as|because|following|since|once|that)\b|"
    r", (?:on )?the (?:same )?(?:day|week)\b|; "
)
_FOLLOWED: Final = re.compile(_WHEN)
_PARTED: Final = re.compile(f"{_WHEN}|, (?:and|but) ")


@dataclass(slots=True)
class Node:
    """An event or plan that was proposed, and that other sentences go on about.

    Attributes:
        iri: Its IRI.
        of: Its class.
        told: Where the sentence begins that told of it first.
        parties: The IRIs of those who are proposed to take part.
        series: The name of the series that it is in.
        dated: Whether it has a time.
        domain: Whether it has a domain.
        status: Whether it has a status.
        over: Whether it was held, or broken off.
        known: What the graph has of it; None where it is new.
    """

    iri: str
    of: str
    told: int
    parties: set[str] = field(default_factory=set)
    series: Name | None = None
    dated: bool = False
    domain: bool = False
    status: bool = False
    over: bool = False
    known: Known | None = None


@dataclass(slots=True)
class Scene:
    """A sentence that something is proposed for.

    Attributes:
        page: Where it is proposed.
        mentions: What the sentence mentions.
        happening: The exercise or plan that it tells of.
        others: The other events that it tells of.
        cast: Its actors by role.
        used: The IRIs of the places that proposals name.
        date: The time that the exercise has taken.
    """

    page: Page
    mentions: Sequence[Mention]
    happening: Happening | None
    others: Sequence[Happening]
    cast: Cast
    used: set[str] = field(default_factory=set)
    date: Date | None = None

    @property
    def names(self) -> list[Name]:
        """The names of exercises in it, without those of plans that came about."""
        return [name for name in of_kind(self.mentions, Name) if not name.former]

    @property
    def former(self) -> list[Name]:
        """The names under which what it tells of was planned."""
        return [name for name in of_kind(self.mentions, Name) if name.former]

    @property
    def spoken(self) -> list[Date]:
        """The times at which something was said, or decided: cancelled on Thursday."""
        return [
            date
            for date in of_kind(self.mentions, Date)
            if self._before(date, 40, _SPOKEN)
            or (_ON.match(date.text) and self._before(date, 60, _DECIDED))
        ]

    @property
    def dates(self) -> list[Date]:
        """The other times, but those of what is said in between of something else."""
        spoken = self.spoken
        aside = [*clauses.one_of(self._text)]
        told = [place for place in clauses.relative(self._text) if self._is_told(place)]
        if self.phase and not told:
            return []
        aside += [place for place in clauses.relative(self._text) if not self._is_told(place)]
        return [
            date
            for date in of_kind(self.mentions, Date)
            if date not in spoken
            and not _SINCE_A_YEAR.match(date.text)
            and not self._is_within(date, aside)
            and (not self.phase or self._is_within(date, told))
        ]

    def verb(self, date: Date) -> str:
        """Give the words to which a time belongs, with what follows them: held in.

        In a clause of its own, such as "which ended on Sunday", these are its words.
        """
        at = date.start - self.page.start
        for first, last in clauses.relative(self._text):
            if first <= at < last:
                return self._text[first:at]
        assert self.happening is not None
        return self.page.text[self.happening.verb[0] : self.happening.verb[1] + 12]

    @property
    def phase(self) -> str:
        """The words for a phase that it tells of; empty where it tells of none."""
        found = _PHASE.search(self._text)
        return found[0] if found else ""

    def _is_within(self, mention: Mention, places: Iterable[tuple[int, int]]) -> bool:
        at = mention.start - self.page.start
        return any(first <= at < last for first, last in places)

    @property
    def _text(self) -> str:
        return self.page.text[self.page.start : self.page.end]

    def _is_told(self, place: tuple[int, int]) -> bool:
        """Tell whether a clause is about the exercise: behind its name, or the word for it."""
        told: list[Mention] = [*self.names, *([self.happening] if self.happening else [])]
        return any(mention.end == place[0] + self.page.start for mention in told)

    def place(self, start: int, end: int, free: bool = False, own: bool = False) -> Place | None:
        """Find the first place between two places of the text that nothing comes from or goes to.

        Args:
            free: Whether it is one that nothing has taken yet.
            own: Whether it must not be that of something else than the exercise.
        """
        for place in of_kind(self.mentions, Place):
            within = start <= place.start < end and not self._before(place, 40, _FROM)
            taken = (free and place.iri in self.used) or (own and self.is_of_another(place))
            if within and not place.ask and not taken:
                return place
        return None

    def is_of_another(self, mention: Mention) -> bool:
        """Tell whether a time or a place is that of something else than the exercise.

        It is of the verb behind which it stands: arrived in Lima on Monday and held a drill.
        """
        happening = self.happening
        if happening is None or happening.setting:
            return False
        first, last = happening.verb
        others = [other.verb[0] for other in self.others if other.of != "Agreement"]
        others += [self.page.start + moved.start() for moved in _MOVED.finditer(self._text)]
        others = [at for at in others if not first <= at < last]
        before = [at for at in (first, happening.start) if at < mention.start]
        behind = [at for at in others if at < mention.start]
        return bool(behind) and max(behind) > max(before, default=-1)

    def clause(self, at: int, joined: bool = True) -> tuple[int, int]:
        """Find the part of the sentence around a place that tells of one thing.

        Args:
            joined: Whether another begins behind ", and" as well.
        """
        start, end = self.page.start, self.page.end
        for parted in (_PARTED if joined else _FOLLOWED).finditer(self._text):
            first, last = (self.page.start + place for place in parted.span())
            if last <= at:
                start = last
            elif first > at:
                end = first
                break
        return start, end

    def is_elsewhere(self, mention: Mention) -> bool:
        """Tell whether somebody is only part of what else happened: collided after a drill."""
        happening = self.happening
        if happening is None or happening.setting:
            return False
        for other in self.others:
            if other.of == "Agreement":
                continue
            # Who arrived, and held a drill, is in it.
            start, end = self.clause(mention.start, joined=other.of == "Event")
            told = any(start <= at < end for at in (happening.start, happening.verb[0]))
            if not told and start <= other.verb[0] < end:
                return True
        return False

    def want(self) -> None:
        """Ask for the anchors of all that may be proposed."""
        anchors = self.page.anchors
        for found in [*([self.happening] if self.happening else []), *self.others]:
            anchors.want(found.start, found.end)
            anchors.want(*found.verb)
        if self.happening is None and not self.others:
            return
        listed = [mention for role in self.cast.roles.values() for mention in role]
        for mention in (*self.cast.parties, *self.cast.speakers, *listed):
            anchors.want(mention.start, mention.end)
        for mention in self.mentions:
            person = isinstance(mention, Person) and self.others
            if person or isinstance(mention, Date | Place | Name):
                anchors.want(mention.start, mention.end)

    def _before(self, mention: Mention, most: int, pattern: re.Pattern[str]) -> bool:
        start = max(self.page.start, mention.start - most)
        return bool(pattern.search(self.page.text[start : mention.start]))


def label_of(mention: Mention) -> str:
    """Give the label of who is mentioned."""
    return mention.label if isinstance(mention, Actor | Ship | Person) else mention.text


def iris_of(mentions: Sequence[Mention]) -> list[str]:
    """Give the IRIs of those who are mentioned, each once."""
    named = (m.iri for m in mentions if isinstance(m, Actor | Ship | Person | Place))
    return list(dict.fromkeys(named))
