"""A regular expression for any of some words, quick where they begin alike."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby
from typing import Final

#: Alternatives within alternatives, no deeper: `re` reads them recursively.
_DEPTH: Final = 30


def any_of(words: Collection[str]) -> str:
    """Write a pattern that matches any of some words, the longest of those that fit.

    Words that begin alike share that part of it, so that it costs little to tell that none fits.

    Args:
        words: The words, at least one.

    Returns:
        The pattern, with no group that captures.

    Example:
        >>> any_of(["<u:a>", "<u:bc>", "<u:bd>"])
        '<u:(?:b(?:d>|c>)|a>)'
    """
    return _any_of(sorted(set(words), reverse=True), _DEPTH)


def _any_of(words: list[str], depth: int) -> str:
    if len(words) == 1:
        return re.escape(words[0])
    # They are sorted: what the first and the last have in common, all have.
    pairs = enumerate(zip(words[0], words[-1], strict=False))
    length = next((i for i, (one, other) in pairs if one != other), len(words[-1]))
    rest = [word[length:] for word in words]
    if depth:
        ways = [_any_of(list(group), depth - 1) for _, group in groupby(rest, lambda w: w[:1])]
    else:
        ways = [re.escape(word) for word in rest]
    # In descending order a word comes before those that it begins with; the empty one is the last.
    return f"{re.escape(words[0][:length])}(?:{'|'.join(ways)})"
