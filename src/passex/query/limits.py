"""A query with fewer of its solutions, so that the engine stops where enough are found."""

from __future__ import annotations

from .outline import Outline


def limited(query: Outline, limit: int, skip: int = 0) -> str:
    """Ask a SELECT for some of its solutions.

    Args:
        query: The query.
        limit: How many.
        skip: How many of those that the query has come before them.

    Returns:
        The query with another LIMIT and OFFSET.

    Example:
        >>> from passex.query.outline import outline
        >>> limited(outline("SELECT * { ?s a ?c } OFFSET 2"), 5, 10)
        'SELECT * { ?s a ?c } OFFSET 12 LIMIT 5'
    """
    text = query.text
    changes: list[tuple[int, int, str]] = []
    for name, number in (("LIMIT", limit), ("OFFSET", skip + own(query, "OFFSET", 0))):
        at = query.modifiers.get(name)
        if at is not None:
            word = query.words[at + 1]
            changes.append((word.start, word.end, str(number)))
        elif name == "LIMIT" or number:
            place = query.place_of("VALUES")
            changes.append(
                (place, place, f" {name} {number} " if place < query.end else f" {name} {number}")
            )
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def own(query: Outline, name: str, default: int) -> int:
    """Read a number that a query gives itself.

    Args:
        query: The query.
        name: ``LIMIT`` or ``OFFSET``.
        default: What counts where it has none.

    Returns:
        The number.
    """
    at = query.modifiers.get(name)
    return default if at is None else int(query.words[at + 1].text)
