"""The words of a SPARQL constraint, and what can be told of it from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ...query.calls import calls

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<string>"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
    |(?P<var>[?$]\w+)
    |(?P<word>[^\W\d][\w.-]*(?<!\.)(?::(?:[\w:%.-]|\\.)*(?<!\.))?|:(?:[\w:%.-]|\\.)*(?<!\.))
    |(?P<number>\d[\w.]*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
#: What a constraint must not have.
FORBIDDEN: Final = ("MINUS", "VALUES", "SERVICE", "FROM")
#: Functions that say the same of a literal however it is stored.
_BLIND: Final = ("STR", "ISIRI", "ISURI", "ISLITERAL", "ISBLANK", "LANG", "BOUND")
#: Of these a list in brackets speaks without naming them.
_MEMBERS: Final = frozenset(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name for name in ("first", "rest", "type")
)
_BRACKETS: Final = {"{": "}", "(": ")", "[": "]"}
#: Behind these a term begins a triple, or is one more value.
_STARTS: Final = ("{", "}", ".", ";", ",")
#: Before these a term ends a triple, as words other than a term do.
_ENDS: Final = (".", ";", ",", "}", "]", "{")
_KEYWORDS: Final = ("BIND", "FILTER", "GRAPH", "OPTIONAL", "UNION")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query: its kind, its text and where it begins."""

    kind: str
    text: str
    start: int


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut a query into words, without space and comments."""
    return tuple(
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "space"
    )


def uncommented(text: str) -> str:
    r"""Write a query without its comments, which for rdflib end at a line feed alone.

    Args:
        text: The query.

    Returns:
        The query with a line feed for each comment.

    Example:
        >>> uncommented("SELECT '#' # none\rWHERE {}")
        "SELECT '#' \n\rWHERE {}"
    """
    return _TOKEN.sub(lambda match: "\n" if match[0][0] == "#" else match[0], text)


def forbidden(text: str, bound: Collection[str] = ("this",)) -> str:
    """Name what a constraint must not have, by section 5.3.1 of the Recommendation.

    Args:
        text: The query.
        bound: The variables that have a value before it is asked.

    Returns:
        A few words; empty if there is nothing.

    Example:
        >>> forbidden("SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }")
        'MINUS'
    """
    if calls(text, "service"):
        return "SERVICE"
    words = tokens(text)
    for place, token in enumerate(words):
        word = token.text.upper()
        if token.kind != "word":
            continue
        if word in FORBIDDEN:
            return word
        if word == "AS" and place + 1 < len(words) and name_of(words[place + 1]) in bound:
            return f"AS ${name_of(words[place + 1])}"
        if word == "SELECT" and _depth(words[:place]):
            head = []
            for other in words[place + 1 :]:
                if other.text == "{" or other.text.upper() == "WHERE":
                    break
                head.append(name_of(other))
            if "this" not in head:
                return "a nested SELECT without $this"
    return ""


def prefixes(words: Sequence[Token]) -> dict[str, str]:
    """Read the prefixes that a query declares: namespaces by prefix."""
    return {
        words[i + 1].text.removesuffix(":"): words[i + 2].text[1:-1]
        for i in range(len(words) - 2)
        if words[i].text.upper() == "PREFIX"
    }


def reads_values(text: str, predicates: set[str]) -> bool:
    """Tell whether a query may depend on how the values of some predicates are stored.

    Args:
        text: The query.
        predicates: The IRIs of the predicates.

    Returns:
        False only if it does not for certain.
    """
    words = tokens(text)
    named = {token.text[1:-1] for token in words if token.kind == "iri"}
    spaces = prefixes(words)
    for token in words:
        prefix, _, local = token.text.partition(":")
        if _is_name(token) and prefix in spaces:
            named.add(spaces[prefix] + local)
    if named & predicates or not predicates.isdisjoint(_MEMBERS):
        return True
    if not _any_predicate(words):
        return False
    # Any predicate: harmless if no expression looks at the value of a literal.
    bracket = 0
    for place, token in enumerate(words):
        bracket += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "var" and bracket:
            if name_of(token) in ("this", "path"):
                continue
            before = [other.text.upper() for other in words[max(0, place - 2) : place]]
            if before[-1:] != ["("] or before[0] not in _BLIND:
                return True
    return False


def _any_predicate(words: Sequence[Token]) -> bool:
    """Tell whether a query may have a variable for a predicate, or a path past some predicates.

    Where it cannot be told at a glance, it may.
    """
    # What is open, and what stood before a bracket: a function, a path, or a list's subject.
    opened: list[tuple[str, str]] = []
    listed = False
    for place, token in enumerate(words):
        before = words[place - 1].text if place else ""
        after = words[place + 1] if place + 1 < len(words) else token
        if token.text in _BRACKETS:
            opened.append((token.text, before))
        elif token.text in _BRACKETS.values():
            listed = bool(opened) and opened.pop()[1] in _STARTS
        elif token.text == "!":
            inner = next((other for other in words[place + 1 :] if other.text != "("), token)
            if inner.kind == "iri" or inner.text in ("a", "^") or _is_name(inner):
                return True
        elif token.kind == "var" and opened and opened[-1][0] != "(":
            subject = before in ("{", "}", ".") or (before == ")" and not listed)
            value = after.text in _ENDS or after.text.upper() in _KEYWORDS
            if not subject and not value:
                return True
    return False


def name_of(token: Token) -> str:
    """Give the name of a variable; of other words, nothing."""
    return token.text[1:] if token.kind == "var" else ""


def _is_name(token: Token) -> bool:
    return token.kind == "word" and ":" in token.text


def _depth(words: Sequence[Token]) -> int:
    return sum({"{": 1, "}": -1}.get(token.text, 0) for token in words)
