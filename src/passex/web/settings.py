"""Settings of a server, and the limits of what one client may take of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

#: The logger of requests.
ACCESS: Final = "passex.access"
_MIB: Final = 1 << 20


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


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is run.

    Attributes:
        data: Files, folders or ``bundled``: the facts.
        cached: Whether the cache of Passex is used.
        as_of: The day up to which articles count; None for all.
        mixed: Whether ontology and rules are mixed in; by default where the facts use the ontology.
        host: The address to listen at.
        port: The port; 0 for any that is free.
        store: The folder of a store that can be changed; None for a server that is read-only.
        empty: Whether a new store begins with nothing in it.
        limits: The limits.
        origins: The origins whose pages may read answers.
        hosts: Further names that the server is called by.
        service: Whether queries may call other servers.
        load: Whether updates may.
        quiet: Whether no requests are logged.
    """

    data: tuple[str, ...] = ()
    cached: bool = True
    as_of: str | None = None
    mixed: bool | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    store: Path | None = None
    empty: bool = False
    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    service: bool = False
    load: bool = False
    quiet: bool = False
