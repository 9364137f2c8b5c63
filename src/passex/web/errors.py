"""What the server refuses, and the status that says so."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A request that gets no answer.

    Args:
        status: The HTTP status.
        message: What is wrong and what to do about it: for people, without a full stop.
        headers: Further headers of the response.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


def busy() -> Refused:
    """Say that too many queries are waiting."""
    return Refused(503, "the server is busy; try again in a moment", {"Retry-After": "1"})


class Aborted(Exception):
    """An answer that broke off when a part of it had been sent."""
