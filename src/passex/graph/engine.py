"""What the engine is told with a query, and what its errors mean."""

from __future__ import annotations

from ..errors import QueryError
from .terms import PREFIXES

_PREFIXES = tuple((f"{name}:", name, iri) for name, iri in PREFIXES.items())


def prefixes(sparql: str) -> dict[str, str]:
    """Choose the known prefixes that a query may use.

    Declaring them all takes longer than a small query.

    Args:
        sparql: The query.

    Returns:
        Those of `PREFIXES` that occur in it.

    Example:
        >>> list(prefixes("ASK { id:japan a nr:State }"))
        ['nr', 'id']
    """
    return {name: iri for mark, name, iri in _PREFIXES if mark in sparql}


def refusal(error: SyntaxError) -> QueryError:
    """Say in a line what the engine does not understand of a query.

    Args:
        error: What the engine raised.

    Returns:
        The error, to be raised.
    """
    # The engine lists every token that could have followed, over several lines.
    reason, _, expected = str(error).splitlines()[0].partition(": expected ")
    if "Prefix not found" in expected:
        reason += ": a prefix that is not declared"
    return QueryError(f"not a SPARQL query: {reason}", "correct the query", kind="grammar")


def strange(error: RuntimeError) -> Exception:
    """Tell a function that the engine does not know from a store that is damaged.

    Args:
        error: What the engine raised.

    Returns:
        What is to be raised.
    """
    _, function, name = str(error).partition("custom function ")
    if not function:
        return error
    return QueryError(
        f"there is no function {name.removesuffix(' is not supported')} here",
        "use one of SPARQL 1.1, or ask a server that has it",
        kind="unknown-function",
    )
