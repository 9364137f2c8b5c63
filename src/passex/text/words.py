"""Words and sentences of a text, and what no place may cut.

Source: Unicode Text Segmentation (UAX 29), without what needs its tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

#: Characters of scripts that put no spaces between words.
_SCRIPTS: Final = r"\u0E00-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF"
_UNSPACED: Final = re.compile(f"[{_SCRIPTS}\U00020000-\U0003fffd]")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]*\\Z")
_NUMBER: Final = re.compile(r"\d[.,]\d")
#: Where a sentence ends, and what may still follow of it; a stop after one letter (U.S.) or within
#: a number is none.
_END: Final = re.compile(
    r"(?:[!?\u2026\u0589\u061F\u06D4\u0964\u3002\uFF01\uFF0E\uFF1F\uFF61]"
    r"|(?<![^\W\d_]\.[^\W\d_])(?<!\b[^\W\d_])\.(?!\w))[\"'\u2019\u201D\u300D\u300F)\]]*|\n+"
)
#: So many characters of a sentence are looked for on each side of a place.
_LONG: Final = 2000
#: Letters and digits with what may stand within (it's, 3.5), a character of a script without spaces
#: alone.
_WORD: Final = re.compile(rf"[{_SCRIPTS}]|\w+(?:['\u2019.:\u00B7](?=\w)\w+|,(?=\d)\d+)*")

_RANKS: Final = (
    "adm brig capt cdr cmdr cmndr col comdr cpl ens gen lt ltc maj radm rear sgt supt vadm"
)
_TITLES: Final = "dr gov mr mrs ms msgr pres prof rep rev sen sr ste"
_OTHERS: Final = "jan feb mar apr jun jul aug sept sep oct nov dec no nos vs fig st mt"
#: Behind these a stop ends no sentence: ranks, titles, St. before a name, months before a day.
_SHORTENED: Final = frozenset(f"{_RANKS} {_TITLES} {_OTHERS}".split())


def words(text: str) -> list[str]:
    """Take a text apart into words.

    Example:
        >>> words("South Korea's U.S.-led drill of 3,000")
        ['South', "Korea's", 'U.S', 'led', 'drill', 'of', '3,000']
    """
    return _WORD.findall(text)


def word_places(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the words of a text, or of a part of it.

    Returns:
        The first code point of each, and the one after its last.

    Example:
        >>> word_places("Two U.S. ships", 4)
        [(4, 7), (9, 14)]
    """
    return [
        match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)
    ]


def sentences(text: str, least: int = 1) -> Iterator[tuple[int, int]]:
    """Find the sentences of a text, and its lines where these have no end of a sentence.

    Args:
        least: How many words a sentence has at least.

    Yields:
        The first code point of the first word, and the one after the last word.

    Example:
        >>> list(sentences("They met in the U.S. on Friday. Yes. All five trained at sea.", 5))
        [(0, 30), (37, 60)]
        >>> list(sentences("Adm. Sun spoke. He left."))
        [(0, 14), (16, 23)]
    """
    start = 0
    for match in [*_ends(text, 0), None]:
        end = match.start() if match else len(text)
        found = word_places(text, start, end)
        if len(found) >= least:
            yield found[0][0], found[-1][1]
        start = match.end() if match else end


def _ends(text: str, start: int) -> Iterator[re.Match[str]]:
    """Find where sentences end, from a place on."""
    for match in _END.finditer(text, start):
        before = text[max(start, match.start() - 8) : match.start()]
        if match[0] != "." or not _is_shortened(before):
            yield match


def _is_shortened(before: str) -> bool:
    """Tell whether a stop is that of a shortened word, such as a rank."""
    word = re.search(r"(?<![^\W_])[^\W\d_]+\Z", before)
    return word is not None and word[0][:1].isupper() and word[0].lower() in _SHORTENED


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentence around a place, with the sign that ends it.

    It ends with its line at the latest. Of abbreviations only those of single letters, of ranks,
    titles and months are known, so that a sentence may come out too short, and so does one of more
    than some thousand characters.

    Returns:
        The first code point of the sentence, and the one after its last.

    Example:
        >>> sentence_at("Ships met. Two U.S. navies trained at sea. It rained.", 20, 26)
        (11, 42)
    """
    first = max(text.rfind("\n", 0, start) + 1, start - _LONG)
    last = min(len(text), end + _LONG)
    for match in _ends(text, first):
        stop = match.start() if match[0][0] == "\n" else match.end()
        if stop >= end:
            last = min(last, stop)
            break
        if stop <= start:
            first = match.end()
    while first < start and text[first].isspace():
        first += 1
    return first, last


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Take the sentence around a place apart, as `sentence_at` finds it.

    Returns:
        What stands before the place, there, and after it.

    Example:
        >>> sentence("Ships met. Two navies trained at sea. It rained.", 15, 21)
        ('Two ', 'navies', ' trained at sea.')
    """
    first, last = sentence_at(text, start, end)
    return text[first:start], text[start:end], text[end:last]


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a place until it cuts no word, number or character.

    Example:
        >>> whole("two navies met", 4, 7)
        (4, 10)
    """
    while is_inside(text, start):
        start -= 1
    while is_inside(text, end):
        end += 1
    return start, end


def is_unspaced(character: str) -> bool:
    """Tell whether a character is of a script that puts no spaces between words."""
    return _UNSPACED.match(character) is not None


def is_inside(text: str, at: int) -> bool:
    """Tell whether a place is inside a word or number, or what is seen as one character.

    Scripts without spaces have no words that can be told so simply; an apostrophe ends a word,
    since a name may have 's behind it.

    Example:
        >>> [is_inside("3,000 men", at) for at in (1, 2, 5, 6, 7)]
        [True, True, False, False, True]
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    joined = "\u200d" in (before, after) or unicodedata.category(after)[0] == "M"
    toned = "\U0001f3fb" <= after <= "\U0001f3ff" or (before, after) == ("\r", "\n")
    # Letters of a flag that has no code of two, such as Scotland's.
    toned = toned or "\U000e0020" <= after <= "\U000e007f"
    # Two letters of a flag go together, from the first of them on.
    flag = _FLAG.search(text, 0, at) if "\U0001f1e6" <= after <= "\U0001f1ff" else None
    if joined or toned or (flag is not None and len(flag[0]) % 2):
        return True
    # An accent of its own belongs to the letter before it; a soft hyphen parts no word.
    before = next((c for c in reversed(text[max(0, at - 9) : at]) if not _is_part(c)), before)
    after = next((c for c in text[at : at + 9] if not _is_part(c)), after)
    if not _UNSPACED.search(before + after) and before.isalnum() and after.isalnum():
        return True
    parts = (text[at - 2 : at + 1] if at > 1 else "", text[at - 1 : at + 2])
    return any(_NUMBER.fullmatch(part) for part in parts)


def _is_part(character: str) -> bool:
    """Tell whether a character between letters parts no word: a mark, or what is not seen."""
    kind = unicodedata.category(character)
    return kind[0] == "M" or character == "_" or (kind == "Cf" and character != "\u200b")
