"""A constraint in SPARQL without its focus nodes: what all its solutions are, whoever they are of.

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
from .groups import at_once
from .nesting import Nester
from .patterns import ELEMENTS, Pattern, Unclear
from .sparql import prefixes

_NAME: Final = re.compile(r"<[^<>]*>|[\w.-]*:[\w.-]*|a")


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
class Alone:
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
        tail: What stands behind the body.
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
def alone(query: str) -> Alone | None:
    """Take a constraint apart.

    Args:
        query: A constraint that parses.

    Returns:
        Its parts; None if it cannot be asked for any node.

    Example:
        >>> parts = alone("SELECT $this { $this a ?c . FILTER NOT EXISTS { ?c a <urn:d> } }")
        >>> parts.absent[0].pattern
        '?c a <urn:d>'
    """
    if at_once(query) is None:
        return None
    nester = _Parts(query)
    words, ends = nester.words, nester.ends
    first = next(i for i, word in enumerate(words) if word.text == "{") + 1
    last = ends[first - 1]
    try:
        return nester.parts(query, first, last)
    except Unclear:
        return None


class _Parts(Nester):
    def parts(self, query: str, first: int, last: int) -> Alone | None:
        spaces = prefixes(self.words)
        end = next((i for i in range(first, last) if self.words[i].text.upper() in ELEMENTS), last)
        block = self._triples(first, end)
        lead = block[0]
        if lead.subject[1:] != "this":
            return None
        predicate = _expanded(lead.verb, spaces)
        if predicate is None and lead.verb[0] not in "?$":
            return None
        filters = self._filters(first, last)
        certain = {name for pattern in block for name in pattern.variables()}
        absent, skipped = list[Absent](), dict[int, int]()
        for begin, behind in filters:
            if found := self._absent(begin, behind, certain, spaces):
                absent.append(found)
                skipped[begin] = behind
        select = next(i for i, word in enumerate(self.words) if word.text.upper() == "SELECT")
        opening = self.words[first - 1].start
        return Alone(
            prologue=query[: self.words[select].start],
            head=query[:opening],
            lead=f"?s {lead.verb} {'?o' if lead.value[0] in '?$' else lead.value}",
            predicate=predicate,
            verb=lead.verb,
            conditions=""
            if predicate
            else self._conditions(lead.verb, block, filters, first, last),
            body=self.group(first, last, set() if predicate else {lead.verb[1:]}, skipped),
            absent=tuple(absent),
            tail=self.copied(last + 1, len(self.words), set()),
        )

    def _triples(self, first: int, last: int) -> list[Pattern]:
        patterns, i = list[Pattern](), first
        while i < last:
            i = i + 1 if self.words[i].text == "." else self.reader.read(i, last, patterns)
        if not patterns:
            raise Unclear
        return patterns

    def _filters(self, first: int, last: int) -> list[tuple[int, int]]:
        """Find the filters of the group itself."""
        found, i = list[tuple[int, int]](), first
        while i < last:
            word = self.words[i]
            if word.kind == "word" and word.text.upper() == "FILTER":
                begin, i = i, self.past_brackets(i)
                found.append((begin, i))
            else:
                i = self.ends[i] + 1 if i in self.ends else i + 1
        return found

    def _absent(
        self, first: int, last: int, certain: set[str], spaces: dict[str, str]
    ) -> Absent | None:
        """Read a filter that wants plain triples not to exist."""
        words = [word.text.upper() for word in self.words[first + 1 : first + 4]]
        if words != ["NOT", "EXISTS", "{"]:
            return None
        try:
            patterns = self._triples(first + 4, last - 1)
        except Unclear:
            return None
        inside = {name for pattern in patterns for name in pattern.variables()}
        outside = self.outside(0, first) | self.outside(last, len(self.words))
        shared = inside & outside
        # What the other side of a MINUS shares has to be bound in any case.
        if not shared or not shared <= certain:
            return None
        text = self.copied(first, last, certain)
        of_class = _of_class(patterns, spaces)
        if of_class:
            return Absent(text, "", patterns[0].subject, of_class)
        if any(_expanded(pattern.verb, spaces) is None for pattern in patterns):
            return None
        return Absent(text, " . ".join(map(str, patterns)))

    def _conditions(
        self,
        verb: str,
        block: list[Pattern],
        filters: list[tuple[int, int]],
        first: int,
        last: int,
    ) -> str:
        """Collect what is said of the predicate alone: each solution fulfils it."""
        own = [pattern for pattern in block if pattern.subject[1:] == verb[1:]]
        known = {verb[1:]}.union(*(pattern.variables() for pattern in own))
        if known & {"this", block[0].value[1:]}:
            return ""
        parts = [f"{pattern} ." for pattern in own]
        for begin, behind in filters:
            elsewhere = self.mentioned(first, begin) | self.mentioned(behind, last)
            names = self.mentioned(begin, behind)
            if verb[1:] in names and names & elsewhere <= known:
                parts.append(self.copied(begin, behind, known))
        return " ".join(parts)


def _of_class(patterns: list[Pattern], spaces: dict[str, str]) -> ox.NamedNode | None:
    """Tell of which class the subject of some patterns is an instance, if that is all they say."""
    if len(patterns) != 2 or patterns[0].value != patterns[1].subject:
        return None
    (kind, above), closure = patterns, patterns[1].verb
    if (
        _expanded(kind.verb, spaces) != ox.NamedNode(RDF.type)
        or closure[-1] != "*"
        or _expanded(closure[:-1], spaces) != ox.NamedNode(RDFS.subClassOf)
        or not kind.value.startswith("?_n")
    ):
        return None
    return _expanded(above.value, spaces)


def _expanded(name: str, spaces: dict[str, str]) -> ox.NamedNode | None:
    """Read an IRI, or a name with a prefix; None for anything else."""
    if not _NAME.fullmatch(name):
        return None
    if name == "a":
        return ox.NamedNode(RDF.type)
    if name[0] == "<":
        return ox.NamedNode(name[1:-1])
    prefix, _, local = name.partition(":")
    return ox.NamedNode(spaces[prefix] + local) if prefix in spaces else None
