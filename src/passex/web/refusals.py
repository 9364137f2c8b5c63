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
    from ..query import outline, syntax

    found = syntax.refusal(outline.outline(text), "query", error)
    place = found.message.removeprefix("query:").strip()
    what, update, _ = place.partition(" is an update, ")
    if update:
        return Refused(
            400, f"not a SPARQL query: error at {what} is an update; send it as 'update'"
        )
    if place[:1].isdigit():
        place = f"error at {place}"
    hint = f"; {found.hint}" if found.hint else ""
    return Refused(400, f"not a SPARQL query: {place}{hint}")
