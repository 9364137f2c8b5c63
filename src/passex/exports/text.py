"""Texts as the formats need them, and a report of what a format could not hold as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import Final

from ..text.wording import say
from .model import Edge, Picture, Vertex

#: Between the items of a list that becomes text.
BAR: Final = " | "
#: XML 1.0 has no way to write these.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = {
    ord(mark): escape
    for mark, escape in (
        *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")),
        # Else a reader of XML makes spaces of them.
        *(("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;")),
    )
}
#: As OWASP lists them, with their full-width forms.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Report:
    """Counts what a format could not hold as it is, by what happened to what.

    Example:
        >>> report = Report()
        >>> report.flat(("a", "b"))
        'a | b'
        >>> report.line("GraphML")
        'GraphML: 1 list became text'
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def flat(self, items: tuple[str, ...]) -> str:
        """Make a text of a list: items with bars between them; bars and backslashes escaped."""
        self.counts["list", "became text"] += 1
        if any("|" in item or "\\" in item for item in items):
            items = tuple(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)
        return BAR.join(items)

    def spells(self, picture: Picture, kept: str) -> None:
        """Count the date ranges that a format has as text, or only together.

        What becomes of them is said as in `passex.exports.Format.dates`.
        """
        things: Iterable[Vertex | Edge] = chain(picture.nodes, picture.edges)
        numbers = map(len, map(attrgetter("spells"), things))
        if kept == "text":
            self.counts["date range", "became text"] += sum(numbers)
        elif kept == "days":
            several = sum(number for number in numbers if number > 1)
            self.counts["date range", "became a first and a last day of several"] += several

    def visible(self, text: str) -> str:
        """Put signs in the place of characters that XML 1.0 does not have.

        Control characters become the pictures that Unicode has for them, others U+FFFD.
        """
        if _NOT_XML.search(text) is None:
            return text
        text, count = _NOT_XML.subn(_sign, text)
        self.counts["control character", "became a sign"] += count
        return text

    def xml(self, text: str) -> str:
        """Escape a text for an attribute or an element of XML 1.0."""
        if _NOT_PLAIN.search(text) is None:
            return text
        return self.visible(text).translate(_ESCAPES)

    def cell(self, text: str) -> str:
        """Put an apostrophe before a text that a spreadsheet would take for a formula."""
        if not text.startswith(_FORMULA):
            return text
        self.counts["text that looks like a formula", "got an apostrophe"] += 1
        return "'" + text

    def line(self, title: str) -> str:
        """Say what happened in a format, in a line; an empty text where nothing did."""
        parts = []
        for (thing, verb), count in sorted(self.counts.items()):
            if not count:
                continue
            things = say(count, thing)
            if thing.startswith("text "):
                things = f"{say(count, 'text')} that look{'s' if count == 1 else ''} like a formula"
            if verb == "became a sign" and count > 1:
                verb = "became signs"
            parts.append(f"{things} {verb}")
        return f"{title}: {'; '.join(parts)}" if parts else ""


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
