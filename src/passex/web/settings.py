"""How a server is run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is run.

    Attributes:
        data: Files, folders or ``bundled``: the facts.
        cached: Whether the cache of Passex is used.
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
