"""Passex: a knowledge graph of naval relations.

Example:
    >>> import passex
    >>> kg = passex.load()
    >>> kg.network(level="state").number_of_edges()
    3
"""

from __future__ import annotations

from .graph.version import __version__

#: As in `typing`, the import of which the command need not wait for before it heeds Ctrl-C.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import errors
    from .api import load
    from .api.citing import cite
    from .api.difference import Difference, diff
    from .api.drafting import draft
    from .api.endpoint import connect
    from .api.importing import Imported, import_table
    from .api.knowledge import KnowledgeGraph
    from .api.validation import ValidationReport, validate
    from .curation.formatting import format_turtle
    from .graph import names, tables
    from .network.policy import Policy
    from .query.solution_rows import Solution
    from .query.solutions import Solutions, Triples

__all__ = [
    "Difference",
    "Imported",
    "KnowledgeGraph",
    "Policy",
    "Solution",
    "Solutions",
    "Triples",
    "ValidationReport",
    "__version__",
    "cite",
    "connect",
    "diff",
    "draft",
    "errors",
    "format_turtle",
    "import_table",
    "load",
    "names",
    "tables",
    "validate",
]
#: The module of each of them.
_MODULES = {
    "Difference": "api.difference",
    "Imported": "api.importing",
    "KnowledgeGraph": "api.knowledge",
    "Policy": "network.policy",
    "Solution": "query.solution_rows",
    "Solutions": "query.solutions",
    "Triples": "query.solutions",
    "ValidationReport": "api.validation",
    "cite": "api.citing",
    "connect": "api.endpoint",
    "diff": "api.difference",
    "draft": "api.drafting",
    "errors": "errors",
    "format_turtle": "curation.formatting",
    "import_table": "api.importing",
    "load": "api",
    "names": "graph.names",
    "tables": "graph.tables",
    "validate": "api.validation",
}


def __getattr__(name: str) -> Any:
    # On first use only: `passex --help` does not need the engine.
    if name in _MODULES:
        from importlib import import_module

        module = import_module(f".{_MODULES[name]}", __name__)
        value = module if _MODULES[name].split(".")[-1] == name else getattr(module, name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
