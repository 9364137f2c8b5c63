"""Passex: a knowledge graph of naval relations.

Example:
    >>> import passex
    >>> kg = passex.load()
    >>> kg.network(level="state").number_of_edges()
    3
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .__about__ import __version__

if TYPE_CHECKING:
    from .knowledge import KnowledgeGraph, load

__all__ = ["KnowledgeGraph", "__version__", "load"]


def __getattr__(name: str) -> Any:
    # On first use only: `passex --help` does not need the engine.
    if name in ("KnowledgeGraph", "load"):
        from . import knowledge

        return getattr(knowledge, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
