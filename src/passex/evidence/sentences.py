"""The sentence around a place in a text."""

from __future__ import annotations

import re

#: Closing quotation marks may stand between a full stop and the space after it.
_CLOSING = "['\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*"
_BREAK = re.compile(rf"[.!?]{_CLOSING}\s+|\n")
_STOP = re.compile(rf"[.!?]{_CLOSING}(?=\s|$)|(?=\n)|$")


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Find the sentence around an anchor.

    A sentence ends with a full stop, a question or an exclamation mark before a space, or with a
    line. Abbreviations are not known: a sentence may come out too short, never wrong.

    Args:
        text: The article's text.
        start: The anchor's first code point.
        end: The code point after its last.

    Returns:
        What stands before the anchor in its sentence, the anchor, and what stands after it.

    Example:
        >>> sentence("Ships met. Two navies trained at sea. It rained.", 15, 21)
        ('Two ', 'navies', ' trained at sea.')
    """
    before = max((match.end() for match in _BREAK.finditer(text[:start])), default=0)
    stop = _STOP.search(text, end)
    after = stop.end() if stop else len(text)
    return text[before:start].lstrip(), text[start:end], text[end:after]
