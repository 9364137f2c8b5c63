"""Why a text is no query, in a line for its client."""

from __future__ import annotations

from typing import Final

from ..graph import engine
from .errors import Refused

#: In a longer text, the engine's own words have to do.
_LONG: Final = 1 << 16


def refusal(text: str, error: SyntaxError) -> Refused:
    """Say why the engine does not take a query.

    Args:
        text: The query.
        error: What the engine said.

    Returns:
        The error: the line and the column, what was expected and found, and what may have been
        meant, as far as can be told.
    """
    if len(text) > _LONG:
        return Refused(400, str(engine.refusal(error)))
    from ..query import parser, syntax

    found = syntax.refusal(parser.parse(text), "query", error)
    said, hint = found.message, found.hint
    if found.kind == "update":
        said, hint = said.partition(",")[0], "send it as 'update'"
    where = found.place
    at = f"error at {where.line}:{where.column}: " if where and where.line else ""
    return Refused(400, f"not a SPARQL query: {at}{said}" + (f"; {hint}" if hint else ""))
