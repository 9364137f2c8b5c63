"""The grammar of SPARQL 1.1 queries, to say where a query leaves it and what could stand there.

The engine decides what is a query; this is asked only about a text that the engine refuses. It is
the grammar of the recommendation (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), which can
be read with one word of lookahead, with a few rules drawn together: it takes a little more than
SPARQL has (paths in a template, say), and never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..tokens import Token, tokens

_RULES: Final = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values? END
Prologue = ( BASE IRI | PREFIX NS IRI )*
Select = SelectClause Dataset* Where Modifiers
SubSelect = SelectClause Where Modifiers Values?
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | Column+ )
Column = VAR | '(' Expression AS VAR ')'
Construct = CONSTRUCT ( Template Dataset* Where | Dataset* WHERE Template ) Modifiers
Template = '{' Triples? '}'
Describe = DESCRIBE ( '*' | VarOrIri+ ) Dataset* Where? Modifiers
Ask = ASK Dataset* Where Modifiers
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifiers = Grouping? Having? Ordering? Slice?
Grouping = GROUP BY ( VAR | '(' Expression ( AS VAR )? ')' | Call )+
Having = HAVING Constraint+
Ordering = ORDER BY ( VAR | Constraint | ( ASC | DESC ) '(' Expression ')' )+
Slice = LIMIT NUMBER ( OFFSET NUMBER )? | OFFSET NUMBER ( LIMIT NUMBER )?
Group = '{' ( SubSelect | Body ) '}'
Body = Triples? ( Other '.'? Triples? )*
Other = Union | OPTIONAL Group | MINUS Group | Graph | Service | FILTER Constraint | Bind | Values
Union = Group ( UNION Group )*
Graph = GRAPH VarOrIri Group
Service = SERVICE SILENT? VarOrIri Group
Bind = BIND '(' Expression AS VAR ')'
Values = VALUES ( VAR '{' Datum* '}' | '(' VAR* ')' '{' ( '(' Datum* ')' )* '}' )
Datum = Iri | Literal | UNDEF
Triples = Same ( '.' Same? )*
Same = Term Properties | Node Properties?
Properties = Verb Objects ( ';' ( Verb Objects )? )*
Verb = VAR | Path
Objects = Object ( ',' Object )*
Object = Term | Node
Node = '(' Object* ')' | '[' Properties? ']'
Term = VAR | Iri | Literal | BLANK
VarOrIri = VAR | Iri
Path = Sequence ( '|' Sequence )*
Sequence = Step ( '/' Step )*
Step = '^'? Primary ( '?' | '*' | '+' )?
Primary = Iri | A | '!' Negated | '(' Path ')'
Negated = Inverse | '(' ( Inverse ( '|' Inverse )* )? ')'
Inverse = '^'? ( Iri | A )
Iri = IRI | NAME | NS
Literal = Plain | ( '+' | '-' ) NUMBER
Plain = STRING ( LANGUAGE | '^^' Iri )? | NUMBER | TRUE | FALSE
Expression = And ( '||' And )*
And = Relation ( '&&' Relation )*
Relation = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | IN List | NOT IN List )?
List = '(' ( Expression ( ',' Expression )* )? ')'
Sum = Product ( ( '+' | '-' ) Product )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )? Operand
Operand = '(' Expression ')' | Builtin | Iri Arguments? | Plain | VAR
Constraint = '(' Expression ')' | Call
Call = Builtin | Iri Arguments
Builtin = FUNCTION Arguments | EXISTS Group | NOT EXISTS Group
Arguments = '(' ( DISTINCT? ( '*' | Expression ) ( ',' Expression )* Separator? )? ')'
Separator = ';' SEPARATOR '=' STRING
"""
_NAMES: Final = """
ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR
GROUP_CONCAT HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5
MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512
STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ
UCASE URI UUID YEAR
"""
#: The functions, aggregates among them.
FUNCTIONS: Final = frozenset(_NAMES.split())
#: The kinds of words that are no keywords, and what they are called.
_KINDS: Final = {
    "VAR": "a variable",
    "IRI": "an IRI",
    "NAME": "an IRI",
    "NS": "a prefix with a colon",
    "BLANK": "a blank node",
    "STRING": "a literal",
    "NUMBER": "a number",
    "LANGUAGE": "a language tag",
    "FUNCTION": "a function",
    "END": "the end of the query",
    "A": "a",
}
#: With what else than a quotation mark a literal begins.
_OF_LITERALS: Final = frozenset({"NUMBER", "TRUE", "FALSE", "+", "-"})
_OF_TOKENS: Final = {
    "variable": "VAR",
    "iri": "IRI",
    "blank": "BLANK",
    "string": "STRING",
    "open": "OPEN",
}
#: The keywords, with the short form of rdf:type.
KEYWORDS: Final = frozenset(re.findall(r"\b[A-Z]+\b", _RULES)) - (_KINDS.keys() - {"A"})
_DIGITS: Final = re.compile(r"[0-9]+(?:[eE][0-9]+)?", re.ASCII)
_ARITHMETIC: Final = re.compile(r"[0-9]+(?:[eE][+-]?[0-9]+)?|-|\w+", re.ASCII)
_PAIRS: Final = ("!=", "<=", ">=", "&&", "||")
_SYMBOL: Final = re.compile(r"('[^']+'|\w+)([?*+]?)")
#: Part of a rule: its kind, and a name or the parts in it.
_Part = tuple[str, "str | tuple[_Part, ...]"]


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
    said = dict.fromkeys(_KINDS.get(kind, kind) for kind in sorted(kinds, key=_rank))
    near = ""
    if word is not None and word.kind == "word":
        import difflib

        keywords = [kind for kind in reader.expected if kind.isalpha() and kind not in _KINDS]
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

    def take(self, part: _Part) -> bool:
        """Read a part of a rule; false where the text leaves it, for good."""
        kind, inner = part
        if isinstance(inner, str):
            if kind == "rule":
                return self.take(_rules()[inner])
            return self._word(inner)
        if kind == "seq":
            return all(self.take(each) for each in inner)
        if kind == "alt":
            for each in inner:
                if self._begins(each):
                    return self.take(each)
            return any(_first(each)[1] for each in inner)
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

    def _begins(self, part: _Part) -> bool:
        first = _first(part)[0]
        if self.kinds[self.at] in first:
            return True
        self.expected |= first
        return False


