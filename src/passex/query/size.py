"""Refuse queries that are too large for the engine, whose planning gets out of hand.

It looks for the best order of what is joined, in a time that grows with the fourth power of how
much that is, and goes through a chain of operators again for each of them. Nobody's query comes
near: at these limits planning takes some seconds, and with ten times as much minutes or hours. What
is nested without end would fill its stack, which ends the process without a word.
"""

from __future__ import annotations

from typing import Final

from .errors import Remark
from .lexer import Token
from .tree import Node, Tree

#: What makes a query deeper, and of how much of it the engine's stack has room in any case.
_NESTING: Final = {
    **dict.fromkeys((*"{([!|+-*/^,", "UNION", "OPTIONAL", "FILTER", "BIND", "MINUS"), 1),
    **dict.fromkeys(("||", "&&"), 2),
}
_MOST_NESTING: Final = 50_000
_SHORTER: Final = "give lists of values with VALUES, or ask several queries"
_OPENING: Final = frozenset("{([")
_CLOSING: Final = frozenset("})]")
#: What stands in a chain that the engine goes through for each part of it, and where it does: the
#: sign of a number is none.
_CHAINED: Final = frozenset(("||", "&&", *"+-*/", "AS", "UNION", "FILTER", "MINUS"))
_CHAINS: Final = ("Or", "And", "Sum", "Product", "Bind", "Column", "Union", "Filter", "Minus")
_MOST_CHAINED: Final = 2_000
#: So many patterns may be joined.
_MOST_JOINED: Final = 200
#: What parts patterns from each other, in texts as SPARQL is written: one of them for each.
_PARTING: Final = ".;,/{[( "
#: What is joined for itself, with its result alone joined to the rest.
_APART: Final = frozenset({"Union", "Minus", "Exists", "SubSelect", "Service"})
#: As how many patterns other parts count: the engine looks into all branches of a UNION each time.
_COUNTED: Final = {"Union": 3, "Values": 1, "Service": 1}
#: What holds patterns; of these, what parts them is none.
_PATTERNS: Final = ("Property", "List", "Sequence")
_BETWEEN: Final = frozenset(",/()")


def too_large(query: Tree, deepest: int | None = None) -> Remark | None:
    """Find the first place from which on a query, or an update, is too large for the engine.

    Args:
        deepest: How many brackets of all kinds may lie within one another, where whoever goes on
            with the query can't bear as many as the engine.

    Example:
        >>> from passex.query.parser import parse
        >>> one = parse("ASK { ?s a ?c FILTER(" + "?s = 1 || " * 2001 + "true) }")
        >>> too_large(one).message
        'more than 2000 operators and clauses such as FILTER'
        >>> too_large(parse("ASK { ?s a ?c }"))
    """
    wrong = _deep(query) or (deepest is not None and _nested(query, deepest)) or _chained(query)
    if wrong or sum(map(query.text.count, _PARTING)) <= _MOST_JOINED:
        return wrong or None
    for group in _scopes(query.root):
        if (place := _joined(group)) is not None:
            message = f"more than {_MOST_JOINED} patterns and steps of paths are joined here"
            return Remark(place.start, place.end, message, _SHORTER, "depth")
    return None


def _deep(query: Tree) -> Remark | None:
    """Find the first word with which there are too many groups and operators for the stack."""
    depth = 0
    for word in query.words if len(query.text) > _MOST_NESTING else ():
        depth += _NESTING.get(word.text.upper(), 0)
        if depth > _MOST_NESTING:
            message = f"more than {_MOST_NESTING} groups and operators"
            return Remark(word.start, word.end, message, _SHORTER, "depth")
    return None


def _chained(query: Tree) -> Remark | None:
    """Find the first word with which there are too many in chains."""
    number = 0
    for node in query.root.walk(*_CHAINS) if len(query.text) > _MOST_CHAINED else ():
        for word in node.tokens():
            number += word.text.upper() in _CHAINED
            if number > _MOST_CHAINED:
                message = f"more than {_MOST_CHAINED} operators and clauses such as FILTER"
                return Remark(word.start, word.end, message, _SHORTER, "depth")
    return None


def _nested(query: Tree, deepest: int) -> Remark | None:
    """Find the first bracket that lies too deep."""
    depth = 0
    for word in query.words:
        depth += (word.text in _OPENING) - (word.text in _CLOSING)
        if depth > deepest:
            message = f"more than {deepest} brackets lie within one another"
            return Remark(word.start, word.end, message, "write it flatter", "depth")
    return None


def _scopes(root: Node) -> list[Node]:
    """List the groups whose parts are joined with each other, and with nothing around them."""
    found, rest = [], [(root, True)]
    while rest:
        node, apart = rest.pop()
        if node.rule == "Group" and apart:
            found.append(node)
        apart = node.rule in _APART or (apart and node.rule != "Group")
        rest += [(child, apart) for child in reversed(node.children) if isinstance(child, Node)]
    return found


def _joined(group: Node) -> Token | Node | None:
    """Find the pattern with which there are too many in a group and what is joined to it.

    A pattern is one for each object, each thing in a list, and each step of a path.
    """
    number = 0
    for node in group.walk(*_PATTERNS, *_COUNTED, stop=_APART):
        number += _COUNTED.get(node.rule, 0)
        if number > _MOST_JOINED:
            return node
        # A verb is no pattern of its own.
        for child in node.children[node.rule == "Property" :] if node.rule in _PATTERNS else ():
            number += isinstance(child, Node) or child.text not in _BETWEEN
            if number > _MOST_JOINED:
                return child
    return None
