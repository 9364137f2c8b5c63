"""The triple patterns of a SPARQL group, one by one, from the words of a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from .sparql import Token

#: What may follow a triple in a group.
ELEMENTS: Final = ("{", "FILTER", "OPTIONAL", "UNION", "BIND")
_MODIFIERS: Final = ("*", "+", "?")


class Unclear(Exception):
    """Part of a query that is better left as it is."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern, as text.

    Attributes:
        subject: A variable or a term.
        verb: A variable, or a path that is no sequence.
        value: A variable or a term.
    """

    subject: str
    verb: str
    value: str

    def __str__(self) -> str:
        return f"{self.subject} {self.verb} {self.value}"

    def variables(self) -> set[str]:
        """Name its variables."""
        return {part[1:] for part in (self.subject, self.verb, self.value) if part[0] in "?$"}

    def cost(self, bound: set[str]) -> tuple[bool, int]:
        """Tell how much there is to look at when some variables are bound: more sorts higher."""
        unknown = [
            part[0] in "?$" and part[1:] not in bound
            for part in (self.subject, self.verb, self.value)
        ]
        names = self.variables()
        apart = bool(names) and not names & bound
        far = self.is_closure() and (unknown[0] or unknown[2])
        return apart, 2 * unknown[0] + unknown[1] + unknown[2] + far

    def is_closure(self) -> bool:
        """Tell whether it follows a path as far as it goes."""
        return self.verb[-1] in "*+"


def in_order(patterns: Iterable[Pattern], bound: set[str]) -> Iterator[Pattern]:
    """Give patterns in an order in which each is quick to look up when those before are known.

    Args:
        patterns: The patterns.
        bound: The variables that are bound before.

    Yields:
        Each pattern once.
    """
    left, known = list(patterns), set(bound)
    while left:
        best = min(left, key=lambda pattern: pattern.cost(known))
        left.remove(best)
        known |= best.variables()
        yield best


def brackets(words: Sequence[Token]) -> dict[int, int]:
    """Pair brackets and braces: the place of each closing one by that of its opening one."""
    ends, opened = {}, []
    for i, word in enumerate(words):
        if word.kind == "sign" and word.text in "({[":
            opened.append(i)
        elif word.kind == "sign" and word.text in ")}]":
            ends[opened.pop()] = i
    return ends


class Reader:
    """Reads triple patterns from the words of a query that parses.

    Args:
        words: The words.
        ends: The closing bracket of each opening one.
        fresh: Numbers for the variables between the steps of sequence paths.
    """

    def __init__(self, words: Sequence[Token], ends: Mapping[int, int], fresh: count[int]) -> None:
        self._words = words
        self._ends = ends
        self._fresh = fresh
        self._i = 0
        self._last = 0

    def read(self, i: int, last: int, patterns: list[Pattern]) -> int:
        """Read the triples of one subject.

        Args:
            i: Where they begin.
            last: Where the group ends.
            patterns: Takes them.

        Returns:
            The place behind them.

        Raises:
            Unclear: There is something in them that is no variable, IRI or plain literal.
        """
        self._i, self._last = i, last
        subject = self._term()
        while True:
            start = self._i
            end = self._verb()
            while True:
                self._split(subject, (start, end), self._term(), patterns)
                if not self._skip(","):
                    break
            if not self._skip(";"):
                break
            while self._skip(";"):
                pass
            if self._ended():
                break
        if not self._ended():
            raise Unclear
        return self._i

    def _next(self) -> str:
        return self._words[self._i].text if self._i < self._last else ""

    def _skip(self, *signs: str) -> bool:
        found = self._next() in signs
        self._i += found
        return found

    def _ended(self) -> bool:
        return self._next().upper() in ("", ".", *ELEMENTS)

    def _term(self) -> str:
        if self._i >= self._last:
            raise Unclear
        word = self._words[self._i]
        self._i += 1
        if word.kind == "word":
            plain = ":" in word.text and not word.text.startswith("_:")
            if plain or word.text in ("true", "false"):
                return word.text
        elif word.kind in ("var", "iri") or (word.kind == "number" and word.text[-1] != "."):
            return word.text
        elif word.kind == "string":
            if self._skip("@"):
                self._i += 1
                return f"{word.text}@{self._words[self._i - 1].text}"
            if self._skip("^"):
                self._i += 1
                return f"{word.text}^^{self._term()}"
            return word.text
        raise Unclear

    def _verb(self) -> int:
        """Go to the end of a variable or a path."""
        if self._i < self._last and self._words[self._i].kind == "var":
            self._i += 1
            return self._i
        while True:
            while self._skip("^", "!"):
                pass
            if self._next() == "(":
                self._i = self._ends[self._i] + 1
            elif not self._skip("a"):
                self._term()
            while self._skip(*_MODIFIERS):
                pass
            if not self._skip("/", "|"):
                return self._i

    def _split(
        self, subject: str, verb: tuple[int, int], value: str, patterns: list[Pattern]
    ) -> None:
        """Add a pattern, or one for each step of a sequence path."""
        start, end = verb
        steps, begin, i = list[tuple[int, int]](), start, start
        while i < end:
            word = self._words[i]
            if word.text == "(":
                i = self._ends[i]
            elif word.text == "|":
                steps, begin = [], start
                break
            elif word.text == "/":
                steps.append((begin, i))
                begin = i + 1
            i += 1
        steps.append((begin, end))
        for place, (first, last) in enumerate(steps):
            target = value if place == len(steps) - 1 else f"?_n{next(self._fresh)}"
            words = [word.text for word in self._words[first:last]]
            if words[0] == "^" and len(words) == 2:
                patterns.append(Pattern(target, words[1], subject))
            else:
                patterns.append(Pattern(subject, "".join(words), target))
            subject = target
