"""Anchors of a sentence's proposals: few words each, that carry what is proposed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from ...evidence.anchoring import MOST, MOST_UNSPACED, MOST_WORDS, SENTENCE
from ...text.words import is_inside, whole, word_places, words

#: Fewer words say nothing: a name alone is no fact.
_LEAST: Final = 4
_ARTICLES: Final = frozenset(("the", "a", "an"))
#: Words that nothing ends with.
_WORDS_BETWEEN: Final = (
    "and or of the a an its their in with for to by on from at as that who which"
)
_LOOSE: Final = frozenset(_WORDS_BETWEEN.split())


class Anchors:
    """The anchors of one sentence: places that lie near to each other share one.

    Args:
        text: The whole text.
        start: Where the sentence begins, and where it ends.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._words = word_places(text, start, end)
        self._starts = [place[0] for place in self._words]
        self._ends = [place[1] for place in self._words]
        self._wanted: set[tuple[int, int]] = set()
        self._places: dict[tuple[int, int], tuple[int, int]] = {}

    def want(self, start: int, end: int) -> None:
        """Ask for an anchor of a place, before `settle`."""
        if self._start <= start < end <= self._end:
            self._wanted.add((start, end))

    def settle(self) -> None:
        """Choose the anchors: as few as the places fit into, none longer than may be."""
        windows: list[tuple[int, int]] = []
        owners: list[list[tuple[int, int]]] = []
        for start, end in sorted(self._wanted):
            first, last = bisect_right(self._starts, start) - 1, bisect_left(self._ends, end)
            # A long place is cut behind: what it is begins it.
            first = max(first, 0)
            last = min(max(last, first), first + MOST_WORDS - 1, len(self._words) - 1)
            if windows and self._fits(windows[-1][0], max(last, windows[-1][1])):
                windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
                owners[-1].append((start, end))
            else:
                windows.append((first, last))
                owners.append([(start, end)])
        for (first, last), places in zip(windows, owners, strict=True):
            if anchor := self._anchor(*self._widened(first, last)):
                self._places.update(dict.fromkeys(places, anchor))

    def of(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the anchor of a place that was wanted: none, where nothing may be quoted."""
        return [self._places[start, end]] if (start, end) in self._places else []

    def _fits(self, first: int, last: int) -> bool:
        start, end = self._starts[first], self._ends[last]
        return last - first < MOST_WORDS and end - start <= MOST

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """Add the article, and words until there are enough: before, where a comma is behind."""
        least = last
        if first and self._word(first - 1) in _ARTICLES and self._fits(first - 1, last):
            first -= 1
        while last - first + 1 < _LEAST:
            if last + 1 < len(self._words) and self._fits(first, last + 1) and self._near(last):
                last += 1
            elif first and self._fits(first - 1, last) and self._near(first - 1):
                first -= 1
            else:
                break
        # A name with a hyphen isn't parted.
        while first and self._text[self._starts[first] - 1] == "-" and self._fits(first - 1, last):
            first -= 1
        while last > least and self._word(last) in _LOOSE:
            last -= 1
        return first, last

    def _word(self, number: int) -> str:
        return self._text[slice(*self._words[number])].lower()

    def _near(self, word: int) -> bool:
        """Tell whether the next word follows without a comma or a quotation mark."""
        return not self._text[self._ends[word] : self._starts[word + 1]].strip(" -\n\t")

    def _anchor(self, first: int, last: int) -> tuple[int, int] | None:
        if last - first + 1 == len(self._words) >= SENTENCE:
            last -= 1  # a whole sentence is a copy
        while first <= last:
            start, end = self._starts[first], self._ends[last]
            # An initial keeps its stop, as U.S. does, and no place cuts what is one character.
            start, end = whole(self._text, start, end)
            exact = self._text[start:end]
            spaced = " " in exact or exact.isascii()
            fits = len(words(exact)) <= MOST_WORDS and len(exact) <= (
                MOST if spaced else MOST_UNSPACED
            )
            if (
                fits
                and "\n" not in exact
                and not is_inside(self._text, start)
                and not is_inside(self._text, end)
            ):
                return start, end
            last -= 1
        return None
