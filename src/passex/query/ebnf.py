"""The rules of the grammar of SPARQL 1.1 queries, with the words that they know.

From the recommendation (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), with a few rules
drawn together: they take a little more than SPARQL has (paths in a template, say), and never less.
Each can be read with one word of lookahead.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, TypeAlias, Union

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
#: The keywords, with the short form of rdf:type.
KEYWORDS: Final = frozenset(re.findall(r"\b[A-Z]+\b", _RULES)) - (KINDS.keys() - {"A"})
_SYMBOL: Final = re.compile(r"('[^']+'|\w+)([?*+]?)")
#: Part of a rule: its kind, and a name or the parts in it.
Part: TypeAlias = tuple[str, Union[str, "tuple[Part, ...]"]]


@cache
def first(part: Part) -> tuple[frozenset[str], bool]:
    """Find the words with which a part of a rule can begin.

    Args:
        part: The part.

    Returns:
        Their kinds, and whether the part can be empty.

    Example:
        >>> first(("rule", "Datum"))[0]>= {"IRI", "UNDEF", "STRING"}
        True
    """
    kind, inner = part
    if isinstance(inner, str):
        return first(rules()[inner]) if kind == "rule" else (frozenset({inner}), False)
    if kind == "seq":
        found: set[str] = set()
        for each in inner:
            begin, empty = first(each)
            found |= begin
            if not empty:
                return frozenset(found), False
        return frozenset(found), True
    begins = [first(each) for each in inner]
    empty = kind in ("?", "*") or any(empty for _, empty in begins)
    return frozenset().union(*(begin for begin, _ in begins)), empty


@cache
def rules() -> dict[str, Part]:
    """Give the rules by name.

    Returns:
        What stands on the right of each: ``seq``, ``alt``, ``?``, ``*`` or ``+`` with its parts,
        ``rule`` with a name, or ``word`` with a kind of word.

    Example:
        >>> rules()["VarOrIri"]
        ('alt', (('seq', (('word', 'VAR'),)), ('seq', (('rule', 'Iri'),))))
    """
    found = {}
    for line in _RULES.strip().splitlines():
        name, _, body = line.partition(" = ")
        found[name] = _alternatives(body.split())
    return found


def _alternatives(symbols: list[str]) -> Part:
    """Read a rule, up to its end or to the bracket that closes it."""
    choices: list[Part] = []
    parts: list[Part] = []
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


def _repeated(part: Part, mark: str) -> Part:
    return (mark, (part,)) if mark else part
