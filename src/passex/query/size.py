"""Refuse queries that are too large for the engine, whose planning gets out of hand.

It looks for the best order of what is joined, in a time that grows with the fourth power of how
much that is, and goes through a chain of operators again for each of them. Nobody's query comes
near: at these limits planning takes some seconds, and with ten times as much minutes or hours. What
is nested without end would fill its stack, which ends the process without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .errors import Remark
from .lexer import Token
from .parser import parse
from .tree import Node, Tree

#: What makes a query deeper, and of how much of it the engine's stack has room in any case.
_NESTING: Final = {
    **dict.fromkeys((*"{([!|+-*/^,", "UNION", "OPTIONAL", "FILTER", "BIND", "MINUS"), 1),
    **dict.fromkeys(("||", "&&"), 2),
}
_MOST_NESTING: Final = 50_000
_DEEPER: Final = "{([!"
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
#: What parts patterns from each other, beside white space: one of them for each.
_PARTING: Final = ".;,/{[("
#: Lists of values, and data of an update, which may be as long as they like.
_LISTS: Final = re.compile(
    r"\b(?:VALUES\b[^{}]{0,999}\{[^{}]*\}|IN\s*\([^()]*\)|DATA\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})",
    re.IGNORECASE,
)
#: What is joined for itself, with its result alone joined to the rest.
_APART: Final = frozenset({"Union", "Minus", "Exists", "SubSelect", "Service"})
#: As how many patterns other parts count: the engine looks into all branches of a UNION each time.
_COUNTED: Final = {"Union": 3, "Values": 1, "Service": 1}
#: Operations of an update that may match a pattern.
_OPERATIONS: Final = ("With", "Delete", "Insert")
#: What may leave its template out, and then writes what the pattern is: CONSTRUCT, DELETE WHERE.
_SHORT: Final = ("Construct", "Delete")
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
    if deepest is not None and (wrong := _nested(query, deepest)):
        return wrong
    if _suspect(query.text):
        for part in _planned(query):
            words = query.words if part is query.root else part.words()
            if wrong := _deep(words) or _chained(part) or _joined(part):
                return wrong
    return None


def text_too_large(text: str, start: str = "Query") -> Remark | None:
    """Find what `too_large` does in a text that goes to an engine in a process of its own.

    It is parsed only if it is long, and not if it is nested so deep that the engine's process ends
    at once: another is there sooner than the tree.

    Args:
        start: ``Query`` or ``Update``.

    Example:
        >>> text_too_large("DELETE WHERE { " + "?s a ?c . " * 201 + "}", "Update").message
        'more than 200 patterns and steps of paths are joined here'
        >>> text_too_large("ASK { VALUES ?s { " + "1 " * 30_000 + "} ?s a ?c }")
    """
    if not _suspect(text) or (start == "Update" and "where" not in text.lower()):
        return None
    if sum(map(text.count, _DEEPER)) > _MOST_NESTING:
        return None
    return too_large(parse(text, start))


def _suspect(text: str) -> bool:
    """Tell whether a query or update is so long that it may be too large."""
    return _is_long(text) and _is_long(_LISTS.sub("", text))


def _is_long(text: str) -> bool:
    parted = len(text.split()) + sum(map(text.count, _PARTING))
    # There is something between two operators.
    return parted > _MOST_JOINED or len(text) > 2 * _MOST_CHAINED


def _planned(query: Tree) -> list[Node]:
    """List what the engine plans for itself: a query, or each operation that looks for something.

    Data that are inserted or deleted are no pattern.
    """
    if query.root.rule != "Update":
        return [query.root]
    operations = query.root.walk(*_OPERATIONS, stop=_OPERATIONS)
    return [one for one in operations if one.keyword("WHERE")]


def _deep(words: Iterable[Token]) -> Remark | None:
    """Find the first word with which there are too many groups and operators for the stack."""
    depth = 0
    for word in words:
        depth += _NESTING.get(word.text.upper(), 0)
        if depth > _MOST_NESTING:
            message = f"more than {_MOST_NESTING} groups and operators"
            return Remark(word.start, word.end, message, _SHORTER, "depth")
    return None


def _chained(part: Node) -> Remark | None:
    """Find the first word with which there are too many in chains."""
    number = 0
    for node in part.walk(*_CHAINS):
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


def _joined(part: Node) -> Remark | None:
    """Find the first pattern with which too many are joined."""
    for group in _scopes(part):
        if (place := _last(group)) is not None:
            message = f"more than {_MOST_JOINED} patterns and steps of paths are joined here"
            return Remark(place.start, place.end, message, _SHORTER, "depth")
    return None


def _scopes(part: Node) -> list[Node]:
    """List the groups whose parts are joined with each other, and with nothing around them."""
    found, rest = [], [(part, True)]
    while rest:
        node, apart = rest.pop()
        if node.rule == "Group" and apart:
            found.append(node)
        elif node.rule in _SHORT and node.node("Group") is None:
            found += node.nodes("Template", "Quads")
        apart = node.rule in _APART or (apart and node.rule != "Group")
        rest += [(child, apart) for child in reversed(node.children) if isinstance(child, Node)]
    return found


def _last(group: Node) -> Token | Node | None:
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
