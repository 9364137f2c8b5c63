"""Pieces of a text: what stands in the same quotes, and in the same sentence.

Quotes overlap, and elements of HTML don't: the text is cut wherever a quote, a sentence or a zone
begins or ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

#: A place in a text: the first code point, and the one after the last.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text in which nothing begins or ends.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        quotes: The numbers of the quotes that it is in, in order.
        begins: Those of them that begin with it.
        sentence: The number of its sentence; -1 where it is in none.
    """

    start: int
    end: int
    quotes: tuple[int, ...]
    begins: tuple[int, ...]
    sentence: int


def pieces(
    start: int, end: int, quotes: Sequence[Span], sentences: Sequence[Span]
) -> Iterator[Piece]:
    """Cut a stretch of a text into pieces; together they are the stretch, and none is empty.

    Args:
        quotes: The places of quotes, by their begin; what lies outside the stretch is in no piece.
        sentences: The places of sentences, in order; none lies in another.

    Example:
        >>> [(p.start, p.end, p.quotes, p.begins) for p in pieces(0, 9, [(1, 5), (3, 8)], [])]
        [(0, 1, (), ()), (1, 3, (0,), (0,)), (3, 5, (0, 1), (1,)), (5, 8, (1,), ()), (8, 9, (), ())]
    """
    inside = deque(
        number
        for number in range(bisect_left(quotes, (end, 0)))
        if quotes[number][0] < quotes[number][1] and quotes[number][1] > start
    )
    first = bisect_left(sentences, (start, 0))
    first -= bool(first and sentences[first - 1][1] > start)
    last = bisect_left(sentences, (end, 0))
    bounds = {start, end}
    for span in [*(quotes[number] for number in inside), *sentences[first:last]]:
        bounds.update(at for at in span if start < at < end)
    cuts = sorted(bounds)
    opened: list[int] = []
    for here, there in pairwise(cuts):
        while inside and quotes[inside[0]][0] <= here:
            opened.append(inside.popleft())
        opened = [number for number in opened if quotes[number][1] > here]
        while first < last and sentences[first][1] <= here:
            first += 1
        within = first < last and sentences[first][0] <= here
        begins = tuple(number for number in opened if quotes[number][0] == here)
        yield Piece(here, there, tuple(opened), begins, first if within else -1)


def framed(text: str, start: int, end: int, sentences: Sequence[Span]) -> list[Span]:
    """Widen sentences, which go from word to word, by the signs that stand at them.

    Args:
        start: The first code point of the stretch in which they lie.
        end: The code point after its last.

    Example:
        >>> framed("They said: “We met.” He left.", 0, 29, [(0, 18), (21, 28)])
        [(0, 20), (21, 29)]
    """
    found: list[Span] = []
    before = start
    for number, (begin, stop) in enumerate(sentences):
        limit = sentences[number + 1][0] if number + 1 < len(sentences) else end
        while begin > before and not text[begin - 1].isspace():
            begin -= 1
        while stop < limit and not text[stop].isspace():
            stop += 1
        found.append((begin, stop))
        before = stop
    return found
