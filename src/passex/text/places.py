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
