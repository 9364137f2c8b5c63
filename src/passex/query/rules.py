"""Rules of a grammar, with the words that they can begin with (see `passex.query.grammar`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple

from . import grammar

_SYMBOL: Final = re.compile(r"\(|\)[?*+]?|\||('[^']+'|\w+)([?*+]?)")
_RULE: Final = re.compile(r"((\w+?)\d?) ([=~:]) (.*)")


class Part:
    """Part of a rule.

    Attributes:
        kind: ``word``, ``rule``, ``seq``, ``alt``, ``?``, ``*`` or ``+``.
        name: Of a word or rule: what it is called.
        parts: Of the others: what they are made of.
    """

    def __init__(self, kind: str, name: str = "", parts: Sequence[Part] = ()) -> None:
        self.kind = kind
        self.name = name
        self.parts = parts
        self._expanded: dict[str, Sequence[Part] | None] = {}

    @cached_property
    def rule(self) -> Rule:
        """The rule of that name."""
        return rule(self.name)

    @cached_property
    def first(self) -> frozenset[str]:
        """The kinds of words with which it can begin."""
        if self.kind == "word":
            return frozenset({self.name})
        if self.kind == "rule":
            return self.rule.part.first
        begins = set[str]()
        for part in self.parts:
            begins |= part.first
            if self.kind == "seq" and not part.empty:
                break
        return frozenset(begins)

    @cached_property
    def empty(self) -> bool:
        """Whether it can be empty."""
        if self.kind in ("word", "+"):
            return False
        if self.kind == "rule":
            return self.rule.part.empty
        some = all if self.kind == "seq" else any
        return self.kind in ("?", "*") or some(part.empty for part in self.parts)

    def expanded(self, kind: str) -> Sequence[Part] | None:
        """Find what it is made of where some kind of word comes next.

        Returns:
            The parts, the last first; None if it can neither begin so nor be empty.
        """
        if kind not in self._expanded:
            parts = self._expand(kind)
            # What leads to one thing alone is gone through once for all.
            while parts and parts[-1].leads_on and kind in parts[-1].first:
                parts = (*parts[:-1], *(parts[-1].expanded(kind) or ()))
            self._expanded[kind] = parts
        return self._expanded[kind]

    @property
    def leads_on(self) -> bool:
        """Whether it is neither a word nor a node."""
        return self.kind != "word" and not (self.kind == "rule" and self.rule.how != ":")

    def _expand(self, kind: str) -> Sequence[Part] | None:
        if kind not in self.first:
            return () if self.empty else None
        if self.kind == "rule":
            return (self.rule.part,)
        if self.kind == "alt":
            return (next(part for part in self.parts if kind in part.first),)
        if self.kind in "*+":
            return (Part("*", parts=self.parts), *self.parts)
        return self.parts[::-1]


class Rule(NamedTuple):
    """A rule: what its node is called, ``=``, ``~`` or ``:``, and its right side."""

    node: str
    how: str
    part: Part


@cache
def rule(name: str) -> Rule:
    """Give a rule by its name."""
    node, how, body = _texts()[name]
    return Rule(node, how, _alternatives(_SYMBOL.finditer(body)))


@cache
def _texts() -> dict[str, tuple[str, str, str]]:
    return {m[1]: (m[2], m[3], m[4]) for m in _RULE.finditer(grammar.QUERY + grammar.UPDATE)}


def _alternatives(symbols: Iterator[re.Match[str]]) -> Part:
    """Read a rule, up to its end or to the bracket that closes it."""
    choices: list[list[Part]] = [[]]
    mark = ""
    for symbol in symbols:
        if symbol[0] == "|":
            choices.append([])
        elif symbol[0] == "(":
            choices[-1].append(_alternatives(symbols))
        elif symbol[0][0] == ")":
            mark = symbol[0][1:]
            break
        else:
            kind = "word" if symbol[1] == symbol[1].upper() else "rule"
            part = Part(kind, symbol[1].strip("'"))
            choices[-1].append(Part(symbol[2], parts=[part]) if symbol[2] else part)
    parts = [each[0] if len(each) == 1 else Part("seq", parts=each) for each in choices]
    whole = parts[0] if len(parts) == 1 else Part("alt", parts=parts)
    return Part(mark, parts=[whole]) if mark else whole
