"""Errors of the server: requests that get no answer, and answers that break off."""

from __future__ import annotations

from collections.abc import Mapping
from json import dumps
from typing import Final

from ..errors import OutputError, PassexError, UnknownNameError, VocabularyError
from ..graph import engine
from ..graph.terms import PREFIXES

#: In a longer text, the engine's own words have to do.
_LONG: Final = 1 << 16
#: The statuses of errors by their kind; of any other it is 400.
_STATUSES: Final = {"question": 404, "missing": 404, "there": 409, "service": 502}


class HTTPError(PassexError):
    """A request that gets no answer.

    Args:
        status: The HTTP status.
        headers: Further headers of the response.
    """

    def __init__(
        self, status: int, message: str, hint: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, hint)
        self.status = status
        self.headers = dict(headers or {})

    def json(self) -> str:
        """Write it as a JSON object."""
        return dumps({"error": self.message, "hint": self.hint}, ensure_ascii=False) + "\n"

    @classmethod
    def of(cls, error: Exception) -> HTTPError:
        """Turn any error into one of HTTP; what the engine raises may be a client's mistake."""
        if isinstance(error, cls):
            return error
        if isinstance(error, RuntimeError):
            error = engine.unsupported_function(error)
        if isinstance(error, PassexError):
            # What a graph of other terms than ours hasn't is no fault of who asks.
            status = 404 if isinstance(error, UnknownNameError | VocabularyError) else 400
            status = 406 if isinstance(error, OutputError) else _STATUSES.get(error.kind, status)
            return cls(status, error.located, error.hint)
        if isinstance(error, MemoryError):
            return cls.no_memory()
        if isinstance(error, OSError):
            return cls(500, f"the store failed: {error}")
        return cls(500, f"the server failed ({type(error).__name__})")

    @classmethod
    def busy(cls) -> HTTPError:
        """Say that too many queries are waiting."""
        return cls(503, "the server is busy", "try again in a moment", {"Retry-After": "1"})

    @classmethod
    def unopened(cls) -> HTTPError:
        """Say that no worker could begin."""
        return cls(503, "the graph cannot be opened", "try again later")

    @classmethod
    def no_memory(cls) -> HTTPError:
        """Say that a query needs too much memory."""
        return cls(503, "the query needs more memory than this server gives to one")

    @classmethod
    def nothing(cls, path: str) -> HTTPError:
        """Say that nothing has an address."""
        return cls(404, f"nothing has the address {path[:200]}")

    @classmethod
    def not_sparql(cls, text: str, error: SyntaxError | None, what: str = "query") -> HTTPError:
        """Say why a text is no query, or no update: where, and what may have been meant.

        Args:
            error: What the engine says of it, where it was asked.
            what: ``query`` or ``update``.
        """
        if error is not None and len(text) > _LONG:
            return cls.of(engine.refusal(error, what))
        from ..query import parser, syntax

        tree = parser.parse(text, what.capitalize())
        reason = syntax.refusal(tree, what, error, PREFIXES)
        message, hint, place = reason.message, reason.hint, reason.place
        if place is not None and place.line:
            if reason.kind in ("query", "update"):
                # The grammars say what begins the other one.
                word = place.source[place.column - 1 : place.end_column - 1].upper()
                other = f"an {reason.kind}" if reason.kind == "update" else f"a {reason.kind}"
                message, hint = f"{word} is {other}", f"send it as '{reason.kind}'"
            message = f"error at {place.line}:{place.column}: {message}"
        return cls(400, f"not a SPARQL {what}: {message}", hint)


class Crashed(HTTPError):
    """A process that broke down, through no fault of its query that is known."""

    def __init__(self) -> None:
        super().__init__(500, "the process that ran the query failed")


class Aborted(Exception):
    """An answer that broke off when a part of it had been sent."""


class ClientClosed(Exception):
    """A client that has gone away before it had its answer."""
