"""The groups of a SPARQL constraint: which variables each uses and binds, and what they can see.

A constraint is written for one focus node, ``$this``, which is bound before the query is evaluated.
To ask it once for all focus nodes, a pattern that binds them is put first in its group. That means
the same only where every use of ``$this`` can see that binding: SPARQL evaluates nested groups on
their own, from the bottom up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .sparql import FORBIDDEN, Token, name_of, tokens

_AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


@dataclass(slots=True)
class Group:
    """A group in braces.

    Attributes:
        kind: ``group``, ``optional`` or ``exists``.
        triples: The variables of its own triple patterns.
        filters: The variables of its own filters.
        binds: The variables of what it binds.
        made: The variables that it binds so.
        groups: The groups within it.
    """

    kind: str
    triples: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    groups: list[Group] = field(default_factory=list)

    def mentioned(self) -> set[str]:
        """Name all variables in it."""
        own = self.triples | self.filters | self.binds | self.made
        return own.union(*(inner.mentioned() for inner in self.groups))

    def can_follow(self, bound: set[str]) -> bool:
        """Tell whether it has the same solutions that go with some bindings if it sees these.

        Args:
            bound: The variables that may be bound.

        Returns:
            Whether each use of them in it, other than in a triple pattern of its own, is one that
            its own triples bind in any case.
        """
        free = self.kind == "optional" and not self.made
        # The filter of an optional part sees what stands before it in any case.
        own = set() if free else self.filters | self.binds
        for inner in self.groups:
            if free and inner.kind == "exists":
                continue
            if inner.kind == "group":
                if not inner.can_follow(bound):
                    return False
            else:
                # Of an optional part, and of what exists, triples count as well: nothing found
                # for what is bound is another answer than nothing found at all.
                own = own | inner.mentioned()
                if any(not deeper.can_follow(bound) for deeper in inner.groups):
                    return False
        return not (own & bound) - self.triples and not self.made & bound


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
    if any(name_of(token) == "currentShape" for token in words):
        return None
    kinds = {token.text.upper() for token in words if token.kind == "word"}
    selects = [token for token in words if token.text.upper() == "SELECT"]
    if len(selects) > 1 or kinds & {"GRAPH", "LIMIT", "OFFSET", *FORBIDDEN}:
        return None
    if "this" not in _projected(head[select + 1 :]):
        return None
    group, end = read_group(words, opening + 1, "group")
    tail = words[end:]
    grouped = [i for i, token in enumerate(tail) if token.text.upper() == "GROUP"]
    if grouped:
        names = set()
        for token in tail[grouped[0] + 1 :]:
            if token.text.upper() in ("HAVING", "ORDER"):
                break
            names.add(name_of(token))
        if "this" not in names:
            return None
    elif kinds & {*_AGGREGATES, "HAVING"}:
        return None
    return words[opening].start + 1 if _sees_this(group, True, True) else None


def _projected(head: Sequence[Token]) -> set[str]:
    """Name the variables that are selected as they are, outside brackets."""
    names, depth = set(), 0
    for token in head:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if not depth and token.kind == "var":
            names.add(name_of(token))
    return names


def _sees_this(group: Group, bound: bool, parent: bool) -> bool:
    """Tell whether each use of ``$this`` in expressions sees the focus node."""
    bound = bound or "this" in group.triples
    if "this" in group.made or ("this" in group.binds and not bound):
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
        elif inner.kind == "optional" and not bound and _uses_this(inner):
            # Whether it finds nothing would depend on all focus nodes together.
            return False
    return True


def _uses_this(group: Group) -> bool:
    own = group.triples | group.filters | group.binds
    return "this" in own or any(_uses_this(inner) for inner in group.groups)


def read_group(words: Sequence[Token], i: int, kind: str = "group") -> tuple[Group, int]:
    """Read a group.

    Args:
        words: The words of a query.
        i: The place behind its opening brace.
        kind: What it is.

    Returns:
        The group, and the place behind its closing brace.
    """
    group = Group(kind)
    following = "group"
    while i < len(words):
        token, word = words[i], words[i].text.upper()
        i += 1
        if token.text == "}":
            break
        if token.text == "{":
            inner, i = read_group(words, i, following)
            group.groups.append(inner)
            following = "group"
        elif token.kind == "word" and word == "OPTIONAL":
            following = "optional"
        elif token.kind == "word" and word == "EXISTS":
            following = "exists"
        elif token.kind == "word" and word in ("FILTER", "BIND"):
            names = group.filters if word == "FILTER" else group.binds
            i = _expression(words, i, group, names)
            if word == "BIND":
                made = name_of(words[i - 2])
                group.made.add(made)
                group.binds.discard(made)
        elif token.kind == "var":
            group.triples.add(name_of(token))
    return group, i


def _expression(words: Sequence[Token], i: int, group: Group, names: set[str]) -> int:
    """Read an expression: up to its closing bracket, or to an EXISTS that is not in brackets."""
    depth = 0
    while i < len(words):
        token = words[i]
        if token.kind == "word" and token.text.upper() == "EXISTS":
            inner, i = read_group(words, i + 2, "exists")
            group.groups.append(inner)
            if not depth:
                return i
            continue
        i += 1
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "var":
            names.add(name_of(token))
        if token.text == ")" and not depth:
            return i
    return i
