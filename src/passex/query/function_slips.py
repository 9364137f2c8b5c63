"""Warnings of functions that give nothing, or never what they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from .errors import Remark
from .grammar import COMPARISONS, DAY
from .lexer import Token
from .tree import Item, Node, Tree

#: Gives the literal that a part of a query is; None where it is another thing.
Literals: TypeAlias = Callable[[Item], ox.Literal | None]

_GIVES: Final = {
    name: kind
    for kind, names in {
        "numbers": "ABS AVG CEIL COUNT DAY FLOOR HOURS MINUTES MONTH RAND ROUND SECONDS STRLEN SUM "
        "YEAR",
        "texts": "CONCAT ENCODE_FOR_URI GROUP_CONCAT LANG LCASE MD5 REPLACE SHA1 SHA256 SHA384 "
        "SHA512 STR STRAFTER STRBEFORE STRUUID SUBSTR TZ UCASE",
        "truth values": "BOUND CONTAINS ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANGMATCHES REGEX "
        "SAMETERM STRENDS STRSTARTS",
        "IRIs": "DATATYPE IRI URI",
    }.items()
    for name in names.split()
}
#: What they make of a text, where that is compared with one.
CASES: Final = {"LCASE": str.lower, "UCASE": str.upper, "LANG": str.lower}
_LETTERS: Final = {"LCASE": "small letters", "UCASE": "capitals", "LANG": "small letters"}
#: They look for one text in another.
WITHIN: Final = ("CONTAINS", "STRENDS", "STRSTARTS")
_PATTERNS: Final = ("REGEX", "REPLACE")


def function_slips(
    query: Tree, literal: Literals, kind: Callable[[ox.Literal], str | None]
) -> Iterator[Remark]:
    """Find functions that never give what a query wants of them, whatever the graph.

    Args:
        kind: Says of what kind a literal is, as `passex.query.slips` calls them.
    """
    for relation in query.root.walk("Relation"):
        left, sign, right = relation.children[0], relation.children[1], relation.children[-1]
        if isinstance(sign, Token) and sign.text in COMPARISONS:
            for function, value in ((left, right), (right, left)):
                yield from _never_equal(query, function, value, literal, kind)
        elif isinstance(right, Node) and right.rule == "Choices":
            for value in right.children:
                yield from _never_equal(query, left, value, literal, kind)
    for function in query.root.walk("Function"):
        name, given = called(query, function)
        if name in WITHIN and len(given) == 2:
            yield from _other_case(query, given[0], given[1], literal)
        elif name in _PATTERNS:
            yield from _pattern(query, name, given, literal)
    for difference in query.root.walk("Sum"):
        if DAY.fullmatch(text := query.source(difference)):
            said = f"{text} is a number less two others, and no day"
            yield Remark(difference.start, difference.end, said, f'write "{text}"^^xsd:date')


def called(query: Tree, item: Item) -> tuple[str, list[Item]]:
    """Give the name of the function that is called, in capitals, and what it is given.

    Returns:
        An empty name where no function is called.
    """
    if isinstance(item, Token) or item.rule != "Function":
        return "", []
    name, arguments = item.children
    assert isinstance(arguments, Node)
    given = [
        c for c in arguments.children if not isinstance(c, Token) or c.text not in ("(", ")", ",")
    ]
    return query.source(name).upper(), given


def _never_equal(
    query: Tree,
    function: Item,
    value: Item,
    literal: Literals,
    kind: Callable[[ox.Literal], str | None],
) -> Iterator[Remark]:
    """Comparisons of what a function gives with another kind of thing, or in another case."""
    name, _ = called(query, function)
    gives, constant = _GIVES.get(name), literal(value)
    if gives is None or constant is None:
        return
    wanted = kind(constant)
    if wanted is not None and wanted != gives:
        hint = {"texts": f'write "{constant.value}"', "IRIs": "write an IRI, such as xsd:date"}
        plain = constant.value.isdecimal()
        hint["numbers"] = f"write {constant.value}" if plain else "write a number"
        hint["truth values"] = f"leave the comparison out, or write !{name}(…)"
        said = f"{name}() gives {gives}, and {query.source(value)} is none of them"
        yield Remark(value.start, value.end, said, hint[gives])
    elif wanted == "texts":
        yield from _other_case(query, function, value, literal)


def _other_case(query: Tree, function: Item, value: Item, literal: Literals) -> Iterator[Remark]:
    """Texts in small letters or capitals that are compared with others."""
    name, _ = called(query, function)
    constant = literal(value)
    if name not in CASES or constant is None:
        return
    meant = CASES[name](constant.value.removeprefix("@") if name == "LANG" else constant.value)
    if meant != constant.value:
        here = " here" if name == "LANG" else ""
        said = f"{name}() gives {_LETTERS[name]}{here}, and never {query.source(value)}"
        yield Remark(value.start, value.end, said, f'write "{meant}"')


def _pattern(query: Tree, name: str, given: list[Item], literal: Literals) -> Iterator[Remark]:
    """Patterns and flags that cannot be applied: there is no value, and no error either."""
    constants = [literal(item) for item in given]
    flagged = 2 if name == "REGEX" else 3
    if len(given) < flagged or constants[1] is None:
        return
    pattern, flags = constants[1], constants[flagged] if len(given) > flagged else None
    if not _applies(pattern, None):
        yield Remark(
            *(given[1].start, given[1].end),
            f"{query.source(given[1])} is no pattern that can be applied here: {name} has no value",
            r"write \\ before a bracket or sign that is meant as it is; nothing can look ahead, "
            "behind, or back to a group",
        )
    elif flags is not None and not _applies(pattern, flags):
        yield Remark(
            *(given[flagged].start, given[flagged].end),
            f"{query.source(given[flagged])} are no flags: {name} has no value",
            "flags are i, m, s, x and q",
        )


def _applies(pattern: ox.Literal, flags: ox.Literal | None) -> bool:
    asked = f"{ox.Literal(pattern.value)}" + (f", {ox.Literal(flags.value)}" if flags else "")
    rows = ox.Store().query(f'SELECT (REGEX("", {asked}) AS ?x) {{}}')
    assert isinstance(rows, ox.QuerySolutions)
    return next(rows)["x"] is not None
