"""Phrases in a text, however it writes quotation marks, dashes, spaces and accents."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final, TypeAlias

from .alike import windows
from .words import is_inside, sentences, word_places, words

#: The first code point of something, and the one after its last.
Span: TypeAlias = tuple[int, int]

_DASHES: Final = r"\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
#: What may be written in another way: space, dashes, and what is not ASCII.
_VARIED: Final = re.compile(rf"(\s+)|([{_DASHES}]+)|[^\x00-\x7f\s{_DASHES}]+|`")
_SINGLE: Final = "`\u00b4\u02b9\u02bc\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07"
_DOUBLE: Final = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u301d\u301e\uff02"
_QUOTES: Final = str.maketrans(dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"'))
#: Marks that choose between two looks of a character.
_LOOKS: Final = range(0xFE00, 0xFE10)
#: What lies between two words where a line is broken within a sentence.
_WRAPPED: Final = re.compile(r"[^\S\n]*[-,;]?[^\S\n]*\n[^\S\n]*")
#: So many places are given of what is near a phrase.
_NEAR: Final = 3


class FoldedText:
    r"""A text in which phrases are found.

    A run of blank space, line breaks among it, is as good as one space, a run of dashes as one
    hyphen, and a quotation mark as a straight one; a letter with an accent is as good as the letter
    and the accent, a ligature as its letters. What nobody sees, such as a soft hyphen or a
    zero-width space, may be there or not. Upper and lower case differ, and what is found is whole
    characters.

    Source: Unicode Normalization Forms (UAX 15), NFKD of each character.

    Args:
        text: The text.

    Example:
        >>> text = FoldedText("Japan\u2019s\u00a0own\n drill \u2013 in caf\u00e9s")
        >>> text.places("Japan's own drill"), text.places("drill - in cafe\u0301s")
        (((0, 18),), ((13, 29),))
        >>> text.places("cafe"), text.places("japan")
        ((), ())
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _cased(self) -> _Folded:
        return _Folded(self.text)

    @cached_property
    def _uncased(self) -> _Folded:
        return _Folded(self.text, cased=False)

    @cached_property
    def _words(self) -> tuple[list[Span], list[str]]:
        """The words as they are folded in lower case, with their places in that."""
        folded = self._uncased.text
        places = word_places(folded)
        return places, [folded[start:end] for start, end in places]

    @cached_property
    def _begins(self) -> list[int]:
        """The numbers of the words with which sentences begin, and lines that don't go on one."""
        text, end, begins = self.text, 0, list[int]()
        at = [self._uncased.starts[start] for start, _ in self._words[0]]
        for start, next_end in sentences(text):
            wrapped = text[start].islower() and _WRAPPED.fullmatch(text, end, start)
            if not begins or not wrapped:
                begins.append(bisect_left(at, start))
            end = next_end
        return begins

    def places(self, phrase: str) -> tuple[Span, ...]:
        """Find all places of a phrase, in order; they may overlap.

        Where it begins or ends inside a word it counts only if it stands nowhere else.

        Example:
            >>> FoldedText("women and men").places("men"), FoldedText("women").places("men")
            (((10, 13),), ((2, 5),))
        """
        return self._whole_first(self._cased.find(phrase))

    def stands_once(self, phrase: str) -> bool:
        """Tell whether a phrase has exactly one place."""
        whole = islice(filter(self._is_whole, self._cased.find(phrase)), 2)
        return len(list(whole) or list(islice(self._cased.find(phrase), 2))) == 1

    def _whole_first(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        found = tuple(spans)
        return tuple(filter(self._is_whole, found)) or found

    def _is_whole(self, span: Span) -> bool:
        return not any(is_inside(self.text, at) for at in span)

    def nearest(self, phrase: str) -> tuple[Span, ...]:
        """Find what the text may have instead of a phrase that it does not have.

        Returns:
            Up to three places: those that have the phrase in other upper and lower case; if there
            are none, those that have most of it, in the same or like words of one sentence.

        Example:
            >>> FoldedText("The two navies of Marn trained.").nearest("Navies of Marne")
            ((8, 22),)
        """
        found = self._whole_first(self._uncased.find(phrase))
        if found:
            return found[:_NEAR]
        places, known = self._words
        folded = self._uncased
        spans = []
        for first, last in windows(_words(phrase), known, self._begins)[:_NEAR]:
            (start, _), (_, end) = places[first], places[last]
            spans.append((folded.starts[start], folded.ends[end - 1]))
        return tuple(spans)

    def lacking(self, phrase: str) -> tuple[str, ...]:
        """List the words of a phrase that the text has nowhere, in lower case.

        Example:
            >>> FoldedText("The two navies trained.").lacking("Two fleets trained")
            ('fleets',)
        """
        known = set(self._words[1])
        return tuple(word for word in dict.fromkeys(_words(phrase)) if word not in known)


class _Folded:
    """A text in one of the ways of writing it.

    Attributes:
        text: The folded text.
        starts: Of each of its characters, the first code point of what it stands for.
        ends: The one after the last.
    """

    def __init__(self, text: str, cased: bool = True) -> None:
        self._is_cased = cased
        self.starts, self.ends = array("q"), array("q")
        self._parts: list[str] = []
        at = 0
        for match in _VARIED.finditer(text):
            start, end = match.span()
            self._plain(text, at, start)
            if match[1] or match[2]:
                self._run(" " if match[1] else "-", start, end)
            else:
                self._signs(match[0], start)
            at = end
        self._plain(text, at, len(text))
        self.text = "".join(self._parts)

    def find(self, phrase: str) -> Iterator[Span]:
        wanted = _Folded(phrase, self._is_cased).text.strip()
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if self._parts_at(at) and self._parts_at(end):
                yield self.starts[at], self.ends[end - 1]
            at = self.text.find(wanted, at + 1)

    def _parts_at(self, at: int) -> bool:
        """Tell whether a character of the text ends at a place of the folded one."""
        if not 0 < at < len(self.text):
            return True
        return self.starts[at] != self.starts[at - 1] and not unicodedata.combining(self.text[at])

    def _plain(self, text: str, start: int, end: int) -> None:
        if start < end:
            part = text[start:end]
            self._parts.append(part if self._is_cased else part.lower())
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def _run(self, sign: str, start: int, end: int) -> None:
        # What nobody sees may part a run in two.
        if self._parts and self._parts[-1] == sign:
            self.ends[-1] = end
            return
        self._parts.append(sign)
        self.starts.append(start)
        self.ends.append(end)

    def _signs(self, signs: str, start: int) -> None:
        marks: list[tuple[str, int]] = []
        for at, sign in enumerate(signs, start):
            if unicodedata.category(sign) == "Cf" or ord(sign) in _LOOKS:
                continue
            sign = sign.translate(_QUOTES)
            for part in unicodedata.normalize("NFKD", sign if self._is_cased else sign.casefold()):
                if not unicodedata.combining(part):
                    self._flush(marks)
                marks.append((part, at))
        self._flush(marks)

    def _flush(self, marks: list[tuple[str, int]]) -> None:
        """Add a letter and its marks, these in canonical order."""
        # They are one: nothing that is found begins or ends between them.
        for part, _ in sorted(marks, key=lambda mark: unicodedata.combining(mark[0])):
            self._parts.append(part)
            self.starts.append(marks[0][1])
            self.ends.append(marks[-1][1] + 1)
        marks.clear()


def _words(phrase: str) -> list[str]:
    return words(_Folded(phrase, cased=False).text)
