"""Prefixes for the engine, and its errors in words."""

from __future__ import annotations

import re
from typing import Final

from ..errors import QueryError
from .terms import PREFIXES

_PREFIXES = tuple((f"{name}:", name, iri) for name, iri in PREFIXES.items())
_STRANGE: Final = re.compile(
    r"custom function (?P<function>.*) is not supported"
    r"|graph (?P<missing><.*>) does not exist"
    r"|graph (?P<there><.*>) already exists",
    re.DOTALL,
)


def prefixes(sparql: str) -> dict[str, str]:
    """Choose the known prefixes that a query may use.

    Declaring them all takes longer than a small query.

    Returns:
        Those of `PREFIXES` that occur in it.

    Example:
        >>> list(prefixes("ASK { id:japan a nr:State }"))
        ['nr', 'id']
    """
    return {name: iri for mark, name, iri in _PREFIXES if mark in sparql}


def refusal(error: SyntaxError, what: str = "query") -> QueryError:
    """Say in a line what the engine does not understand of a query.

    Args:
        error: What the engine raised.
        what: ``query`` or ``update``.

    Returns:
        The error, to be raised.
    """
    # The engine lists every token that could have followed, over several lines.
    reason, _, expected = str(error).splitlines()[0].partition(": expected ")
    if "Prefix not found" in expected:
        reason += ": a prefix that is not declared"
    return QueryError(f"not a SPARQL {what}: {reason}", f"correct the {what}")


def unsupported_function(error: RuntimeError) -> Exception:
    """Tell the mistakes of a query or an update from a store that is damaged.

    Args:
        error: What the engine raised.

    Returns:
        What is to be raised: a `QueryError` of the kind ``function``, ``missing`` or ``there``
        (of a graph), or the error itself.
    """
    # The engine has one class of errors for all of it, so that its words have to be taken apart.
    found = _STRANGE.search(str(error))
    if found is None:
        return error
    if found["function"]:
        return QueryError(
            f"there is no function {found['function']} here",
            "use one of SPARQL 1.1, or ask a server that has it",
            kind="function",
        )
    if found["missing"]:
        kind, said = "missing", f"there is no graph {found['missing']}"
    else:
        kind, said = "there", f"the graph {found['there']} is there already"
    return QueryError(said, "correct its IRI, or add SILENT", kind=kind)
