"""`EXISTS` in the order in which it is quick: one triple pattern at a time, the known ends first.

Oxigraph plans the joins of a query, but not those within `EXISTS`: there each triple pattern is
evaluated on its own for every row, and a second one means a walk through all its triples. One
pattern in an `EXISTS` sees what is bound outside it, and so does an `EXISTS` within an `EXISTS`.
So ``EXISTS { A B FILTER(C) }`` is asked as ``EXISTS { A FILTER EXISTS { B FILTER(C) } }``, which is
the same: there is a solution of both just if some solution of the one has one of the other. Groups
with more in them than triples, filters and plain `OPTIONAL` are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Final

from .sparql import Token, tokens

_MODIFIERS: Final = ("*", "+", "?")
_OTHER_ELEMENTS: Final = (
    *("GRAPH", "UNION", "BIND", "VALUES", "MINUS", "SERVICE", "SELECT", "LATERAL"),
    *("FILTER", "OPTIONAL", "EXISTS", "NOT"),
)


class _Unclear(Exception):
    """A group that is better left as it is."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A triple pattern: its text in three parts, with a path that is no sequence."""

    subject: str
    verb: str
    value: str

    def variables(self) -> set[str]:
        return {part[1:] for part in (self.subject, self.verb, self.value) if part[0] in "?$"}

    def cost(self, bound: set[str]) -> tuple[bool, int]:
        """Estimate how much there is to look at, when some variables are bound."""
        known = [
            part[0] not in "?$" or part[1:] in bound
            for part in (self.subject, self.verb, self.value)
        ]
        apart = not self.variables() & bound and bool(self.variables())
        return apart, (0 if known[0] else 2) + (0 if known[2] else 1) + (0 if known[1] else 1)


def nested(query: str) -> str:
    """Write a query so that every `EXISTS` in it is quick.

    Args:
        query: A query that parses.

    Returns:
        A query with the same solutions.

    Example:
        >>> nested("SELECT * { ?s :p ?o FILTER NOT EXISTS { ?x :q/:r ?s FILTER(?x != 1) } }")
        'SELECT * { ?s :p ?o FILTER NOT EXISTS { ?_n0 :r ?s FILTER EXISTS { ?x :q ?_n0 FILTER(?x != 1) } } }'
    """  # noqa: E501
    if "EXISTS" not in query.upper():
        return query
    return _Nester(query).text()


class _Nester:
    def __init__(self, query: str) -> None:
        self._query = query
        self._words = tokens(query)
        self._fresh = count()
        self._ends = _brackets(self._words)

    def text(self) -> str:
        return self._query[: self._words[0].start] + self._copied(0, len(self._words), set())

    def _copied(self, first: int, last: int, bound: set[str]) -> str:
        """Copy a stretch of words, with each `EXISTS` in it rewritten."""
        bound = bound | self._outside(first, last)
        parts, place, i = [], self._words[first].start if first < last else 0, first
        while i < last:
            if self._is_exists(i):
                end = self._ends[i + 1]
                parts.append(self._query[place : self._words[i + 1].start])
                parts.append(self._group(i + 2, end, bound))
                place = self._words[end].start + 1
                i = end
            i += 1
        if first < last:
            parts.append(self._query[place : self._end(last - 1)])
        return "".join(parts)

    def _end(self, i: int) -> int:
        return self._words[i].start + len(self._words[i].text)

    def _is_exists(self, i: int) -> bool:
        word = self._words[i]
        return word.kind == "word" and word.text.upper() == "EXISTS" and i + 1 in self._ends

    def _outside(self, first: int, last: int) -> set[str]:
        """Name the variables of a stretch, without those within an `EXISTS`."""
        found, i = set(), first
        while i < last:
            if self._is_exists(i):
                i = self._ends[i + 1]
            elif self._words[i].kind == "var":
                found.add(self._words[i].text[1:])
            i += 1
        return found

    def _group(self, first: int, last: int, bound: set[str]) -> str:
        try:
            patterns, filters, optionals = self._elements(first, last)
        except _Unclear:
            return f"{{ {self._copied(first, last, bound)} }}"
        if len(patterns) < 2:
            return f"{{ {self._copied(first, last, bound)} }}"
        own = {name for pattern in patterns for name in pattern.variables()}
        known = set(bound)
        steps: list[list[str]] = []
        late = {name for begin, end in optionals for name in self._outside(begin, end)} - own
        pending = [(span, self._mentioned(*span)) for span in filters]
        while patterns:
            best = min(patterns, key=lambda pattern: pattern.cost(known))
            patterns.remove(best)
            known |= best.variables()
            ready = [
                (span, names)
                for span, names in pending
                if not patterns or not names & (late | (own - known))
            ]
            pending = [one for one in pending if one not in ready]
            steps.append([f"{best.subject} {best.verb} {best.value}"])
            if not patterns:
                steps[-1] += [self._copied(*span, known) for span in optionals]
            steps[-1] += [self._copied(*span, known) for span, _ in ready]
        text = ""
        for step in reversed(steps):
            text = f"{{ {' '.join(step)}{f' FILTER EXISTS {text}' if text else ''} }}"
        return text

    def _mentioned(self, first: int, last: int) -> set[str]:
        return {word.text[1:] for word in self._words[first:last] if word.kind == "var"}

    def _elements(
        self, first: int, last: int
    ) -> tuple[list[_Pattern], list[tuple[int, int]], list[tuple[int, int]]]:
        """Read the triple patterns of a group, and where its filters and optional parts are."""
        patterns: list[_Pattern] = []
        filters, optionals = [], []
        i = first
        while i < last:
            word = self._words[i].text.upper()
            if word == "FILTER":
                end = self._filter(i)
                filters.append((i, end))
                i = end
            elif word == "OPTIONAL":
                end = self._ends[i + 1] + 1
                # Within, nothing may stand that would see more of the group than it does now.
                self._elements(i + 2, end - 1)
                if any(self._words[j].text.upper() == "OPTIONAL" for j in range(i + 1, end)):
                    raise _Unclear
                optionals.append((i, end))
                i = end
            elif word == ".":
                i += 1
            else:
                i = _Triples(self._words, i, last, self._fresh, self._ends).read(patterns)
        return patterns, filters, optionals

    def _filter(self, i: int) -> int:
        """Find the end of a filter."""
        i += 1
        while i not in self._ends:
            if self._words[i].kind != "word" and self._words[i].kind != "iri":
                raise _Unclear
            i += 1
        return self._ends[i] + 1