@cache
def _first(part: _Part) -> tuple[frozenset[str], bool]:
    """The kinds of words with which a part can begin, and whether it can be empty."""
    kind, inner = part
    if isinstance(inner, str):
        return _first(_rules()[inner]) if kind == "rule" else (frozenset({inner}), False)
    found: set[str] = set()
    if kind == "seq":
        for each in inner:
            first, empty = _first(each)
            found |= first
            if not empty:
                return frozenset(found), False
        return frozenset(found), True
    firsts = [_first(each) for each in inner]
    empty = kind in ("?", "*") or any(empty for _, empty in firsts)
    return frozenset().union(*(first for first, _ in firsts)), empty


@cache
def _rules() -> dict[str, _Part]:
    found = {}
    for line in _RULES.strip().splitlines():
        name, _, body = line.partition(" = ")
        found[name] = _alternatives(body.split())
    return found


def _alternatives(symbols: list[str]) -> _Part:
    """Read a rule, up to its end or to the bracket that closes it."""
    choices: list[_Part] = []
    parts: list[_Part] = []
    while symbols and not symbols[0].startswith(")"):
        symbol = symbols.pop(0)
        if symbol == "|":
            choices.append(("seq", tuple(parts)))
            parts = []
        elif symbol == "(":
            inner = _alternatives(symbols)
            parts.append(_repeated(inner, symbols.pop(0)[1:]))
        else:
            match = _SYMBOL.fullmatch(symbol)
            assert match is not None, symbol
            name = match[1].strip("'")
            kind = "word" if match[1] == match[1].upper() else "rule"
            parts.append(_repeated((kind, name), match[2]))
    choices.append(("seq", tuple(parts)))
    return choices[0] if len(choices) == 1 else ("alt", tuple(choices))


def _repeated(part: _Part, mark: str) -> _Part:
    return (mark, (part,)) if mark else part
