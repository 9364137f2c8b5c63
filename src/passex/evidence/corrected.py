"""Where the quotes and zones of an article stand in a text that its publisher has corrected.

The old text is gone: what is known of it is where its quotes stood. A quote whose words stand in
the new text once, and between where the quotes beside it lead, has moved there; of any other one
nothing is certain. The bounds of zones go with the quotes around them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from ..text.phrases import FoldedText

#: By so many code points a place may be off: somebody has miscounted, or edited more than once.
_SLIP: Final = 20
#: Why a quote was not moved.
_FAR: Final = "that is not where the anchors beside it lead"
_TAKEN: Final = "another quote is there"
#: A text is an article's if it has so much of its quotes, and of those no other text has as much
#: as the second share. One or two quotes may be in any text.
_MOST: Final = 0.8
_OTHER: Final = 0.5
_FEW: Final = 3

#: A place in a text: the first code point, and the one after the last.
Span: TypeAlias = tuple[int, int]


class Quote(NamedTuple):
    """A quote as the graph has it: where it stands, and its words."""

    place: Span
    exact: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What has to be changed so that quotes and zones are where they stand in a text.

    Attributes:
        moved: By the place of a quote or a zone the one that it has now, where that is another.
        spelled: By the place of a quote its words as the text spells them, where quotation marks
            or spaces alone are others.
        left: By the place of a quote, whose words do not stand there, why it was not moved; empty
            where they stand nowhere, or several times.
        doubtful: The zones whose bounds cannot be told. While there are any, nothing is certain
            enough to be changed: what had moved could be told no more from what had not.
    """

    moved: Mapping[Span, Span]
    spelled: Mapping[Span, str]
    left: Mapping[Span, str]
    doubtful: tuple[Span, ...] = ()


class _Point(NamedTuple):
    """A place of the old text, and where it is in the new one."""

    old: int
    new: int

    @property
    def by(self) -> int:
        return self.new - self.old


_START: Final = _Point(0, 0)


def correct(
    text: str, quotes: Iterable[Quote], zones: Iterable[Span], length: int | None = None
) -> Correction:
    """Find where the quotes and the zones of an article stand in its text.

    Args:
        text: The text as it is now.
        quotes: The quotes that the graph has of it, one for a place.
        zones: The places of its zones.
        length: How long the text was when they were counted, if that is known.

    Example:
        >>> text = "Today the two navies trained off Port Lumen."
        >>> quotes = [Quote((4, 14), "two navies"), Quote((20, 30), "Port Lumen")]
        >>> dict(correct(text, quotes, [(0, 31)], 31).moved)
        {(0, 31): (0, 44), (4, 14): (10, 20), (20, 30): (33, 43)}
    """
    known = {quote.place: quote.exact for quote in quotes}
    folded = FoldedText(text)
    places = {place: _places(folded, exact) for place, exact in known.items()}
    right = {place for place in known if place in places[place]}
    once = {place: found[0] for place, found in places.items() if len(found) == 1}
    once |= {place: place for place in right}
    ends = [] if length is None or length == len(text) else [_Point(length, len(text))]
    chain = _in_order([*(_Point(old[0], new[0]) for old, new in once.items()), *ends])
    moved: dict[Span, Span] = {}
    left: dict[Span, str] = {}
    for place in known:
        if place not in once:
            left[place] = ""
        elif place not in right and not _is_near(_Point(place[0], once[place][0]), chain):
            left[place] = _FAR
        else:
            moved[place] = once[place]
    doubtful: list[Span] = []
    if ends or any(old != new for old, new in moved.items()):
        for zone in zones:
            if zone in known:
                continue  # it goes where its words go
            start = _bound(text, zone[0], chain, is_end=False)
            end = _bound(text, zone[1], chain, is_end=True)
            if start is None or end is None or start >= end:
                doubtful.append(zone)
            else:
                moved[zone] = start, end
    for place in _colliding(moved, {*known, *zones}):
        del moved[place]
        if place in known:
            left[place] = _TAKEN
        else:
            doubtful.append(place)
    spelled = {
        old: text[slice(*new)]
        for old, new in moved.items()
        if old in known and text[slice(*new)] != known[old]
    }
    changed = {old: new for old, new in sorted(moved.items()) if old != new}
    return Correction(changed, spelled, left, tuple(sorted(doubtful)))


