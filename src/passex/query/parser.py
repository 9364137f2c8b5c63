"""Parse SPARQL into a tree with places, by the rules of `passex.query.grammar`.

The grammar is read with one word of lookahead and a stack of its own, so that no query is nested
too deeply to be parsed, and each takes a time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

from . import grammar
from .lexer import Token, token
from .tree import Item, Mismatch, Node, Tree

_SYMBOL: Final = r"\(|\)[?*+]?|\||('[^']+'|\w+)([?*+]?)"
#: What the grammar calls the kinds of words (`Token`); names, signs and bare words differ.
_KINDS: Final = {
    kind: kind.upper() for kind in ("iri", "blank", "string", "open", "number", "language")
} | {"variable": "VAR"}
#: No keyword has more letters.
_LONGEST: Final = 14
#: Texts of fewer characters are worth remembering: more than one check looks at a query.
_SHORT: Final = 8192


def parse(text: str, start: str = "Query") -> Tree:
    """Parse a text.

    Args:
        start: ``Query``, ``Update``, or the name of another rule of the grammar, for part of one.

    Returns:
        Its tree: all of it, or up to where the text leaves the grammar, which its `error` tells.

    Example:
        >>> tree = parse("SELECT ?s { ?s a ?c }")
        >>> [str(node) for node in tree.root.walk()]  # doctest: +NORMALIZE_WHITESPACE
        ['Query 0-21', 'Select 0-21', 'SelectClause 0-9', 'Group 10-21', 'Triples 12-19',
         'Same 12-19', 'Properties 15-19', 'Property 15-19']
        >>> parse("SELECT ?s { ?s a }").error.word.text
        '}'
    """
    return _remembered(text, start) if len(text) < _SHORT else _parse(text, start)


def _parse(text: str, start: str) -> Tree:
    reader = _Reader(text)
    tree = reader.read(start)
    wrong, doubt = tree.error and tree.error.word, reader.doubt
    if wrong and doubt and wrong.start < doubt.end:
        # It was no comparison: what can't be there is the IRI.
        tree = _Reader(text, doubt).read(start)
        wrong = tree.error and tree.error.word
    if wrong and grammar.of_word(wrong.text) == "NONE":
        glued = _Reader(text, glued=True).read(start)
        return tree if glued.error else glued
    return tree


_remembered = lru_cache(maxsize=32)(_parse)


class Part:
    """Part of a rule.

    Its kind is ``word`` or ``rule``, which have names; ``seq``, ``alt``, ``?``, ``*`` or ``+``,
    which are made of parts; or ``close``, which stands on the stack where a node ends.
    """

    def __init__(self, kind: str, name: str = "", parts: Sequence[Part] = ()) -> None:
        self.kind = kind
        self.name = name
        self.parts = parts
        #: What it is made of where some kind of word comes next, as `expand` finds it.
        self.expanded: dict[str, Sequence[Part] | None] = {}

    @cached_property
    def node(self) -> bool:
        """Whether it is a rule that makes a node."""
        return self.kind == "rule" and rule(self.name).how != ":"

    @cached_property
    def first(self) -> frozenset[str]:
        """The kinds of words with which it can begin."""
        if self.kind == "word":
            return frozenset({self.name})
        if self.kind == "rule":
            return rule(self.name).part.first
        last = next((i for i, part in enumerate(self.parts) if not part.empty), len(self.parts))
        begins = self.parts[: last + 1] if self.kind == "seq" else self.parts
        return frozenset[str]().union(*(part.first for part in begins))

    @cached_property
    def empty(self) -> bool:
        """Whether it can be empty."""
        if self.kind in ("word", "+"):
            return False
        if self.kind == "rule":
            return rule(self.name).part.empty
        some = all if self.kind == "seq" else any
        return self.kind in ("?", "*") or some(part.empty for part in self.parts)

    def expand(self, kind: str) -> Sequence[Part] | None:
        """Find its parts, the last first, where some kind of word comes next, and keep them.

        They are None if it can neither begin so nor be empty.
        """
        parts: Sequence[Part] | None = self.parts[::-1]
        if kind not in self.first:
            parts = () if self.empty else None
        elif self.kind == "rule":
            parts = (rule(self.name).part,)
        elif self.kind == "alt":
            parts = (next(part for part in self.parts if kind in part.first),)
        elif self.kind in "*+":
            parts = (Part("*", parts=self.parts), *self.parts)
        # What leads to one thing alone is gone through once for all.
        while parts and kind in parts[-1].first and parts[-1].kind != "word" and not parts[-1].node:
            parts = (*parts[:-1], *(parts[-1].expand(kind) or ()))
        self.expanded[kind] = parts
        return parts


class Rule(NamedTuple):
    """A rule: what its node is called, ``=``, ``~`` or ``:``, and its right side."""

    node: str
    how: str
    part: Part


@cache
def rule(name: str) -> Rule:
    """Give a rule by its name."""
    _, node, how, body = _texts()[name].groups()
    return Rule(node, how, _alternatives(re.finditer(_SYMBOL, body)))


@cache
def _texts() -> dict[str, re.Match[str]]:
    rules = re.finditer(r"((\w+?)\d?) ([=~:]) (.*)", grammar.QUERY + grammar.UPDATE)
    return {rule[1]: rule for rule in rules}


def _alternatives(symbols: Iterator[re.Match[str]]) -> Part:
    """Read a rule, up to its end or to the bracket that closes it."""
    choices, mark = [list[Part]()], ""
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


_CLOSE: Final = Part("close")
_END: Final = Part("word", "END")


class _Reader:
    """Reads a text."""

    def __init__(self, text: str, sure: Token | None = None, glued: bool = False) -> None:
        self.text = text
        self.sure = sure  # that it is an IRI, though none can be there
        self.glued = glued  # so that keywords may stand together, as in LIMIT5
        #: What was last taken for a comparison, though it looks like an IRI.
        self.doubt: Token | None = None

    def _look(self, at: int, iris: bool = True) -> tuple[Token | None, str]:
        """Look at the next word, and what the grammar calls it."""
        word = token(self.text, at, iris)
        if word is None:
            return None, "END"
        if word.kind == "word":
            kind = grammar.of_word(word.text)
            if self.glued and kind == "NONE":
                parts = (word.text[:length] for length in range(_LONGEST, 0, -1))
                part = next((p for p in parts if grammar.of_word(p) != "NONE"), word.text)
                return Token("word", part, word.start), grammar.of_word(part)
            return word, kind
        if word.kind == "name":
            return word, "NS" if word.text.find(":") == len(word.text) - 1 else "NAME"
        return word, _KINDS.get(word.kind, word.text)

    def read(self, start: str) -> Tree:
        """Read the whole text, or as much as is right."""
        end = 0
        word, kind = self._look(end)
        stack = [_END, rule(start).part if start in ("Query", "Update") else Part("rule", start)]
        words: list[Token] = []
        # What was read, and of each node that isn't at its end: its rule, its first code point, and
        # how much was read before it. So a node is made at its end, if one is needed.
        items: list[Item] = []
        opened: list[tuple[Rule, int, int]] = []
        #: What could have begun at the next word, and did not.
        declined: list[Part] = []
        error: Mismatch | None = None
        while stack:
            part = stack.pop()
            if part is _CLOSE:
                _close(items, *opened.pop(), end)
                continue
            if part.kind == "word" and part.name == kind:
                if word is not None:
                    items.append(word)
                    words.append(word)
                    end = word.end
                    word, kind = self._look(end)
                declined.clear()
                continue
            try:
                parts = part.expanded[kind]
            except KeyError:
                parts = part.expand(kind)
            # An operand ends here, and no IRI can follow: it is a comparison.
            if kind == "IRI" and not parts and word != self.sure and part.first & {"<", "<="}:
                self.doubt = word
                word, kind = self._look(end, iris=False)
                parts = part.expand(kind)
            if parts is None:
                error = Mismatch(word, part.first.union(*(other.first for other in declined)))
                break
            if not parts:
                declined.append(part)
            elif part.node and word is not None:  # a rule begins with a word
                opened.append((rule(part.name), word.start, len(items)))
                stack.append(_CLOSE)
            stack.extend(parts)
        for node in reversed(opened):
            _close(items, *node, end)
        return Tree(self.text, Node(rule(start).node, 0, end, items), tuple(words), error)


def _close(items: list[Item], rule: Rule, start: int, before: int, end: int) -> None:
    """Make a node of what was read last, but where that is a single thing and needs none."""
    if rule.how == "=" or len(items) - before != 1:
        items[before:] = [Node(rule.node, start, max(start, end), items[before:])]
