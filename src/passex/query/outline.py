"""The outline of a query: its groups, and which variables stand where.

Read from the words alone, so that it is quick and also there for a query that is not right. What it
says holds for queries that the engine takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from .lexer import Token, tokens

#: The kinds of groups whose variables can have a value outside them.
_PATTERNS: Final = ("pattern", "subquery", "short")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
#: What ends the list of variables of a SELECT or DESCRIBE, and what may follow a group.
_MODIFIERS: Final = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_CLAUSES: Final = ("FROM", "WHERE", *_MODIFIERS)


@dataclass(slots=True)
class Group:
    """What stands between two braces, or the query itself.

    Attributes:
        kind: ``query``, ``pattern``, ``subquery`` (a pattern that holds a SELECT), ``template`` (of
            a CONSTRUCT), ``short`` (template and pattern in one), ``data`` (of VALUES), ``exists``
            or ``minus``.
        start: The code point after its opening brace.
        end: Where its closing brace stands; -1 if it has none.
        parent: The group in which it stands; None for the query.
        parts: The groups in it.
        mentions: The variables that stand in it, and not in a group in it.
        binds: Those of them that get a value there.
        computed: Those of them that are computed: that follow AS.
        projected: Of the query and of subqueries: the variables of the SELECT clause, by their
            places; None if they are all.
        clause: Of the query and of subqueries: where they are: in SELECT (or DESCRIBE), after it.
    """

    kind: str
    start: int
    end: int = -1
    parent: Group | None = None
    parts: list[Group] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    computed: set[str] = field(default_factory=set)
    projected: dict[str, Token] | None = field(default_factory=dict)
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a query.

    Attributes:
        text: The query.
        words: Its words.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; empty if it is none of them.
        start: Where the form stands: the code point after the prologue.
        query: The query as a group.
        modifiers: The place of the first modifier that follows the pattern, and of each: the
            number of its word, by keyword.
    """

    text: str
    words: list[Token]
    form: str
    start: int
    query: Group
    modifiers: dict[str, int]

    @property
    def pattern(self) -> Group | None:
        """The pattern of the query; None where a DESCRIBE has none."""
        return next((part for part in self.query.parts if part.kind in _PATTERNS), None)

    @property
    def end(self) -> int:
        """The code point after the last word: what follows it are spaces and comments."""
        return self.words[-1].end if self.words else 0

    def place_of(self, *keywords: str) -> int:
        """Find the first of some modifiers, or the end of the query.

        Args:
            keywords: The modifiers.

        Returns:
            The code point where it begins.
        """
        found = [self.words[at].start for name, at in self.modifiers.items() if name in keywords]
        return min(found, default=self.end)

    def groups(self) -> list[Group]:
        """List all groups, the query first, each before those in it."""
        found, rest = [], [self.query]
        while rest:
            group = rest.pop()
            found.append(group)
            rest += reversed(group.parts)
        return found


def outline(text: str) -> Outline:
    """Read the outline of a query.

    Args:
        text: The query.

    Returns:
        Its outline.

    Example:
        >>> found = outline("SELECT ?s { ?s a ?c FILTER(?d > 1) }")
        >>> found.form, sorted(found.pattern.binds), sorted(found.pattern.mentions)
        ('SELECT', ['c', 's'], ['c', 'd', 's'])
    """
    words = list(tokens(text))
    reader = _Reader(words)
    for at, word in enumerate(words):
        reader.read(at, word)
    return Outline(text, words, reader.form, reader.start, reader.query, reader.modifiers)


class _Reader:
    """Goes through the words, and keeps in which group and parentheses it is."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.query = self.group = Group("query", 0)
        self.form = ""
        self.start = 0
        self.modifiers: dict[str, int] = {}
        #: What the next brace opens, where that is no pattern.
        self.next = ""
        #: A FILTER, BIND or HAVING whose expression has not begun.
        self.pending = False
        #: The open parentheses: for each its group, and whether an expression stands in it.
        self.open: list[tuple[Group, bool]] = []

    def read(self, at: int, word: Token) -> None:
        before = self.words[at - 1].text.upper() if at else ""
        if word.kind == "variable":
            self._variable(word, before)
        elif word.kind == "word":
            self._keyword(at, word, before)
        elif word.text == "{":
            self._enter(word, before)
        elif word.text == "}" and self.group.parent is not None:
            self.group.end = word.start
            self.group = self.group.parent
        elif word.text == "(":
            self.open.append((self.group, self.pending or self._inside()))
            self.pending = False
        elif word.text == ")" and self.open:
            self.open.pop()
        elif word.text == "*" and self.group.clause == "SELECT" and not self._inside():
            self.group.projected = None

    def _inside(self) -> bool:
        """Whether it stands in an expression of this group, or in brackets of its SELECT clause."""
        if not self.open or self.open[-1][0] is not self.group:
            return False
        return self.open[-1][1] or self.group.clause != ""

    def _variable(self, word: Token, before: str) -> None:
        name, group = word.text[1:], self.group
        group.mentions.add(name)
        if before == "AS":
            group.computed.add(name)
            group.binds.add(name)
        if group.clause == "SELECT":
            if (not self._inside() or before == "AS") and group.projected is not None:
                group.projected.setdefault(name, word)
        elif group.clause == "VALUES" or not (group.clause or self._inside() or self.pending):
            group.binds.add(name)

    def _keyword(self, at: int, word: Token, before: str) -> None:
        name, group = word.text.upper(), self.group
        if name in _FORMS and group.kind == "query" and not self.form:
            self.form, self.start = name, word.start
            group.clause = "SELECT" if name == "DESCRIBE" else name
        elif name == "SELECT" and before == "{":
            group.kind, group.clause = "subquery", name
        elif group.clause and name in _CLAUSES and not self._inside():
            group.clause = name
            if group.kind == "query" and name in _MODIFIERS:
                self.modifiers.setdefault(name, at)
        if name == "WHERE" and self.form == "CONSTRUCT" and group.kind == "query":
            self.next = "" if group.parts else "short"
        elif name == "VALUES":
            self.next = "data"
        elif name in ("MINUS", "EXISTS"):
            self.next = name.lower()
        if name in ("FILTER", "BIND"):
            self.pending = True

    def _enter(self, word: Token, before: str) -> None:
        template = before == "CONSTRUCT" and self.group.kind == "query"
        kind = "template" if template else self.next or "pattern"
        self.next, self.pending = "", False
        group = Group(kind, word.end, parent=self.group)
        self.group.parts.append(group)
        if self.group.clause and not template and kind != "data":
            self.group.clause = "AFTER"
        self.group = group


def visible(group: Group) -> set[str]:
    """Find the variables that can have a value outside a group.

    Args:
        group: The group.

    Returns:
        Their names.

    Example:
        >>> found = outline("SELECT ?a { { SELECT ?a { ?a ?b ?c } } MINUS { ?d ?e ?f } }")
        >>> visible(found.pattern)
        {'a'}
    """
    found = set(group.binds)
    for part in group.parts:
        if part.kind in _PATTERNS:
            found |= visible(part)
    if group.kind == "subquery" and group.projected is not None:
        found &= group.projected.keys()
    return found
