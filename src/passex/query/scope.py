"""Variables of a query: which are selected, computed, and have a value outside a pattern."""

from __future__ import annotations

from typing import Final

from .lexer import Token
from .tree import Node, variables

#: What is in these has no value outside them, or is looked at on its own.
_CLOSED: Final = (
    *("SubSelect", "Filter", "Minus", "Bind"),
    *("SelectClause", "Grouping", "Having", "Ordering"),
)


def projected(query: Node) -> dict[str, Token] | None:
    """Find the variables that a form or sub-SELECT selects (or describes).

    Returns:
        Where each is selected first, by name; None if all are.

    Example:
        >>> from passex.query.parser import parse
        >>> list(projected(parse("SELECT ?a (COUNT(?b) AS ?c) { ?a ?b ?d }").query))
        ['a', 'c']
    """
    clause = query.node("SelectClause")
    clause = query if clause is None else clause
    if any(word.text == "*" for word in clause.tokens("sign")):
        return None
    selected: dict[str, Token] = {}
    for child in clause.children:
        word = _computed(child) if isinstance(child, Node) else child
        if word is not None and word.kind == "variable":
            selected.setdefault(word.text[1:], word)
    return selected


def computed(node: Node) -> list[Token]:
    """Find the variables in a part of a query that are computed: that follow AS."""
    words = map(_computed, node.walk("Column", "Key", "Bind"))
    return [word for word in words if word is not None]


def _computed(node: Node) -> Token | None:
    """The variable after the AS of a column, key or BIND."""
    after_as = node.children[-2] if node.keyword("AS") else None
    return after_as if isinstance(after_as, Token) else None


def visible(pattern: Node) -> set[str]:
    """Find the variables that can have a value outside a pattern or sub-SELECT.

    Example:
        >>> from passex.query.parser import parse
        >>> text = "SELECT ?a { { SELECT ?a { ?a ?b ?c } } MINUS { ?d ?e ?f } }"
        >>> visible(parse(text).pattern)
        {'a'}
    """
    names: dict[Node, set[str]] = {}
    # Each sub-SELECT after those in it: not recursive, since they may be nested deeply.
    for scope in reversed([pattern, *pattern.walk("SubSelect")]):
        found = variables(scope, stop=_CLOSED)
        for node in scope.walk("SubSelect", "Bind", stop=_CLOSED):
            if node.rule == "Bind":
                found |= _names(node)
            elif node is not scope:
                found |= names[node]
        if scope.rule == "SubSelect":
            for clause in scope.nodes("SelectClause", "Grouping"):
                found |= _names(*clause.nodes())
            selected = projected(scope)
            found &= found if selected is None else selected.keys()
        names[scope] = found
    return names[pattern]


def _names(*nodes: Node) -> set[str]:
    return {word.text[1:] for word in map(_computed, nodes) if word is not None}
