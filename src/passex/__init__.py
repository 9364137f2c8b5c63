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
    from .connected import connect
    from .graph import KnowledgeGraph
    from .knowledge import load
    from .network.policy import Policy

__all__ = ["KnowledgeGraph", "Policy", "__version__", "connect", "load"]
#: Where each of them stands.
_MODULES = {
    "KnowledgeGraph": "graph",
    "Policy": "network.policy",
    "connect": "connected",
    "load": "knowledge",
}


def __getattr__(name: str) -> Any:
    # On first use only: `passex --help` does not need the engine.
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
