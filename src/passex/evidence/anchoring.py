"""What an anchor may be: the fewest words that carry a fact, and whole ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..text.turtle.tokens import escape
from ..text.wording import say
from ..text.words import is_unspaced, sentence_at, whole, words

#: So many words at most, and so many characters, fewer of scripts without spaces.
MOST_WORDS: Final = 8
MOST: Final = 80
MOST_UNSPACED: Final = 24
#: A sentence has so many words at least; what has fewer, such as a dateline, is no copy.
SENTENCE: Final = 5
#: As the shape has it: no full stop, unless that of an abbreviation by letters.
_END: Final = re.compile(r"([^.\u3002\uff0e\uff61]|(^|[^A-Za-z])[A-Za-z]\.)\Z")

#: What ends a sentence; the end of a line may be one that a long sentence was broken at.
_STOPS: Final = ".!?\u3002\uff0e\uff61"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that an anchor should not be.

    Attributes:
        kind: ``cut`` (it begins or ends inside a word), ``copied`` (a whole sentence, or more than
            eight words), ``across`` (it begins in one sentence and ends in another), ``long`` (too
            many characters, or parts between spaces), ``stop`` (it ends with a full stop). The last
            two are for the shapes to find in a graph.
        message: What it is, as a sentence.
        hint: What to quote instead.
    """

    kind: Literal["cut", "copied", "across", "long", "stop"]
    message: str
    hint: str


def quoted(text: str, start: int, end: int) -> str:
    """Quote a place of a text for a hint.

    Example:
        >>> print(quoted("Two navies met.", 4, 10))
        "navies": <#char=4,10>
    """
    return f'"{escape(text[start:end])}": <#char={start},{end}>'


def faults(
    text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]
) -> Iterator[Fault]:
    """Say what is wrong with a place of a text as an anchor.

    Args:
        text: The article's text.
        start: The first code point of the anchor.
        end: The one after its last.
        sentences: The places of the text's sentences of `SENTENCE` words and more, in order.

    Yields:
        At most one fault of each kind.

    Example:
        >>> [fault.message for fault in faults("Two navies met.", 4, 7, [])]
        ['The anchor ends inside a word.']
    """
    exact = text[start:end]
    first, last = whole(text, start, end)
    if (first, last) != (start, end):
        edge = "begins" if first < start else "ends"
        yield Fault(
            "cut", f"The anchor {edge} inside a word.", f"quote {quoted(text, first, last)}"
        )
    number = len(words(exact))
    at = bisect_left(sentences, (start, 0))
    if " " in exact and number > MOST_WORDS:
        message = f"The anchor has {number} words, where hyphens and dashes part them."
        yield Fault("copied", message, f"quote the {MOST_WORDS} that carry the fact, or fewer")
    elif at < len(sentences) and sentences[at][1] <= end:
        yield Fault(
            "copied", "The anchor is a whole sentence.", "quote the words that carry the fact"
        )
    unspaced = sum(map(is_unspaced, exact))
    parts = len(exact.split())
    if len(exact) > MOST:
        yield Fault("long", f"The anchor has {len(exact)} characters.", f"quote {MOST} at most")
    elif unspaced > MOST_UNSPACED:
        message = f"The anchor has {unspaced} characters of a script without spaces."
        yield Fault("long", message, f"quote {MOST_UNSPACED} at most")
    elif parts > MOST_WORDS >= number:
        message = f"The anchor has {say(parts, 'part')} between spaces."
        yield Fault("long", message, f"quote {MOST_WORDS} at most")
    stop = sentence_at(text, start, start + 1)[1]
    if stop < end and text[stop - 1] in _STOPS:
        hint = f"quote {quoted(text, start, stop - 1)}, or what the next sentence has"
        yield Fault("across", "The anchor runs on into another sentence.", hint)
    if not _END.search(exact):
        yield Fault("stop", "The anchor ends with a full stop.", "quote it without")
