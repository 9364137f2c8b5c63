"""A constraint in SPARQL without its focus nodes: all its solutions, whoever they are of.

A constraint that begins with a triple of the focus node has the same solutions for a set of focus
nodes whether it is asked for these, or for any node and what is not of these is dropped. Which is
quicker depends on how many there are of each. Asked for any node, the store can plan its joins, and
what must not be there can be put apart once for all (`MINUS`) in place of being looked up for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from ...graph.terms import RDF, RDFS
from ...query.lexer import prefixes
from ...query.tree import Node, Tree, variables
from .patterns import Pattern, Unclear
from .query_rules import can_batch
from .rewriting import Rewriter

_NAME: Final = re.compile(r"<[^<>]*>|[\w.-]*:[\w.-]*|a")
_NO_EXISTS: Final = ("Exists",)


@dataclass(frozen=True, slots=True)
class Absent:
    """What must not be there.

    Attributes:
        text: The `FILTER` that says so.
        pattern: The pattern that must have no solution.
        variable: Where that is being an instance of a class, the variable that must not be one.
        top: That class.
    """

    text: str
    pattern: str
    variable: str = ""
    top: ox.NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Detached:
    """A constraint that can be asked for any node.

    Attributes:
        prologue: Its prefixes.
        head: What stands before the body, with them and without the brace.
        lead: The triple pattern that it begins with.
        predicate: Its predicate; None for a variable.
        verb: The predicate as it is written.
        conditions: What is said of a variable in its place, and of nothing else.
        body: The body, without `absent`.
        absent: What must not be there.
        tail: What follows the body.
    """

    prologue: str
    head: str
    lead: str
    predicate: ox.NamedNode | None
    verb: str
    conditions: str
    body: str
    absent: tuple[Absent, ...]
    tail: str


@lru_cache(maxsize=1024)
def detached(query: Tree) -> Detached | None:
    """Take a constraint that parses apart; None if it cannot be asked for any node.

    Example:
        >>> from passex.query.parser import parse
        >>> query = parse("SELECT $this { $this a ?c . FILTER NOT EXISTS { ?c a <urn:d> } }")
        >>> detached(query).absent[0].pattern
        '?c a <urn:d>'
    """
    try:
        return _Parts(query).detached() if can_batch(query) else None
    except Unclear:
        return None


class _Parts(Rewriter):
    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        assert tree.query
        assert tree.pattern
        self._select = tree.query
        self._group = tree.pattern
        self._spaces = prefixes(tree.words)

    def detached(self) -> Detached | None:
        text, parts = self.tree.text, self._group.nodes()
        if not parts or parts[0].rule != "Triples":
            return None
        block = self.patterns(parts[0])
        lead = block[0]
        predicate = self._expanded(lead.verb)
        if lead.subject[1:] != "this" or (predicate is None and lead.verb[0] not in "?$"):
            return None
        certain = {name for pattern in block for name in pattern.variables()}
        filters = (part for part in parts if part.rule == "Filter")
        absent = {part: found for part in filters if (found := self._absent(part, certain))}
        return Detached(
            prologue=text[: self._select.start],
            head=text[: self._group.start],
            lead=f"?s {lead.verb} {'?o' if lead.value[0] in '?$' else lead.value}",
            predicate=predicate,
            verb=lead.verb,
            conditions="" if predicate else self._conditions(lead.verb, block),
            body=self.group(self._group, set() if predicate else {lead.verb[1:]}, absent),
            absent=tuple(absent.values()),
            tail=self.tail(),
        )

    def _absent(self, part: Node, certain: set[str]) -> Absent | None:
        """Read a filter that wants plain triples not to exist."""
        exists = part.node("Exists")
        group = exists.node("Group") if exists and exists.keyword("NOT") else None
        blocks = group.nodes() if group else []
        if [block.rule for block in blocks] != ["Triples"]:
            return None
        try:
            patterns = self.patterns(blocks[0])
        except Unclear:
            return None
        inside = {name for pattern in patterns for name in pattern.variables()}
        others = {*self._select.nodes(), *self._group.nodes()} - {part, self._group}
        outside = set[str]().union(*(variables(other, _NO_EXISTS) for other in others))
        shared = inside & outside
        # What the other side of a MINUS shares has to be bound in any case.
        if not shared or not shared <= certain:
            return None
        text = self.copied(part, certain)
        if top := self._class_of(patterns):
            return Absent(text, "", patterns[0].subject, top)
        if any(self._expanded(pattern.verb) is None for pattern in patterns):
            return None
        return Absent(text, " . ".join(map(str, patterns)))

    def _conditions(self, verb: str, block: list[Pattern]) -> str:
        """Collect what is said of the predicate alone: each solution fulfils it."""
        own = [pattern for pattern in block if pattern.subject[1:] == verb[1:]]
        known = {verb[1:]}.union(*(pattern.variables() for pattern in own))
        if known & {"this", block[0].value[1:]}:
            return ""
        conditions = [f"{pattern} ." for pattern in own]
        parts = self._group.nodes()
        for part in parts:
            names = variables(part)
            elsewhere = set[str]().union(*(variables(o) for o in parts if o is not part))
            if part.rule == "Filter" and verb[1:] in names and names & elsewhere <= known:
                conditions.append(self.copied(part, known))
        return " ".join(conditions)

    def _class_of(self, patterns: list[Pattern]) -> ox.NamedNode | None:
        """Tell of which class the subject of patterns is an instance, if that is all they say."""
        if len(patterns) != 2 or patterns[0].value != patterns[1].subject:
            return None
        (kind, above), closure = patterns, patterns[1].verb
        is_a = self._expanded(kind.verb) == ox.NamedNode(RDF.type)
        below = self._expanded(closure[:-1]) == ox.NamedNode(RDFS.subClassOf)
        if not is_a or not below or closure[-1] != "*" or not kind.value.startswith("?_n"):
            return None
        return self._expanded(above.value)

    def _expanded(self, name: str) -> ox.NamedNode | None:
        """Read an IRI, or a name with a prefix; None for anything else."""
        if not _NAME.fullmatch(name):
            return None
        if name == "a":
            return ox.NamedNode(RDF.type)
        if name[0] == "<":
            return ox.NamedNode(name[1:-1])
        prefix, _, local = name.partition(":")
        return ox.NamedNode(self._spaces[prefix] + local) if prefix in self._spaces else None
