"""Queries written in the order in which Oxigraph is quick.

Oxigraph plans the joins of a group, but neither those within `EXISTS` nor those of groups within
groups: there each triple pattern is evaluated on its own, and a second one means a walk through all
its triples for each row. What it does not plan is planned here, one triple pattern at a time, the
known ends first:

- One pattern in an `EXISTS` sees what is bound outside it, and so does an `EXISTS` within an
  `EXISTS`. So ``EXISTS { A B FILTER(C) }`` is asked as ``EXISTS { A FILTER EXISTS { B FILTER(C) }
  }``: both have a solution just if some solution of A goes with one of B. Groups with more in them
  than triples, filters and plain `OPTIONAL` are left as they are.
- In other groups, the parts are put one behind the other with `LATERAL`: for each solution of those
  before, the solutions that go with it. That is what a join means, as long as no part looks at a
  variable that it does not bind itself; and the joins within each part are then planned.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Final, TypeAlias

from .groups import at_once, read_group
from .patterns import ELEMENTS, Pattern, Reader, Unclear, brackets, in_order
from .sparql import tokens

#: Where something begins, and the place behind it.
_Span: TypeAlias = tuple[int, int]
_NOTHING: Final[Mapping[int, int]] = {}


def nested(query: str) -> str:
    """Write a query so that every `EXISTS` in it is quick.

    Args:
        query: A query that parses.

    Returns:
        A query with the same solutions.

    Example:
        >>> nested("ASK { ?s :p ?o FILTER NOT EXISTS { ?x :q/:r ?s FILTER(?x != 1) } }")
        'ASK { ?s :p ?o FILTER NOT EXISTS { ?_n0 :r ?s FILTER EXISTS { ?x :q ?_n0 FILTER(?x != 1) } } }'
    """  # noqa: E501
    if "EXISTS" not in query.upper():
        return query
    nester = Nester(query)
    return nester.copied(0, len(nester.words), set())


def for_all(query: str, focus: str) -> str | None:
    """Write a constraint so that it is asked for all focus nodes, one after the other.

    Args:
        query: A constraint that parses.
        focus: A pattern that binds ``?this``.

    Returns:
        The query; None if it has to be asked for each focus node, or if a group within looks at
        what it does not bind: the store's own planning is not to be trusted with that.

    Example:
        >>> for_all("SELECT $this { { $this :p 1 } UNION { $this :r 3 } }", "?this a :C")
        'SELECT $this { ?this a :C LATERAL { { $this :p 1 } UNION { $this :r 3 } } }'
    """
    parts = _around_focus(query)
    return None if parts is None else f"{parts[0]} {focus} {parts[1]}"


@lru_cache(maxsize=1024)
def _around_focus(query: str) -> tuple[str, str] | None:
    """Give what stands before the pattern of focus nodes, and after it."""
    place = at_once(query)
    if place is None:
        return None
    nester = Nester(query)
    first = next(i for i, word in enumerate(nester.words) if word.start == place - 1)
    last = nester.ends[first]
    try:
        body = nester.group(first + 1, last, {"this"})
    except Unclear:
        return None
    tail = nester.copied(last, len(nester.words), set())
    return query[:place], f"LATERAL {{ {body} }} {tail}"


class Nester:
    """Writes the groups of a query.

    Args:
        query: A query that parses.
    """

    def __init__(self, query: str) -> None:
        self.words = tokens(query)
        self.ends = brackets(self.words)
        self._query = query
        self.reader = Reader(self.words, self.ends, count())

    def copied(self, first: int, last: int, bound: set[str]) -> str:
        """Copy a stretch of words, with each `EXISTS` in it rewritten."""
        if first == last:
            return ""
        bound = bound | self.outside(first, last)
        parts, place, i = [], self.words[first].start, first
        while i < last:
            if self._is_exists(i):
                end = self.ends[i + 1]
                parts.append(self._query[place : self.words[i + 1].start])
                parts.append(self._existing(i + 2, end, bound))
                place = self.words[end].start + 1
                i = end
            i += 1
        end_of_last = self.words[last - 1].start + len(self.words[last - 1].text)
        return "".join(parts) + self._query[place:end_of_last]

    def _is_exists(self, i: int) -> bool:
        word = self.words[i]
        return word.kind == "word" and word.text.upper() == "EXISTS" and i + 1 in self.ends

    def outside(self, first: int, last: int) -> set[str]:
        """Name the variables of a stretch, without those within an `EXISTS`."""
        found, i = set(), first
        while i < last:
            if self._is_exists(i):
                i = self.ends[i + 1]
            elif self.words[i].kind == "var":
                found.add(self.words[i].text[1:])
            i += 1
        return found

    # ------------------------------------------------------------------------------------- EXISTS

    def _existing(self, first: int, last: int, bound: set[str]) -> str:
        """Write a group of an `EXISTS`."""
        try:
            patterns, filters, optionals = self._elements(first, last)
        except Unclear:
            patterns, filters, optionals = [], [], []
        if len(patterns) + bool(optionals) < 2:
            return f"{{ {self.copied(first, last, bound)} }}"
        own = {name for pattern in patterns for name in pattern.variables()}
        late = {name for span in optionals for name in self.outside(*span)} - own
        placed = set[str]()
        pending = [(span, self.mentioned(*span)) for span in filters]
        steps: list[list[str]] = []
        for pattern in in_order(patterns, bound):
            placed |= pattern.variables()
            final = len(steps) == len(patterns) - 1 and not optionals
            step = [str(pattern)]
            for span, names in tuple(pending):
                if final or not names & (late | (own - placed)):
                    pending.remove((span, names))
                    step.append(self.copied(*span, bound | own))
            steps.append(step)
        if optionals:
            spans = optionals + [span for span, _ in pending]
            steps.append([self.copied(*span, bound | own) for span in spans])
        text = ""
        for step in reversed(steps):
            text = f"{{ {' '.join(step)}{f' FILTER EXISTS {text}' if text else ''} }}"
        return text

    def mentioned(self, first: int, last: int) -> set[str]:
        """Name all variables of a stretch."""
        return {word.text[1:] for word in self.words[first:last] if word.kind == "var"}

    def _elements(self, first: int, last: int) -> tuple[list[Pattern], list[_Span], list[_Span]]:
        """Read the triple patterns of a group, and where its filters and optional parts are."""
        patterns, filters, optionals = list[Pattern](), list[_Span](), list[_Span]()
        i = first
        while i < last:
            begin, word = i, self.words[i].text.upper()
            if word == "FILTER":
                i = self.past_brackets(i)
                filters.append((begin, i))
            elif word == "OPTIONAL":
                i = self.ends[i + 1] + 1
                # Nothing may stand in it that would see more of the group than it does now.
                if self._elements(begin + 2, i - 1)[2]:
                    raise Unclear
                optionals.append((begin, i))
            elif word == ".":
                i += 1
            else:
                i = self.reader.read(i, last, patterns)
        return patterns, filters, optionals

    def past_brackets(self, i: int) -> int:
        """Find the end of a filter or of a `BIND`."""
        while i not in self.ends:
            i += 1
        return self.ends[i] + 1

    # ------------------------------------------------------------------------------- other groups

    def group(
        self, first: int, last: int, bound: set[str], skipped: Mapping[int, int] = _NOTHING
    ) -> str:
        """Write a group so that each part of it follows those before.

        Args:
            first: Where it begins, behind its brace.
            last: The place of its closing brace.
            bound: The variables that are bound before.
            skipped: The filters to leave out: where each begins, and the place behind it.

        Raises:
            Unclear: A part would see more than it may.
        """
        inside = bound | self.outside(first, last)
        parts, i = list[str](), first
        while i < last:
            begin, word = i, self.words[i].text.upper()
            before = bound | self.mentioned(first, begin)
            if i in skipped:
                i = skipped[i]
            elif word in ("FILTER", "BIND"):
                i = self.past_brackets(i)
                parts.append(self.copied(begin, i, inside))
            elif word == "OPTIONAL":
                i = self.ends[i + 1] + 1
                if not read_group(self.words, begin + 2, "optional")[0].can_follow(before):
                    raise Unclear
                text = f"OPTIONAL {{ {self.group(begin + 2, i - 1, before)} }}"
                parts.append(f"LATERAL {{ {text} }}" if parts else text)
            elif word == "{":
                union = []
                while True:
                    if not read_group(self.words, i + 1)[0].can_follow(before):
                        raise Unclear
                    union.append(f"{{ {self.group(i + 1, self.ends[i], before)} }}")
                    i = self.ends[i] + 1
                    if i == last or self.words[i].text.upper() != "UNION":
                        break
                    i += 1
                text = " UNION ".join(union)
                parts.append(f"LATERAL {{ {text} }}" if parts else text)
            elif word == ".":
                i += 1
            else:
                while i < last and self.words[i].text.upper() not in ELEMENTS:
                    i += 1
                for text in self._block(begin, i, before):
                    parts.append(f"LATERAL {{ {text} }}" if parts else text)
        return " ".join(parts)

    def _block(self, first: int, last: int, bound: set[str]) -> list[str]:
        """Write triples that stand together.

        Oxigraph plans them well but for closures, which it takes for large and puts last.
        """
        patterns, i = list[Pattern](), first
        try:
            while i < last:
                i = i + 1 if self.words[i].text == "." else self.reader.read(i, last, patterns)
        except Unclear:
            patterns = []
        if not any(pattern.is_closure() for pattern in patterns):
            return [self.copied(first, last, bound)]
        return [str(pattern) for pattern in in_order(patterns, bound)]
