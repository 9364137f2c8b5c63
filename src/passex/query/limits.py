"""A query with fewer of its solutions, so that the engine stops where enough are found."""

from __future__ import annotations

from .tree import Node, Tree, rewritten


def limited(query: Tree, limit: int, skip: int = 0) -> str:
    """Ask a SELECT for some of its solutions.

    Args:
        limit: How many.
        skip: How many of those that the query has come before them.

    Returns:
        The query with another LIMIT and OFFSET.

    Example:
        >>> from passex.query.parser import parse
        >>> limited(parse("SELECT * { ?s a ?c } OFFSET 2"), 5, 10)
        'SELECT * { ?s a ?c } OFFSET 12 LIMIT 5'
    """
    changes: list[tuple[int, int, str]] = []
    values = query.root.node("Values")
    for name, number in (("Limit", limit), ("Offset", skip + own(query, "Offset", 0))):
        clause = _clause(query, name)
        if clause is not None:
            word = clause.children[-1]
            changes.append((word.start, word.end, str(number)))
        elif name == "Limit" or number:
            at = values.start if values else query.end
            new = f" {name.upper()} {number}" + (" " if values else "")
            changes.append((at, at, new))
    return rewritten(query.text, changes)


def own(query: Tree, name: str, default: int) -> int:
    """Read a number that a query gives itself.

    Args:
        name: ``Limit`` or ``Offset``.
        default: What counts where it has none.
    """
    clause = _clause(query, name)
    return int(query.source(clause.children[-1])) if clause else default


def _clause(query: Tree, name: str) -> Node | None:
    return query.query and query.query.node(name)