def _brackets(words: list[Token]) -> dict[int, int]:
    """Pair the brackets and braces."""
    ends, opened = {}, []
    for i, word in enumerate(words):
        if word.kind == "sign" and word.text in "({[":
            opened.append(i)
        elif word.kind == "sign" and word.text in ")}]":
            ends[opened.pop()] = i
    return ends


class _Triples:
    """Reads the triples of one subject."""

    def __init__(
        self, words: list[Token], i: int, last: int, fresh: count[int], ends: dict[int, int]
    ) -> None:
        self._words = words
        self._i = i
        self._last = last
        self._fresh = fresh
        self._ends = ends

    def read(self, patterns: list[_Pattern]) -> int:
        subject = self._term()
        while True:
            start = self._i
            verb_end = self._verb()
            while True:
                value = self._term()
                self._split(subject, start, verb_end, value, patterns)
                if self._sign() != ",":
                    break
                self._i += 1
            if self._sign() != ";":
                break
            while self._sign() == ";":
                self._i += 1
            if self._ended():
                break
        if not self._ended():
            raise _Unclear
        return self._i

    def _sign(self) -> str:
        return self._words[self._i].text if self._i < self._last else ""

    def _ended(self) -> bool:
        word = self._sign().upper()
        return word in ("", ".", "FILTER", "OPTIONAL")

    def _term(self) -> str:
        """Read a variable, an IRI or a literal."""
        if self._i >= self._last:
            raise _Unclear
        word = self._words[self._i]
        self._i += 1
        if word.kind in ("var", "iri"):
            return word.text
        if word.kind == "word":
            if ":" in word.text and not word.text.startswith("_:"):
                return word.text
            if word.text in ("true", "false"):
                return word.text
        if word.kind == "number" and not word.text.endswith("."):
            return word.text
        if word.kind == "string":
            following = self._sign()
            if following == "@":
                self._i += 2
                return f"{word.text}@{self._words[self._i - 1].text}"
            if following == "^":
                self._i += 2
                return f"{word.text}^^{self._term()}"
            return word.text
        raise _Unclear

    def _verb(self) -> int:
        """Go to the end of a variable or a path."""
        if self._i < self._last and self._words[self._i].kind == "var":
            self._i += 1
            return self._i
        while True:
            while self._sign() in ("^", "!"):
                self._i += 1
            if self._sign() == "(":
                self._i = self._ends[self._i] + 1
            elif self._sign() == "a":
                self._i += 1
            else:
                self._term()
            while self._sign() in _MODIFIERS:
                self._i += 1
            if self._sign() not in ("/", "|"):
                return self._i
            self._i += 1

    def _split(
        self, subject: str, start: int, end: int, value: str, patterns: list[_Pattern]
    ) -> None:
        """Add a pattern, or one for each step of a sequence path."""
        steps, begin, i = [], start, start
        while i < end:
            text = self._words[i].text
            if text == "(" and self._words[i].kind == "sign":
                i = self._ends[i]
            elif text == "|":
                steps, begin = [], start
                break
            elif text == "/":
                steps.append((begin, i))
                begin = i + 1
            i += 1
        steps.append((begin, end))
        for number, (first, last) in enumerate(steps):
            target = value if number == len(steps) - 1 else f"?_n{next(self._fresh)}"
            words = self._words[first:last]
            if words[0].text == "^" and len(words) == 2:
                patterns.append(_Pattern(target, words[1].text, subject))
            else:
                verb = "".join(word.text for word in words)
                patterns.append(_Pattern(subject, verb, target))
            subject = target
