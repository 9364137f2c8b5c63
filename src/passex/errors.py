"""Errors that a person can put right, and the exit codes that say so.

Every error is one line for a person: what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .text.places import Place

OK: Final = 0
#: Problems were found in the data (validation, evidence).
PROBLEMS: Final = 1
#: It could not be done: bad usage, or input that cannot be read.
FAILED: Final = 2
#: An answer was cut where ``--limit`` says: what is there is right, and there is more.
CUT: Final = 3
#: It took longer than ``--timeout`` says; the code of coreutils' ``timeout``.
TIMED_OUT: Final = 124
INTERRUPTED: Final = 130

#: How an extra is installed. By its name alone it can't be: no package index has Passex.
EXTRA: Final = "pip install --editable '.[{}]' in a checkout of Passex"


class PassexError(Exception):
    """Something that a person can put right.

    Args:
        message: What is wrong, without the place and without a full stop.
        hint: What to do about it; empty where nothing can be said.
        place: Where it is wrong, if that is a place in a file or a text.
        kind: A word by which a program tells this error from others of its class, such as
            ``update``; empty where no program has to.

    Example:
        >>> from passex.text.places import Place
        >>> print(PassexError("no such file", "check the path", Place("graph.ttl")))
        graph.ttl: no such file; check the path
    """

    exit_code: int = FAILED
    #: Lines that show the place, where there is one to show.
    excerpt: str = ""
    #: A name that was not found, and the names that come near it, where that is what is wrong.
    name: str = ""
    near: tuple[str, ...] = ()

    def __init__(
        self, message: str, hint: str = "", place: Place | None = None, kind: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
        self.place = place
        self.kind = kind

    @property
    def located(self) -> str:
        """The message behind the place, if there is one."""
        return f"{self.place}: {self.message}" if self.place else self.message

    def __str__(self) -> str:
        """Give place, message and hint on one line."""
        return self.located + (f"; {self.hint}" if self.hint else "")


class InputError(PassexError):
    """A file or folder that cannot be read as a graph."""


class VocabularyError(PassexError):
    """A graph that can be read but has nothing of our ontology in it."""


class QueryError(PassexError):
    """A query that is not SPARQL, or a value of an option that means nothing here."""


class UnknownNameError(PassexError):
    """A name that no node of the graph has."""


class AmbiguousNameError(PassexError):
    """A name that more than one node of the graph has."""


class ColumnError(UnknownNameError):
    """A column that rows don't have."""


class RowError(QueryError, IndexError):
    """A row that isn't there."""


class TimeoutError(PassexError):
    """Work that took longer than it was given."""


class OutputError(PassexError):
    """A file that cannot be written. Nothing of it is there, and what it held is still there."""


class CacheError(PassexError):
    """A cache that cannot be written. The graph itself is fine."""


class EndpointError(PassexError):
    """A SPARQL endpoint that cannot be reached, or does not do what it was asked for."""


class ClusterError(PassexError):
    """A cluster that cannot be reached, or does not do what it was asked for."""


class QueryWarning(UserWarning):
    """A warning of what makes an answer empty, or emptier than it looks.

    Args:
        error: What is odd about the query: message, hint, place and excerpt, as of an error.
    """

    def __init__(self, error: QueryError) -> None:
        super().__init__(f"{error}\n{error.excerpt}".rstrip())
        self.error = error
