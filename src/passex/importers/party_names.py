"""Names of parties in a cell: what parts them, what stands beside one, and what is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

#: Separators that are words, and may stand in a name: Bosnia and Herzegovina.
_WORDS: Final = ("and", "&")
_REST: Final = re.compile(
    r"(?:(?:and|&|plus|among) )?(?:(?:some|several|many|a few|the) )?"
    r"(?:others?|more|the rest|other (?:nations|countries|states|partners|navies|parties))|"
    r"etc|et al|\.{3}|\u2026",
    re.IGNORECASE,
)
#: What a footnote may say of a name, nobody knows who reads the cell alone.
_MARK: Final = re.compile(
    r"[*\u2020\u2021\u00a7\u00b6#^\u00b9\u00b2\u00b3\u2070-\u2079]|\[\w{1,3}\]|\(\d{1,2}\)"
)
_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*\Z")
_WATCHES: Final = re.compile(
    r"(?:as )?(?:an? )?(?:obs|observers?|observing|observed)\.?(?: (?:only|status|nation|state))?",
    re.IGNORECASE,
)
#: What says no less than that somebody took part.
_TAKES_PART: Final = re.compile(
    r"(?:co-?)?(?:host|lead|leader)(?:ing)?(?: (?:nation|country|state))?|participants?|"
    r"\d+ (?:\w+ )?(?:ships?|warships?|vessels?|submarines?|aircraft|helicopters?|sailors?|"
    r"marines|troops|personnel|people)|navy|army|air force|coast guard|marines",
    re.IGNORECASE,
)
#: Part of a name, as in Iran (Islamic Republic of), and no abbreviation; and what is no part.
_NAME: Final = re.compile(r"(?:(?:of|the|and) ?|[A-Z][\w'\u2019.-]*[a-z][\w'\u2019.-]* ?)+")
_NO_PART: Final = re.compile(
    r"\b(?:observ\w+|invit\w+|withdr\w+|cancel\w+|plan\w+|absent|declin\w+|liaison|support\w*|"
    r"not?|possibl[ey]|probabl[ey]|report\w*|unconfirmed|confirmed|tentative|pending|proposed|"
    r"staff|former(?= participant)|guest|visitor|partial\w*|only|unknown)\b",
    re.IGNORECASE,
)


def parted(text: str, separators: Sequence[str], is_name: Callable[[str], bool]) -> Iterator[str]:
    """Yield the names of a cell, each on one line; without a separator the cell is one.

    Args:
        separators: Signs, and the words ``and`` and ``&``, which don't part what is a name as a
            whole.
        is_name: Tells whether a text is one.

    Example:
        >>> is_name = "Bosnia and Herzegovina".__eq__
        >>> list(parted("Chile, Bosnia and Herzegovina and Peru", [",", "and"], is_name))
        ['Chile', 'Bosnia and Herzegovina', 'Peru']
    """
    signs = "|".join(re.escape(sign) for sign in separators if sign not in _WORDS)
    words = "|".join(re.escape(word) for word in separators if word in _WORDS)
    for piece in re.split(signs, text) if signs else [text]:
        line = " ".join(piece.split())
        if words and not is_others(line):
            yield from _by_words(line, words, is_name)
        else:
            yield line


def _by_words(line: str, words: str, is_name: Callable[[str], bool]) -> Iterator[str]:
    """Part a line where a word stands, but for the longest names that have one in them."""
    gaps = [match.span() for match in re.finditer(rf"(?:\A|\s)(?:{words})\s", line, re.IGNORECASE)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(line)]
    at = 0
    while at < len(starts):
        to = len(ends) - 1
        while to > at and not is_name(line[starts[at] : ends[to]]):
            to -= 1
        if part := line[starts[at] : ends[to]].strip():
            yield part
        at = to + 1


def is_others(name: str) -> bool:
    """Tell whether a text only says that there are others.

    Example:
        >>> [is_others(name) for name in ("and others", "etc.", "other", "Oman and others")]
        [True, True, True, False]
    """
    return bool(_REST.fullmatch(name.strip().rstrip(".")) or _REST.fullmatch(name.strip()))


def watches(name: str) -> str:
    """Give who is said, in brackets, to watch; nothing where nobody is.

    Example:
        >>> watches("Oman (observer)"), watches("Oman (host)")
        ('Oman', '')
    """
    match = _BRACKETS.search(name)
    return name[: match.start()] if match and _WATCHES.fullmatch(match[1].strip()) else ""


def doubt(name: str, is_same: Callable[[str], bool]) -> str:
    """Say why a name may stand for nobody who took part; nothing where it says no more than who.

    Args:
        is_same: Tells whether what stands in brackets names the same, or what is of it.

    Example:
        >>> for name in ("Oman*", "Oman?", "Oman (TBC)", "Oman (OMN)", "Oman (host)"):
        ...     print(repr(doubt(name, "OMN".__eq__)))
        'has a footnote mark, and may have taken no part'
        'has a question mark'
        "'TBC' may say that it took no part"
        ''
        ''
    """
    if _MARK.search(name):
        return "has a footnote mark, and may have taken no part"
    if "?" in name:
        return "has a question mark"
    match = _BRACKETS.search(name)
    inner = match[1].strip() if match else ""
    if not inner or _TAKES_PART.fullmatch(inner) or is_same(inner):
        return ""
    if _NAME.fullmatch(inner) and not _NO_PART.search(inner):
        return ""
    return f"'{inner}' may say that it took no part"
