"""Lines and columns of a text, worked out only where they are asked for."""

from __future__ import annotations

from typing import Final, NamedTuple

_STRETCH: Final = 1 << 13


class Span(NamedTuple):
    """A stretch of a text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    r"""The lines of a text, which end in LF, CRLF or a lone CR.

    Columns count code points; a byte-order mark at the beginning has no column. Lines are counted
    once, a stretch at a time, and no further than to the last place that is asked for.

    Example:
        >>> Lines("a\r\nbc d\n").span(4, 6)
        Span(line=2, column=2, end_line=2, end_column=4)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lone = has_lone_cr(text)
        #: Number and beginning of the line that goes on at each multiple of `_STRETCH`.
        self._known = [(1, 0)]
        #: What was asked for last, its line and where that begins.
        self._last = 0, 1, 0
        self._sources: dict[int, str] = {}

    def span(self, start: int, end: int) -> Span:
        """Give lines and columns of a stretch.

        Args:
            start: The offset of its first character.
            end: The offset after its last character.
        """
        line, first = self._line(start)
        last, begin = self._line(max(start, end - 1))
        return Span(line, start - first + 1, last, end - begin + 1)

    def source(self, offset: int) -> str:
        """Give a whole line, without its end and without a byte-order mark.

        Args:
            offset: The offset of a character in it.
        """
        _, start = self._line(offset)
        if start not in self._sources:
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            carriage = self._text.find("\r", start, end)
            end = end if carriage < 0 else carriage
            self._sources[start] = self._text[start:end]
        return self._sources[start]

    def _line(self, offset: int) -> tuple[int, int]:
        """Give number and beginning of the line of a character."""
        index = offset // _STRETCH
        while len(self._known) <= index:
            end = len(self._known) * _STRETCH
            self._known.append(self._advance(*self._known[-1], end - _STRETCH, end))
        done, number, start = self._last
        if not index * _STRETCH <= done <= offset:
            done, (number, start) = index * _STRETCH, self._known[index]
        number, start = self._advance(number, start, done, offset)
        self._last = offset, number, start
        return number, 1 if start == 0 and self._text.startswith("\ufeff") else start

    def _advance(self, number: int, start: int, done: int, end: int) -> tuple[int, int]:
        """Go on from one place to another."""
        number += self._text.count("\n", done, end)
        start = max(start, 1 + self._text.rfind("\n", done, end))
        if self._lone:
            # A CR before an LF ends no line of its own.
            number += self._text.count("\r", done, end) - self._text.count("\r\n", done, end + 1)
            last = self._text.rfind("\r", done, end)
            while last >= 0 and self._text[last + 1 : last + 2] == "\n":
                last = self._text.rfind("\r", done, last)
            start = max(start, last + 1)
        return number, start


def has_lone_cr(text: str) -> bool:
    """Tell whether there is a CR that is no part of a CRLF.

    Returns:
        Whether there is one.
    """
    return "\r" in text and text.count("\r") != text.count("\r\n")


def utf16_column(source: str, column: int) -> int:
    r"""Turn a column of code points into one of UTF-16 code units, as editors and SARIF count.

    Args:
        column: The column in code points, from 1.

    Returns:
        The column in UTF-16 code units, from 1.

    Example:
        >>> utf16_column("\U0001f6a2 x", 3)
        4
    """
    return column + sum(character > "\uffff" for character in source[: column - 1])
