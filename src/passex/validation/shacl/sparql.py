"""What can be told of a SPARQL constraint from its text: whether it may be asked set at a time.

A constraint is written for one focus node, ``$this``, which is bound before the query is evaluated.
To ask it once for all focus nodes, a pattern that binds them is put first in its group. That means
the same only where every use of ``$this`` can see that binding: SPARQL evaluates nested groups on
their own, from the bottom up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<string>"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<var>[?$]\w+)
    |(?P<word>[^\W\d][\w.-]*(?<!\.)(?::(?:[\w:%.-]|\\.)*(?<!\.))?|:(?:[\w:%.-]|\\.)*(?<!\.))
    |(?P<number>\d[\w.]*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_FORBIDDEN: Final = ("MINUS", "VALUES", "SERVICE")
_AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
#: Functions that say the same of a literal however it is stored.
_BLIND: Final = ("STR", "ISIRI", "ISURI", "ISLITERAL", "ISBLANK", "LANG", "BOUND")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query: its kind, its text and where it begins."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class _Group:
    """A group in braces.

    Attributes:
        kind: ``group``, ``optional`` or ``exists``.
        triples: The variables of its own triple patterns.
        filters: The variables of its own filters.
        binds: The variables of what it binds.
        groups: The groups within it.
    """

    kind: str
    triples: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    groups: list[_Group] = field(default_factory=list)


def tokens(text: str) -> list[Token]:
    """Cut a query into words, without space and comments."""
    return [
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "space"
    ]


def forbidden(text: str) -> str:
    """Name what a constraint must not have, by section 5.3.1 of the Recommendation.

    Args:
        text: The query.

    Returns:
        A few words; empty if there is nothing.

    Example:
        >>> forbidden("SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }")
        'MINUS'
    """
    words = tokens(text)
    for place, token in enumerate(words):
        word = token.text.upper()
        if token.kind != "word":
            continue
        if word in _FORBIDDEN:
            return word
        if word == "AS" and place + 1 < len(words) and _name(words[place + 1]) == "this":
            return "AS $this"
        if word == "SELECT" and _depth(words[:place]):
            head = []
            for other in words[place + 1 :]:
                if other.text == "{" or other.text.upper() == "WHERE":
                    break
                head.append(_name(other))
            if "this" not in head:
                return "a nested SELECT without $this"
    return ""


def at_once(text: str) -> int | None:
    """Find the place where a pattern of focus nodes may be put into a constraint.

    Args:
        text: A constraint's query that parses.

    Returns:
        The offset; None if the constraint has to be asked for each focus node.

    Example:
        >>> at_once("SELECT $this { $this ?p ?o }")
        14
        >>> at_once("SELECT $this { $this ?p ?o { ?s ?p 1 FILTER(?s != $this) } }")
    """
    words = tokens(text)
    opening = next((i for i, token in enumerate(words) if token.text == "{"), None)
    if opening is None:
        return None
    head = [token for token in words[:opening] if token.kind in ("word", "var", "sign")]
    select = next((i for i, token in enumerate(head) if token.text.upper() == "SELECT"), None)
    if select is None:
        return None
    if any(_name(token) == "currentShape" for token in words):
        return None
    kinds = {token.text.upper() for token in words if token.kind == "word"}
    selects = [token for token in words if token.text.upper() == "SELECT"]
    if len(selects) > 1 or kinds & {"GRAPH", "FROM", "LIMIT", "OFFSET", *_FORBIDDEN}:
        return None
    if "this" not in _projected(head[select + 1 :]):
        return None
    group, end = _group(words, opening + 1, "group")
    tail = words[end:]
    grouped = [i for i, token in enumerate(tail) if token.text.upper() == "GROUP"]
    if grouped:
        names = set()
        for token in tail[grouped[0] + 1 :]:
            if token.text.upper() in ("HAVING", "ORDER"):
                break
            names.add(_name(token))
        if "this" not in names:
            return None
    elif kinds & {*_AGGREGATES, "HAVING"}:
        return None
    return words[opening].start + 1 if _sees_this(group, True, True) else None


def _projected(head: list[Token]) -> set[str]:
    """Name the variables that are selected as they are, outside brackets."""
    names, depth = set(), 0
    for token in head:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if not depth and token.kind == "var":
            names.add(_name(token))
    return names


def _sees_this(group: _Group, bound: bool, parent: bool) -> bool:
    """Tell whether each use of ``$this`` in expressions sees the focus node."""
    bound = bound or "this" in group.triples
    if "this" in group.binds and not bound:
        return False
    # The filter of an OPTIONAL also sees what stands before the OPTIONAL.
    if "this" in group.filters and not (bound or (group.kind == "optional" and parent)):
        return False
    for inner in group.groups:
        if inner.kind == "exists":
            if _uses_this(inner) and not (bound and _sees_this(inner, True, True)):
                return False
        elif not _sees_this(inner, False, bound):
            return False
    return True


def _uses_this(group: _Group) -> bool:
    own = group.triples | group.filters | group.binds
    return "this" in own or any(_uses_this(inner) for inner in group.groups)


def _group(words: list[Token], i: int, kind: str) -> tuple[_Group, int]:
    """Read a group from behind its opening brace to behind its closing one."""
    group = _Group(kind)
    following = "group"
    while i < len(words):
        token, word = words[i], words[i].text.upper()
        i += 1
        if token.text == "}":
            break
        if token.text == "{":
            inner, i = _group(words, i, following)
            group.groups.append(inner)
            following = "group"
        elif token.kind == "word" and word == "OPTIONAL":
            following = "optional"
        elif token.kind == "word" and word == "EXISTS":
            following = "exists"
        elif token.kind == "word" and word in ("FILTER", "BIND"):
            names = group.filters if word == "FILTER" else group.binds
            i = _expression(words, i, group, names)
        elif token.kind == "var":
            group.triples.add(_name(token))
    return group, i


def _expression(words: list[Token], i: int, group: _Group, names: set[str]) -> int:
    """Read an expression: up to its closing bracket, or to an EXISTS that is not in brackets."""
    depth = 0
    while i < len(words):
        token = words[i]
        if token.kind == "word" and token.text.upper() == "EXISTS":
            inner, i = _group(words, i + 2, "exists")
            group.groups.append(inner)
            if not depth:
                return i
            continue
        i += 1
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "var":
            names.add(_name(token))
        if token.text == ")" and not depth:
            return i
    return i


def reads_values(text: str, predicates: set[str]) -> bool:
    """Tell whether a query may depend on how the values of some predicates are stored.

    Args:
        text: The query.
        predicates: The IRIs of the predicates.

    Returns:
        False only if it does not for certain.
    """
    words = tokens(text)
    named = {token.text[1:-1] for token in words if token.kind == "iri"}
    prefixes = {
        words[i + 1].text.removesuffix(":"): words[i + 2].text[1:-1]
        for i in range(len(words) - 2)
        if words[i].text.upper() == "PREFIX"
    }
    for token in words:
        prefix, colon, local = token.text.partition(":")
        if token.kind == "word" and colon and prefix in prefixes:
            named.add(prefixes[prefix] + local)
    if named & predicates:
        return True
    # Any predicate: harmless if no expression looks at the value of a literal.
    bracket = 0
    for place, token in enumerate(words):
        bracket += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "var" and bracket:
            if _name(token) in ("this", "path"):
                continue
            before = [other.text.upper() for other in words[max(0, place - 2) : place]]
            if before[-1:] != ["("] or before[0] not in _BLIND:
                return True
    return False


def _name(token: Token) -> str:
    return token.text[1:] if token.kind == "var" else ""


def _depth(words: list[Token]) -> int:
    return sum({"{": 1, "}": -1}.get(token.text, 0) for token in words)
