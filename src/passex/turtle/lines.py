"""Lines and columns of a text, worked out only where they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    r"""The lines of a text, which end in LF, CRLF or a lone CR.

    Columns count code points; a byte-order mark at the beginning has no column. A line is counted
    from the nearest place that was asked for before, so many questions in any order cost little
    more than one.

    Args:
        text: The text.

    Example:
        >>> Lines("a\r\nbc d\n").span(4, 6)
        Span(line=2, column=2, end_line=2, end_column=4)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lone = text.count("\r") != text.count("\r\n")
        self._starts = [0]
        self._numbers = [1]
        self._sources: dict[int, str] = {}

    def span(self, start: int, end: int) -> Span:
        """Give lines and columns of a stretch.

        Args:
            start: The offset of its first character.
            end: The offset after its last character.

        Returns:
            The lines and columns.
        """
        line, first = self._line(start)
        last, begin = self._line(max(start, end - 1))
        return Span(line, start - first + 1, last, end - begin + 1)

    def source(self, offset: int) -> str:
        """Give a whole line, without its end and without a byte-order mark.

        Args:
            offset: The offset of a character in it.

        Returns:
            The line.
        """
        _, start = self._line(offset)
        if start not in self._sources:
            ends = [self._text.find(mark, start) for mark in ("\n", "\r")]
            end = min((end for end in ends if end >= 0), default=len(self._text))
            self._sources[start] = self._text[start:end]
        return self._sources[start]

    def _line(self, offset: int) -> tuple[int, int]:
        """Give number and beginning of the line of a character."""
        known = bisect_right(self._starts, offset) - 1
        before, number = self._starts[known], self._numbers[known]
        start = 1 + self._text.rfind("\n", before, offset)
        number += self._text.count("\n", before, start)
        if self._lone:
            # The CR of a CRLF ends no line of its own; one before `offset` may be such a half.
            number += self._text.count("\r", before, offset)
            number -= self._text.count("\r\n", before, offset + 1)
            back = offset
            while (back := self._text.rfind("\r", max(start, before), back)) >= 0:
                if self._text[back + 1 : back + 2] != "\n":
                    start = back + 1
                    break
        start = start or before
        if start > before:
            self._starts.insert(known + 1, start)
            self._numbers.insert(known + 1, number)
        if start == 0 and self._text.startswith("\ufeff"):
            start = 1
        return number, start


def utf16_column(source: str, column: int) -> int:
    r"""Turn a column of code points into one of UTF-16 code units, as editors and SARIF count.

    Args:
        source: The line.
        column: The column in code points, from 1.

    Returns:
        The column in UTF-16 code units, from 1.

    Example:
        >>> utf16_column("\U0001f6a2 x", 3)
        4
    """
    return column + sum(character > "\uffff" for character in source[: column - 1])
