"""Places in a query, shown: the line, and carets below the place."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import QueryError
from ..text import excerpts
from ..text.places import Place
from .tokens import place


class SparqlError(QueryError):
    """A text that is no query.

    Args:
        message: What is wrong, without a full stop.
        hint: What to do about it; empty where nothing can be said.
        place: Where.
        excerpt: The line of the query, and a line with a caret under the place.
        kind: ``update`` for an update where a query is due.
    """

    def __init__(
        self, message: str, hint: str, place: Place, excerpt: str = "", kind: str = ""
    ) -> None:
        super().__init__(message, hint, place, kind)
        self.excerpt = excerpt


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in a query, and what is wrong there.

    Attributes:
        start: The first code point.
        end: The code point after the last.
        message: What is wrong, without a full stop.
        hint: What to do about it; empty where nothing can be said.
    """

    start: int
    end: int
    message: str
    hint: str = ""


def excerpt(text: str, start: int, end: int) -> str:
    r"""Show a place in a query.

    Args:
        text: The query.
        start: The first code point.
        end: The code point after the last.

    Returns:
        The line with its number, and a line with carets below the place; of a long line, the part
        around it.

    Example:
        >>> print(excerpt("ASK {\n  ?s a nr:Shp }", 13, 19))
          2 |   ?s a nr:Shp }
            |        ^^^^^^
    """
    where = place("", text, start, end)
    number = f"{where.line:3}"
    source, carets = excerpts.excerpt(where)
    return f"{number} | {source}".rstrip() + f"\n{' ' * len(number)} | {carets}"


def located(
    name: str,
    text: str,
    start: int,
    end: int,
    message: str,
    hint: str = "",
    kind: str = "",
) -> SparqlError:
    """Make an error of a place in a query.

    Args:
        name: What the query is called: a file, or ``query``.
        text: The query.
        start: The first code point.
        end: The code point after the last.
        message: What is wrong.
        hint: What to do about it.
        kind: As `SparqlError` has it.

    Returns:
        The error.
    """
    where = place(name, text, start, end)
    return SparqlError(message, hint, where, excerpt(text, start, end), kind)
