"""Errors and warnings of queries, with their places.

A program tells the errors of queries apart by their kind, and their wording may change:

- ``empty``: there is nothing in the text;
- ``update``: it is an update where only queries are answered;
- ``grammar``: a word that can't stand where it does, or a text that is never closed;
- ``prefix``: a prefix that isn't declared;
- ``meaning``: right by the grammar, and yet no query (SPARQL 1.1, section 19.8 and its notes);
- ``depth``: it may be nested too deeply for the engine, or too large (`passex.query.size`);
- ``function``: a function that the engine doesn't have (`passex.graph.engine`);
- ``service``: a server that SERVICE calls doesn't answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import QueryError
from ..text.excerpts import numbered
from ..text.places import place


class SparqlError(QueryError):
    """A text that is no query, with the place in it; or a warning about one."""

    @property
    def excerpt(self) -> str:  # type: ignore[override]
        """The line of the query with its number, and carets below the place."""
        return numbered(self.place) if self.place and self.place.line else ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in a query, and what is wrong there.

    It goes from its first code point to the one after its last; the message has no full stop, and
    the hint is empty where nothing can be said.
    """

    start: int
    end: int
    message: str
    hint: str = ""
    kind: str = "meaning"

    def located(self, name: str, text: str) -> SparqlError:
        """Make an error of it, for a query that is called by the name of its file, or ``query``."""
        where = place(name, text, self.start, self.end)
        return SparqlError(self.message, self.hint, where, self.kind)


def silent_service(error: OSError, text: str) -> QueryError | None:
    """Say that what a query calls by SERVICE does not answer; None if it is another error.

    Args:
        error: What the engine raised. SERVICE is all for which it has to fetch anything.
        text: The query.
    """
    from .parser import parse  # of use to few queries

    if error.errno is not None or next(parse(text).root.walk("Service"), None) is None:
        return None
    return QueryError(
        f"SERVICE does not answer ({' '.join(str(error).split())})",
        "check its URL, or write SERVICE SILENT to go on without it",
        kind="service",
    )
