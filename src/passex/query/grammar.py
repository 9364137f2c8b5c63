"""The grammar of SPARQL 1.1 queries, to say where a query leaves it and what could stand there.

The engine decides what is a query; this is asked only about a text that the engine refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .ebnf import FUNCTIONS, KEYWORDS, KINDS, Part, first, rules
from .tokens import Token, tokens

#: With what else than a quotation mark a literal begins.
_OF_LITERALS: Final = frozenset({"NUMBER", "TRUE", "FALSE", "+", "-"})
_OF_TOKENS: Final = {
    "variable": "VAR",
    "iri": "IRI",
    "blank": "BLANK",
    "string": "STRING",
    "open": "OPEN",
}
_DIGITS: Final = re.compile(r"[0-9]+(?:[eE][0-9]+)?", re.ASCII)
_ARITHMETIC: Final = re.compile(r"[0-9]+(?:[eE][+-]?[0-9]+)?|-|\w+", re.ASCII)
_PAIRS: Final = ("!=", "<=", ">=", "&&", "||")


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a text leaves the grammar.

    Attributes:
        word: The word that cannot stand there; None at the end of the text.
        expected: What could, as people say it: the likeliest first.
        near: The keyword that it may have been meant to be, or an empty text.
        unclosed: The bracket that is open there, where it could be closed; or None.
    """

    word: Token | None
    expected: tuple[str, ...]
    near: str
    unclosed: Token | None


def departure(text: str) -> Departure | None:
    """Find where a text leaves the grammar of queries.

    Args:
        text: The text.

    Returns:
        The place; None if all of it is in the grammar.

    Example:
        >>> found = departure("SELECT ?s { ?s a }")
        >>> found.word.text, found.expected[:2]
        ('}', ('a variable', 'an IRI'))
        >>> departure("SELEC ?s { ?s a ?c }").near
        'SELECT'
    """
    words = list(_words(text))
    reader = _Reader([_kind(word) for word in words] + ["END"])
    if reader.take(("rule", "Query")):
        return None
    word = words[reader.at] if reader.at < len(words) else None
    kinds = reader.expected - (_OF_LITERALS if "STRING" in reader.expected else set())
    kinds -= {"NS"} if "IRI" in kinds else set()
    said = dict.fromkeys(KINDS.get(kind, kind) for kind in sorted(kinds, key=_rank))
    near = ""
    if word is not None and word.kind == "word":
        import difflib

        keywords = [kind for kind in reader.expected if kind.isalpha() and kind not in KINDS]
        keywords += FUNCTIONS if "FUNCTION" in reader.expected else ()
        near = next(iter(difflib.get_close_matches(word.text.upper(), keywords, n=1)), "")
    return Departure(word, tuple(said), near, _unclosed(words[: reader.at], reader.expected))


def _rank(kind: str) -> tuple[int, bool, str]:
    """Put first what is likelier to be meant; of the rest, words before signs."""
    order = ["VAR", "IRI", "NAME", "STRING", "NUMBER", "BLANK", "FUNCTION", *"}).;,([{", "SELECT"]
    return (order.index(kind) if kind in order else len(order), not kind.isalpha(), kind)


def _unclosed(words: list[Token], expected: set[str]) -> Token | None:
    open_ = []
    for word in words:
        if word.text in ("{", "(", "["):
            open_.append(word)
        elif word.text in ("}", ")", "]") and open_:
            open_.pop()
    closing = {"{": "}", "(": ")", "[": "]"}
    return open_[-1] if open_ and closing[open_[-1].text] in expected else None


def _words(text: str) -> Iterator[Token]:
    """The words of a text, with numbers and double signs in one, and differences in three."""
    held: Token | None = None
    for word in tokens(text):
        if held is not None:
            joined = held.text + word.text
            adjacent = held.end == word.start
            decimal = re.fullmatch(r"[0-9]*\.[0-9]*(?:[eE][0-9]+)?", joined, re.ASCII)
            if adjacent and (
                joined in _PAIRS or (decimal and joined != ".." and word.text[0] != ".")
            ):
                held = Token("word" if decimal else "sign", joined, held.start)
                continue
            if (
                adjacent
                and decimal
                and word.text == "."
                and text[word.end : word.end + 1].isdecimal()
            ):
                held = Token("word", joined, held.start)
                continue
            yield held
        held = None
        if word.kind == "word" and word.text[0].isdecimal() and not _DIGITS.fullmatch(word.text):
            for part in _ARITHMETIC.finditer(word.text):
                kind = "sign" if part[0] == "-" else "word"
                yield Token(kind, part[0], word.start + part.start())
        else:
            held = word
    if held is not None:
        yield held


def _kind(word: Token) -> str:
    if word.kind == "name":
        return "NS" if word.text.endswith(":") and word.text.count(":") == 1 else "NAME"
    if word.kind != "word":
        return _OF_TOKENS.get(word.kind, word.text)
    if word.text[0] == "@":
        return "LANGUAGE"
    if word.text[0].isdecimal() or word.text[0] == ".":
        return "NUMBER"
    name = word.text.upper()
    if name in FUNCTIONS:
        return "FUNCTION"
    # The short form of rdf:type is the one word whose case matters.
    return name if name in KEYWORDS and word.text != "A" else "NONE"


class _Reader:
    """Reads kinds of words by the rules, and remembers what could have stood at the last place."""

    def __init__(self, kinds: list[str]) -> None:
        self.kinds = kinds
        self.at = 0
        self.expected: set[str] = set()

    def take(self, part: Part) -> bool:
        """Read a part of a rule; false where the text leaves it, for good."""
        kind, inner = part
        if isinstance(inner, str):
            if kind == "rule":
                return self.take(rules()[inner])
            return self._word(inner)
        if kind == "seq":
            return all(self.take(each) for each in inner)
        if kind == "alt":
            for each in inner:
                if self._begins(each):
                    return self.take(each)
            return any(first(each)[1] for each in inner)
        if kind == "+" and not self.take(inner[0]):
            return False
        while self._begins(inner[0]):
            if not self.take(inner[0]):
                return False
            if kind == "?":
                break
        return True

    def _word(self, kind: str) -> bool:
        if self.kinds[self.at] != kind:
            self.expected.add(kind)
            return False
        self.at += 1
        self.expected = set()
        return True

    def _begins(self, part: Part) -> bool:
        begin = first(part)[0]
        if self.kinds[self.at] in begin:
            return True
        self.expected |= begin
        return False
