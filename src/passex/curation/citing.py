"""Citations: where phrases stand in an article's text, and what else it may have instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..errors import QueryError
from ..evidence.anchoring import MOST, MOST_WORDS, SENTENCE, Fault, faults
from ..text.phrases import FoldedText, Span
from ..text.words import sentence, sentence_at, sentences, word_places
from .quotes import quote_line

#: For so many places of a phrase, a longer one is looked for that stands nowhere else.
_LOOKED_AT: Final = 100


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in an article's text, as evidence.

    Attributes:
        start: The first code point.
        end: The one after the last.
        exact: What the text has there.
        line: The number of the line in which it begins, from 1.
        sentence: What the sentence around it has before it, there, and after it.
        turtle: The evidence line for the article's file.
        unique: The shortest longer phrase that stands nowhere else, where this one does; None where
            that is not so, or no phrase of eight words in the sentence is one.
        faults: What is wrong with it as an anchor.
    """

    start: int
    end: int
    exact: str
    line: int
    sentence: tuple[str, str, str]
    turtle: str
    unique: str | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a phrase stands in an article's text.

    Attributes:
        phrase: The phrase that was looked for.
        quotes: The places where it stands, in order; each as the text has it, which may differ in
            quotation marks, dashes, spaces and the form of accents.
        near: Where it does not stand: what the text may have instead.
        lacking: Where it does not stand: the words of it that the text has nowhere.
    """

    phrase: str
    quotes: tuple[Quote, ...]
    near: tuple[Quote, ...]
    lacking: tuple[str, ...]


class CitedText:
    """An article's text, of which phrases can be cited.

    Args:
        text: The text, as `passex.evidence.texts.read_text` gives it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = FoldedText(text)
        self._sentences = tuple(sentences(text, SENTENCE))

    def cite(self, phrase: str) -> Citation:
        r"""Find a phrase.

        Raises:
            QueryError: There is nothing in the phrase, or half a character.

        Example:
            >>> text = CitedText("The navies of Marn met. A\u00a0navy's day.")
            >>> print(text.cite("A navy\u2019s day").quotes[0].turtle)
            <#char=24,36> oa:exact "A\u00A0navy's day" .
            >>> [quote.exact for quote in text.cite("navies at Marn").near]
            ['navies of Marn']
        """
        if not phrase.strip():
            raise QueryError("no phrase to look for", "give some words of the text")
        if any("\ud800" <= sign <= "\udfff" for sign in phrase):
            raise QueryError("the phrase has half a character", "type it in UTF-8")
        places = self._folded.places(phrase)
        if not places:
            near = tuple(self._quote(span) for span in self._folded.nearest(phrase))
            return Citation(phrase, (), near, self._folded.lacking(phrase))
        looked_at = _LOOKED_AT if len(places) > 1 else 0
        quotes = tuple(
            self._quote(span, self._unique(*span) if number < looked_at else None)
            for number, span in enumerate(places)
        )
        return Citation(phrase, quotes, (), ())

    def _quote(self, span: Span, unique: Span | None = None) -> Quote:
        text, (start, end) = self._text, span
        return Quote(
            start=start,
            end=end,
            exact=text[start:end],
            line=text.count("\n", 0, start) + 1,
            sentence=sentence(text, start, end),
            turtle=quote_line(text, start, end),
            unique=None if unique is None else text[slice(*unique)],
            faults=tuple(faults(text, start, end, self._sentences)),
        )

    def _unique(self, start: int, end: int) -> Span | None:
        """Find the shortest longer phrase around a place that stands nowhere else."""
        for first, last in self._longer(start, end):
            if self._folded.stands_once(self._text[first:last]):
                return first, last
        return None

    def _longer(self, start: int, end: int) -> Iterator[Span]:
        """List longer phrases of the sentence, whole words, the shorter ones first."""
        text = self._text
        within = word_places(text, *sentence_at(text, start, end))
        starts = [start, *reversed([first for first, _ in within if first < start])]
        ends = [end, *(last for _, last in within if last > end)]
        own = len(word_places(text, start, end))
        for more in range(1, MOST_WORDS - own + 1):
            # What follows comes before what leads up to it.
            for left in range(max(0, more - len(ends) + 1), min(more, len(starts) - 1) + 1):
                first, last = starts[left], ends[more - left]
                copied = (first, last) == (within[0][0], within[-1][1]) and len(within) >= SENTENCE
                if last - first <= MOST and not copied:
                    yield first, last
