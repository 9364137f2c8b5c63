"""The grammar of SPARQL 1.1 Query and Update, with what the engine takes beyond it (SPARQL 1.2).

From the recommendations (https://www.w3.org/TR/sparql11-query/#sparqlGrammar and
https://www.w3.org/TR/sparql12-query/#sparqlGrammar), with a few rules drawn together: they take a
little more than SPARQL has (paths in a template, say), and never less. Each can be read with one
word of lookahead.

A rule with ``=`` makes a node of the tree. One with ``~`` makes none where it holds a single thing,
which then stands in its place. One with ``:`` makes none at all: what it holds is part of the node
around it. A number at the end of a name is no part of it: there are two rules for such nodes.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Final

_QUERY: Final = """
Query : prologue form Values?
prologue : ( Base | Prefix | Version )*
Base = BASE IRI
Prefix = PREFIX NS IRI
Version = VERSION STRING
form : Select | Construct | Describe | Ask
Select = SelectClause Dataset* where modifiers
SubSelect = SelectClause where modifiers Values?
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | ( VAR | Column )+ )
Column = '(' expression AS VAR ')'
Construct = CONSTRUCT ( Template Dataset* where | Dataset* WHERE Template ) modifiers
Template = '{' Triples? '}'
Describe = DESCRIBE ( '*' | varOrIri+ ) Dataset* where? modifiers
Ask = ASK Dataset* where modifiers
Dataset = FROM NAMED? iri
where : WHERE? Group
modifiers : Grouping? Having? Ordering? slice?
Grouping = GROUP BY ( VAR | Key | call )+
Key = '(' expression ( AS VAR )? ')'
Having = HAVING constraint+
Ordering = ORDER BY ( VAR | constraint | Order )+
Order = ( ASC | DESC ) '(' expression ')'
slice : Limit Offset? | Offset Limit?
Limit = LIMIT NUMBER
Offset = OFFSET NUMBER
Group = '{' ( SubSelect | body ) '}'
body : Triples? ( element '.'? Triples? )*
element : Union | Optional | Minus | Graph | Service | Lateral | Filter | Bind | Values
Union ~ Group ( UNION Group )*
Optional = OPTIONAL Group
Minus = MINUS Group
Graph = GRAPH varOrIri Group
Service = SERVICE SILENT? varOrIri Group
Lateral = LATERAL Group
Filter = FILTER constraint
Bind = BIND '(' expression AS VAR ')'
Values = VALUES ( VAR '{' datum* '}' | '(' VAR* ')' '{' Row* '}' )
Row = '(' datum* ')'
datum : iri | Literal | UNDEF | TripleTerm
Triples = Same ( '.' Same? )*
Same = term Properties | node Properties? | Reified Properties?
Properties = Property ( ';' Property? )*
Property = verb Object ( ',' Object )*
verb : VAR | Path
Object ~ ( term | node | Reified ) ( Reifier | Annotation )*
Reifier = '~' ( VAR | iri | BLANK )?
Annotation = '{|' Properties '|}'
Reified = '<<' part verb part Reifier? '>>'
TripleTerm = '<<(' part verb part ')>>'
part : VAR | iri | Literal | BLANK | Anything | TripleTerm | Reified
Anything = '[' ']'
node : List | BlankNode
List = '(' Object* ')'
BlankNode = '[' Properties? ']'
term : VAR | iri | Literal | BLANK | TripleTerm
varOrIri : VAR | iri
Path ~ Sequence ( '|' Sequence )*
Sequence ~ Step ( '/' Step )*
Step ~ '^'? primary ( '?' | '*' | '+' )?
primary : iri | A | Negated | PathBrackets
PathBrackets = '(' Path ')'
Negated = '!' ( Inverse | '(' ( Inverse ( '|' Inverse )* )? ')' )
Inverse ~ '^'? ( iri | A )
iri : IRI | NAME | NS
Literal ~ plain | ( '+' | '-' ) NUMBER
plain : STRING ( LANGUAGE | '^^' iri )? | NUMBER | TRUE | FALSE
expression : Or
Or ~ And ( '||' And )*
And ~ Relation ( '&&' Relation )*
Relation ~ Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | IN Choices | NOT IN Choices )?
Choices = '(' ( expression ( ',' expression )* )? ')'
Sum ~ Product ( ( '+' | '-' ) Product )*
Product ~ Unary ( ( '*' | '/' ) Unary )*
Unary ~ ( '!' | '+' | '-' )* operand
operand : Brackets | builtin | Call1 | Literal1 | VAR | TripleTerm1
Call1 ~ iri Arguments?
Literal1 ~ plain
TripleTerm1 = '<<(' value verb value ')>>'
value : VAR | iri | Literal | TripleTerm1
Brackets = '(' expression ')'
constraint : Brackets | call
call : builtin | Call
Call = iri Arguments
builtin : Function | Exists
Function = FUNCTION Arguments
Exists = EXISTS Group | NOT EXISTS Group
Arguments = '(' ( DISTINCT? ( '*' | expression ) ( ',' expression )* Separator? )? ')'
Separator = ';' SEPARATOR '=' STRING
"""
_UPDATE: Final = """
Update : prologue ( operation ( ';' prologue operation? )* )?
operation : Load | Clear | Drop | Create | Transfer | With | Insert | Delete
Load = LOAD SILENT? iri ( INTO GRAPH iri )?
Clear = CLEAR SILENT? target
Drop = DROP SILENT? target
target : GRAPH iri | DEFAULT | NAMED | ALL
Create = CREATE SILENT? GRAPH iri
Transfer = ( ADD | MOVE | COPY ) SILENT? place TO place
place : DEFAULT | GRAPH? iri
With = WITH iri ( DELETE Quads ( INSERT Quads )? | INSERT Quads ) Using* WHERE Group
Delete = DELETE ( DATA Quads | WHERE Quads | Quads ( INSERT Quads )? Using* WHERE Group )
Insert = INSERT ( DATA Quads | Quads Using* WHERE Group )
Using = USING NAMED? iri
Quads = '{' Triples? ( QuadGraph '.'? Triples? )* '}'
QuadGraph = GRAPH varOrIri '{' Triples? '}'
"""
_NAMES: Final = """
ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR
GROUP_CONCAT HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5
MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512
STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ
UCASE URI UUID YEAR
"""
#: The functions of SPARQL 1.1, aggregates among them.
FUNCTIONS: Final = frozenset(_NAMES.split())
#: Those that the engine knows beyond them.
_FURTHER: Final = """
ADJUST HASLANG HASLANGDIR ISTRIPLE LANGDIR OBJECT PREDICATE STRLANGDIR SUBJECT TRIPLE
"""
#: What begins something that is not of SPARQL 1.1: nobody is told to write it.
BEYOND: Final = frozenset({"VERSION", "LATERAL", "~", "{|", "<<", "<<("})
#: The kinds of words that are no keywords, and what they are called.
KINDS: Final = {
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


def _keywords(rules: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<!')\b[A-Z]+\b(?!')", rules)) - (KINDS.keys() - {"A"})


#: The keywords of queries, with the short form of rdf:type.
KEYWORDS: Final = _keywords(_QUERY) - BEYOND
_WORDS: Final = {
    **{name: name for name in _keywords(_QUERY + _UPDATE)},
    **dict.fromkeys((_NAMES + _FURTHER).split(), "FUNCTION"),
}
_SYMBOL: Final = re.compile(r"('[^']+'|\w+)([?*+]?)")
_RULE: Final = re.compile(r"(\w+?)(\d?) ([=~:]) (.*)")


def of_word(word: str) -> str:
    """Give what the grammar calls a bare word: a keyword, ``FUNCTION`` or ``NONE``."""
    # The short form of rdf:type is the one word whose case matters.
    return "NONE" if word == "A" else _WORDS.get(word.upper(), "NONE")


class Part:
    """Part of a rule.

    Attributes:
        kind: ``word``, ``rule``, ``seq``, ``alt``, ``?``, ``*`` or ``+``.
        name: Of a word or rule: what it is called.
        parts: Of the others: what they are made of.
    """

    def __init__(self, kind: str, name: str = "", parts: tuple[Part, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.parts = parts
        self._next: dict[str, tuple[Part, ...] | None] = {}

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
        if self.kind == "rule":
            return self.rule.part.empty
        some = any if self.kind == "alt" else all
        return self.kind in ("?", "*") or (
            self.kind != "word" and some(part.empty for part in self.parts)
        )

    def expanded(self, kind: str) -> tuple[Part, ...] | None:
        """Find what it is made of where some kind of word comes next.

        Args:
            kind: The kind of the next word.

        Returns:
            The parts, the last first; None if it can neither begin so nor be empty.
        """
        try:
            return self._next[kind]
        except KeyError:
            return self._next.setdefault(kind, self._expanded(kind))

    def _expanded(self, kind: str) -> tuple[Part, ...] | None:
        if kind not in self.first:
            return () if self.empty else None
        if self.kind == "rule":
            return (self.rule.part,)
        if self.kind == "alt":
            return (next(part for part in self.parts if kind in part.first),)
        if self.kind in "*+":
            return (self if self.kind == "*" else Part("*", "", self.parts), self.parts[0])
        return self.parts[::-1]


class Rule:
    """A rule.

    Attributes:
        node: What the node is called that it makes.
        how: ``=``, ``~`` or ``:``, as the grammar has it.
        part: Its right side.
    """

    def __init__(self, node: str, how: str, part: Part) -> None:
        self.node = node
        self.how = how
        self.part = part


@cache
def _texts() -> dict[str, tuple[str, str, str]]:
    found = {}
    for line in (_QUERY + _UPDATE).strip().splitlines():
        if match := _RULE.fullmatch(line):
            found[match[1] + match[2]] = (match[1], match[3], match[4])
    return found


@cache
def rule(name: str) -> Rule:
    """Give a rule by its name."""
    node, how, body = _texts()[name]
    return Rule(node, how, _alternatives(body.split()))


def _alternatives(symbols: list[str]) -> Part:
    """Read a rule, up to its end or to the bracket that closes it."""
    choices: list[Part] = []
    parts: list[Part] = []
    while symbols and not symbols[0].startswith(")"):
        symbol = symbols.pop(0)
        if symbol == "|":
            choices.append(_sequence(parts))
            parts = []
        elif symbol == "(":
            inner = _alternatives(symbols)
            parts.append(_repeated(inner, symbols.pop(0)[1:]))
        else:
            match = _SYMBOL.fullmatch(symbol)
            assert match is not None, symbol
            kind = "word" if match[1] == match[1].upper() else "rule"
            parts.append(_repeated(Part(kind, match[1].strip("'")), match[2]))
    choices.append(_sequence(parts))
    return choices[0] if len(choices) == 1 else Part("alt", "", tuple(choices))


def _sequence(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Part("seq", "", tuple(parts))


def _repeated(part: Part, mark: str) -> Part:
    return Part(mark, "", (part,)) if mark else part
