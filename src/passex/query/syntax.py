"""Why a text is no query: where, what was expected, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ..text.places import Place
from .outline import Outline
from .places import SparqlError, located
from .prefixes import KNOWN
from .sense import mistake
from .tokens import Token, offset, place, prefixes

#: As many of the things that could stand somewhere are named.
_NAMED: Final = 6
_UPDATES: Final = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)
#: What the engine says among what it expects, where the grammar is not the matter.
_REASON: Final = re.compile(r"\b[A-Z][A-Za-z]* [a-z][^,\[]*")
#: What makes a query deeper, and of how much of it the engine's stack has room in any case.
_NESTING: Final = frozenset("{([!|&+-*/^,") | {"UNION", "OPTIONAL", "FILTER", "BIND", "MINUS"}
_MOST_NESTING: Final = 50_000
#: What would be an IRI but for a character.
_IRI: Final = re.compile(r"""<[^\x00-\x20<>"{}|^`\\]*([ "{}|^`\\])[^<>\n]*>""")
_AT: Final = re.compile(r"error at ([0-9]+):([0-9]+)")


def refusal(query: Outline, name: str, error: SyntaxError) -> SparqlError:
    """Say why the engine does not take a query.

    Args:
        query: The query.
        name: What it is called: a file, or ``query``.
        error: What the engine said.

    Returns:
        The error: of the first word that cannot stand where it does, of the first prefix that
        nobody declares, or what else the engine has to say.
    """
    if not query.words:
        return SparqlError(
            "nothing in it", "give a SELECT, ASK, CONSTRUCT or DESCRIBE", Place(name)
        )
    found = _departure(query, name)
    update = _update(query, name)
    return update or found or _prefix(query, name) or _engine(query, name, str(error))


def refuse_depth(query: Outline, name: str) -> None:
    """Refuse what would fill the engine's stack, which ends the process without a word.

    Args:
        query: The query.
        name: What it is called: a file, or ``query``.

    Raises:
        SparqlError: So many groups, expressions and operators may be nested too deeply.
    """
    number = 0
    for word in query.words:
        number += word.text in _NESTING or word.text.upper() in _NESTING
        if number > _MOST_NESTING:
            raise located(
                *(name, query.text, word.start, word.end),
                f"more than {_MOST_NESTING} groups and operators",
                "give lists of values with VALUES, or ask several queries",
            )


def _update(query: Outline, name: str) -> SparqlError | None:
    word = next((w for w in query.words if w.kind == "word" and w.text.upper() != "PREFIX"), None)
    if query.form or word is None or word.text.upper() not in _UPDATES:
        return None
    return located(
        *(name, query.text, word.start, word.end),
        f"{word.text.upper()} is an update, and this command only reads",
        "change the Turtle files, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        "update",
    )


def _departure(query: Outline, name: str) -> SparqlError | None:
    from .grammar import departure

    try:
        found = departure(query.text)
    except RecursionError:
        return None  # nested too deeply to be read here
    if found is None:
        return None
    prefix = _undeclared(query)
    word = found.word
    if prefix is not None and (word is None or prefix.start < word.start):
        return _prefix(query, name)
    if word is not None and word.kind == "open":
        end = query.text.find("\n", word.start)
        end = end if end >= 0 else len(query.text)
        return located(
            *(name, query.text, word.start, end),
            f"the text that begins with {word.text} is never closed",
            f"end it with {word.text}",
        )
    if word is not None and word.text == "<" and (iri := _IRI.match(query.text, word.start)):
        return located(
            *(name, query.text, word.start, iri.end()),
            f"an IRI cannot hold '{iri[1]}'",
            "write it as %20 and the like, or correct the IRI",
        )
    start, end = (query.end, query.end) if word is None else (word.start, word.end)
    said = f"found {'the end of the query' if word is None else _quoted(word.text)}"
    hint = ""
    if found.near:
        hint = f"did you mean {found.near}?"
    elif found.unclosed is not None and word is None:
        where = place("", query.text, found.unclosed.start, found.unclosed.end)
        hint = f"the '{found.unclosed.text}' of {where.line}:{where.column} is not closed"
    return located(
        *(name, query.text, start, end),
        f"expected {_listed(found.expected)}, {said}",
        hint,
    )


def _quoted(text: str) -> str:
    return f"'{text}'" if len(text) <= 40 else f"'{text[:39]}…'"


def _listed(expected: Sequence[str]) -> str:
    said = [e if e.isalpha() or " " in e else f"'{e}'" for e in expected[:_NAMED]]
    if len(expected) > _NAMED:
        said.append("something else")
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _undeclared(query: Outline) -> Token | None:
    """The first name whose prefix nobody declares."""
    known = KNOWN.keys() | prefixes(query.words).keys()
    before = ""
    for word in query.words:
        uses = word.kind == "name" and before.upper() != "PREFIX"
        if uses and word.text.partition(":")[0] not in known:
            return word
        before = word.text
    return None


def _prefix(query: Outline, name: str) -> SparqlError | None:
    import difflib

    word = _undeclared(query)
    if word is None:
        return None
    prefix = word.text.partition(":")[0]
    known = {**KNOWN, **prefixes(query.words)}
    alike = [key for key in known if key.casefold() == prefix.casefold()]
    near = alike or difflib.get_close_matches(prefix, known, n=3, cutoff=0.5)
    listed = " or ".join(f"{key}: (<{known[key]}>)" for key in near)
    hint = f"did you mean {listed}?" if near else f"begin the query with PREFIX {prefix}: <…>"
    return located(
        *(name, query.text, word.start, word.start + len(prefix) + 1),
        f"the prefix '{prefix}:' is not declared",
        hint,
    )


def _engine(query: Outline, name: str, said: str) -> SparqlError:
    """What the engine means where the grammar is not the matter."""
    reasons = [reason.strip() for reason in _REASON.findall(said.partition("expected ")[2])]
    reason = next(iter(reasons), "")
    if "IRI parsing failed" in reason:
        for word in query.words:
            if word.kind == "iri" and not _absolute(word.text[1:-1]):
                return located(
                    *(name, query.text, word.start, word.end),
                    f"{word.text} is not an absolute IRI",
                    "give the whole IRI, or begin the query with BASE <…>",
                )
    if "variable that is unbound" in reason:
        lone = _ungrouped(query)
        if lone is not None:
            return located(
                *(name, query.text, lone.start, lone.end),
                f"{lone.text} is neither in GROUP BY nor within an aggregate such as COUNT",
                "group by it, or select it within an aggregate",
            )
    wrong = mistake(query)
    if wrong is not None:
        return located(name, query.text, wrong.start, wrong.end, wrong.message, wrong.hint)
    match = _AT.search(said)
    at = min(_offset(query.text, match), max(query.end - 1, 0)) if match else 0
    message = reason[:1].lower() + reason[1:] if reason else "it is not SPARQL from here on"
    return located(name, query.text, at, at + 1, message, "correct the query")


def _offset(text: str, match: re.Match[str]) -> int:
    return offset(text, int(match[1]), int(match[2]))


def _absolute(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def _ungrouped(query: Outline) -> Token | None:
    at = query.modifiers.get("GROUP")
    after = query.words[at:] if at is not None else []
    grouped = {word.text[1:] for word in after if word.kind == "variable"}
    for name, word in (query.query.projected or {}).items():
        if name not in grouped and name not in query.query.computed:
            return word
    return None
