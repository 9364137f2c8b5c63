"""Places in files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file.

    Lines and columns count from 1, columns in code points; the end is exclusive. A line of 0 means
    that the place within the file is not known (a format without positions, or the whole file).

    Attributes:
        file: The file as it was given, with ``/`` between the parts.
        line: The line where it begins.
        column: The column where it begins.
        end_line: The line where it ends.
        end_column: The column after its last character.
        source: The whole source line where it begins, without its line end.
        end_source: The source line where it ends, likewise; empty where that is the same line.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    source: str = ""
    end_source: str = ""

    def __str__(self) -> str:
        """Write file, line and column as compilers do, without those that are not known.

        Example:
            >>> str(Place("a.ttl", 3, 7)), str(Place("a.ttl"))
            ('a.ttl:3:7', 'a.ttl')
        """
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


def place(file: str, text: str, start: int, end: int) -> Place:
    r"""Make a place of a stretch of a text.

    Args:
        file: The file's name in reports.
        text: All of its text.
        start: The first code point.
        end: The code point after the last.

    Example:
        >>> place("f", "ab\ncd", 4, 5)
        Place(file='f', line=2, column=2, end_line=2, end_column=3, source='cd', end_source='')
    """
    line, column = _position(text, start)
    end_line, end_column = _position(text, end)
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    source = text[begin : stop if stop >= 0 else len(text)].rstrip("\r")
    return Place(file, line, column, end_line, end_column, source)


def offset(text: str, line: int, column: int) -> int:
    r"""Turn a line and a column, both from 1, into a code point.

    Returns:
        The index of the code point; the end of the text where it ends before.

    Example:
        >>> offset("ab\ncd", 2, 2)
        4
    """
    start = 0
    for _ in range(line - 1):
        line_end = text.find("\n", start)
        if line_end < 0:
            return len(text)
        start = line_end + 1
    return min(start + column - 1, len(text))


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
