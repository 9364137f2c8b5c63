"""Pairs of exercises that may be one: record linkage by day, parties, name and place.

What two sources tell of an exercise is compared field by field, and each field adds to a score what
its agreement is worth, or takes something off (I. P. Fellegi and A. B. Sunter, "A theory for record
linkage", J. American Statistical Association 64, 1183-1210, 1969; with few and whole numbers for
their logarithms, so that a person can add them up). Days near each other are needed, and never
enough; nor is a name. Only what is near in time, with a party or a word of its name in common, is
compared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from ..graph.folding import fold
from ..text.wording import say

#: From this score on, two exercises may be one.
LEAST: Final = 4
#: So many days may lie between two exercises that are one.
_APART: Final = 3
#: From so many days on, the same days are those of a month or a year, and no day is known.
_LONG: Final = 25
#: Longer words alone bring two names together.
_LETTERS: Final = 4
#: How alike names are that are spelt otherwise, and such as have something in common (Dice).
_ALIKE: Final = 0.75
_PARTLY: Final = 0.5
#: Up to so many kilometres places are one, near each other, and apart; beyond, they differ.
_HERE: Final = 50
_NEAR: Final = 300
_FAR: Final = 1000
_EARTH: Final = 6371.0

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Account:
    """What the sources of one node tell of an exercise.

    Attributes:
        iri: The node.
        label: Its label.
        first: Its first day, ``YYYY-MM-DD``, as far as it is known.
        last: Its last day.
        parties: Who took part: states, and in place of those who belong to none, they themselves.
        names: What it is called; no description by parties and date.
        place: The label of its place; empty if it has none.
        point: Latitude and longitude of the place, in degrees.
        sources: The data sets that tell of it; an empty text for all articles together.
    """

    iri: str
    label: str
    first: str
    last: str
    parties: frozenset[str]
    names: tuple[str, ...] = ()
    place: str = ""
    point: Point | None = None
    sources: frozenset[str] = frozenset({""})


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two accounts that may be of one exercise.

    Attributes:
        one: The IRI of that which an article tells of, or whose IRI comes first.
        other: The IRI of the other.
        score: How much speaks for it, less what speaks against it.
        why: What does, in words.
    """

    one: str
    other: str
    score: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """An account as it is compared, with its days as numbers."""

    account: Account
    first: int
    last: int
    rank: tuple[bool, str]

    @classmethod
    def of(cls, account: Account) -> _Read:
        first, last = (date.fromisoformat(on).toordinal() for on in (account.first, account.last))
        return cls(account, first, last, ("" not in account.sources, account.iri))

    def blocks(self, margin: int = 0) -> list[tuple[int, str]]:
        """List what another account shares to be compared: a week, with a party or a word."""
        words = {word for name in self.account.names for word in _apart(name).words}
        weeks = range((self.first - margin) // 7, (self.last + margin) // 7 + 1)
        return [(week, key) for key in self.account.parties | words for week in weeks]


class _Name(NamedTuple):
    """A name taken apart: its pairs of letters, its numbers, and its longer words."""

    letters: frozenset[str]
    numbers: frozenset[str]
    words: tuple[str, ...]


def pairs(accounts: Iterable[Account], within: bool = False) -> list[Pair]:
    """Find the accounts of different sources that may be of one exercise.

    Args:
        accounts: The accounts, in any order.
        within: Whether two accounts of one source may be, too.

    Returns:
        The pairs, each once, sorted by IRIs; the same whatever comes first.

    Example:
        >>> both = frozenset({"japan", "india"})
        >>> one = Account("a", "A", "2007-09-04", "2007-09-09", both, ("Malabar 07",))
        >>> other = Account("b", "B", "2007-09-05", "2007-09-09", both, ("MALABAR 2007",),
        ...     sources=frozenset({"set"}))
        >>> [(pair.one, pair.other, pair.score) for pair in pairs([other, one])]
        [('a', 'b', 8)]
        >>> pairs([other, one])[0].why
        'starts 1 day apart; the same 2 parties; names alike'
    """
    every = sorted((_Read.of(account) for account in accounts), key=lambda read: read.rank)
    if not within:
        # What is most is looked up in what is less, so that the index stays small.
        count = Counter(read.account.sources for read in every)
        most = max(
            count, key=lambda sources: (count[sources], sorted(sources)), default=frozenset()
        )
        every.sort(key=lambda read: read.account.sources == most)
    index: dict[tuple[int, str], list[_Read]] = {}
    found = []
    for read in every:
        near = {id(other): other for key in read.blocks() for other in index.get(key, ())}
        for other in near.values():
            if within or read.account.sources.isdisjoint(other.account.sources):
                one, two = sorted((read, other), key=lambda each: each.rank)
                if (pair := _pair(one, two)) is not None:
                    found.append(pair)
        if within or read.account.sources != most:
            for key in read.blocks(_APART):
                index.setdefault(key, []).append(read)
    return sorted(found)


def _pair(one: _Read, other: _Read) -> Pair | None:
    days = _days(one, other)
    if days is None:
        return None
    parties = _parties(one.account.parties, other.account.parties)
    fields = (days, parties, _name(one, other), _where(one, other))
    score = sum(points for points, _ in fields)
    if score < LEAST:
        return None
    words = "; ".join(words for _, words in fields if words)
    return Pair(one.account.iri, other.account.iri, score, words)


def _days(one: _Read, other: _Read) -> tuple[int, str] | None:
    """Compare the days; None where they aren't near each other."""
    gap = max(one.first, other.first) - min(one.last, other.last)
    if gap > _APART:
        return None
    start, end = abs(one.first - other.first), abs(one.last - other.last)
    if not start and not end:
        return (4, "the same days") if one.last - one.first < _LONG else (2, "the same dates")
    if not start:
        return 3, "the same first day"
    if start <= _APART:
        return 2, f"starts {say(start, 'day')} apart"
    if end <= _APART:
        return 2, f"ends {say(end, 'day')} apart" if end else "the same last day"
    return 1, f"{say(gap, 'day')} between them" if gap > 0 else "days overlap"


def _parties(ours: Set[str], theirs: Set[str]) -> tuple[int, str]:
    common, every = len(ours & theirs), len(ours | theirs)
    if not ours or not theirs:
        return 0, ""
    if common == every:
        return 3, f"the same {every} parties" if every > 1 else "the same party"
    if not common:
        return -3, "no party in common"
    most = 2 * common >= every or common in (len(ours), len(theirs))
    return (2 if most else 1), f"{common} of {every} parties in common"


def _name(one: _Read, other: _Read) -> tuple[int, str]:
    """Compare each name with each, and take what speaks most for one exercise."""
    best = (-3, "")
    for name in map(_apart, one.account.names):
        for theirs in map(_apart, other.account.names):
            alike = _dice(name.letters, theirs.letters)
            ours, others = name.numbers - theirs.numbers, theirs.numbers - name.numbers
            if alike >= _PARTLY and ours and others:
                best = max(best, (-2, "names with different numbers"))
            elif alike >= _ALIKE:
                best = max(best, (3, "names alike"))
            else:
                partly = alike >= _PARTLY
                best = max(best, (1, "names partly alike") if partly else (-2, "other names"))
    return best if best[1] else (0, "")


def _where(one: _Read, other: _Read) -> tuple[int, str]:
    points = one.account.point, other.account.point
    best = (-3, "")
    if points[0] and points[1]:
        far = _kilometres(points[0], points[1])
        value = 2 if far <= _HERE else 1 if far <= _NEAR else -1 if far <= _FAR else -2
        best = value, f"{far:,.0f} km apart" if far >= 1 else "the same point"
    if one.account.place and other.account.place:
        alike = _dice(*(_apart(each.account.place).letters for each in (one, other)))
        if alike >= _PARTLY:
            said = (2, "place names alike") if alike >= _ALIKE else (1, "place names partly alike")
            best = said if said[0] > best[0] else best
    return best if best[1] else (0, "")


@lru_cache(1 << 16)
def _apart(name: str) -> _Name:
    words, numbers = [], set()
    for word in fold(name).split():
        if not word.isdecimal():
            words.append(word)
        # Of a year the last two digits: Malabar 07 is Malabar 2007.
        elif len(word) == 4 and word[:2] in ("19", "20"):
            numbers.add(word[2:].lstrip("0"))
        else:
            numbers.add(word.lstrip("0"))
    # With where words begin and end.
    text = f" {' '.join(words)} "
    letters = frozenset(map("".join, pairwise(text))) if words else frozenset[str]()
    long = tuple(word for word in words if len(word) >= _LETTERS)
    return _Name(letters, frozenset(numbers), long)


def _dice(one: Set[str], other: Set[str]) -> float:
    """How much of two sets is common to both (L. R. Dice, Ecology 26, 297-302, 1945)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _kilometres(one: Point, other: Point) -> float:
    """Measure along the great circle between two points, on a sphere (haversine)."""
    south, west, north, east = map(math.radians, (*one, *other))
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
