"""What to write instead, where a query leaves the grammar as other languages' habits have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from ..text.nearest import did_you_mean
from .grammar import COMPARISONS, DAY, of_word
from .lexer import Token, open_brackets
from .tree import Mismatch, Tree

#: What other languages call functions.
_FUNCTIONS: Final = {
    **dict.fromkeys(("LEN", "LENGTH", "CHAR_LENGTH"), "STRLEN"),
    **dict.fromkeys(("UPPER", "TOUPPER"), "UCASE"),
    **dict.fromkeys(("LOWER", "TOLOWER"), "LCASE"),
    **dict.fromkeys(("NVL", "IFNULL"), "COALESCE"),
    **dict.fromkeys(("STARTS_WITH", "STARTSWITH"), "STRSTARTS"),
    **dict.fromkeys(("ENDS_WITH", "ENDSWITH"), "STRENDS"),
    **dict.fromkeys(("SUBSTRING", "MID"), "SUBSTR"),
    **dict.fromkeys(("MATCH", "MATCHES"), "REGEX"),
    **dict.fromkeys(("STRING_AGG", "LISTAGG"), "GROUP_CONCAT"),
}
#: What they have in conditions.
_OPERATORS: Final = {
    "AND": "write && for it",
    "OR": "write || for it",
    "&": "write && for it",
    "|": "write || for it",
    "<>": "write != for it",
    "LIKE": 'write CONTAINS(STR(?x), "text"), or REGEX(STR(?x), "pattern", "i")',
    "IS": "write BOUND(?x) for what has a value, and !BOUND(?x) for what has none",
    "BETWEEN": "write ?x >= … && ?x <= …",
}
_CURLED: Final = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a"
_MODIFIERS: Final = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")
_IN_PATTERNS: Final = ("BIND", "FILTER", "MINUS", "OPTIONAL", "UNION")
_COMMENTS: Final = ("//", "--", "/*")
_TERMS: Final = frozenset(("variable", "iri", "name", "string", "number", "blank"))
_CLOSING: Final = {"{": "}", "(": ")", "[": "]"}
#: An IRI as it is written without brackets.
_BARE: Final = re.compile(
    r"[A-Za-z][\w+.-]*:(?://)?[^\s<>\"{}|\\^`,;()\[\]]*[^\s<>\"{}|\\^`,;()\[\].]"
)
_SCHEMES: Final = frozenset(("http", "https", "ftp", "file", "urn", "mailto"))
_DOTTED: Final = re.compile(r"(\w+)\.(\w+)")


def grammar_hint(query: Tree, error: Mismatch) -> str:
    """Say what to write, where a word cannot stand where it does, or the query ends too early.

    Returns:
        The hint; empty where nothing can be said.

    Example:
        >>> from passex.query.parser import parse
        >>> query = parse("SELECT ?a, ?b { ?a ?p ?b }")
        >>> grammar_hint(query, query.error)
        'list them without commas'
    """
    before = query.parsed[-1] if query.parsed else Token("", "", 0)
    word = error.word or Token("", "", query.end)
    found = (look(query, error.expected, before, word) for look in _LOOKS)
    return next(filter(None, found), "")


def bare_iri(text: str, at: int) -> str:
    """Read the IRI that stands at a place without its angle brackets; empty if there is none.

    Example:
        >>> bare_iri("ASK { ?s http://e/p ?o }", 9)
        'http://e/p'
    """
    match = _BARE.match(text, at)
    return match[0] if match and match[0].partition(":")[0].lower() in _SCHEMES else ""


def unclosed(words: Sequence[Token], expected: Collection[str]) -> Token | None:
    """Find the bracket that is open at the end of some words, if it could be closed there."""
    opened = open_brackets(words, _CLOSING)
    return opened[-1] if opened and _CLOSING[opened[-1].text] in expected else None


def _written(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find IRIs, texts, days and comments that are written in another way."""
    text = query.text
    if iri := bare_iri(text, word.start):
        return f"write <{iri}>"
    if word.text and word.text in _CURLED:
        return 'write straight quotation marks: "…"'
    if day := DAY.match(text, before.start):
        return f'write "{day[0]}"^^xsd:date'
    if text.startswith(_COMMENTS, word.start):
        return "a comment begins with #"
    near = word.start == before.end
    if before.kind == "string" and word.kind == "word" and near:
        mark = before.text[-1]
        other = "'" if mark == '"' else '"'
        return rf"the text ends before it: write \{mark} in it, or {other}…{other} around it"
    if before.kind == "string" and word.text == "^":
        return "write ^^ before a datatype"
    if before.kind == "string" and word.text == "@":
        return "write a language behind it, such as @en"
    if before.kind == "variable" and word.text == "-" and near:
        return "the name of a variable has letters, digits and _ alone"
    return ""


