"""What one client may take of the server."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server.

    Attributes:
        seconds: How long a query or an update may take, its answer read to the end.
        memory: How many bytes a process may take for it, beyond the graph; 0 for no limit.
        workers: How many queries run at once.
        waiting: How many more may wait for their turn, for as many `seconds`.
        body: How many bytes a request may have.
        answer: How many bytes an answer may have.
        cache: How many bytes of small answers are kept.
    """

    seconds: float = 30.0
    memory: int = 1024 * _MIB
    workers: int = 2
    waiting: int = 256
    body: int = 16 * _MIB
    answer: int = 1024 * _MIB
    cache: int = 16 * _MIB
