"""Refusals of texts that are no query: where, what was expected, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from ..text.nearest import did_you_mean, nearest
from ..text.places import Place, offset, place
from .errors import Remark, SparqlError
from .grammar import BEYOND, FUNCTIONS, KINDS, of_word
from .grammar_hints import bare_iri, foreign_function, grammar_hint, unclosed
from .lexer import Token, prefixes
from .prefixes import KNOWN
from .scope import projected
from .sense import first_mistake
from .tree import Mismatch, Tree

#: As many of the things that could stand somewhere are named.
_NAMED: Final = 6
_UPDATES: Final = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)
_FORMS: Final = frozenset(("ASK", "CONSTRUCT", "DESCRIBE", "SELECT"))
#: With what else than a quotation mark a literal begins.
_OF_LITERALS: Final = frozenset({"NUMBER", "TRUE", "FALSE", "+", "-"})
#: What is likeliest to be meant, the likeliest first.
_ORDER: Final = (
    *("VAR", "IRI", "NAME", "STRING", "NUMBER", "BLANK", "FUNCTION", *"}).;,([{", "SELECT"),
)
#: What the engine says among what it expects, where the grammar is not the matter.
_REASON: Final = re.compile(r"\b[A-Z][A-Za-z]* [a-z][^,\[]*")
#: What would be an IRI but for a character.
_IRI: Final = re.compile(r"""<[^\x00-\x20<>"{}|^`\\]*([ "{}|^`\\])[^<>\n]*>""")
_AT: Final = re.compile(r"error at ([0-9]+):([0-9]+)")


def refusal(
    query: Tree, name: str, error: SyntaxError | None, known: Mapping[str, str] = KNOWN
) -> SparqlError:
    """Say why a text, which has a name, is no query, or no update where it was read as one.

    Some prefixes are known without being declared: those of `prefixes.KNOWN`, but where it is said.

    It is for the first word that cannot stand where it does, the first prefix that nobody declares,
    or what else the engine has to say where it doesn't take the text.
    """
    if not query.words:
        hint = "give a SELECT, ASK, CONSTRUCT or DESCRIBE"
        return SparqlError("nothing in it", hint, Place(name), "empty")
    remark = (
        _other(query)
        or _departure(query, known)
        or _prefix(query, known)
        or _engine(query, str(error))
    )
    return remark.located(name, query.text)


def _other(query: Tree) -> Remark | None:
    """Find an update where a query is wanted, or a query where an update is."""
    word = query.error.word if query.error else None
    if query.error is None or word is None or query.form:
        return None
    if word.says(*_UPDATES) and "SELECT" in query.error.expected:
        return Remark(
            *(word.start, word.end),
            f"{word.text.upper()} is an update, and this command only reads",
            "change the Turtle files, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
            "update",
        )
    if word.says(*_FORMS) and "INSERT" in query.error.expected:
        return Remark(
            *(word.start, word.end),
            f"{word.text.upper()} is a query, and an update is wanted",
            "begin it with INSERT or DELETE",
            "query",
        )
    return None


def _departure(query: Tree, known: Mapping[str, str]) -> Remark | None:
    """Where the text leaves the grammar, or names an undeclared prefix before."""
    error, whole = query.error, _whole(query)
    if error is None:
        return None
    word, text = error.word, query.text
    undeclared = _undeclared(query, known)
    if undeclared is not None and (word is None or undeclared.start < word.start):
        return _prefix(query, known)
    if word is None:
        bracket = unclosed(query.parsed, error.expected)
        hint = ""
        if bracket is not None:
            where = place("", text, bracket.start, bracket.end)
            hint = f"the '{bracket.text}' of {where.line}:{where.column} is not closed"
        hint = hint or grammar_hint(query, error)
        said = f"expected {_expected(error, whole)}, found the end of the {whole}"
        return Remark(query.end, query.end, said, hint, "grammar")
    if word.kind == "open":
        end = text.find("\n", word.start)
        return Remark(
            *(word.start, end if end >= 0 else len(text)),
            f"the text that begins with {word.text} is never closed",
            f"end it with {word.text}",
            "grammar",
        )
    if word.text == "<" and (iri := _IRI.match(text, word.start)):
        return Remark(
            *(word.start, iri.end()),
            f"an IRI cannot hold '{iri[1]}'",
            "write it as %20 and the like, or correct the IRI",
            "grammar",
        )
    hint = ""
    if word.kind == "word" and of_word(word.text) == "NONE":
        keywords = {kind for kind in error.expected if kind.isalpha()} - KINDS.keys() - BEYOND
        keywords |= FUNCTIONS if "FUNCTION" in error.expected else set()
        other = [foreign_function(word)] if "FUNCTION" in error.expected else []
        near = list(filter(None, other)) or nearest(word.text.upper(), keywords, most=1)
        hint = did_you_mean(near)
    hint = hint or grammar_hint(query, error)
    found = word.text if len(word.text) <= 40 else f"{word.text[:39]}…"
    said = f"expected {_expected(error, whole)}, found '{found}'"
    return Remark(word.start, word.end, said, hint, "grammar")


def _whole(query: Tree) -> str:
    return "update" if query.root.rule == "Update" else "query"


def _expected(error: Mismatch, whole: str) -> str:
    """Say what is expected of a query or an update: the likeliest first, and no more than a few."""
    kinds = error.expected - BEYOND
    kinds -= _OF_LITERALS if "STRING" in kinds else set()
    kinds -= {"NS"} if "IRI" in kinds else set()
    kinds_of = {**KINDS, "END": f"the end of the {whole}"}
    names = dict.fromkeys(kinds_of.get(kind, kind) for kind in sorted(kinds, key=_rank))
    listed = [e if e.isalpha() or " " in e else f"'{e}'" for e in names]
    listed[_NAMED:] = ["something else"] if len(listed) > _NAMED else []
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


def _rank(kind: str) -> tuple[int, bool, str]:
    """Put first what is likelier to be meant; of the rest, words before signs."""
    at = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return (at, not kind.isalpha(), kind)


def _undeclared(query: Tree, known: Mapping[str, str]) -> Token | None:
    """The first name whose prefix nobody declares."""
    declared = known.keys() | prefixes(query.words).keys()
    before = ""
    for word in query.words:
        uses = word.kind == "name" and before.upper() != "PREFIX"
        if uses and word.text.partition(":")[0] not in declared:
            return word
        before = word.text
    return None


def _prefix(query: Tree, known: Mapping[str, str]) -> Remark | None:
    word = _undeclared(query, known)
    if word is None:
        return None
    prefix = word.text.partition(":")[0]
    known = {**known, **prefixes(query.words)}
    near = [key for key in known if key.casefold() == prefix.casefold()]
    near = near or nearest(prefix, known, cutoff=0.5)
    hint = did_you_mean(f"{key}: (<{known[key]}>)" for key in near)
    if iri := bare_iri(query.text, word.start):
        hint = f"write <{iri}>"
    return Remark(
        *(word.start, word.start + len(prefix) + 1),
        f"the prefix '{prefix}:' is not declared",
        hint or f"begin the {_whole(query)} with PREFIX {prefix}: <…>",
        "prefix",
    )


def _engine(query: Tree, said: str) -> Remark:
    """What the engine means where the grammar is not the matter."""
    reasons = [reason.strip() for reason in _REASON.findall(said.partition("expected ")[2])]
    reason = next(iter(reasons), "")
    if "IRI parsing failed" in reason:
        for word in query.words:
            if word.kind == "iri" and not _absolute(word.text[1:-1]):
                return Remark(
                    *(word.start, word.end),
                    f"{word.text} is not an absolute IRI",
                    f"give the whole IRI, or begin the {_whole(query)} with BASE <…>",
                )
    mistake = first_mistake(query)
    if mistake is not None:
        return mistake
    if "variable that is unbound" in reason:
        lone = _ungrouped(query)
        if lone is not None:
            return Remark(
                *(lone.start, lone.end),
                f"{lone.text} is neither in GROUP BY nor within an aggregate such as COUNT",
                "group by it, or select it within an aggregate",
            )
    match = _AT.search(said)
    at = offset(query.text, int(match[1]), int(match[2])) if match else 0
    at = min(at, max(query.end - 1, 0))
    # A keyword stays as it is.
    if not reason[1:2].isupper():
        reason = reason[:1].lower() + reason[1:]
    message = reason or "it is not SPARQL from here on"
    return Remark(at, at + 1, message, f"correct the {_whole(query)}")


def _absolute(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def _ungrouped(query: Tree) -> Token | None:
    """The first variable that is selected as it is, and not named in GROUP BY or after it."""
    form = query.query
    grouping = form and form.node("Grouping")
    start = grouping.start if grouping else query.end
    after = {w.text[1:] for w in query.words if w.kind == "variable" and w.start > start}
    clause = form and form.node("SelectClause")
    plain = {word.start for word in clause.tokens("variable")} if clause else set()
    for name, word in ((form and projected(form)) or {}).items():
        if name not in after and word.start in plain:
            return word
    return None
