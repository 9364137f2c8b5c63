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
from typing import Final

QUERY: Final = """
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
UPDATE: Final = """
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
#: What compares two values.
COMPARISONS: Final = frozenset(("=", "!=", "<", ">", "<=", ">="))
#: A day, which is no literal without quotation marks and a type.
DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
KEYWORDS: Final = _keywords(QUERY) - BEYOND
_WORDS: Final = {
    **{name: name for name in _keywords(QUERY + UPDATE)},
    **dict.fromkeys((_NAMES + _FURTHER).split(), "FUNCTION"),
}


def of_word(word: str) -> str:
    """Give what the grammar calls a bare word: a keyword, ``FUNCTION`` or ``NONE``."""
    # The short form of rdf:type is the one word whose case matters.
    return "NONE" if word == "A" else _WORDS.get(word.upper(), "NONE")
