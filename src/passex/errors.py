"""What can go wrong, and the exit codes that say so.

Every error is one line for a person: what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from typing import Final

OK: Final = 0
#: Problems were found in the data (validation, evidence).
PROBLEMS: Final = 1
#: It could not be done: bad usage, or input that cannot be read.
FAILED: Final = 2
INTERRUPTED: Final = 130


class PassexError(Exception):
    """Something that a person can put right.

    Args:
        message: What is wrong and where, without a full stop.
        hint: What to do about it; empty where nothing can be said.

    Example:
        >>> print(PassexError("graph.ttl: no such file", "check the path"))
        graph.ttl: no such file; check the path
    """

    exit_code: int = FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give message and hint on one line."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


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


class OutputError(PassexError):
    """A file that cannot be written. Nothing of it is there, and what it held is still there."""


class CacheError(PassexError):
    """A cache that cannot be written. The graph itself is fine."""