def _listed(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find commas where there are none, or none where they are, and values without brackets."""
    if word.text == "," and "." not in expected and "," not in expected:
        return "list them without commas"
    if "UNDEF" not in expected and word.kind in _TERMS and {")", ",", "&&"} <= expected:
        return "list values with commas"
    if expected == {"(", "}"} and word.kind in _TERMS:
        return f"write a row in brackets: ({word.text})"
    return ""


def _computed(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find what is computed and has no name, or no brackets."""
    selects = query.form == "SELECT" and query.pattern is None
    if "AS" in expected:
        if selects and word.text == ")" and before.kind == "variable":
            return f"write {before.text} without brackets, or give it another name with AS"
        return f"name what is computed: (… AS {word.text if word.kind == 'variable' else '?name'})"
    if not selects or "VAR" not in expected:
        return ""
    if of_word(word.text) == "FUNCTION":
        end = _closed(query, word)
        return f"write ({query.text[word.start : end]} AS ?name)" if end else ""
    if word.says("AS"):
        return "what is computed stands in brackets: (… AS ?name)"
    return "write LIMIT at the end" if word.says("TOP") else ""


def _closed(query: Tree, word: Token) -> int:
    """Where the bracket behind a word is closed; 0 where it isn't."""
    depth = 0
    for other in query.words:
        if other.start > word.start:
            depth += (other.text == "(") - (other.text == ")")
            if depth <= 0:
                return other.end if other.text == ")" else 0
    return 0


def _brackets(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find conditions and keys without brackets, and brackets that aren't in pairs."""
    if before.says("ASC", "DESC"):
        last = query.parsed[-2]
        name = word if word.kind == "variable" else last
        return f"write {before.text.upper()}({name.text if name.kind == 'variable' else '…'})"
    if before.says("BIND"):
        return "write BIND(… AS ?name)"
    if before.says("NOT") and word.text:
        return "write ! for it, unless EXISTS follows"
    condition = [other for other in query.parsed if other.says("FILTER", "HAVING")]
    if condition and (
        before is condition[-1]
        or (word.text in COMPARISONS and before.text == ")" and "A" not in expected)
    ):
        return f"put the condition in brackets: {condition[-1].text.upper()}(…)"
    if word.text not in _CLOSING.values():
        return ""
    opened = open_brackets(query.parsed, _CLOSING)
    if any(_CLOSING[bracket.text] == word.text for bracket in opened):
        bracket = opened[-1]
        if _CLOSING[bracket.text] not in expected or _CLOSING[bracket.text] == word.text:
            return ""
        line = query.text.count("\n", 0, bracket.start) + 1
        column = bracket.start - query.text.rfind("\n", 0, bracket.start)
        return f"the '{bracket.text}' of {line}:{column} is not closed"
    return f"there is one '{word.text}' too many"


def _ordered(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find clauses that stand elsewhere."""
    if word.says(*_MODIFIERS):
        return "GROUP BY, HAVING, ORDER BY and LIMIT follow the pattern in this order"
    if word.says("FROM") and query.pattern is not None:
        return "write FROM before the pattern"
    if word.says("PREFIX", "BASE") and query.query is not None:
        return f"write {word.text.upper()} at the beginning"
    if "END" not in expected:
        return ""
    if word.says(*_IN_PATTERNS):
        return f"write {word.text.upper()} within the braces of the pattern"
    last = word.text in (".", ";") and word.end == query.end
    return "leave it out" if last else ""


def _compared(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find operators of other languages, and conditions without FILTER."""
    name = word.text.upper()
    if word.text == "=" and before.text in COMPARISONS and word.start == before.end:
        return f"write {before.text}"
    if word.text in COMPARISONS and "A" in expected:
        return f"a condition stands in FILTER({before.text} {word.text} …)"
    if "&&" in expected and name in _OPERATORS:
        return _OPERATORS[name]
    if "&&" in expected and of_word(word.text) == "FUNCTION" and before.kind in _TERMS:
        return f"write {name}({before.text}, …)"
    if "UNION" in expected or "BIND" in expected:
        return {"OR": "write { … } UNION { … }", "AND": "write '.' between triples"}.get(name, "")
    return ""


def _worded(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find variables, texts and names without what tells them apart."""
    if word.kind == "string" and "A" in expected:
        return "a property is an IRI, such as rdfs:label"
    if word.kind != "word" or of_word(word.text) != "NONE":
        return ""
    if before.says("PREFIX"):
        return f"write {word.text}:"
    if dotted := _DOTTED.match(query.text, word.start):
        return f"write {dotted[1]}:{dotted[2]}"
    named = {other.text for other in query.words if other.kind == "variable"}
    if "VAR" in expected and f"?{word.text}" in named:
        return did_you_mean([f"?{word.text}"])
    if "STRING" in expected and "VAR" in expected:
        name = f", or a name with its prefix, such as nr:{word.text}"
        return f'write "{word.text}" for a text, ?{word.text} for a variable{name}'
    if "A" in expected:
        return "a property is an IRI, such as rdfs:label"
    return f"write ?{word.text} for a variable" if "VAR" in expected else ""


def foreign_function(word: Token) -> str:
    """Name the function that other languages call by a word; empty if there is none."""
    return _FUNCTIONS.get(word.text.upper(), "")


def _joined(query: Tree, expected: frozenset[str], before: Token, word: Token) -> str:
    """Find triples that nothing parts."""
    if word.kind in _TERMS and {".", ";", ","} <= expected:
        return "end the triple before it with '.', or with ';' where its subject goes on"
    if word.kind == "variable" and before.text in ("/", "|", "^") and "IRI" in expected:
        return "a path has no variables in it"
    return ""


_LOOKS: Final[tuple[Callable[[Tree, frozenset[str], Token, Token], str], ...]] = (
    *(_written, _listed, _computed, _brackets, _ordered, _compared, _worded, _joined),
)