def _places(text: FoldedText, phrase: str) -> list[Span]:
    """Find a phrase: as it is spelled, or else in another form."""
    found = text.places(phrase)
    return [span for span in found if text.text[slice(*span)] == phrase] or list(found)


def _in_order(points: Iterable[_Point]) -> list[_Point]:
    """Choose the most places that have the same order in both texts."""
    ordered = sorted(set(points))
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    above: list[int] = []
    for number, point in enumerate(ordered):
        at = bisect_right(best, (point.new, number))
        above.append(ends[at - 1] if at else -1)
        best[at : at + 1] = [(point.new, number)]
        ends[at : at + 1] = [number]
    chain: list[_Point] = []
    last = ends[-1] if ends else -1
    while last >= 0:
        chain.append(ordered[last])
        last = above[last]
    return chain[::-1]


def _is_near(point: _Point, chain: Sequence[_Point]) -> bool:
    """Tell whether a place is where the places on both sides of it lead, but for a slip."""
    at = bisect_left(chain, point)
    if chain[at : at + 1] != [point]:
        return False
    before = chain[at - 1] if at else _START
    beside = [other.by for other in (before, *chain[at + 1 : at + 2])]
    return min(beside) - _SLIP <= point.by <= max(beside) + _SLIP


def _bound(text: str, at: int, chain: Sequence[_Point], is_end: bool) -> int | None:
    """Find where a zone begins or ends now; None where that cannot be told.

    Where the places around it have moved alike, it has so too. Else it is at the edge of a line,
    if that is true of one of the places where it may be.
    """
    split = bisect_left(chain, (at, 0))
    before, after = chain[split - 1] if split else _START, chain[split : split + 1]
    ways = {before.by, *(point.by for point in after)}
    if len(ways) > 1 or not after:
        ways.add(0)
    found = {at + by for by in ways if 0 <= at + by <= len(text)}
    if after and after[0].old == at:
        found = {after[0].new}
    if len(found) > 1:
        edges = {place: _edge(text, place, is_end) for place in found}
        found = {place for place in found if edges[place] == max(1, *edges.values())}
    return found.pop() if len(found) == 1 else None


def _edge(text: str, at: int, is_end: bool) -> int:
    """Tell whether a zone may begin or end at a place: 2 at the edge of a line with words in it."""
    inside, outside = text[at - 1 : at], text[at : at + 1]
    if not is_end:
        inside, outside = outside, inside
    return (outside in ("", "\n")) * (1 + (inside not in ("", "\n")))


def _colliding(moved: Mapping[Span, Span], known: Iterable[Span]) -> list[Span]:
    """Find what would come where something is that stays, or comes too."""
    goes = {old: new for old, new in moved.items() if old != new}
    stay = Counter(place for place in known if place not in goes)
    dropped: list[Span] = []
    while True:
        taken = stay + Counter(goes.values())
        out = [old for old, new in goes.items() if taken[new] > 1]
        if not out:
            return dropped
        dropped += out
        for old in out:
            del goes[old]
            stay[old] += 1


def likely(texts: Mapping[Path, str], quotes: Sequence[Quote]) -> Path | None:
    """Find the text that has most of an article's quotes, where there is but one such text.

    Args:
        texts: The texts that are no other article's, by their files.
        quotes: The quotes of the article.

    Example:
        >>> quotes = [Quote((0, 3), "Two"), Quote((4, 9), "ships"), Quote((10, 13), "met")]
        >>> likely({Path("a.txt"): "The two ships. Two met.", Path("b.txt"): "Three"}, quotes).name
        'a.txt'
    """
    if not quotes:
        return None
    shares = sorted(
        (
            (sum(q.exact in text for q in quotes) / len(quotes), file)
            for file, text in texts.items()
        ),
        reverse=True,
    )
    if not shares or (len(shares) > 1 and shares[1][0] >= _OTHER):
        return None
    share, file = shares[0]
    right = all(texts[file][slice(*quote.place)] == quote.exact for quote in quotes)
    return file if share >= _MOST and (right or len(quotes) >= _FEW) else None
