"""Mistakes in a query or update whose grammar is right (SPARQL 1.1, section 19.8 and its notes)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..text.wording import say
from .errors import Remark
from .lexer import Token, bad_escapes
from .scope import visible
from .tree import Node, Tree

#: How many arguments functions take, at least and at most.
_ARGUMENTS: Final = {
    name: (least, most)
    for least, most, names in (
        (0, 0, "NOW RAND STRUUID UUID"),
        (0, 1, "BNODE"),
        (
            *(1, 1),
            "ABS BOUND CEIL DATATYPE DAY ENCODE_FOR_URI FLOOR HOURS IRI ISBLANK ISIRI ISLITERAL "
            "ISNUMERIC ISURI LANG LCASE MD5 MINUTES MONTH ROUND SECONDS SHA1 SHA256 SHA384 SHA512 "
            "STR STRLEN TIMEZONE TZ UCASE URI YEAR AVG COUNT GROUP_CONCAT MAX MIN SAMPLE SUM",
        ),
        (
            *(2, 2),
            "CONTAINS LANGMATCHES SAMETERM STRAFTER STRBEFORE STRDT STRENDS STRLANG STRSTARTS",
        ),
        (2, 3, "REGEX SUBSTR"),
        (3, 3, "IF"),
        (3, 4, "REPLACE"),
    )
    for name in names.split()
}
_AGGREGATES: Final = frozenset(("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM"))


def first_mistake(query: Tree) -> Remark | None:
    """Find why what is right by the grammar is no query or update: the first mistake looked for.

    Example:
        >>> from passex.query.parser import parse
        >>> first_mistake(parse("ASK { VALUES (?a ?b) { (1) } }")).message
        'a row of 1 value for 2 variables'
    """
    return next((remark for look in _LOOKS for remark in look(query)), None)


def _escapes(query: Tree) -> Iterator[Remark]:
    for word in query.words:
        for start, escape in bad_escapes(word):
            yield Remark(
                *(start, start + len(escape)),
                f"'{escape}' is no escape of a text",
                r"write \\ for a backslash, and \u with 4 digits for a character",
            )


def _rows(query: Tree) -> Iterator[Remark]:
    """Rows of VALUES that have more or fewer values than there are variables."""
    for clause in query.root.walk("Values"):
        names = len(clause.tokens("variable"))
        for row in clause.nodes("Row"):
            values = len(row.children) - len("()")
            if values != names:
                yield Remark(
                    *(row.start, row.end),
                    f"a row of {say(values, 'value')} for {say(names, 'variable')}",
                    "give each variable a value, or UNDEF",
                )


def _arguments(query: Tree) -> Iterator[Remark]:
    for function in query.root.walk("Function"):
        name, arguments = function.children
        assert isinstance(name, Token)
        assert isinstance(arguments, Node)
        least, most = _ARGUMENTS.get(name.text.upper(), (0, len(arguments.children)))
        commas = sum(word.text == "," for word in arguments.tokens("sign"))
        given = 0 if len(arguments.children) == len("()") else commas + 1
        if not least <= given <= most:
            wanted = f"{least} or " if least < most else ""
            yield Remark(
                *(function.start, function.end),
                f"{name.text} takes {wanted}{say(most, 'argument')}, and has {given}",
                f"see section {11 if name.text.upper() in _AGGREGATES else 17.4} of SPARQL 1.1",
            )


def _aggregated(query: Tree) -> Iterator[Remark]:
    """Aggregates where single solutions are looked at."""
    for clause in query.root.walk("Filter", "Bind", stop=("Exists",)):
        for function in clause.walk("Function", stop=("Exists",)):
            name = query.source(function.children[0]).upper()
            if name in _AGGREGATES:
                where = "FILTER" if clause.rule == "Filter" else "BIND"
                yield Remark(
                    *(function.start, function.end),
                    f"{name} is of many solutions, and {where} looks at each by itself",
                    "write HAVING(…) after GROUP BY, or compute it in a sub-SELECT",
                )


def _twice(query: Tree) -> Iterator[Remark]:
    """Variables that are selected twice."""
    for clause in query.root.walk("SelectClause"):
        seen: set[str] = set()
        for child in clause.children:
            word = child.children[-2] if isinstance(child, Node) else child
            assert isinstance(word, Token)
            if word.kind == "variable" and word.text[1:] in seen:
                yield Remark(
                    *(word.start, word.end),
                    f"{word.text} is selected twice",
                    "select it once, or give it another name with AS",
                )
            seen.add(word.text[1:])


def _grouped(query: Tree) -> Iterator[Remark]:
    clause = query.query and query.query.node("SelectClause")
    if query.query and clause and query.query.node("Grouping"):
        for star in clause.tokens("sign"):
            yield Remark(
                *(star.start, star.end),
                "SELECT * cannot be grouped",
                "name the variables of GROUP BY, and aggregates such as (COUNT(*) AS ?n)",
            )


def _assigned(query: Tree) -> Iterator[Remark]:
    """Variables that are computed where they have a value already."""
    bound: list[set[str]] = [set()]
    before = ""
    inside = visible(query.pattern) if query.pattern is not None else set()
    for word in query.words:
        if word.text == "{":
            bound.append(set())
        elif word.text == "}" and len(bound) > 1:
            inner = bound.pop()
            bound[-1] |= inner
        elif word.kind == "variable":
            name = word.text[1:]
            selects = len(bound) == 1 and query.pattern and word.start < query.pattern.start
            if before == "AS" and (name in bound[-1] or (selects and name in inside)):
                yield Remark(
                    *(word.start, word.end),
                    f"{word.text} has a value already, and cannot be computed (AS {word.text})",
                    "give what is computed a name of its own",
                )
            bound[-1].add(name)
        before = word.text.upper()


def _blanks(query: Tree) -> Iterator[Remark]:
    """Names of blank nodes that stand in two groups."""
    path: list[int] = []
    seen: dict[str, list[int]] = {}
    for word in query.words:
        if word.text == "{":
            path.append(word.start)
        elif word.text == "}" and path:
            path.pop()
        elif word.kind == "blank" and seen.setdefault(word.text, list(path)) != path:
            yield Remark(
                *(word.start, word.end),
                f"{word.text} stands in two groups",
                "a blank node is known in its group alone: use a variable",
            )


def _changes(query: Tree) -> Iterator[Remark]:
    """Find what an update cannot have: variables in its data, and blank nodes to be deleted."""
    for change in query.root.walk("With", "Insert", "Delete", stop=("Group",)):
        does = ""
        for child in change.children:
            if isinstance(child, Token) and child.says("DELETE", "INSERT"):
                does = child.text.upper()
            if isinstance(child, Node) and child.rule == "Quads":
                words = [word for word in query.words if child.start <= word.start < child.end]
                yield from _cannot(does, change.keyword("DATA") is not None, words)


def _cannot(does: str, data: bool, words: Sequence[Token]) -> Iterator[Remark]:
    for word in words:
        if data and word.kind == "variable":
            yield Remark(
                *(word.start, word.end),
                f"{word.text} is a variable, and {does} DATA has none",
                f"give a value, or write {does} {{ … }} WHERE {{ … }}",
            )
        if does == "DELETE" and (word.kind == "blank" or word.text == "["):
            yield Remark(
                *(word.start, word.end),
                "a blank node is no particular one, and cannot be deleted by its name",
                "use a variable, and find it with WHERE",
            )


_LOOKS: Final[tuple[Callable[[Tree], Iterator[Remark]], ...]] = (
    *(_escapes, _rows, _arguments, _aggregated, _twice, _grouped, _assigned, _changes, _blanks),
)
