"""Stretches of words that are nearly those of a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from .nearest import nearest

#: How alike words are that may be meant for one another, and how long they are at least.
_ALIKE: Final = 0.75
_LETTERS: Final = 4
#: So many words of a text are tried for one of a phrase.
_TRIED: Final = 5
#: What a letter costs, of a word for which one like it stands, and of one that stands between; one
#: of a word that is missing costs 1.
_LIKE: Final = 0.3
_BETWEEN: Final = 0.5
#: What costs so much of a phrase is another phrase.
_MOST: Final = 0.5


class _Way(NamedTuple):
    """What it costs to read the beginning of a phrase up to a word of the text.

    Attributes:
        cost: The sum.
        first: The first word of the text that is read; -1 if none is.
        last: The last one.
        before: How many words of the phrase are missing before the first.
        read: How many words of the phrase there are up to the last that is read.
        common: How many of them stand in the text, or one like them.
    """

    cost: float
    first: int = -1
    last: int = -1
    before: int = 0
    read: int = 0
    common: int = 0


def windows(
    phrase: Sequence[str], text: Sequence[str], starts: Sequence[int] = (0,)
) -> list[tuple[int, int]]:
    """Find the stretches of a text that are nearest to a phrase, if any is near.

    A word may have another one in its place, be missing, or have others before it; less than half
    of the letters may be other than in the phrase. Where the phrase begins or ends with words that
    the text has not, a stretch has as many of the text's words in their place. Of those that are as
    near the ones with most words of the phrase are taken, and of these the ones as long as it.

    Source: Sellers, P. H. (1980): The theory and computation of evolutionary distances: pattern
    recognition. Journal of Algorithms 1 (4), with words for letters.

    Args:
        phrase: Its words.
        text: The words of the text, in the same case.
        starts: The words with which its sentences begin, in order; no stretch is of two of them.

    Returns:
        The first and the last word of each of the nearest; none overlaps with another.

    Example:
        >>> text = "all five chilean warships of peru".split()
        >>> windows(["five", "warships", "of", "chile"], text)
        [(1, 5)]
    """
    known = set(text)
    tried = [
        {word, *(nearest(word, known, _TRIED, _ALIKE) if len(word) >= _LETTERS else ())}
        for word in phrase
    ]
    begun = [_Way(float(sum(map(len, phrase[:number])))) for number in range(len(phrase) + 1)]
    anywhere, most = set().union(*tried), _MOST * begun[-1].cost
    best = (most, 0, 0)
    found = list[tuple[int, int]]()
    for begin, end in pairwise((*starts, len(text))):
        ways, idle = begun, True
        for at in range(begin, end):
            word = text[at]
            if idle and word not in anywhere:
                continue
            ways = _next(ways, phrase, tried, at, word)
            idle = all(way.first < 0 for way in ways)
            way = ways[-1]
            if way.last != at or way.cost >= most:
                continue
            start = max(way.first - way.before, begin)
            last = min(way.last + len(phrase) - way.read, end - 1)
            rank = (way.cost, -way.common, abs(last - start + 1 - len(phrase)))
            if rank < best:
                best, found = rank, []
            start = max(start, found[-1][1] + 1 if found else 0)
            if rank == best and start <= way.first:
                found.append((start, last))
    return found


def _next(
    ways: list[_Way], phrase: Sequence[str], tried: Sequence[set[str]], at: int, word: str
) -> list[_Way]:
    """Read one word more of the text."""
    made = [ways[0]]
    for number, wanted in enumerate(phrase):
        made_up = made[-1]
        best = made_up._replace(cost=made_up.cost + len(wanted))
        passed = ways[number + 1].cost + _BETWEEN * len(word)
        if passed < best.cost:
            best = ways[number + 1]._replace(cost=passed)
        if word in tried[number]:
            way = ways[number]
            cost = way.cost + (0 if word == wanted else _LIKE * len(wanted))
            if cost <= best.cost:
                first, before = (at, number) if way.first < 0 else (way.first, way.before)
                best = _Way(cost, first, at, before, number + 1, way.common + 1)
        made.append(best)
    return made
